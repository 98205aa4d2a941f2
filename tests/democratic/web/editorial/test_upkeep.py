"""What nobody reread for three years is on the desk's first page, and leaves it once someone did."""

from datetime import date

import pytest
from django.test import Client

from democratic.communities.accessibility.models import AccessibilityDeclaration
from democratic.communities.editorial.actions import draft_publication, publish, reread
from democratic.communities.editorial.models import Publication
from democratic.communities.upkeep import upkeep_of
from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Conflict
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Kind
from factories import clock_at

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LATER = date(2029, 6, 1)


def page_of(territory, number=0, kind=Kind.PAGE):
    made = draft_publication(
        authority=territory.authority, kind=kind, words=Words(title=f"Nos locaux {number}", text="Ouverts."),
        slug=f"nos-locaux-{number}" if kind == Kind.PAGE else "", function="Service", clock=territory.clock,
    )  # fmt: skip
    return publish(publication=made, clock=territory.clock)


def declared(territory, on, version=1):
    AccessibilityDeclaration.objects.create(
        authority=territory.authority, version=version, declared_on=on, state="none"
    )


@pytest.fixture
def agent(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock_at(LATER))
    client = Client()
    client.force_login(territory.agent)
    return client


def desk_of(client, path="/bureau"):
    return client.get(path).content.decode().replace("\u00a0", " ")


def test_a_page_that_nobody_reread_for_three_years_waits_at_the_desk_until_someone_does(territory, agent):
    code = page_of(territory).record.code
    assert "Relire la page : Nos locaux 0" in desk_of(agent)
    assert "à relire" in desk_of(agent)
    assert agent.post(f"/bureau/publications/{code}/relue", **HERE).status_code == 302
    assert "Relire la page" not in desk_of(agent)
    assert "à relire" not in desk_of(agent)
    assert Entry.objects.filter(kind="page_reread").count() == 1
    assert "Écrite ou relue le 1er juin 2029" in desk_of(Client(), "/pages/nos-locaux-0")


def test_three_years_to_the_day_is_not_yet_too_long(territory):
    page = page_of(territory)
    on = local_day(page.appears_at, "Europe/Paris")
    assert not upkeep_of(territory.authority, on.replace(year=on.year + 3)).pages
    assert upkeep_of(territory.authority, on.replace(year=on.year + 3, day=on.day + 1)).pages


def test_a_page_published_before_rereading_was_noted_counts_from_its_day(territory):
    page = page_of(territory)
    Publication.objects.filter(pk=page.pk).update(reread_on=None)
    (old,) = upkeep_of(territory.authority, LATER).pages
    assert old.read_on == local_day(page.appears_at, "UTC")


def test_news_are_dated_and_never_to_be_reread(territory):
    news = page_of(territory, kind=Kind.NEWS)
    assert not upkeep_of(territory.authority, LATER).pages
    with pytest.raises(Conflict):
        reread(publication=news, function="Service", clock=clock_at(LATER))


def test_a_page_is_reread_once_a_day(territory):
    page = page_of(territory)
    reread(publication=page, function="Service", clock=clock_at(LATER))
    with pytest.raises(Conflict):
        reread(publication=page, function="Service", clock=clock_at(LATER))
    assert Entry.objects.filter(kind="page_reread").count() == 1


def test_a_declaration_of_more_than_three_years_is_to_be_made_again(territory, agent):
    assert "Refaire la déclaration" not in desk_of(agent)  # none was made: the first settings ask for it
    declared(territory, date(2026, 5, 31))
    assert "Refaire la déclaration" in desk_of(agent)
    declared(territory, date(2026, 6, 1), version=2)
    assert "Refaire la déclaration" not in desk_of(agent)


def test_the_neighbour_s_pages_are_not_mine_to_reread(territory):
    page_of(territory)
    other = type(territory.authority).objects.create(slug="voisin", name="Voisin", host="voisin.example")
    assert not upkeep_of(other, LATER).pages


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_to_be_reread_costs_one_query(territory, count, django_assert_num_queries):
    for number in range(count):
        page_of(territory, number)
    declared(territory, date(2020, 2, 29))
    with django_assert_num_queries(1):
        found = upkeep_of(territory.authority, LATER)
    assert (len(found.pages), found.declared_on) == (count, date(2020, 2, 29))
