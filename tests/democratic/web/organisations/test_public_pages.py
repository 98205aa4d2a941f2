"""What everybody reads of an organisation: its words, who speaks for it and since when, what it said."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from bodies import opened
from democratic.communities.models import Organisation
from democratic.communities.organisations.actions import end_mandate_to_speak, leave_organisations
from democratic.kernel.clock import FixedClock
from democratic.thread.models import Follow
from factories import NOW


def test_the_list_is_by_name_and_says_how_many_speak(club, browser, words):
    club.speaking(club.keeper)
    opened(club.territory, "Conseil des jeunes", Organisation.Sort.BODY)
    page = words(browser().get("/organisations"))
    assert page.index("Conseil des jeunes") < page.index("Vélos du Val")
    assert "Association · 1 personne parle en son nom" in page
    assert "2 organisations, par ordre alphabétique" in page


@pytest.mark.parametrize(("sort", "shown"), [("association", "Vélos"), ("body", "Conseil"), ("x", "2 organ")])
def test_the_list_is_filtered_by_sort_and_an_unknown_one_narrows_nothing(club, browser, words, sort, shown):
    opened(club.territory, "Conseil des jeunes", Organisation.Sort.BODY)
    page = words(browser().get(f"/organisations?sorte={sort}"))
    assert shown in page
    assert ("Vélos du Val" in page and "Conseil des jeunes" in page) == (sort == "x")


def test_the_empty_list_says_who_acts(territory, at, browser, words):
    page = words(browser().get("/organisations"))
    assert "Aucune organisation ne s’est encore présentée" in page
    assert "Écrire à la collectivité" in page
    assert "Aucune organisation de cette sorte" in words(browser().get("/organisations?sorte=body"))


def test_the_list_is_paged(club, browser, words):
    for number in range(20):
        opened(club.territory, f"Amicale {number:02}")
    assert "1 à 20 sur 21" in words(browser().get("/organisations"))
    assert "Vélos du Val" in words(browser().get("/organisations?page=2"))
    assert browser().get("/organisations?page=3").status_code == 404


def test_who_speaks_is_told_with_the_days_and_who_only_belongs_is_not(club, browser, words):
    club.speaking(club.keeper)
    club.proposed(club.member, name="Hugo Lemaire", function="trésorier")
    page = words(browser().get(club.path))
    assert "Inès Roy Présidente depuis le 1er mars 2026" in page
    assert "Hugo" not in page
    assert "trésorier" not in page


def test_an_ended_habilitation_keeps_both_days_on_the_page_at_once(club, browser, words):
    held = club.speaking(club.keeper)
    assert "depuis le" in words(browser().get(club.path))  # kept, then made stale
    end_mandate_to_speak(mandate=held, clock=FixedClock(NOW + timedelta(days=30)))
    assert "du 1er mars 2026 au 31 mars 2026" in words(browser().get(club.path))


def test_an_erased_name_leaves_its_line(club, browser, words):
    club.speaking(club.keeper)
    leave_organisations(person_ids=[club.keeper.person_id], without_name=True, clock=club.territory.clock)
    page = words(browser().get(club.path))
    assert "nom retiré Présidente du 1er mars 2026 au 1er mars 2026" in page
    assert "Inès" not in page


def test_what_was_said_in_its_name_is_listed_and_leads_back(club, browser, words):
    held = club.speaking(club.keeper)
    idea = club.territory.say("Une piste sur la D12.", author=club.keeper.person, speaks_for=held).idea
    club.territory.say("Sans rapport.")
    page = words(browser().get(club.path))
    assert "Une piste sur la D12." in page
    assert "Inès Roy, présidente, Vélos du Val" in page
    assert "Sans rapport" not in page
    said = browser().get(f"/idees/{idea.record.code}")
    assert "Dit au nom de Vélos du Val" in words(said)
    assert f'href="{club.path}"' in said.content.decode()


def test_what_it_said_is_paged(club, browser, words):
    held = club.speaking(club.keeper)
    for number in range(16):
        club.territory.say(f"Parole {number}.", author=club.keeper.person, speaks_for=held)
    assert "1 à 15 sur 16" in words(browser().get(club.path))
    assert "16 à 16 sur 16" in words(browser().get(f"{club.path}?page=2"))


def test_it_is_followed_searched_and_found_by_robots(club, browser, words):
    hugo = browser(club.member)
    assert hugo.post(f"/suivre/{club.organisation.record.code}", {"retour": club.path}).status_code == 302
    assert Follow.objects.get(person=club.member.person).record == club.organisation.record
    assert "Suivi. Ne plus suivre" in words(hugo.get(club.path))
    assert "Vélos du Val" in words(browser().get("/recherche?q=vélos"))
    assert club.path in browser().get("/sitemap.xml").content.decode()
    code = club.organisation.record.code
    for path in (f"/{code}", f"/fil/{code}", f"/fil/{code}/retour"):
        assert browser().get(path).url == club.path


@pytest.mark.parametrize("code", ["ZZZ-ZZZ", "rien"])
def test_an_unknown_one_is_not_there(club, browser, code):
    assert browser().get(f"/organisations/{code}").status_code == 404


def test_the_code_of_another_kind_is_not_at_this_address(club, browser):
    idea = club.territory.say().idea
    assert browser().get(f"/organisations/{idea.record.code}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(territory, at, browser, django_assert_num_queries, count):
    for number in range(count):
        opened(territory, f"Amicale {number}")
    client = browser()
    client.get("/organisations")
    caches["fragments"].clear()
    with django_assert_num_queries(3):
        assert client.get("/organisations").content.decode().count("Amicale") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(club, browser, django_assert_num_queries, count):
    for account in (club.keeper, club.member)[:count]:
        held = club.speaking(account, name=account.person.name)
    for number in range(count):
        club.territory.say(f"Parole {number}.", author=account.person, speaks_for=held)
    client = browser()
    client.get(club.path)
    caches["fragments"].clear()
    with django_assert_num_queries(6):
        assert client.get(club.path).content.decode().count("Parole") >= count
