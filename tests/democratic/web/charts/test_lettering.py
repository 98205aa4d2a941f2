"""No label of a figure is cut: lines are measured with our own font, and there are as many as they need."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont
from playwright.sync_api import sync_playwright

from courses import whole_course
from debian_chromium import CHROMIUM, FLAGS
from democratic.participation.commitments.queries import STANDINGS
from democratic.participation.reports.answer_counts import AnswersCounted
from democratic.thread.models import Origin
from democratic.web.charts import drawing
from democratic.web.charts.acts import answers_chart, promises_chart
from democratic.web.charts.chart import Bars, Gauge
from democratic.web.charts.forms import FORMS, NARROW
from democratic.web.charts.lettering import FONTS, LEADING, SIZE, lines_of, width_of
from democratic.web.charts.meeting import meeting_chart
from democratic.web.charts.specs import spec_of, words_of_bars

SVG = "{http://www.w3.org/2000/svg}"
FONT = ImageFont.truetype(FONTS / "atkinson-hyperlegible-next-400.ttf", 1000)
SERVED = finders.find("web/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2")
BOLD = ImageFont.truetype(FONTS / "atkinson-hyperlegible-next-600.ttf", 1000)
FRENCH = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 '’.,:;!?·-–éèêëàâîïôöùûüçœæÉÀ«»()%"


def real_width(text, size=SIZE, font=FONT):
    return font.getlength(text) * size / 1000


SAID = (
    "Dans la rue", "7' et 77 %", "qj Tï f’ r'", "VTVTVT TTTT", "Signées au plus tard le jour promis", "1\u202f234 personnes",
    "À distance – en différé", "« Un bus le soir »", "Œuvre, cœur, naïveté, Noël", "100\u00a0000",
)  # fmt: skip


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
def test_a_width_is_never_less_than_a_browser_draws_and_hardly_more():
    letters = base64.b64encode(Path(SERVED).read_bytes()).decode()
    measure = """async ([letters, said, size]) => {
      const face = new FontFace("Ours", `url(data:font/woff2;base64,${letters})`);
      document.fonts.add(await face.load());
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = `${size}px Ours`;
      return said.map((text) => pen.measureText(text).width);
    }"""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        drawn = chromium.new_page().evaluate(measure, [letters, SAID, SIZE])
        chromium.close()
    for text, width in zip(SAID, drawn, strict=True):
        assert width <= width_of(text) <= width * 1.02, text


def test_a_sign_of_another_font_is_taken_for_a_wide_one():
    assert width_of("漢") == width_of("漢字") / 2 == 1040 * SIZE / 1000


@given(st.text(FRENCH, max_size=120), st.integers(60, 400))
def test_lines_hold_every_word_and_none_goes_past_the_room(text, room):
    lines = lines_of(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= room for line in lines)


def test_what_fits_stays_on_one_line():
    assert lines_of("Dans la rue", 244) == ["Dans la rue"]
    assert lines_of("", 244) == [""]


def test_no_word_is_left_alone_on_the_last_line():
    assert lines_of("Signées au plus tard le jour promis", 244) == ["Signées au plus", "tard le jour promis"]


def longest():
    """Every label that our figures can say, in the narrowest place that shows it: counts of six digits."""
    counted = AnswersCounted(**dict.fromkeys(AnswersCounted.__dataclass_fields__, 100000))
    many = dict.fromkeys((origin.value for origin in Origin), 100_000)
    yield answers_chart(counted, "/chiffres/reponses", "Val-d’Orbe")
    yield promises_chart(dict.fromkeys(STANDINGS, 100_000), "/chiffres/engagements", "Val-d’Orbe")
    yield meeting_chart(many, "Rentrer le soir", "/fil/K7P-4RM/figure", "Val-d’Orbe")


def words_of(svg):
    """(text, x, is at the end, is bold) of each word drawn."""
    for each in ET.fromstring(svg).iter(f"{SVG}text"):
        said = "".join(each.itertext())
        yield (
            said,
            float(each.get("x", 0)),
            each.get("text-anchor") == "end",
            each.get("font-weight") == "600",
        )


def right_edge(text, x, *, is_end, is_bold):
    return x if is_end else x + real_width(text, font=BOLD if is_bold else FONT)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_label_of_a_narrow_figure_is_cut_nor_meets_its_number(language):
    seen = 0
    with override(language):
        for chart in longest():
            form, held = FORMS["etroit.svg"], chart.drawing
            if isinstance(held, Bars):
                text = str(spec_of(chart, form))
                assert "'limit'" not in text
                said = words_of_bars(held, form)
                wholes = [" ".join(line for line in lines if line) for lines in said]
                assert wholes == [bar.label for bar in held.bars]
                widest = max(real_width(line) for lines in said for line in lines)
                number = max(real_width(bar.shown, font=BOLD) for bar in held.bars)
                assert widest + number + 8 <= NARROW - 4
            else:
                svg = drawing.svg_of(chart, "etroit.svg", language, "s")
                words = list(words_of(svg))
                assert "…" not in "".join(word for word, *_more in words)
                for word, x, is_end, is_bold in words:
                    assert right_edge(word, x, is_end=is_end, is_bold=is_bold) <= NARROW, word
                labels = held.parts if isinstance(held, Gauge) else held.bundles
                drawn = " ".join(word for word, *_more in words)
                assert all(each.label.split(" ")[-1] in drawn for each in labels)
            seen += 1
    assert seen == 3


def test_two_lines_stand_apart_by_one_leading():
    chart = next(longest())
    text_marks = [
        layer["mark"]
        for layer in spec_of(chart, FORMS["etroit.svg"])["layer"]
        if layer["mark"]["type"] == "text"
    ]
    assert text_marks[0]["lineHeight"] == LEADING
    assert text_marks[1]["dy"] - text_marks[0]["dy"] == LEADING * (
        len(words_of_bars(chart.drawing, FORMS["etroit.svg"])[0]) - 1
    )


@pytest.fixture
def pages(territory, client, monkeypatch):
    """Each image that the figures of a filled territory show, with the size that their page announces."""
    whole_course(territory, voices=7, commitments=3)
    for origin in Origin:
        territory.say("Un bus le soir", origin=origin)
    found = []
    for path in ("/chiffres", "/concertations/bouger/entendu", "/concertations/bouger/bilan"):
        answer = client.get(path)
        if answer.status_code == 200:
            found += re.findall(
                r'<(?:source|img)[^>]*(?:srcset|src)="([^"]+\.svg)"[^>]* width="(\d+)" height="(\d+)"',
                answer.content.decode(),
            )
    return found


def test_an_image_is_as_large_as_its_page_says_before_it_is_there(client, pages):
    assert len(pages) >= 10
    for address, width, height in pages:
        root = ET.fromstring(client.get(address).content)
        drawn = float(root.get("width")), float(root.get("height"))
        assert drawn == pytest.approx((int(width), int(height)), abs=1.5), address
