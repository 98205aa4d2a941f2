"""What an operator turns on and off for the whole installation, seen by every worker at its next request."""

from django.conf import settings
from django.db import connection, transaction

from democratic.kernel.models import Switch
from democratic.kernel.pages import EVERY_PAGE, READ_ONLY, bump


def read_only() -> str | None:
    """None when people may write; else why they may not, in the operator's words, perhaps empty."""
    if settings.READ_ONLY:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("select reason from kernel_switch where name = %s", [READ_ONLY])
        row = cursor.fetchone()
    return row[0] if row else None


KNOWN_WITHIN = 2  # seconds: how long a process may go on without asking


@transaction.atomic
def turn_read_only(*, reason: str) -> None:
    Switch.objects.update_or_create(name=READ_ONLY, defaults={"reason": reason[:300]})
    bump([EVERY_PAGE])


@transaction.atomic
def turn_writable() -> bool:
    """False when it was already."""
    deleted, _rows = Switch.objects.filter(name=READ_ONLY).delete()
    if deleted:
        bump([EVERY_PAGE])
    return deleted > 0
