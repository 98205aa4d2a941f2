"""``bin/democratic manage …``: Django's own commands, on the product's database."""

import os
from collections.abc import Callable

SETTINGS = "democratic.config.settings"


def main(argv: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- as below

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    execute_from_command_line(["bin/democratic manage", *argv])
    return 0


def ready_django() -> Callable[..., object]:
    """``call_command``, once Django is set up."""
    import django  # noqa: PLC0415 -- loaded by the commands that need it, so that the others start at once
    from django.core.management import call_command  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    return call_command
