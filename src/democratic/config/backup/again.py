"""What was erased since the backup, erased again through the same acts. Needs Django ready."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from democratic.communities.models import SpeakingMandate
from democratic.communities.organisations.actions import erase_speaker
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import Clock
from democratic.kernel.erasures import BadRegister, Erased, ErasureKind, read_register, unknown_here
from democratic.observatory.actions import erase_judge
from democratic.observatory.models import Seat
from democratic.participation.conversations.files import let_go
from democratic.participation.conversations.models import FlowFile
from democratic.participation.meetings.soundings.erasing import erase_voices
from democratic.participation.meetings.soundings.models import SoundingVoice
from democratic.participation.meetings.wall.actions import erase_wall_marks
from democratic.participation.meetings.wall.models import AnsweredMark
from democratic.participation.polls.actions import erase_answers
from democratic.participation.polls.models import PollAnswer
from democratic.people.actions import stop_address
from democratic.people.models import ContactAddress, Person
from democratic.stewardship.actions import leave_again
from democratic.thread.actions import (
    detach_files,
    erase_bylines_of,
    erase_marks,
    erase_points,
    erase_words,
    withdraw_own,
)
from democratic.thread.models import Follow, Record, Support, Visibility

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


def _name(target: UUID, _clock: Clock) -> bool:
    return Person.objects.filter(pk=target).exclude(name="").update(name="") > 0


def _marks(target: UUID, _clock: Clock) -> bool:
    marks = (Support, Follow, PollAnswer, SoundingVoice, AnsweredMark)
    is_back = any(model.objects.filter(person=target).exists() for model in marks)
    if is_back:
        erase_answers(person_ids=[target])
        erase_voices(person_ids=[target])
        erase_wall_marks(person_ids=[target])
        erase_marks(person_ids=[target])
    return is_back


def _files(target: UUID, clock: Clock) -> bool:
    return bool(detach_files(records=[target], now=clock.now()))


def _sent(target: UUID, clock: Clock) -> bool:
    return let_go(FlowFile.objects.filter(pk=target), now=clock.now()) > 0


def _point(target: UUID, _clock: Clock) -> bool:
    return erase_points(records=[target]) > 0


def _speaker(target: UUID, _clock: Clock) -> bool:
    back = SpeakingMandate.objects.filter(pk=target).exclude(name="")
    mandate = back.select_related("organisation__record").first()
    if mandate is not None:
        erase_speaker(mandate=mandate)
    return mandate is not None


def _judge(target: UUID, _clock: Clock) -> bool:
    seat = Seat.objects.filter(pk=target).exclude(name="").select_related("observatory__record").first()
    if seat is not None:
        erase_judge(seat=seat)
    return seat is not None


_AGAIN: dict[ErasureKind, Again] = {
    ErasureKind.WORDS: _words,
    ErasureKind.BYLINE: _byline,
    ErasureKind.WITHDRAWN: _withdrawn,
    ErasureKind.PERSON: _person,
    ErasureKind.ADDRESS: _address,
    ErasureKind.NAME: _name,
    ErasureKind.MARKS: _marks,
    ErasureKind.FILES: _files,
    ErasureKind.SENT: _sent,
    ErasureKind.POINT: _point,
    ErasureKind.SPEAKER: _speaker,
    ErasureKind.JUDGE: _judge,
}
