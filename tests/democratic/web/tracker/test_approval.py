"""An elected person agrees with a draft by the link of her mail: with the very text that she read, and by POST alone."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client

from courses import grouped, said
from democratic.communities.models import Official
from democratic.kernel.clock import FixedClock
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.participation.answers.actions import AnswerDraft, draft_answer, edit_draft
from democratic.participation.answers.models import Verdict
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level, Mandate
from democratic.people.actions import suspend_account
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Opening, Record
from factories import NOW

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def at(monkeypatch):
    def moved(moment):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    moved(NOW)
    return moved


@pytest.fixture
def desk(territory, at):
    client = Client()
    client.force_login(territory.agent)
    return client


@pytest.fixture
def order(territory):
    return draft_mandate(
        authority=territory.authority,
        words=Words(title="Rentrer le soir", text="L’assemblée demande des bus après 20 h."),
        order=Order(
            ordered_by="L’assemblée",
            ordered_on=date(2026, 2, 1),
            decidable="Les horaires.",
            not_decidable="Le budget.",
            level=Level.CONSULT,
            aimed_at="Les 15-25 ans",
            answer_due_on=date(2026, 9, 1),
            answerer=territory.official,
            service=territory.service,
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )


@pytest.fixture
def answer(territory):
    theme = grouped(territory, said(territory, 1))
    return draft_answer(
        process=territory.process,
        subject=theme.record,
        draft=AnswerDraft(Verdict.PART, "Oui le week-end.", territory.official),
        author=None,
        clock=territory.clock,
    )


def ask(desk, record):
    response = desk.post(f"/bureau/accords/{record.code}", **HERE)
    assert response.status_code == 302
    message = OutgoingMessage.objects.filter(purpose="approval_asked").latest("created_at")
    return re.search(r"/approbation/[\w:-]+", message.body)[0]


def version_on(path):
    return re.search(r'name="version" value="(\w+)"', Client().get(path).content.decode())[1]


def send(path, version=None, *, key="k", says="oui", **more):
    typed = {"key": key, "says": says, "version": version or version_on(path), **more}
    return Client().post(path, typed, **HERE)


def test_she_gets_one_mail_whose_link_shows_the_whole_text_and_changes_nothing(desk, order, territory):
    path = ask(desk, order.record)
    deliver()
    (sent,) = mail.outbox
    assert sent.to == [territory.elected.email]
    assert OutgoingMessage.objects.get(purpose="approval_asked").body == ""
    before = list(ApprovalRequest.objects.values())
    page = Client().get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    html = page.content.decode()
    for words in ("bus après 20 h", "Les horaires.", "Le budget.", "Les 15-25 ans", "1er septembre 2026"):
        assert words in html.replace("\u00a0", " ")
    assert list(ApprovalRequest.objects.values()) == before


def test_she_approves_and_the_published_order_says_by_whom_and_when(desk, order, territory):
    path = ask(desk, order.record)
    people = Person.objects.count()
    assert send(path).status_code == 302
    assert Person.objects.count() == people  # who answers is known by the link: no guest is made
    assert not Entry.objects.filter(kind="approval_given").exists()  # a draft has no line in the journal
    page = desk.get(f"/bureau/commandes/{order.record.code}").content.decode()
    assert "a approuvé ce texte le 1er mars 2026." in page.replace("\u00a0", " ")
    desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    entry = Entry.objects.get(kind="approval_given")
    assert entry.data == {"approved_on": "2026-03-01", "by_delegation": False}
    words = dict(Opening.objects.filter(entry=entry).values_list("part", "value"))
    assert words == {"name": territory.official.name, "function": territory.official.function}
    desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    assert Entry.objects.filter(kind="approval_given").count() == 1


def test_by_delegation_is_said_in_public(desk, order):
    send(ask(desk, order.record), is_by_delegation="on")
    desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    assert Entry.objects.get(kind="approval_given").data["by_delegation"] is True


def test_refused_with_its_reason_the_order_is_not_published_as_it_stands(desk, order):
    path = ask(desk, order.record)
    assert send(path, says="non").status_code == 400  # a refusal says why
    assert send(path, says="non", reason="Le budget a changé.", key="k2").status_code == 302
    desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    assert Record.objects.get(pk=order.pk).visibility == "draft"
    page = desk.get(f"/bureau/commandes/{order.record.code}").content.decode()
    assert "Le budget a changé." in page


def test_an_approval_is_of_the_text_that_was_read_and_of_no_other(desk, order):
    path = ask(desk, order.record)
    read = version_on(path)
    Mandate.objects.filter(pk=order.pk).update(not_decidable="Rien n’est décidable.")
    back = send(path, read)
    assert back.status_code == 409
    html = back.content.decode()
    assert "Le texte a changé depuis que vous l’avez ouvert." in html
    assert "Rien n’est décidable." in html
    assert ApprovalRequest.objects.get().answered_at is None
    assert send(path, version_on(path), key="k2").status_code == 302
    Mandate.objects.filter(pk=order.pk).update(decidable="Tout.")
    desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    assert not Entry.objects.filter(kind="approval_given").exists()


def test_an_answer_is_approved_by_the_link_and_signed_at_the_desk_alone(desk, answer, territory):
    path = ask(desk, answer.record)
    assert send(path).status_code == 302
    answer.refresh_from_db()
    assert answer.signed_at is None
    page = desk.get(f"/bureau/reponses/{answer.record.code}").content.decode()
    assert "a approuvé ce texte" in page
    edited = AnswerDraft(Verdict.UNKEPT, "Finalement non.", territory.official)
    edit_draft(answer=answer, draft=edited, clock=territory.clock)
    page = desk.get(f"/bureau/reponses/{answer.record.code}").content.decode()
    assert "sur un texte qui a changé depuis" in page


def test_sent_twice_it_is_answered_once_and_a_second_thought_is_refused(desk, order):
    path = ask(desk, order.record)
    version = version_on(path)
    assert (send(path, version).status_code, send(path, version).status_code) == (302, 302)
    assert send(path, version, says="non", reason="Non.", key="k2").status_code == 409
    assert ApprovalRequest.objects.get().is_approved is True


@pytest.mark.parametrize("over", ["old", "asked again", "published", "out of office", "suspended", "forged"])
def test_a_link_that_is_over_shows_and_does_nothing(desk, order, territory, at, over):
    path = ask(desk, order.record)
    version = version_on(path)
    if over == "old":
        at(NOW + timedelta(days=7))
    elif over == "asked again":
        ask(desk, order.record)
    elif over == "published":
        desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    elif over == "out of office":
        Official.objects.filter(pk=territory.official.pk).update(until=NOW.date())
    elif over == "suspended":
        suspend_account(account=territory.elected)
    else:
        path += "x"
    page = Client().get(path)
    assert page.status_code == 404
    assert "bus après 20 h" not in page.content.decode()
    assert send(path, version).status_code == 404
    assert not ApprovalRequest.objects.filter(answered_at__isnull=False).exists()


def test_asking_again_sends_another_mail_and_opens_one_request_alone(desk, order):
    ask(desk, order.record)
    ask(desk, order.record)
    assert OutgoingMessage.objects.filter(purpose="approval_asked").count() == 2
    assert ApprovalRequest.objects.filter(withdrawn_at=None).count() == 1


def test_who_has_no_account_is_not_asked(desk, order, territory):
    Official.objects.filter(pk=territory.official.pk).update(person=None)
    desk.post(f"/bureau/accords/{order.record.code}", **HERE)
    assert not ApprovalRequest.objects.exists()


def test_a_form_of_another_site_and_a_citizen_s_request_are_refused(desk, order, territory):
    path = ask(desk, order.record)
    typed = {"key": "k", "says": "oui", "version": version_on(path)}
    assert Client().post(path, typed, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    citizen = Client()
    citizen.force_login(territory.citizen)
    assert citizen.post(f"/bureau/accords/{order.record.code}", **HERE).status_code == 403
    assert not ApprovalRequest.objects.filter(answered_at__isnull=False).exists()
