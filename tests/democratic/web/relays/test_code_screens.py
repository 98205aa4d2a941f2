"""« Brancher un écran »: an agent's link makes a screen the kiosk of a code, and one button ends them all."""

import re

import pytest
from django.test import Client

from chatting import open_channel
from conversations import plain
from democratic.participation.conversations.relaying import retire_code

HERE = {"sec-fetch-site": "same-origin"}
KIOSK = "/borne/LYC-BRO"


@pytest.fixture
def desk(flow):
    return f"/bureau/concertations/bouger/conversations/{flow.pk}"


@pytest.fixture
def page(desk):
    return f"{desk}/codes/LYC-BRO/ecrans"


def link_on(page):
    return re.search(r'id="screen">http://127.0.0.1:8000([^<]+)<', page.content.decode())[1]


def test_from_the_figures_of_a_conversation_to_a_screen_that_is_paired_then_let_go(
    agent, desk, page, territory
):
    open_channel(territory.authority, "kiosk")
    assert f'href="{page}"' in agent.get(f"{desk}/chiffres").content.decode()
    assert f'href="{page}"' in agent.get(f"{desk}/codes/LYC-BRO").content.decode()
    shown = agent.get(page)
    assert 'role="img" aria-label="Code QR qui ouvre ce lien"' in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    screen = Client(headers=HERE)
    assert screen.post(link_on(shown)).url == KIOSK
    assert "Pour sortir le soir" in plain(screen.get(KIOSK))
    let_go = agent.post(page.replace("/ecrans", "/debrancher"))
    assert let_go.url == page
    assert "plus aucun n’est la borne de ce code" in plain(agent.get(page))
    assert screen.get(KIOSK).url == "/r/LYC-BRO"


def test_no_link_is_shown_while_the_channel_of_kiosks_is_closed(agent, page):
    said = agent.get(page)
    assert "Aucun écran à brancher pour l’instant" in plain(said)
    assert "/brancher/" not in said.content.decode()


def test_a_code_that_is_retired_gives_no_link(agent, page, code, territory):
    open_channel(territory.authority, "kiosk")
    retire_code(code=code, clock=territory.clock)
    said = agent.get(page)
    assert said.status_code == 410
    assert "/brancher/" not in said.content.decode()


def test_who_does_not_work_here_neither_sees_the_link_nor_lets_screens_go(client, page):
    assert client.get(page).url.startswith("/connexion")
    told = client.post(page.replace("/ecrans", "/debrancher"), headers=HERE)
    assert told.url.startswith("/connexion")
