"""How many voices a second one connection takes, in the batches that the screens' entry makes."""

import time

import pytest

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.meetings.soundings.models import SoundingVoice
from democratic.participation.meetings.soundings.voting import GivenVoice, give_voices
from voting import open_vote, there

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

PEOPLE, WANTED = 5000, 2000


@pytest.mark.parametrize(("size", "wanted"), [(20, WANTED / 4), (100, WANTED), (400, WANTED)])
def test_two_thousand_voices_a_second_are_kept_and_none_is_lost(live_territory, size, wanted):
    vote = open_vote(live_territory)
    people = [person.pk for person in there(vote.meeting, PEOPLE, live_territory.clock)]
    batches = [
        [GivenVoice(vote.pk, person, [1 + n % 3]) for n, person in enumerate(people[start : start + size])]
        for start in range(0, PEOPLE, size)
    ]
    begun, slowest = time.monotonic(), 0.0
    for batch in batches * 2:  # everyone votes, then changes her mind
        at = time.monotonic()
        assert all(outcome.is_kept for outcome in give_voices(batch, clock=DATABASE_CLOCK))
        slowest = max(slowest, time.monotonic() - at)
    rate = 2 * PEOPLE / (time.monotonic() - begun)
    print(f"batches of {size}: {rate:,.0f} voices a second, the slowest in {1000 * slowest:.0f} ms")  # noqa: T201  a figure to read
    assert SoundingVoice.objects.filter(sounding=vote).count() == PEOPLE
    assert (
        rate >= wanted
    )  # the larger the batch, the less the planning of one weighs: 100 is what 50 ms bring
