"""Before a vote the site stops promoting: an administrator plans it, the calendar does it, and lateness never leaves."""

import shutil
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from walking import button, heading, link, told

from courses import answered, grouped, said, whole_course
from democratic.communities.reserve.models import ReserveException
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.participation.obligations.models import Obligation, Owed
from democratic.people.actions import leave_address
from democratic.thread.models import Entry
from pdf_files import words_of

pytestmark = [pytest.mark.browser]

BEFORE, FIRST, AFTER = date(2026, 9, 20), date(2026, 10, 1), date(2027, 4, 19)  # the vote: 11 April 2027
SAID = "Vous avez dit, nous avons fait"
NAME = "Odile Vasseur-Thiry"
WHY = "Ce bloc paraît chaque semaine depuis 2024, et ne nomme personne."


@pytest.fixture
def late(live_territory):
    """A whole course, whose commitment is late and was not kept."""
    course = whole_course(live_territory)
    record = course.commitments[0].record
    Obligation.objects.filter(record=record, owed=Owed.COMMITMENT).update(met_on=None, ended_on=None)
    return record


@pytest.fixture
def home(open_tab, seen):
    """A visitor looks at the home page, on a phone and in English beside."""
    french, english = open_tab(width=360), open_tab(width=1280, language="en-GB")

    def look() -> Page:
        english.goto("/en/")
        seen(english)
        french.goto("/")
        seen(french)
        return french

    return look


def test_a_reserve_is_planned_runs_by_the_calendar_and_hides_no_lateness(
    live_territory, live_clock, late, admin, home, seen, catch_up
):
    live_clock.turn_to(BEFORE)
    shows(home(), said_and_name=(True, True))
    plan(admin, seen)
    shows(home(), said_and_name=(True, True))  # planned, and nothing changes yet

    live_clock.turn_to(FIRST)
    during = home()
    shows(during, said_and_name=(False, False))
    expect(during.locator("main")).to_contain_text("en retard")
    link(during, "Ce que cela change").click()
    heading(during, "Période de réserve électorale")
    seen(during)
    earlier_pages_stay(during, seen, late)
    no_name_leaves(admin, live_territory, live_clock, catch_up)

    keep_something(admin, seen)
    shows(home(), said_and_name=(True, False))  # what names people is another matter
    is_told_to_all(during, seen, catch_up)
    button(admin, "Y mettre fin · « Vous avez dit, nous avons fait », à l’accueil").click()
    heading(admin, "Réserve électorale")
    shows(home(), said_and_name=(False, False))

    live_clock.turn_to(AFTER)
    after = home()
    shows(after, said_and_name=(True, True))
    after.goto("/periode-de-reserve")
    expect(after.get_by_text(WHY)).to_be_visible()  # over, and still told
    seen(after)


def shows(tab: Page, said_and_name: tuple[bool, bool]) -> None:
    words = tab.locator("main").inner_text()
    assert (SAID in words, NAME in words) == said_and_name
    assert ("Période de réserve électorale" in words) == (said_and_name != (True, True))


def plan(tab: Page, seen) -> None:
    tab.goto("/bureau")
    link(tab, "Réserve électorale").click()
    heading(tab, "Réserve électorale")
    seen(tab)
    link(tab, "Prévoir une réserve").first.click()
    button(tab, "Prévoir").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    seen(tab)
    tab.get_by_label("Élection").fill("élections départementales")
    tab.get_by_label("Jour du scrutin").fill("2027-04-11")
    button(tab, "Prévoir").click()
    told(tab, "C’est prévu : elle s’ouvrira d’elle-même, à minuit.")
    expect(tab.get_by_text("Du 1er octobre 2026 au 18 avril 2027")).to_be_visible()
    seen(tab)
    link(tab, "Ce que verra un visiteur · élections départementales").click()
    expect(tab.get_by_text("Rien n’a changé pour personne.")).to_be_visible()
    assert SAID not in tab.locator("main").inner_text()
    seen(tab)


def earlier_pages_stay(tab: Page, seen, late) -> None:
    for path in ("/concertations/bouger/bilan", f"/engagements/{late.code}", "/engagements", "/elus"):
        assert tab.goto(path).status == 200
        seen(tab)
    tab.goto(f"/engagements/{late.code}")
    expect(tab.locator("main")).to_contain_text("de retard")


def no_name_leaves(tab: Page, territory, clock, catch_up) -> None:
    """Neither by mail nor on a poster: an answer signed today is told, and posted, under a function."""
    idea = said(territory, 1, text="Et le dimanche ?")[0]
    kept = leave_address(
        person=idea.author, email="lina@example.org", purpose="notices", wording="…", language="fr",
        clock=clock,
    )  # fmt: skip
    confirm_address(address=kept, clock=clock)
    theme = grouped(territory, [idea], title="Le dimanche")
    answered(territory, theme.record, day=clock.day)
    catch_up()
    body = OutgoingMessage.objects.get(purpose="answer").body
    assert (NAME in body, "vice-présidente, jeunesse et mobilités" in body) == (False, True)
    poster = tab.request.get("/bureau/concertations/bouger/imprimer/affiche-a4.pdf")
    assert poster.status == 200
    if shutil.which("pdftotext"):
        assert "Vasseur" not in words_of(poster.body())


def keep_something(tab: Page, seen) -> None:
    tab.goto("/bureau/reserve")
    link(tab, "Garder quelque chose affiché · élections départementales").click()
    heading(tab, "Garder quelque chose affiché")
    tab.get_by_label("« Vous avez dit, nous avons fait », à l’accueil").check()
    button(tab, "Publier l’exception").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    assert not ReserveException.objects.exists()
    seen(tab)
    tab.get_by_label("Pourquoi").fill(WHY)
    button(tab, "Publier l’exception").click()
    told(tab, "L’exception est publiée, avec son motif.")
    seen(tab)


def is_told_to_all(tab: Page, seen, catch_up) -> None:
    catch_up()
    tab.goto("/periode-de-reserve")
    expect(tab.get_by_text(WHY)).to_be_visible()
    seen(tab)
    tab.goto("/journal")
    expect(tab.get_by_text("Exception à la réserve électorale").first).to_be_visible()
    assert Entry.objects.filter(kind="reserve_exception_made").count() == 1
