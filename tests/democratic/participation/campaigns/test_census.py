import pytest

from campaigning import CENSUS, census
from civics.territory.communes_file import Commune
from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.census import census_of
from democratic.participation.campaigns.counting import keep_census, read_counts
from democratic.participation.campaigns.models import CensusCount
from democratic.thread.actions.places import list_communes

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes(territory):
    known = [Commune("99001", "Vaubrun", "99100"), Commune("99002", "Le Mesnil", "99120")]
    list_communes(authority=territory.authority, communes=known)


def test_a_census_is_kept_whole_in_place_of_the_former(territory, communes):
    assert census(territory) == 6
    assert census(territory, "99001;15-17;310") == 1
    found = census_of(territory.authority)
    assert (dict(found.counts), found.source, found.year) == (
        {("15_17", "Vaubrun"): 310},
        "Insee, RP 2022",
        2022,
    )


def test_sent_twice_it_is_kept_once(territory, communes):
    census(territory)
    census(territory)
    assert CensusCount.objects.count() == 6
    assert census_of(territory.authority).people == 4000


def test_a_bad_line_refuses_the_whole_says_where_and_leaves_what_was_kept(territory, communes):
    census(territory)
    with pytest.raises(Refusal, match=r"Ligne 3, «\s*Paris\s*»") as refused:
        census(territory, CENSUS.replace("Vaubrun;18-25", "Paris;18-25"))
    assert "Le territoire" in str(refused.value.message)
    assert CensusCount.objects.count() == 6


@pytest.mark.parametrize(
    ("source", "year", "field"), [("", 2022, "source"), ("Insee", 1850, "year"), ("Insee", 2999, "year")]
)
def test_where_it_comes_from_and_of_which_year_is_asked(territory, communes, source, year, field):
    with pytest.raises(Refusal) as refused:
        keep_census(
            authority=territory.authority, text=CENSUS, source=source, year=year, clock=territory.clock
        )
    assert refused.value.field == field


def test_without_communes_one_is_told_where_to_give_them(territory):
    with pytest.raises(Refusal, match="Donnez d’abord la liste de vos communes"):
        read_counts(territory.authority, CENSUS)
