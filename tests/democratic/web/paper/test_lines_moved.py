"""A scan fills lines in while somebody types: neither erases the other, and a sheet that was read stays read."""

import re

import pytest
from django.test import Client

from democratic.participation.paper.actions import keep_draft
from democratic.participation.paper.models import PaperBatch, PaperRow, ScanPage
from democratic.participation.paper.printing import sheets_of
from paper_piles import WORDS, cells, pile, printed, scan, ticked_page
from scanned_forms import jpeg

C = "/bureau/concertations/bouger/papiers"


@pytest.fixture
def agent(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(territory.agent)
    return client


def shown(response):
    """The fields of the grid, as the browser would send them."""
    page = response.content.decode()
    fields = {}
    for tag in re.findall(r"<input[^>]+>", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if re.fullmatch(r"\w+_\d+", said.get("name", "")) and said.get("type") != "radio":
            fields[said["name"]] = said.get("value", "")
    texts = re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    return fields | {name: text.strip() for name, text in texts}


@pytest.fixture
def here(territory):
    return f"{C}/lots/{pile(territory).pk}"


@pytest.fixture
def scanned(territory):
    """So many sheets of a run are read into the pile."""

    def read(count=2):
        run = printed(territory, copies=count)
        pages = [jpeg(ticked_page(run, n + 1, age="26_64", body="no", consent="yes")) for n in range(count)]
        scan(PaperBatch.objects.get(), *pages, territory=territory)
        return run, pages

    return read


def typed(n, **said):
    words = {"age": "4", "body": "2", "consents": "1", "text": WORDS} | said
    return {f"{name}_{n}": value for name, value in words.items()}


def test_a_stale_page_erases_nothing_that_a_scan_read_and_a_sheet_is_taken_once(
    territory, agent, here, scanned
):
    stale = shown(agent.get(here))
    run, pages = scanned()
    codes = [sheet.code for sheet in sheets_of(run)]
    assert agent.post(here, stale | typed(10) | {"acte": "garder"}).status_code == 302
    rows = PaperRow.objects.order_by("number").values_list("number", "sheet__code", "age")
    assert list(rows) == [(1, codes[0], "26_64"), (2, codes[1], "26_64"), (10, None, "26_64")]
    other = pile(territory, name="Lot 2")
    scan(other, pages[0], territory=territory)
    assert not other.rows.exists()
    assert ScanPage.objects.filter(file__batch=other).get().problem == "twice"


def test_a_line_that_a_scan_took_is_shown_with_what_was_typed_and_both_may_be_kept(agent, here, scanned):
    stale = shown(agent.get(here))
    run, _pages = scanned()
    code = sheets_of(run)[0].code
    refused = agent.post(here, stale | typed(1, age="3") | {"acte": "garder"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Enregistré ici entre-temps" in page
    assert code in page
    assert WORDS in page.replace("&#x27;", "'")
    take = re.search(r'name="take_1" value="(both:\w+)"', page)[1]
    again = shown(refused) | {"take_1": take, "acte": "garder"}
    assert agent.post(here, again).status_code == 302
    rows = list(PaperRow.objects.order_by("number").values_list("number", "sheet__code", "age", "text"))
    assert rows[0] == (1, code, "26_64", "")
    assert rows[2] == (3, None, "18_25", WORDS)


@pytest.mark.parametrize(("take", "age", "text"), [("saved", "26_64", ""), ("typed", "18_25", WORDS)])
def test_one_of_the_two_is_kept_and_the_sheet_in_any_case(agent, here, scanned, take, age, text):
    stale = shown(agent.get(here))
    run, _pages = scanned(1)
    refused = agent.post(here, stale | typed(1, age="3") | {"acte": "garder"})
    stamp = re.search(r'name="take_1" value="both:(\w+)"', refused.content.decode())[1]
    kept = shown(refused) | {"take_1": f"{take}:{stamp}", "acte": "garder"}
    assert agent.post(here, kept).status_code == 302
    row = PaperRow.objects.get()
    assert (row.sheet.code, row.age, row.text) == (sheets_of(run)[0].code, age, text)


def test_a_choice_made_on_what_moved_again_is_asked_again(territory, agent, here, scanned):
    stale = shown(agent.get(here))
    scanned(1)
    refused = agent.post(here, stale | typed(1, age="3") | {"acte": "garder"})
    take = re.search(r'name="take_1" value="(typed:\w+)"', refused.content.decode())[1]
    keep_draft(
        batch=PaperBatch.objects.get(), rows={1: cells(age="65", choice=None)}, by=territory.agent.person
    )
    again = agent.post(here, shown(refused) | {"take_1": take, "acte": "garder"})
    assert again.status_code == 409
    assert PaperRow.objects.get().age == "65"


def test_the_number_that_a_machine_read_is_not_typed_away(territory, agent, here, scanned):
    run, _pages = scanned(1)
    [code] = [sheet.code for sheet in sheets_of(run)]
    now = shown(agent.get(here))
    assert now["code_1"] == code
    assert agent.post(here, now | {"code_1": "", "age_1": "5", "acte": "garder"}).status_code == 302
    assert PaperRow.objects.get().sheet.code == code
    other = sheets_of(printed(territory, copies=1))[0]
    now = shown(agent.get(here))
    assert agent.post(here, now | {"code_1": other.code, "acte": "garder"}).status_code == 400
    assert PaperRow.objects.get().sheet.code == code


def test_a_refused_page_shows_what_a_scan_read_meanwhile_and_sent_again_keeps_it(agent, here, scanned):
    stale = shown(agent.get(here))
    run, _pages = scanned()
    refused = agent.post(here, stale | typed(10, age="") | {"acte": "finir"})
    assert refused.status_code == 400
    assert shown(refused)["code_1"] == sheets_of(run)[0].code
    agent.post(here, shown(refused) | {"age_10": "4", "acte": "garder"})
    assert PaperRow.objects.exclude(sheet=None).count() == 2
    assert PaperRow.objects.get(number=10).age == "26_64"
