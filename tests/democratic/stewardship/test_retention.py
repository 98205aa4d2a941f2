"""Each class of data goes when it said it would: the day before it stays, the day after it is gone."""

import importlib
from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.db.models.functions import Now

from democratic.communities.agreements.actions import ask_parent
from democratic.communities.models import Invitation, JoinLink, JointAgreement, Membership, Organisation
from democratic.communities.organisations.actions import open_organisation
from democratic.kernel import data_classes
from democratic.kernel.clock import DATABASE_CLOCK, FixedClock, local_day
from democratic.kernel.files import store_file
from democratic.kernel.files.keeping import path_of
from democratic.kernel.models import IdempotencyKey, RateCount, StoredFile
from democratic.messaging.correspondents import heard_from, known_or_new
from democratic.messaging.incoming import accept
from democratic.messaging.models import Correspondent, IncomingMessage, OutgoingMessage
from democratic.messaging.ports import Arrived
from democratic.observatory.models import Seat
from democratic.participation.campaigns.lists.models import AddressList, ListedAddress
from democratic.participation.campaigns.planning import Plan, plan_campaign
from democratic.participation.conversations.models import (
    Flow,
    FlowAnswer,
    FlowFile,
    FlowRevision,
    FlowRun,
)
from democratic.participation.inbox.models import Channel, Conversation
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.meetings.models import Meeting
from democratic.participation.paper.models import PaperBatch, PaperRow
from democratic.participation.processes.models import Stage
from democratic.participation.sheets.actions import receive_sheet
from democratic.participation.street.devices import prepare_device
from democratic.participation.street.models import StreetCapture
from democratic.participation.street.receiving import receive
from democratic.people.actions import leave_address, welcome_guest
from democratic.people.models import Consent, ConsentSource, ContactAddress, Person, Session
from democratic.stewardship import jobs
from democratic.stewardship.models import RetentionRun, SupportVisit
from democratic.stewardship.moderation.actions import Finding, give_notice, rule_on
from democratic.stewardship.moderation.states import Outcome
from democratic.stewardship.retention import all_terms, forget, last_runs, short_terms
from democratic.thread.actions import Words, follow
from democratic.thread.models import Record
from in_a_meeting import came, live
from in_the_street import planned, record
from judging import founded
from pictures import picture

TERMS = {term.job.rpartition(".")[2]: (kind, term) for kind, term in all_terms()}


def ago(days):
    return Now() - timedelta(days=days)


def told_at(territory, email, **more):
    return leave_address(
        person=welcome_guest(), email=email, purpose="notices", wording="…", language="fr",
        clock=territory.clock, **more,
    )  # fmt: skip


def guests(_territory, days):
    guest = welcome_guest()
    Person.objects.filter(pk=guest.pk).update(created_on=ago(days))
    return guest


def sessions(_territory, days):
    made = Session.objects.create(session_key=f"k{days}", session_data="", expire_date=ago(0))
    Session.objects.filter(pk=made.pk).update(expire_date=ago(days - TERMS["forget_old_sessions"][1].length))
    return made


def unconfirmed(territory, days):
    address = told_at(territory, f"a{days}@example.org")
    ContactAddress.objects.filter(pk=address.pk).update(created_at=ago(days))
    return address


def of_ended(territory, days):
    address = told_at(territory, f"b{days}@example.org")
    ContactAddress.objects.filter(pk=address.pk).update(created_at=ago(900), confirmed_at=ago(900))
    follow(record=territory.process.record, person=address.person)
    Stage.objects.update(opens_at=ago(2000), closes_at=ago(days))
    return address


def consents(territory, days):
    consent = told_at(territory, f"c{days}@example.org").consents.get()
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=ago(days))
    return consent


def messages(territory, days):
    made = OutgoingMessage.objects.create(
        authority=territory.authority,
        address=told_at(territory, f"d{days}@example.org"),
        purpose="x",
        subject="s",
        body="b",
        state="sent",
    )
    OutgoingMessage.objects.filter(pk=made.pk).update(created_at=ago(days))
    return made


def forms(_territory, days):
    made = IdempotencyKey.objects.create(scope="s", key=str(days), fingerprint="f")
    IdempotencyKey.objects.filter(pk=made.pk).update(created_at=ago(days))
    return made


def counts(territory, days):
    made = RateCount.objects.create(bucket=f"b{days}", window_start=territory.clock.moment)
    RateCount.objects.filter(pk=made.pk).update(window_start=ago(days))
    return made


def files(_territory, days):
    stored = store_file([picture(size=(days + 1, 2))], clock=DATABASE_CLOCK)
    StoredFile.objects.filter(pk=stored.pk).update(erase_after=ago(days - 1))
    return stored


def visits(territory, days):
    now = DATABASE_CLOCK.now() - timedelta(days=days)
    return SupportVisit.objects.create(
        authority=territory.authority, visitor=territory.agent.person, visited=territory.citizen.person,
        reason="Elle l’a demandé.", started_at=now, ends_at=now + timedelta(minutes=15),
    )  # fmt: skip


def organisation(territory):
    found = Organisation.objects.first()
    return found or open_organisation(
        authority=territory.authority, sort=Organisation.Sort.BODY, words=Words(title="Le conseil"),
        clock=territory.clock,
    )  # fmt: skip


def memberships(territory, days):
    ended = Membership.objects.create(
        organisation=organisation(territory), person=territory.agent.person, since=date(2020, 1, 1)
    )
    Membership.objects.filter(pk=ended.pk).update(until=ago(days))
    return ended


def join_links(territory, days):
    return JoinLink.objects.create(
        organisation=organisation(territory),
        secret_hash=str(days),
        made_at=ago(days + 14),
        expires_at=ago(days),
    )


def invitations(territory, days):
    return Invitation.objects.create(
        authority=territory.authority, role="agent", email=f"e{days}@example.org", secret_hash=str(days),
        invited_at=ago(days + 7), expires_at=ago(days),
    )  # fmt: skip


def agreements(territory, days):
    asked = ask_parent(
        record=territory.process.record,
        child=welcome_guest(), email=f"p{days}@example.org", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    JointAgreement.objects.filter(pk=asked.pk).update(asked_at=ago(days))
    return asked


def seat_offers(territory, days):
    observatory, speaker = founded(territory, territory.clock, title=f"Observatoire {days}")
    return Seat.objects.create(
        observatory=observatory, offered_by=speaker.person, secret_hash=f"{days}", act_on=date(2026, 3, 2),
        act_reference="Tirage", term_ends_on=date(2028, 3, 2), expires_at=ago(days),
    )  # fmt: skip


def notices(territory, days):
    said = territory.say(f"Parole {days}").idea.record
    given = give_notice(
        record=said, rule="other", explanation="Non.", notifier=welcome_guest(), clock=territory.clock
    ).notice
    kept = Finding(Outcome.KEPT, "other", "Rien à dire.")
    ruling = rule_on(record=said, finding=kept, ruled_by=territory.agent.person, clock=territory.clock)
    Record.objects.filter(pk=ruling.pk).update(happened_at=ago(days))
    return given


# The register goes on counting them: the row stays, and is nobody's.
KEPT_AS_A_COUNT = {
    "forget_old_notices": {"notifier": None, "explanation": "", "secret_hash": ""},
    "forget_old_captures": {"payload": {}},  # that something was said stays, with no word of it
}


def sheets(territory, days):
    return receive_sheet(
        process=territory.process, uploader=territory.agent.person, name="f.csv", chunks=[b"a"],
        clock=FixedClock(ago(days)),
    )  # fmt: skip


def letters(territory, days):
    received = receive_message(
        authority=territory.authority, channel=Channel.WEB, text="Bonjour.", sender=Sender(), clock=territory.clock
    )  # fmt: skip
    Conversation.objects.filter(pk=received.conversation.pk).update(
        state="closed", last_at=ago(days), closed_at=ago(days)
    )
    return received.conversation


def correspondents(territory, days):
    her = heard_from(
        authority=territory.authority, kind="sms", address="+33600000000", language="fr", now=territory.clock.now()
    )  # fmt: skip
    Correspondent.objects.filter(pk=her.pk).update(heard_at=ago(days))
    return her


def address_lists(territory, days):
    """Of someone in a list that was given so many days ago, whatever later day it says."""
    today = local_day(territory.clock.now(), territory.authority.time_zone)
    campaign = plan_campaign(process=territory.process, plan=Plan(f"Printemps {days}", today, today, 3))
    kept = AddressList.objects.create(
        campaign=campaign, kind="sms", name="Liste", source="x", basis="consent", given_on=today,
        erase_on=date(2100, 1, 1), size=1, created_at=ago(days),
    )  # fmt: skip
    (her,) = known_or_new(territory.authority, "sms", {f"print {days}": "+33612345601"}, language="fr")
    return ListedAddress.objects.create(address_list=kept, correspondent=her)


def received(territory, days):
    accept(territory.authority, "sms", [Arrived(f"m{days}", "+33600000000", "Bonjour")])
    message = IncomingMessage.objects.get(name=f"m{days}")
    IncomingMessage.objects.filter(pk=message.pk).update(state="parked", received_at=ago(days))
    return message


def paper(territory, days):
    """What a sheet said, in a pile that was told so many days ago."""
    pile = PaperBatch.objects.create(
        process=territory.process, name=f"Lot {days}", gathered_on=date(2026, 1, 2), state="counted",
        entered_function="Service", opened_at=ago(days), counted_at=ago(days),
    )  # fmt: skip
    return PaperRow.objects.create(batch=pile, hand=1, number=1, age="26_64")


def captures(territory, days):
    session = planned(territory)
    out = prepare_device(session=session, person=territory.agent.person, clock=territory.clock)
    receive(session=session, device=out.device, records=[record()], clock=territory.clock)
    capture = session.captures.get()
    StreetCapture.objects.filter(pk=capture.pk).update(received_at=ago(days))
    return capture


def sent_files(territory, days):
    """A voice that nobody could be given, in a conversation of so many days ago."""
    flow = Flow.objects.create(process=territory.process, name=f"F{days}", draft={})
    revision = FlowRevision.objects.create(flow=flow, number=1, content={}, published_at=ago(days))
    run = FlowRun.objects.create(
        revision=revision, kind="sms", language="fr", seed=0, state="done", started_on=date(2026, 1, 2),
        heard_on=date(2026, 1, 2),
    )  # fmt: skip
    answer = FlowAnswer.objects.create(run=run, step="said", kind="voice", value="voice")
    return FlowFile.objects.create(answer=answer, medium="voice", state="refused", sent_at=ago(days))


def attendances(territory, days):
    """Of who came to a meeting that ended so many days ago."""
    meeting = live(territory)
    here = came(meeting, territory)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=ago(days + 1), ends_at=ago(days))
    return here


MAKERS = {
    "forget_old_attendances": attendances,
    "forget_old_files": sent_files,
    "forget_old_captures": captures,
    "forget_silent_correspondents": correspondents,
    "forget_old_lists": address_lists,
    "forget_old_incoming": received,
    "forget_old_paper": paper,
    "forget_old_notices": notices,
    "forget_old_sheets": sheets,
    "forget_old_letters": letters,
    "forget_old_offers": seat_offers,
    "forget_waiting_agreements": agreements,
    "forget_old_memberships": memberships,
    "forget_old_join_links": join_links,
    "forget_old_invitations": invitations,
    "forget_old_guests": guests,
    "forget_old_sessions": sessions,
    "forget_unconfirmed_addresses": unconfirmed,
    "forget_addresses_of_ended_processes": of_ended,
    "forget_old_consents": consents,
    "forget_old_messages": messages,
    "forget_old_keys": forms,
    "forget_old_counts": counts,
    "forget_unshown_files": files,
    "forget_old_visits": visits,
}


def test_each_job_that_is_declared_is_tried_here():
    assert set(MAKERS) == set(TERMS)


@pytest.mark.parametrize("name", MAKERS)
def test_the_day_before_its_term_it_stays_and_the_day_after_it_is_gone(territory, name):
    kind, term = TERMS[name]
    young = MAKERS[name](territory, term.length - 1)
    forget([(kind, term)], clock=DATABASE_CLOCK)
    assert type(young).objects.filter(pk=young.pk).exists()
    old = MAKERS[name](territory, term.length + 1)
    (run,) = forget([(kind, term)], clock=DATABASE_CLOCK)
    kept = type(old).objects.filter(pk=old.pk)
    nobody = KEPT_AS_A_COUNT.get(name)
    assert kept.filter(**nobody).exists() if nobody else not kept.exists()
    assert run.forgotten >= 1
    assert (run.data_class, run.job) == (kind.key, term.job)


def test_a_file_that_nobody_shows_goes_with_its_content(territory):
    stored = files(territory, 3)
    assert storages["private"].exists(path_of(stored.sha256))
    forget([TERMS["forget_unshown_files"]], clock=DATABASE_CLOCK)
    assert not storages["private"].exists(path_of(stored.sha256))


def test_an_address_whose_term_is_over_takes_its_messages_and_leaves_its_proof(territory):
    address = of_ended(territory, 500)
    OutgoingMessage.objects.create(
        authority=territory.authority, address=address, purpose="x", subject="s", body="b"
    )
    forget([TERMS["forget_addresses_of_ended_processes"]], clock=DATABASE_CLOCK)
    assert not OutgoingMessage.objects.exists()
    proof = Consent.objects.get(person=address.person)
    assert (proof.address, proof.withdrawn_by) == (None, ConsentSource.TERM)
    assert proof.address_print


def test_the_address_of_an_account_or_of_a_running_process_stays(territory):
    said = told_at(territory, "z@example.org")
    territory.say(author=said.person)
    followed = of_ended(territory, 500)
    mine = leave_address(
        person=territory.citizen.person, email="me@example.org", purpose="notices", wording="…",
        language="fr", clock=territory.clock,
    )  # fmt: skip
    ContactAddress.objects.update(created_at=ago(900), confirmed_at=ago(900))
    Stage.objects.filter(step="report").update(closes_at=ago(-10))
    forget([TERMS["forget_addresses_of_ended_processes"]], clock=DATABASE_CLOCK)
    assert set(ContactAddress.objects.all()) == {followed, said, mine}
    Stage.objects.update(closes_at=ago(500))
    forget([TERMS["forget_addresses_of_ended_processes"]], clock=DATABASE_CLOCK)
    assert set(ContactAddress.objects.all()) == {mine}


def test_each_passage_leaves_a_line_even_when_nothing_went(territory):
    runs = forget(all_terms(), clock=territory.clock)
    assert len(runs) == len(all_terms()) == RetentionRun.objects.count()
    assert {run.job for run in last_runs().values()} == {term.job for _kind, term in all_terms()}


def test_one_job_that_fails_stops_none_of_the_others_and_says_so(territory, monkeypatch, caplog):
    def broken():
        raise DatabaseError("no")

    _kind, term = TERMS["forget_old_guests"]
    module, _, function = term.job.rpartition(".")
    monkeypatch.setattr(importlib.import_module(module), function, broken)
    with transaction.atomic():
        runs = forget(all_terms(), clock=territory.clock)
    assert term.job not in {run.job for run in runs}
    assert len(runs) == len(all_terms()) - 1
    assert term.job in caplog.text


def test_lines_of_passages_are_forgotten_too(territory):
    RetentionRun.objects.create(
        data_class="x", job="x", forgotten=0, ran_at=territory.clock.moment - timedelta(days=401)
    )
    forget([], clock=territory.clock)
    assert not RetentionRun.objects.exists()


def test_what_is_promised_within_two_days_is_looked_at_every_hour():
    short = {kind for kind, _term in short_terms()}
    assert short == {data_classes.FORM, data_classes.RATE, data_classes.FILES}


def test_the_jobs_of_the_worker_run_them_all_and_may_run_twice(territory):
    jobs.forget_what_is_old(0)
    jobs.forget_what_is_short(0)
    assert RetentionRun.objects.count() == len(all_terms()) + len(short_terms())


def test_a_visit_is_never_rewritten_nor_deleted_before_its_time(territory):
    visit = visits(territory, 10)
    for change in (lambda: SupportVisit.objects.update(reason="…"), SupportVisit.objects.all().delete):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            change()
    visit.refresh_from_db()
    assert visit.reason == "Elle l’a demandé."
