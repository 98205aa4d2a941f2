"""At the desk: a page is opened and confided, never read from inside; a *retrait* leaves a public line."""

import re

import pytest

from bodies import EDITOR, association, opened
from democratic.communities.models import JoinLink, Organisation
from democratic.thread.models import Entry


@pytest.fixture
def agent(territory, at, browser):
    return browser(territory.agent)


def test_a_page_is_opened_and_confided_without_a_script(territory, agent, browser, words):
    assert "Aucune organisation" in words(agent.get("/bureau/organisations"))
    path = "/bureau/organisations/nouvelle"
    assert agent.post(path, {"title": "", "sort": "body", "key": "a"}).status_code == 400
    said = {"title": "Conseil des jeunes", "sort": "body", "text": "Vingt-quatre jeunes.", "key": "b"}
    assert agent.post(path, said).url == "/bureau/organisations"
    organisation = Organisation.objects.get()
    assert "personne ne la tient" in words(agent.get("/bureau/organisations"))
    shown = agent.post(f"/bureau/organisations/{organisation.record.code}/lien")
    link = re.search(r"/rejoindre/[0-9A-Z-]+", shown.content.decode())[0]
    assert JoinLink.objects.get().place == EDITOR
    gabriel = browser(territory.citizen)
    assert gabriel.post(link).status_code == 302
    assert gabriel.get(f"/organisations/{organisation.record.code}/modifier").status_code == 200
    assert "tenue par ses membres" in words(agent.get("/bureau/organisations"))


def test_a_name_that_is_taken_is_refused_with_all_that_was_typed(territory, agent, words):
    opened(territory)
    said = {"title": "vélos du val", "sort": "association", "text": "Autre chose.", "key": "a"}
    answer = agent.post("/bureau/organisations/nouvelle", said)
    assert answer.status_code == 409
    assert "porte déjà ce nom" in words(answer)
    assert "Autre chose." in answer.content.decode()


def test_those_that_nobody_keeps_come_first_and_nobody_is_named(territory, agent, words):
    association(territory)
    opened(territory, "Zouaves")
    page = words(agent.get("/bureau/organisations"))
    assert page.index("Zouaves") < page.index("Vélos du Val")
    assert "Hugo" not in page
    assert "Inès" not in page


def test_a_retrait_leaves_the_page_under_its_public_line(territory, agent, browser, words):
    club = association(territory)
    held = club.speaking(club.keeper)
    said = territory.say("Une piste.", author=club.keeper.person, speaks_for=held).idea
    path = f"/bureau/retirer/{club.organisation.record.code}"
    assert "Public dès que vous publiez, et inscrit au journal." in words(agent.get(path))
    done = agent.post(path, {"reason": "L’association est dissoute.", "key": "a"})
    assert done.url == club.path
    page = words(browser().get(club.path))
    assert "L’association est dissoute." in page
    assert "Inès Roy Présidente" in page
    assert "Une piste." in page
    assert Entry.objects.filter(kind="authority_withdrew").count() == 1
    assert "Dit au nom de" in words(browser().get(f"/idees/{said.record.code}"))
    desk = words(agent.get("/bureau/organisations"))
    assert "retirée en public" in desk
    assert "Faire un lien" not in desk


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_lists_them_in_a_fixed_number_of_questions(
    territory, agent, django_assert_num_queries, count
):
    for number in range(count):
        opened(territory, f"Amicale {number}")
    agent.get("/bureau/organisations")
    with django_assert_num_queries(6):
        assert agent.get("/bureau/organisations").content.decode().count("Amicale") >= count
