import pytest

from democratic.participation.answers.actions import group_contributions, open_theme
from democratic.thread.actions import Words
from democratic.thread.models import Audience, Kind, Origin, Record
from democratic.thread.queries.facets import NO_THEME, Chosen, Shelf, count_facets
from factories import GROUPING


@pytest.fixture
def shelf(territory):
    record = territory.process.record
    return Shelf(record.pk, Kind.IDEA, record.audience_id)


def said(territory, state, origin, place, text="Le bus du soir"):
    record = territory.say(text, origin=origin, place=place).idea.record
    Record.objects.filter(pk=record.pk).update(state=state)
    return record


@pytest.fixture
def heard(territory):
    return [
        said(territory, "kept", Origin.WEB, "Vaubrun"),
        said(territory, "kept", Origin.STREET, "Vaubrun"),
        said(territory, "received", Origin.STREET, "Montsec"),
        said(territory, "received", Origin.STREET, "", "Une voie pour les vélos"),
    ]


def counted(boxes):
    return {box.value: box.n for box in boxes}


def test_with_nothing_ticked_every_value_is_counted(shelf, heard):
    facets = count_facets(shelf, Chosen())
    assert (facets.everything, facets.matching) == (4, 4)
    assert counted(facets.states) == {"kept": 2, "received": 2}
    assert counted(facets.origins) == {"street": 3, "web": 1}
    assert counted(facets.places) == {"Vaubrun": 2, "Montsec": 1, "": 1}
    assert counted(facets.themes) == {NO_THEME: 4}


def test_a_facet_is_counted_without_its_own_filter_and_under_the_others(shelf, heard):
    facets = count_facets(shelf, Chosen(origins=("street",), places=("Vaubrun",)))
    assert facets.matching == 1
    assert facets.everything == 4
    assert counted(facets.origins) == {"street": 1, "web": 1}
    assert counted(facets.places) == {"Vaubrun": 1, "Montsec": 1, "": 1}
    assert counted(facets.states) == {"kept": 1, "received": 0}


def test_several_values_of_one_facet_add_up(shelf, heard):
    assert count_facets(shelf, Chosen(places=("Vaubrun", "Montsec"))).matching == 3


def test_words_filter_every_facet(shelf, heard):
    facets = count_facets(shelf, Chosen(words="vélo"))
    assert facets.matching == 1
    assert counted(facets.states) == {"received": 1, "kept": 0}
    assert facets.everything == 4


def test_themes_are_named_and_those_without_one_can_be_asked_for(territory, shelf, heard):
    theme = open_theme(process=territory.process, words=Words(title="Le soir"), author=None, clock=GROUPING)
    group_contributions(contributions=heard[:1], theme=theme, clock=GROUPING)
    facets = count_facets(shelf, Chosen())
    assert {box.label: box.n for box in facets.themes} == {"": 3, "Le soir": 1}
    code = theme.record.code
    assert count_facets(shelf, Chosen(themes=(code,))).matching == 1
    assert count_facets(shelf, Chosen(themes=(NO_THEME,))).matching == 3
    assert count_facets(shelf, Chosen(themes=(code, NO_THEME))).matching == 4


def test_what_another_audience_or_nobody_may_see_is_not_counted(territory, shelf, heard):
    closed = Audience.objects.create(authority=territory.authority, name="Conseil")
    Record.objects.filter(pk=heard[0].pk).update(audience=closed)
    Record.objects.filter(pk=heard[1].pk).update(visibility="hidden")
    assert count_facets(shelf, Chosen()).everything == 2


def test_all_facets_are_one_query(shelf, heard, django_assert_num_queries):
    with django_assert_num_queries(1):
        count_facets(shelf, Chosen(origins=("street",), words="bus"))


def test_hostile_values_are_only_values(shelf, heard):
    nasty = "'; drop table thread_record; --"
    facets = count_facets(shelf, Chosen(states=(nasty,), places=(nasty,), themes=(nasty,), words=nasty))
    assert facets.matching == 0
    assert facets.everything == 4
