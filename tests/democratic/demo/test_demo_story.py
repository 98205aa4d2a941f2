"""The story's days, without a database: whenever it is loaded, its past is past."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from democratic.demo import load, mobility
from democratic.demo.calendar import FRI, MON, TUE, Calendar, Days, Next, Week, read_when
from democratic.demo.encounters import ENCOUNTERS
from democratic.demo.said import read_subjects
from democratic.demo.story import AheadOfTime, Scene, play
from democratic.kernel.clock import local_day
from democratic.participation.processes.models import Step

MONDAY = datetime(2026, 10, 11, 22, 1, tzinfo=UTC)  # one minute past midnight in Paris
LOADS = [MONDAY + timedelta(days=days) for days in range(7)]
LOADS += [datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2028, 2, 29, 12, tzinfo=UTC)]


def story_on(now: datetime) -> SimpleNamespace:
    calendar = Calendar(local_day(now, load.ZONE), ZoneInfo(load.ZONE))
    return SimpleNamespace(
        calendar=calendar, crowd=[None] * 200
    )  # nobody speaks here: when is all that is asked


@pytest.mark.parametrize("now", LOADS)
def test_whatever_the_day_and_hour_of_the_load_every_scene_is_already_past(now):
    late = [scene.at for scene in load._scenes(story_on(now), now) if scene.at > now]
    assert late == []


@pytest.mark.parametrize("now", LOADS)
def test_whatever_the_day_of_the_load_action_is_open_and_the_report_is_ahead(now):
    calendar = story_on(now).calendar
    days = {step: [calendar.day(when) for when in span] for step, span in mobility.STAGES.items()}
    assert days[Step.DECISION][1] < days[Step.ACTION][0] <= calendar.today <= days[Step.ACTION][1]
    assert calendar.today < days[Step.REPORT][0]


@pytest.mark.parametrize("now", LOADS)
def test_whatever_the_day_of_the_load_three_meetings_are_still_to_come(now):
    calendar = story_on(now).calendar
    ahead = [each.key for each in ENCOUNTERS if calendar.day(each.on) > calendar.today]
    assert ahead == ["street", "route", "council"]


def test_today_is_in_the_fifth_month_of_the_order():
    calendar = story_on(MONDAY).calendar
    assert 150 <= (calendar.today - calendar.day(mobility.ORDERED)).days <= 160


def test_everything_is_said_while_the_listening_lasts():
    story, now = story_on(MONDAY), MONDAY
    opens, closes = (story.calendar.day(when) for when in mobility.STAGES[Step.LISTENING])
    voices = load._voices(read_subjects())
    said = [
        scene.at.date()
        for scene in load.listening.say_all(story, "mobility", voices, *load._listening(), until=now)
        if "_say" in scene.act.__qualname__
    ]
    assert len(said) == len(voices) > 100
    assert opens <= min(said)
    assert max(said) <= closes


@pytest.mark.parametrize(
    ("written", "when"),
    [("w-7 fri", Week(-7, FRI)), ("d+13", Days(13)), ("d-15", Days(-15)), ("next tue", Next(TUE))],
)
def test_a_day_of_the_story_is_read_as_it_is_written(written, when):
    assert read_when(written) == when


@pytest.mark.parametrize("written", ["", "fri", "w-7 friday", "d+1 fri", "soon"])
def test_a_day_that_is_not_one_is_refused(written):
    with pytest.raises(ValueError, match="not a day of the story"):
        read_when(written)


def test_a_week_is_counted_from_the_monday_of_today():
    sunday = date(2026, 10, 18)
    assert Week(0, MON).on(sunday) == date(2026, 10, 12)
    assert Week(-1, FRI).on(sunday) == date(2026, 10, 9)


def test_the_first_of_a_month_is_said_as_people_say_it():
    calendar = Calendar(date(2026, 9, 30), ZoneInfo(load.ZONE))
    assert calendar.in_words(Days(1)) == "1er octobre"
    assert calendar.in_words(Days(2)) == "2 octobre"


def test_scenes_are_played_in_the_order_of_their_moments():
    played = []
    moments = [MONDAY + timedelta(hours=hours) for hours in (2, 0, 1)]
    scenes = [Scene(at, lambda clock: played.append(clock.now())) for at in moments]
    assert list(play(scenes, until=max(moments))) == sorted(moments) == played


def test_a_scene_of_the_future_is_a_fault_and_is_not_played():
    played = []
    scene = Scene(MONDAY + timedelta(seconds=1), played.append)
    with pytest.raises(AheadOfTime):
        list(play([scene], until=MONDAY))
    assert played == []
