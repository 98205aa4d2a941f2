"""What was erased since the backup, erased again through the same acts. Needs Django ready."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import Clock
from democratic.kernel.erasures import BadRegister, Erased, ErasureKind, read_register, unknown_here
from democratic.people.actions import stop_address
from democratic.people.models import ContactAddress, Person
from democratic.stewardship.actions import leave_again
from democratic.thread.actions import erase_bylines_of, erase_words, withdraw_own
from democratic.thread.models import Record, Visibility

Again = Callable[[UUID, Clock], bool]
"""False when there is nothing to erase: it was said after the backup, or is erased already."""


def registered(files: Iterable[Path]) -> list[Erased]:
    found: list[Erased] = []
    for path in files:
        try:
            found += read_register(path)
        except (OSError, BadRegister) as fault:
            raise CannotStart(f"{path} n'est pas un registre d'effacements : {fault}") from fault
    return found


def erase_again(erased: Iterable[Erased], *, clock: Clock) -> Counter[str]:
    """How many of each kind had come back, and are gone."""
    done: Counter[str] = Counter()
    for kind, target in unknown_here(erased):
        done[kind] += _AGAIN[ErasureKind(kind)](target, clock)
    return done


def _words(target: UUID, clock: Clock) -> bool:
    record = Record.objects.filter(pk=target).first()
    if record is not None:
        erase_words(record=record, clock=clock)
    return record is not None


def _byline(target: UUID, clock: Clock) -> bool:
    return erase_bylines_of(Record.objects.filter(pk=target).exclude(byline=""), clock=clock) > 0


def _withdrawn(target: UUID, clock: Clock) -> bool:
    record = (
        Record.objects.select_related("authority").filter(pk=target, visibility=Visibility.PUBLIC).first()
    )
    if record is not None:
        withdraw_own(record=record, clock=clock)
    return record is not None


def _person(target: UUID, clock: Clock) -> bool:
    is_back = Person.objects.filter(pk=target, erased_on=None).exists()
    if is_back:
        leave_again(person_id=target, clock=clock)
    return is_back


def _address(target: UUID, clock: Clock) -> bool:
    address = ContactAddress.objects.select_related("person").filter(pk=target, stopped_at=None).first()
    if address is not None:
        stop_address(address=address, clock=clock)
    return address is not None


_AGAIN: dict[ErasureKind, Again] = {
    ErasureKind.WORDS: _words,
    ErasureKind.BYLINE: _byline,
    ErasureKind.WITHDRAWN: _withdrawn,
    ErasureKind.PERSON: _person,
    ErasureKind.ADDRESS: _address,
}
