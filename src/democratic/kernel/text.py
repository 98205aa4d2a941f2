"""What people type, made safe to keep and to show."""

import re
import unicodedata

import nh3
from markdown_it import MarkdownIt

# Controls, the bidirectional overrides that let a name rewrite the line around it, and blanks of no width, by which two
# names that look the same differ. Joiners stay: emoji and Persian are written with them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060-\u2064\ufeff]"
)
# Letters by their category, that no font draws: they look like nothing was written.
_DRAWN_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(
    ["image", "heading", "lheading"]
)
_pages = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable(["image"])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "pre", "hr"}


def clean_line(typed: str) -> str:
    """One line: NFC, no control or bidirectional sign, blanks folded. Empty when nothing in it is seen."""
    line = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", typed)).split())
    return line if _is_seen(line) else ""


def clean_text(typed: str) -> str:
    """Several lines, as ``clean_line``: Unix line ends, at most one empty line between two paragraphs."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANKS.sub(" ", _UNSEEN.sub("", text))
    lines = _EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
    return lines if _is_seen(lines) else ""


def _is_seen(text: str) -> bool:
    """Whether one sign at least shows: not a blank, a joiner, or an accent on nothing."""
    return any(unicodedata.category(sign)[0] not in "CMZ" and sign not in _DRAWN_BLANK for sign in text)


def to_html(text: str) -> str:
    """Markdown of officials and services, as HTML that can't run: no raw HTML, no image, safe links."""
    return _harmless(_markdown.render(text), _TAGS)


def to_page_html(text: str) -> str:
    """The same for a whole page, with tables and headings: the first level used becomes ``h2``, and none is skipped."""
    tokens = _pages.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    placed = {tag: _HEADINGS[min(rank + 1, len(_HEADINGS) - 1)] for rank, tag in enumerate(levels)}
    for token in tokens:
        token.tag = placed.get(token.tag, token.tag)
    html = _pages.renderer.render(tokens, _pages.options, {})
    return _harmless(html, _TAGS | {*_HEADINGS[1:], "table", "thead", "tbody", "tr", "th", "td"})


def _harmless(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener ugc",
    )
