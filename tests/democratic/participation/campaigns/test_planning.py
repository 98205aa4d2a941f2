from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigning import campaign_with_codes, plan, wanted
from chatting import open_channel, open_flow
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.campaigns.carrying_out import carry_out_steps
from democratic.participation.campaigns.codes import give_public_code, join_codes
from democratic.participation.campaigns.models import CampaignCode, CampaignStep
from democratic.participation.campaigns.planning import Plan, change_campaign, plan_campaign
from democratic.participation.campaigns.publics import add_public, drop_public
from democratic.participation.campaigns.queries import codes_to_join, schedule_of
from democratic.participation.campaigns.schedule import (
    Due,
    add_step,
    change_step,
    drop_step,
    tick_step,
)
from democratic.participation.conversations.editing import publish_flow
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.processes.models import Process
from democratic.thread.models import Entry, Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(territory):
    return FixedClock(territory.clock.now() + timedelta(days=2, minutes=1))


def due(territory, kind="task", what="Coller les affiches", **changes):
    told = {"kind": kind, "due_at": territory.clock.now() + timedelta(days=2), "what": what}
    return Due(**told | changes)


def test_a_plan_is_between_agents_and_writes_nothing_in_the_journal(territory):
    entries = Entry.objects.count()
    campaign = plan(territory)
    add_public(campaign=campaign, wanted=wanted())
    assert Entry.objects.count() == entries


def test_a_campaign_of_what_nobody_can_read_is_refused(territory):
    process = territory.process
    Record.objects.filter(pk=process.pk).update(visibility="draft")
    with pytest.raises(Conflict, match="Publiez d’abord"):
        plan_campaign(process=Process.objects.get(pk=process.pk), plan=Plan("a", *_days(territory), 4))


def _days(territory):
    return territory.clock.now().date(), territory.clock.now().date()


@pytest.mark.parametrize(
    ("changes", "field"), [({"name": "\u200b"}, "name"), ({"goal": 0}, "goal"), ({"goal": 10**9}, "goal")]
)
def test_a_plan_that_says_nothing_is_refused(territory, changes, field):
    with pytest.raises(Refusal) as refused:
        plan(territory, **changes)
    assert refused.value.field == field


def test_a_campaign_that_ends_before_it_starts_is_refused_here_and_by_the_database(territory):
    campaign = plan(territory)
    earlier = campaign.starts_on - timedelta(days=1)
    with pytest.raises(Refusal, match="finit après"):
        change_campaign(campaign=campaign, plan=Plan("a", campaign.starts_on, earlier, 4))
    with pytest.raises(IntegrityError, match="campaign_ends_later"), transaction.atomic():
        type(campaign).objects.update(ends_on=earlier)


def test_two_campaigns_and_two_publics_do_not_share_a_name(territory):
    campaign = plan(territory, "Le soir")
    with pytest.raises(Conflict):
        plan(territory, "le soir")
    add_public(campaign=campaign, wanted=wanted("Jeunes"))
    with pytest.raises(Conflict):
        add_public(campaign=campaign, wanted=wanted("JEUNES"))


def test_a_public_without_any_means_of_reaching_it_is_refused(territory):
    with pytest.raises(Refusal, match="au moins un moyen"):
        add_public(campaign=plan(territory), wanted=replace(wanted(), means=()))


def test_a_code_is_of_one_public_and_of_its_own_process(territory):
    campaign = campaign_with_codes(territory, publics=2)
    first, second = campaign.publics.order_by("pk")
    code = FlowCode.objects.get(code="LYC-00")
    with pytest.raises(Conflict, match="un autre public"):
        join_codes(public=second, codes=[code.pk])
    assert [each.code for each in codes_to_join(first)] == ["LYC-00"]
    join_codes(public=first, codes=[])
    join_codes(public=second, codes=[code.pk])
    assert {each.code.code for each in second.codes.all()} == {"LYC-00"}


def test_a_public_that_goes_leaves_its_codes_open(territory):
    campaign = campaign_with_codes(territory)
    drop_public(public=campaign.publics.get())
    assert FlowCode.objects.filter(code="LYC-00", retired_at=None).exists()
    assert not CampaignCode.objects.exists()


def test_a_code_given_for_a_public_is_its_own_and_a_bad_one_leaves_nothing(territory):
    campaign = campaign_with_codes(territory)
    public, flow = campaign.publics.get(), Flow.objects.get()
    give_public_code(public=public, flow=flow, code="gar nor", where="place", label="Gare", cost=1200)
    with pytest.raises(Conflict), transaction.atomic():
        give_public_code(public=public, flow=flow, code="GAR-NOR", where="place", label="Gare")
    assert sorted(each.code.code for each in public.codes.all()) == ["GAR-NOR", "LYC-00"]


def test_a_task_is_late_until_it_is_ticked_and_keeps_its_first_moment(territory, later):
    campaign = plan(territory)
    step = add_step(campaign=campaign, due=due(territory), clock=territory.clock)
    (line,) = schedule_of(campaign, territory.clock.now())
    assert (line.is_next, line.is_late) == (True, False)
    (line,) = schedule_of(campaign, later.now())
    assert (line.is_next, line.is_late) == (False, True)
    tick_step(step=step, is_done=True, clock=territory.clock)
    tick_step(step=step, is_done=True, clock=later)
    step.refresh_from_db()
    assert step.done_at == territory.clock.now()
    assert not schedule_of(campaign, later.now())[0].is_late
    with pytest.raises(Conflict, match="déjà fait"):
        change_step(step=step, due=due(territory), clock=later)
    tick_step(step=step, is_done=False, clock=later)
    drop_step(step=step)
    assert not CampaignStep.objects.exists()


def test_a_conversation_opens_and_shuts_at_its_hour_once(territory, later):
    open_channel(territory.authority)
    flow, campaign = open_flow(territory), plan(territory)
    Flow.objects.update(is_open=False)
    opening = add_step(campaign=campaign, due=due(territory, "open", "", flow=flow), clock=territory.clock)
    assert carry_out_steps(territory.clock) == 0
    assert carry_out_steps(later) == 1
    flow.refresh_from_db()
    assert flow.is_open
    assert carry_out_steps(later) == 0
    opening.refresh_from_db()
    assert opening.done_at == later.now()
    after = later.now() + timedelta(days=1)
    add_step(campaign=campaign, due=due(territory, "shut", "", flow=flow, due_at=after), clock=later)
    assert carry_out_steps(FixedClock(after)) == 1
    flow.refresh_from_db()
    assert not flow.is_open


def test_an_opening_leaves_alone_a_conversation_that_is_open_and_being_rewritten(territory, later):
    open_channel(territory.authority)
    flow, campaign = open_flow(territory), plan(territory)
    add_step(campaign=campaign, due=due(territory, "open", "", flow=flow), clock=territory.clock)
    Flow.objects.update(draft=flow.draft | {"steps": flow.draft["steps"][:1]})
    assert carry_out_steps(later) == 1
    assert flow.revisions.count() == 1


def test_one_that_may_not_be_published_says_so_is_tried_again_and_holds_up_no_other(territory, later):
    open_channel(territory.authority)
    flow, campaign = open_flow(territory), plan(territory)
    good = flow.draft
    other = open_flow(territory, code="GAR-NOR", name="Autre", has_places=False)
    Flow.objects.update(is_open=False)
    Flow.objects.filter(pk=flow.pk).update(draft=good | {"steps": []})
    Flow.objects.filter(pk=flow.pk).update(
        draft=good | {"steps": [each for each in good["steps"] if each["kind"] != "age_band"]}
    )
    stuck = add_step(campaign=campaign, due=due(territory, "open", "", flow=flow), clock=territory.clock)
    add_step(campaign=campaign, due=due(territory, "open", "", flow=other), clock=territory.clock)
    assert carry_out_steps(later) == 1
    stuck.refresh_from_db()
    assert stuck.is_stuck
    assert stuck.done_at is None
    Flow.objects.filter(pk=flow.pk).update(draft=good)
    assert carry_out_steps(later) == 1
    stuck.refresh_from_db()
    assert (stuck.is_stuck, stuck.done_at) == (False, later.now())


def test_one_that_came_from_another_installation_waits_for_an_agent_then_follows_the_schedule(
    territory, later
):
    open_channel(territory.authority)
    flow, campaign = open_flow(territory), plan(territory)
    Flow.objects.update(is_open=False, came_at=territory.clock.now())
    step = add_step(campaign=campaign, due=due(territory, "open", "", flow=flow), clock=territory.clock)
    assert carry_out_steps(later) == 0
    step.refresh_from_db()
    assert (step.is_stuck, step.done_at) == (True, None)
    assert not Flow.objects.get().is_open
    publish_flow(flow=flow, clock=later)
    assert Flow.objects.get().came_at is None
    assert carry_out_steps(later) == 1


def test_what_the_software_does_is_not_ticked_nor_asked_for_an_hour_that_is_past(territory):
    open_channel(territory.authority)
    flow, campaign = open_flow(territory), plan(territory)
    step = add_step(campaign=campaign, due=due(territory, "shut", "", flow=flow), clock=territory.clock)
    with pytest.raises(Conflict, match="toute seule"):
        tick_step(step=step, is_done=True, clock=territory.clock)
    with pytest.raises(Refusal, match="passée"):
        add_step(
            campaign=campaign,
            due=due(territory, "open", "", flow=flow, due_at=territory.clock.now()),
            clock=territory.clock,
        )
    with pytest.raises(Refusal, match="conversation"):
        add_step(campaign=campaign, due=due(territory, "open", ""), clock=territory.clock)
