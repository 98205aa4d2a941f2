"""A process for the young: told first what is public, no face on a photo, and a name only if she gives it."""

import pytest

from democratic.participation.processes.models import Process
from democratic.people.models import AgeBand, Person

SAY = "/concertations/bouger/dire"


@pytest.fixture
def youth(territory):
    Process.objects.filter(pk=territory.process.pk).update(uses_tu=True)


def test_what_is_public_is_told_before_the_first_field_in_sixty_words_or_so(youth, read):
    page = read(SAY)
    start, field = page.index("Avant d’écrire"), page.index("Votre âge")
    assert start < field
    assert len(page[start:field].split()) <= 90
    assert "Ce que tu écris sera public" in page


def test_elsewhere_the_form_does_not_say_tu(territory, read):
    assert "Avant d’écrire" not in read(SAY)


def test_nobody_is_recognised_on_a_photo(youth, read):
    assert "On ne reconnaît personne sur la photo" in read(SAY)
    assert "sont d’accord pour qu’elle soit publiée" not in read(SAY)


@pytest.mark.parametrize(("band", "is_proposed"), [(AgeBand.TEENS, False), (AgeBand.ADULT, True)])
def test_the_name_of_an_account_is_proposed_to_adults_alone(territory, browser, band, is_proposed):
    Person.objects.filter(pk=territory.citizen.person_id).update(age_band=band, name="Gabriel")
    html = browser(territory.citizen).get(SAY).content.decode()
    assert ('value="Gabriel"' in html) is is_proposed


@pytest.mark.parametrize("path", ["/mineurs", "/en/mineurs"])
def test_the_notice_is_a_page_of_its_own(territory, read, path):
    page = read(path)
    assert page.count("15") >= 4


def test_the_notice_is_linked_from_the_form_and_from_personal_data(territory, client):
    for path in (SAY, "/donnees-personnelles"):
        assert 'href="/mineurs"' in client.get(path).content.decode()
