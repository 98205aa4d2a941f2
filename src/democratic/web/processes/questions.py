"""Questions that one can answer now, as a process and the home page propose them; and those that were answered."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.clock import local_day
from democratic.kernel.spoken import shorten
from democratic.participation.polls.models import Poll
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.web.formats import number, typo
from democratic.web.places import record_path
from democratic.web.processes.phrases import days_left, near
from democratic.web.verified import among

Card = dict[str, str]
LONGEST = 150


def question_card(poll: Poll, zone: str, today: date) -> Card:
    """For parts/cards.html."""
    left = days_left(_last_day(poll, zone), today)
    return {
        "time": _("10 secondes"),
        "pill": left[:1].upper() + left[1:],
        "tone": "",
        "title": title_of(poll.record),
        "url": record_path(Kind.POLL, poll.record.code),
        "text": shorten(poll.record.text, LONGEST) or _("Une question, une réponse d’un geste, sans compte."),
        "place": title_of(poll.process.record),
        "verb": _("Répondre"),
    }


def question_row(poll: Poll, zone: str, today: date) -> Card:
    """What one does there, or how many did."""
    last, is_open = _last_day(poll, zone), poll.closed_at is None
    when = _("jusqu’au %(day)s") if is_open else _("close le %(day)s")
    return {
        "title": typo(title_of(poll.record)),
        "url": record_path(Kind.POLL, poll.record.code),
        "told": _("Répondre : 10 secondes, sans compte") if is_open else _answered(poll),
        "when": when % {"day": near(last, today)},
        "is_open": "oui" if is_open else "",
    }


def _answered(poll: Poll) -> str:
    total = poll.counted.get("total", 0)
    told = ngettext("%(n)s réponse", "%(n)s réponses", total) % {"n": number(total)}
    return ", ".join(part for part in (told, among(total, poll.counted.get("verified"))) if part)


def _last_day(poll: Poll, zone: str) -> date:
    return local_day(poll.ends_at - timedelta(microseconds=1), zone)
