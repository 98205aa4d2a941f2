"""Several hands at the same moment, each on a connection of its own: one act holds, the others are refused in words."""

import pytest

from democratic.kernel.refusals import Conflict, Refusal
from democratic.observatory.actions import Act, accept_seat, close_observatory, offer_seat, reply_to_verdict
from democratic.observatory.models import Closing, Reply, Seat, Verdict
from democratic.observatory.states import Says
from democratic.thread.models import Entry
from factories import verified_account
from judging import bench
from many_hands import at_once


def refusals(outcomes):
    return [each for each in outcomes if isinstance(each, Refusal)]


@pytest.fixture
def court(live_territory):
    return bench(live_territory)


def test_of_two_members_who_publish_at_once_one_wins_and_the_other_is_told(court):
    outcomes = at_once(
        lambda: court.find(Says.UNKEPT, by=0, after=0), lambda: court.find(Says.KEPT, by=1, after=0)
    )
    (told,) = refusals(outcomes)
    assert isinstance(told, Conflict)
    assert "Un autre membre vient de publier" in str(told.message)
    verdict = Verdict.objects.get()
    assert (verdict.version, Entry.objects.filter(kind="verdict_given").count()) == (1, 1)
    assert court.find(Says.DOING, by=1, after=1).version == 2


def test_a_seat_that_is_taken_by_several_taps_is_taken_once(court):
    account = verified_account("zohra@val-orbe.example", "Zohra")
    offered = offer_seat(
        observatory=court.observatory,
        by=court.speaker.person,
        act=Act(court.today, "Tirage"),
        clock=court.clock,
    )

    def accept():
        return accept_seat(seat=offered.seat, account=account, name="Zohra", consents=True, clock=court.clock)

    told = refusals(at_once(*[accept] * 4))
    assert len(told) == 3
    assert all(isinstance(each, Conflict) for each in told)
    assert Seat.objects.filter(person=account.person, until=None).count() == 1
    assert Entry.objects.filter(kind="member_seated").count() == len(court.seats) + 1


def test_one_link_that_two_people_open_at_once_seats_one_of_them(court):
    people = [verified_account(f"p{n}@val-orbe.example", f"P{n}") for n in range(2)]
    offered = offer_seat(
        observatory=court.observatory,
        by=court.speaker.person,
        act=Act(court.today, "Tirage"),
        clock=court.clock,
    )

    def accepting(account):
        return lambda: accept_seat(
            seat=offered.seat, account=account, name=account.person.name, consents=True, clock=court.clock
        )

    (told,) = refusals(at_once(*map(accepting, people)))
    assert "ne sert plus" in str(told.message)
    assert Seat.objects.filter(person__in=[each.person_id for each in people]).count() == 1


def test_the_authority_that_replies_twice_at_once_replies_once(court):
    verdict = court.find()

    def replying(text):
        return lambda: reply_to_verdict(
            verdict=verdict, official=court.territory.official, text=text, clock=court.clock
        )

    (told,) = refusals(at_once(replying("Un."), replying("Deux.")))
    assert isinstance(told, Conflict)
    assert Reply.objects.count() == Entry.objects.filter(kind="verdict_replied").count() == 1


def test_a_verdict_and_a_dissolution_at_once_never_leave_a_verdict_given_after_it(court):
    def dissolve():
        return close_observatory(
            observatory=court.observatory, reason="Fin du plan.", function="Le Département", clock=court.clock
        )

    told = refusals(at_once(dissolve, court.find))
    assert Closing.objects.count() == 1
    assert Verdict.objects.count() == 1 - len(told)
    kinds = list(
        Entry.objects.filter(kind__in=("observatory_closed", "verdict_given"))
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert kinds[-1] == "observatory_closed"
