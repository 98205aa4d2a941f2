"""Each piece of a kit as the program composes it in fact: read back by the eyes of a phone, of a reader of PDF, and ours."""

import io
import re
from itertools import pairwise

import numpy as np
import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image

from democratic.kernel.authority_colour import READABLE
from democratic.kernel.colour import contrast
from democratic.participation.conversations.models import FlowRevision
from democratic.thread.models import Authority, Wording
from democratic.web.bundle import STATIC
from democratic.web.kits.making import compose_all
from democratic.web.relays.pieces import BY_KEY, PIECES, alternative_of, sheet_of
from democratic.web.relays.told import GROUNDS, ground_of
from pdf_files import fonts_of, needs_poppler, objects, objects_of, pages_of, picture_of, words_of

SHEETS = [piece.key for piece in PIECES if not piece.is_picture]
PICTURES = [piece.key for piece in PIECES if piece.is_picture]
SCANNED = [key for key in PICTURES if key != "apercu"]  # who has the link under her thumb scans nothing
ADDRESS = "http://127.0.0.1:8000/r/LYC-BRO"
OURS = {"YoungSerif-Regular", "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-SemiBold"}
LONG = "Que faudrait-il changer, près de chez vous, pour que chacune et chacun puisse rentrer le soir sans voiture, "
LONG = (LONG * 3)[:199] + "?"
HOSTILE = '<script>alert(1)</script> #import "/etc/passwd": * ] } $x$ =HYPERLINK("x") @ref'
RIGHT_TO_LEFT = "كيف نعود إلى البيت مساءً بدون سيارة؟"
ONE_WORD = "Intercommunalisation" * 9


def ask(flow, question, title="Bouger"):
    """The flow asks this first, published behind the back of its actions."""
    revision = FlowRevision.objects.get(flow=flow)
    revision.content["steps"][0]["text"] = {"fr": question, "en": question}
    revision.save()
    Wording.objects.filter(record=flow.process.record).update(title=title)


def read(picture):
    return [found.text for found in zxingcpp.read_barcodes(np.array(picture.convert("L")))]


def image(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sheet_is_a_tagged_pdf_that_says_its_language_and_describes_its_figures(pieces_of, language):
    with override(language):
        made = pieces_of()
    for key in SHEETS:
        assert_tagged(made[key], language)


def assert_tagged(pdf, language):
    told = objects_of(pdf)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in told
    assert f"/Lang({language})".encode() in told
    assert b"/DisplayDocTitletrue" in told
    assert [page.outside_tags for page in pages_of(pdf)] == [0]
    elements = [said for said in objects(pdf).values() if b"/Type/StructElem" in said]
    assert [said for said in elements if b"/S/Figure" in said and b"/Alt" not in said] == []
    assert sum(b"/S/Figure" in said for said in elements) == 1  # many times the same is read once
    levels = [int(said[1]) for each in elements for said in re.finditer(rb"/S/H(\d)", each)]
    assert levels == [1]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert set(fonts_of(pdf)) <= OURS


@needs_poppler
@pytest.mark.parametrize(
    ("key", "count"), [("affiche-a4", 1), ("affiche-a3", 1), ("cartes", 10), ("autocollants", 24)]
)
def test_a_phone_reads_the_address_on_every_code_of_a_sheet(piece_of, key, count):
    assert read(picture_of(piece_of(key), dots=200)) == [ADDRESS] * count


@pytest.mark.parametrize("key", SCANNED)
def test_a_phone_reads_the_address_on_a_picture_as_networks_shrink_it(piece_of, key):
    whole = image(piece_of(key))
    assert whole.size == BY_KEY[key].size
    assert read(whole) == [ADDRESS]
    small = whole.resize((whole.width * 2 // 3, whole.height * 2 // 3), Image.Resampling.BILINEAR)
    assert read(small) == [ADDRESS]


def test_the_picture_beside_a_link_has_the_size_that_networks_ask_and_no_code(piece_of):
    picture = image(piece_of("apercu"))
    assert picture.size == (1200, 630)
    assert read(picture) == []


def test_the_poster_says_who_asks_what_until_when_and_what_becomes_of_it(piece_of):
    said = words_of(piece_of("affiche-a4")).replace("\u00a0", " ")
    for expected in (
        "Pour sortir le soir, tu fais comment ?",
        "127.0.0.1:8000/r/LYC-BRO",
        "Qui demande",
        "L’assemblée départementale",
        "Jusqu’au",
        "Avant le 12 juin 2026",
        "chaque phrase reçoit une réponse publique",
        "sans compte",
    ):
        assert expected in said
    assert re.search(r"(?<!/)LYC-BRO", said), "the code alone, in letters, under the one to scan"


@pytest.mark.parametrize("question", [LONG, ONE_WORD, HOSTILE, RIGHT_TO_LEFT, "🙂🚌?"])
def test_no_words_break_a_piece_nor_leave_it(pieces_of, flow, question):
    ask(flow, question, title=question[:80])
    for key, content in pieces_of().items():
        if BY_KEY[key].is_picture:
            assert_nothing_on_the_edge(image(content))
        else:
            (page,) = pages_of(content)
            width, height = (each * 72 / 25.4 for each in BY_KEY[key].size)
            assert [run for run in page.runs if run.x < 0 or run.end > width or not 0 < run.y < height] == []


def test_a_question_in_arabic_is_drawn_whole_on_every_sheet_of_a_code(pieces_of, flow):
    ask(flow, RIGHT_TO_LEFT)
    for key, content in pieces_of().items():
        if not BY_KEY[key].is_picture:
            (page,) = pages_of(content)
            assert page.boxes == 0
            assert fonts_of(content) & {"Vazirmatn-SemiBold"}
            assert {sign for sign in RIGHT_TO_LEFT if sign.isalpha()} <= set(words_of(content))


def assert_nothing_on_the_edge(picture):
    """But the thread, which comes from above and goes on below: the outermost pixels are the ground alone."""
    right = {picture.getpixel((picture.width - each, y)) for each in (1, 30) for y in range(picture.height)}
    below = {picture.getpixel((x, picture.height - 20)) for x in range(120, picture.width)}
    assert len(right | below) == 1


@needs_poppler
@pytest.mark.parametrize("question", [LONG, ONE_WORD])
def test_long_words_leave_the_code_readable(piece_of, flow, question):
    ask(flow, question)
    assert read(picture_of(piece_of("affiche-a4"), dots=150)) == [ADDRESS]
    assert read(image(piece_of("publication"))) == [ADDRESS]


def test_a_hostile_question_is_printed_as_it_was_written(piece_of, flow):
    ask(flow, HOSTILE)
    said = words_of(piece_of("affiche-a4")).replace("\u00a0", " ").replace("/ ", "/")  # a line may end there
    assert "<script>alert(1)</script>" in said
    assert "$x$" in said


@pytest.mark.parametrize("accent", ["", "#0f5257", "#ffff00", "#1a4d2e", "nonsense"])
@pytest.mark.parametrize("identity", ["", "ardoise", "prune", "unknown"])
def test_white_reads_on_every_ground(accent, identity):
    assert contrast("#ffffff", ground_of(accent, identity)) >= READABLE


@pytest.mark.parametrize("key", PICTURES)
def test_a_picture_wears_the_colour_of_its_authority_and_the_thread_shows_on_it(piece_of, territory, key):
    Authority.objects.filter(pk=territory.authority.pk).update(accent="#5b2a4f")
    picture = image(piece_of(key))
    assert picture.getpixel((picture.width - 5, 5)) == (0x5B, 0x2A, 0x4F)
    assert contrast("#ff8062", "#5b2a4f") >= 3  # a mark, not a word: WCAG 1.4.11


def test_grounds_are_those_of_the_style_sheet():
    tokens = (STATIC / "css/tokens.css").read_text()
    assert f"--authority: {GROUNDS['']}" in tokens
    for name in ("ardoise", "prune"):
        assert f'[data-identity="{name}"] {{ --authority: {GROUNDS[name]}; }}' in tokens


def test_the_same_words_make_the_same_file_to_the_byte(told_of_code):
    wanted = [(sheet_of(piece, told_of_code()), piece.form) for piece in PIECES]
    assert compose_all(wanted) == compose_all(wanted)


def test_a_picture_is_described_by_all_that_it_says(told_of_code):
    told = told_of_code()
    for key in SCANNED:
        said = alternative_of(BY_KEY[key], told)
        for part in (told.authority, told.question, told.address):
            assert part in said


def test_in_english_the_code_leads_to_english(told_of_code):
    with override("en"):
        told = told_of_code()
        assert told.url == "http://127.0.0.1:8000/en/r/LYC-BRO"
        assert told.question == "How do you get around at night?"
