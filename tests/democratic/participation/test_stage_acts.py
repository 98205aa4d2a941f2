"""The authority's own acts wait for their stage; after its end they are late, and allowed."""

from datetime import date, timedelta

import pytest

from courses import DECIDED, GROUPED, SIGNED, answered, decided, grouped, said
from democratic.participation.answers.actions import group_contributions, open_theme
from democratic.participation.answers.models import Answer
from democratic.participation.processes.actions import move_stage
from democratic.participation.processes.models import Stage, Step
from democratic.participation.processes.rules import StageAhead
from democratic.participation.reports.desk_work import work_of
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Kind, Record
from factories import clock_at

ANALYSIS_OPENS, ANSWER_OPENS, DECISION_OPENS = date(2026, 3, 29), date(2026, 4, 18), date(2026, 6, 13)
EVE = timedelta(days=1)
LONG_AFTER = date(2027, 9, 1)


def theme_on(territory, day):
    return open_theme(
        process=territory.process, words=Words(title="Le soir"), author=None, clock=clock_at(day)
    )


def test_a_theme_opens_with_its_stage_and_not_the_day_before(territory):
    with pytest.raises(StageAhead) as refusal:
        theme_on(territory, ANALYSIS_OPENS - EVE)
    assert "« Analyse » s’ouvre le 29/03/2026" in str(refusal.value)
    assert not Record.objects.filter(kind=Kind.THEME).exists()
    assert theme_on(territory, ANALYSIS_OPENS).record.code


def test_nothing_is_grouped_before_the_analysis_even_when_a_theme_is_there(territory):
    ideas, theme = said(territory), theme_on(territory, GROUPED)
    with pytest.raises(StageAhead):
        group_contributions(contributions=ideas, theme=theme, clock=clock_at(ANALYSIS_OPENS - EVE))
    assert group_contributions(contributions=ideas, theme=theme, clock=clock_at(ANALYSIS_OPENS)) == len(ideas)


def test_an_answer_is_not_signed_before_answering_opens_and_nothing_of_it_is_published(territory):
    theme = grouped(territory, said(territory)).record
    before = Entry.objects.count()
    with pytest.raises(StageAhead):
        answered(territory, theme, day=ANSWER_OPENS - EVE)
    assert Entry.objects.count() == before
    assert Answer.objects.get().signed_at is None
    Answer.objects.all().delete()
    assert answered(territory, theme, day=ANSWER_OPENS).signed_at


def test_a_decision_waits_for_the_deciding_stage(territory, monkeypatch):
    answer = answered(territory, grouped(territory, said(territory)).record)
    monkeypatch.setattr("courses.DECIDED", DECISION_OPENS - EVE)
    with pytest.raises(StageAhead):
        decided(territory, answer)
    assert not Record.objects.filter(kind=Kind.DECISION).exists()
    monkeypatch.setattr("courses.DECIDED", DECISION_OPENS)
    assert decided(territory, answer).record.code


def test_after_its_stage_an_act_is_late_and_allowed(territory, monkeypatch):
    theme = theme_on(territory, LONG_AFTER)
    group_contributions(contributions=said(territory), theme=theme, clock=clock_at(LONG_AFTER))
    answer = answered(territory, theme.record, day=LONG_AFTER)
    monkeypatch.setattr("courses.DECIDED", LONG_AFTER)
    assert decided(territory, answer).record.code


def test_a_stage_that_was_brought_forward_opens_its_acts_with_it(territory):
    theme = grouped(territory, said(territory)).record
    stage = territory.process.stages.get(step=Step.ANSWER)
    move_stage(
        stage=stage,
        opens_on=GROUPED,
        closes_on=SIGNED,
        reason="Nous sommes prêts.",
        clock=clock_at(GROUPED),
    )
    assert answered(territory, theme, day=GROUPED).signed_at


def test_what_no_stage_plans_is_refused(territory):
    Stage.objects.filter(process=territory.process).update(allows=[])
    with pytest.raises(StageAhead, match="Aucune étape"):
        theme_on(territory, DECIDED)


def test_the_desk_asks_for_no_grouping_before_the_analysis(territory):
    said(territory)
    for opens, waiting in ((ANALYSIS_OPENS - EVE, 0), (ANALYSIS_OPENS, 3)):
        now = clock_at(opens).now()
        (work,) = work_of(territory.authority, now, since=now)
        assert (work.ungrouped, work.waits) == (waiting, bool(waiting))
