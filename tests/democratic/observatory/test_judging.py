"""An observatory's life: members, hearings, verdicts that stand beside one another, dissent, erasure, the journal."""

from datetime import timedelta

import pytest

from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.observatory.actions import (
    Act,
    accept_seat,
    correct_hearing,
    end_seat,
    erase_judge,
    offer_seat,
    reply_to_verdict,
)
from democratic.observatory.judgements import Narrowed, beside_the_authority, judgements
from democratic.observatory.models import Correction, Hearing, Reply, Seat, Verdict
from democratic.observatory.queries import (
    awaiting,
    holding_verdicts,
    versions_of,
)
from democratic.observatory.states import Says, disagrees
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState, Evidence
from democratic.people.models import AgeBand, Person
from democratic.stewardship.erasure import erase_account
from democratic.thread.models import Entry, Link, LinkKind, Opening, RecordSearch
from factories import clock_at, verified_account
from judging import BENCHES, bench, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def court(db):
    return BENCHES.one_more()


def kinds(record):
    return list(Entry.objects.filter(record=record).order_by("id").values_list("kind", flat=True))


def test_a_member_is_public_with_her_act_and_nothing_was_before_she_accepted(court):
    account = verified_account("quatrieme@val-orbe.example", "Quatrième")
    before = Entry.objects.count()
    offered = offer_seat(
        observatory=court.observatory, by=court.speaker.person,
        act=Act(court.today, "Tirage du 2", "https://actes.example/2"), clock=court.clock,
    )  # fmt: skip
    assert Entry.objects.count() == before
    seat = accept_seat(seat=offered.seat, account=account, name="Zohra", consents=True, clock=court.clock)
    entry = Entry.objects.get(kind="member_seated", data__seat=str(seat.pk))
    assert entry.data["act_on"] == court.today.isoformat()
    assert {each.part: each.value for each in entry.openings.all()} == {
        "name": "Zohra", "body": court.body.name, "reference": "Tirage du 2", "url": "https://actes.example/2",
    }  # fmt: skip
    assert str(account.person_id) not in str(entry.data)


def test_a_seat_is_taken_once_even_by_two_taps(court):
    account = verified_account("quatrieme@val-orbe.example", "Quatrième")
    seated(court.observatory, court.speaker, account, "Zohra", court.clock)
    with pytest.raises(Conflict, match="siégez déjà"):
        seated(court.observatory, court.speaker, account, "Zohra", court.clock)
    with pytest.raises(Conflict, match="ne sert plus"):
        accept_seat(seat=court.seats[0], account=account, name="Z", consents=True, clock=court.clock)


@pytest.mark.parametrize(
    ("name", "consents", "field"), [("\u200b", True, "name"), ("Zohra", False, "consents")]
)
def test_without_a_name_or_her_consent_nobody_sits(court, name, consents, field):
    account = verified_account("quatrieme@val-orbe.example", "Quatrième")
    offered = offer_seat(
        observatory=court.observatory, by=court.speaker.person, act=Act(court.today, "X"), clock=court.clock
    )
    with pytest.raises(Refusal) as refused:
        accept_seat(seat=offered.seat, account=account, name=name, consents=consents, clock=court.clock)
    assert refused.value.field == field


def test_under_15_nobody_sits(court):
    account = verified_account("leo@val-orbe.example", "Léo")
    Person.objects.filter(pk=account.person_id).update(age_band=AgeBand.UNDER_15)
    with pytest.raises(Refusal, match="15"):
        seated(court.observatory, court.speaker, account, "Léo", court.clock)


def test_an_offer_dies_after_fourteen_days_and_is_forgotten_later(court):
    offered = offer_seat(
        observatory=court.observatory, by=court.speaker.person, act=Act(court.today, "X"), clock=court.clock
    )
    late = clock_at(court.today + timedelta(days=15))
    account = verified_account("tard@val-orbe.example", "Tard")
    with pytest.raises(Conflict):
        accept_seat(seat=offered.seat, account=account, name="T", consents=True, clock=late)


def test_after_her_term_she_judges_no_more(court):
    court.clock = clock_at(court.seats[0].term_ends_on + timedelta(days=1))
    with pytest.raises(NotAllowed):
        court.find()


def test_ending_a_mandate_says_why_in_public_and_her_verdict_stays(court):
    verdict = court.find()
    with pytest.raises(Refusal) as refused:
        end_seat(seat=court.seats[0], by=court.speaker.person, reason="", clock=court.clock)
    assert refused.value.field == "reason"
    end_seat(seat=court.seats[0], by=court.speaker.person, reason="Déménagement", clock=court.clock)
    assert kinds(court.observatory.record)[-1] == "seat_ended"
    assert Verdict.objects.filter(pk=verdict.pk).exists()
    with pytest.raises(NotAllowed):
        court.find()


def test_a_new_verdict_supersedes_and_the_first_stays_readable(court):
    first = court.find(Says.UNKEPT)
    second = court.find(Says.DOING, reasons="Le marché est signé.")
    assert [each.pk for each in versions_of(first)] == [first.pk, second.pk]
    assert holding_verdicts([first.commitment_id])[first.commitment_id] == [second]
    entry = Entry.objects.get(record=second.record, kind="verdict_given")
    assert (entry.data["version"], entry.data["replaces"]) == (2, first.record.code)
    first.record.refresh_from_db()
    assert (first.record.visibility, first.record.text) == ("public", "Aucun bus n’a roulé après 22 h.")


@pytest.mark.parametrize(
    ("says", "standing", "is_split"),
    [
        ("kept", "kept", False), ("kept", "part", True), ("kept", "late", True), ("kept", "withdrawn", True),
        ("doing", "due", False), ("doing", "doing", False), ("doing", "late", False), ("doing", "kept", True),
        ("doing", "unkept", True), ("unkept", "unkept", False), ("unkept", "kept", True),
        ("unkept", "doing", True), ("unkept", "late", False), ("unkept", "withdrawn", False),
    ],
)  # fmt: skip
def test_when_they_disagree(says, standing, is_split):
    assert disagrees(says, standing) is is_split


def test_a_verdict_keeps_what_the_authority_said_that_day_and_shows_what_it_says_now(court):
    verdict = court.find(Says.UNKEPT)
    then = verdict.authority_said
    commitment = court.commitments[0]
    target = CommitmentState.KEPT if commitment.record.state != "kept" else CommitmentState.PART
    commitment.record.refresh_from_db()
    move_commitment(commitment=commitment, to=target, note="Fait", function="Service", clock=court.clock)
    (held,) = holding_verdicts([commitment.pk])[commitment.pk]
    (judged,) = beside_the_authority([held], court.today)
    assert (held.authority_said, judged.standing, judged.disagrees) == (then, target.value, True)


def test_a_withdrawn_commitment_is_judged_all_the_same(court):
    from democratic.thread.actions import withdraw_by_authority  # noqa: PLC0415  only here

    withdraw_by_authority(record=court.commitments[0].record, reason="R", function="F", clock=court.clock)
    commitment = court.commitments[0]
    commitment.record.refresh_from_db()
    assert court.find(Says.UNKEPT, commitment=commitment).authority_said == "withdrawn"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reasons": "\u2800 "}, "reasons"),
        ({"votes_for": 1, "votes_against": 1}, "votes_for"),
        ({"votes_for": 0}, "votes_for"),
        ({"votes_for": 9}, "votes_for"),
        ({"votes_against": -1}, "votes_for"),
        ({"minority": "Non."}, "dissenters"),
    ],
)
def test_a_finding_that_does_not_hold_together_is_refused(court, more, field):
    with pytest.raises(Refusal) as refused:
        court.find(**more)
    assert refused.value.field == field
    assert not Verdict.objects.exists()


def test_a_verdict_of_tomorrow_or_of_before_the_commitment_is_refused(court):
    for day in (court.today + timedelta(days=1), court.observatory.act_on - timedelta(days=1)):
        with pytest.raises(Refusal) as refused:
            court.find(decided_on=day)
        assert refused.value.field == "decided_on"


def test_dissenters_are_members_and_no_more_than_the_votes_that_were_not_for(court):
    with pytest.raises(Refusal, match="signataires"):
        court.find(minority="Non.", dissenters=[court.seats[1], court.seats[2]], votes_against=1)
    given = court.find(minority="Non.", dissenters=[court.seats[2]], votes_against=1)
    assert [each.seat.name for each in given.dissenters.all()] == ["Jurée 2"]
    entry = Entry.objects.get(record=given.record, kind="verdict_given")
    assert entry.data["votes"] == [2, 1, 0]
    assert Opening.objects.get(entry=entry, part="dissenters").value == ["Jurée 2"]


def test_evidence_that_proves_and_evidence_that_is_contradicted_are_linked(court):
    shown = list(Evidence.objects.order_by("pk"))
    given = court.find(proved_by=shown[:1])
    again = court.find(contradicted=shown[:1])
    assert Link.objects.filter(source=given.record, kind=LinkKind.PROVED_BY, target=shown[0].record).exists()
    assert Link.objects.filter(
        source=again.record, kind=LinkKind.CONTRADICTS, target=shown[0].record
    ).exists()
    judged = Link.objects.filter(source=court.commitments[0].record, kind=LinkKind.JUDGED_BY, ended_by=None)
    assert judged.count() == 2


def test_a_recording_without_its_transcript_is_refused_by_us_and_by_the_database(court):
    with pytest.raises(Refusal) as refused:
        court.hear(transcript="")
    assert refused.value.field == "transcript"
    assert court.hear(transcript="", recording_url="").transcript == ""


def test_a_transcript_is_found_by_its_words(court):
    hearing = court.hear()
    vector = RecordSearch.objects.get(record=hearing.record).vector
    assert "luminesc" in vector


def test_a_correction_is_a_line_and_rewrites_nothing(court):
    hearing = court.hear()
    correct_hearing(hearing=hearing, note="Lire « mâts ».", person_ids=court.ids(1), clock=court.clock)
    again = Hearing.objects.get(pk=hearing.pk)
    assert again.transcript == hearing.transcript
    assert kinds(hearing.record) == ["hearing_held", "hearing_corrected"]


def test_what_a_court_orders_gone_is_gone_everywhere_and_the_line_says_so(court):
    hearing = court.hear(transcript="Elle dit que Paulette Xyzzy habite rue Haute. Puis le marché.")
    correct_hearing(
        hearing=hearing, note="Données personnelles ôtées.", strike="Paulette Xyzzy habite rue Haute",
        person_ids=court.ids(), clock=court.clock,
    )  # fmt: skip
    again = Hearing.objects.get(pk=hearing.pk)
    assert again.transcript == "Elle dit que […]. Puis le marché."
    assert not [
        each for each in Opening.objects.filter(entry__record=hearing.record) if "Xyzzy" in str(each.value)
    ]
    assert "xyzzy" not in RecordSearch.objects.get(record=hearing.record).vector
    assert Correction.objects.get(hearing=hearing).strikes
    with pytest.raises(Refusal) as refused:
        correct_hearing(
            hearing=again, note="Encore", strike="Absent", person_ids=court.ids(), clock=court.clock
        )
    assert refused.value.field == "strike"


def test_the_authority_replies_once_and_changes_nothing(court):
    verdict = court.find()
    reply = reply_to_verdict(
        verdict=verdict, official=court.territory.official, text="Le marché est relancé.", clock=court.clock
    )
    assert reply.replied_on == court.today
    with pytest.raises(Conflict):
        reply_to_verdict(
            verdict=verdict, official=court.territory.official, text="Et puis", clock=court.clock
        )
    assert Reply.objects.get().text == "Le marché est relancé."
    assert Verdict.objects.get(pk=verdict.pk).says == Says.UNKEPT


def test_who_erases_her_account_leaves_her_verdicts_signed_by_a_member(court):
    verdict = court.find(minority="Non.", dissenters=[court.seats[2]], votes_against=1)
    erase_account(account=court.members[2], with_words=True, clock=court.clock)
    seat = Seat.objects.get(pk=court.seats[2].pk)
    assert (seat.name, seat.person_id, seat.until) == ("", None, court.today)
    assert not [each for each in Opening.objects.all() if "Jurée 2" in str(each.value)]
    again = Verdict.objects.get(pk=verdict.pk)
    assert (again.minority, again.dissenters.count(), again.record.visibility) == ("Non.", 1, "public")


def test_taking_a_name_off_leaves_the_others(court):
    erase_judge(seat=court.seats[0])
    names = set(Seat.objects.values_list("name", flat=True))
    assert names == {"", "Jurée 1", "Jurée 2"}
    assert Opening.objects.filter(part="name", value="Jurée 1").exists()
    assert not Opening.objects.filter(part="name", value="Jurée 0").exists()


def test_what_is_hostile_is_kept_as_text(court):
    given = court.find(reasons="<script>alert(1)</script>\u202e {{ 7*7 }} '; drop table x; --")
    assert "\u202e" not in given.record.text
    assert "<script>alert(1)</script>" in given.record.text


@pytest.mark.parametrize("n", [1, 3])
def test_reading_all_that_was_judged_takes_the_same_number_of_queries(
    territory, django_assert_num_queries, n
):
    court = bench(territory, commitments=n)
    for each in court.commitments:
        court.find(commitment=each)
    with django_assert_num_queries(3):
        found = judgements(territory.authority, court.today)
    assert (found.tally.matching, found.tally.counts["unkept"], len(found.rows)) == (n, n, n)
    assert awaiting(court.observatory)[1] == 0


def test_filters_keep_what_was_asked(court):
    court.find(Says.UNKEPT)
    court.find(Says.DOING, commitment=court.commitments[1])
    found = judgements(court.territory.authority, court.today, Narrowed(says="doing"))
    assert [each.verdict.commitment_id for each in found.rows] == [court.commitments[1].pk]
    assert found.tally.counts == {"kept": 0, "doing": 1, "unkept": 1}
    split = judgements(court.territory.authority, court.today, Narrowed(only_disagreeing=True))
    assert split.tally.matching == split.tally.disagreeing == len(split.rows)
