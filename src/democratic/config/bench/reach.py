"""How long a pile of scanned forms takes in the background: printed, ticked by hand, scanned askew, sent, read."""

import io
import resource
import time
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from django.utils.translation import override

from democratic.config.bench.fill import fill_ideas
from democratic.config.bench.size import Step
from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.participation.paper.actions import NewBatch, open_batch, receive_scan
from democratic.participation.paper.models import PaperBatch, PrintRun
from democratic.participation.paper.printing import print_forms
from democratic.participation.paper.working import work
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for
from democratic.people.actions import welcome_guest
from democratic.thread.rules import Viewer
from democratic.web.kits.form import form
from democratic.web.kits.making import PDF, Sheet, compose
from democratic.web.kits.told import told_of
from democratic.web.paper.leaves import asked_of, leaves_of

DPI, QUALITY, AT_ONCE = 200, 75, 20
SEED = 37


def reach_timed(pages: int) -> Iterator[Step]:
    """The steps of ``pages`` forms, the last of which is what an agent waits for."""
    process, by = fill_ideas(1), welcome_guest()
    run = print_forms(process=process, poll=None, copies=pages, by=by, clock=DATABASE_CLOCK)
    began = time.perf_counter()
    pdf = _composed(process, run)
    yield Step("printed", time.perf_counter() - began, f"{len(pdf) / 1e6:.1f} MB")
    began = time.perf_counter()
    scans = [_scanned(page, run, _hand(n)) for n, page in enumerate(_rastered(pdf))]
    weight = sum(map(len, scans)) / 1e6
    yield Step("ticked and scanned, by this bench", time.perf_counter() - began, f"{weight:.1f} MB")
    batch = open_batch(
        process=process, new=NewBatch("Lot 1", _today(process)), by=by, function="", clock=DATABASE_CLOCK
    )
    for first in range(0, pages, AT_ONCE):
        sent = [(f"{n}.jpg", [scan]) for n, scan in enumerate(scans[first : first + AT_ONCE], first)]
        receive_scan(batch=batch, sent=sent, by=by, clock=DATABASE_CLOCK)
    began, worked = time.perf_counter(), _children()
    work(DATABASE_CLOCK)
    took = time.perf_counter() - began
    yield Step("read in the background", took, f"{_children() - worked:.1f} s of processor; {_read(batch)}")


def _hand(number: int) -> Random:
    """The same each time."""
    return Random(SEED + number)  # noqa: S311  no secret


def _children() -> float:
    """Seconds that the programs which read have worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _today(process: Process) -> date:
    return local_day(DATABASE_CLOCK.now(), process.authority.time_zone)


def _composed(process: Process, run: PrintRun) -> bytes:
    with override("fr"):
        told = told_of(get_process_for(Viewer(process.authority), process.slug), _today(process))
        said = form(told, run.layout, asked_of(run), leaves_of(run, {}), of=run.copies)
        return compose(Sheet("form", "form", said, _today(process)), PDF)


def _rastered(pdf: bytes) -> Iterator[Any]:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  heavy

    for page in pypdfium2.PdfDocument(pdf):
        yield page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")


def _scanned(page: Any, run: PrintRun, random: Random) -> bytes:
    """An age, a council, an agreement and some lines, by a black pen; then a scanner that holds it askew."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  heavy

    draw, dots = ImageDraw.Draw(page), DPI / 25.4
    for group in ("age", "body", "consent"):
        box = random.choice([box for box in run.layout["boxes"] if box["group"] == group])
        left, top, side = box["x"] * dots, box["y"] * dots, run.layout["side"] * dots
        draw.line((left, top, left + side, top + side), fill=40, width=4)
        draw.line((left, top + side, left + side, top), fill=40, width=4)
    for region in run.layout["regions"]:
        points = [
            ((region["x"] + 4 + x) * dots, (region["y"] + 5 + random.uniform(-2, 2)) * dots)
            for x in range(50)
        ]
        draw.line(points, fill=40, width=4)
    turned = page.rotate(random.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True, fillcolor=230)
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _read(batch: PaperBatch) -> str:
    rows = list(batch.rows.all())
    asks = sum(len(row.asks) for row in rows)
    return f"{len(rows)} sheets read, {asks} cells to be looked at"
