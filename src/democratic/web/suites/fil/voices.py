"""Knots of what was asked and said: the order, the process, the voices, the themes that they make."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.spoken import shorten
from democratic.participation.reports.fil import Knot
from democratic.thread.models import Kind, Record
from democratic.web.formats import number
from democratic.web.places import fil_path
from democratic.web.sentences import tell
from democratic.web.suites.fil import phrases
from democratic.web.suites.fil.phrases import SHORT, text_of, title_of
from democratic.web.suites.fil.telling import (
    LONGEST,
    Drawn,
    Telling,
    cut,
    delay_of,
    figure_path,
    page_of,
    part,
    url_of,
)
from democratic.web.words import ORIGIN_ICONS


def said(_telling: Telling, knot: Knot, record: Record) -> Drawn:
    title, text = title_of(record), text_of(record)
    is_short = len(text) <= SHORT
    drawn: Drawn = {
        "icon": ORIGIN_ICONS[record.origin],
        "said": text if is_short else title,
        "text": phrases.said_by(record),
        "moment": phrases.weekday(knot.on) if knot.on else "",
        "code": record.code,
        "said_where": record.origin,
        "links": [(_("Lire la parole"), url_of(record))],
    }
    if not is_short:
        drawn["body"] = part("excerpt", text=shorten(text, LONGEST), url=url_of(record))
    if record.state == "inadmissible":
        drawn["stamp"] = {"code": "unkept", "of": "answer", "label": _("Hors du champ")}
    return drawn


def theme(telling: Telling, knot: Knot, record: Record) -> Drawn:
    n = sum(knot.voices.values())
    drawn: Drawn = {
        "state": "group",
        "many": True,
        "icon": "merge",
        "origins": list(knot.voices.items()),
        "voices": tuple(knot.voices.values()) if n > 1 else (),
        "figure": figure_path(record.code) if record.kind == Kind.THEME else "",
        "moment": phrases.after(telling.previous, knot.on),
    }
    if telling.from_one_voice:
        others = n - 1
        drawn["title"] = (
            ngettext(
                "%(n)s autre voix disait la même chose", "%(n)s autres voix disaient la même chose", others
            )
            % {"n": number(others)}
            if others > 0
            else _("Un sujet est ouvert, avec cette seule voix")
        )
        drawn["url"] = url_of(record)
        drawn["text"] = tell(
            _("Ces paroles sont rapprochées sous un seul sujet : %(theme)s."), theme=title_of(record)
        )
        return drawn
    heard = ngettext("%(n)s voix", "%(n)s voix", n) % {"n": number(n)}
    return drawn | {
        "kind": _("Sujet, %(voices)s") % {"voices": heard},
        "title": title_of(record),
        "url": url_of(record),
        "text": text_of(record),
    }


def themes(telling: Telling, knot: Knot) -> Drawn:
    """All the themes of a process, each a bundle of strands."""
    attached, all_said, n = knot.counts["attached"], knot.counts["said"], len(knot.records)
    rows = [
        {"title": title_of(record), "url": url_of(record), "n": group}
        for record, group in zip(knot.records, knot.groups, strict=True)
    ]
    return {
        "many": True,
        "icon": "list",
        "title": ngettext("Un sujet en est sorti", "%(n)s sujets en sont sortis", n) % {"n": number(n)},
        "text": _("%(attached)s voix sur %(said)s sont rattachées à un sujet.")
        % {"attached": number(attached), "said": number(all_said)},
        "links": [(_("Ce qu’on a entendu"), page_of(telling.fil, "entendu"))],
        "body": part("bundles", rows=rows),
    }


def heard(telling: Telling, knot: Knot) -> Drawn:
    n = sum(knot.voices.values())
    return {
        "state": "group",
        "many": True,
        "icon": "merge",
        "title": ngettext("Une voix s’est fait entendre", "%(n)s voix se sont fait entendre", n)
        % {"n": number(n)},
        "origins": list(knot.voices.items()),
        "voices": knot.groups if n > 1 else (),
        "figure": figure_path(telling.fil.process.record.code) if telling.fil.process else "",
        "moment": phrases.after(telling.previous, knot.on),
    }


def meeting(_telling: Telling, knot: Knot, record: Record) -> Drawn:
    return {
        "many": True,
        "icon": "mic",
        "kind": _("Rencontre"),
        "title": title_of(record),
        "text": text_of(record),
        "origins": list(knot.counts.items()),
        "moment": record.place,
        "links": [(_("Cette rencontre"), url_of(record))],
        "body": cut(record),
    }


def order(_telling: Telling, knot: Knot, record: Record) -> Drawn:
    return {
        "icon": "file-text",
        "kind": _("Commande politique, %(who)s") % {"who": knot.who},
        "title": title_of(record),
        "url": url_of(record),
        "text": shorten(text_of(record), LONGEST),
        "links": [(_("Ce qui est demandé"), url_of(record))],
        "body": cut(record),
    }


def process(telling: Telling, knot: Knot, record: Record) -> Drawn:
    return {
        "icon": "message-square-quote",
        "kind": _("Concertation"),
        "title": title_of(record),
        "url": page_of(telling.fil),
        "text": text_of(record),
        "moment": phrases.after(telling.previous, knot.on),
        "body": cut(record),
    }


def merged(_telling: Telling, _knot: Knot, record: Record) -> Drawn:
    """Another voice that said the same: the story goes on through it."""
    return {
        "icon": "merge",
        "kind": _("Fusionnée dans %(code)s") % {"code": record.code},
        "title": title_of(record),
        "url": url_of(record),
        "many": True,
    }


def split(_telling: Telling, knot: Knot) -> Drawn:
    """One voice that says several things: each has its own fil."""
    rows = [{"title": title_of(record), "url": fil_path(record.code), "n": None} for record in knot.records]
    n = len(rows)
    return {
        "icon": "list",
        "title": ngettext("Scindée en %(n)s part", "Scindée en %(n)s parts", n) % {"n": number(n)},
        "text": _("Chacune reprend ses mots, et a son propre fil. Leurs titres sont donnés par le service."),
        "body": part("bundles", rows=rows),
    }


def replied(_telling: Telling, knot: Knot, record: Record) -> Drawn:
    """The authority answered a body, point by point: the answer is read on the referral's own page."""
    return {
        "many": True,
        "icon": "pen-line",
        "kind": _("Réponse à une saisine"),
        "title": _("La collectivité a répondu, point par point"),
        "moment": phrases.promise_kept(knot),
        "links": [(_("Lire la réponse"), url_of(record))],
        "body": delay_of(knot),
    }


def other(telling: Telling, _knot: Knot, record: Record) -> Drawn:
    return {
        "icon": "knot",
        "kind": str(Kind(record.kind).label),
        "title": title_of(record),
        "url": "" if telling.is_first else url_of(record),
        "text": shorten(text_of(record), LONGEST),
        "links": [(_("Lire"), url_of(record))],
        "body": cut(record),
    }
