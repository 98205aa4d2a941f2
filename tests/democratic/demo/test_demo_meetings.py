"""What the demonstration's meetings and its youth council show, told by what they left."""

from collections import Counter

import pytest

from democratic.communities.houses.models import Charter, House, HouseMember
from democratic.communities.houses.queries import running_terms
from democratic.participation.commitments.models import Commitment
from democratic.participation.houses.models import HandOver, MinorityView, Opinion, Referral
from democratic.participation.meetings.minutes.models import Amendment, Minutes
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_way() -> Meeting:
    return Meeting.objects.get(record__state="live")


@pytest.fixture
def debate() -> Meeting:
    return Meeting.objects.get(form="cyberdebate", record__state="held")


def test_in_the_meeting_that_is_under_way_three_ways_in_ask_and_one_question_is_answered(demo, under_way):
    asked = WallQuestion.objects.filter(meeting=under_way)
    assert {"room", "remote", "chat"} <= set(asked.values_list("record__origin", flat=True))
    states = Counter(asked.values_list("record__state", flat=True))
    assert states == {"published": 4, "answered": 1, "current": 1, "merged": 1}
    assert SpokenAnswer.objects.filter(question__meeting=under_way, state="drafted").count() == 1


def test_a_vote_is_open_there_with_hands_that_two_people_counted(demo, under_way):
    votes = {each.kind: state_of(each, demo.now) for each in Sounding.objects.filter(meeting=under_way)}
    assert votes == {"scale": SoundingState.LATER, "single": SoundingState.OPEN}
    (hands,) = SoundingCount.objects.exclude(verified_at=None)
    assert hands.entered_by != hands.verified_by
    assert hands.total == 8


def test_the_debate_left_answers_a_promise_with_its_day_and_one_answer_owed(demo, debate):
    asked = WallQuestion.objects.filter(meeting=debate)
    assert Counter(asked.values_list("record__state", flat=True)) == {"answered": 3, "owed": 1}
    owed = obligation_of(asked.get(record__state="owed").record, Owed.ANSWER)
    assert owed.met_on is None
    assert owed.due_on > demo.today
    assert Commitment.objects.filter(process=debate.process).count() == 1


def test_its_minutes_were_contested_then_approved_and_its_second_vote_is_open_en_differe(demo, debate):
    assert set(Minutes.objects.filter(meeting=debate).values_list("version", "state")) == {
        (1, "proposed"),
        (2, "approved"),
    }
    assert Counter(Amendment.objects.values_list("state", flat=True)) == {"taken": 1, "refused": 1}
    (again,) = Sounding.objects.filter(meeting=debate).exclude(again_of=None)
    assert state_of(again, demo.now) == SoundingState.LATER
    assert set(again.voices.values_list("seat", flat=True)) == {"room", "remote", "later"}


def test_the_youth_council_has_a_charter_roles_of_today_and_a_word_for_the_next(demo):
    house = House.objects.get(is_youth=True)
    assert HouseMember.objects.filter(house=house).count() == 8
    assert Charter.objects.get(house=house).state == Charter.State.IN_FORCE
    assert running_terms(house, demo.today).count() == 4
    assert HandOver.objects.get(house=house).handed_on is None


def test_it_was_answered_point_by_point_before_its_day_and_waits_for_a_second_answer(demo):
    answered = Referral.objects.exclude(answered_on=None).get()
    owed = obligation_of(answered.record, Owed.ANSWER)
    assert answered.answered_on < owed.first_due_on
    assert sorted(answered.points.values_list("power", flat=True)) == ["own", "passed", "refused"]
    assert answered.rating["n"] == 7
    waiting = Referral.objects.get(answered_on=None)
    assert obligation_of(waiting.record, Owed.ANSWER).due_on > demo.today
    assert MinorityView.objects.get().opinion.state == Opinion.State.ADOPTED
    assert Counter(Opinion.objects.values_list("state", flat=True)) == {"adopted": 2, "asked": 1}
