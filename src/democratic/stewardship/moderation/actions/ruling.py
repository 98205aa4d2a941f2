"""Deciding: one person, who is neither the author nor a notifier, states the facts and the rule, in public."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.ideas.hiding import settle_hidden
from democratic.participation.meetings.wall.actions import settle_binned
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.events import CONTENT_MODERATED
from democratic.stewardship.moderation.models import Notice, Ruling
from democratic.stewardship.moderation.rules import last_day_to_appeal, refuse_interested, refuse_unlawful
from democratic.stewardship.moderation.states import NoticeState, Outcome
from democratic.thread.actions import NewRecord, Words, bump_pages_of, open_record
from democratic.thread.actions.records import set_shown
from democratic.thread.models import Kind, Record, Visibility

LONGEST_FACTS = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was decided and why: the facts in the moderator's words, never a quotation of what is hidden."""

    outcome: Outcome
    rule: str
    facts: str
    ground: str = ""
    language: str = "fr"

    def cleaned(self) -> "Finding":
        facts, ground = clean_text(self.facts), clean_line(self.ground)[:200]
        if self.rule not in Rule.values:
            raise Refusal(_("Choisissez la règle sur laquelle repose la décision."), field="rule")
        if not facts:
            raise Refusal(_("Dites les faits : une décision sans raison ne se conteste pas."), field="facts")
        if len(facts) > LONGEST_FACTS:
            raise Refusal(
                _("Ce texte a %(n)d signes ; il en faut 2 000 au plus.") % {"n": len(facts)}, field="facts"
            )
        if self.rule == Rule.ILLEGAL and self.outcome != Outcome.KEPT and not ground:
            raise Refusal(_("Citez la loi : la personne doit savoir ce qui est interdit."), field="ground")
        return Finding(self.outcome, self.rule, facts, ground, self.language)


@transaction.atomic
def rule_on(
    *, record: Record, finding: Finding, ruled_by: Person, clock: Clock, is_unasked: bool = False
) -> Ruling:
    """Answer every notice on this word at once, or refuse to publish one that is held. One Entry.

    Two who decide at once meet on the Record's lock: the first wins, the other is told. ``is_unasked``: without a
    notice, as who runs a meeting does with a question put to it.
    """
    said = finding.cleaned()
    locked = lock_subject(record)
    refuse_interested(locked, person_and_claimed(ruled_by))
    open_notices = Notice.objects.filter(record=locked, state=NoticeState.RECEIVED)
    waiting = list(open_notices.select_for_update().order_by("pk"))
    _refuse_unless_possible(locked, said.outcome, waiting, is_unasked=is_unasked)
    if said.outcome != Outcome.KEPT:
        refuse_unlawful(locked, said.rule, said.ground)
    ruling = open_ruling(
        locked, said, ruled_by, clock, was_flagged=any(notice.alarm_id is not None for notice in waiting)
    )
    state = NoticeState.REJECTED if said.outcome == Outcome.KEPT else NoticeState.FOLLOWED
    open_notices.update(state=state, ruling=ruling)
    if said.outcome != Outcome.KEPT:
        hide(locked, clock)
    return ruling


def lock_subject(record: Record) -> Record:
    found = Record.objects.select_for_update(of=("self",)).select_related(
        "authority", "audience", "process__as_process", "wording"
    )
    return found.get(pk=record.pk)


def _refuse_unless_possible(
    record: Record, outcome: Outcome, waiting: list[Notice], *, is_unasked: bool
) -> None:
    if record.visibility == Visibility.HELD:
        if outcome != Outcome.REFUSED:
            raise Conflict(_("Cette parole attend d’être relue : publiez-la, ou refusez-la."))
        return
    if record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Cette parole n’est plus montrée : quelqu’un a décidé avant vous."))
    if not waiting and not is_unasked:
        raise Conflict(_("Plus aucun signalement n’attend ici : quelqu’un a décidé avant vous."))
    if outcome == Outcome.REFUSED:
        raise Conflict(_("Cette parole est déjà publiée : vous pouvez la masquer ou la garder."))


def hide(record: Record, clock: Clock) -> None:
    show_or_hide(record, Visibility.HIDDEN)
    if record.kind == Kind.IDEA:
        settle_hidden(record=record, clock=clock)
    elif record.kind == Kind.WALL_QUESTION:
        settle_binned(record=record, clock=clock)


def show_or_hide(record: Record, visibility: Visibility) -> None:
    """Once the ruling is written. The database lets a column through that one door, for this record alone."""
    if record.kind != Kind.COLUMN:
        set_shown(record=record, visibility=visibility)
        return
    with connection.cursor() as cursor:
        cursor.execute("select set_config('democratic.moderates', %s, true)", [str(record.pk)])
        set_shown(record=record, visibility=visibility)
        cursor.execute("select set_config('democratic.moderates', '', true)")


def open_ruling(
    subject: Record,
    said: Finding,
    ruled_by: Person,
    clock: Clock,
    *,
    was_flagged: bool,
    second_to: Ruling | None = None,
) -> Ruling:
    """The decision's own public Record, which outlives the words that it judges."""
    change = _change(said.outcome, second_to)
    record = open_record(
        NewRecord(
            authority=subject.authority,
            kind=Kind.RULING,
            process=subject.process,
            audience=subject.audience,
            words=Words(title=str(Rule(said.rule).label), text=said.facts, language=said.language),
            event=CONTENT_MODERATED,
            state=said.outcome,
            is_institutional=True,
            data={
                "subject": subject.code,
                "of": subject.kind,
                "change": change,
                "rule": said.rule,
                "is_automatic": False,
                "was_flagged_automatically": was_flagged,
                "second_to": second_to.record.code if second_to else "",
            },
            extra_words={"ground": said.ground},
        ),
        clock=clock,
    )
    ruling = Ruling.objects.create(
        record=record,
        subject=subject,
        outcome=said.outcome,
        rule=said.rule,
        ground=said.ground,
        was_flagged_automatically=was_flagged,
        ruled_by=ruled_by,
        second_to=second_to,
        ruled_first_by=second_to.ruled_by if second_to else None,
        appeal_until=None
        if second_to
        else last_day_to_appeal(local_day(record.happened_at, subject.authority.time_zone)),
    )
    bump_pages_of(subject)
    return ruling


def _change(outcome: Outcome, first: Ruling | None) -> str:
    """What this decision changed of what is shown: what counts are made of."""
    if first is None:
        return outcome.value
    if first.outcome == outcome:
        return "kept"
    return "restored" if outcome == Outcome.KEPT else outcome.value
