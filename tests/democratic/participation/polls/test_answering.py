"""One answer a person, whoever taps how often."""

import pytest

from asking import answered, asked, at_closing
from democratic.kernel.refusals import Refusal
from democratic.participation.polls.actions import answer_poll, erase_answers, take_back_answer
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll, PollAnswer
from democratic.participation.polls.queries import answer_of, drifting_polls
from democratic.people.actions import claim_person, welcome_guest
from democratic.people.queries import person_and_claimed


def test_a_double_tap_is_one_answer_and_another_tap_replaces_it(territory):
    poll, person = asked(territory), welcome_guest()
    for rank in (1, 1, 3):
        answer_poll(poll_id=poll.pk, rank=rank, person=person, clock=territory.clock)
    assert [answer.option.rank for answer in poll.answers.all()] == [3]


def test_what_is_not_proposed_is_refused(territory):
    with pytest.raises(Refusal) as refused:
        answered(asked(territory), territory, 9)
    assert refused.value.field == "option"


def test_an_answer_is_taken_back_and_taking_back_nothing_is_no_fault(territory):
    poll = asked(territory)
    [person] = answered(poll, territory, 1)
    for _twice in range(2):
        take_back_answer(poll_id=poll.pk, person=person, clock=territory.clock)
    assert not poll.answers.exists()


def test_who_answered_as_a_guest_then_under_her_account_is_counted_once_as_she_said_last(territory):
    poll, hers = asked(territory), territory.citizen.person
    [guest] = answered(poll, territory, 1)
    answered(poll, territory, 2, 2, 2, 2)
    answer_poll(poll_id=poll.pk, rank=3, person=hers, clock=territory.clock)
    claim_person(guest=guest, by=hers)
    assert answer_of(poll.pk, person_and_claimed(hers)) == 3
    count_polls(territory.clock.now())
    counted = Poll.objects.get(pk=poll.pk).counted
    assert (counted["total"], counted["groups"][0]["counts"]) == (5, {"2": 4, "3": 1})


def test_an_answer_given_after_claiming_replaces_the_guests(territory):
    poll, hers = asked(territory), territory.citizen.person
    [guest] = answered(poll, territory, 1)
    claim_person(guest=guest, by=hers)
    answer_poll(poll_id=poll.pk, rank=2, person=hers, clock=territory.clock)
    assert [(answer.person, answer.option.rank) for answer in poll.answers.all()] == [(hers, 2)]


def test_closing_settles_double_answers_so_that_totals_are_rows(territory):
    poll, hers = asked(territory), territory.citizen.person
    people = answered(poll, territory, 1, 1, 1, 1, 1)
    answer_poll(poll_id=poll.pk, rank=2, person=hers, clock=territory.clock)
    claim_person(guest=people[0], by=hers)
    count_polls(at_closing(poll).now())
    assert poll.answers.count() == Poll.objects.get(pk=poll.pk).counted["total"] == 5
    assert drifting_polls() == []


def test_erasing_a_person_takes_what_is_not_counted_yet(territory):
    poll = asked(territory)
    people = answered(poll, territory, 1, 2)
    erase_answers(person_ids=[people[0].pk])
    assert [answer.person for answer in poll.answers.all()] == [people[1]]


def test_erasing_a_person_after_the_count_leaves_an_answer_that_is_nobodys(territory):
    poll = asked(territory)
    people = answered(poll, territory, 1, 1, 1, 2, 2)
    count_polls(at_closing(poll).now())
    erase_answers(person_ids=[people[0].pk])
    assert not PollAnswer.objects.filter(person=people[0]).exists()
    assert poll.answers.count() == 5
    assert drifting_polls() == []
