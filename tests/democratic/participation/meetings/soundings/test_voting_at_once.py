"""A whole room at the same moment: one voice a person, and a count that misses nobody."""

from datetime import timedelta
from functools import partial

import pytest

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.counting import count_soundings, totals_of
from democratic.participation.meetings.soundings.models import Sounding, SoundingVoice
from democratic.participation.meetings.soundings.rules import SoundingClosed
from democratic.participation.meetings.soundings.voting import GivenVoice, give_voice, give_voices
from many_hands import at_once
from voting import meeting_under_way, open_vote, there

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hundred_taps_of_one_person_at_once_are_one_voice(live_territory):
    vote = open_vote(live_territory)
    [person] = there(vote.meeting, 1, live_territory.clock)
    tap = partial(give_voice, sounding=vote, person=person, clock=live_territory.clock)
    for batch in range(5):
        at_once(*(partial(tap, given=[1 + (batch + each) % 3]) for each in range(20)))
    assert SoundingVoice.objects.filter(sounding=vote).count() == 1


def test_batches_of_the_same_people_in_every_order_never_wait_for_one_another_in_a_circle(live_territory):
    vote = open_vote(live_territory)
    people = there(vote.meeting, 60, live_territory.clock)
    batches = [
        [GivenVoice(vote.pk, person.pk, [1 + n % 3]) for person in people[n:] + people[:n]] for n in range(16)
    ]
    outcomes = at_once(*(partial(give_voices, batch, clock=live_territory.clock) for batch in batches))
    assert all(outcome.is_kept for batch in outcomes for outcome in batch)
    assert SoundingVoice.objects.filter(sounding=vote).count() == 60


@pytest.mark.parametrize("later_hours", [0, 1])
def test_voices_that_race_with_the_closing_are_counted_or_refused_and_none_is_lost(
    live_territory, later_hours
):
    vote = open_vote(live_territory, meeting_under_way(live_territory, later_hours=later_hours))
    people = there(vote.meeting, 24, live_territory.clock)
    taps = [
        partial(give_voice, sounding=vote, given=[1], person=each, clock=DATABASE_CLOCK) for each in people
    ]
    outcomes = at_once(*taps[:12], partial(close_sounding, sounding=vote, clock=DATABASE_CLOCK), *taps[12:])
    refused = sum(isinstance(each, SoundingClosed) for each in outcomes)
    closed = Sounding.objects.select_related("record__authority").get(pk=vote.pk)
    during = SoundingVoice.objects.filter(sounding=vote, seat="room").count()
    late = SoundingVoice.objects.filter(sounding=vote, seat="later").count()
    assert closed.counted["total"] == during == len(people) - refused - late
    assert (late if later_hours == 0 else refused) == 0
    if later_hours:
        count_soundings(closed.later_until + timedelta(seconds=1))
        closed.refresh_from_db()
        assert closed.counted == totals_of(closed)
        assert closed.counted["total"] == len(people)
