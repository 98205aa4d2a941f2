"""A draft answer: written by several hands, none of which erases another's text; approved by someone else."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.events import ANSWER_SIGNED
from democratic.participation.answers.grouping import refuse_merged, refuse_split
from democratic.participation.answers.models import Answer, AnswerHand, Verdict
from democratic.participation.answers.states import AnswerState
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, open_record, reword_record, set_state
from democratic.thread.models import Kind, Record, Visibility


class DraftMoved(Conflict):
    """Someone wrote meanwhile. ``saved`` is what stands now: it is shown beside what was typed."""

    def __init__(self, saved: Answer) -> None:
        super().__init__(
            _("Quelqu’un a enregistré un autre texte pendant que vous écriviez. Le vôtre n’est pas perdu.")
        )
        self.saved = saved


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What an answer says: its verdict, the reason in words, and to whom it is passed on, if it is."""

    verdict: Verdict
    reason: str
    signer: Official
    title: str = ""
    passed_to: str = ""

    def refuse_unless_complete(self) -> None:
        if self.verdict not in Verdict.values:
            raise Refusal(_("Choisissez : retenu, en partie, non retenu ou transmis."), field="verdict")
        if not clean_text(self.reason):
            raise Refusal(_("La raison est obligatoire : c’est elle que les gens attendent."), field="reason")
        if self.verdict == Verdict.PASSED and not clean_line(self.passed_to):
            raise Refusal(_("Dites à qui c’est transmis."), field="passed_to")

    @property
    def to(self) -> str:
        return clean_line(self.passed_to)[:160] if self.verdict == Verdict.PASSED else ""


def new_answer_record(process: Process, draft: AnswerDraft, author: Person | None) -> NewRecord:
    return NewRecord(
        authority=process.record.authority,
        kind=Kind.ANSWER,
        process=process.record,
        words=Words(title=draft.title, text=draft.reason),
        event=ANSWER_SIGNED,
        author=author,
        state=AnswerState.DRAFT,
        visibility=Visibility.DRAFT,
        is_institutional=True,
    )


@transaction.atomic
def draft_answer(
    *, process: Process, subject: Record, draft: AnswerDraft, author: Person | None, clock: Clock
) -> Answer:
    """Write an answer to a theme or to one contribution. Nothing is public before it is signed.

    DraftMoved: someone began another one meanwhile.
    """
    draft.refuse_unless_complete()
    _refuse_other_subject(process, subject)
    refuse_unless_in_office(draft.signer, field="signer")
    # Held until the end: two agents who begin at once write one draft, and the second is told.
    Record.objects.select_for_update().get(pk=subject.pk)
    refuse_merged([subject.pk])
    refuse_split(subject)
    begun = Answer.objects.filter(subject=subject, signed_at=None).select_related("record__wording").first()
    if begun:
        raise DraftMoved(begun)
    record = open_record(new_answer_record(process, draft, author), clock=clock)
    answer = Answer.objects.create(
        record=record,
        process=process,
        subject=subject,
        verdict=draft.verdict,
        passed_to=draft.to,
        signer=draft.signer,
        is_current=False,
    )
    _note_hand(answer, author, clock)
    return answer


@transaction.atomic
def edit_draft(
    *,
    answer: Answer,
    draft: AnswerDraft,
    clock: Clock,
    author: Person | None = None,
    seen: int | None = None,
) -> Answer:
    """Write a draft anew. ``seen``: the version that the author had before her; behind, DraftMoved says so."""
    draft.refuse_unless_complete()
    locked = (
        Answer.objects.select_for_update(of=("self",)).select_related("record__wording").get(pk=answer.pk)
    )
    if locked.signed_at:
        raise Conflict(_("Une réponse signée ne se modifie plus. Signez-en une nouvelle, qui la remplacera."))
    if seen is not None and seen != locked.version:
        raise DraftMoved(locked)
    refuse_unless_in_office(draft.signer, field="signer")
    reword_record(record=locked.record, words=Words(title=draft.title, text=draft.reason), clock=clock)
    set_state(locked.record, AnswerState.DRAFT)
    locked.verdict, locked.signer, locked.passed_to = draft.verdict, draft.signer, draft.to
    locked.version += 1
    locked.save(update_fields=["verdict", "signer", "passed_to", "version"])
    _note_hand(locked, author, clock)
    return locked


@transaction.atomic
def approve_draft(*, answer: Answer, approver: Person, seen: int, clock: Clock) -> Answer:
    """Someone who wrote none of it says that it may be signed as it stands; a later word asks it again."""
    locked = Answer.objects.select_for_update(of=("self",)).select_related("record").get(pk=answer.pk)
    if locked.signed_at:
        raise Conflict(_("Cette réponse est déjà signée."))
    if seen != locked.version:
        raise Conflict(_("Le texte a changé depuis que vous l’avez lu : relisez-le avant de l’approuver."))
    if AnswerHand.objects.filter(answer=locked, person=approver).exists():
        raise NotAllowed(_("Vous avez écrit cette réponse : une autre personne doit l’approuver."))
    locked.approved_by, locked.approved_version, locked.approved_at = approver, locked.version, clock.now()
    locked.save(update_fields=["approved_by", "approved_version", "approved_at"])
    set_state(locked.record, AnswerState.APPROVED)
    return locked


def stamps_of(subjects: Collection[UUID]) -> dict[UUID, int]:
    """For each subject, a number that grows with every word written and every signature on its answers."""
    rows = Answer.objects.filter(subject__in=subjects).values_list("subject").annotate(n=Sum("version"))
    return {**dict.fromkeys(subjects, 0), **dict(rows)}


def _note_hand(answer: Answer, person: Person | None, clock: Clock) -> None:
    if person is not None:
        AnswerHand.objects.create(
            answer=answer, person=person, version=answer.version, written_at=clock.now()
        )


def _refuse_other_subject(process: Process, subject: Record) -> None:
    if subject.process_id != process.pk or subject.kind not in (Kind.THEME, Kind.IDEA):
        raise Refusal(_("On répond à un sujet ou à une parole de cette concertation."))
