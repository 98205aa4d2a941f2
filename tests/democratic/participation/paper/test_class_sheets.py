"""Sheets printed for a class: its age and its municipality are said once, and count with who is missing."""

import pytest

from asking import asked
from campaigning import campaign_with_codes, census, wanted
from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.census import census_of
from democratic.participation.campaigns.missing import met_on_paper, missing_of
from democratic.participation.campaigns.publics import change_public
from democratic.participation.campaigns.queries import publics_of
from democratic.participation.ideas.models import Idea
from democratic.participation.paper.actions import check_entry, finish_entry, keep_draft
from democratic.participation.paper.models import PaperBatch, PaperRow, PrintRun, ScanPicture
from democratic.participation.paper.printing import sheets_of
from democratic.people.models import AgeBand, Person
from democratic.thread.models import Record
from factories import staff_account
from paper_piles import WORDS, cells, pdf_of_run, pile, printed, scan, ticked_page
from pdf_files import words_of
from scanned_forms import jpeg
from traces import traces_of

pytestmark = pytest.mark.django_db
CLASS = {"group": "2de B, lycée Simone-Veil", "age": "15_17", "place": "Vaubrun"}
CHILDREN = {"group": "CM2, école du Lac", "age": "under_15"}


@pytest.fixture
def campaign(territory):
    """Of a territory whose municipalities are listed, among them that of the class."""
    made = campaign_with_codes(territory)
    census(territory)
    change_public(public=made.publics.get(), wanted=wanted(means=["paper"], bands=["15_17"]))
    return made


def entered(territory, run, batch, **typed):
    """Each sheet of the run, typed without an age by one person, and told."""
    said = {"age": "", "choice": None, "text": WORDS, "consents": True, **typed}
    rows = {n: cells(sheet, **said) for n, sheet in enumerate(sheets_of(run), 1)}
    keep_draft(batch=batch, rows=rows, by=territory.agent.person)
    finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)
    return PaperBatch.objects.get(pk=batch.pk)


def test_what_is_entered_from_its_sheets_counts_by_age_and_by_municipality(territory, campaign):
    batch = entered(territory, printed(territory, copies=3, **CLASS), pile(territory, is_checked=False))
    assert batch.told["met"] == [["15_17", "Vaubrun", 3]]
    paper = met_on_paper(campaign, publics_of(campaign))
    assert paper == {("15_17", "Vaubrun"): 3}
    found = missing_of(census_of(territory.authority), publics_of(campaign), {}, None, paper)
    assert [(line.cell, line.met) for line in found.by_band.lines] == [("15_17", 3)]
    assert {line.cell: line.met for line in found.by_place.lines}["Vaubrun"] == 3
    assert (found.by_place.unsaid, found.by_both.unsaid, found.on_paper) == (0, 0, 3)


def test_its_words_are_contributions_of_that_age_and_place(territory, campaign):
    entered(territory, printed(territory, copies=2, **CLASS), pile(territory, is_checked=False))
    assert {(idea.age_band, idea.record.place) for idea in Idea.objects.select_related("record")} == {
        ("15_17", "Vaubrun")
    }


def test_other_sheets_of_the_same_pile_say_their_own_age_and_no_place(territory, campaign):
    of_class, other = printed(territory, copies=1, **CLASS), printed(territory, copies=1)
    batch = pile(territory, is_checked=False)
    rows = {
        1: cells(sheets_of(of_class)[0], age="", choice=None),
        2: cells(sheets_of(other)[0], age="65", choice=None),
        3: cells(age="65", choice=None),
    }
    keep_draft(batch=batch, rows=rows, by=territory.agent.person)
    told = finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock).told
    assert told["met"] == [["15_17", "Vaubrun", 1], ["65", "", 2]]


def test_an_age_that_is_typed_against_that_of_the_class_is_not_looked_at(territory, campaign):
    batch = entered(
        territory, printed(territory, copies=1, **CLASS), pile(territory, is_checked=False), age="65"
    )
    assert batch.told["ages"] == {"15_17": 1}


def test_the_second_hand_says_no_age_either_and_both_agree(territory):
    poll = asked(territory)
    run, batch = printed(territory, poll, 2, **CHILDREN), pile(territory, poll)
    rows = {n: cells(sheet, age="", consents=None) for n, sheet in enumerate(sheets_of(run), 1)}
    keep_draft(batch=batch, rows=rows, by=territory.agent.person)
    finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)
    other = staff_account("autre.main@val-orbe.example", "Ines").person
    typed = {n: cells(age="", consents=None) for n in rows}
    done = check_entry(batch=batch, sheets=2, rows=typed, by=other, function="x", clock=territory.clock)
    assert (done.state, done.told["ticks"], done.told["ages"]) == ("counted", 2, {"under_15": 2})


# --- of children, the box that was ticked and nothing else


def test_of_a_class_under_15_nothing_that_was_typed_is_kept(territory):
    poll = asked(territory)
    run, batch = printed(territory, poll, 2, **CHILDREN), pile(territory, poll)
    people, records = Person.objects.count(), Record.objects.count()
    rows = {
        n: cells(sheet, age="26_64", text="zyxsecret", first_name="Zyxandre", consents=True)
        for n, sheet in enumerate(sheets_of(run), 1)
    }
    keep_draft(batch=batch, rows=rows, by=territory.agent.person)
    assert {(row.age, row.text, row.first_name, row.consents) for row in PaperRow.objects.all()} == {
        ("under_15", "", "", False)
    }
    assert (traces_of("zyxsecret"), traces_of("Zyxandre")) == ([], [])
    assert (Person.objects.count(), Record.objects.count()) == (people, records)


def test_its_sheet_asks_neither_age_nor_words_and_a_scan_keeps_no_handwriting(territory):
    poll = asked(territory)
    run, batch = printed(territory, poll, 1, **CHILDREN), pile(territory, poll)
    assert {box["group"] for box in run.layout["boxes"]} == {"choice", "body"}
    scan(batch, jpeg(ticked_page(run, 1, choice="2", body="no")), territory=territory)
    row = batch.rows.get()
    assert (row.age, row.choice, row.consents, row.asks) == ("under_15", 2, False, [])
    assert set(ScanPicture.objects.values_list("part", flat=True)) == {"page"}


def test_a_class_under_15_without_a_question_would_keep_nothing_and_is_not_printed(territory):
    with pytest.raises(Refusal, match="seule la case cochée est gardée"):
        printed(territory, **CHILDREN)
    assert not PrintRun.objects.exists()


# --- the sheet, and what may be said of a class


def test_a_scanned_sheet_of_a_class_takes_its_age_from_the_run(territory, campaign):
    run, batch = printed(territory, copies=1, **CLASS), pile(territory)
    scan(batch, jpeg(ticked_page(run, 1, body="no", consent="yes")), territory=territory)
    row = batch.rows.get()
    assert (row.age, row.asks, row.consents) == (AgeBand.TEENS, [], True)


def test_the_printed_sheet_says_the_class_in_the_place_of_the_question_on_age(territory, campaign):
    said = words_of(pdf_of_run(printed(territory, copies=1, **CLASS), territory))
    assert "2de B, lycée Simone-Veil · 15-17 ans · Vaubrun" in said
    assert "âge, d’abord" not in said
    assert "Moins de 15 ans" not in said


def test_the_printed_sheet_of_children_asks_for_no_word(territory):
    said = words_of(pdf_of_run(printed(territory, asked(territory), 1, **CHILDREN), territory))
    assert "CM2, école du Lac · Moins de 15 ans" in said
    assert "N’écrivez rien d’autre" in said
    assert "voulez dire" not in said
    assert "Prénom" not in said
    assert "Clé, pour vous" not in said, "no word of hers is to be taken back, nor answered"
    assert "recevra une réponse" not in said


def test_a_form_for_everyone_asks_each_her_age_as_before(territory):
    said = words_of(pdf_of_run(printed(territory, copies=1), territory))
    assert "Votre âge, d’abord" in said


@pytest.mark.parametrize(
    "whom", [{"place": "Atlantis"}, {"place": "Vaubrun"}, {"age": "unsaid"}, {"age": "12"}], ids=str
)
def test_a_place_that_is_not_listed_and_an_age_that_is_none_are_refused(territory, whom):
    """« Vaubrun » too, where the authority listed no municipality."""
    with pytest.raises(Refusal):
        printed(territory, **whom)
    assert not PrintRun.objects.exists()


def test_the_name_of_a_class_is_one_clean_line(territory):
    run = printed(territory, group="  2de\nB\u202e " + "x" * 200)
    assert run.group.startswith("2de B x")
    assert len(run.group) == 80


def test_a_pile_counted_by_an_earlier_release_still_tells_of_ages(territory, campaign):
    batch = entered(territory, printed(territory, copies=1, **CLASS), pile(territory, is_checked=False))
    told = {name: value for name, value in batch.told.items() if name != "met"}
    PaperBatch.objects.filter(pk=batch.pk).update(told=told)
    assert met_on_paper(campaign, publics_of(campaign)) == {("15_17", ""): 1}
