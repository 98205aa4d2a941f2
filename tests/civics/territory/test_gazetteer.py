import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.territory.gazetteer import Gazetteer

NAMES = ["Vaubrun", "Les Forges", "Saint-Maurin", "Saint-Maurin-le-Haut", "L’Étang"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vaubrun", "Vaubrun"),
        ("à la gare de VAUBRUN", "Vaubrun"),
        ("Les forges, près du pont", "Les Forges"),
        ("saint maurin", "Saint-Maurin"),
        ("Place du marché, Saint-Maurin-le-Haut", "Saint-Maurin-le-Haut"),
        ("l'etang", "L’Étang"),
        ("Vaubruns", None),
        ("Forges", None),
        ("", None),
        ("’ - ’", None),
    ],
)
def test_a_text_names_the_longest_place_that_stands_whole_in_it(text, name):
    assert Gazetteer.of(NAMES).find(text) == name


def test_the_first_of_two_places_answers():
    assert Gazetteer.of(["Vaubrun", "Clairvoie"]).find("De Clairvoie à Vaubrun") == "Clairvoie"


def test_a_name_made_of_signs_alone_names_nothing():
    assert Gazetteer.of(["—", "Vaubrun"]).find("— —") is None
    assert Gazetteer.of([]).find("Vaubrun") is None


@given(st.sampled_from(NAMES), st.text(max_size=30), st.text(max_size=30))
def test_a_name_between_blanks_is_always_found(name, before, after):
    assert Gazetteer.of([name]).find(f"{before} . {name} . {after}") == name
