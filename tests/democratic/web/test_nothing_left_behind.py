"""In a browser that someone else may use next: no page of an account in its cache, and nothing after signing out."""

import pytest
from django.test import Client

from democratic.config.places import ROOT
from democratic.thread.models import Authority
from democratic.web.authorities import KEPT
from factories import PASSWORD

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LEFT = '"cache", "storage"'


@pytest.fixture
def nathalie(territory):
    client = Client()
    client.force_login(territory.agent)
    return client


@pytest.mark.parametrize(
    "path",
    ["/compte", "/compte/appareils", "/compte/donnees", "/compte/securite", "/bureau", "/bureau/services",
     "/en/compte", "/en/bureau", "/suivis", "/compte/nulle-part", "/bureau/concertations/bouger"],
)  # fmt: skip
def test_pages_of_an_account_and_of_the_desk_are_kept_nowhere(nathalie, path):
    assert nathalie.get(path).headers["Cache-Control"] == "no-store"


def test_what_is_answered_to_a_form_there_is_not_kept_either(nathalie):
    refused = nathalie.post("/bureau/commandes/nouvelle", {"title": ""}, **HERE)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (400, "no-store")


@pytest.mark.parametrize("path", ["/", "/participer", "/concertations/bouger", "/comptes", "/en"])
def test_public_pages_are_asked_again_and_may_be_kept(nathalie, path):
    assert "no-store" not in nathalie.get(path).headers.get("Cache-Control", "")


def test_under_the_address_that_authorities_share_it_is_the_same(territory):
    Authority.objects.update(host="ensemble.example", is_under_path=True)
    KEPT.forget()
    client = Client(headers={"host": "ensemble.example"})
    client.force_login(territory.agent)
    assert client.get("/c/val-orbe/compte").headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/c/val-orbe/participer").headers.get("Cache-Control", "")


def signs_out(client, _account):
    return client.post("/deconnexion", **HERE)


def signs_out_in_english(client, _account):
    return client.post("/en/deconnexion", **HERE)


def ends_this_device(client, account):
    page = client.get("/compte/appareils").content.decode()
    ref = page.split('name="session" value="')[1].partition('"')[0]
    return client.post("/compte/appareils", {"session": ref}, **HERE)


@pytest.mark.parametrize("leave", [signs_out, signs_out_in_english, ends_this_device])
def test_signing_out_clears_what_the_browser_kept_of_our_pages(nathalie, territory, leave):
    answer = leave(nathalie, territory.agent)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, LEFT)
    assert nathalie.get("/compte").status_code == 302


def test_a_phone_that_holds_words_of_the_street_keeps_them_and_asks_what_becomes_of_them(nathalie, territory):
    nathalie.cookies["street_kit"] = "1"
    answer = signs_out(nathalie, territory.agent)
    assert (answer.headers["Location"], answer.headers["Clear-Site-Data"]) == ("/terrain#quitter", '"cache"')


def test_closing_an_account_clears_it_too(territory):
    client = Client()
    client.force_login(territory.citizen)
    answer = client.post("/compte/fermer", {"sure": "on"}, **HERE)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, LEFT)


@pytest.mark.parametrize("path", ["/", "/compte", "/deconnexion"])
def test_nothing_is_cleared_while_she_is_signed_in(nathalie, path):
    assert "Clear-Site-Data" not in nathalie.get(path).headers


def test_nor_of_who_was_not(territory):
    visitor = Client()
    for answer in (visitor.get("/"), visitor.post("/deconnexion", **HERE)):
        assert "Clear-Site-Data" not in answer.headers
    signed_in = visitor.post("/connexion", {"login": territory.citizen.email, "password": PASSWORD}, **HERE)
    assert "Clear-Site-Data" not in signed_in.headers


def test_a_session_s_end_says_nothing_of_cookies_as_a_guest_keeps_her_own(nathalie):
    assert "cookies" not in signs_out(nathalie, None).headers["Clear-Site-Data"]


def test_no_script_counts_on_what_signing_out_clears():
    """But two: who asked for silence about changes is told again of them once she has signed out, and a browser that
    rang is silent until it is asked for again: who holds it next is not told of hers (docs/operate/channels.md).

    The street kit, in a folder of its own, has its own way out.
    """
    folder = ROOT / "src/democratic/web/static/web/js"
    scripts = "".join(
        path.read_text() for path in folder.glob("*.js") if path.name not in ("live.js", "ring.js")
    )
    assert "localStorage" not in scripts
    assert "serviceWorker" not in scripts
