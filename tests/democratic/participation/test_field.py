"""Out of a process's field, and back in: both in public, both with a reason, and no answer lost on the way."""

from datetime import date

import pytest

from courses import SIGNED, answered, grouped, said
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.actions import (
    declare_inadmissible,
    group_contributions,
    readmit_contribution,
    ungroup_contribution,
)
from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.ideas.queries import why_inadmissible
from democratic.participation.obligations.models import Obligation, Owed
from democratic.thread.models import Entry, Record
from factories import GROUPING, clock_at

AFTER = clock_at(SIGNED)


def put_out(idea, reason="C’est l’État.", clock=AFTER):
    declare_inadmissible(contribution=idea, reason=reason, function="Service jeunesse", clock=clock)


def put_back(idea, reason="Nous avions mal lu."):
    readmit_contribution(contribution=idea, reason=reason, function="Service jeunesse", clock=AFTER)


def state_of(record):
    return Record.objects.get(pk=record.pk).state


def test_only_a_published_contribution_is_put_out_of_the_field(territory):
    idea, gone = said(territory, 2)
    take_back_idea(record=gone, clock=territory.clock)
    before = Entry.objects.count()
    for record in (gone, territory.process.record):
        with pytest.raises(Conflict):
            put_out(record)
    put_out(idea)
    with pytest.raises(Conflict, match="déjà"):
        put_out(idea)
    assert Entry.objects.count() == before + 1


def test_one_that_has_its_own_signed_answer_stays_answered(territory):
    (idea,) = said(territory, 1)
    answered(territory, idea)
    with pytest.raises(Conflict, match="propre réponse"):
        put_out(idea)
    assert state_of(idea) == "part"


def test_back_in_the_field_it_is_owed_an_answer_again_and_the_journal_says_why(territory):
    idea, other = said(territory, 2)
    answered(territory, other)
    put_out(idea)
    owed = Obligation.objects.get(record=territory.process.record, owed=Owed.ANSWER)
    assert owed.met_on
    put_back(idea)
    owed.refresh_from_db()
    assert (state_of(idea), owed.met_on) == ("received", None)
    entry = Entry.objects.get(kind="contribution_readmitted")
    assert dict(entry.openings.values_list("part", "value")) == {
        "reason": "Nous avions mal lu.",
        "function": "Service jeunesse",
    }
    assert entry.at == AFTER.moment


def test_back_in_the_field_it_has_its_themes_answer(territory):
    ideas = said(territory)
    theme = grouped(territory, ideas)
    answered(territory, theme.record)
    put_out(ideas[0])
    put_back(ideas[0])
    assert state_of(ideas[0]) == "part"
    assert Obligation.objects.get(record=territory.process.record, owed=Owed.ANSWER).met_on


def test_coming_back_needs_a_reason_and_to_have_been_out(territory):
    idea, inside = said(territory, 2)
    put_out(idea)
    with pytest.raises(Refusal) as silent:
        put_back(idea, reason=" ")
    with pytest.raises(Conflict):
        put_back(inside)
    assert (silent.value.field, state_of(idea)) == ("reason", "inadmissible")


def test_the_last_reason_is_the_one_that_is_told(territory):
    (idea,) = said(territory, 1)
    put_out(idea, reason="Premier motif.")
    put_back(idea)
    put_out(idea, reason="Second motif.", clock=clock_at(date(2026, 6, 20)))
    assert why_inadmissible(idea)["reason"] == "Second motif."


def test_nothing_brings_it_back_without_saying_so(territory):
    ideas = said(territory)
    theme = grouped(territory, ideas[:2])
    for idea in ideas:
        put_out(idea)
    with pytest.raises(Conflict):
        group_contributions(contributions=ideas[2:], theme=theme, clock=GROUPING)
    ungroup_contribution(contribution=ideas[0], clock=GROUPING)
    with pytest.raises(Conflict):
        answered(territory, ideas[1])
    assert {state_of(idea) for idea in ideas} == {"inadmissible"}
