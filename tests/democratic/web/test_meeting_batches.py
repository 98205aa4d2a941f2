"""A batch of votes: one that the database can't take fails alone, and whoever votes is judged as a page would."""

import pytest
from django.core import signing
from django.db import DataError, OperationalError

from democratic.kernel.limits import Limit, spend_for_many
from democratic.participation.meetings.soundings.models import SoundingVoice
from democratic.participation.meetings.soundings.voting import give_voices
from democratic.web.guests import COOKIE, SALT
from democratic.web.meetings.votes import casting
from democratic.web.meetings.votes.casting import Answer, Vote, answer_all
from voting import meeting_under_way, open_vote, there


@pytest.fixture
def meeting(territory):
    return meeting_under_way(territory)


@pytest.fixture
def sounding(territory, meeting):
    return open_vote(territory, meeting)


def votes(sounding, people, *given):
    return [
        Vote(
            f"{COOKIE}={signing.dumps(str(person.pk), salt=SALT)}", "192.0.2.1", sounding.meeting_id,
            sounding.record.code, (said,), "fr",
        )
        for person, said in zip(people, given, strict=True)
    ]  # fmt: skip


def test_one_that_fails_never_fails_its_batch(territory, meeting, sounding, monkeypatch):
    people = there(meeting, 3, territory.clock)

    def give(batch, *, clock):
        if any(each.person_id == people[1].pk for each in batch):
            raise DataError
        return give_voices(batch, clock=clock)

    monkeypatch.setattr(casting, "give_voices", give)
    answers = answer_all(votes(sounding, people, "1", "2", "3"))
    assert answers == [Answer(200), Answer(500), Answer(200)]
    assert set(SoundingVoice.objects.values_list("person", flat=True)) == {people[0].pk, people[2].pk}


def test_of_a_database_that_is_gone_nothing_is_known(territory, meeting, sounding, monkeypatch):
    def gone(_batch, *, clock):
        raise OperationalError

    monkeypatch.setattr(casting, "give_voices", gone)
    with pytest.raises(OperationalError):
        answer_all(votes(sounding, there(meeting, 2, territory.clock), "1", "2"))


def test_those_of_one_person_in_one_batch_are_one_voice_the_last_one(territory, meeting, sounding):
    [guest] = there(meeting, 1, territory.clock)
    assert answer_all(votes(sounding, [guest] * 3, "1", "2", "3")) == [Answer(200)] * 3
    assert SoundingVoice.objects.get().given == [3]


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_asks_as_much_for_one_and_for_three(
    territory, meeting, sounding, count, django_assert_num_queries
):
    people = there(meeting, count, territory.clock)
    batch = votes(sounding, people, *["1"] * count)
    answer_all(batch)  # the switch that stops every act is read once in two seconds
    with django_assert_num_queries(9):
        assert answer_all(batch) == [Answer(200)] * count


def test_uses_of_many_are_counted_in_one_statement(db, settings, django_assert_num_queries):
    settings.LIMITS_FACTOR = 1
    three, one = Limit("of-many", 3, 60), Limit("of-one", 1, 60)
    with django_assert_num_queries(1):
        assert spend_for_many((three, {"a": 2, "b": 4}), (one, {"a": 1})) == {(three, "b")}
    assert spend_for_many((three, {"a": 2, "c": 1}), (one, {"a": 1})) == {(three, "a"), (one, "a")}
    assert spend_for_many((three, {})) == set()
