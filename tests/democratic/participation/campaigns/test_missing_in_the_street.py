"""« Qui manque ? » of one street session: from what it published alone, with what may not be told kept apart."""

import pytest

from civics.reach.missing import Verdict
from democratic.participation.campaigns.census import Census
from democratic.participation.campaigns.in_the_street import missing_there

LIVE = {"under_15": 200, "15_17": 100, "18_25": 100, "26_64": 500, "65": 100}
CENSUS = Census({(band, "Vaubrun"): n for band, n in LIVE.items()}, "Insee", 2022)


def counted(**bands):
    return {"bands": bands, "refused": 3}


def verdicts(found):
    return {line.cell: line.verdict for line in found.compared.lines}


def test_a_band_that_nobody_met_is_missing_when_enough_were_expected():
    found = missing_there(CENSUS, counted(**{"18_25": 60, "26_64": 60}))
    assert verdicts(found)["65"] == Verdict.MISSING
    assert verdicts(found)["18_25"] == Verdict.HEARD
    assert found.apart == ()
    assert found.not_answered == 3


def test_a_few_people_met_say_nothing_of_who_is_missing():
    assert verdicts(missing_there(CENSUS, counted(**{"18_25": 6, "26_64": 6})))["65"] == Verdict.TOO_FEW


def test_a_band_that_may_not_be_told_is_on_neither_side():
    found = missing_there(CENSUS, counted(**{"18_25": 50, "26_64": 50, "65": None, "15_17": None}))
    assert found.apart == ("15_17", "65")
    assert set(verdicts(found)) == {"under_15", "18_25", "26_64"}
    shares = {line.cell: (line.met_share, line.census_share) for line in found.compared.lines}
    assert shares["18_25"] == (50, pytest.approx(100 * 100 / 800))
    assert sum(census for _met, census in shares.values()) == pytest.approx(100)


@pytest.mark.parametrize(("unsaid", "told"), [({}, 0), ({"unsaid": 9}, 9), ({"unsaid": None}, None)])
def test_who_did_not_say_her_age_is_in_no_share(unsaid, told):
    found = missing_there(CENSUS, counted(**{"18_25": 50, "26_64": 50}, **unsaid))
    assert found.unsaid == told
    assert sum(line.met for line in found.compared.lines) == 100


@pytest.mark.parametrize("bands", [{}, {"18_25": None, "65": None}, {"unsaid": 12}])
def test_where_no_number_may_be_told_nothing_is_compared(bands):
    assert missing_there(CENSUS, counted(**bands)) is None


def test_without_a_census_or_before_the_report_nothing_is_compared():
    assert missing_there(Census(), counted(**{"18_25": 50})) is None
    assert missing_there(CENSUS, {}) is None
