"""Contesting, for six months, before another person; and what her answer changes."""

import pytest

from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.people.actions import welcome_guest
from democratic.stewardship.models import Appeal, Ruling
from democratic.stewardship.moderation.actions import Finding, answer_appeal, appeal, standing_of
from democratic.stewardship.moderation.states import AppealState, Outcome, Side
from democratic.thread.models import Entry, Record, Visibility
from democratic.thread.rules import visible_records
from moderating import FACTS, at

pytestmark = pytest.mark.django_db


def contest(bench, ruling, person=None, secret="", clock=None):
    return appeal(
        ruling=ruling,
        standing=standing_of(ruling, person, secret),
        text="Je citais le compte rendu du conseil.",
        clock=clock or bench.territory.clock,
    )


def answer(bench, ruling, outcome=Outcome.KEPT, by=None):
    return answer_appeal(
        ruling=ruling,
        finding=Finding(outcome, "insult_or_hate", FACTS),
        ruled_by=(by or bench.second).person,
        clock=bench.territory.clock,
    )


def test_the_author_contests_by_her_cookie_and_another_person_gives_her_word_back(bench):
    said = bench.territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)

    contest(bench, ruling, said.author)
    second = answer(bench, ruling)

    assert Appeal.objects.get().state == AppealState.OVERTURNED
    assert said in visible_records(bench.territory.viewer())
    assert second.second_to == ruling
    told = Entry.objects.filter(kind="content_moderated").order_by("pk").last()
    assert (told.data["change"], told.data["second_to"]) == ("restored", ruling.record.code)
    assert Entry.objects.filter(record=said, kind="idea_submitted").count() == 1


def test_the_key_of_the_contribution_contests_too_and_is_not_spent(bench):
    receipt = bench.territory.say("Voleuse !")
    ruling = bench.hidden(receipt.idea.record)

    for _look in range(2):
        assert standing_of(ruling, None, receipt.claim_secret.lower())[0] == Side.AUTHOR
    assert contest(bench, ruling, secret=receipt.claim_secret).side == Side.AUTHOR


def test_the_notifier_contests_what_was_kept_by_the_key_of_her_notice(bench):
    said = bench.territory.say().idea.record
    received = bench.signal(said)
    ruling = bench.decide(said, Outcome.KEPT)

    contest(bench, ruling, secret=received.secret)
    answer(bench, ruling, Outcome.HIDDEN)

    assert Record.objects.get(pk=said.pk).visibility == Visibility.HIDDEN


def test_a_decision_that_is_confirmed_changes_nothing_and_is_final(bench):
    said = bench.territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)
    contest(bench, ruling, said.author)

    second = answer(bench, ruling, Outcome.HIDDEN)

    assert Appeal.objects.get().state == AppealState.UPHELD
    assert Record.objects.get(pk=said.pk).visibility == Visibility.HIDDEN
    with pytest.raises(Conflict, match="définitive"):
        contest(bench, second, said.author)


def test_who_decided_first_does_not_hear_the_appeal(bench):
    said = bench.territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)
    contest(bench, ruling, said.author)

    with pytest.raises(NotAllowed, match="une autre personne"):
        answer(bench, ruling, by=bench.first)

    assert Ruling.objects.count() == 1


@pytest.mark.parametrize(("clock", "is_heard"), [(at(2026, 9, 1), True), (at(2026, 9, 2), False)])
def test_the_last_day_of_six_months_is_included(bench, clock, is_heard):
    said = bench.territory.say("Voleuse !").idea.record  # decided on 1 March
    ruling = bench.hidden(said)

    if is_heard:
        assert contest(bench, ruling, said.author, clock=clock).pk
    else:
        with pytest.raises(Conflict, match="six mois"):
            contest(bench, ruling, said.author, clock=clock)


def test_a_stranger_and_the_side_that_won_contest_nothing(bench):
    said, me = bench.territory.say("Voleuse !").idea.record, welcome_guest()
    bench.signal(said, by=me)
    ruling = bench.decide(said)

    for person in (welcome_guest(), me, None):
        with pytest.raises(NotAllowed):
            contest(bench, ruling, person)
    with pytest.raises(NotAllowed):
        contest(bench, ruling, secret="AAAAA-AAAAA-AAAAA")


def test_two_taps_are_one_appeal(bench):
    said = bench.territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)
    contest(bench, ruling, said.author)

    with pytest.raises(Conflict, match="déjà reçu"):
        contest(bench, ruling, said.author)


def test_an_appeal_that_was_answered_is_not_answered_again(bench):
    said = bench.territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)
    contest(bench, ruling, said.author)
    answer(bench, ruling)

    with pytest.raises(Conflict, match="avant vous"):
        answer(bench, ruling, Outcome.HIDDEN)
