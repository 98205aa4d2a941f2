"""The last minute of a mandate, a member who was erased, what is of another authority, what means harm."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.observatory.actions import Held, erase_judge, publish_hearing, reply_to_verdict, resign
from democratic.observatory.judgements import Narrowed, judgements, tally_of_verdicts
from democratic.observatory.models import Seat, Verdict
from democratic.observatory.queries import seats_held, sitting
from democratic.observatory.states import Says, disagrees
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.commitments.states import COMMITMENT_NEXT
from democratic.stewardship.erasure import erase_account
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.journal import drain, replay
from democratic.thread.models import RecordFigures
from factories import build_territory, clock_at
from judging import BENCHES, bench, seated

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def court(db):
    return BENCHES.one_more()


def in_paris(day, hour, minute):
    return FixedClock(datetime.combine(day, time(hour, minute), PARIS).astimezone(UTC))


def test_a_mandate_ends_at_midnight_where_the_authority_is_and_not_before(court):
    last = court.seats[0].term_ends_on
    court.clock = in_paris(last, 23, 59)
    assert court.find(decided_on=last).decided_on == last
    court.clock = in_paris(last + timedelta(days=1), 0, 1)
    assert court.clock.now().date() == last, "it is still that day in Greenwich"
    with pytest.raises(NotAllowed, match="en cours de mandat"):
        court.find()
    assert sitting(court.observatory, court.today) == []
    assert seats_held(court.ids(), court.territory.authority, court.today) == []


def test_the_day_on_which_she_resigns_she_judges_no_more(court):
    resign(seat=court.seats[0], person_ids=court.ids(), reason="", clock=court.clock)
    with pytest.raises(NotAllowed):
        court.find()
    assert court.find(by=1).version == 1


def test_who_erased_her_account_sits_no_more_and_her_seat_is_given_to_nobody(court):
    erase_account(account=court.members[0], with_words=True, clock=court.clock)
    gone = Seat.objects.get(pk=court.seats[0].pk)
    assert (gone.person_id, gone.name, gone.until) == (None, "", court.today)
    assert gone.act_reference, "the act that named a member stays public"
    assert {each.pk for each in sitting(court.observatory, court.today)} == {
        each.pk for each in court.seats[1:]
    }
    with pytest.raises(Refusal):
        court.find(by=1, minority="Non.", dissenters=[gone], votes_for=2, votes_against=2)


def test_taking_a_name_off_twice_is_the_same_as_once(court):
    erase_judge(seat=court.seats[0])
    erase_judge(seat=court.seats[0])
    assert Seat.objects.get(pk=court.seats[0].pk).name == ""


@pytest.fixture
def elsewhere(court):
    return bench(build_territory(slug="ailleurs", host="ailleurs.example"))


def test_what_is_of_another_authority_is_neither_judged_nor_heard_nor_answered_from_here(court, elsewhere):
    theirs = elsewhere.commitments[0]
    with pytest.raises(Refusal, match="autre collectivité"):
        court.find(commitment=theirs)
    with pytest.raises(Refusal, match="autre collectivité"):
        court.hear(commitments=[theirs])
    with pytest.raises(Refusal, match="autre collectivité"):
        reply_to_verdict(
            verdict=elsewhere.find(), official=court.territory.official, text="Non.", clock=court.clock
        )
    assert not Verdict.objects.filter(observatory=court.observatory).exists()


def test_a_member_from_elsewhere_signs_no_opinion_and_publishes_no_hearing_here(court, elsewhere):
    with pytest.raises(Refusal, match="membres de cet observatoire"):
        court.find(minority="Non.", dissenters=[elsewhere.seats[0]], votes_against=1)
    with pytest.raises(NotAllowed):
        publish_hearing(
            observatory=elsewhere.observatory,
            held=Held(Words(title="X"), elsewhere.today, "Ici", "Nous", elsewhere.commitments),
            person_ids=court.ids(),
            clock=elsewhere.clock,
        )


def test_the_list_of_one_authority_counts_nothing_of_another(court, elsewhere):
    court.find()
    elsewhere.find()
    elsewhere.find(Says.KEPT, commitment=elsewhere.commitments[1])
    assert tally_of_verdicts(court.territory.authority, court.today).total == 1
    assert tally_of_verdicts(elsewhere.territory.authority, elsewhere.today).total == 2
    slug = Narrowed(process=elsewhere.territory.process.slug)
    assert tally_of_verdicts(court.territory.authority, court.today, slug).total == 1


def test_what_the_database_counts_as_disagreeing_is_what_the_rule_says_for_each_pair(territory):
    """Every way of standing, against every verdict: one table, read twice."""
    court = bench(territory, commitments=6)
    moves = (CommitmentState.DOING, CommitmentState.KEPT, CommitmentState.PART, CommitmentState.UNKEPT)
    for commitment, state in zip(court.commitments, moves, strict=False):
        commitment.record.refresh_from_db()
        if state not in COMMITMENT_NEXT[CommitmentState(commitment.record.state)]:
            move_commitment(
                commitment=commitment,
                to=CommitmentState.KEPT,
                note="D’abord",
                function="Service",
                clock=court.clock,
            )
            commitment.record.refresh_from_db()
        if commitment.record.state != state:
            move_commitment(
                commitment=commitment, to=state, note="Voilà", function="Service", clock=court.clock
            )
    withdraw_by_authority(record=court.commitments[4].record, reason="R", function="F", clock=court.clock)
    seen = set()
    for says in Says:
        for commitment in court.commitments:
            commitment.record.refresh_from_db()
            court.find(says, commitment=commitment)
        found = judgements(territory.authority, court.today, limit=100)
        expected = [each for each in found.rows if disagrees(each.verdict.says, each.standing)]
        assert found.tally.disagreeing == len(expected)
        split = judgements(territory.authority, court.today, Narrowed(only_disagreeing=True), limit=100)
        assert {each.verdict.pk for each in split.rows} == {each.verdict.pk for each in expected}
        seen |= {(each.verdict.says, each.standing) for each in found.rows}
    assert len({standing for _says, standing in seen}) >= 5


def test_pages_follow_each_other_without_a_gap_or_a_row_twice(territory):
    court = bench(territory, commitments=5)
    for each in court.commitments:
        court.find(commitment=each)
    told = [
        row.verdict.pk
        for offset in range(0, 6, 2)
        for row in judgements(territory.authority, court.today, offset=offset, limit=2).rows
    ]
    assert len(told) == len(set(told)) == 5


def test_playing_the_journal_again_changes_nothing_of_what_it_counts(court):
    court.hear()
    verdict = court.find(minority="Non.", dissenters=[court.seats[2]], votes_against=1)
    reply_to_verdict(verdict=verdict, official=court.territory.official, text="Si.", clock=court.clock)
    drain(clock=court.clock)
    before = list(RecordFigures.objects.order_by("pk").values())
    assert before
    replay("figures")
    assert list(RecordFigures.objects.order_by("pk").values()) == before


def test_a_seat_given_again_after_it_ended_is_another_seat(court):
    resign(seat=court.seats[0], person_ids=court.ids(), reason="", clock=court.clock)
    again = seated(
        court.observatory,
        court.speaker,
        court.members[0],
        "Jurée 0",
        clock_at(court.today + timedelta(days=1)),
    )
    assert again.pk != court.seats[0].pk
    assert Seat.objects.filter(person=court.members[0].person).count() == 2
