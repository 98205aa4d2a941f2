"""A photo and a voice that nothing asked for reach an agent's desk; forms are printed for a class."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from walking import by_password

from civics.territory.communes_file import Commune
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import FlowFile
from democratic.participation.inbox.models import Conversation
from democratic.thread.actions.places import list_communes
from sending_files import HELD, SPOKEN, at_the_photo, held_by_telegram

pytestmark = [pytest.mark.browser]
PICTURES = os.environ.get("DEMOCRATIC_SCREENS")
PAPER = "/bureau/concertations/bouger/papiers"


def picture(tab: Page, name: str) -> None:
    """Where pictures are asked for: each width, light and dark."""
    if not PICTURES:
        return
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for width in (360, 768, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
    tab.emulate_media(color_scheme="light")


@pytest.fixture
def agent(live_territory, live_clock, open_tab):
    live_clock.day = date(2026, 3, 2)
    tab = open_tab()
    by_password(tab, live_territory.agent.email)
    return tab


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["fr", "en"])
def test_an_agent_looks_listens_answers_and_erases(agent, live_territory, seen, monkeypatch, prefix):
    held_by_telegram(monkeypatch)
    lina = at_the_photo(live_territory).says("sans photo").says("passer")
    lina.says("Regardez l’arrêt, il n’y a pas de lumière", media=[HELD]).says("Écoutez", media=[SPOKEN])
    fetch_what_is_awaited(live_territory.clock)
    page = f"{prefix}/bureau/boite/{Conversation.objects.get().code}"
    agent.goto(page)
    expect(agent.get_by_role("img", name="Photo reçue" if not prefix else "Photo received")).to_be_visible()
    expect(agent.locator("audio")).to_have_count(1)
    seen(agent)
    picture(agent, f"letter-{prefix.strip('/') or 'fr'}")
    agent.get_by_role("button", name="Effacer" if not prefix else "Erase").first.click()
    expect(agent.get_by_role("img", name="Photo reçue" if not prefix else "Photo received")).to_have_count(0)
    assert not FlowFile.objects.filter(medium="photo").exists()
    seen(agent)


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["fr", "en"])
def test_forms_are_printed_for_a_class_and_a_class_of_children_needs_a_question(
    agent, live_territory, seen, prefix
):
    list_communes(authority=live_territory.authority, communes=[Commune("99001", "Vaubrun", "99100")])
    name = prefix.strip("/") or "fr"
    agent.goto(f"{prefix}{PAPER}/imprimer")
    seen(agent)
    picture(agent, f"printing-{name}")
    agent.locator("[name=group]").fill("2de B, lycée Simone-Veil")
    agent.locator("[name=age]").select_option("under_15")
    agent.locator("main form button").last.click()
    expect(agent.locator(".field__error, .errors").first).to_be_visible()
    seen(agent)
    picture(agent, f"printing-refused-{name}")
    agent.locator("[name=age]").select_option("15_17")
    agent.locator("[name=place]").select_option("Vaubrun")
    agent.locator("main form button").last.click()
    expect(agent.get_by_text("2de B, lycée Simone-Veil · 15")).to_be_visible()
    seen(agent)
    picture(agent, f"printed-{name}")
