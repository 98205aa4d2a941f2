from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.reach.capabilities import Capabilities
from civics.reach.keywords import Keyword, keyword_in
from civics.reach.places import Place, place_meant
from civics.reach.quiet import QuietHours
from civics.reach.rendering import Option, Parcel, Say, joined, parcels_of
from spoken_flows import PLACES

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("said", "keyword"),
    [
        ("STOP", Keyword.STOP),
        (" stop. ", Keyword.STOP),
        ("Arrêt", Keyword.STOP),
        ("ARRET", Keyword.STOP),
        ("STOP 36063", Keyword.STOP),
        ("stop 🙏", Keyword.STOP),
        ("Aide", Keyword.HELP),
        ("QUI ?", Keyword.WHO),
        ("Mes données", Keyword.MY_DATA),
        ("reprendre", Keyword.RESUME),
        ("je veux que ça stop", None),
        ("stop 12", None),
        ("qui 36063", None),
        ("un arrêt de bus", None),
        ("", None),
    ],
)
def test_a_keyword_is_the_whole_message(said, keyword):
    assert keyword_in(said) == keyword


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-27 15:00", "2026-11-27 15:00"),
        ("2026-11-27 10:00", "2026-11-27 10:00"),
        ("2026-11-27 09:59", "2026-11-27 10:00"),
        ("2026-11-27 20:00", "2026-11-28 10:00"),
        ("2026-11-28 23:00", "2026-11-30 10:00"),  # over a Sunday
        ("2026-12-24 21:00", "2026-12-26 10:00"),  # over Christmas
        ("2026-05-13 20:30", "2026-05-15 10:00"),  # over Ascension
        (
            "2027-03-27 20:30",
            "2027-03-30 10:00",
        ),  # over Easter, its Monday, and the night that is an hour short
    ],
)
def test_one_writes_first_only_in_daytime_on_working_and_saturdays(moment, then):
    assert QuietHours().next_moment(at(moment)) == at(then)


@given(st.integers(0, 4 * 365 * 24 * 60), st.integers(17, 23), st.integers(0, 11))
def test_the_next_moment_is_never_quiet_and_never_before(minutes, begins, ends):
    hours = QuietHours(begins, ends)
    here = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    then = hours.next_moment(here)
    assert not hours.are_on(then)
    assert timedelta(0) <= then - here <= timedelta(days=5)


SAY = Say("Tu fais comment ?", (Option("bus", "En bus"), Option("car", "En voiture")), "evening")


def test_buttons_where_there_are_some_and_a_numbered_list_elsewhere():
    assert parcels_of(SAY, Capabilities(length=100, buttons=3, button_length=20)) == [
        Parcel("Tu fais comment ?", (Option("evening:bus", "En bus"), Option("evening:car", "En voiture")))
    ]
    numbered = [Parcel("Tu fais comment ?\n1. En bus\n2. En voiture")]
    assert parcels_of(SAY, Capabilities(length=100)) == numbered
    assert parcels_of(SAY, Capabilities(length=100, buttons=1, button_length=20)) == numbered
    assert parcels_of(SAY, Capabilities(length=100, buttons=3, button_length=5)) == numbered


@given(st.text(min_size=1, max_size=400), st.integers(20, 160))
def test_no_message_is_longer_than_its_channel_takes_and_no_word_is_lost(text, length):
    parts = parcels_of(Say(text), Capabilities(length=length))
    assert all(len(part.text) <= length for part in parts)
    assert "".join("".join(part.text for part in parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("vaubrun", "Vaubrun"),
        ("VAUBRUN LE HAUT", "Vaubrun-le-Haut"),
        ("99100", "Vaubrun"),
        ("j'habite 99110 en bas", "Vaubrun-le-Haut"),
        ("st-aubin sur lesque", "Saint-Aubin-sur-Lesque"),
        ("mesnil le", "Le Mesnil"),
        ("Paris", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_a_place_is_known_however_it_is_typed(said, found):
    assert place_meant(said, PLACES).found == found


def test_far_names_are_neither_taken_nor_offered():
    assert place_meant("Marseille", PLACES).found == ""
    assert place_meant("zzzz", PLACES).maybe == ()
    assert place_meant("vobrun", [Place("Vaubrun")]).maybe == ("Vaubrun",)


def test_what_is_said_in_one_go_is_one_message_up_to_what_may_be_tapped():
    asked = Say("Oui ?", (Option("y", "Oui"), Option("n", "Non")), "s")
    assert joined([Say("Bonjour"), Say("Merci"), asked, Say("Au revoir")]) == [
        Say("Bonjour\n\nMerci\n\nOui ?", asked.options, "s"),
        Say("Au revoir"),
    ]
    assert joined([]) == []
