"""What an elected person promises in the street is published once she has accepted it, and never without her."""

from datetime import timedelta

import pytest
from django.db import connection

from asking_approval import mailed_link
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.commitments.models import Commitment, Decision, GivenWord
from democratic.participation.reports.desk_day import day_of
from democratic.participation.street.accepting import answer_for_word
from democratic.participation.street.files import keep_street_file
from democratic.participation.street.forgetting import forget_old_captures
from democratic.participation.street.models import StreetCapture, StreetFile
from democratic.participation.street.receiving import receive
from democratic.participation.street.validating import set_aside, validate_captures
from democratic.thread.models import Entry, Kind, Link, LinkKind, Record, Visibility
from in_the_street import planned, promise, record, taken_out
from pictures import picture


@pytest.fixture
def session(territory):
    return planned(territory)


def validated(territory, session, *records):
    out = taken_out(session, territory)
    receive(session=session, device=out.device, records=records, clock=territory.clock)
    outcome = validate_captures(
        session=session, by=territory.agent.person, function="Le service", clock=territory.clock
    )
    return outcome, [StreetCapture.objects.get(uuid=each["uuid"]) for each in records]


def answer(territory, *, clock=None, **more):
    more.setdefault("signed_in", territory.elected.person)
    answer_for_word(request=ApprovalRequest.objects.get(), clock=clock or territory.clock, **more)


def test_nothing_is_public_of_a_promise_before_she_accepts(territory, session):
    outcome, (word, _quote) = validated(territory, session, promise(territory), record())
    assert (outcome.validated, outcome.asked, outcome.refused) == (1, 1, 0)
    assert word.state == StreetCapture.State.ASKED
    assert word.payload["signature"] == "Odile Vasseur-Thiry"
    assert not Commitment.objects.exists()
    assert not Decision.objects.exists()
    assert not Entry.objects.filter(record=word.record).exists()
    assert word.record.visibility == Visibility.DRAFT
    assert mailed_link()


def test_accepted_it_is_a_commitment_with_its_day_and_who_gave_it(territory, session):
    validated(territory, session, promise(territory))
    answer(territory, is_approved=True)
    made = Commitment.objects.select_related("decision__record", "record").get()
    assert made.decision.body == f"{territory.official.name}, {territory.official.function}"
    assert made.record.obligations.get().due_on.isoformat() == "2026-04-01"
    assert session.record.code in made.decision.reference
    entry = Entry.objects.get(kind="approval_given")
    assert (entry.record_id, entry.data["by_delegation"]) == (made.decision.pk, False)
    assert Link.objects.filter(source=session.pk, kind=LinkKind.SAID_IN, target=made.decision.pk).exists()
    word = StreetCapture.objects.get()
    assert (word.state, word.payload, word.record_id) == (StreetCapture.State.VALIDATED, {}, made.pk)
    with pytest.raises(Conflict):
        answer(territory, is_approved=True)
    assert Commitment.objects.count() == 1


def test_another_than_she_accepts_by_delegation_and_it_is_said(territory, session):
    validated(territory, session, promise(territory))
    answer(territory, is_approved=True, signed_in=territory.agent.person)
    assert Entry.objects.get(kind="approval_given").data["by_delegation"] is True


def test_refused_with_her_reason_nothing_is_ever_public(territory, session):
    validated(territory, session, promise(territory))
    with pytest.raises(Refusal):
        answer(territory, is_approved=False)
    answer(territory, is_approved=False, reason="Je n’étais pas là.")
    word = StreetCapture.objects.get()
    assert (word.state, word.reason) == (StreetCapture.State.SET_ASIDE, "Je n’étais pas là.")
    assert not Commitment.objects.exists()
    session.refresh_from_db()
    assert session.counted["aside"] == 1


def test_set_aside_by_the_desk_the_link_of_her_mail_opens_nothing_more(territory, session):
    _outcome, (word,) = validated(territory, session, promise(territory))
    set_aside(capture=word, reason="Ce n’était pas elle.", clock=territory.clock)
    assert ApprovalRequest.objects.get().withdrawn_at is not None
    with pytest.raises(Conflict):
        answer(territory, is_approved=True)


@pytest.mark.parametrize("signature", [True, "", "  ", None, {"name": "Odile"}, 7])
def test_a_promise_that_nobody_signed_is_sent_back_to_its_device(territory, session, signature):
    out, sent = taken_out(session, territory), promise(territory, signature=signature)
    (told,) = receive(session=session, device=out.device, records=[sent], clock=territory.clock)
    assert (told.state, told.field) == ("to_correct", "signature")


def test_her_signature_is_kept_beside_it_and_goes_with_it(territory, session):
    out, sent = taken_out(session, territory), promise(territory, has_photo=1)
    receive(session=session, device=out.device, records=[sent], clock=territory.clock)
    word = StreetCapture.objects.get()
    keep_street_file(capture=word, n=1, content_type="image/jpeg", content=picture(), clock=territory.clock)
    validate_captures(session=session, by=territory.agent.person, function="", clock=territory.clock)
    assert StreetFile.objects.filter(capture=word).exists()
    answer(territory, is_approved=True)
    assert not StreetFile.objects.exists()


def test_she_reads_it_on_her_own_first_page_as_long_as_she_may_answer(territory, session):
    validated(territory, session, promise(territory))
    now = territory.clock.now()

    def waiting(at):
        asked = {"reader": territory.elected.person, "signer": territory.official}
        return [
            each.title for each in day_of(territory.authority, at, at + timedelta(days=14), **asked).to_accept
        ]

    assert waiting(now) == ["Je réponds sur le bus de 22 h."]
    assert waiting(now + timedelta(days=8)) == []
    answer(territory, is_approved=True)
    assert waiting(now) == []


def test_a_promise_whose_day_has_gone_by_is_accepted_no_more(territory, session):
    validated(territory, session, promise(territory, due_on="2026-03-02"))
    with pytest.raises(Refusal, match="passée"):
        answer(territory, is_approved=True, clock=FixedClock(territory.clock.now() + timedelta(days=3)))
    assert not Commitment.objects.exists()


def test_what_she_never_answered_is_forgotten_whole_at_its_term(territory, session):
    validated(territory, session, promise(territory))
    with connection.cursor() as cursor:
        cursor.execute("update participation_streetcapture set received_at = now() - interval '900 days'")
    assert forget_old_captures() == 1
    assert not GivenWord.objects.exists()
    assert not Record.objects.filter(kind=Kind.DECISION).exists()
    assert StreetCapture.objects.get().payload == {}
