"""Someone without an account keeps a place, gets a secret way back, is offered a seat that is freed, and leaves it."""

import pytest
from playwright.sync_api import expect

from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.registering import give_up
from democratic.thread.models import Origin
from meeting_people import open_to, registered

pytestmark = [pytest.mark.browser]
SAYS = {
    "fr": ("M’inscrire en liste d’attente", "Garder ma place", "Oui, je viens", "Je ne viendrai pas"),
    "en": ("Join the waiting list", "Keep my seat", "Yes, I am coming", "I will not come"),
}


def test_a_place_is_waited_for_taken_and_left(live_territory, live_clock, open_phone, seen, way):
    meeting = open_to(live_territory, room=1, seats=(Origin.ROOM,))
    kept = registered(live_territory, meeting)
    wait, keep, yes, no = SAYS[way.language]
    tab = open_phone()
    prefix = "/en" if way.language == "en" else ""
    tab.goto(f"{prefix}/rencontres/{meeting.record.code}")
    seen(tab)
    tab.get_by_role("link", name=wait).click()
    seen(tab)
    tab.locator("select[name=age_band]").select_option("26_64")
    tab.locator("input[name=seat][value=room]").check()
    tab.locator("input[name=name]").fill("Lucie")
    tab.get_by_role("button", name=keep).click()
    tab.wait_for_url(f"**/rencontres/{meeting.record.code}/inscription/*")
    seen(tab)
    assert Registration.objects.get(name="Lucie").state == "waiting"
    give_up(registration=kept, clock=live_territory.clock)
    tab.reload()
    seen(tab)
    tab.get_by_role("button", name=yes).click()
    expect(tab.get_by_role("button", name=no)).to_be_visible()
    assert Registration.objects.get(name="Lucie").state == "kept"
    tab.get_by_role("button", name=no).click()
    expect(tab.locator("main")).to_contain_text(meeting.record.code)
    assert not Registration.objects.filter(name="Lucie").exists()
