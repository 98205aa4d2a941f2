"""The server does not answer when an agent presses: nothing that she typed is lost, and what she sends is done once."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from walking import button, by_password, told

from closing_door import Door
from democratic.participation.answers.models import Answer
from democratic.participation.inbox.models import Channel, InboxMessage
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.polls.models import Poll
from democratic.stewardship.models import Ruling
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import staff_account
from moderating import open_bench

pytestmark = [pytest.mark.browser]

LONG = "Le dernier car part désormais à 22 h 30, du lundi au samedi. " * 20
BACK = "Ce que vous aviez tapé n’était pas parti\u00a0: le voici."


@pytest.fixture
def door(live_server):
    parts = urlsplit(live_server.url)
    door = Door((parts.hostname, parts.port))
    yield door
    door.close()


@pytest.fixture
def desk(door, live_territory, live_clock, open_tab):
    """The agent's browser, which goes through the door."""

    def opened(*, javascript=True, account=live_territory.agent):
        tab = open_tab(javascript=javascript)
        tab.goto(f"{door.url}/connexion")
        by_password_at(tab, door, account.email)
        return tab

    return opened


def by_password_at(tab, door, email):
    """by_password, on another base."""
    real = tab.goto
    tab.goto = lambda path, **more: real(path if "://" in path else f"{door.url}{path}", **more)
    by_password(tab, email)


def press_in_vain(tab, name):
    with tab.expect_event("requestfailed"):
        button(tab, name).click(no_wait_after=True)
    tab.wait_for_url(lambda url: url.startswith("chrome-error:"))


def answer_path(territory):
    return f"/bureau/repondre/{territory.say('Le dernier car part trop tôt.').idea.record.code}"


def fill_answer(tab, path):
    tab.goto(path)
    tab.locator("[name=verdict][value=kept]").check()
    tab.locator("[name=reason]").fill(LONG)


@pytest.mark.parametrize("comes_back", ["by history", "by the address"])
def test_a_long_answer_survives_a_server_that_is_down_and_is_kept_once(
    door, desk, live_territory, seen, comes_back
):
    tab, path = desk(), answer_path(live_territory)
    fill_answer(tab, path)
    expect(tab.get_by_text("Ce que vous tapez est gardé dans cet onglet")).to_be_visible()
    seen(tab)
    door.close()
    press_in_vain(tab, "Enregistrer le brouillon")
    assert not Answer.objects.exists()
    door.open()
    if comes_back == "by history":
        tab.go_back()
    tab.goto(path)
    expect(tab.locator("[name=reason]")).to_have_value(LONG)
    expect(tab.get_by_text(BACK)).to_be_visible()
    seen(tab)
    tab.locator("[name=verdict][value=kept]").check()
    button(tab, "Enregistrer le brouillon").dblclick()
    told(tab, "Brouillon enregistré")
    assert [answer.record.text for answer in Answer.objects.select_related("record__wording")] == [
        LONG.strip()
    ]
    assert tab.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:'))") == []
    tab.goto("/bureau")
    expect(tab.get_by_text("Brouillon enregistré")).to_have_count(0)  # it was told once


def test_an_answer_that_was_lost_on_its_way_back_shows_the_first_result(door, desk, live_territory):
    """The server did it, and nobody heard: sent again, it is not done twice."""
    tab = desk()
    tab.goto("/bureau/concertations/bouger/questions/nouvelle")
    tab.locator("[name=title]").fill("Faut-il un bus après 22 h ?")
    tab.locator("[name=options]").fill("Oui\nNon")
    door.swallows = True
    press_in_vain(tab, first_button(tab))
    door.swallows = False
    assert Poll.objects.count() == 1
    tab.goto("/bureau/concertations/bouger/questions/nouvelle")
    expect(tab.locator("[name=options]")).to_have_value("Oui\nNon")
    button(tab, first_button(tab)).click()
    expect(tab.get_by_role("status").first).to_be_visible()
    assert Poll.objects.count() == 1
    assert tab.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:'))") == []


def first_button(tab):
    return tab.locator("main form[data-kept] button:not([type=button])").first.inner_text().strip()


def test_a_moderation_decision_survives_too(door, desk, live_territory, live_clock):
    bench = open_bench(live_territory)
    said = live_territory.say("Cette élue est une voleuse !").idea.record
    bench.signal(said)
    tab = desk(account=bench.first)
    path = f"/bureau/moderation/{said.code}"
    tab.goto(path)
    decide(tab)
    door.close()
    press_in_vain(tab, "Publier la décision")
    door.open()
    tab.goto(path)
    expect(tab.locator("[name=facts]")).to_have_value(LONG[:300])
    decide(tab)
    button(tab, "Publier la décision").dblclick()
    told(tab, "C’est décidé, et public.")
    assert Ruling.objects.count() == 1


def decide(tab):
    tab.locator("[name=outcome][value=hidden]").check()
    tab.locator("[name=rule]").select_option("insult_or_hate")
    tab.locator("[name=facts]").fill(LONG[:300])


def test_a_reply_in_the_inbox_survives_and_leaves_once(door, desk, live_territory):
    found = receive_message(
        authority=live_territory.authority, channel=Channel.WEB, text="Un banc à l’étang ?", sender=Sender(),
        clock=live_territory.clock,
    ).conversation  # fmt: skip
    tab, path = desk(), f"/bureau/boite/{found.code}"
    tab.goto(path)
    tab.locator("[name=text]").fill(LONG)
    door.close()
    press_in_vain(tab, "Envoyer la réponse")
    door.open()
    tab.goto(path)
    expect(tab.locator("[name=text]")).to_have_value(LONG)
    button(tab, "Envoyer la réponse").dblclick()
    told(tab, "Réponse")
    assert InboxMessage.objects.filter(kind="answer").count() == 1
    expect(tab.locator("[name=text]")).to_have_value("")


def test_without_a_script_the_browser_sends_the_form_again_and_it_is_kept_once(door, desk, live_territory):
    """A form is sent to the page that shows it: the page of the error takes its place, and loads it again by sending."""
    tab, path = desk(javascript=False), answer_path(live_territory)
    fill_answer(tab, path)
    door.close()
    press_in_vain(tab, "Enregistrer le brouillon")
    door.open()
    tab.reload()
    told(tab, "Brouillon enregistré")
    assert [answer.record.text for answer in Answer.objects.select_related("record__wording")] == [
        LONG.strip()
    ]


def test_without_a_script_an_answer_that_was_lost_is_asked_again_and_nothing_is_done_twice(
    door, desk, live_territory
):
    tab, path = desk(javascript=False), answer_path(live_territory)
    fill_answer(tab, path)
    door.swallows = True
    press_in_vain(tab, "Enregistrer le brouillon")
    door.swallows = False
    assert Answer.objects.count() == 1
    tab.reload()
    told(tab, "Brouillon enregistré")
    assert Answer.objects.count() == 1


def test_without_a_script_a_refused_form_comes_back_with_all_that_was_typed(door, desk, live_territory):
    tab, path = desk(javascript=False), answer_path(live_territory)
    tab.goto(path)
    tab.locator("[name=reason]").fill(LONG)
    button(tab, "Enregistrer le brouillon").click()
    expect(tab.get_by_role("alert").first).to_be_visible()
    expect(tab.locator("[name=reason]")).to_have_value(LONG)


def test_what_was_typed_is_gone_with_who_signs_out_and_is_never_shown_to_the_next_one(
    door, desk, live_territory
):
    tab, path = desk(), answer_path(live_territory)
    fill_answer(tab, path)
    kept = "Object.keys(sessionStorage).filter(key => key.startsWith('draft:'))"
    assert tab.evaluate(kept) == [f"draft:{path}"]
    tab.goto("/compte")
    button(tab, "Se déconnecter").click()
    expect(tab.get_by_role("link", name="Se connecter").first).to_be_visible()
    assert tab.evaluate(kept) == []


def test_what_another_person_typed_in_this_tab_is_not_shown(door, desk, live_territory):
    tab, path = desk(), answer_path(live_territory)
    tab.goto(path)
    tab.evaluate(
        "path => sessionStorage.setItem(`draft:${path}`, JSON.stringify({by: 'x', id: 'x', said: {reason: 'secret'}}))",
        path,
    )
    tab.reload()
    expect(tab.locator("[name=reason]")).to_have_value("")
    assert tab.evaluate("sessionStorage.length") == 0


def test_what_a_colleague_saved_meanwhile_is_not_covered_and_one_may_take_ones_own_again(
    door, desk, live_territory
):
    tab, path = desk(), answer_path(live_territory)
    fill_answer(tab, path)
    door.close()
    press_in_vain(tab, "Enregistrer le brouillon")
    door.open()
    other = staff_account("samir@val-orbe.example", "Samir")
    give_role(
        person=other.person, role=Role.AGENT, authority=live_territory.authority, clock=live_territory.clock
    )
    colleague = desk(account=other)
    colleague.goto(path)
    colleague.locator("[name=verdict][value=part]").check()
    colleague.locator("[name=reason]").fill("Le texte d’une collègue.")
    button(colleague, "Enregistrer le brouillon").click()
    told(colleague, "Brouillon enregistré")
    tab.goto(path)
    expect(tab.locator("[name=reason]")).to_have_value("Le texte d’une collègue.")
    button(tab, "Le reprendre").click()
    expect(tab.locator("[name=reason]")).to_have_value(LONG)
