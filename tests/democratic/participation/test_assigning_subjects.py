"""A subject is assigned to a service, which prepares its answer: privately, once, and in other hands with a reason."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from democratic.communities.actions import create_service, hand_over_service
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.models import OutgoingMessage
from democratic.participation.answers.actions import (
    AnswerDraft,
    declare_inadmissible,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.assigned import assignments_of, load_of, services_assigned, waiting_for
from democratic.participation.answers.assigning import Charge, Result, assign_subjects, take_subject_back
from democratic.participation.answers.models import AnswerAssignment, Verdict
from democratic.people.actions import stop_address
from democratic.people.models import ContactAddress
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Entry, Role
from factories import GROUPING, build_territory, clock_at, staff_account

DUE = date(2026, 5, 4)


def theme(territory, title="Le soir"):
    return open_theme(process=territory.process, words=Words(title=title), author=None, clock=GROUPING).record


def assign(territory, *subjects, service=None, due_on=DUE, reason=""):
    charge = Charge(service or territory.service, due_on, reason)
    return assign_subjects(
        process=territory.process, subjects=[each.pk for each in subjects], charge=charge,
        assigner=territory.agent.person, clock=GROUPING,
    )  # fmt: skip


def another_service(territory, name="Voirie"):
    holder = staff_account(f"{name.lower()}@val-orbe.example", "Karim")
    give_role(person=holder.person, role=Role.AGENT, authority=territory.authority, clock=GROUPING)
    return create_service(authority=territory.authority, name=name, titular=holder.person)


def with_deputy(territory):
    deputy = staff_account("releve@val-orbe.example", "Lise")
    give_role(person=deputy.person, role=Role.AGENT, authority=territory.authority, clock=GROUPING)
    hand_over_service(
        service=territory.service, titular=territory.agent.person, deputy=deputy.person, clock=GROUPING
    )
    return deputy


def mails(purpose="prepare:"):
    found = OutgoingMessage.objects.filter(purpose__startswith=purpose).select_related("address")
    return sorted(found, key=lambda each: each.address.email)


def body(message):
    return message.body.replace("\u00a0", " ")


def test_several_answer_assignments_at_once_are_one_mail_to_the_titular_and_one_to_the_deputy(territory):
    deputy = with_deputy(territory)
    result = assign(territory, theme(territory, "Le soir"), theme(territory, "Le prix"))
    assert (result.assigned, result.told) == (2, 2)
    assert [each.address.email for each in mails()] == [territory.agent.email, deputy.email]
    told = body(mails()[0])
    assert "– Le soir\n– Le prix" in told
    assert "/bureau/concertations/bouger/reponses?service=" in told
    assert "2 sujets à préparer pour le 4 mai 2026" in mails()[0].subject


def test_the_journal_says_nothing_of_it(territory):
    subject, before = theme(territory), Entry.objects.count()
    assign(territory, subject)
    take_subject_back(process=territory.process, subject=subject.pk, reason="Trop tôt.", clock=GROUPING)
    assert Entry.objects.count() == before


def test_given_again_alike_nothing_changes_and_nobody_is_told_again(territory):
    subject = theme(territory)
    assign(territory, subject)
    assert assign(territory, subject) == Result(0, 0)
    assert AnswerAssignment.objects.count() == len(mails()) == 1


def test_in_other_hands_it_needs_a_reason_that_both_services_read(territory):
    subject, roads = theme(territory), another_service(territory)
    assign(territory, subject)
    with pytest.raises(Refusal) as refused:
        assign(territory, subject, service=roads)
    assert refused.value.field == "reason"
    assert "Service jeunesse" in str(refused.value.message)
    assign(territory, subject, service=roads, reason="C’est la voirie qui sait.")
    former = AnswerAssignment.objects.get(ended_at__isnull=False)
    assert former.ended_because == "C’est la voirie qui sait."
    assert assignments_of([subject.pk])[subject.pk].service == roads
    (taken,) = mails("retaken:")
    assert taken.address.email == territory.agent.email
    assert "C’est la voirie qui sait." in body(taken)
    to_roads = next(each for each in mails() if each.address.email == "voirie@val-orbe.example")
    assert "Ce qui a changé : C’est la voirie qui sait." in body(to_roads)


def test_another_day_needs_a_reason_too_and_is_no_farewell(territory):
    subject = theme(territory)
    assign(territory, subject)
    with pytest.raises(Refusal, match="Dites pourquoi"):
        assign(territory, subject, due_on=date(2026, 5, 11))
    assign(territory, subject, due_on=date(2026, 5, 11), reason="Une semaine de plus.")
    assert assignments_of([subject.pk])[subject.pk].due_on == date(2026, 5, 11)
    assert mails("retaken:") == []


def test_taken_back_it_says_why_and_is_nobody_s(territory):
    subject = theme(territory)
    assign(territory, subject)
    with pytest.raises(Refusal, match="Dites pourquoi"):
        take_subject_back(process=territory.process, subject=subject.pk, reason=" ", clock=GROUPING)
    take_subject_back(process=territory.process, subject=subject.pk, reason="Doublon.", clock=GROUPING)
    assert assignments_of([subject.pk]) == {}
    with pytest.raises(Conflict, match="aucun service"):
        take_subject_back(process=territory.process, subject=subject.pk, reason="Encore.", clock=GROUPING)


def test_the_database_keeps_one_service_a_subject_and_asks_why_it_ended(territory):
    subject = theme(territory)
    assign(territory, subject)
    row = AnswerAssignment.objects.get()
    with pytest.raises(IntegrityError, match="one_service_prepares_a_subject"), transaction.atomic():
        AnswerAssignment.objects.create(
            subject=subject, service=row.service, due_on=DUE, batch=row.batch, assigned_by=row.assigned_by,
            assigned_at=row.assigned_at,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="assignment_ends_with_a_reason"), transaction.atomic():
        AnswerAssignment.objects.update(ended_at=row.assigned_at)


def test_a_day_gone_by_or_after_the_promised_answer_is_refused(territory):
    subject = theme(territory)
    with pytest.raises(Refusal, match="passée") as gone:
        assign(territory, subject, due_on=date(2026, 4, 2))
    with pytest.raises(Refusal, match="12/06/2026") as late:
        assign(territory, subject, due_on=date(2026, 6, 13))
    assert gone.value.field == late.value.field == "due_on"


def test_what_is_answered_no_more_and_what_another_town_heard_are_given_to_nobody(territory):
    outside = territory.say().idea.record
    declare_inadmissible(contribution=outside, reason="Hors sujet.", function="Agent", clock=GROUPING)
    elsewhere = build_territory(slug="voisin", host="voisin.example").say("Ailleurs.").idea.record
    for record in (outside, elsewhere):
        with pytest.raises(Conflict):
            assign(territory, theme(territory), record)
    assert AnswerAssignment.objects.count() == 0


def test_it_waits_for_its_service_until_someone_writes_and_again_never_for_a_stranger(territory):
    subject, stranger = theme(territory), another_service(territory).titular
    assign(territory, subject)

    def waiting(person=territory.agent.person):
        return [each.subject_id for each in waiting_for(person, territory.authority)]

    assert waiting() == [subject.pk]
    assert waiting(stranger) == []
    draft = AnswerDraft(Verdict.KEPT, "Un bus de plus.", territory.official)
    answer = draft_answer(
        process=territory.process, subject=subject, draft=draft, author=territory.agent.person, clock=GROUPING
    )
    assert waiting() == []
    sign_answer(answer=answer, signer=territory.official, clock=clock_at(date(2026, 4, 20)))
    assert waiting() == []


def test_a_contribution_given_alone_waits_no_more_once_it_is_grouped(territory):
    said = territory.say().idea.record
    assign(territory, said)
    assert waiting_for(territory.agent.person, territory.authority).count() == 1
    into = open_theme(process=territory.process, words=Words(title="Le soir"), author=None, clock=GROUPING)
    group_contributions(contributions=[said], theme=into, clock=GROUPING)
    assert waiting_for(territory.agent.person, territory.authority).count() == 0


def test_handed_over_the_service_takes_its_subjects_with_it(territory):
    deputy = with_deputy(territory)
    assign(territory, theme(territory))
    hand_over_service(service=territory.service, titular=deputy.person, deputy=None, clock=GROUPING)
    assert waiting_for(deputy.person, territory.authority).count() == 1
    assert waiting_for(territory.agent.person, territory.authority).count() == 0


def test_who_said_stop_is_left_alone_and_a_service_without_anyone_is_said_so(territory):
    empty = create_service(authority=territory.authority, name="Archives", titular=None)
    assert assign(territory, theme(territory), service=empty).told == 0
    assign(territory, theme(territory, "Le prix"))
    stop_address(address=ContactAddress.objects.get(email=territory.agent.email), clock=GROUPING)
    assert assign(territory, theme(territory, "Le bruit")).told == 0
    assert len(mails()) == 1


def test_what_a_service_has_to_prepare_is_counted_with_its_voices(territory):
    first, said = theme(territory), [territory.say(f"Le bus de {n} h.").idea.record for n in range(3)]
    into = first.as_theme
    group_contributions(contributions=said[:2], theme=into, clock=GROUPING)
    assign(territory, first, said[2])
    load = load_of(territory.service)
    assert (load.subjects, load.voices) == (2, 3)
    assert services_assigned(territory.process) == [(territory.service.pk, "Service jeunesse", 2)]
