"""The figures are a function of the journal: whatever happened, in whatever batches it was read."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from democratic.kernel.clock import FixedClock
from democratic.thread import actions
from democratic.thread.events import COMMENT_POSTED, Event
from democratic.thread.journal import coalesce_marks, replay
from democratic.thread.journal.projections import advance, catch_up
from democratic.thread.models import Comment, ParkedEntry, Record, RecordFigures, Support, Visibility
from democratic.thread.views import COMMENTS, FIGURES, GROUPED, UNGROUPED
from verifying import verified

ACTS = ("say", "comment", "support", "count", "withdraw", "erase", "group", "ungroup", "sequence", "read")


def _table() -> list[dict]:
    return list(RecordFigures.objects.order_by("record").values())


def _figures(record) -> RecordFigures:
    return RecordFigures.objects.get(record=record)


def test_a_row_is_opened_for_each_record_with_its_kind_and_process(town):
    process = town.say()
    idea = town.say(process=process)
    town.drain(FIGURES)
    row = _figures(idea)
    assert (row.kind, row.process_id) == ("idea", process.pk)
    assert (row.supports, row.comments, row.grouped) == (0, 0, 0)


def test_comments_are_counted_by_alignment(town):
    idea = town.say()
    for alignment in (1, 1, 1, -1, -1, 0):
        town.comment(idea, alignment)
    town.drain(FIGURES)
    row = _figures(idea)
    assert (row.comments_for, row.comments_against, row.comments_neutral, row.comments) == (3, 2, 1, 6)


def test_a_comment_that_is_withdrawn_then_erased_is_taken_away_once(town):
    idea = town.say()
    comments = [town.comment(idea, 1) for _ in range(3)]
    actions.withdraw_own(record=comments[0].record, clock=town.clock)
    town.drain(FIGURES)
    assert _figures(idea).comments_for == 2
    actions.erase_words(record=comments[0].record, clock=town.clock)
    actions.erase_words(record=comments[1].record, clock=town.clock)
    town.drain(FIGURES)
    assert _figures(idea).comments_for == 1


def test_supports_are_the_last_total_that_was_said(town):
    idea, person = town.say(), town.person()
    for each in (person, town.person()):
        actions.support(record=idea, person=each)
    town.drain(FIGURES)
    actions.unsupport(record=idea, person=person)
    town.clock = FixedClock(town.clock.now() + timedelta(minutes=1))
    town.drain(FIGURES)
    assert _figures(idea).supports == 1


def test_contributions_are_counted_in_their_theme(town):
    theme, ideas = town.say(kind="theme"), [town.say(), town.say()]
    for idea in ideas:
        town.tell(Event(GROUPED), idea, theme=theme.code)
    town.tell(Event(UNGROUPED), ideas[0], theme=theme.code)
    town.drain(FIGURES)
    assert _figures(theme).grouped == 1


def test_a_comment_on_a_record_that_is_not_there_is_parked(town):
    town.tell(COMMENT_POSTED, town.say(), kind="comment", subject="XXX-XXX", alignment=1)
    town.say()
    town.drain(FIGURES)
    assert ParkedEntry.objects.get().position == 1
    assert RecordFigures.objects.count() == 2


class Crowd:
    """Random acts, and beside them what the figures of each Record should then be, counted from rows."""

    def __init__(self, town) -> None:
        self.town, self.grouped = town, Counter()
        self.themes = [town.say(kind="theme") for _ in range(2)]
        self.records = [town.say()]
        self.verified = [verified() for _ in range(6)]

    def act(self, name: str, number: int) -> None:
        record = self.records[number % len(self.records)]
        getattr(self, name)(record, number)

    def say(self, _record, _number) -> None:
        self.records.append(self.town.say())

    def comment(self, record, number) -> None:
        record.refresh_from_db()
        if record.visibility == Visibility.PUBLIC:
            self.records.append(self.town.comment(record, number % 3 - 1).record)

    def support(self, record, number) -> None:
        record.refresh_from_db()
        if record.visibility == Visibility.PUBLIC:
            known = self.verified[number % len(self.verified)]
            actions.support(record=record, person=known if number % 2 else self.town.person())

    def count(self, _record, _number) -> None:
        self.town.clock = FixedClock(self.town.clock.now() + timedelta(minutes=1))
        coalesce_marks(self.town.clock.now())

    def withdraw(self, record, _number) -> None:
        record.refresh_from_db()
        if record.visibility == Visibility.PUBLIC:
            actions.withdraw_own(record=record, clock=self.town.clock)

    def erase(self, record, _number) -> None:
        actions.erase_words(record=record, clock=self.town.clock)

    def group(self, record, number) -> None:
        theme = self.themes[number % 2]
        self.town.tell(Event(GROUPED), record, theme=theme.code)
        self.grouped[theme.pk] += 1

    def ungroup(self, record, number) -> None:
        theme = self.themes[number % 2]
        self.town.tell(Event(UNGROUPED), record, theme=theme.code)
        self.grouped[theme.pk] -= 1

    def sequence(self, _record, number) -> None:
        self.town.sequence(number + 1)

    def read(self, _record, number) -> None:
        advance(replace(FIGURES, batch=number + 1))

    def expected(self) -> list[dict]:
        comments = Counter(
            Comment.objects.filter(record__visibility=Visibility.PUBLIC).values_list("subject", "alignment")
        )
        return [
            {
                "record_id": record.pk,
                "process_id": record.process_id,
                "kind": record.kind,
                **self.supports(record),
                "grouped": self.grouped[record.pk],
                **{name: comments[record.pk, alignment] for alignment, name in COMMENTS.items()},
            }
            for record in Record.objects.order_by("pk")
        ]

    @staticmethod
    def supports(record) -> dict:
        of_it = Support.objects.filter(record=record)
        n, known = of_it.count(), of_it.filter(is_verified=True).count()
        return {"supports": n, "verified": (known if known >= 5 else 0) if n else None}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 12)), max_size=40))
def test_figures_read_as_they_come_equal_the_rows_and_a_replay_from_zero(town, acts):
    point = transaction.savepoint()
    try:
        crowd = Crowd(town)
        for name, number in acts:
            crowd.act(name, number)
        crowd.count(None, 0)
        town.sequence()
        catch_up(FIGURES)
        incremental = _table()
        assert incremental == crowd.expected()
        replay("figures")
        assert _table() == incremental
        assert not ParkedEntry.objects.exists()
    finally:
        transaction.savepoint_rollback(point)
