"""The face's tags and filters. The commonest are drawn once and kept: a list draws them by the hundred."""

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from democratic.kernel.spoken import Spoken, alike, shorten
from democratic.web import drawings, formats, icons, words

register = template.Library()
_RANGE = re.compile(r"\d+-\d+")
PLACES = {"/", "/suivis", "/plus"}  # of the phone's bottom bar, beside the sections


@register.simple_tag
def asset(path: str) -> str:
    return icons.asset(path)


@register.simple_tag(takes_context=True)
def frame(context: Context, name: str) -> SafeString:
    """A piece of the shell that depends on the language and the place alone: drawn once, then kept."""
    path = context.get("path")
    place = path if path in PLACES else ""
    said = (context["prefix"], context.get("section") or "", place, context.get("conformity") or "")
    return _frame(name, get_language() or "", *said)


@lru_cache(maxsize=256)
def _frame(name: str, _language: str, prefix: str, section: str, path: str, conformity: str) -> SafeString:
    told = {"prefix": prefix, "section": section, "path": path, "conformity": conformity}
    return render_to_string(f"web/frame/{name}.html", told)


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', icons.symbol(f"i-{name}")
    )


@register.simple_tag
@lru_cache(maxsize=16)
def glyph(code: str) -> SafeString:
    """The bare shape of a state; the word must stand beside it."""
    return format_html(
        '<svg viewBox="0 0 34 23" aria-hidden="true"><use href="{}"/></svg>', icons.symbol(f"s-{code}")
    )


@register.simple_tag
def bead(code: str, size: str = "") -> SafeString:
    return _bead(code, size)


@lru_cache(maxsize=64)
def _bead(code: str, size: str) -> SafeString:
    return format_html(
        '<span class="bead{}">{}</span>', f" bead--{size}" if size else "", icon(words.ORIGIN_ICONS[code])
    )


@register.simple_tag
def origin(code: str, label: str = "", n: int | None = None) -> SafeString:
    """A bead and its word. ``n`` goes before the word; ``label`` replaces it."""
    count = format_html("<b>{}</b> ", formats.number(n)) if n is not None else ""
    return format_html(
        '<span class="origin">{}<span>{}{}</span></span>',
        _bead(code, "small"),
        count,
        label or words.ORIGINS[code],
    )


@register.simple_tag
def state(code: str, of: str = "", label: str = "") -> SafeString:
    """A glyph and a word, for rows. ``label`` says more than the state alone, « 15 jours de retard »."""
    word = label or words.state_word(code, of)
    return format_html('<span class="state state--{}">{}{}</span>', code, glyph(code), word)


@register.simple_tag
def stamp(code: str, of: str = "", label: str = "", *, seal: bool = False) -> SafeString:
    """The framed form. ``seal`` (double frame) only on a signed answer."""
    word, double = label or words.state_word(code, of), " stamp--seal" if seal else ""
    return format_html('<span class="stamp stamp--{}{}">{}{}</span>', code, double, glyph(code), word)


@register.simple_tag
def pill(text: str, note: str = "", tone: str = "") -> SafeString:
    """Where a process is now. ``tone``: nothing (open), ``soon``, ``done`` or ``late``."""
    return format_html(
        '<span class="pill{}"><b>{}</b>{}</span>',
        f" pill--{tone}" if tone else "",
        text,
        format_html(" <span>{}</span>", note) if note else "",
    )


@register.simple_tag
def voices(n: int) -> SafeString:
    return _voices(n, get_language() or "")


@lru_cache(maxsize=1024)
def _voices(n: int, language: str) -> SafeString:
    return format_html("<b>{}</b> {}", formats.grouped(n, language), ngettext("voix", "voix", n))


@register.simple_tag
def stance(alignment: int) -> SafeString:
    """For or against, as a shape and a word; nothing when neutral."""
    if alignment not in words.STANCES:
        return SafeString("")
    code, name, word = words.STANCES[alignment]
    return format_html('<span class="stance stance--{}">{}{}</span>', code, icon(name), word)


@register.simple_tag
def strands(groups: int | Iterable[int], *, out: bool = False) -> SafeString:
    """The voices that meet (``out``: that part), one strand each, counted by origin or in all."""
    return _strands((groups,) if isinstance(groups, int) else tuple(groups), out, get_language() or "")


@lru_cache(maxsize=64)
def _strands(groups: tuple[int, ...], out: bool, language: str) -> SafeString:  # noqa: FBT001 - the key of a cache
    share, total = drawings.voices_per_strand(groups), formats.grouped(sum(groups), language)
    caption = (
        gettext("Un trait, une voix. Tous de la même épaisseur.")
        if share == 1
        else gettext("Un trait pour %(share)d voix. Tous de la même épaisseur.") % {"share": share}
    )
    alt = (
        gettext("%(total)s voix, autant de traits fins, se séparent du fil.")
        if out
        else gettext("%(total)s voix, autant de traits fins, se rejoignent en un seul fil.")
    )
    return format_html(
        '<figure class="voices{}"><figcaption class="meta">{}</figcaption><svg viewBox="0 0 720 240"'
        ' preserveAspectRatio="none" role="img" aria-label="{}">{}</svg></figure>',
        " voices--out" if out else "",
        caption,
        alt % {"total": total},
        format_html_join("", '<path d="{}"/>', ((path,) for path in drawings.strand_paths(groups))),
    )


@register.simple_tag
def qr(text: str) -> SafeString:
    return _qr(text, get_language() or "")


@lru_cache(maxsize=128)
def _qr(text: str, _language: str) -> SafeString:
    return _qr_drawn(text, gettext("Code QR qui ouvre la page de cette parole"))


@register.simple_tag
def secret_qr(text: str, label: str = "") -> SafeString:
    """What it says is one person's alone: drawn each time, and kept nowhere."""
    return _qr_drawn(text, label or gettext("Code QR à viser avec l’application"))


def _qr_drawn(text: str, label: str) -> SafeString:
    path, side = drawings.qr_path(text)
    svg = '<svg viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/></svg>'
    return format_html(svg, side, side, label, path)


@register.filter
def as_json(value: object) -> str:
    """For a ``data-`` attribute that a module reads."""
    return json.dumps(value)


@register.filter
def plain(text: object) -> str:
    """For attributes, and for drawings: a text without its language, which no tag can say there."""
    return str(text)


@register.filter
def capital(text: str) -> str:
    """With a capital, the rest as it was."""
    return alike(text[:1].upper() + text[1:], text)


@register.filter
def lang(text: str) -> SafeString:
    """`` lang="…"`` for the element that holds these words alone, when the page is in another language."""
    language = text.elsewhere if isinstance(text, Spoken) else ""
    return format_html(' lang="{}"', language) if language else SafeString("")


@register.filter(needs_autoescape=True)
def paragraphs(text: str, autoescape: bool = True) -> str:  # noqa: FBT001, FBT002 - as Django calls it
    """As ``linebreaks``, each paragraph in the language of the words."""
    html = linebreaks(str(text), autoescape and not isinstance(text, SafeString))
    return mark_safe(html.replace("<p>", f"<p{lang(text)}>"))  # noqa: S308  escaped by linebreaks


@register.filter
def headline(text: str) -> SafeString:
    """For a title set large: as ``typo``, and a range of numbers (« 15-25 ») stays on its line."""
    html = conditional_escape(formats.typo(text))
    return mark_safe(_RANGE.sub(r'<span class="nowrap">\g<0></span>', html))  # noqa: S308  escaped above


register.filter("day", formats.day)
register.filter("hour", formats.hour)
register.filter("number", formats.number)
register.filter("euros", formats.euros)
register.filter("shorten", shorten)
register.filter("typo", formats.typo)
register.filter("days_late", words.days_late)
