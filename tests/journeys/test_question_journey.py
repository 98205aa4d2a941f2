"""Gabriel answers with one tap, without an account nor a script if need be, says why, and changes his mind."""

import pytest
from playwright.sync_api import expect
from walking import heading, tab_onto

from asking import TITLE, asked
from democratic.participation.ideas.models import Idea

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_one_tap_by_keyboard_then_why(live_territory, live_clock, open_tab, seen, javascript):
    poll = asked(live_territory)
    tab = open_tab(javascript=javascript, width=360)
    tab.goto("/")
    tab.get_by_role("link", name="Faut-il un bus").click()
    heading(tab, TITLE.replace(" ?", "\u00a0?"))
    seen(tab)
    tab_onto(tab, tab.get_by_role("button", name="Oui, le week-end"))
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_contain_text("Votre réponse")
    assert [answer.option.rank for answer in poll.answers.all()] == [2]
    seen(tab)
    tab.locator("main textarea").fill("Le dernier car part à 19 h.")
    tab.get_by_role("button", name="Dire pourquoi").click()
    heading(tab, "Merci. On vous doit une réponse.")
    assert Idea.objects.count() == 1
    tab.goto(f"/questions/{poll.record.code}")
    tab.get_by_text("Changer d’avis").click()
    tab.get_by_role("button", name="Non").click()
    expect(tab.locator("main")).to_contain_text("Non")
    assert [answer.option.rank for answer in poll.answers.all()] == [3]
    seen(tab)
