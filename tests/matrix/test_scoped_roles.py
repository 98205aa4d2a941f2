"""A role over one process opens that process at the desk, and nothing beside it."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from democratic.thread.actions import end_grant, give_role
from democratic.thread.models import Grant, Role
from factories import staff_account
from matrix.routes import all_routes
from matrix.table import EXPECTED
from matrix.test_matrix import HERE, _path, world  # noqa: F401 -- the same world

# About a political order or the authority itself, which are in no process.
NOT_IN_A_PROCESS = {
    "desk_holders", "desk_hand_over_service", "desk_hand_over_answers", "desk_new_mandate", "desk_mandate",
    "desk_publish_mandate", "desk_new_process", "desk_authority", "desk_declaration", "desk_appearance",
    "desk_languages", "desk_help", "desk_organisations", "desk_new_organisation", "desk_keeper_link",
    "desk_observatories", "desk_new_observatory", "desk_close_observatory", "desk_methods", "desk_method",
    "desk_tracker", "desk_tracker_csv", "desk_asking_day", "desk_ask_approval",
    "desk_meetings", "desk_new_meeting_alone",
    "desk_take_back_approval",
    "desk_letters", "desk_letter_file", "desk_remove_letter_file", "desk_call", "desk_conversation",
    "desk_give_conversation", "desk_sort_conversation",
    "desk_publish_letter", "desk_reopen_conversation", "desk_tags", "desk_rename_tag", "desk_merge_tag",
    "desk_retire_tag", "desk_replies", "desk_new_reply", "desk_change_reply", "desk_drop_reply",
    "desk_publications", "desk_new_publication", "desk_publication", "desk_change_publication",
    "desk_publish", "desk_hold_back", "desk_add_file", "desk_take_file_off", "desk_reread", "desk_version",
    "desk_menus", "desk_home",
    "desk_reserve", "desk_new_reserve", "desk_reserve_preview", "desk_reserve_dates",
    "desk_reserve_exception", "desk_end_exception", "desk_accessibility", "desk_declare_accessibility",
    "desk_opposition", "desk_new_opposition_group", "desk_opposition_members", "desk_start",
    "desk_set_step_aside", "desk_take_step_up", "desk_identity", "desk_logo", "desk_take_logo_down",
    "desk_mail_trial", "desk_territory", "desk_legal", "desk_channels", "desk_channel",
    "desk_open_house", "desk_facilitators", "desk_name_facilitator", "desk_end_facilitator",
    "desk_referrals", "desk_answer_referral", "desk_promise_point",
    "desk_census", "desk_census_sample", "desk_templates", "desk_retire_template",
}  # fmt: skip
# Nor what is about a draft, which is another process than hers.
NOT_IN_A_PROCESS |= {name for name, line in EXPECTED.items() if line.values.get("slug") == "DRAFT"}


def helper(world, role, process):  # noqa: F811
    """Someone with a role over this process alone."""
    account = staff_account(f"{role}@exemple.example", "Sam", password=None)
    give_role(
        person=account.person,
        role=role,
        authority=world.territory.authority,
        process=process,
        clock=world.territory.clock,
    )
    client = Client()
    client.force_login(account)
    return client


def desk_routes():
    return [route for route in all_routes() if route.pattern.startswith("bureau/")]


def statuses(client, route, world):  # noqa: F811
    """What one route did is undone before the next: to drop a batch is not to have it verified."""
    path = _path(route, EXPECTED[route.name], world)
    with transaction.atomic():
        got = client.get(path).status_code, client.post(path, {"nothing": "asked"}, **HERE).status_code
        transaction.set_rollback(True)
    return got


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICIAL])
def test_a_role_over_a_process_opens_its_pages_as_the_whole_role_does(world, role):  # noqa: F811
    client, wrong = helper(world, role, world.territory.process.record), []
    for route in desk_routes():
        expected = EXPECTED[route.name]
        if route.name in ("desk_sign_answer", "desk_reply_to_verdict"):
            continue  # who signs needs an office, which a role alone is not
        if route.name in NOT_IN_A_PROCESS:
            wanted = tuple(
                405 if answers["agent"] == 405 else 403 for answers in (expected.get, expected.post)
            )
        else:
            wanted = (expected.get[role], expected.post[role])
        if (got := statuses(client, route, world)) != wanted:
            wrong.append(f"{route.name} as {role}: {got}, not {wanted}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_an_official_of_one_process_signs_there(world):  # noqa: F811
    client = helper(world, Role.OFFICIAL, world.territory.process.record)
    path = reverse("desk_sign_answer", kwargs={"code": world.codes["draft_answer"]})
    assert client.post(path, **HERE).status_code == 403  # she holds no office
    office = world.territory.official
    office.person = Grant.objects.get(process=world.territory.process.record).person
    office.save()
    assert client.post(path, **HERE).status_code == 302


def test_a_role_over_another_process_opens_none_of_this_one(world):  # noqa: F811
    client = helper(world, Role.AGENT, world.territory.mandate.record)  # any Record that is not this process
    opened = [
        route.name
        for route in desk_routes()
        if "slug" in route.parameters and not set(statuses(client, route, world)) <= {403, 405}
    ]
    assert opened == []


def test_its_desk_lists_that_process_alone_and_the_account_page_leads_there(world):  # noqa: F811
    client = helper(world, Role.AGENT, world.territory.process.record)
    page = client.get("/bureau").content.decode()
    assert f'href="/bureau/concertations/{world.slug}"' in page
    assert "Nouvelle commande" not in page
    assert 'href="/bureau"' in client.get("/compte").content.decode()
    assert "Terminer" in client.get(f"/bureau/concertations/{world.slug}").content.decode()


def test_once_ended_it_opens_nothing(world):  # noqa: F811
    client = helper(world, Role.AGENT, world.territory.process.record)
    end_grant(grant=Grant.objects.get(process=world.territory.process.record), clock=world.territory.clock)
    assert client.get("/bureau").status_code == 403
    assert client.get(reverse("desk_process", kwargs={"slug": world.slug})).status_code == 403
