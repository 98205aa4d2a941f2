"""The agent asks, the mail leaves, and the elected person agrees on her phone: without an account, or a script."""

import pytest
from django.core import mail
from playwright.sync_api import expect
from walking import button, by_password, heading, told

from asking_approval import drafted, link_in
from democratic.participation.approvals.actions import ask_approval
from democratic.participation.approvals.models import ApprovalRequest

pytestmark = [pytest.mark.browser]


def test_she_approves_an_order_from_her_mail_and_its_fil_says_so(
    live_territory, live_clock, catch_up, open_tab, open_phone, way, seen
):
    order = drafted(live_territory)
    desk = open_tab()
    by_password(desk, live_territory.agent.email)
    desk.goto(f"/bureau/commandes/{order.record.code}")
    button(desk, f"Demander son accord à {live_territory.official.name}").click()
    told(desk, "Son accord est demandé")
    expect(button(desk, "Reprendre la demande")).to_be_visible()
    seen(desk)

    catch_up()
    path = link_in(mail.outbox[-1].body)
    phone = open_phone()
    phone.goto(way.at(path))
    heading(phone, "Rentrer le soir")
    expect(phone.get_by_text("des bus après 20 h")).to_be_visible()
    seen(phone)
    assert ApprovalRequest.objects.get().answered_at is None  # to look is nothing
    button(phone, way("J’approuve ce texte")).click()
    told(phone, way("C’est noté. Merci."))
    seen(phone)
    assert ApprovalRequest.objects.get().is_approved is True
    phone.goto(way.at(path))
    expect(button(phone, way("J’approuve ce texte"))).to_have_count(0)

    desk.reload()
    expect(desk.locator("main")).to_contain_text("a approuvé ce texte")
    seen(desk)
    button(desk, "Publier la commande").click()
    told(desk, "La commande est publiée.")
    phone.goto(f"/fil/{order.record.code}")
    expect(phone.locator("main")).to_contain_text("Approuvée le")
    expect(phone.locator("main")).to_contain_text(live_territory.official.function)


def test_she_asks_for_a_change_and_must_say_which(
    live_territory, live_clock, catch_up, open_phone, way, seen
):
    from_agent(live_territory, live_clock)
    catch_up()
    phone = open_phone()
    phone.goto(way.at(link_in(mail.outbox[-1].body)))
    phone.get_by_text(way("Demander un changement")).click()
    button(phone, way("Envoyer ma demande")).click()
    expect(phone.get_by_role("alert")).to_be_visible()
    seen(phone)
    phone.locator("main textarea").fill("Le budget a changé.")
    button(phone, way("Envoyer ma demande")).click()
    told(phone, way("C’est noté. Merci."))
    seen(phone)
    assert ApprovalRequest.objects.get().reason == "Le budget a changé."


def from_agent(territory, clock):
    ask_approval(record=drafted(territory).record, clock=clock)
