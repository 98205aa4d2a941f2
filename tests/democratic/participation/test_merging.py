"""Ideas merged by hand: counted once a person, answered as the one that stays, undone in public."""

import pytest

from courses import answered, grouped
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.actions import (
    declare_inadmissible,
    group_contributions,
    ungroup_contribution,
    withdraw_answer,
)
from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.ideas.lineage import lineage_of
from democratic.participation.ideas.merging import merge_ideas, unmerge_idea
from democratic.participation.ideas.similar import similar_to
from democratic.participation.processes.rules import StageAhead
from democratic.participation.reports.fil import Tells, fil_of, find_start
from democratic.people.actions import claim_person, open_account, welcome_guest
from democratic.thread.actions import support
from democratic.thread.journal import drain
from democratic.thread.models import Entry, Link, Record, RecordFigures
from factories import GROUPING, build_territory, clock_at
from verifying import verified

WHY = "Le même arrêt, dit deux fois."
SERVICE = "Service jeunesse"
SAID = "Le dernier bus du samedi soir part trop tôt."


@pytest.fixture
def ideas(territory):
    return [territory.say(f"{SAID} ({n})").idea.record for n in range(3)]


def merge(into, *merged, clock=GROUPING, reason=WHY):
    return merge_ideas(into=into, merged=merged, reason=reason, function=SERVICE, clock=clock)


def unmerge(idea):
    unmerge_idea(idea=idea, reason="Un autre arrêt.", function=SERVICE, clock=GROUPING)


def state(record):
    record.refresh_from_db()
    return record.state


def test_a_merge_is_one_public_fact_with_its_reason_and_both_stay_readable(territory, ideas):
    merge(*ideas)
    told = Entry.objects.filter(kind="idea_merged")
    assert {(entry.record_id, entry.data["into"]) for entry in told} == {
        (ideas[1].pk, ideas[0].code), (ideas[2].pk, ideas[0].code),
    }  # fmt: skip
    lineage = lineage_of(ideas[1])
    assert (lineage.into.other, lineage.into.reason, lineage.into.function) == (ideas[0], WHY, SERVICE)
    assert [tie.other for tie in lineage_of(ideas[0]).merged] == ideas[1:]
    assert Record.objects.filter(pk__in=[idea.pk for idea in ideas], visibility="public").count() == 3


def test_supports_are_a_union_counted_once_a_person(territory, ideas):
    first, second, third = ideas
    lina, sam, guest = welcome_guest(), welcome_guest(), welcome_guest()
    account = open_account(email="lina@example.org", name="Lina", password=None)
    claim_person(guest=guest, by=account.person)
    for idea, person in (
        (first, lina), (second, lina), (second, sam), (third, guest), (first, account.person),
    ):  # fmt: skip
        support(record=idea, person=person)
    merge(first, second, third)
    drain(clock=clock_at(GROUPING.moment.date(), 11))
    assert RecordFigures.objects.get(pk=first.pk).supports == 3
    support(record=third, person=welcome_guest())
    drain(clock=clock_at(GROUPING.moment.date(), 12))
    assert RecordFigures.objects.get(pk=first.pk).supports == 4
    unmerge(third)
    drain(clock=clock_at(GROUPING.moment.date(), 13))
    assert RecordFigures.objects.get(pk=first.pk).supports == 3
    assert RecordFigures.objects.get(pk=third.pk).supports == 2


def test_who_is_verified_is_counted_once_a_person_too(territory, ideas):
    first, second, _third = ideas
    for _ in range(5):
        person = verified()
        for idea in (first, second):
            support(record=idea, person=person)
    support(record=second, person=welcome_guest())
    merge(first, second)
    drain(clock=clock_at(GROUPING.moment.date(), 11))
    row = RecordFigures.objects.get(pk=first.pk)
    assert (row.supports, row.verified) == (6, 5)


def test_what_is_merged_goes_to_the_theme_of_its_target_and_follows_it(territory, ideas):
    first, second, _third = ideas
    here, there = grouped(territory, [first], "Ici"), grouped(territory, [second], "Là")
    merge(first, second)
    second.refresh_from_db()
    assert second.theme_id == here.pk
    group_contributions(contributions=[first], theme=there, clock=GROUPING)
    second.refresh_from_db()
    assert second.theme_id == there.pk
    ungroup_contribution(contribution=first, clock=GROUPING)
    second.refresh_from_db()
    assert second.theme_id is None


def test_it_has_the_answer_of_its_target_given_before_or_after_and_taken_back_with_it(territory, ideas):
    first, second, third = ideas
    merge(first, second)
    answer = answered(territory, first)
    assert state(second) == state(first) == "part"
    merge(first, third)
    assert state(third) == "part"
    withdraw_answer(answer=answer, reason="Erreur.", function=SERVICE, clock=GROUPING)
    assert {state(second), state(third)} == {"received"}
    grouped_theme = grouped(territory, [first])
    answered(territory, grouped_theme.record)
    assert {state(second), state(third)} == {"part"}


def test_its_fil_goes_on_through_its_target(territory, ideas):
    first, second, _third = ideas
    merge(first, second)
    answered(territory, first)
    viewer = territory.viewer()
    fil = fil_of(viewer, find_start(viewer, second.code), GROUPING.moment.date())
    told = [knot.tells for knot in fil.knots]
    assert told[:3] == [Tells.SAID, Tells.MERGED, Tells.ANSWER]
    back = fil_of(viewer, find_start(viewer, first.code), GROUPING.moment.date())
    assert [crossing.record for crossing in back.crossings] == [second]


def test_undone_it_stands_by_itself_and_an_answer_is_owed_again(territory, ideas):
    first, second, _third = ideas
    merge(first, second)
    answered(territory, first)
    unmerge(second)
    assert state(second) == "received"
    assert lineage_of(second).into is None
    assert Link.objects.get(kind="merged_into").ended_by.kind == "idea_unmerged"
    with pytest.raises(Conflict, match="aucune autre"):
        unmerge(second)
    merge(first, second)


def test_its_author_may_take_it_back_and_when_the_target_goes_the_others_are_owed_their_own(territory, ideas):
    first, second, third = ideas
    merge(first, second, third)
    take_back_idea(record=second, clock=GROUPING)
    assert lineage_of(first).merged[0].other == third
    answered(territory, first)
    take_back_idea(record=Record.objects.get(pk=first.pk), clock=GROUPING)
    assert state(third) == "received"
    assert lineage_of(third).into is None


def test_only_what_can_be_merged_is(territory, ideas):
    first, second, third = ideas
    with pytest.raises(Refusal, match="motif"):
        merge(first, second, reason=" ")
    with pytest.raises(Refusal, match="au moins une autre"):
        merge(first, first)
    with pytest.raises(Refusal, match="au moins une autre"):
        merge(first)
    with pytest.raises(StageAhead):
        merge(first, second, clock=territory.clock)
    elsewhere = build_territory(slug="montsec", host="montsec.example").say(SAID).idea.record
    with pytest.raises(Refusal, match="même concertation"):
        merge(first, elsewhere)
    with pytest.raises(Refusal, match="même concertation"):
        merge(elsewhere, first)
    answered(territory, third)
    with pytest.raises(Conflict, match="sa propre réponse"):
        merge(first, third)
    declare_inadmissible(contribution=second, reason="Non.", function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match="hors du champ"):
        merge(first, second)
    take_back_idea(record=Record.objects.get(pk=second.pk), clock=GROUPING)
    with pytest.raises(Conflict, match="publiées"):
        merge(first, second)


def test_merges_are_one_step_deep_so_that_none_runs_in_a_circle(territory, ideas):
    first, second, third = ideas
    merge(first, second)
    for into, merged in ((second, first), (second, third), (third, first), (third, second)):
        with pytest.raises(Conflict):
            merge(into, merged)


def test_what_is_merged_is_moved_and_judged_with_its_target_alone(territory, ideas):
    first, second, _third = ideas
    merge(first, second)
    theme = grouped(territory, [])
    with pytest.raises(Conflict, match=first.code):
        group_contributions(contributions=[second], theme=theme, clock=GROUPING)
    with pytest.raises(Conflict, match=first.code):
        declare_inadmissible(contribution=second, reason="Non.", function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match=first.code):
        answered(territory, second)
    assert second.code not in [each.code for each in similar_to(territory.process, SAID)]
