from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.events import ANSWER_SIGNED
from democratic.participation.answers.grouping import (
    INADMISSIBLE,
    RECEIVED,
    declare_inadmissible,
    group_contributions,
    holding_answers,
    inherit_state,
    open_theme,
    readmit_contribution,
    refuse_merged,
    refuse_split,
    settle_answers,
    unanswered_contributions,
    ungroup_contribution,
)
from democratic.participation.answers.lineage import pass_to_merged
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.answers.states import AnswerState
from democratic.participation.obligations.actions import meet, reopen
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    link,
    open_record,
    reword_record,
    set_state,
    withdraw_by_authority,
)
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Kind, LinkKind, Record, Visibility, Withdrawal

__all__ = [
    "AnswerDraft",
    "declare_inadmissible",
    "draft_answer",
    "edit_draft",
    "group_contributions",
    "open_theme",
    "readmit_contribution",
    "sign_answer",
    "ungroup_contribution",
    "withdraw_answer",
]


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


@transaction.atomic
def draft_answer(
    *, process: Process, subject: Record, draft: AnswerDraft, author: Person | None, clock: Clock
) -> Answer:
    """Write an answer to a theme or to one contribution. Nothing is public before it is signed."""
    draft.refuse_unless_complete()
    _refuse_other_subject(process, subject)
    refuse_unless_in_office(draft.signer, field="signer")
    refuse_merged([subject.pk])
    refuse_split(subject)
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.ANSWER,
            process=process.record,
            words=Words(title=draft.title, text=draft.reason),
            event=ANSWER_SIGNED,
            author=author,
            state=AnswerState.DRAFT,
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    return Answer.objects.create(
        record=record,
        process=process,
        subject=subject,
        verdict=draft.verdict,
        passed_to=clean_line(draft.passed_to)[:160] if draft.verdict == Verdict.PASSED else "",
        signer=draft.signer,
        is_current=False,
    )


@transaction.atomic
def edit_draft(*, answer: Answer, draft: AnswerDraft, clock: Clock) -> Answer:
    draft.refuse_unless_complete()
    locked = Answer.objects.select_for_update(of=("self",)).select_related("record").get(pk=answer.pk)
    if locked.signed_at:
        raise Conflict(_("Une réponse signée ne se modifie plus. Signez-en une nouvelle, qui la remplacera."))
    refuse_unless_in_office(draft.signer, field="signer")
    reword_record(record=locked.record, words=Words(title=draft.title, text=draft.reason), clock=clock)
    locked.verdict, locked.signer = draft.verdict, draft.signer
    locked.passed_to = clean_line(draft.passed_to)[:160] if draft.verdict == Verdict.PASSED else ""
    locked.save(update_fields=["verdict", "signer", "passed_to"])
    return locked


@transaction.atomic
def sign_answer(*, answer: Answer, signer: Official, is_by_delegation: bool = False, clock: Clock) -> Answer:
    """Sign by name and function: public at once, inherited by the theme's contributions, dated."""
    locked = (
        Answer.objects.select_for_update(of=("self",))
        .select_related(
            "record__wording",
            "record__authority",
            "subject",
            "process__record__authority",
            "process__authority",
        )
        .get(pk=answer.pk)
    )
    if locked.signed_at:
        return locked
    if signer.pk != locked.signer_id:
        raise NotAllowed(_("Seule la personne qui répond peut signer, ou la personne qu’elle a déléguée."))
    refuse_unless_in_office(signer)
    now = clock.now()
    refuse_before_its_stage(locked.process, Act.ANSWER, now)
    # Held until the end: an agent may be splitting it.
    subject = Record.objects.select_for_update().get(pk=locked.subject_id)
    refuse_merged([subject.pk])
    refuse_split(subject)
    if subject.state == INADMISSIBLE:
        raise Conflict(_("Cette parole est hors du champ : remettez-la d’abord dans le champ."))
    replaced = Answer.objects.filter(subject_id=locked.subject_id, is_current=True).first()
    if replaced:
        Answer.objects.filter(pk=replaced.pk).update(is_current=False)
        Record.objects.filter(pk=replaced.pk).update(state=AnswerState.REPLACED)
    locked.signed_name, locked.signed_function = signer.name, signer.function
    locked.signed_at, locked.is_by_delegation, locked.is_current = now, is_by_delegation, True
    locked.save(
        update_fields=["signed_name", "signed_function", "signed_at", "is_by_delegation", "is_current"]
    )
    _publish(locked, now, replaced)
    _pass_down(locked)
    meet(record=locked.subject, owed=Owed.ANSWER, clock=clock)
    settle_answers(process=locked.process, clock=clock)
    bump_pages_of(locked.record)
    return locked


def _publish(answer: Answer, now: datetime, replaced: Answer | None) -> None:
    record = answer.record
    Record.objects.filter(pk=record.pk).update(
        visibility=Visibility.PUBLIC, state=AnswerState.SIGNED, happened_at=now
    )
    entry = append_entry(
        ANSWER_SIGNED,
        record=record,
        now=now,
        data={
            "kind": record.kind,
            "subject": answer.subject.code,
            "subject_kind": answer.subject.kind,
            "verdict": answer.verdict,
            "by_delegation": answer.is_by_delegation,
            "replaces": replaced.record.code if replaced else None,
        },
        words={
            "title": record.title,
            "reason": record.text,
            "name": answer.signed_name,
            "function": answer.signed_function,
            "passed_to": answer.passed_to,
        },
        is_institutional=True,
    )
    link(source=answer.subject, kind=LinkKind.ANSWERED_BY, target=record, entry=entry)


def _pass_down(answer: Answer) -> None:
    """An individual answer overrides its theme's; a theme's reaches the contributions that have none."""
    set_state(answer.subject, answer.verdict)
    if answer.subject.kind == Kind.THEME:
        _inheriting(answer).update(state=answer.verdict)
    pass_to_merged(answer.process)


def _inheriting(answer: Answer) -> QuerySet[Record]:
    """The contributions that a theme's answer answers: those that have none of their own."""
    own = holding_answers().filter(process=answer.process).values("subject")
    grouped = Record.objects.filter(theme=answer.subject, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    return grouped.exclude(pk__in=own).exclude(state=INADMISSIBLE)


@transaction.atomic
def withdraw_answer(*, answer: Answer, reason: str, function: str, clock: Clock) -> Withdrawal:
    """Take back a signed answer in public: those whom it answered are owed one again, for the first date."""
    withdrawal = withdraw_by_authority(record=answer.record, reason=reason, function=function, clock=clock)
    subject = answer.subject
    if not answer.is_current or subject.state == INADMISSIBLE:
        return withdrawal
    if subject.kind == Kind.THEME:
        set_state(subject, RECEIVED)
        _inheriting(answer).update(state=RECEIVED)
    elif subject.theme:
        inherit_state(subject, subject.theme)
    else:
        set_state(subject, RECEIVED)
    pass_to_merged(answer.process)
    reopen(record=subject, owed=Owed.ANSWER, clock=clock)
    if unanswered_contributions(answer.process):
        reopen(record=answer.process.record, owed=Owed.ANSWER, clock=clock)
    return withdrawal


def _refuse_other_subject(process: Process, subject: Record) -> None:
    if subject.process_id != process.pk or subject.kind not in (Kind.THEME, Kind.IDEA):
        raise Refusal(_("On répond à un sujet ou à une parole de cette concertation."))
