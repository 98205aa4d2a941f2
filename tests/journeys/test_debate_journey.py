"""Journey E: an élue answers live. Her aide types, she approves on a tablet, a promise binds, six are owed in writing."""

from datetime import date

import pytest
from playwright.sync_api import expect
from walking import by_password, heading, link, told

from at_the_wall import ELUE, asked, closed, live, team
from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.models import TeamRole
from democratic.participation.meetings.wall.actions import close_wall
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.obligations.models import Obligation
from factories import staff_account

pytestmark = [pytest.mark.browser]

TABLET = 820
SAID = "Douze mille euros.\nNous en posons trois."
FUNCTION = f"Odile Vasseur-Thiry, {ELUE}"


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_an_aide_types_the_elue_approves_a_promise_binds_and_six_are_owed(
    live_territory, live_clock, open_tab, seen, javascript
):
    live_clock.turn_to(date(2026, 3, 10))
    meeting = live(live_territory)
    code = meeting.record.code
    team(meeting, live_territory.elected.person, TeamRole.ANSWERS)
    aide_account = staff_account("aide@val-orbe.example", "Samir")
    team(meeting, aide_account.person, TeamRole.AIDS, "collaborateur")
    for n in range(6):
        asked(meeting, f"Et l’arrêt numéro {n} ?", clock=live_clock)

    phone = open_tab(javascript=javascript, width=360)
    question = ask_on_a_phone(phone, code, seen)
    desk = open_tab(javascript=javascript)
    by_password(desk, live_territory.agent.email)
    put_to_the_debate(desk, code, seen)
    aide = open_tab(javascript=javascript)
    by_password(aide, aide_account.email)
    type_three_lines(aide, code, seen)
    tablet = open_tab(javascript=javascript, width=TABLET)
    by_password(tablet, live_territory.elected.email)
    approve_and_promise(tablet, code, seen)
    assert not SpokenAnswer.objects.get().is_by_delegation
    made = Commitment.objects.get()
    assert made.decision.body == FUNCTION
    assert Obligation.objects.get(record=made.record).due_on == date(2026, 9, 1)
    close_wall(meeting=closed(meeting), clock=live_clock)
    read_what_became(phone, code, question, seen)


def ask_on_a_phone(phone, code, seen):
    phone.goto(f"/rencontres/{code}/questions")
    heading(phone, "Les questions")
    seen(phone)
    phone.locator("[name=age_band]").select_option("18_25")
    phone.get_by_label("Votre question", exact=True).fill("Combien coûte un arrêt ?")
    phone.get_by_role("button", name="Poser ma question").click()
    told(phone, "Votre question est au mur.")
    heading(phone, "Combien coûte un arrêt")
    seen(phone)
    return WallQuestion.objects.get(record__wording__title="Combien coûte un arrêt ?")


def put_to_the_debate(desk, code, seen):
    desk.goto(f"/rencontres/{code}/direct/questions")
    heading(desk, "Trier les questions")
    seen(desk)
    row = desk.locator(".queue > li").filter(has_text="Combien coûte un arrêt")
    row.get_by_role("button", name="Mettre au débat").click()
    told(desk, "Elle est à l’écran : on y répond.")


def type_three_lines(aide, code, seen):
    aide.goto(f"/rencontres/{code}/direct/repondre")
    expect(aide.locator(".answering__title")).to_contain_text("Combien coûte un arrêt")
    aide.get_by_label("Ce qui est répondu, en trois lignes").fill(SAID)
    aide.get_by_role("button", name="Garder le brouillon").click()
    told(aide, "Le brouillon est gardé")
    seen(aide)


def approve_and_promise(tablet, code, seen):
    tablet.goto(f"/rencontres/{code}/direct/repondre")
    expect(tablet.get_by_label("Ce qui est répondu, en trois lignes")).to_have_value(SAID)
    seen(tablet)
    tablet.get_by_role("button", name="Approuver et publier").click()
    told(tablet, "La réponse est publiée.")
    tablet.get_by_text("C’est un engagement").click()
    promise = tablet.locator("form[action$=engager]")
    promise.get_by_label("Ce qui est promis, en une ligne").fill("Un abri à Saint-Maurin")
    promise.get_by_label("Pour quand").fill("2026-09-01")
    promise.get_by_role("button", name="Prendre cet engagement").click()
    told(tablet, "L’engagement est public")
    seen(tablet)


def read_what_became(phone, code, question, seen):
    phone.goto(f"/questions-de-rencontre/{question.record.code}")
    expect(phone.locator("main")).to_contain_text("Douze mille euros.")
    expect(phone.locator("main")).to_contain_text(FUNCTION)
    seen(phone)
    link(phone, "Un abri à Saint-Maurin").click()
    heading(phone, "Un abri à Saint-Maurin")
    phone.goto(f"/rencontres/{code}/questions?voir=dues")
    expect(phone.locator(".spoken__due")).to_have_count(6)
    expect(phone.locator("main")).to_contain_text("avant le 25 mars")
    seen(phone)
    phone.goto(f"/rencontres/{code}/questions/tableau")
    expect(phone.locator("tbody tr")).to_have_count(7)
    seen(phone)
