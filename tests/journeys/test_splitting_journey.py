"""An agent without a mouse splits what says two things, is told what she mistyped, and a stranger reads it all."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from walking import by_password, heading, tab_onto, tab_to, told

from democratic.thread.models import Entry, Record

pytestmark = [pytest.mark.browser]

BUS, POOL = "Le dernier bus part trop tôt.", "La piscine ferme le samedi."


def typed(tab: Page, name: str, words: str) -> None:
    tab_to(tab, name)
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text(words)


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_a_split_by_keyboard_alone(live_territory, live_clock, open_tab, seen, javascript):
    whole = live_territory.say(f"{BUS} {POOL}").idea.record
    live_clock.turn_to(date(2026, 4, 20))
    tab = open_tab(javascript=javascript)
    by_password(tab, live_territory.agent.email)
    tab.goto("/bureau/concertations/bouger/sujets")
    tab_onto(tab, tab.get_by_role("link", name="Scinder ·"))
    tab.keyboard.press("Enter")
    heading(tab, "Scinder cette parole")
    expect(tab.get_by_role("heading", name="La parole entière")).to_be_visible()
    seen(tab)

    typed(tab, "title_1", "Le bus")
    typed(tab, "text_1", BUS)
    typed(tab, "title_2", "La piscine")
    typed(tab, "text_2", "La piscine est fermée.")
    typed(tab, "reason", "Deux sujets.")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("mot pour mot")
    expect(tab.locator("[name=text_1]")).to_have_value(BUS)
    expect(tab.locator("[name=text_2]")).to_have_value("La piscine est fermée.")
    seen(tab)

    tab.get_by_role("alert").get_by_role("link").focus()
    tab.keyboard.press("Enter")
    retyped(tab, POOL)
    tab_onto(tab, tab.get_by_role("button", name="Scinder, en public"))
    tab.keyboard.press("Enter")
    told(tab, "Parole scindée.")
    assert Entry.objects.filter(kind="idea_split").count() == 1
    seen(tab)

    stranger = open_tab(javascript=javascript, width=360)
    for record in (whole, *Record.objects.filter(kind="idea").exclude(pk=whole.pk)):
        for path in (f"/idees/{record.code}", f"/fil/{record.code}", f"/fil/{record.code}/retour"):
            stranger.goto(path)
            seen(stranger)
    stranger.goto(f"/en/idees/{whole.code}")
    expect(stranger.get_by_text("Split into 2 parts on")).to_be_visible()


def retyped(tab: Page, words: str) -> None:
    """The link of the error led the focus to its field."""
    expect(tab.locator("[name=text_2]")).to_be_focused()
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text(words)
