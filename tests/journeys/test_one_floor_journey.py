"""One meeting on four screens: the room's wall, the facilitator, a phone in the room, a phone at home."""

import re

import pytest
from playwright.sync_api import expect
from walking import by_password

from democratic.participation.meetings.agenda.actions import add_item
from in_a_meeting import TITLE, announced

pytestmark = [pytest.mark.browser]


@pytest.fixture
def meeting(live_territory, live_clock):
    meeting = announced(live_territory)
    for title in ("Les trois tracés", "Le choix"):
        add_item(meeting_id=meeting.pk, title=title, minutes=20)
    return meeting


@pytest.fixture
def lead(open_tab, meeting, live_territory):
    """The facilitator, on the screen from which the meeting is opened."""
    tab = open_tab(javascript=False)
    by_password(tab, live_territory.agent.email)
    tab.goto(f"/rencontres/{meeting.record.code}/direct/animer")
    tab.get_by_role("button", name="Ouvrir la rencontre").click()
    return tab


@pytest.fixture
def entered(open_tab, meeting, seen):
    """A phone that comes in: by the code that is read on the wall, in two taps."""

    def come(seat, name="", *, javascript=True):
        phone = open_tab(javascript=javascript, width=360)
        phone.goto("/entrer")
        phone.get_by_label("Le code").fill(meeting.join_code)
        phone.get_by_role("button", name="Entrer").click()
        seen(phone)
        if name:
            phone.get_by_text("Dire comment vous appeler").click()
            phone.get_by_label("Comment vous appeler").fill(name)
        phone.get_by_role("button", name=seat).click()
        expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(TITLE[:10]))
        seen(phone)
        return phone

    return come


def again(tab):
    tab.get_by_role("link", name="Actualiser", exact=True).click()


def test_the_room_and_those_at_home_are_one_queue(open_tab, meeting, lead, entered, seen):
    wall = open_tab(width=1280)
    wall.goto(f"/rencontres/{meeting.record.code}/direct/ecran")
    expect(wall.locator(".hall__code")).to_have_text(f"{meeting.join_code[:3]}\u00a0{meeting.join_code[3:]}")
    seen(wall)

    ines = entered("Je suis dans la salle", "Inès")
    ines.get_by_role("button", name="Demander la parole").click()
    expect(ines.locator("#moi")).to_contain_text("C’est bientôt à vous.")
    karim = entered("Je suis dans la salle", "Karim")
    karim.get_by_role("button", name="Demander la parole").click()
    # Without a script, from home, and without a name.
    home = entered("Je suis à distance", javascript=False)
    home.get_by_role("button", name="Demander la parole").click()
    expect(home.locator("#moi")).to_contain_text("Vous êtes à la place 2.")
    expect(home.locator("#moi")).to_contain_text("passe avant une personne qui a demandé plus tôt")
    again(karim)
    expect(karim.locator("#moi")).to_contain_text("Vous êtes à la place 3.")
    expect(karim.locator("#moi")).to_contain_text("laisse passer une personne qui a demandé plus tard")
    seen(karim)

    again(lead)
    expect(lead.locator(".seats")).to_contain_text("2")
    lead.get_by_role("button", name="Donner la parole à Inès").click()
    expect(lead.locator(".floor__who")).to_have_text("Inès")
    again(ines)
    expect(ines.locator("#moi")).to_contain_text("Vous avez la parole.")
    again(wall)
    expect(wall.locator(".floor__who")).to_have_text("Inès")
    expect(wall.locator(".floor__queue li").first).to_contain_text("Une personne à distance")

    lead.get_by_role("button", name="Donner la parole à Une personne à distance").click()
    lead.get_by_role("button", name="Commencer : Les trois tracés").click()
    expect(lead.locator(".point--now")).to_contain_text("Les trois tracés")
    seen(lead)
    lead.get_by_text("Terminer la rencontre").click()
    lead.get_by_role("button", name="Terminer, et publier les nombres").click()
    again(wall)
    expect(wall.get_by_text("L’entrée est fermée.")).to_be_visible()
    expect(wall.locator(".floor__who")).to_have_count(0)
