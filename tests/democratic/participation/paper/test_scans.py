"""Scans of a pile: read in the background page after page, and what cannot be read says what to do."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from asking import asked
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.paper import working
from democratic.participation.paper.actions import (
    drop_batch,
    finish_entry,
    keep_draft,
    receive_scan,
    settle_page,
)
from democratic.participation.paper.forgetting import forget_old_paper
from democratic.participation.paper.models import (
    PaperBatch,
    PaperRow,
    PrintRun,
    ScanContent,
    ScanFile,
    ScanPage,
    ScanPicture,
)
from democratic.participation.paper.printing import said_by
from democratic.participation.paper.queries import cells_of, problems_of, progress_of
from democratic.participation.paper.working import work
from democratic.people.actions import welcome_guest
from democratic.people.models import AgeBand
from democratic.thread.models import Kind, Record
from paper_piles import WORDS, drawn_page, pile, printed, scan, ticked_page
from scanned_forms import jpeg, pdf_of, png

ADULT = {"age": "26_64", "choice": "2", "body": "no", "consent": "yes"}


def parts(row):
    return set(ScanPicture.objects.filter(page__row=row).values_list("part", flat=True))


def test_a_scan_fills_in_a_row_and_its_words_are_shown_to_be_typed(territory):
    poll = asked(territory)
    run, batch = printed(territory, poll, 3), pile(territory, poll)
    pages = [jpeg(ticked_page(run, serial, **ADULT)) for serial in (1, 2, 3)]
    scan(batch, pdf_of(pages), territory=territory)
    rows = list(batch.rows.order_by("number"))
    assert [row.sheet.serial for row in rows] == [1, 2, 3]
    assert {(row.age, row.choice, row.body, row.consents) for row in rows} == {(AgeBand.ADULT, 2, "no", True)}
    assert all(row.asks == [] for row in rows)
    assert [parts(row) for row in rows] == [{"page", "text", "name"}] * 3
    assert progress_of(batch).read == 3
    assert not ScanContent.objects.exists()


@pytest.mark.parametrize("age", ["under_15", ""])
def test_no_handwriting_of_a_child_or_of_who_gives_no_age_is_kept(territory, age):
    run, batch = printed(territory, copies=1), pile(territory)
    page = ticked_page(run, 1, consent="yes", **({"age": age} if age else {}))
    scan(batch, jpeg(page), territory=territory)
    row = batch.rows.get()
    assert row.age == (age or "unsaid")
    assert parts(row) == {"page"}


def test_an_age_that_is_not_sure_is_asked_and_a_child_s_words_go_when_it_is_said(territory):
    run, batch = printed(territory, copies=1), pile(territory)
    page = ticked_page(run, 1, age="under_15", consent="yes")
    page = ticked_over(page, run, age="18_25")
    scan(batch, jpeg(page), territory=territory)
    row = batch.rows.get()
    assert (row.age, row.asks) == ("", ["age"])
    assert parts(row) == {"page", "text", "name", "age"}
    said = cells_of(batch, 1)[1]
    keep_draft(batch=batch, rows={1: replace(said, age="under_15", text=WORDS)}, by=territory.agent.person)
    row.refresh_from_db()
    assert (row.age, row.text, row.asks) == ("under_15", "", [])
    assert parts(row) == {"page", "age"}  # ticks alone


def ticked_over(page, run, **values):
    """One more tick on a page that has some."""
    more = ticked_page(run, 1, writes=False, **values)
    return page.clip(max=more)


def test_the_page_that_is_kept_shows_no_handwriting(territory):
    run, batch = printed(territory, copies=1), pile(territory)
    scan(batch, jpeg(ticked_page(run, 1, age="26_64")), territory=territory)
    page = ScanPicture.objects.get(part="page")
    shown = cv2.imdecode(np.frombuffer(page.content, np.uint8), cv2.IMREAD_GRAYSCALE)
    region = next(each for each in run.layout["regions"] if each["name"] == "text")
    dots = shown.shape[1] / run.layout["size"][0]
    top, left = round((region["y"] + 2) * dots), round((region["x"] + 2) * dots)
    inside = shown[top : top + round((region["height"] - 4) * dots), left : left + round(100 * dots)]
    assert inside.min() > 200


def test_the_same_scan_twice_fills_in_its_rows_once(territory):
    run, batch = printed(territory, copies=1), pile(territory)
    page = jpeg(ticked_page(run, 1, age="26_64"))
    scan(batch, page, page, territory=territory)
    scan(batch, page, territory=territory)
    elsewhere = pile(territory, name="Lot 2")
    scan(elsewhere, page, territory=territory)
    assert PaperRow.objects.count() == 1
    assert [page.problem for page in problems_of(batch)] == ["twice", "twice"]
    assert [page.problem for page in problems_of(elsewhere)] == ["twice"]


def test_what_cannot_be_read_is_listed_with_its_picture_and_what_to_do(territory):
    poll = asked(territory)
    run, other_run, batch = printed(territory, poll, 2), printed(territory, copies=1), pile(territory, poll)
    torn = ticked_page(run, 1)
    torn[1800:, :260] = 255
    blank = drawn_page(run, 2)
    blank[:] = 255
    scan(
        batch, jpeg(torn), jpeg(blank), jpeg(ticked_page(other_run, 1)), b"MZ not a scan", territory=territory
    )
    problems = problems_of(batch)
    assert [page.problem for page in problems] == ["torn", "no_code", "other_question", "not_a_scan"]
    assert ScanPicture.objects.filter(part="page").count() == 3
    assert not batch.rows.exists()
    for page in problems:
        settle_page(batch=batch, page=page)
    assert problems_of(batch) == []
    assert not ScanPicture.objects.exists()


def test_a_form_of_another_version_of_its_question_is_typed_by_hand(territory):
    poll = asked(territory)
    run, batch = printed(territory, poll, 1), pile(territory, poll)
    PrintRun.objects.filter(pk=run.pk).update(question="Une autre question")
    scan(batch, jpeg(ticked_page(run, 1, **ADULT)), territory=territory)
    assert [page.problem for page in problems_of(batch)] == ["version"]


def test_a_page_code_that_nobody_but_another_could_make_is_foreign(territory, monkeypatch):
    run, batch = printed(territory, copies=1), pile(territory)
    forged = str(said_by(run, 1))[:-8] + "00000000"
    monkeypatch.setattr("paper_piles.said_by", lambda _run, _serial: forged)
    scan(batch, jpeg(ticked_page(run, 1, age="26_64")), territory=territory)
    monkeypatch.setattr("paper_piles.said_by", lambda _run, _serial: "https://example.org/vote")
    scan(batch, jpeg(ticked_page(run, 1, age="26_64")), territory=territory)
    assert [page.problem for page in problems_of(batch)] == ["foreign", "no_code"]


def test_a_form_of_another_process_is_foreign(territory):
    run, batch = printed(territory, copies=1), pile(territory)
    printed(territory, copies=1)
    unknown = PrintRun(code="ZZZZZZ", layout=run.layout, copies=1, process=run.process)
    scan(batch, jpeg(ticked_page(unknown, 1)), territory=territory)
    assert [page.problem for page in problems_of(batch)] == ["foreign"]


def test_a_worker_that_is_killed_goes_on_where_it_was(territory, monkeypatch):
    run, batch = printed(territory, copies=4), pile(territory)
    pages = [jpeg(ticked_page(run, serial, age="26_64")) for serial in (1, 2, 3, 4)]
    receive_scan(
        batch=batch, sent=[("pile.pdf", [pdf_of(pages)])], by=territory.agent.person, clock=territory.clock
    )
    read, seen = working.read_page, []

    def dies_at_the_third(content, number, layouts):
        seen.append(number)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return read(content, number, layouts)

    monkeypatch.setattr(working, "read_page", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        work(territory.clock)
    assert progress_of(batch).read == 2
    assert work(territory.clock) == 0  # still held by the one that died
    ScanFile.objects.update(held_until=None)
    assert work(territory.clock) == 2
    assert seen == [0, 1, 2, 2, 3]
    assert [row.sheet.serial for row in batch.rows.order_by("number")] == [1, 2, 3, 4]


def test_a_page_that_ends_its_worker_each_time_is_left_and_the_next_one_read(territory, monkeypatch):
    run, batch = printed(territory, copies=2), pile(territory)
    pages = [jpeg(ticked_page(run, serial, age="26_64")) for serial in (1, 2)]
    scan(batch, pages[0], territory=territory)
    receive_scan(batch=batch, sent=[("b.jpg", [pages[1]])], by=territory.agent.person, clock=territory.clock)
    ScanFile.objects.filter(is_read=False).update(tries=working.MOST_TRIES)
    work(territory.clock)
    assert [page.problem for page in problems_of(batch)] == ["too_large"]


def test_a_pile_that_is_dropped_while_it_is_read_leaves_nothing(territory, monkeypatch):
    run, batch = printed(territory, copies=2), pile(territory)
    pages = [jpeg(ticked_page(run, serial, age="26_64")) for serial in (1, 2)]
    receive_scan(
        batch=batch, sent=[("a.pdf", [pdf_of(pages)])], by=territory.agent.person, clock=territory.clock
    )
    read = working.read_page

    def dropped_meanwhile(*given):
        drop_batch(batch=PaperBatch.objects.get(pk=batch.pk))
        return read(*given)

    monkeypatch.setattr(working, "read_page", dropped_meanwhile)
    assert work(territory.clock) == 0
    assert not ScanPage.objects.exists()


def test_nothing_is_finished_while_a_scan_is_still_being_read(territory):
    run, batch = printed(territory, copies=1), pile(territory)
    scan(batch, jpeg(ticked_page(run, 1, age="26_64")), territory=territory)
    receive_scan(
        batch=batch,
        sent=[("b.png", [png(drawn_page(run, 1))])],
        by=territory.agent.person,
        clock=territory.clock,
    )
    with pytest.raises(Conflict, match="numérisation"):
        finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)


def test_a_scan_is_sent_by_who_enters_the_pile_within_its_bounds(territory, monkeypatch):
    batch = pile(territory)
    send = {"batch": batch, "clock": territory.clock}
    with pytest.raises(NotAllowed):
        receive_scan(sent=[("a.jpg", [b"x"])], by=welcome_guest(), **send)
    for sent in ([], [("a.jpg", [b""])], [(f"{n}.jpg", [b"x"]) for n in range(61)]):
        with pytest.raises(Refusal):
            receive_scan(sent=sent, by=territory.agent.person, **send)
    monkeypatch.setattr("democratic.participation.paper.actions.scanning.MOST_BYTES", 10)
    with pytest.raises(Refusal, match="11 Mo"):
        receive_scan(sent=[("a.jpg", [b"123456"]), ("b.jpg", [b"123456"])], by=territory.agent.person, **send)
    assert not ScanFile.objects.exists()


def test_pictures_of_words_go_when_they_are_published_and_the_rest_after_ninety_days(territory):
    run = printed(territory, copies=1)
    batch = pile(territory, is_checked=False)
    scan(batch, jpeg(ticked_page(run, 1, age="26_64", body="no", consent="yes")), territory=territory)
    typed = replace(cells_of(batch, 1)[1], text=WORDS)
    keep_draft(batch=batch, rows={1: typed}, by=territory.agent.person)
    finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)
    assert Record.objects.filter(kind=Kind.IDEA).count() == 1
    assert set(ScanPicture.objects.values_list("part", flat=True)) == {"page"}
    PaperBatch.objects.update(counted_at="2020-01-01T00:00Z")
    assert forget_old_paper() == 1
    assert not ScanPicture.objects.exists()
    assert not PaperRow.objects.exists()
    assert PaperBatch.objects.get().told["ideas"] == 1
    assert forget_old_paper() == 0
