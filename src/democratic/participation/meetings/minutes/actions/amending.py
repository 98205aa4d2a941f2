"""Someone who was there asks for a correction; it is taken or not, with a reason that everyone reads."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal, TooMany
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.meetings.minutes.actions.starting import open_next_version
from democratic.participation.meetings.minutes.events import AMENDMENT_ANSWERED
from democratic.participation.meetings.minutes.models import Amendment, Minutes
from democratic.participation.meetings.minutes.queries import latest_shown
from democratic.participation.meetings.minutes.rules import is_contestable, refuse_unless_she_was_there
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import append_entry, bump_pages_of
from democratic.thread.models import Record

TEXT_LIMIT, REASON_LIMIT = 1_000, 300
MOST_OF_A_PERSON = 10


@transaction.atomic
def ask_amendment(
    *, minutes: Minutes, block_rank: int | None, person: Person, text: str, clock: Clock
) -> Amendment:
    """``block_rank`` None: about the whole. Nobody is told who asked; no Entry is written."""
    locked = _locked(minutes)
    now = clock.now()
    refuse_unless_she_was_there(locked.meeting, person)
    last = latest_shown(locked.meeting)
    if last is None or last.pk != locked.pk or not is_contestable(locked, now):
        raise Conflict(_("On ne demande plus de correction à cette version du compte rendu."))
    cleaned = clean_text(text)
    if not cleaned:
        raise Refusal(_("Dites ce qu’il faudrait écrire."), field="text")
    if len(cleaned) > TEXT_LIMIT:
        raise Refusal(_("Une correction tient en 1 000 signes."), field="text")
    if block_rank is not None and not locked.blocks.filter(rank=block_rank).exists():
        raise Refusal(_("Choisissez un passage du compte rendu."), field="block")
    hers = Amendment.objects.filter(minutes__meeting=locked.meeting, person__in=person_and_claimed(person))
    if hers.count() >= MOST_OF_A_PERSON:
        raise TooMany(_("Vous avez demandé dix corrections : c’est le plus que l’on puisse demander."))
    made = Amendment.objects.create(
        minutes=locked, block_rank=block_rank, person=person, text=cleaned, asked_at=now
    )
    bump_pages_of(locked.meeting.record)
    return made


@transaction.atomic
def answer_amendment(*, amendment: Amendment, is_taken: bool, reason: str, clock: Clock) -> Amendment:
    """Taken: the draft of the next version is opened, where it is written. Answered once, for good."""
    minutes = _locked(amendment.minutes)
    found = Amendment.objects.select_for_update().get(pk=amendment.pk)
    if found.state != Amendment.State.ASKED:
        raise Conflict(_("Cette demande a déjà sa réponse."))
    why = clean_line(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : la raison est publique."), field="reason")
    if len(why) > REASON_LIMIT:
        raise Refusal(_("La raison tient en 300 signes."), field="reason")
    found.state = Amendment.State.TAKEN if is_taken else Amendment.State.REFUSED
    found.reason, found.answered_at = why, clock.now()
    found.save(update_fields=["state", "reason", "answered_at"])
    append_entry(
        AMENDMENT_ANSWERED,
        record=minutes.meeting.record,
        now=found.answered_at,
        data={"version": minutes.version, "block": found.block_rank, "outcome": found.state},
        words={"reason": why},
        is_institutional=True,
    )
    if is_taken:
        open_next_version(meeting=minutes.meeting)
    bump_pages_of(minutes.meeting.record)
    return found


def _locked(minutes: Minutes) -> Minutes:
    """The meeting first, as for every act that may open a version or end them all."""
    Record.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
    found = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__record__authority")
    return found.get(pk=minutes.pk)


@transaction.atomic
def erase_amendments(*, person_ids: Collection[UUID], with_words: bool) -> None:
    """What waits goes with her words. What was answered stays counted, its reason public, and nobody's."""
    hers = Amendment.objects.filter(person__in=person_ids)
    if with_words:
        hers.filter(state=Amendment.State.ASKED).delete()
        hers.update(text="")
    hers.update(person=None)
