"""Officials: appointed in public, in office until a day, and signing no more after it; services by their name."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from democratic.communities.actions import appoint_official, create_service, give_account
from democratic.communities.models import Official, Service
from democratic.communities.queries import could_be_officials, list_officials, office_of, officials_of
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.actions import AnswerDraft, draft_answer, edit_draft, sign_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level
from democratic.stewardship.actions import hand_over_answers
from democratic.stewardship.roles import close_office
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Entry, Role
from factories import clock_at, verified_account


def appoint(territory, name="Paul Aubry", function="vice-président", **more):
    return appoint_official(
        authority=territory.authority, name=name, function=function, clock=territory.clock, **more
    )


def over(territory, official):
    """Ended by the database alone: what actions must refuse whatever led there."""
    Official.objects.filter(pk=official.pk).update(until=date(2026, 3, 1))
    official.refresh_from_db()
    return official


def test_to_appoint_is_a_public_act_with_its_day(territory):
    paul = appoint(territory, name=" Paul  Aubry ")
    assert (paul.name, paul.since, paul.until) == ("Paul Aubry", date(2026, 3, 1), None)
    told = Entry.objects.filter(kind="official_appointed").order_by("-pk").first()
    assert told.data == {"office": str(paul.pk), "since": "2026-03-01"}
    assert set(told.commitments) == {"name", "function"}
    assert told.at is not None


@pytest.mark.parametrize(
    ("name", "function", "field"), [("", "maire", "name"), ("Paul", "\u200e", "function")]
)
def test_an_office_has_a_name_and_a_function(territory, name, function, field):
    with pytest.raises(Refusal) as refusal:
        appoint(territory, name=name, function=function)
    assert refusal.value.field == field


def test_one_running_office_of_the_same_name_and_function(territory):
    first = appoint(territory)
    with pytest.raises(Conflict) as refusal:
        appoint(territory)
    assert refusal.value.field == "name"
    close_office(official=first, clock=territory.clock)
    assert appoint(territory).pk != first.pk  # elected again


def test_an_account_signs_under_one_function(territory):
    with pytest.raises(Conflict) as refusal:
        appoint(territory, person=territory.elected.person)
    assert refusal.value.field == "person"


def test_an_account_is_given_once(territory):
    paul, account = appoint(territory), verified_account("paul@example.org", "Paul")
    give_role(person=account.person, role=Role.OFFICIAL, authority=territory.authority, clock=territory.clock)
    assert could_be_officials(territory.authority) == [account.person]
    assert give_account(official=paul, person=account.person).person == account.person
    assert could_be_officials(territory.authority) == []
    assert office_of(account.person, territory.authority) == paul
    for official, person in ((paul, territory.citizen.person), (appoint(territory, "Zoé"), account.person)):
        with pytest.raises(Conflict):
            give_account(official=official, person=person)


def test_an_office_that_owes_an_answer_does_not_end(territory):
    with pytest.raises(Conflict):
        close_office(official=territory.official, clock=territory.clock)
    assert Official.objects.get(pk=territory.official.pk).until is None


def test_handed_over_it_ends_in_public_with_both_days(territory):
    paul = appoint(territory, person=verified_account("paul@example.org", "Paul").person)
    hand_over_answers(
        official=territory.official, to=paul, reason="Elle quitte.", function="f", clock=territory.clock
    )
    ended = close_office(official=territory.official, clock=territory.clock)
    told = Entry.objects.get(kind="office_ended")
    assert told.data == {"office": str(ended.pk), "since": "2026-01-12", "until": "2026-03-01"}
    assert officials_of(territory.authority) == [paul]
    assert office_of(territory.elected.person, territory.authority) is None
    found, total = list_officials(territory.authority, offset=0, limit=9)
    assert ([each.name for each in found], total) == (["Paul Aubry", "Odile Vasseur-Thiry"], 2)
    with pytest.raises(Conflict):
        close_office(official=ended, clock=territory.clock)


def test_who_is_no_longer_in_office_signs_nothing(territory):
    draft = AnswerDraft(Verdict.KEPT, "Oui.", territory.official)
    idea, clock = territory.say().idea.record, clock_at(date(2026, 5, 20))
    answer = draft_answer(process=territory.process, subject=idea, draft=draft, author=None, clock=clock)
    over(territory, territory.official)
    with pytest.raises(Conflict):
        sign_answer(answer=answer, signer=territory.official, clock=clock)
    with pytest.raises(Conflict):
        edit_draft(answer=answer, draft=draft, clock=clock)
    with pytest.raises(Conflict):
        draft_answer(process=territory.process, subject=idea, draft=draft, author=None, clock=clock)
    answer.refresh_from_db()
    assert answer.signed_at is None


def test_nothing_is_promised_in_the_name_of_who_is_no_longer_in_office(territory):
    ended = over(territory, appoint(territory))
    order = Order(
        ordered_by="L’assemblée", ordered_on=date(2026, 3, 1), decidable="Tout.", not_decidable="Rien.",
        level=Level.CONSULT, aimed_at="Tous", answer_due_on=date(2026, 6, 1), answerer=ended,
        service=territory.service,
    )  # fmt: skip
    with pytest.raises(Conflict) as refusal:
        draft_mandate(
            authority=territory.authority, words=Words(title="Un ordre", text="Un plan."), order=order,
            author=None, clock=territory.clock,
        )  # fmt: skip
    assert refusal.value.field == "answerer"
    Official.objects.filter(pk=ended.pk).update(person=territory.citizen.person)
    ended.refresh_from_db()
    with pytest.raises(Conflict):
        hand_over_answers(
            official=territory.official, to=ended, reason="…", function="f", clock=territory.clock
        )


def test_the_database_keeps_an_office_from_ending_before_it_began(territory):
    with pytest.raises(IntegrityError), transaction.atomic():
        Official.objects.filter(pk=territory.official.pk).update(until=date(2025, 1, 1))


@pytest.mark.parametrize(("name", "field"), [("", "name"), ("Service jeunesse", "name")])
def test_a_service_has_a_name_of_its_own(territory, name, field):
    with pytest.raises(Refusal) as refusal:
        create_service(authority=territory.authority, name=name)
    assert refusal.value.field == field


def test_the_deputy_is_another_person(territory):
    person = territory.agent.person
    with pytest.raises(Refusal):
        create_service(authority=territory.authority, name="Routes", titular=person, deputy=person)
    assert Service.objects.count() == 1
