"""« Premiers réglages » at the desk: where one lands first, who may change what, and what it leaves behind."""

import pytest
from django.test import Client

from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import SetAside
from democratic.communities.steps import Step
from democratic.thread.actions import give_role, open_authority
from democratic.thread.models import Role
from democratic.web import authorities
from factories import staff_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def agent(territory):
    client = Client()
    client.force_login(territory.agent)
    return client


def text(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def later(client, step, how="plus-tard"):
    return client.post(f"/bureau/demarrer/{step}/{how}", **HERE)


def test_each_step_says_what_it_is_for_what_it_lacks_and_has_one_button(administrator):
    page = text(administrator, "/bureau/demarrer")
    for step in Step:
        assert str(step.label) in page
    assert ("2 sur 7" in page, "Il manque : le SIRET, l’adresse postale" in page) == (True, True)
    assert page.count("/plus-tard") == 5  # the team and the order are there


def test_the_dashboard_shows_the_next_step_first_until_each_is_settled(administrator):
    assert "Dire qui vous êtes" in text(administrator, "/bureau")
    for step in Step:
        later(administrator, step)
    page = text(administrator, "/bureau")
    assert ("Dire qui vous êtes" in page, 'href="/bureau/demarrer"' in page) == (False, True)


def test_a_step_is_left_for_later_under_a_name_and_a_day_and_taken_up_again(administrator):
    assert later(administrator, "look").status_code == 302
    assert "Mis de côté par Max le" in text(administrator, "/bureau/demarrer")
    later(administrator, "look", "reprendre")
    assert "Mis de côté par" not in text(administrator, "/bureau/demarrer")


def test_tapping_later_twice_is_once(administrator):
    later(administrator, "look")
    later(administrator, "look")
    assert SetAside.objects.count() == 1


def test_what_is_done_is_not_set_aside_and_it_is_said(administrator):
    later(administrator, "order")
    assert "C’est déjà fait" in text(administrator, "/bureau/demarrer")


@pytest.mark.parametrize("step", ["nothing", "LOOK", "look'--"])
def test_a_step_that_is_none_is_not_found(administrator, step):
    assert later(administrator, step).status_code == 404


def test_agents_read_and_change_nothing(agent):
    page = text(agent, "/bureau/demarrer")
    assert ("L’administration de la collectivité tient" in page, "plus-tard" in page) == (True, False)
    assert later(agent, "look").status_code == 403
    assert not SetAside.objects.exists()


def test_the_desk_of_agents_does_not_begin_by_the_steps(agent):
    assert "Dire qui vous êtes" not in text(agent, "/bureau")


def test_who_accepts_to_administer_lands_on_the_steps(territory):
    account = staff_account("neuve@val-orbe.example", "Neuve")
    invited = invite_to_role(
        authority=territory.authority, email=account.email, role=Role.ADMINISTRATOR, by=None,
        clock=territory.clock,
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    path = "/invitation/" + invited.link.rpartition("/")[2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
        answer = client.post(path, **HERE)
    assert (answer.status_code, answer["Location"]) == (302, "/bureau/demarrer")


def test_the_page_asks_a_fixed_number_of_questions(administrator, django_assert_max_num_queries):
    administrator.get("/bureau/demarrer")
    with django_assert_max_num_queries(10):
        administrator.get("/bureau/demarrer")


def test_an_authority_under_a_path_has_its_own_steps_and_links(administrator, territory):
    neighbour = open_authority(
        slug="vaubrun", name="Vaubrun", kind_label="Commune", host="", is_under_path=True
    )
    authorities.KEPT.forget()
    assert administrator.get("/c/vaubrun/bureau/demarrer").status_code == 403  # she administers elsewhere
    account = staff_account("maire@vaubrun.example", "Claire")
    give_role(person=account.person, role=Role.ADMINISTRATOR, authority=neighbour, clock=territory.clock)
    claire = Client()
    claire.force_login(account)
    page = text(claire, "/c/vaubrun/bureau/demarrer")
    assert ("0 sur 7" in page, 'href="/c/vaubrun/bureau/collectivite/identite' in page) == (True, True)
    claire.post("/c/vaubrun/bureau/demarrer/look/plus-tard", **HERE)
    assert "Mis de côté" not in text(administrator, "/bureau/demarrer")
    authorities.KEPT.forget()
