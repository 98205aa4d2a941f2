"""Questions in a feed: one item when a question opens, another when it was counted for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.polls.models import Poll
from democratic.participation.polls.queries import latest_polls
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.feeds.items import MOST, Feed, Item
from democratic.web.feeds.news import newest_first
from democratic.web.formats import day, number
from democratic.web.ideas.phrases import sentence
from democratic.web.places import at, record_path
from democratic.web.verified import among


def questions(viewer: Viewer, now: datetime) -> Feed:
    items = _latest(viewer, now)
    return Feed(_("Les questions"), at("/questions"), newest_first(items)[:MOST])


def with_questions(feed: Feed, viewer: Viewer, process: UUID, now: datetime) -> Feed:
    """The feed of a process, with its questions as they open and close."""
    items = [*feed.items, *_latest(viewer, now, process)]
    return replace(feed, items=newest_first(items)[:MOST])


def _latest(viewer: Viewer, now: datetime, process: UUID | None = None) -> list[Item]:
    found = latest_polls(viewer, now, process=process, limit=MOST)
    return [item for poll in found for item in _items(poll)]


def _items(poll: Poll) -> Iterator[Item]:
    record = poll.record
    title, path = title_of(record), record_path(Kind.POLL, record.code)
    if poll.opens_at is not None:
        last = day(poll.ends_at - timedelta(microseconds=1))
        told = _("Question ouverte jusqu’au %(day)s. On y répond d’un geste, sans compte.") % {"day": last}
        text = "\n\n".join(part for part in (record.text, told) if part)
        yield Item(f"questions/{record.code}/ouverte", title, text, path, poll.opens_at)
    if poll.closed_at is not None:
        yield Item(f"questions/{record.code}/close", title, _closed(poll), path, poll.closed_at)


def _closed(poll: Poll) -> str:
    """How many, and never what: of few people, the page itself tells no more."""
    total = int(poll.counted.get("total", 0))
    told = ngettext("Question close : %(n)s réponse.", "Question close : %(n)s réponses.", total)
    told = told % {"n": number(total)}
    split = among(total, poll.counted.get("verified"))
    return f"{told} {sentence(split)}." if split else told
