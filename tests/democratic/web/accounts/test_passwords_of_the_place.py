"""What everyone here would try first is no password: the words of the place, dressed with a year and a sign."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from democratic.people.models import Account
from democratic.thread.actions import open_authority
from democratic.thread.models import Authority, Place
from democratic.web.accounts.passwords import LONGEST, NotWordsOfThePlace, is_made_of
from democratic.web.authorities import KEPT, doors
from factories import PASSWORD

REFUSED = "est fait de mots d’ici"


@pytest.fixture
def here(territory):
    for name in ("Vaubrun", "Saint-Aubin-sur-Orbe", "Gare de Vaubrun"):
        slug = name.lower().replace(" ", "-")
        Place.objects.create(
            authority=territory.authority, name=name, slug=slug, kind=Place.Kind.MUNICIPALITY
        )
    open_authority(slug="rochebelle", name="Rochebelle", kind_label="la Ville", host="participer-rb.example")
    KEPT.forget()
    return territory


def is_refused(password):
    try:
        NotWordsOfThePlace().validate(password)
    except ValidationError as refusal:
        return refusal.code == "words_of_the_place"
    return False


@pytest.mark.parametrize(
    "password",
    [
        "Val-d-Orbe2026!",
        "val d’orbe 1234",
        "VALDORBE----",
        "**val-orbe**2026",
        "2026ValDOrbe",
        "Département-2026",
        "departementduvaldorbe",
        "democraTIC2026!",
        "D3m0cr@tic-2026",
        "democratic-valdorbe",
        "Vaubrun123456",
        "v4ubrun-v4ubrun",
        "SaintAubinSurOrbe1",
        "gare de vaubrun",
        "ValdOrbeVaubrun26",
        "Rochebelle-2027",
        "participer-rb!!!",
    ],
)
def test_words_of_the_place_are_refused_whatever_stands_around(here, password):
    assert is_refused(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "trois vélos à Vaubrun",
        "vaubrunesque!!",
        "mon chat dort bien",
        "1234567890",
        "de la du les des aux",
        "dldldldldldl",
        "––––––––––––",
        "密碼密碼密碼密碼密碼",
    ],
)
def test_words_that_say_something_else_are_taken(here, password):
    assert not is_refused(password)


def test_the_names_of_a_place_that_is_not_in_the_list_say_nothing(territory):
    assert not is_refused("Vaubrun123456")


def test_it_costs_one_query_however_many_places_there_are(here):
    doors()  # known to each process: every request asks it
    with CaptureQueriesContext(connection) as asked:
        NotWordsOfThePlace().validate(PASSWORD)
    assert len(asked) == 1


def test_a_very_long_one_is_not_cut_into_words(here):
    assert is_refused("vaubrun" * (LONGEST // 7))
    assert not is_refused("vaubrun" * (LONGEST // 7 + 1))


def test_words_overlap_without_hiding_each_other():
    words = frozenset({"val", "valdor", "orbe", "dorbe"})
    assert is_made_of(words, "valdorbe")
    assert not is_made_of(words, "valdorbes" + "x")
    assert not is_made_of(words, "")


def test_who_opens_an_account_is_told_why_and_the_rest_is_kept(here, visitor):
    given = {"is_15": "on", "email": "ines@val-orbe.example", "name": "Inès", "password1": "Val-d-Orbe2026!"}
    page = visitor().send("/compte/creer", **given).content.decode()
    assert REFUSED in page
    assert 'value="Inès"' in page
    assert not Account.objects.filter(email="ines@val-orbe.example").exists()


def test_who_changes_hers_is_told_why(here, signed_in, known):
    given = {"oldpassword": PASSWORD, "password1": "Vaubrun-2026!", "password2": "Vaubrun-2026!"}
    assert REFUSED in signed_in.send("/compte/mot-de-passe", **given).content.decode()
    assert Account.objects.get(pk=known.pk).check_password(PASSWORD)


def test_it_is_told_in_english_too(here):
    with translation.override("en"), pytest.raises(ValidationError, match="words of this place"):
        NotWordsOfThePlace().validate("Val-d-Orbe2026!")


def test_an_authority_without_a_host_of_its_own_adds_no_empty_word(here):
    Authority.objects.update(name="Ici", kind_label="", host="", is_under_path=True)
    KEPT.forget()
    assert not is_refused("mon chat dort bien")
