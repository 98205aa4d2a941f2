"""Meetings of the body, and what members want to speak of there."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions import hold
from democratic.communities.houses.models import House, HouseMember
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.houses.models import AgendaPoint, PointSupport
from democratic.participation.meetings.actions import Moment
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.events import MEETING_ANNOUNCED
from democratic.participation.meetings.models import Meeting
from democratic.thread.actions import NewRecord, Words, open_record
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Kind


@transaction.atomic
def convene_meeting(
    *, house: House, words: Words, moment: Moment, clock: Clock, is_for_members: bool = False
) -> Meeting:
    """Where young people meet is for them to know: a youth body's meetings are always for its members alone."""
    held = hold(house, clock)
    if not clean_line(words.title):
        raise Refusal(_("Donnez un titre."), field="title")
    if moment.ends_at <= moment.starts_at:
        raise Refusal(_("Une rencontre finit après avoir commencé."), field="ends_at")
    if moment.ends_at <= held.now:
        raise Refusal(_("Il faut un jour à venir."), field="starts_at")
    record = open_record(
        NewRecord(
            authority=held.record.authority,
            kind=Kind.MEETING,
            words=words,
            event=MEETING_ANNOUNCED,
            state="announced",
            place=moment.place,
            happened_at=moment.starts_at,
            is_institutional=True,
            data={"starts_at": moment.starts_at.isoformat(), "seats": list(moment.seats)},
            extra_words={"place": clean_line(moment.place)},
            audience=held.house.organisation.audience if is_for_members or held.house.is_youth else None,
        ),
        clock=clock,
    )
    bump_pages_of(record)
    return Meeting.objects.create(
        record=record,
        body=held.house.organisation,
        starts_at=moment.starts_at,
        ends_at=moment.ends_at,
        place=clean_line(moment.place)[:160],
        access=clean_line(moment.access)[:200],
        seats=list(moment.seats),
    )


@transaction.atomic
def propose_point(*, house: House, member: HouseMember, title: str, why: str, clock: Clock) -> AgendaPoint:
    """Hers is its first support; whose point it was is not kept."""
    held = hold(house, clock)
    said = clean_line(title)
    if not said:
        raise Refusal(_("Il manque de quoi parler."), field="title")
    point = AgendaPoint.objects.create(
        house=held.house, title=said[:160], why=clean_line(why)[:400], proposed_on=held.today
    )
    PointSupport.objects.create(point=point, member=member)
    return point


@transaction.atomic
def support_point(*, point: AgendaPoint, member: HouseMember, supports: bool) -> None:
    locked = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if locked.item_id is not None:
        raise Conflict(_("Ce point est déjà à l’ordre du jour."))
    if supports:
        PointSupport.objects.get_or_create(point=locked, member=member)
    else:
        PointSupport.objects.filter(point=locked, member=member).delete()


@transaction.atomic
def place_point(*, point: AgendaPoint, meeting: Meeting, minutes: int, clock: Clock) -> AgendaItem:
    """At the end of the agenda of one of the body's meetings that is to come."""
    held = hold(point.house, clock)
    locked = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if locked.item_id is not None:
        raise Conflict(_("Ce point est déjà à l’ordre du jour."))
    if meeting.body_id != held.house.pk or meeting.ends_at <= held.now:
        raise Conflict(_("Il faut une rencontre du conseil qui est à venir."), field="meeting")
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("rank"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, rank=last + 1, title=locked.title, minutes=minutes)
    AgendaPoint.objects.filter(pk=locked.pk).update(item=item)
    bump_pages_of(meeting.record)
    return item


@transaction.atomic
def withdraw_point(*, point: AgendaPoint) -> None:
    locked = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if locked.item_id is not None:
        raise Conflict(_("Ce point est déjà à l’ordre du jour."))
    locked.delete()
