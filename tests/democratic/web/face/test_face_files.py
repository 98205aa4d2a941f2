"""The face's files, read as text: what a browser would only show to someone who looks at the right page."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from face_gallery import STATIC, page

from democratic.web import bundle, icons

WEB = STATIC / "web"
TEMPLATES = sorted((STATIC.parent / "templates/web").rglob("*.html"))
PARTS = [path for path in TEMPLATES if path.parent == STATIC.parent / "templates/web/parts"]
FRAME = [path for path in TEMPLATES if path.parent == STATIC.parent / "templates/web/frame"]
OURS = [path for path in TEMPLATES if path.name in {"shell.html", "gallery.html"}] + PARTS + FRAME
BUDGET = 100_000


class Classes(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found |= set((dict(attrs).get("class") or "").split())


def squeezed(data):
    return len(gzip.compress(data, 9))


def test_the_style_sheet_is_made_of_its_sources_as_they_are_now():
    assert bundle.BUNDLE.read_text(encoding="utf-8") == bundle.bundled(), (
        "run python -m democratic.web.bundle"
    )


def test_every_css_file_is_in_the_bundle():
    assert {path.stem for path in (WEB / "css").glob("*.css")} == {*bundle.files(), *bundle.APART}


def test_every_rule_stands_in_a_layer():
    for name in bundle.files():
        text = re.sub(
            r"/\*.*?\*/", "", (WEB / f"css/{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL
        )
        outside, depth = [], 0
        for piece in re.split(r"([{}])", text):
            if piece == "{":
                depth += 1
            elif piece == "}":
                depth -= 1
            elif depth == 0 and piece.strip():
                outside.append(piece.strip())
        assert depth == 0, name
        allowed = ("@layer", "@font-face")
        assert all(head.startswith(allowed) for head in outside), (name, outside)


def test_bundling_keeps_what_spaces_mean():
    made = bundle.bundled()
    assert "calc(50% - 5px)" in made
    assert ".rows > li" in made
    assert 'url("fonts/young-serif' in made
    assert "/*" not in made.split("*/", 1)[1]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_template_needs_more_than_a_strict_policy_gives(path):
    text = re.sub(
        r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL
    )
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:", text)
    assert all('src="' in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_french_marks_are_never_left_alone_at_the_start_of_a_line(path):
    """What goes through ``typo`` is held together there, and so is what is handed over to a part."""
    text = re.sub(
        r"\{% filter typo %\}.*?\{% endfilter %\}|\{% translate [^%]* as \w+ %\}",
        "",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    sentences = re.findall(r"""\{% translate ["'](.*?)["'] ?%""", text)
    sentences += re.findall(r"\{% blocktranslate[^%]*%\}(.*?)\{% ", text, re.DOTALL)
    assert [text for text in sentences if re.search(r" [?!;:»]|« |\u202f", text)] == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_each_part_says_first_what_it_needs(path):
    assert path.read_text("utf-8").startswith(("{#", "{% comment %}"))


def test_the_shell_includes_nothing_and_loops_over_flashes_and_feeds_alone():
    shell = next(path for path in OURS if path.name == "shell.html").read_text("utf-8")
    assert "{% include" not in shell
    assert re.findall(r"\{% for [^%]*%\}", shell) == [
        "{% for feed in feeds %}",
        "{% for level, text in flashes %}",
    ]


def test_the_sprite_carries_no_colour_and_no_class():
    text = icons.SPRITE.read_text("utf-8")
    assert not re.search(
        r'class=|style=|fill="(?!none|currentColor)|stroke="(?!none)|#[0-9a-fA-F]{3,6}"', text
    )


def test_every_state_has_its_shape_for_a_row_and_for_a_tally():
    from democratic.web.words import STATES  # noqa: PLC0415 - models must be loaded

    codes = {code for states in STATES.values() for code in states}
    assert {f"{sign}-{code}" for code in codes for sign in "sk"} <= icons.NAMES


def test_every_class_of_the_gallery_is_known_to_the_style_sheet():
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", bundle.bundled()))
    unstyled = {
        "steps__slack--down",
        "k-kept",
        "k-part",
        "k-doing",
        "k-due",
        "k-unkept",
        "k-withdrawn",
        "state--due",
    }
    unstyled |= {
        "state--doing",
        "state--withdrawn",
        "stamp--doing",
        "stamp--withdrawn",
        "errors__list",
        "flow-knot",
    }
    assert Classes(page()).found - known - unstyled == set()


def test_a_reading_page_weighs_less_than_its_budget_fonts_included():
    fonts = sum(path.stat().st_size for path in (WEB / "fonts").glob("*.woff2"))
    files = [WEB / "app.css", WEB / "img/icons.svg", WEB / "js/app.js", WEB / "img/favicon.svg"]
    whole = fonts + sum(squeezed(Path(path).read_bytes()) for path in files) + squeezed(page().encode())
    assert whole <= BUDGET - 8_000, f"{whole} bytes: leave room for what a page adds"


def test_the_script_stays_small():
    assert (WEB / "js/app.js").stat().st_size <= 3_000


def test_fonts_keep_their_licence_beside_them():
    assert len(list((WEB / "fonts").glob("OFL-*.txt"))) == 2
    assert (WEB / "img/LICENCE-lucide-ISC.txt").exists()
