"""A pile of paper: entered by one hand, entered again by another, then told once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from asking import answered, asked
from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.ideas.actions import claim_idea
from democratic.participation.ideas.models import Idea
from democratic.participation.paper.actions import (
    NewBatch,
    check_entry,
    drop_batch,
    finish_entry,
    keep_draft,
    open_batch,
    settle_differences,
)
from democratic.participation.paper.actions.lacking import Unfinished
from democratic.participation.paper.keys import draw_keys
from democratic.participation.paper.models import PaperBatch, PaperRow, PaperSheet
from democratic.participation.paper.printing import said_by, sheets_of
from democratic.participation.paper.queries import differences_of
from democratic.participation.paper.states import BatchState
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll, PollTally
from democratic.participation.polls.results import results_of
from democratic.people.actions import welcome_guest
from democratic.people.models import AgeBand
from democratic.thread.models import Kind, Origin, Record
from paper_piles import WORDS, cells, pile, printed

SPEAKS = {"consents": True, "text": WORDS, "first_name": "Lina"}


@pytest.fixture
def other():
    return welcome_guest(name="Karim")


def entered(territory, poll, rows, **more):
    """By the first hand, to be entered again."""
    batch = pile(territory, poll, **more)
    keep_draft(batch=batch, rows=rows, by=territory.agent.person)
    return finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)


def checked(territory, batch, rows, by, sheets=None):
    return check_entry(
        batch=batch, sheets=len(rows) if sheets is None else sheets, rows=rows, by=by, function="Accueil",
        clock=territory.clock,
    )  # fmt: skip


def test_two_hands_that_agree_make_one_verified_tally_and_the_contributions(territory, other):
    poll = asked(territory)
    sheets = sheets_of(printed(territory, poll, 6))
    rows = {n: cells(sheet, choice=1 + n % 2) for n, sheet in enumerate(sheets, 1)}
    rows[2] = replace(rows[2], **SPEAKS)
    batch = checked(territory, entered(territory, poll, rows), rows, other)
    assert batch.state == BatchState.COUNTED
    tally = PollTally.objects.get()
    assert (tally.origin, tally.batch, tally.total) == (Origin.PAPER, "Lot 1", 6)
    assert (tally.entered_by, tally.verified_by) == (territory.agent.person, other)
    said = Record.objects.get(kind=Kind.IDEA)
    assert (said.code, said.origin, said.byline, said.text) == (sheets[1].code, Origin.PAPER, "Lina", WORDS)
    assert Idea.objects.get().age_band == AgeBand.ADULT
    assert batch.told["sheets"] == 6
    assert batch.told["ideas"] == 1


def test_paper_and_web_are_one_total_and_paper_a_line_of_its_own(territory, other):
    poll = asked(territory)
    sheets = sheets_of(printed(territory, poll, 6))
    rows = {n: cells(sheet) for n, sheet in enumerate(sheets, 1)}
    checked(territory, entered(territory, poll, rows), rows, other)
    answered(poll, territory, 1, 1, 2, 2, 3)
    count_polls(territory.clock.now())
    poll = Poll.objects.get(pk=poll.pk)
    results = results_of(poll, list(poll.options.all()))
    assert results.total == 11
    assert {column.sources: column.total for column in results.columns} == {("web",): 5, ("hand:paper",): 6}


def test_the_words_are_in_the_contribution_alone_once_it_is_told(territory, other):
    [sheet] = sheets_of(printed(territory, copies=1))
    rows = {1: cells(sheet, choice=None, **SPEAKS)}
    checked(territory, entered(territory, None, rows), rows, other)
    assert not PaperRow.objects.exclude(text="", first_name="").exists()


def test_the_key_of_the_stub_opens_the_contribution_once(territory, other):
    run = printed(territory, copies=1)
    [key] = draw_keys(run=run, by=territory.agent.person, clock=territory.clock).values()
    [sheet] = sheets_of(run)
    rows = {1: cells(sheet, choice=None, **SPEAKS)}
    checked(territory, entered(territory, None, rows), rows, other)
    mine = claim_idea(secret=key, person=welcome_guest(), clock=territory.clock)
    assert mine.code == sheet.code
    with pytest.raises(Refusal):
        claim_idea(secret=key, person=welcome_guest(), clock=territory.clock)
    sheet.refresh_from_db()
    assert sheet.key_hash == ""


@pytest.mark.parametrize("age", [AgeBand.UNDER_15, AgeBand.UNSAID])
def test_of_a_child_or_of_who_gives_no_age_the_tick_alone_is_kept(territory, other, age):
    poll = asked(territory)
    sheets = sheets_of(printed(territory, poll, 1))
    rows = {1: cells(sheets[0], age=age, **SPEAKS)}
    batch = entered(territory, poll, rows)
    assert not PaperRow.objects.exclude(text="", first_name="").exists()
    checked(territory, batch, rows, other)
    assert not Idea.objects.exists()
    assert PollTally.objects.get().total == 1


def test_the_database_itself_keeps_no_word_of_a_child(territory):
    batch = pile(territory)
    with pytest.raises(IntegrityError, match="nothing_is_kept_of_what_a_child_wrote"), transaction.atomic():
        PaperRow.objects.create(batch=batch, hand=1, number=1, age=AgeBand.UNDER_15, text="Moi")


def test_words_without_agreement_are_not_published(territory, other):
    [sheet] = sheets_of(printed(territory, copies=1))
    rows = {1: cells(sheet, choice=None, text=WORDS)}
    checked(territory, entered(territory, None, rows), rows, other)
    assert not Idea.objects.exists()


def test_what_differs_is_shown_cell_by_cell_and_nothing_is_counted_before_it_is_settled(territory, other):
    poll = asked(territory)
    sheets = sheets_of(printed(territory, poll, 3))
    rows = {n: cells(sheet) for n, sheet in enumerate(sheets, 1)}
    second = rows | {2: replace(rows[2], choice=3, body="yes")}
    batch = checked(territory, entered(territory, poll, rows), second, other)
    assert batch.state == BatchState.DIFFERS
    assert not PollTally.objects.exists()
    told = [(each.number, each.cell, each.first, each.second) for each in differences_of(batch)]
    assert told == [(2, "choice", 1, 3), (2, "body", "no", "yes")]
    settle = {"batch": batch, "clock": territory.clock}
    with pytest.raises(Refusal):
        settle_differences(chosen={}, by=other, **settle)
    still = settle_differences(chosen={(2, "body"): 1}, by=other, **settle)
    assert still.state == BatchState.DIFFERS
    assert not PollTally.objects.exists()
    settle_differences(chosen={(2, "choice"): 2}, by=territory.agent.person, **settle)
    ranks = list(poll.options.values_list("rank", flat=True))
    assert PollTally.objects.get().counts == {str(ranks[0]): 2, str(ranks[2]): 1}


@pytest.mark.parametrize("hand", [1, 2])
def test_nobody_says_of_her_own_hand_that_it_read_right_and_a_third_person_may(territory, other, hand):
    poll = asked(territory)
    rows = {1: cells(sheets_of(printed(territory, poll, 1))[0])}
    batch = checked(territory, entered(territory, poll, rows), {1: replace(rows[1], choice=3)}, other)
    settle = {"batch": batch, "chosen": {(1, "choice"): hand}, "clock": territory.clock}
    with pytest.raises(NotAllowed):
        settle_differences(by={1: territory.agent.person, 2: other}[hand], **settle)
    assert not PollTally.objects.exists()
    settle_differences(by=welcome_guest(), **settle)
    assert PollTally.objects.get().total == 1


def test_who_entered_a_pile_does_not_check_it(territory):
    poll = asked(territory)
    rows = {1: cells(sheets_of(printed(territory, poll, 1))[0])}
    batch = entered(territory, poll, rows)
    with pytest.raises(NotAllowed):
        checked(territory, batch, rows, territory.agent.person)
    assert not PollTally.objects.exists()


def test_a_sheet_that_the_first_hand_missed_is_not_lost_in_silence(territory, other):
    poll = asked(territory)
    rows = {1: cells(sheets_of(printed(territory, poll, 2))[0])}
    batch = entered(territory, poll, rows)
    with pytest.raises(Conflict):
        checked(territory, batch, rows, other, sheets=2)


def test_a_question_on_paper_is_always_entered_twice(territory):
    poll = asked(territory)
    assert pile(territory, poll, is_checked=False).is_checked
    with pytest.raises(IntegrityError, match="a_count_on_paper_is_checked"), transaction.atomic():
        PaperBatch.objects.update(is_checked=False)


def test_words_alone_are_told_at_once_where_nobody_checks(territory):
    [sheet] = sheets_of(printed(territory, copies=1))
    batch = entered(territory, None, {1: cells(sheet, choice=None, **SPEAKS)}, is_checked=False)
    assert batch.state == BatchState.COUNTED
    assert Record.objects.get(kind=Kind.IDEA).code == sheet.code


def test_a_sheet_is_told_once_whatever_pile_it_is_in(territory, other):
    [sheet] = sheets_of(printed(territory, copies=1))
    row = {1: cells(sheet, choice=None)}
    first, second = pile(territory), pile(territory, name="Lot 2")
    keep_draft(batch=first, rows=row, by=territory.agent.person)
    with pytest.raises(Conflict, match="déjà saisie"):
        keep_draft(batch=second, rows=row, by=territory.agent.person)
    finish_entry(batch=first, by=territory.agent.person, clock=territory.clock)
    checked(territory, first, row, other)
    with pytest.raises(Unfinished):
        keep_draft(batch=second, rows=row, by=territory.agent.person)


def test_a_pile_that_is_dropped_lets_its_sheets_be_entered_again(territory):
    [sheet] = sheets_of(printed(territory, copies=1))
    batch = pile(territory)
    keep_draft(batch=batch, rows={1: cells(sheet)}, by=territory.agent.person)
    drop_batch(batch=batch)
    keep_draft(batch=pile(territory), rows={1: cells(sheet)}, by=territory.agent.person)
    assert PaperRow.objects.count() == 1


def test_a_counted_pile_is_not_dropped(territory, other):
    rows = {1: cells(choice=None)}
    batch = checked(territory, entered(territory, None, rows), rows, other)
    with pytest.raises(Conflict):
        drop_batch(batch=batch)


def test_a_row_that_is_not_whole_says_which_cell_is_missing(territory):
    batch = pile(territory, asked(territory))
    keep_draft(
        batch=batch, rows={1: cells(choice=None, body=""), 2: cells(choice=9)}, by=territory.agent.person
    )
    with pytest.raises(Unfinished) as refused:
        finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)
    assert {row.number: set(row.cells) for row in refused.value.rows} == {
        1: {"choice", "body"},
        2: {"choice"},
    }


def test_a_code_that_is_no_sheets_and_a_sheet_of_another_question_are_refused(territory):
    poll = asked(territory)
    elsewhere = sheets_of(printed(territory, copies=1))[0]
    batch = pile(territory, poll)
    for code in ("K7P-4RM", "zz", elsewhere.code):
        with pytest.raises(Unfinished):
            keep_draft(batch=batch, rows={1: replace(cells(), code=code)}, by=territory.agent.person)


def test_another_agent_does_not_write_into_a_pile_that_somebody_enters(territory, other):
    with pytest.raises(NotAllowed):
        keep_draft(batch=pile(territory), rows={1: cells()}, by=other)


def test_a_pile_is_of_a_day_when_one_was_listened_to(territory):
    today = local_day(territory.clock.now(), territory.authority.time_zone)
    for day in (today + timedelta(days=1), today - timedelta(days=400)):
        with pytest.raises(Refusal):
            open_batch(
                process=territory.process, new=NewBatch("Lot 9", day), by=territory.agent.person, function="",
                clock=territory.clock,
            )  # fmt: skip


def test_no_record_takes_a_number_that_is_printed(territory, monkeypatch):
    [sheet] = sheets_of(printed(territory, copies=1))
    drawn = iter([sheet.code, "K7P-4RM"])
    monkeypatch.setattr("democratic.thread.actions.records.opening.new_code", lambda: next(drawn))
    assert territory.say().idea.record.code == "K7P-4RM"
    assert not Record.objects.filter(code=sheet.code).exists()
    with pytest.raises(IntegrityError, match="is borne"), transaction.atomic():
        PaperSheet.objects.create(run=sheet.run, serial=2, code="K7P-4RM")


def test_a_page_code_of_another_authority_is_not_ours(territory):
    run = printed(territory, copies=1)
    ours = said_by(run, 1)
    run.process.authority_id = welcome_guest().pk
    assert said_by(run, 1).check != ours.check
