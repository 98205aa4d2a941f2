"""A pile of paper is typed by the keyboard alone by one agent, and again by another: no mouse is touched."""

import pytest
from playwright.sync_api import Page, expect
from walking import by_code, by_password, told

from asking import asked
from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.printing import sheets_of
from democratic.participation.paper.states import BatchState
from democratic.participation.polls.models import PollTally
from democratic.thread.actions import give_role
from democratic.thread.models import Kind, Record, Role
from factories import staff_account
from paper_piles import WORDS, pile, printed, scan, ticked_page
from scanned_forms import jpeg

pytestmark = [pytest.mark.browser]


@pytest.fixture
def karim(live_territory):
    account = staff_account("karim@val-orbe.example", "Karim", password=None)
    give_role(
        person=account.person, role=Role.AGENT, authority=live_territory.authority, clock=live_territory.clock
    )
    return account


def keys(tab: Page, *typed: str) -> None:
    """One after the other, where the focus stands."""
    for each in typed:
        if each == "Enter":
            tab.keyboard.press("Enter")
        else:
            tab.keyboard.type(each)


def test_a_pile_is_typed_without_a_mouse_and_checked_by_another(
    live_territory, live_clock, open_tab, seen, karim
):
    poll = asked(live_territory)
    one, two = sheets_of(printed(live_territory, poll, 2))
    batch = pile(live_territory, poll, name="Lot 1")
    here = f"/bureau/concertations/bouger/papiers/lots/{batch.pk}"
    nathalie = open_tab()
    by_code(nathalie, live_territory.agent.email)
    nathalie.goto(here)
    seen(nathalie)
    nathalie.locator("#id_code_1").focus()
    # A digit goes on by itself, Enter too; the second line follows the first.
    keys(nathalie, one.code, "Enter", "4", "1", "2", "1", "Lina", "Enter", WORDS, "Enter")
    expect(nathalie.locator("#id_code_2")).to_be_focused()
    keys(nathalie, two.code, "Enter", "1", "3", "0", "0")
    nathalie.get_by_role("button", name="J’ai fini").focus()
    keys(nathalie, "Enter")
    expect(nathalie.get_by_text("Une autre personne que vous doit ressaisir ce lot")).to_be_visible()
    other = open_tab(javascript=False)
    by_code(other, karim.email)
    other.goto(f"{here}/ressaisir")
    seen(other)
    other.get_by_label("Combien de feuilles tenez-vous").fill("2")
    for name, typed in {"age_1": "4", "choice_1": "1", "body_1": "2", "consents_1": "1"}.items():
        other.locator(f"#id_{name}").fill(typed)
    for name, typed in {"age_2": "1", "choice_2": "3", "body_2": "0", "consents_2": "0"}.items():
        other.locator(f"#id_{name}").fill(typed)
    other.get_by_role("button", name="Comparer à la première saisie").click()
    expect(other.get_by_role("heading", name="Ce que ce lot a donné")).to_be_visible()
    seen(other)
    assert PaperBatch.objects.get().state == BatchState.COUNTED
    assert PollTally.objects.get().total == 2
    said = Record.objects.get(kind=Kind.IDEA)
    assert (said.code, said.byline, said.text) == (one.code, "Lina", WORDS)


def test_what_is_typed_into_a_pile_is_still_there_after_a_lost_network(live_territory, live_clock, open_tab):
    batch = pile(live_territory, name="Lot 1")
    tab = open_tab()
    by_code(tab, live_territory.agent.email)
    tab.goto(f"/bureau/concertations/bouger/papiers/lots/{batch.pk}")
    tab.locator("#id_text_1").fill(WORDS)
    tab.locator("#id_age_1").fill("4")
    tab.reload()
    expect(tab.locator("#id_text_1")).to_have_value(WORDS)
    expect(tab.locator("#id_age_1")).to_have_value("4")


def test_the_end_of_the_keyboard_s_way_saves_and_never_publishes(live_territory, live_clock, open_tab):
    batch = pile(live_territory, name="Lot 1", is_checked=False)
    tab = open_tab()
    by_code(tab, live_territory.agent.email)
    tab.goto(f"/bureau/concertations/bouger/papiers/lots/{batch.pk}")
    for name, digit in {"age": "4", "body": "2", "consents": "1"}.items():
        tab.locator(f"#id_{name}_20").fill(digit)
    tab.locator("#id_text_20").fill(WORDS)
    tab.locator("#id_text_20").focus()
    keys(tab, "Enter", "Enter")
    told(tab, "Enregistré. Vous pouvez continuer.")
    assert PaperBatch.objects.get().state == BatchState.OPEN
    tab.get_by_role("button", name="J’ai fini").click()
    expect(tab.get_by_role("heading", name="Publier le lot")).to_be_visible()
    assert not Record.objects.filter(kind=Kind.IDEA).exists()
    tab.get_by_role("button", name="Publier ce lot").click()
    expect(tab.get_by_role("heading", name="Ce que ce lot a donné")).to_be_visible()


def test_a_draft_that_comes_back_leaves_alone_what_a_scan_read_meanwhile(
    live_territory, live_clock, open_tab
):
    run, batch = printed(live_territory, copies=2), pile(live_territory, name="Lot 1")
    tab = open_tab()
    by_password(tab, live_territory.agent.email)
    here = f"/bureau/concertations/bouger/papiers/lots/{batch.pk}"
    tab.goto(here)
    tab.locator("#id_text_10").fill(WORDS)
    scan(batch, jpeg(ticked_page(run, 1, age="26_64", body="no", consent="yes")), territory=live_territory)
    tab.goto(here)
    code = sheets_of(run)[0].code
    expect(tab.locator("#id_code_1")).to_have_value(code)
    expect(tab.locator("#id_age_1")).to_have_value("4")
    expect(tab.locator("#id_text_10")).to_have_value(WORDS)
    tab.locator("#id_age_10").fill("4")
    tab.get_by_role("button", name="Enregistrer et continuer").click()
    told(tab, "Enregistré. Vous pouvez continuer.")
    rows = batch.rows.order_by("number").values_list("number", "sheet__code", "text")
    assert list(rows) == [(1, code, ""), (10, None, WORDS)]
