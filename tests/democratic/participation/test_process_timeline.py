"""Where a process stands on each day, read from its stages and what it owes."""

from datetime import date, timedelta

import pytest

from democratic.participation.obligations.actions import meet, postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.processes.actions import finish_stage, move_stage
from democratic.participation.processes.models import Step
from democratic.participation.processes.queries import dues_by_process, timeline_of
from democratic.participation.processes.timeline import Place, current
from factories import clock_at

LISTENING_OPENS, LISTENING_CLOSES = date(2026, 2, 2), date(2026, 3, 29)
PROMISED = date(2026, 6, 12)


def steps_on(territory, day):
    process = territory.process
    return timeline_of(process, dues_by_process([process.pk], day)[process.pk], day)


def step_on(territory, step, day):
    return next(line for line in steps_on(territory, day) if line.step == step)


@pytest.mark.parametrize(
    ("day", "here"),
    [
        (date(2026, 1, 11), None),
        (date(2026, 1, 12), Step.ORDER),
        (LISTENING_OPENS, Step.LISTENING),
        (LISTENING_CLOSES - timedelta(days=1), Step.LISTENING),
        (LISTENING_CLOSES, Step.ANALYSIS),
        (date(2026, 7, 20), Step.ACTION),
    ],
)
def test_we_are_at_the_step_that_opened_last(territory, day, here):
    found = current(steps_on(territory, day))
    assert (found.step if found else None) == here


def test_there_is_one_here_and_the_others_lie_before_or_after(territory):
    places = [line.place for line in steps_on(territory, date(2026, 3, 1))]
    assert places == [Place.DONE, Place.NOW, *[Place.AHEAD] * 5]


def test_a_stage_that_was_moved_shows_the_days_between_its_two_plans(territory):
    stage = territory.process.stages.get(step=Step.LISTENING)
    move_stage(
        stage=stage,
        opens_on=LISTENING_OPENS,
        closes_on=stage.first_closes_on + timedelta(days=7),
        reason="Papier à dépouiller.",
        clock=territory.clock,
    )
    line = step_on(territory, Step.LISTENING, date(2026, 3, 1))
    assert (line.days_late, line.reason) == (7, "Papier à dépouiller.")
    assert line.closes_on == line.first_closes_on + timedelta(days=7)


def test_a_stage_that_was_done_after_its_plan_is_late_by_those_days(territory):
    stage = territory.process.stages.get(step=Step.ANALYSIS)
    finish_stage(stage=stage, clock=clock_at(stage.first_closes_on + timedelta(days=9)))
    assert step_on(territory, Step.ANALYSIS, date(2026, 7, 1)).days_late == 9


def test_an_answer_that_is_owed_makes_its_step_late_by_itself_the_day_after(territory):
    assert step_on(territory, Step.ANSWER, PROMISED).days_late == 0
    line = step_on(territory, Step.ANSWER, PROMISED + timedelta(days=1))
    assert (line.days_late, line.is_owed) == (1, True)


def test_a_postponed_answer_counts_from_the_first_promise_with_its_reason(territory):
    postpone(
        obligation=obligation_of(territory.process.record, Owed.ANSWER),
        new_on=date(2026, 7, 1),
        reason="Paroles de rue arrivées tard.",
        function="Service jeunesse",
        clock=territory.clock,
    )
    line = step_on(territory, Step.ANSWER, date(2026, 6, 22))
    assert (line.days_late, line.reason) == (10, "Paroles de rue arrivées tard.")


def test_the_last_step_stays_here_until_its_report_is_given(territory):
    long_after = date(2027, 6, 1)
    late = current(steps_on(territory, long_after))
    assert late.step == Step.REPORT
    assert late.days_late > 0
    meet(record=territory.process.record, owed=Owed.REPORT, clock=clock_at(long_after))
    assert current(steps_on(territory, long_after)) is None
