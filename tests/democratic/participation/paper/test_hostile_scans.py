"""Files that mean harm, or nothing: each has its word, none takes the memory of the machine, none is believed."""

import io
import struct
import zlib
from random import Random
from time import monotonic

import numpy as np
import pytest
from PIL import Image

from democratic.participation.paper import reader
from democratic.participation.paper.reader import read_page
from paper_piles import printed, ticked_page
from scanned_forms import jpeg, pdf_of, png

MOST_KILOBYTES = 300_000
LONGEST_WAIT = 30  # seconds, on a machine that does much else


def bomb(width, height):
    """A PNG of a few kilobytes that says it has this many pixels."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(bytes(width + 1) * min(height, 2000), 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def tiff(pages):
    out = io.BytesIO()
    images = [Image.fromarray(page) for page in pages]
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


@pytest.fixture
def run(territory):
    return printed(territory, copies=3)


def read(content, run, number=0):
    return read_page(content, number, {run.code: run.layout})


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"", "not_a_scan"),
        (b"MZ\x90\x00", "not_a_scan"),
        (b"<html><script>alert(1)</script>", "not_a_scan"),
        (b"PK\x03\x04" + bytes(100), "not_a_scan"),
        (b"%PDF-1.7\nnothing", "broken"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "broken"),
        (bomb(60_000, 60_000), "too_large"),
        (bomb(30_000, 30_000), "too_large"),
        (bomb(6_000, 6_000), "no_code"),
        (pdf_of([jpeg(np.full((60, 40), 255, np.uint8))])[:-400], "no_code"),
    ],
)  # fmt: skip
def test_what_is_no_scan_has_its_word(run, content, state):
    assert read(content, run).state in {state, "broken"}


def test_two_hundred_pages_are_refused_at_once(run):
    small = jpeg(np.full((60, 40), 255, np.uint8))
    told = read(pdf_of([small] * 200), run)
    assert (told.state, told.pages) == ("too_many", 0)


def pdf_with(pages, size=(595, 842), trailer=b""):
    """A PDF of so many empty pages of this size, in points."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] >>" % size
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        *[page] * pages,
    ]
    if trailer:
        objects.append(
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
        )
        trailer = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    out, starts = bytearray(b"%PDF-1.7\n"), []
    for n, each in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    at = len(out)
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, trailer, at
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (pdf_with(10_000), "too_many"),
        (pdf_with(1, trailer=b"locked"), "pdf_locked"),
        (pdf_with(1, size=(28_346, 28_346)), "no_code"),  # ten metres: drawn as small as any
        (pdf_with(1, size=(28_346, 1)), "broken"),
        (pdf_with(1, size=(2_000_000_000, 2_000_000_000)), "no_code"),
        (pdf_with(0), "broken"),
    ],
    ids=["10,000 pages", "locked", "ten metres", "a thread", "beyond measure", "no page"],
)
def test_a_pdf_out_of_measure_is_refused_within_bounds(run, content, state):
    began = monotonic()
    told = read(content, run)
    assert told.state == state
    assert told.peak < MOST_KILOBYTES
    assert monotonic() - began < LONGEST_WAIT


def test_a_picture_of_nine_hundred_million_pixels_is_refused_before_one_is_drawn(run):
    content = bomb(30_000, 30_000)
    assert len(content) < 100_000
    told = read(content, run)
    assert told.state == "too_large"
    assert told.peak < MOST_KILOBYTES


def test_a_pdf_with_a_script_is_drawn_and_its_script_is_not_run(run):
    scanned = pdf_of([jpeg(ticked_page(run, 1, age="26_64"))])
    script = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"
    told = read(scanned.replace(b"<< /Type /Catalog /Pages 2 0 R >>", script), run)
    assert told.state == "read"
    assert told.groups["age"]["ticked"] == ["26_64"]


def test_a_tiff_of_several_pages_is_read_page_by_page(run):
    pages = tiff([ticked_page(run, 1, age="26_64"), ticked_page(run, 2, age="65")])
    told = [read(pages, run, number) for number in (0, 1)]
    assert [each.pages for each in told] == [2, 2]
    assert [each.groups["age"]["ticked"] for each in told] == [["26_64"], ["65"]]


def test_an_honest_page_and_the_largest_one_stay_within_the_memory_of_the_program(run):
    page = ticked_page(run, 1, age="26_64")
    large = np.repeat(np.repeat(page, 3, axis=0), 3, axis=1)
    peaks = [read(content, run).peak for content in (jpeg(page), jpeg(large), png(page))]
    assert max(peaks) < MOST_KILOBYTES


def test_a_program_that_says_nothing_or_never_ends_is_a_page_too_large(run, tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "LONGEST", 1.0)
    for code in ("import time; time.sleep(60)", "raise SystemExit(3)", "print('not json')"):
        program = tmp_path / "program.py"
        program.write_text(code)
        monkeypatch.setattr(reader, "_PROGRAM", str(program))
        assert read(b"x", run).state == "too_large"


def test_mutated_scans_are_read_or_refused_and_never_crash(run):
    page, random = jpeg(ticked_page(run, 1, age="26_64"), 60), Random(7)
    for _each in range(12):
        broken = bytearray(page)
        for _byte in range(30):
            broken[random.randrange(len(broken))] = random.randrange(256)
        told = read(bytes(broken), run)
        assert told.state in {
            "read",
            "broken",
            "no_code",
            "torn",
            "folded",
            "not_a_scan",
            "too_large",
            "foreign",
        }
        if told.state == "read" and not told.groups["age"]["asks"]:
            assert told.groups["age"]["ticked"] == ["26_64"]
