"""The sequencer, as it runs everywhere, with a state of the screens of a known size: two kilobytes of HTML."""

import sys

from democratic.config.server.manage import ready_django

SIZE = 2000


def main() -> int:
    ready_django()
    from django.urls import get_resolver  # noqa: PLC0415  needs Django ready

    from democratic.config.commands.sequencer import main as sequencer  # noqa: PLC0415
    from democratic.participation.meetings.live.models import Topic  # noqa: PLC0415
    from democratic.web.meetings.topics import draws  # noqa: PLC0415

    _ = get_resolver().url_patterns  # the product's own drawings, which these replace
    draws(Topic.STATE)(lambda meeting: f"<p>{meeting.record.code}</p>".ljust(SIZE, "x"))
    draws(Topic.SOUNDING)(lambda meeting: f"<p>{meeting.record.code}</p>".ljust(SIZE, "x"))
    return sequencer([])


if __name__ == "__main__":
    sys.exit(main())
