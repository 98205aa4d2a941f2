"""``python -m democratic.config.rehearsing.stage FOLDER``: play the script of that folder, keep what it gave.

It runs on the throw-away database that ``performing`` names in the environment, and on no other.
"""

import os
import sys
from pathlib import Path

SEED = 1


def main(folder: str) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "democratic.config.settings"
    os.environ.setdefault("DEMOCRATIC_LIMITS_FACTOR", "1000000")
    import django  # noqa: PLC0415  the settings read the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  Django is ready

    from democratic.config.rehearsing.keeping import play_and_keep  # noqa: PLC0415  Django is ready
    from democratic.rehearsal.script import Script  # noqa: PLC0415
    from democratic.rehearsal.shelf import Shelf  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)  # so that styles have the same names
    shelf = Shelf(Path(folder))
    play_and_keep(Script.from_json(shelf.script()), shelf, seed=SEED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
