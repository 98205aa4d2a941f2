"""What one person follows, at every authority, as everyone sees it. She is not named there, nor is the address said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from democratic.observatory.queries import given_about
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.participation.processes.queries import dues_by_process, stages_of
from democratic.participation.processes.timeline import timeline
from democratic.participation.reports.followed import (
    Followed,
    commitments_of,
    followed_by,
    meetings_of,
    moves_of,
    processes_of,
)
from democratic.thread.models import Authority, FollowsAddress
from democratic.web.feeds.appointments import appointments_of_meetings, due_day, stage_days
from democratic.web.feeds.items import MOST, Appointment, Dates, Feed, Item
from democratic.web.feeds.news import item_of_move, item_of_verdict, newest_first
from democratic.web.places import at


def news(address: FollowsAddress, today: date) -> Feed:
    followed = followed_by(address.person)
    items = newest_first([*_moves(followed, today), *_verdicts(followed)])[:MOST]
    return Feed(_("Mes suivis"), at("/suivis"), items, key=f"suivis/{address.pk}")


def _moves(followed: Followed, today: date) -> list[Item]:
    moves = moves_of(followed, MOST)
    whose = Authority.objects.in_bulk({move.authority_id for move in moves})
    return [item_of_move(move, today, whose[move.authority_id]) for move in moves]


def _verdicts(followed: Followed) -> list[Item]:
    found = given_about(followed.heard, but=followed.silenced, limit=MOST) if followed.heard else []
    return [item_of_verdict(each, each.record.authority) for each in found]


def dates(address: FollowsAddress, today: date) -> Dates:
    """The stages and the meetings of the processes, the meetings, and the days of what is promised and still due."""
    followed = followed_by(address.person)
    found = [*_stages(followed, today), *_meetings(followed), *_dues(followed, today)]
    return Dates(_("Mes suivis"), at("/suivis"), found)


def _stages(followed: Followed, today: date) -> Iterator[Appointment]:
    processes = processes_of(followed)
    ids = [process.pk for process in processes]
    owed, stages = dues_by_process(ids, today), stages_of(ids)
    for process in processes:
        authority = process.authority
        lines = timeline(
            stages[process.pk], dues=owed[process.pk], today=today, time_zone=authority.time_zone
        )
        yield from (replace(day, authority=authority) for day in stage_days(process, lines))


def _meetings(followed: Followed) -> Iterator[Appointment]:
    met = meetings_of(followed)
    for meeting, day in zip(met, appointments_of_meetings(met), strict=True):
        yield replace(day, authority=meeting.record.authority)


def _dues(followed: Followed, today: date) -> Iterator[Appointment]:
    promised = commitments_of(followed)
    dues = dues_of([each.pk for each in promised], today)
    for each in promised:
        due = dues.get((each.pk, Owed.COMMITMENT))
        if due is not None and due.is_open:
            yield replace(due_day(each, due), authority=each.record.authority)
