"""Forms printed, filled in and sent back, as tests have them."""

import shutil
import subprocess
from datetime import date
from random import Random

import cv2
import numpy as np
import pytest
import segno

from civics.paper.markers import MARKERS
from democratic.kernel.clock import local_day
from democratic.participation.paper.actions import NewBatch, open_batch, receive_scan
from democratic.participation.paper.cells import Cells
from democratic.participation.paper.keys import draw_keys
from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.printing import ForWhom, print_forms, said_by, sheets_of
from democratic.participation.paper.working import work
from democratic.participation.processes.queries import get_process_for
from democratic.people.models import AgeBand
from democratic.web.kits.form import Leaf, form
from democratic.web.kits.making import PDF, Sheet, compose
from democratic.web.kits.told import told_of
from democratic.web.paper.leaves import asked_of
from scanned_forms import DPI, Hand, fill

needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="apt install poppler-utils")
TODAY = date(2026, 3, 1)
WORDS = "Il faudrait un bus après 22 h, le samedi aussi."


def printed(territory, poll=None, copies=4, **whom):
    return print_forms(
        process=territory.process,
        poll=poll,
        copies=copies,
        by=territory.agent.person,
        clock=territory.clock,
        whom=ForWhom(**whom),
    )


def pile(territory, poll=None, name="Lot 1", by=None, **more):
    today = local_day(territory.clock.now(), territory.authority.time_zone)
    return open_batch(
        process=territory.process,
        new=NewBatch(name, today, poll, **more),
        by=by or territory.agent.person,
        function="Service jeunesse",
        clock=territory.clock,
    )


def cells(sheet=None, **more):
    """A sheet of an adult who ticks the first answer, and says nothing."""
    said = {"age": AgeBand.ADULT, "choice": 1, "body": "no", "consents": False} | more
    return Cells(code=sheet.code if sheet else "", **said)


def pdf_of_run(run, territory):
    process = get_process_for(territory.viewer(), territory.process.slug)
    told = told_of(process, TODAY)
    keys = draw_keys(run=run, by=run.printed_by, clock=territory.clock)
    leaves = [
        Leaf(sheet.serial, sheet.code, keys[sheet.serial], str(said_by(run, sheet.serial)))
        for sheet in sheets_of(run)
    ]
    asked = asked_of(run)
    said = form(told, run.layout, asked, leaves, of=run.copies)
    return compose(Sheet("form", "form", said, TODAY), PDF)


def rastered(pdf, folder, dpi=DPI):
    """The pages of a PDF as grey pixels."""
    source = folder / "form.pdf"
    source.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", str(source), str(folder / "page")], check=True)
    return [cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for path in sorted(folder.glob("page*.pgm"))]


def drawn_page(run, serial):
    """A page of this run without its words: marks, code, boxes, as the sheet draws them."""
    dots, layout = DPI / 25.4, run.layout
    page = np.full((round(297 * dots), round(210 * dots)), 255, np.uint8)

    def put(left, top, side, rows):
        square = np.array([[0 if one else 255 for one in row] for row in rows], np.uint8)
        size = round(side * dots)
        at_x, at_y = round(left * dots), round(top * dots)
        page[at_y : at_y + size, at_x : at_x + size] = cv2.resize(
            square, (size, size), interpolation=cv2.INTER_NEAREST
        )

    for (left, top), rows in zip(layout["corners"], MARKERS, strict=True):
        put(left, top, layout["marker"], [[sign == "0" for sign in row] for row in rows])
    put(
        *layout["code"],
        [list(row) for row in segno.make(str(said_by(run, serial)), error="m", micro=False).matrix],
    )
    for x, y in [(box["x"], box["y"]) for box in layout["boxes"]] + [layout["empty"], layout["full"]]:
        first = (round((x + 0.175) * dots), round((y + 0.175) * dots))
        last = (round((x + layout["side"] - 0.175) * dots), round((y + layout["side"] - 0.175) * dots))
        cv2.rectangle(page, first, last, 0, round(0.35 * dots))
        if [x, y] == layout["full"]:
            cv2.rectangle(page, first, last, 0, -1)
    return page


def filled_page(run, serial, *, seed=0, **more):
    """Drawn and filled in: the picture, and what is ticked by group."""
    page = drawn_page(run, serial)
    truth = fill(page, run.layout, Hand(Random(seed)), **more)
    return page, truth


def ticked_page(run, serial, *, writes=True, **values):
    """Filled in with these values, by group."""
    page, hand = drawn_page(run, serial), Hand(Random(serial))
    for group, value in values.items():
        box = next(box for box in run.layout["boxes"] if (box["group"], box["value"]) == (group, value))
        hand.tick(page, box, run.layout["side"], "cross")
    if writes:
        for region in run.layout["regions"]:
            hand.write(page, region, 3 if region["name"] == "text" else 1)
    return page


def scan(batch, *contents, territory, by=None):
    """Sent and read by the worker; the batch as it stands then."""
    receive_scan(
        batch=batch,
        sent=[(f"scan-{n}.jpg", [content]) for n, content in enumerate(contents, 1)],
        by=by or territory.agent.person,
        clock=territory.clock,
    )
    while work(territory.clock):
        pass
    return PaperBatch.objects.get(pk=batch.pk)
