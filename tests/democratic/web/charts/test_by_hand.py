"""The gauge and the voices that meet: drawn by us, their words beside their marks, on paper and in the dark."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from democratic.participation.commitments.queries import STANDINGS
from democratic.web.charts import drawing
from democratic.web.charts.by_hand import by_hand
from democratic.web.charts.chart import Bars, Bundle, Chart, Gauge, Part, Strands
from democratic.web.charts.forms import FORMS, NARROW, WIDE
from democratic.web.charts.lettering import LEADING
from democratic.web.drawings import MOST_STRANDS

HOSTILE = "</svg><script>alert(1)</script>"
GAUGE = Gauge(
    (
        Part("kept", "Tenu", 6, "6"), Part("part", "En partie", 1, "1"), Part("doing", "En cours", 0, "0"),
        Part("late", HOSTILE, 2, "2"),
    )
)  # fmt: skip
STRANDS = Strands((Bundle("dans la rue", 9, "9"), Bundle(HOSTILE, 4, "4")), "13 voix")


def chart_of(held):
    return Chart(
        key="essai", base="/chiffres/essai", title="6 engagements tenus sur 9 publiés", description=HOSTILE,
        n="n = 9", method="On compte.", caption="État", head=("État", "n"), rows=(("Tenu", 6),), drawing=held,
        source="Val-d’Orbe",
    )  # fmt: skip


def root_of(held, form="large.svg"):
    return ET.fromstring(drawing.svg_of(chart_of(held), form, "fr", "s"))


def words_in(root):
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("held", [GAUGE, STRANDS])
def test_each_form_is_sound_named_and_as_wide_as_its_screen(held, form, monkeypatch):
    monkeypatch.setattr(drawing, "run", None)  # no program is started for it
    root = root_of(held, form)
    assert root[0].text == "6 engagements tenus sur 9 publiés"
    assert root[1].text == HOSTILE
    assert root.get("role") == "img"
    most = {"etroit": NARROW, "figure": WIDE + 48}.get(form.split("-")[0].split(".")[0], WIDE)
    assert float(root.get("width")) == most
    assert "class=" not in ET.tostring(root, encoding="unicode")


@pytest.mark.parametrize("form", FORMS)
def test_its_colours_are_those_of_its_ground(form):
    svg, palette = by_hand(chart_of(GAUGE), FORMS[form]), FORMS[form].palette
    told = set(re.findall(r'(?:fill|stroke)="(#\w+)"', svg))
    assert told <= {
        palette.ink,
        palette.ink_2,
        palette.line,
        palette.paper,
        palette.thread,
        palette.late_mark,
    }
    assert palette.thread in told


def test_a_gauge_names_each_part_that_holds_something_and_no_other():
    words = words_in(root_of(GAUGE))
    assert {"Tenu", "6", "En partie", "1", "2"} <= set(words)
    assert "En cours" not in words


def test_the_parts_of_a_gauge_are_as_long_as_their_counts():
    rects = re.findall(
        r'<rect x="([\d.]+)" y="4" width="([\d.]+)"', by_hand(chart_of(GAUGE), FORMS["large.svg"])
    )
    kept, part, late = (float(width) for _x, width in rects)
    assert kept == pytest.approx(6 * part, rel=0.01)
    assert late == pytest.approx(2 * part, rel=0.01)
    last = float(rects[-1][0]) + late
    assert last == pytest.approx(WIDE - 1, abs=0.2)


def test_no_two_standings_are_told_apart_by_colour_alone():
    def shape(state):
        svg = by_hand(chart_of(Gauge((Part(state, "x", 1, "1"),))), FORMS["papier.svg"])
        return re.sub(r"#\w{6}", lambda found: "paper" if found[0] == "#ffffff" else "ink", svg)

    assert len({shape(state) for state in STANDINGS}) == len(STANDINGS)


def test_a_strand_is_a_voice_and_all_end_in_the_knot():
    svg = by_hand(chart_of(STRANDS), FORMS["large.svg"])
    strands = re.findall(r"M[\d.]+ [\d.]+C[^M\"]*? ([\d.]+ [\d.]+)(?=M|\")", svg)
    assert len(strands) == 13
    assert len(set(strands)) == 1


def test_many_voices_make_no_heavier_picture():
    many = Strands((Bundle("sur le web", 90_000, "90 000"), Bundle("en salle", 3, "3")), "90 003 voix")
    svg = by_hand(chart_of(many), FORMS["large.svg"])
    assert svg.count("C") < MOST_STRANDS + 10
    assert "en salle" in svg


def test_words_of_others_are_words():
    for held in (GAUGE, STRANDS):
        for form in FORMS:
            assert "<script" not in drawing.svg_of(chart_of(held), form, "fr", "s")


def test_what_does_not_fit_goes_on_the_next_line_and_the_picture_is_higher_by_as_much():
    long = Gauge((Part("late", "En retard sur le premier jour qui était promis, et sans nouvelle", 2, "2"),))
    said = [word for word in words_in(root_of(long, "etroit.svg")) if word != "2"]
    assert len(said) == 2
    assert " ".join(said) == long.parts[0].label
    short = Gauge((Part("late", "En retard", 2, "2"),))
    heights = [float(root_of(held, "etroit.svg").get("height")) for held in (long, short)]
    assert heights[0] - heights[1] == LEADING


def test_it_goes_away_with_its_title_its_numbers_and_its_source():
    said = " ".join(words_in(root_of(STRANDS, "figure.svg")))
    for each in ("6 engagements tenus sur 9 publiés", "n = 9", "Val-d’Orbe", "13 voix"):
        assert each in said


def test_a_statistic_is_not_drawn_by_hand():
    with pytest.raises(TypeError):
        by_hand(replace(chart_of(GAUGE), drawing=Bars(())), FORMS["large.svg"])


@pytest.mark.django_db
@pytest.mark.parametrize("held", [GAUGE, STRANDS])
def test_the_program_apart_makes_its_points(held):
    content = drawing.png_of(chart_of(held), "fr", "s")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") == 2 * (WIDE + 48)
