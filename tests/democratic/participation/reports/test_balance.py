"""Le bilan: sums that hold, on time and late, kept and not kept."""

from datetime import date

import pytest

from courses import answered, decided, grouped, promised, said, shown, whole_course
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.reports.answering import answering_of, single_answers
from democratic.participation.reports.balance import balance_of
from democratic.people.models import AgeBand
from democratic.thread.actions import withdraw_by_authority
from factories import clock_at

TODAY = date(2026, 9, 10)


def balance(territory, today=TODAY):
    return balance_of(territory.process, territory.viewer(), today)


def move(commitment, to, day=date(2026, 8, 20), note="Fait."):
    for step in to if isinstance(to, tuple) else (to,):
        move_commitment(
            commitment=commitment, to=step, note=note, function="Service jeunesse", clock=clock_at(day)
        )


def test_answers_are_on_time_late_or_owed_and_none_is_forgotten(territory):
    in_time = grouped(territory, said(territory, 3), title="A")
    late = grouped(territory, said(territory, 2), title="B")
    owed = grouped(territory, said(territory, 1), title="C")
    answered(territory, in_time.record)
    answered(territory, late.record, day=date(2026, 6, 20))
    answering = answering_of(territory.process, territory.viewer(), TODAY)
    assert (len(answering.given), answering.on_time, answering.given_late) == (2, 1, 1)
    assert [(line.theme.pk, line.days_late) for line in answering.owed] == [(owed.pk, 90)]
    assert (answering.voices.answered, answering.voices.owed, answering.voices_late) == (5, 1, 1)


def test_nothing_is_late_before_the_day_promised(territory):
    grouped(territory, said(territory, 2))
    answering = answering_of(territory.process, territory.viewer(), date(2026, 6, 12))
    assert (answering.voices_late, answering.owed[0].days_late) == (0, 0)


def test_a_contribution_s_own_answer_is_listed_apart(territory):
    idea = said(territory, 1)[0]
    own = answered(territory, idea)
    assert [answer.pk for answer in single_answers(territory.process)] == [own.pk]


def test_commitments_are_counted_as_they_stand_today(territory):
    decision = decided(territory, answered(territory, said(territory, 1)[0]))
    kept, part, doing, late, unkept, gone = (promised(territory, decision, title=str(at)) for at in range(6))
    move(kept, CommitmentState.KEPT)
    move(part, (CommitmentState.DOING, CommitmentState.PART))
    move(unkept, CommitmentState.UNKEPT)
    withdraw_by_authority(record=gone.record, reason="Erreur.", function="f", clock=clock_at(TODAY))
    postpone(
        obligation=obligation_of(doing.record, Owed.COMMITMENT), new_on=date(2026, 12, 1), reason="r",
        function="f", clock=clock_at(date(2026, 8, 1)),
    )  # fmt: skip
    tally = balance(territory).tally
    # Put off is still late: lateness counts from the first promise.
    assert tally == {"kept": 1, "part": 1, "doing": 0, "due": 0, "late": 2, "unkept": 1, "withdrawn": 1}
    assert [promise.standing for promise in balance(territory).promises] == [
        "kept", "part", "late", "late", "unkept", "withdrawn",
    ]  # fmt: skip
    assert late.pk in {promise.record.pk for promise in balance(territory).fell_short}


def test_what_fell_short_says_why_in_the_service_s_words(territory):
    decision = decided(territory, answered(territory, said(territory, 1)[0]))
    unkept, late = (promised(territory, decision, title=str(at)) for at in range(2))
    move(unkept, CommitmentState.UNKEPT, note="Aucun transporteur n’a répondu.")
    postpone(
        obligation=obligation_of(late.record, Owed.COMMITMENT), new_on=date(2026, 10, 1),
        reason="Mâts livrés tard.", function="f", clock=clock_at(date(2026, 8, 1)),
    )  # fmt: skip
    assert [promise.why for promise in balance(territory).fell_short] == [
        "Aucun transporteur n’a répondu.", "Mâts livrés tard.",
    ]  # fmt: skip


def test_costs_are_those_said_of_what_was_not_withdrawn(territory):
    course = whole_course(territory, commitments=2)
    assert balance(territory).committed_cents == 2 * 14_600_000
    withdraw_by_authority(
        record=course.commitments[0].record, reason="Erreur.", function="f", clock=clock_at(TODAY)
    )
    assert balance(territory).committed_cents == 14_600_000


def test_evidence_of_an_action_is_evidence_of_its_commitment(territory):
    course = whole_course(territory)
    shown(course.actions[0].record, title="Deux contrats signés")
    assert len(balance(territory).promises[0].evidence) == 2


def test_age_bands_of_fewer_than_five_are_not_said(territory):
    for band, n in ((AgeBand.TEENS, 6), (AgeBand.YOUNG, 7), (AgeBand.SENIOR, 1)):
        for at in range(n):
            territory.say(f"{band} {at}", age_band=band)
    assert dict(balance(territory).ages) == {AgeBand.TEENS: None, AgeBand.YOUNG: 7, AgeBand.SENIOR: None}


def test_ages_are_not_said_while_anyone_may_speak(territory):
    for at in range(6):
        territory.say(f"Oui {at}", age_band=AgeBand.TEENS)
        territory.say(f"Non {at}", age_band=AgeBand.YOUNG)
    last_day, day_after = date(2026, 3, 29), date(2026, 3, 30)
    assert not balance(territory, last_day).ages
    assert dict(balance(territory, day_after).ages) == {AgeBand.TEENS: 6, AgeBand.YOUNG: 6}


@pytest.mark.parametrize("n", [1, 3])
def test_it_is_drawn_up_in_six_questions(territory, n, django_assert_num_queries):
    whole_course(territory, voices=n, commitments=n)
    with django_assert_num_queries(6):
        balance(territory)
