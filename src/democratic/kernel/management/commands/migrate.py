"""Django's own ``migrate``, which on an empty database begins with what all migrations come to (``kernel.schema``)."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from democratic.kernel.schema import lay_down


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["app_label"] or options["plan"] or options["check_unapplied"]):
            lay_down(connections[options["database"]])
        super().handle(*args, **options)
