from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.participation.answers.drafting import (
    AnswerDraft,
    DraftMoved,
    approve_draft,
    draft_answer,
    edit_draft,
)
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
from democratic.participation.answers.models import Answer
from democratic.participation.answers.states import AnswerState
from democratic.participation.obligations.actions import meet, reopen
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.thread.actions import Words, append_entry, link, set_state, withdraw_by_authority
from democratic.thread.actions.records import bump_pages_of, index_words
from democratic.thread.models import Kind, LinkKind, Record, Visibility, Withdrawal

__all__ = [
    "AnswerDraft",
    "DraftMoved",
    "approve_draft",
    "declare_inadmissible",
    "draft_answer",
    "edit_draft",
    "group_contributions",
    "open_theme",
    "readmit_contribution",
    "sign_answer",
    "ungroup_contribution",
    "withdraw_answer",
    "words_of",
]


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
    if locked.process.asks_approval and not locked.is_approved:
        raise Conflict(
            _("Une deuxième personne doit d’abord approuver cette réponse, telle qu’elle est écrite.")
        )
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
    locked.version += 1
    locked.save(
        update_fields=[
            "signed_name",
            "signed_function",
            "signed_at",
            "is_by_delegation",
            "is_current",
            "version",
        ]
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
    words = words_of(answer, answer.signed_name, answer.signed_function)
    # A draft that was written among many is not in the index yet.
    index_words(record, Words(title=words["title"], text=words["reason"]))
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
        words=words,
        is_institutional=True,
    )
    link(source=answer.subject, kind=LinkKind.ANSWERED_BY, target=record, entry=entry)


def words_of(answer: Answer, name: str, function: str) -> dict[str, str]:
    """What its Entry opens, and so what each person is told."""
    record = answer.record
    return {
        "title": record.title,
        "reason": record.text,
        "name": name,
        "function": function,
        "passed_to": answer.passed_to,
    }


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
