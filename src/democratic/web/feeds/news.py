"""What is new in each list that people follow, from the queries of its page."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from democratic.communities.editorial.queries import list_shown
from democratic.kernel.clock import local_day
from democratic.observatory.models import Verdict
from democratic.observatory.queries import latest_given
from democratic.participation.conversations.models import FlowCode
from democratic.participation.ideas.queries import IdeasHead
from democratic.participation.mandates.queries import list_mandates
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import agenda
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for, list_processes
from democratic.participation.reports.conversed import became_of
from democratic.participation.reports.fil import Fil, Knot, Start, fil_of
from democratic.participation.reports.home import question_of, title_of
from democratic.participation.reports.process_page import Move, latest_moves, moves_of_commitments
from democratic.thread.models import Authority, Kind, Record
from democratic.thread.queries import Card, cards
from democratic.thread.rules import Viewer, visible_records
from democratic.web.feeds.items import MOST, Feed, Item, first_moment
from democratic.web.formats import day, hours
from democratic.web.ideas.phrases import said, what_became
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.processes.moves import told_by
from democratic.web.suites.fil.page import draw
from democratic.web.suites.fil.telling import Drawn


def processes(viewer: Viewer, today: date) -> Feed:
    lines, _total = list_processes(viewer, today, offset=0, limit=MOST)
    items = [_process(line.process) for line in lines]
    return Feed(_("Les concertations"), at("/participer"), newest_first(items))


def _process(process: Process) -> Item:
    record = process.record
    question, _details = question_of(record)
    path = process_path(process.slug)
    return Item(f"concertations/{record.code}", title_of(record), question, path, record.happened_at)


def mandates(viewer: Viewer) -> Feed:
    rows, _total = list_mandates(viewer, offset=0, limit=MOST)
    items = [_record(mandate.record) for mandate in rows]
    return Feed(_("Ce qui est demandé"), at("/commandes"), newest_first(items))


def _record(record: Record) -> Item:
    path = record_path(record.kind, record.code)
    return Item(f"paroles/{record.code}", title_of(record), record.text, path, record.happened_at)


def process(viewer: Viewer, slug: str, today: date) -> Feed:
    """Raises RecordNotFound."""
    found = get_process_for(viewer, slug)
    moves = latest_moves(viewer, found.pk, MOST)
    return Feed(title_of(found.record), process_path(slug), [item_of_move(move, today) for move in moves])


def commitments(viewer: Viewer, today: date) -> Feed:
    items = [item_of_move(move, today) for move in moves_of_commitments(viewer, MOST)]
    return Feed(_("Les engagements"), at("/engagements"), items)


def told(viewer: Viewer, now: datetime) -> Feed:
    """What the authority announces; the hour is that at which it appeared."""
    found, _total = list_shown(viewer.authority, Kind.NEWS, now, offset=0, limit=MOST)
    items = [
        Item(
            f"paroles/{each.record.code}", title_of(each.record), each.record.text,
            record_path(Kind.NEWS, each.record.code), each.appears_at or now,
        )
        for each in found
    ]  # fmt: skip
    return Feed(_("Les actualités"), at("/actualites"), newest_first(items))


def verdicts(viewer: Viewer) -> Feed:
    """Every version, the newest first: what was found before is not taken back from who had read it."""
    items = [item_of_verdict(each, viewer.authority) for each in latest_given(viewer, MOST)]
    return Feed(_("L’observatoire des engagements"), at("/observatoire"), newest_first(items))


def item_of_verdict(verdict: Verdict, authority: Authority) -> Item:
    record = verdict.record
    told = "\n\n".join(part for part in (record.text, verdict.minority) if part)
    when = first_moment(authority, local_day(record.happened_at, authority.time_zone))
    path = record_path(record.kind, record.code)
    return Item(f"paroles/{record.code}", title_of(record), told, path, when, authority)


def item_of_move(move: Move, today: date, authority: Authority | None = None) -> Item:
    title, *more = told_by(move, today)
    text = "\n".join(str(part) for part in more if part)
    return Item(f"journal/{move.entry_id}", title, text, fil_path(move.code), move.at, authority)


def ideas(viewer: Viewer, head: IdeasHead, today: date) -> Feed:
    said_here = visible_records(viewer).filter(process=head.id, kind=Kind.IDEA)
    found = cards(said_here.order_by("-happened_at", "-id")[:MOST])
    name = _("Les idées : %(title)s") % {"title": head.title}
    return Feed(name, process_path(head.slug, "idees"), [_idea(viewer, card, today) for card in found])


def _idea(viewer: Viewer, card: Card, today: date) -> Item:
    _shape, became = what_became(card.state)
    about = " · ".join(
        part for part in (card.place, said(card.origin, card.happened_at, today), became) if part
    )
    text = card.text if card.text != card.title else ""
    when = first_moment(viewer.authority, local_day(card.happened_at, viewer.authority.time_zone))
    body = f"{text}\n\n{about}" if text else about
    return Item(f"paroles/{card.code}", card.title, body, record_path(Kind.IDEA, card.code), when)


def meetings(viewer: Viewer, today: date, process: Process | None) -> Feed:
    page = agenda(viewer, today, offset=0, limit=MOST, process_id=process.pk if process else None)
    items = [_meeting(meeting) for meeting in (*page.ahead, *page.past)]
    query = f"concertation={process.slug}" if process else ""
    return Feed(_("Agenda"), at("/agenda"), newest_first(items), query)


def _meeting(meeting: Meeting) -> Item:
    record = meeting.record
    path = record_path(Kind.MEETING, record.code)
    return Item(f"paroles/{record.code}", title_of(record), when_and_where(meeting), path, record.happened_at)


def when_and_where(meeting: Meeting) -> str:
    when = hours(meeting.starts_at, meeting.ends_at)
    return f"{day(meeting.starts_at, 'weekday')}, {when}, {meeting.place}"


def fil(viewer: Viewer, start: Start, today: date) -> Feed:
    """What followed, one item a knot, dated by the day. Raises RecordNotFound."""
    story = fil_of(viewer, start, today)
    path = fil_path(story.record.code)
    drawn = zip(story.knots, draw(story, is_back=False), strict=True)
    items = [_knot(viewer, story, knot, shown) for knot, shown in drawn if knot.on and knot.is_done]
    name = _("Le fil de %(code)s") % {"code": story.record.code}
    return Feed(name, path, newest_first(items)[:MOST])


def _knot(viewer: Viewer, story: Fil, knot: Knot, shown: Drawn) -> Item:
    told, path = str(shown.get("title", "")), fil_path(story.record.code)
    name = title_of(knot.record) if knot.record else ""
    what = knot.record.code if knot.record else str(knot.on)
    return Item(
        f"fil/{story.record.code}/{knot.tells}/{what}",
        name or told,
        told if told != name else str(shown.get("kind", "")),
        str(shown.get("url") or path),
        first_moment(viewer.authority, knot.on or story.today),
    )


def conversed(viewer: Viewer, code: FlowCode, today: date) -> Feed:
    """What became of what was said in the conversation that this code opens."""
    process = code.flow.process
    name = _("Ce que c’est devenu : %(title)s") % {"title": title_of(process.record)}
    items = [item_of_move(move, today) for move in became_of(viewer, code.flow, MOST)]
    return Feed(name, at(f"/r/{code.code}/suites"), items)


def newest_first(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.at, item.key), reverse=True)
