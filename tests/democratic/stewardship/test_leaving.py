"""An account with open obligations does not close before they are handed over; then nothing private stays."""

import pytest

from courses import whole_course
from democratic.communities.actions import appoint_official, create_service, hand_over_service
from democratic.communities.models import Official, Service
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.models import Obligation
from democratic.people.actions import (
    claim_person,
    forget_old_consents,
    leave_address,
    stop_address,
    welcome_guest,
)
from democratic.people.models import Account, Consent, ContactAddress, Person
from democratic.stewardship.actions import StillOwing, hand_over_answers, leave
from democratic.stewardship.queries import officials_with_dues, services_with_dues, what_binds
from democratic.thread.actions import Words, follow, give_role, post_comment
from democratic.thread.models import Entry, Follow, Grant, Opening, Record, Role
from factories import verified_account


@pytest.fixture
def colleague(territory):
    account = verified_account("karim@val-orbe.example", "Karim", password=None)
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    return account


@pytest.fixture
def successor(territory):
    account = verified_account("paul@val-orbe.example", "Paul", password=None)
    return appoint_official(
        authority=territory.authority,
        name="Paul Aubry",
        function="vice-président",
        person=account.person,
        clock=territory.clock,
    )


def closes(territory, account, *, without_name=False):
    leave(account=account, without_name=without_name, clock=territory.clock)
    return not Account.objects.filter(pk=account.pk).exists()


def to_paul(territory, successor, reason="Elle quitte son mandat."):
    return hand_over_answers(
        official=territory.official, to=successor, reason=reason, function="Val-d’Orbe", clock=territory.clock
    )


@pytest.mark.parametrize("place", ["titular", "deputy"])
def test_who_holds_a_service_that_owes_something_does_not_leave(territory, colleague, place):
    Service.objects.update(titular=None, deputy=None)
    Service.objects.update(**{place: colleague.person})
    with pytest.raises(StillOwing):
        closes(territory, colleague)
    (held,) = what_binds([colleague.person_id])
    assert (held.holder, held.owed) == (territory.service, 2)  # the answer, and the report
    assert Account.objects.filter(pk=colleague.pk).exists()


def test_a_service_that_owes_nothing_lets_its_titular_leave_and_keeps_no_ghost(territory, colleague):
    idle = create_service(authority=territory.authority, name="Archives", titular=colleague.person)
    Service.objects.filter(pk=idle.pk).update(deputy=colleague.person)
    assert closes(territory, colleague)
    idle.refresh_from_db()
    assert (idle.titular, idle.deputy) == (None, None)


def test_obligations_that_were_met_or_given_up_bind_nobody(territory):
    Obligation.objects.update(met_on="2026-03-01")
    assert closes(territory, territory.agent)


def test_handed_over_a_service_lets_its_titular_go_and_the_journal_names_nobody(territory, colleague):
    hand_over_service(service=territory.service, titular=colleague.person, deputy=None, clock=territory.clock)
    entry = Entry.objects.get(kind="service_handed_over")
    assert entry.data == {"service": "Service jeunesse", "titular": True, "deputy": False}
    assert (entry.at, entry.commitments) == (territory.clock.moment, {})
    assert closes(territory, territory.agent)
    with pytest.raises(StillOwing):
        closes(territory, colleague)


def test_a_service_is_given_to_who_works_here_with_an_open_account(territory, colleague):
    def give(titular, deputy=None):
        hand_over_service(service=territory.service, titular=titular, deputy=deputy, clock=territory.clock)

    with pytest.raises(Refusal) as stranger:
        give(territory.citizen.person)
    with pytest.raises(Refusal) as same:
        give(colleague.person, colleague.person)
    with pytest.raises(Conflict):
        give(territory.agent.person)
    Account.objects.filter(pk=colleague.pk).update(is_active=False)
    with pytest.raises(Refusal) as closed:
        give(territory.agent.person, colleague.person)
    assert (stranger.value.field, same.value.field, closed.value.field) == ("titular", "deputy", "deputy")
    assert not Entry.objects.filter(kind="service_handed_over").exists()


def test_the_official_who_is_named_to_answer_does_not_leave_before_another_is(territory, successor):
    draft_answer(
        process=territory.process,
        subject=territory.say().idea.record,
        draft=AnswerDraft(Verdict.KEPT, "Oui.", territory.official),
        author=None,
        clock=territory.clock,
    )
    with pytest.raises(StillOwing):
        closes(territory, territory.elected)
    assert to_paul(territory, successor) == 2  # the order, and the draft
    assert Mandate.objects.get().answerer == Answer.objects.get().signer == successor
    entry = Entry.objects.get(kind="answerer_changed")
    assert entry.record == territory.mandate.record
    assert dict(entry.openings.values_list("part", "value")) == {
        "previous": "Odile Vasseur-Thiry, vice-présidente, jeunesse et mobilités",
        "answerer": "Paul Aubry, vice-président",
        "reason": "Elle quitte son mandat.",
        "function": "Val-d’Orbe",
    }
    assert closes(territory, territory.elected)


def test_what_an_official_signed_stays_under_her_name(territory):
    answer = whole_course(territory).answer
    assert closes(territory, territory.elected)
    answer.refresh_from_db()
    assert answer.signed_name == "Odile Vasseur-Thiry"
    assert Official.objects.get(name="Odile Vasseur-Thiry").person is None


def test_answers_are_handed_over_with_a_reason_to_who_can_sign(territory, successor):
    with pytest.raises(Refusal) as silent:
        to_paul(territory, successor, reason=" ")
    with pytest.raises(Refusal) as herself:
        to_paul(territory, territory.official)
    Official.objects.filter(pk=successor.pk).update(person=None)
    successor.refresh_from_db()
    with pytest.raises(Refusal) as without_account:
        to_paul(territory, successor)
    assert (silent.value.field, herself.value.field, without_account.value.field) == ("reason", "to", "to")
    assert Mandate.objects.get().answerer == territory.official


def test_leaving_cuts_everything_private_under_every_identity(territory):
    me, guest = territory.citizen.person, welcome_guest(name="Gab")
    claim_person(guest=guest, by=me)
    give_role(person=me, role=Role.MODERATOR, authority=territory.authority, clock=territory.clock)
    for person, email in ((me, "a@example.org"), (guest, "b@example.org"), (guest, "stop@example.org")):
        leave_address(
            person=person, email=email, purpose="notices", wording="…", language="fr", clock=territory.clock
        )
        follow(record=territory.process.record, person=person)
    stop_address(address=ContactAddress.objects.get(email="stop@example.org"), clock=territory.clock)
    kept = Consent.objects.count()
    assert closes(territory, territory.citizen)
    assert not ContactAddress.objects.exists()
    again = welcome_guest()
    leave_address(
        person=again, email="STOP@example.org", purpose="notices", wording="…", language="fr", clock=territory.clock
    )  # fmt: skip
    assert ContactAddress.objects.get().stopped_at, "whoever gives it again"
    Consent.objects.filter(person=again).delete()
    assert not Follow.objects.exists()
    assert not Grant.objects.filter(person=me, until=None).exists()
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert {(each.name, each.erased_on) for each in Person.objects.filter(pk__in=[me.pk, guest.pk])} == {
        ("", territory.clock.moment.date())
    }
    Consent.objects.filter(person=me).update(withdrawn_at="2024-01-01T00:00Z")
    assert forget_old_consents() == 1
    assert Consent.objects.count() == kept - 1


@pytest.mark.parametrize(("without_name", "byline"), [(False, "Gabriel"), (True, "")])
def test_what_she_said_stays_and_her_name_only_if_she_leaves_it(territory, without_name, byline):
    idea = territory.say(author=territory.citizen.person, byline="Gabriel").idea.record
    comment = post_comment(
        subject=idea,
        author=territory.citizen.person,
        words=Words(text="Et le dimanche ?", byline="Gabriel"),
        clock=territory.clock,
    )
    another = territory.say(byline="Lina").idea.record
    before = {entry.pk: entry.commitments for entry in Entry.objects.all()}
    assert closes(territory, territory.citizen, without_name=without_name)
    said = Record.objects.filter(pk__in=[idea.pk, comment.record_id])
    assert {(each.byline, bool(each.text)) for each in said} == {(byline, True)}
    names = Opening.objects.filter(part="byline").values_list("value", flat=True)
    assert sorted(names) == (["Lina"] if without_name else ["Gabriel", "Gabriel", "Lina"])
    assert Entry.objects.filter(kind="byline_erased").count() == (2 if without_name else 0)
    assert {entry.pk: entry.commitments for entry in Entry.objects.filter(pk__in=before)} == before
    assert Record.objects.get(pk=another.pk).byline == "Lina"


@pytest.mark.parametrize("count", [1, 3])
def test_holders_are_listed_in_a_fixed_number_of_queries(territory, django_assert_num_queries, count):
    for n in range(count - 1):
        create_service(authority=territory.authority, name=f"Service {n}")
        appoint_official(
            authority=territory.authority, name=f"Élu {n}", function="maire", clock=territory.clock
        )
    with django_assert_num_queries(4):
        services = services_with_dues(territory.authority)
        officials = officials_with_dues(territory.authority)
    assert [held.owed for held in services] == [0] * (count - 1) + [2]
    assert sorted(held.owed for held in officials) == [0] * (count - 1) + [1]
