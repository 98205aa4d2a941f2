"""Reading back: each knot says why the one before it came to be."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from democratic.participation.reports.fil import Knot, Tells
from democratic.web.formats import number
from democratic.web.sentences import tell, together
from democratic.web.suites.fil.phrases import said_by, title_of
from democratic.web.suites.fil.telling import Drawn, Telling, url_of


def read_back(telling: Telling, knot: Knot, drawn: Drawn) -> Drawn:
    """The same knot, with its title as a cause; the first one asks the question."""
    if telling.is_first:
        return drawn | {
            "title": tell(_("D’où vient « %(what)s » ?"), what=_what(telling)),
            "said": "",
            "url": "",
        }
    if knot.tells == Tells.THEME and knot.voices:
        return _voices(knot, drawn)
    if knot.tells == Tells.SAID and knot.record:
        if not knot.records:
            return drawn
        return drawn | {"text": _("Dit en premier : %(who)s.") % {"who": said_by(knot.record)}}
    because = _BECAUSE.get(knot.tells)
    if because is None or not knot.record:
        return drawn
    what = knot.records[0] if knot.tells == Tells.ANSWER and knot.records else knot.record
    return drawn | {"title": tell(_(because), what=title_of(what)), "kind": ""}


def _what(telling: Telling) -> str:
    return title_of(telling.fil.record)


def _voices(knot: Knot, drawn: Drawn) -> Drawn:
    n = sum(knot.voices.values())
    one = len(knot.records) <= 1
    title = (
        ngettext("Parce qu’une voix le disait", "Parce que %(n)s voix disaient la même chose", n)
        if one
        else ngettext("Parce qu’une voix le demandait", "Parce que %(n)s voix le demandaient", n)
    )
    names = together(", ", *(title_of(record) for record in knot.records))
    subjects = ngettext("Sur un sujet : %(names)s.", "Sur %(n)d sujets : %(names)s.", len(knot.records))
    return drawn | {
        "title": title % {"n": number(n)},
        "kind": "",
        "url": url_of(knot.records[0]) if one and knot.records else "",
        "text": tell(subjects, n=len(knot.records), names=names),
        "out": True,
        "figure": drawn["figure"] if one else "",
    }


_BECAUSE = {
    Tells.COMMITMENT: gettext_noop("Parce que c’était promis : %(what)s"),
    Tells.ACTIONS: gettext_noop("Parce que ce travail était prévu : %(what)s"),
    Tells.DECISION: gettext_noop("Parce que c’est décidé : %(what)s"),
    Tells.ANSWER: gettext_noop("Parce qu’une réponse était due : %(what)s"),
    Tells.MEETING: gettext_noop("Parce que c’était discuté en public : %(what)s"),
    Tells.PROCESS: gettext_noop("Parce qu’une concertation était ouverte : %(what)s"),
    Tells.ORDER: gettext_noop("Parce que c’était demandé : %(what)s"),
}
