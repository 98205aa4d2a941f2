"""A kiosk is a device that an agent's link made so: any other says nothing there, and its cookie is of one code alone."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from chatting import open_channel, open_flow
from democratic.messaging.models import ChannelUse, Correspondent, IncomingMessage
from democratic.participation.conversations.editing import give_code
from democratic.participation.conversations.models import FlowCode, FlowRun
from democratic.participation.conversations.relaying import retire_code
from democratic.participation.conversations.screens import let_screens_go, screen_key
from democratic.participation.ideas.models import Idea
from democratic.web.talks.screens import COOKIE
from factories import FixedClock, build_territory
from talking import HERE, answer, lina_answers, pair, text

pytestmark = pytest.mark.django_db
KIOSK, BEGIN = "/borne/LYC-BRO", {"choice": "evening:bus"}


@pytest.fixture(autouse=True)
def flow(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    open_channel(territory.authority, "kiosk")
    return open_flow(territory)


@pytest.fixture
def code(flow):
    return flow.codes.get()


@pytest.fixture
def link(code, territory):
    return f"{KIOSK}/brancher/{screen_key(code, territory.clock.now())}"


def later(monkeypatch, territory, **by):
    clock = FixedClock(territory.clock.now() + timedelta(**by))
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)


def nobody_spoke():
    rows = (Correspondent, IncomingMessage, FlowRun, Idea)
    return not any(each.objects.exists() for each in rows)


def test_opening_the_link_does_nothing_and_one_button_without_script_makes_the_screen(client, link):
    page = client.get(link)
    said, html = text(page), page.content.decode()
    assert "Faire de cet appareil la borne de « Lycée de Brocéliande »" in said
    assert not page.cookies
    assert client.get(KIOSK).status_code == 403
    assert "<script" not in html
    action = re.search(r'<form method="post" action="([^"]+)"><button', html)[1]
    made = client.post(action, **HERE)
    assert (made.status_code, made.url) == (302, KIOSK)
    assert "Pour sortir le soir" in text(client.get(KIOSK))
    lina_answers(client, KIOSK)
    assert Idea.objects.get().record.origin == "room"


def test_what_the_screen_keeps_is_closed_lasts_a_year_and_is_the_same_whoever_comes(client, territory):
    kept = pair(client, territory.clock).cookies[COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/")
    assert kept["max-age"] == timedelta(days=365).total_seconds()
    url = answer(client, KIOSK, **BEGIN).url
    answered = answer(client, url, text="Vaubrun")
    left = client.post(url, {"leave": "1"}, **HERE)
    assert not answered.cookies
    assert not left.cookies
    assert client.cookies[COOKIE].value == kept.value
    assert pair(Client(), territory.clock).cookies[COOKIE].value == kept.value


def test_in_english_it_is_the_same_screen(client, territory):
    pair(client, territory.clock)
    assert client.get("/en/borne/LYC-BRO").status_code == 200


def test_a_device_that_is_no_kiosk_writes_nothing_and_is_told_whom_to_ask(client):
    for path in (KIOSK, f"{KIOSK}/{'0' * 32}"):
        for told in (client.get(path), client.post(path, BEGIN, **HERE)):
            assert told.status_code == 403
            assert "Cet écran n’est pas branché" in text(told)
            assert "Demandez à l’accueil" in text(told)
    assert nobody_spoke()


def test_where_the_page_is_open_it_is_led_there_and_what_is_said_is_said_on_the_web(client, territory):
    open_channel(territory.authority, "widget")
    for path in (KIOSK, f"{KIOSK}/{'0' * 32}"):
        assert client.get(path).url == "/r/LYC-BRO"
        assert client.post(path, BEGIN, **HERE).url == "/r/LYC-BRO"
    assert nobody_spoke()
    lina_answers(client, client.get(KIOSK).url)
    assert Idea.objects.get().record.origin == "web"


def test_who_knows_the_address_of_a_talk_goes_on_with_it_on_its_screen_alone(client, territory):
    pair(client, territory.clock)
    url = answer(client, KIOSK, **BEGIN).url
    assert answer(Client(), url, text="Vaubrun").status_code == 403
    assert FlowRun.objects.get().step == "where"
    assert Client().post(url, {"leave": "1"}, **HERE).status_code == 403
    assert FlowRun.objects.get().state == "open"


@pytest.mark.parametrize("late", [{"minutes": 15}, {"days": 30}])
def test_a_link_is_good_for_a_quarter_of_an_hour(client, link, territory, monkeypatch, late):
    later(monkeypatch, territory, minutes=14, seconds=59)
    assert client.get(link).status_code == 200
    later(monkeypatch, territory, **late)
    for told in (client.get(link), client.post(link, **HERE)):
        assert told.status_code == 404
        assert "Ce lien ne branche plus d’écran" in text(told)
        assert not told.cookies


def test_a_link_that_nobody_gave_makes_no_screen(client, link, code, territory):
    until, _dot, signature = link.rpartition("/")[2].partition(".")
    elsewhere = signing.Signer(salt="democratic.relay", sep=".").sign(f"{code.pk}:0:{until}")
    forged = (
        "x", ".", until, f"{until}.", f"{until}.{signature[:-1]}", f"{int(until) + 900}.{signature}",
        f"0{until}.{signature}", f"0:{until}.{signature}", elsewhere.rpartition(":")[2], "9" * 5000, "é\x00.\ud7ff",
    )  # fmt: skip
    for key in forged:
        told = client.post(f"{KIOSK}/brancher/{key}", **HERE)
        assert (told.status_code, len(told.cookies)) == (404, 0), key
        client.cookies[COOKIE] = key if key.isascii() and key.isprintable() else "x"
        assert client.get(KIOSK).status_code == 403, key


def test_a_link_is_not_what_a_screen_keeps_nor_the_other_way(client, link, territory):
    client.cookies[COOKIE] = link.rpartition("/")[2]
    assert client.get(KIOSK).status_code == 403
    kept = pair(client, territory.clock).cookies[COOKIE].value
    assert client.post(f"{KIOSK}/brancher/{kept}", **HERE).status_code == 404


def test_a_link_and_a_screen_are_of_one_code_alone(client, flow, link, territory):
    give_code(flow=flow, code="GAR-VAU", where="place", label="Gare")
    key = link.rpartition("/")[2]
    assert client.post(f"/borne/GAR-VAU/brancher/{key}", **HERE).status_code == 404
    pair(client, territory.clock)
    assert client.get(KIOSK).status_code == 200
    assert client.get("/borne/GAR-VAU").status_code == 403
    assert answer(client, "/borne/GAR-VAU", **BEGIN).status_code == 403
    url = answer(client, KIOSK, **BEGIN).url
    assert answer(client, url.replace("LYC-BRO", "GAR-VAU"), text="Vaubrun").status_code == 403
    assert FlowRun.objects.get().step == "where"


def test_the_same_code_of_another_authority_is_another_code(client, link, territory):
    other = build_territory("autre", host="autre.example")
    open_channel(other.authority, "kiosk")
    open_flow(other)
    assert client.post(link, **HERE).status_code == 302
    assert client.post(link, SERVER_NAME="autre.example", **HERE).status_code == 404
    assert client.get(KIOSK).status_code == 200
    assert client.get(KIOSK, SERVER_NAME="autre.example").status_code == 403


def test_letting_screens_go_ends_them_all_and_the_links_that_are_still_good(client, link, code, territory):
    screens = [client, Client()]
    for each in screens:
        pair(each, territory.clock)
    url = answer(client, KIOSK, **BEGIN).url
    let_screens_go(code=code)
    assert [each.get(KIOSK).status_code for each in screens] == [403, 403]
    assert answer(client, url, text="Vaubrun").status_code == 403
    assert client.post(link, **HERE).status_code == 404
    assert pair(client, territory.clock).status_code == 302
    assert client.get(KIOSK).status_code == 200


def test_retiring_the_code_ends_its_screens_and_its_links(client, link, code, territory):
    pair(client, territory.clock)
    url = answer(client, KIOSK, **BEGIN).url
    retire_code(code=code, clock=territory.clock)
    assert client.get(KIOSK).status_code == 403
    assert answer(client, url, text="Vaubrun").status_code == 403
    assert client.post(link, **HERE).status_code == 404


def test_a_screen_asks_for_a_new_link_after_a_year(client, territory, monkeypatch):
    pair(client, territory.clock)
    later(monkeypatch, territory, days=364)
    assert client.get(KIOSK).status_code == 200
    later(monkeypatch, territory, days=365)
    assert client.get(KIOSK).status_code == 403


def test_no_screen_is_made_while_the_channel_is_closed(client, link):
    ChannelUse.objects.update(is_open=False)
    assert client.post(link, **HERE).status_code == 404


def test_another_site_can_not_make_a_screen_of_who_visits_it(client, link):
    told = client.post(link, HTTP_SEC_FETCH_SITE="cross-site")
    assert (told.status_code, len(told.cookies)) == (403, 0)


def test_a_code_of_nobody_is_not_found(client):
    assert client.get("/borne/ABC-DEF").status_code == 404
    assert client.post("/borne/ABC-DEF/brancher/x", **HERE).status_code == 404
    assert FlowCode.objects.count() == 1
