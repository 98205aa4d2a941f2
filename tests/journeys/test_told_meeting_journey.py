"""A meeting is over: Nathalie tells it, someone who was there has it corrected, then it is final.

With and without script; the writer's pages by keyboard where it counts.
"""

from datetime import date

import pytest
from django.core import signing
from playwright.sync_api import expect
from walking import by_password, tab_onto
from writing_minutes import (
    approve,
    ask_for_a_correction,
    propose,
    take_it_in_a_second_version,
    tell_the_essential,
    write,
)

from democratic.participation.meetings.minutes.models import Minutes
from democratic.people.actions import leave_address, prove_address
from democratic.people.models import Person
from democratic.web.guests import COOKIE
from told_meetings import told_meeting

pytestmark = [pytest.mark.browser]


def known_as(tab, address, person: Person) -> None:
    """The browser with which a guest came to the meeting."""
    value = signing.dumps(str(person.pk), salt="democratic.guest")
    tab.context.add_cookies([{"name": COOKIE, "value": value, "url": address}])


def begin_and_tell(tab, here, seen):
    """From the desk, which says that the essential is promised, to the page that everyone reads."""
    tab.goto("/bureau")
    expect(tab.locator("main")).to_contain_text("Dire l’essentiel")
    tab.goto(f"{here}/compte-rendu/ecrire")
    seen(tab)
    tab_onto(tab, tab.get_by_role("button", name="Commencer le compte rendu"))
    tab.keyboard.press("Enter")
    expect(tab.locator("#passage-6")).to_be_visible()
    seen(tab)
    write(tab, 1, "Le dernier bus part à 22 h.")
    tell_the_essential(tab, "Le dernier bus partira plus tard.\nLe coût reste à dire.")
    expect(tab.locator("main")).to_contain_text("Le coût reste à dire.")
    seen(tab)


def catch_up_on_a_phone(tab, here, seen):
    tab.goto(f"{here}/rattrapage")
    for said in ("Se lit en 1", "Qui paie la navette", "vote consultatif"):
        expect(tab.locator("main")).to_contain_text(said)
    seen(tab)


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_from_closing_to_catch_up_to_a_correction_to_approval(
    live_territory, live_clock, address, open_tab, seen, catch_up, mailoutbox, javascript
):
    told = told_meeting(live_territory)
    here = f"/rencontres/{told.meeting.record.code}"
    kept = leave_address(
        person=told.there, email="lina@example.org", purpose="notices", wording="…", language="fr",
        clock=live_territory.clock,
    )  # fmt: skip
    prove_address(address=kept, clock=live_territory.clock)
    live_clock.turn_to(date(2026, 2, 28))
    nathalie, phone = open_tab(javascript=javascript), open_tab(javascript=javascript, width=360)
    by_password(nathalie, live_territory.agent.email)
    begin_and_tell(nathalie, here, seen)
    catch_up()
    assert [mail.to for mail in mailoutbox] == [["lina@example.org"]]
    assert f"{here}/rattrapage" in mailoutbox[0].body
    catch_up_on_a_phone(phone, here, seen)
    propose(nathalie, here)
    seen(nathalie)
    known_as(phone, address, told.there)
    ask_for_a_correction(phone, here, seen)
    take_it_in_a_second_version(nathalie, here, seen)
    phone.goto(f"{here}/compte-rendu/versions")
    expect(phone.locator("ins")).to_contain_text("Le dernier bus part à 23 h.")
    seen(phone)

    # The days are over: approved, and final.
    live_clock.turn_to(date(2026, 3, 5))
    approve(nathalie, here)
    seen(nathalie)
    assert Minutes.objects.get(version=2).state == Minutes.State.APPROVED
    phone.goto(here)
    expect(phone.locator("main")).to_contain_text("Le coût reste à dire.")
    seen(phone)
