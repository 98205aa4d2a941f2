"""Roles that end, draws that anyone does again, skills that peers confirm."""

from datetime import timedelta

import pytest

from at_home import at_home
from civics.sortition.tickets import in_drawn_order
from democratic.communities.houses.actions import (
    announce_draw,
    ask_for_skill,
    confirm_skill,
    draw_role,
    give_role_in_turn,
    give_skill_back,
    lay_down_role,
    stand_in_draw,
)
from democratic.communities.houses.models import Charter, HouseMember, Right, Role
from democratic.communities.organisations.actions import leave_organisations
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.thread.models import Entry

DRAWN = Charter.Turns.DRAWN


@pytest.fixture
def home(territory):
    return at_home(territory)


def test_a_role_goes_round_and_ends_by_itself(home):
    home.charter(role_months=2)
    first = give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    assert (first.member.number, (first.until - first.since).days) == (1, 60)
    assert home.presence(home.accounts[0], 59).may(Right.MINUTES)
    assert not home.presence(home.accounts[0], 60).may(Right.MINUTES)
    with pytest.raises(Conflict):
        give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.clock_in(59))
    second = give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.clock_in(60))
    assert second.member.number == 2
    assert not home.presence(home.accounts[0], 60).may(Right.MINUTES)


def test_who_holds_a_role_waits_while_others_hold_none(home):
    home.charter()
    there = len(home.accounts)
    holders = [
        give_role_in_turn(house=home.house, role=role, clock=home.territory.clock).member.number
        for role in (Role.WRITES, Role.FACILITATES, Role.MODERATES, Role.REPORTS)
    ]
    assert holders == [1 + turn % there for turn in range(4)]


def test_a_role_laid_down_is_free_at_once(home):
    home.charter()
    term = give_role_in_turn(house=home.house, role=Role.REPORTS, clock=home.territory.clock)
    lay_down_role(term=term, left_word="Le mot de passe est chez Noor.", clock=home.territory.clock)
    assert not home.presence(home.accounts[0]).may(Right.PUBLISH)
    assert (
        give_role_in_turn(house=home.house, role=Role.REPORTS, clock=home.territory.clock).member.number == 2
    )


def test_roles_are_given_as_the_charter_says(home):
    with pytest.raises(Conflict):
        give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    home.charter(turns=DRAWN)
    with pytest.raises(Conflict):
        give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)


def test_a_draw_is_found_again_from_what_was_published_before(home):
    home.charter(turns=DRAWN)
    draws_on = home.today + timedelta(days=2)
    draw = announce_draw(
        house=home.house,
        role=Role.FACILITATES,
        draws_on=draws_on,
        seed="graine du forum",
        clock=home.territory.clock,
    )
    announced = Entry.objects.get(kind="draw_announced").data
    assert announced["seed"] == "graine du forum"
    assert announced["numbers"] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(Conflict):
        draw_role(draw=draw, clock=home.clock_in(1))
    expected = in_drawn_order(announced["seed"], announced["numbers"])
    away = home.members[expected[0] - 1]
    stand_in_draw(draw=draw, member=away, stands=False)
    term = draw_role(draw=draw, clock=home.clock_in(2))
    told = Entry.objects.get(kind="role_drawn").data
    assert term.member.number == told["number"] == expected[1]
    assert in_drawn_order(told["seed"], told["numbers"])[0] == told["number"]
    with pytest.raises(Conflict):
        draw_role(draw=draw, clock=home.clock_in(2))


def test_a_seed_is_read_the_day_before_at_least(home):
    home.charter(turns=DRAWN)
    with pytest.raises(Refusal):
        announce_draw(
            house=home.house,
            role=Role.WRITES,
            draws_on=home.today,
            seed="graine du forum",
            clock=home.territory.clock,
        )


def test_a_skill_is_confirmed_by_two_who_have_it(home):
    clock = home.territory.clock
    agent = home.presence(home.territory.agent)
    for member in home.members[:2]:
        skill = ask_for_skill(member=member, right=Right.MODERATE, clock=clock)
        assert confirm_skill(skill=skill, by=agent, clock=clock).confirmed_on
    third = ask_for_skill(member=home.members[2], right=Right.MODERATE, clock=clock)
    with pytest.raises(NotAllowed):
        confirm_skill(skill=third, by=home.presence(home.accounts[2]), clock=clock)
    with pytest.raises(NotAllowed):
        confirm_skill(skill=third, by=home.presence(home.accounts[3]), clock=clock)
    first = home.presence(home.accounts[0])
    assert not confirm_skill(skill=third, by=first, clock=clock).confirmed_on
    assert not confirm_skill(skill=third, by=first, clock=clock).confirmed_on  # one voice, however often
    assert confirm_skill(skill=third, by=home.presence(home.accounts[1]), clock=clock).confirmed_on
    assert home.presence(home.accounts[2]).may(Right.MODERATE)
    give_skill_back(skill=third)
    assert not home.presence(home.accounts[2]).may(Right.MODERATE)


def test_a_facilitator_confirms_only_while_the_right_lasts(home):
    home.charter(steps={Right.POLL: home.today + timedelta(days=10)})
    skill = ask_for_skill(member=home.members[0], right=Right.POLL, clock=home.territory.clock)
    late = home.presence(home.territory.agent, 10)
    with pytest.raises(NotAllowed):
        confirm_skill(skill=skill, by=late, clock=home.clock_in(10))


def test_no_name_of_a_member_reaches_the_journal(home):
    home.charter()
    give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    for entry in Entry.objects.filter(record=home.house.organisation.record).prefetch_related("openings"):
        told = f"{entry.data} {[opening.value for opening in entry.openings.all()]}"
        assert not any(account.person.name in told for account in home.accounts), entry.kind


def test_who_closes_her_account_leaves_nothing_in_the_house(home):
    home.charter()
    give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    ask_for_skill(member=home.members[0], right=Right.POLL, clock=home.territory.clock)
    leave_organisations(
        person_ids=[home.accounts[0].person_id], without_name=True, clock=home.territory.clock
    )
    assert not HouseMember.objects.filter(pk=home.members[0].pk).exists()
    assert not home.house.terms.exists()
