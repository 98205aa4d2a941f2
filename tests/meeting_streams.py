"""What tests of a meeting's streams start from: a meeting of the territory, and acts that touch what is shown."""

from datetime import timedelta

import pytest

from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.live.models import LiveTouch
from democratic.participation.meetings.live.telling import tell, touched_parts
from democratic.participation.meetings.live.touching import touch
from democratic.thread.actions import Words
from democratic.thread.models import Origin


def meet(territory, title="Quel tracé pour la ligne N2 ?"):
    starts = territory.clock.now()
    moment = Moment(
        starts, starts + timedelta(hours=2), "Salle des fêtes", seats=(Origin.ROOM, Origin.REMOTE)
    )
    meeting = announce_meeting(
        process=territory.process, words=Words(title=title, text=""), moment=moment, author=None,
        clock=territory.clock,
    )  # fmt: skip
    LiveTouch.objects.all().delete()  # that it was announced: told before these tests begin
    return meeting


def told(meeting, words, *topics):
    """As the teller does it: touched, drawn, numbered, notified; the number of the last one."""
    touch(meeting.pk, *topics)
    return tell(
        touched_parts(), lambda topic, _meeting: {"fr": f"{topic} {words}", "en": f"{topic} {words} (en)"}
    )


@pytest.fixture
def meeting(here):
    return meet(here)
