"""Figures are drawn by the program in fact: their words, their colours, their faults."""

import contextlib
import json
import re
import subprocess
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from democratic.web import bundle
from democratic.web.charts import drawing
from democratic.web.charts.alone import dressed, standalone
from democratic.web.charts.chart import Bar, Bars, Chart, Line, Lines, Own
from democratic.web.charts.forms import FORMS, NARROW, WIDE
from democratic.web.charts.palette import DARK, LIGHT, PRINT, Palette
from democratic.web.charts.specs import spec_of

HOSTILE = "</svg><script>alert(1)</script>"
BARS = Bars((Bar("Dans la rue", 23, "23", "mark"), Bar(HOSTILE, 12, "12"), Bar("Autre", 5, "5", "open")))
LINES = Lines(("2 févr.", "9 févr."), (Line("Rue · 9", (4, 5)), Line("Papier", (None, 7))))


def chart_of(held, title="23 voix sur 40"):
    return Chart(
        key="essai", base="/chiffres/essai", title=title, description=f"Ce que l’on voit, {HOSTILE}",
        n="n = 40 voix", method="On compte.", caption="Voix", head=("Origine", "Voix"),
        rows=(("Dans la rue", 23),), drawing=held, source="Val-d’Orbe",
    )  # fmt: skip


@pytest.fixture
def live_file():
    """A file of data on this machine, and who asked for it."""
    asked = []

    class Told(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Told)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.json", asked
    server.shutdown()
    server.server_close()
    thread.join()


def words_of(svg):
    root = ET.fromstring(svg)  # sound XML, or it raises
    return ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("}text")]


@pytest.fixture(scope="module")
def drawn():
    specs = {f"{name}:{form}": spec_of(chart_of(held), FORMS[form])
             for name, held in (("bars", BARS), ("lines", LINES)) for form in FORMS}  # fmt: skip
    return drawing.run(specs)["svg"]


@pytest.mark.parametrize("form", FORMS)
def test_every_bar_has_its_word_and_its_number_beside_it(drawn, form):
    words = words_of(drawn[f"bars:{form}"])
    assert {"Dans la rue", "23", "Autre", "5"} <= set(words)


def test_a_line_is_named_where_it_stands_and_its_first_and_last_days_are_told(drawn):
    words = words_of(drawn["lines:etroit.svg"])
    assert {"Rue · 9", "Papier", "2 févr.", "9 févr."} <= set(words)


def test_a_hidden_count_is_hollow_and_dashed(drawn):
    assert "stroke-dasharray" in drawn["lines:large.svg"]


def test_a_narrow_drawing_fits_a_phone_and_its_words_do_not_shrink(drawn):
    wide, narrow = (ET.fromstring(drawn[f"bars:{form}.svg"]) for form in ("large", "etroit"))
    assert float(wide.get("width")) <= WIDE + 4
    assert float(narrow.get("width")) <= NARROW + 4
    sizes = [
        set(re.findall(r'font-size="(\d+)px"', drawn[f"bars:{form}.svg"])) for form in ("large", "etroit")
    ]
    assert sizes[0] == sizes[1] == {"17"}


def test_a_drawing_taken_away_carries_its_title_its_number_and_its_source(drawn):
    words = " ".join(words_of(drawn["bars:figure.svg"]))
    for said in ("23 voix sur 40", "n = 40 voix", "Val-d’Orbe"):
        assert said in words


def test_hostile_words_are_words(drawn):
    for svg in drawn.values():
        whole = dressed(svg, HOSTILE, HOSTILE)
        assert "<script" not in whole
        root = ET.fromstring(whole)
        assert root[0].text == root[1].text == HOSTILE
    assert any(HOSTILE[:12] in word for word in words_of(drawn["bars:large.svg"]))


def test_a_specification_holds_its_data_and_names_no_file():
    for held in (BARS, LINES):
        said = json.dumps(spec_of(chart_of(held), FORMS["figure.svg"]))
        assert '"url"' not in said
        assert "values" in said


def test_a_drawing_fetches_nothing(live_file):
    address, asked = live_file
    spec = {**spec_of(chart_of(BARS), FORMS["large.svg"]), "data": {"url": address}}
    with contextlib.suppress(drawing.CannotDraw):
        drawing.run({"x": spec})
    assert asked == []


@pytest.mark.parametrize(("palette", "selector"), [(LIGHT, r":root \{"), (DARK, r'\[data-theme="dark"\] \{')])
def test_colours_are_those_of_the_style_sheet(palette: Palette, selector):
    tokens = (Path(bundle.STATIC) / "css/tokens.css").read_text(encoding="utf-8")
    block = re.split(selector, tokens, maxsplit=1)[1].split("}", 1)[0]
    for name in ("ink", "ink_2", "line", "paper", "cat_1", "thread", "late_mark", "unkept", "passed"):
        assert f"--{name.replace('_', '-')}: {getattr(palette, name)}" in block


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT])
def test_a_picture_of_ours_carries_its_colours_and_its_words(palette):
    svg = (
        '<svg viewBox="0 0 960 300" role="img"><title id="t">Le parcours</title><desc id="d">Dit.</desc>'
        '<text class="flow-head" x="1" y="2">Sujets</text><path class="flow-strand flow-strand--late" d="M0 0"/>'
        '<rect class="flow-knot flow-knot--unkept" x="1"/><text class="flow-label">A'
        '<tspan class="flow-soft">b</tspan></text></svg>'
    )
    alone = standalone(svg, palette)
    root = ET.fromstring(alone)
    assert "class=" not in alone
    assert [child.text for child in root[:2]] == ["Le parcours", "Dit."]
    assert f'stroke="{palette.late_mark}"' in alone
    assert root.get("width") == "960"
    assert f'fill="{palette.paper}"' in alone


def test_a_class_that_no_one_painted_is_a_fault_not_a_black_shape():
    with pytest.raises(KeyError):
        standalone('<svg viewBox="0 0 1 1"><path class="flow-unknown"/></svg>', LIGHT)


def test_every_class_of_the_style_sheet_is_painted():
    sheet = (Path(bundle.STATIC) / "css/flow.css").read_text(encoding="utf-8")
    names = set(re.findall(r"\.(flow-[a-z-]+)", sheet))
    for name in names:
        standalone(f'<svg viewBox="0 0 1 1"><path class="{name}"/></svg>', LIGHT)
    assert len(names) > 8


@pytest.mark.django_db
class TestKeeping:
    def test_a_hundred_readers_draw_it_once(self, monkeypatch):
        made = []

        def run(specs, png=""):
            made.append(1)
            return {"svg": dict.fromkeys(specs, '<svg width="1">x</svg>'), "png": ""}

        monkeypatch.setattr(drawing, "run", run)
        chart = chart_of(BARS)
        said = {drawing.svg_of(chart, form, "fr", "s") for form in FORMS for _ in range(20)}
        assert len(made) == 1
        assert len(said) == 1

    def test_another_figure_takes_the_place_of_the_one_before(self, monkeypatch, django_assert_num_queries):
        monkeypatch.setattr(drawing, "run", lambda specs, png="": {"svg": dict.fromkeys(specs, "<svg>")})
        first, second = chart_of(BARS), chart_of(BARS, title="24 voix sur 40")
        assert first.digest != second.digest
        for chart in (first, second):
            drawing.svg_of(chart, "large.svg", "fr", "s")
        assert drawing.Slot("s:essai:fr", first.digest).read() is None
        assert drawing.Slot("s:essai:fr", second.digest).read() is not None
        with django_assert_num_queries(1):
            drawing.svg_of(second, "large.svg", "fr", "s")

    def test_what_failed_is_not_tried_by_each_reader(self, monkeypatch):
        tried = []

        def run(_specs, png=""):
            tried.append(png)
            raise drawing.CannotDraw

        monkeypatch.setattr(drawing, "run", run)
        for _ in range(3):
            with pytest.raises(drawing.CannotDraw):
                drawing.svg_of(chart_of(BARS), "large.svg", "fr", "s")
        assert len(tried) == 1

    def test_a_picture_of_points_is_one(self):
        content = drawing.png_of(chart_of(BARS), "fr", "s")
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(content[16:20], "big") >= 2 * WIDE  # twice as fine as the drawing
        assert drawing.is_kept(chart_of(BARS), "fr", "s")


@pytest.mark.parametrize("fault", [OSError("gone"), subprocess.TimeoutExpired("x", 1), ValueError("no JSON")])
def test_whatever_happens_to_the_program_it_cannot_draw(monkeypatch, fault):
    def fall(*_args, **_more):
        raise fault

    monkeypatch.setattr(drawing.subprocess, "run", fall)
    with pytest.raises(drawing.CannotDraw):
        drawing.run({})


def test_the_address_follows_all_that_is_said():
    chart = chart_of(BARS)
    assert chart.digest == chart_of(BARS).digest
    for other in (
        replace(chart, n="n = 41 voix"),
        replace(chart, note="Masqué."),
        replace(chart, rows=(("x", 1),)),
        replace(chart, drawing=Own("<svg/>")),
    ):
        assert other.digest != chart.digest
