"""A reserve is dated by the law and the vote, opens and closes by the calendar, and tells what it keeps."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction
from hypothesis import given
from hypothesis import strategies as st

from democratic.communities.reserve.actions import (
    Dates,
    end_exception,
    make_exception,
    reschedule_reserve,
    schedule_reserve,
)
from democratic.communities.reserve.models import ElectionReserve, Kept, ReserveException
from democratic.communities.reserve.queries import names_leave, reserve_on, reserves_of
from democratic.communities.reserve.rules import opens_before
from democratic.kernel.refusals import Conflict, Refusal
from democratic.thread.models import Entry
from factories import build_territory, clock_at

VOTE = date(2028, 3, 12)
FIRST, LAST = date(2027, 9, 1), date(2028, 3, 19)


def planned(territory, **more):
    said = {"election": "élections départementales", "dates": Dates(VOTE)} | more
    return schedule_reserve(authority=territory.authority, clock=territory.clock, **said)


@pytest.mark.parametrize(
    ("votes_on", "opens_on"),
    [(VOTE, FIRST), (date(2026, 3, 15), date(2025, 9, 1)), (date(2027, 6, 30), date(2026, 12, 1)),
     (date(2027, 12, 1), date(2027, 6, 1))],
)  # fmt: skip
def test_it_opens_on_the_first_day_of_the_sixth_month_before(votes_on, opens_on):
    assert opens_before(votes_on) == opens_on


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_it_always_opens_on_a_first_six_months_before_that_of_the_vote(votes_on):
    opens_on = opens_before(votes_on)
    assert opens_on.day == 1
    assert (votes_on.year - opens_on.year) * 12 + votes_on.month - opens_on.month == 6


def test_the_day_of_the_vote_is_enough_and_the_calendar_does_the_rest(territory):
    planned(territory)
    days = [date(2027, 8, 31), FIRST, VOTE, LAST, date(2028, 3, 20)]
    assert [reserve_on(territory.authority, day) is not None for day in days] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert Entry.objects.get(kind="reserve_scheduled").data == {
        "votes_on": "2028-03-12", "opens_on": "2027-09-01", "closes_on": "2028-03-19",
    }  # fmt: skip


def test_it_is_one_authority_s_alone(territory):
    planned(territory)
    neighbour = build_territory(slug="voisin", host="voisin.example")
    assert reserve_on(neighbour.authority, VOTE) is None
    assert reserves_of(neighbour.authority) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"dates": Dates(VOTE, opens_on=date(2027, 9, 2))}, "opens_on"),
        ({"dates": Dates(VOTE, closes_on=date(2028, 3, 11))}, "closes_on"),
        ({"dates": Dates(date(2020, 3, 15))}, "votes_on"),
        ({"election": "\u200e"}, "election"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_at_its_field(territory, more, field):
    with pytest.raises(Refusal) as refusal:
        planned(territory, **more)
    assert refusal.value.field == field
    assert not ElectionReserve.objects.exists()


def test_one_vote_has_one_reserve(territory):
    planned(territory)
    with pytest.raises(Conflict):
        planned(territory)


def test_other_dates_want_a_reason_and_the_former_ones_stay_in_the_journal(territory):
    reserve = planned(territory)
    more = {"reserve": reserve, "function": "La présidente", "clock": territory.clock}
    with pytest.raises(Refusal):
        reschedule_reserve(dates=Dates(date(2028, 6, 11)), reason=" ", **more)
    reschedule_reserve(dates=Dates(date(2028, 6, 11)), reason="Le scrutin est reporté.", **more)
    assert reserve_on(territory.authority, FIRST) is None
    told = Entry.objects.get(kind="reserve_rescheduled")
    assert told.data["before"]["votes_on"] == "2028-03-12"
    assert sorted(told.commitments) == ["election", "function", "reason"]


def test_once_begun_its_first_day_does_not_move_and_once_over_nothing_does(territory):
    reserve = planned(territory)
    more = {"reserve": reserve, "reason": "Reporté.", "function": "x"}
    with pytest.raises(Refusal):
        reschedule_reserve(dates=Dates(VOTE, opens_on=date(2027, 8, 1)), clock=clock_at(VOTE), **more)
    assert reschedule_reserve(dates=Dates(date(2028, 6, 11)), clock=clock_at(VOTE), **more).opens_on == FIRST
    with pytest.raises(Conflict):
        reschedule_reserve(dates=Dates(VOTE), clock=clock_at(date(2028, 7, 1)), **more)


def test_an_exception_has_a_public_reason_and_lasts_as_long_as_it_runs(territory):
    reserve = planned(territory)
    more = {"reserve": reserve, "keeps": Kept.NAMES, "function": "La directrice", "clock": clock_at(FIRST)}
    with pytest.raises(Refusal) as refusal:
        make_exception(reason="  ", **more)
    assert refusal.value.field == "reason"
    made = make_exception(reason="Un avis d’enquête publique nomme son signataire.", **more)
    assert not names_leave(territory.authority, date(2027, 9, 2))
    with pytest.raises(Conflict):
        make_exception(reason="Encore.", **more)
    end_exception(exception=made, clock=clock_at(date(2027, 10, 1)))
    assert names_leave(territory.authority, date(2027, 10, 1))
    with pytest.raises(Conflict):
        end_exception(exception=made, clock=clock_at(date(2027, 10, 2)))
    kinds = Entry.objects.filter(kind__startswith="reserve_exception").values_list("kind", flat=True)
    assert sorted(kinds) == ["reserve_exception_ended", "reserve_exception_made"]


def test_an_exception_is_neither_deleted_nor_rewritten_by_anyone(territory):
    made = make_exception(
        reserve=planned(territory), keeps=Kept.SAID, reason="Ancienne.", function="x", clock=clock_at(FIRST)
    )
    row = ReserveException.objects.filter(pk=made.pk)
    for change in (row.delete, lambda: row.update(reason="Autre."), lambda: row.update(keeps="names")):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
