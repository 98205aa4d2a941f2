"""A child and a parent agree: nothing before both, nothing after either takes it back, and 15 at midnight."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from democratic.communities.agreements.actions import (
    agree_as_parent,
    ask_parent,
    confirm_as_child,
    leave_agreements,
    let_fifteen_decide,
    take_back_agreement,
)
from democratic.communities.agreements.jobs import let_those_who_are_15_decide
from democratic.communities.agreements.queries import CHILD, PARENT, age_now, agreement_at, token_of
from democratic.communities.models import JointAgreement
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.people.actions import forget_old_guests, prove_address, welcome_guest
from democratic.people.models import AgeBand, Consent, ConsentSource, ContactAddress, Person, Purpose
from democratic.stewardship.erasure import erase_guest
from democratic.thread.models import Authority, Entry, Follow

FIFTEEN = date(2027, 3, 1)
PARENT_EMAIL, CHILD_EMAIL = "parent@example.org", "lea@example.org"


@pytest.fixture
def said(territory):
    return territory.say("Un bus le soir.", author=welcome_guest()).idea.record


@pytest.fixture
def asked(territory, said):
    return ask_parent(
        record=said, child=said.author, email=PARENT_EMAIL, language="fr", clock=territory.clock
    )


@pytest.fixture
def agreed(territory, asked):
    agree_as_parent(agreement=asked, turns_15_on=FIFTEEN, wording="Oui.", clock=territory.clock)
    asked.refresh_from_db()
    return asked


def confirm(agreement, clock, email=CHILD_EMAIL):
    return confirm_as_child(
        agreement=agreement, email=email, wording="Écrivez-moi.", language="fr", clock=clock
    )


@pytest.fixture
def in_force(territory, agreed):
    confirm(agreed, territory.clock)
    agreed.refresh_from_db()
    return agreed


def kept_of(person):
    return (
        ContactAddress.objects.filter(person=person).count(),
        Follow.objects.filter(person=person).count(),
        Person.objects.get(pk=person.pk).age_band,
    )


NOTHING = (0, 0, AgeBand.UNSAID)


def test_nothing_of_the_child_is_kept_before_both_agreed(territory, asked, said):
    assert kept_of(said.author) == NOTHING
    with pytest.raises(Conflict, match="pas encore répondu"):
        confirm(asked, territory.clock)
    agree_as_parent(agreement=asked, turns_15_on=FIFTEEN, wording="Oui.", clock=territory.clock)
    assert kept_of(said.author) == NOTHING
    assert age_now(said.author, territory.clock.now()) == (AgeBand.UNSAID, False)


def test_once_both_agreed_she_is_told_and_each_consent_is_in_the_ledger(territory, in_force, said):
    child = Person.objects.get(pk=said.author_id)
    assert kept_of(child) == (1, 1, AgeBand.UNDER_15)
    assert age_now(child, territory.clock.now()) == (AgeBand.UNDER_15, True)
    lines = {
        (line.purpose, line.source, line.wording, line.age_band, line.proved_at is not None)
        for line in Consent.objects.all()
    }
    assert lines == {
        (Purpose.CHILD_TOLD, ConsentSource.PARENT, "Oui.", AgeBand.UNSAID, True),
        (Purpose.NOTICES, ConsentSource.JOINT, "Écrivez-moi.", AgeBand.UNDER_15, False),
    }


def test_the_parent_gets_one_message_and_its_words_do_not_stay_here(asked, mailoutbox):
    deliver()
    (mail,) = mailoutbox
    assert mail.to == [PARENT_EMAIL]
    assert f"/accord/parent/{token_of(asked, PARENT)}" in mail.body
    assert "Un bus le soir" not in mail.body
    assert OutgoingMessage.objects.get().body == ""


def test_a_stopped_address_gets_nothing_and_nobody_learns_it(territory, said, asked, mailoutbox):
    ContactAddress.objects.filter(email=PARENT_EMAIL).update(stopped_at=territory.clock.now())
    deliver()
    assert mailoutbox == []


@pytest.mark.parametrize("by", [ConsentSource.PARENT, ConsentSource.CHILD])
def test_either_takes_it_back_at_once_and_the_words_stay(territory, in_force, said, by):
    take_back_agreement(agreement=in_force, by=by, clock=territory.clock)
    assert kept_of(said.author) == NOTHING
    assert not ContactAddress.objects.exists()
    assert not OutgoingMessage.objects.exists()
    assert not JointAgreement.objects.exists()
    assert set(Consent.objects.values_list("withdrawn_by", flat=True)) == {by}
    said.refresh_from_db()
    assert (said.wording.text, said.author_id) == ("Un bus le soir.", said.author_id)
    with pytest.raises(Conflict):
        take_back_agreement(agreement=in_force, by=by, clock=territory.clock)


def test_nothing_of_it_enters_the_journal(territory, said):
    before = Entry.objects.count()
    agreement = ask_parent(
        record=said, child=said.author, email=PARENT_EMAIL, language="fr", clock=territory.clock
    )
    agree_as_parent(agreement=agreement, turns_15_on=FIFTEEN, wording="Oui.", clock=territory.clock)
    confirm(agreement, territory.clock)
    take_back_agreement(agreement=agreement, by=ConsentSource.CHILD, clock=territory.clock)
    assert Entry.objects.count() == before


def test_after_seven_days_without_both_the_links_open_nothing(territory, agreed):
    now = territory.clock.now()
    for who in (CHILD, PARENT):
        at = partial_at(territory, token_of(agreed, who), who)
        assert at(now + timedelta(days=7, seconds=-1)) is not None
        assert at(now + timedelta(days=7)) is None
    late = FixedClock(now + timedelta(days=7))
    with pytest.raises(Conflict, match="n’attend plus"):
        confirm(agreed, late)


def partial_at(territory, token, who):
    return lambda now: agreement_at(territory.authority, token, who, now)


def test_a_link_opens_neither_the_other_s_page_nor_another_authority(territory, agreed):
    now = territory.clock.now()
    elsewhere = Authority(pk=said_elsewhere(), slug="x")
    assert agreement_at(territory.authority, token_of(agreed, CHILD), PARENT, now) is None
    assert agreement_at(elsewhere, token_of(agreed, CHILD), CHILD, now) is None
    assert agreement_at(territory.authority, "nothing", CHILD, now) is None


def said_elsewhere():
    return "01a222a3-1df7-7693-a4ca-02d8bce08a9e"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 1), "décide sans vous"),
        (date(2020, 1, 1), "décide sans vous"),
        (date(2060, 1, 1), "d’ici"),
    ],
)
def test_a_day_that_cannot_be_a_fifteenth_birthday_is_refused(territory, asked, day, why):
    with pytest.raises(Refusal, match=why) as refused:
        agree_as_parent(agreement=asked, turns_15_on=day, wording="Oui.", clock=territory.clock)
    assert refused.value.field == "turns_15_on"


def test_each_half_is_given_once_and_with_an_address_of_one_s_own(territory, agreed):
    with pytest.raises(Conflict, match="déjà donné"):
        agree_as_parent(agreement=agreed, turns_15_on=FIFTEEN, wording="Oui.", clock=territory.clock)
    for email in (PARENT_EMAIL.upper(), "lea"):
        with pytest.raises(Refusal):
            confirm(agreed, territory.clock, email)
    confirm(agreed, territory.clock)
    with pytest.raises(Conflict, match="déjà confirmé"):
        confirm(agreed, territory.clock)
    with pytest.raises(Conflict, match="déjà donné son accord"):
        ask_parent(
            record=agreed.record, child=agreed.child, email="x@example.org", language="fr",
            clock=territory.clock,
        )  # fmt: skip


def test_asking_again_replaces_the_request_and_forgets_the_first_address(territory, asked, said):
    other = ask_parent(
        record=said, child=said.author, email="autre@example.org", language="fr", clock=territory.clock
    )
    assert list(JointAgreement.objects.all()) == [other]
    assert list(ContactAddress.objects.values_list("email", flat=True)) == ["autre@example.org"]


def test_an_address_that_is_none_is_refused(territory, said):
    with pytest.raises(Refusal) as refused:
        ask_parent(record=said, child=said.author, email="maman", language="fr", clock=territory.clock)
    assert refused.value.field == "email"


def test_who_erases_her_data_ends_the_agreement_with_it(territory, in_force, said):
    erase_guest(guest=said.author, with_words=False, clock=territory.clock)
    assert not JointAgreement.objects.exists()
    assert not ContactAddress.objects.exists()


def test_the_parent_who_erases_ends_it_too(territory, in_force, said):
    leave_agreements(person_ids=[in_force.parent_id], clock=territory.clock)
    assert kept_of(said.author) == NOTHING


def test_while_it_lasts_neither_is_forgotten_as_a_silent_guest(in_force):
    Person.objects.update(created_on=date(2020, 1, 1))
    forget_old_guests()
    assert JointAgreement.objects.exists()


PLACES = ("Europe/Paris", "Indian/Reunion", "America/Martinique", "Pacific/Noumea")
# The night before the clocks change, that night, the 1st of March of who was born on a 29 February, an ordinary one.
DAYS = (
    date(2027, 3, 28),
    date(2027, 3, 29),
    date(2026, 10, 25),
    date(2026, 10, 26),
    FIFTEEN,
    date(2026, 7, 14),
)


@pytest.mark.parametrize("zone", PLACES)
@pytest.mark.parametrize("day", DAYS)
def test_she_is_15_at_midnight_where_they_agreed_and_not_a_second_before(territory, asked, said, zone, day):
    Authority.objects.filter(pk=territory.authority.pk).update(time_zone=zone)
    agree_as_parent(agreement=asked, turns_15_on=day, wording="Oui.", clock=territory.clock)
    confirm(asked, territory.clock)
    child = Person.objects.get(pk=said.author_id)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for seconds, expected in (
        (-1, (AgeBand.UNDER_15, True)),
        (0, (AgeBand.TEENS, False)),
        (1, (AgeBand.TEENS, False)),
    ):
        assert age_now(child, midnight + timedelta(seconds=seconds)) == expected, seconds
    assert let_fifteen_decide(clock=FixedClock(midnight - timedelta(seconds=1))) == 0
    assert Person.objects.get(pk=child.pk).age_band == AgeBand.UNDER_15
    assert let_fifteen_decide(clock=FixedClock(midnight)) == 1
    assert Person.objects.get(pk=child.pk).age_band == AgeBand.TEENS


def test_at_15_the_date_and_the_parent_s_part_go_and_both_are_told(territory, in_force, said, mailoutbox):
    deliver()
    mailoutbox.clear()
    for address in ContactAddress.objects.all():
        prove_address(address=address, clock=territory.clock)
    birthday = FixedClock(datetime(2027, 3, 1, 12, tzinfo=UTC))
    assert let_fifteen_decide(clock=birthday) == 1
    deliver()
    assert {mail.to[0] for mail in mailoutbox} == {PARENT_EMAIL, CHILD_EMAIL}
    assert not JointAgreement.objects.exists()
    assert kept_of(said.author) == (1, 1, AgeBand.TEENS)
    assert Consent.objects.get(purpose=Purpose.CHILD_TOLD).withdrawn_by == ConsentSource.TERM
    assert Consent.objects.get(purpose=Purpose.NOTICES).withdrawn_at is None
    assert ContactAddress.objects.get(email=PARENT_EMAIL).confirmed_at is None  # gone with the unconfirmed
    assert let_fifteen_decide(clock=birthday) == 0


def test_who_gave_no_confirmed_address_is_told_nothing(territory, in_force, mailoutbox):
    deliver()
    mailoutbox.clear()
    let_fifteen_decide(clock=FixedClock(datetime(2027, 3, 1, 12, tzinfo=UTC)))
    deliver()
    assert [mail.to for mail in mailoutbox] == [[PARENT_EMAIL]]


def test_a_request_that_she_never_confirmed_ends_at_15_with_nothing_kept(territory, agreed, said):
    let_fifteen_decide(clock=FixedClock(datetime(2027, 3, 1, 12, tzinfo=UTC)))
    assert kept_of(said.author) == NOTHING
    assert not ContactAddress.objects.exists()


def test_the_worker_does_it_every_hour_and_may_do_it_twice(in_force):
    JointAgreement.objects.update(turns_15_on=date(2020, 1, 1))
    let_those_who_are_15_decide(0)
    let_those_who_are_15_decide(0)
    assert not JointAgreement.objects.exists()
