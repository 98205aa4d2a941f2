"""What is down for now, known to every process: said by whoever meets the failure, unsaid by a success.

None of these parts is needed to take part: a page tells what doesn't work, and goes on.
Say it outside a transaction that the same failure would roll back, or nobody will know.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from django.db import connection, transaction

from democratic.kernel.pages import EVERY_PAGE, bump


class Part(StrEnum):
    MAIL = "mail"
    STORAGE = "storage"
    IDENTITY = "identity"
    CACHE = "cache"
    SMS = "sms"
    ANTIVIRUS = "antivirus"


class Unavailable(Exception):
    """What was asked needs a part that is down: the page says so, and what can be done meanwhile."""

    def __init__(self, part: Part) -> None:
        super().__init__(part.value)
        self.part = part


_DOWN = "insert into kernel_outage (part, since) values (%s, clock_timestamp()) on conflict do nothing"
_UP = "delete from kernel_outage where part = %s"

Probe = Callable[[], object]
_probes: dict[Part, Probe] = {}


def report_down(part: str) -> None:
    """ValueError: not one of the parts. Pages made before no longer show: the next ones say it."""
    _change(_DOWN, Part(part))


def report_up(part: str) -> None:
    _change(_UP, Part(part))


def outages() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select part from kernel_outage order by part")
        return tuple(part for (part,) in cursor.fetchall())


def probe_with(part: Part, probe: Probe, *, probes: dict[Part, Probe] = _probes) -> None:
    """How to ask that part whether it is back; ``probe`` raises while it isn't."""
    probes[part] = probe


def look_again(probes: Mapping[Part, Probe] = _probes) -> list[str]:
    """Ask each part that is down and that one knows how to ask; those that are back."""
    back = []
    for part in outages():
        probe = probes.get(Part(part))
        if probe is not None and _answers(probe):
            report_up(part)
            back.append(part)
    return back


def _answers(probe: Probe) -> bool:
    try:
        probe()
    except Exception:  # noqa: BLE001  each part fails in its own way, and any failure is a no
        return False
    return True


@transaction.atomic
def _change(statement: str, part: Part) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [part.value])
        changed = cursor.rowcount
    if changed:
        bump([EVERY_PAGE])
