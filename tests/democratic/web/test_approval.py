"""An elected person agrees with a draft by the link of her mail: with the very text that she read, and by POST alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from asking_approval import drafted, link_in, mailed_link
from courses import grouped, said
from democratic.communities.models import Official
from democratic.kernel.clock import FixedClock
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.participation.answers.actions import AnswerDraft, draft_answer, edit_draft
from democratic.participation.answers.models import Verdict
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.mandates.models import Mandate
from democratic.people.actions import suspend_account
from democratic.people.models import ContactAddress, Person
from democratic.thread.models import Entry, Opening, Record
from factories import NOW, build_territory

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
    return drafted(territory)


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
    assert desk.post(f"/bureau/accords/{record.code}", **HERE).status_code == 302
    return mailed_link()


def send(path, *, client=None, key="k", says="oui", **more):
    return (client or Client()).post(path, {"key": key, "says": says, **more}, **HERE)


def read(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def publish(desk, order):
    desk.post(f"/bureau/commandes/{order.record.code}/publier", **HERE)
    return Record.objects.get(pk=order.pk).visibility


def approvals():
    return list(Entry.objects.filter(kind="approval_given"))


def test_she_gets_one_mail_whose_link_shows_the_whole_text_and_changes_nothing(desk, order, territory):
    path = ask(desk, order.record)
    deliver()
    (sent,) = mail.outbox
    assert sent.to == [territory.elected.email]
    assert link_in(sent.body) == path
    assert OutgoingMessage.objects.get().body == ""  # no copy of a link that acts is kept
    before = list(ApprovalRequest.objects.values())
    for scanner in (Client(), Client(HTTP_USER_AGENT="Mail scanner")):
        page = scanner.get(path)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert Client().head(path).status_code == 405
    html = read(Client(), path)
    for words in ("bus après 20 h", "Les horaires.", "Le budget.", "Les 15-25 ans", "1er septembre 2026"):
        assert words in html
    assert list(ApprovalRequest.objects.values()) == before


def test_she_approves_and_the_published_order_says_by_whom_and_when(desk, order, territory):
    path = ask(desk, order.record)
    people = Person.objects.count()
    assert send(path).status_code == 302
    assert Person.objects.count() == people  # who answers is known by the link: no guest is made
    assert approvals() == []  # a draft has no line in the journal
    assert "Approuvé le 1er mars 2026." in read(Client(), path)
    page = read(desk, f"/bureau/commandes/{order.record.code}")
    assert "a approuvé ce texte le 1er mars 2026." in page
    assert publish(desk, order) == "public"
    (entry,) = approvals()
    assert entry.data == {"approved_on": "2026-03-01", "by_delegation": False}
    words = dict(Opening.objects.filter(entry=entry).values_list("part", "value"))
    assert words == {"name": territory.official.name, "function": territory.official.function}
    assert territory.elected.email not in str([entry.data, words])
    publish(desk, order)
    assert len(approvals()) == 1
    history = read(Client(), f"/fil/{order.record.code}")
    assert "Approuvée le 1er mars 2026" in history
    assert territory.official.function in history


def test_an_order_that_nobody_was_asked_about_is_published_as_before(desk, order):
    assert publish(desk, order) == "public"
    assert approvals() == []


@pytest.mark.parametrize("who", ["ticked", "an aide signed in", "herself signed in"])
def test_by_delegation_is_said_in_public_when_another_than_she_answers(desk, order, territory, who):
    path, client = ask(desk, order.record), Client()
    if who != "ticked":
        client.force_login(territory.agent if who == "an aide signed in" else territory.elected)
    shown = read(client, path)
    assert ("Ce navigateur est connecté sous un autre nom" in shown) == (who == "an aide signed in")
    assert ('name="is_by_delegation"' in shown) == (who == "ticked")
    send(path, client=client, **({"is_by_delegation": "on"} if who == "ticked" else {}))
    publish(desk, order)
    assert [entry.data["by_delegation"] for entry in approvals()] == [who != "herself signed in"]
    history = read(Client(), f"/fil/{order.record.code}")
    assert ("Approuvée le 1er mars 2026, par délégation" in history) == (who != "herself signed in")


def test_a_change_is_asked_with_its_reason_and_the_order_is_not_published_as_it_stands(desk, order):
    path = ask(desk, order.record)
    assert send(path, says="non").status_code == 400  # what is to be changed is said
    assert send(path, says="non", reason="Le budget a changé.", key="k2").status_code == 302
    assert publish(desk, order) == "draft"
    assert "Le budget a changé." in read(desk, f"/bureau/commandes/{order.record.code}")
    ask(desk, order.record)  # asked again, what she said holds until she says something else
    desk.post(f"/bureau/accords/{order.record.code}/reprendre", **HERE)
    assert publish(desk, order) == "draft"


def test_while_she_is_asked_the_order_waits_and_the_agent_may_take_the_request_back(desk, order):
    path = ask(desk, order.record)
    assert publish(desk, order) == "draft"
    desk.post(f"/bureau/accords/{order.record.code}/reprendre", **HERE)
    gone = Client().get(path)
    assert gone.status_code == 410
    assert "La demande est reprise" in gone.content.decode()
    assert send(path).status_code == 410
    assert publish(desk, order) == "public"


def test_a_text_that_changed_makes_the_link_void_and_the_page_says_so(desk, order):
    path = ask(desk, order.record)
    Mandate.objects.filter(pk=order.pk).update(not_decidable="Rien n’est décidable.")
    for back in (Client().get(path), send(path)):
        assert back.status_code == 410
        assert "Le texte a changé" in back.content.decode()
        assert "Rien n’est décidable." not in back.content.decode()
    assert ApprovalRequest.objects.get().answered_at is None
    assert "elle ne vaut plus" in read(desk, f"/bureau/commandes/{order.record.code}")
    again = ask(desk, order.record)
    assert again != path
    assert send(again, key="k2").status_code == 302
    Mandate.objects.filter(pk=order.pk).update(decidable="Tout.")
    assert publish(desk, order) == "public"
    assert approvals() == []  # her approval was of another text


def test_an_answer_is_approved_by_the_link_and_signed_at_the_desk_alone(desk, answer, territory):
    path = ask(desk, answer.record)
    assert "Oui le week-end." in read(Client(), path)
    assert send(path).status_code == 302
    answer.refresh_from_db()
    assert answer.signed_at is None
    assert "a approuvé ce texte" in read(desk, f"/bureau/reponses/{answer.record.code}")
    edited = AnswerDraft(Verdict.UNKEPT, "Finalement non.", territory.official)
    edit_draft(answer=answer, draft=edited, clock=territory.clock)
    assert "Le texte a changé depuis la demande" in read(desk, f"/bureau/reponses/{answer.record.code}")
    assert Client().get(path).status_code == 410


def test_sent_twice_it_is_answered_once_and_a_second_thought_is_refused(desk, order):
    path = ask(desk, order.record)
    assert (send(path).status_code, send(path).status_code) == (302, 302)
    second = send(path, says="non", reason="Non.", key="k2")
    assert second.status_code == 409
    assert "Approuvé le" in second.content.decode()
    assert ApprovalRequest.objects.get().is_approved is True


OVER = ["old", "published", "out of office", "suspended", "forged", "another's token", "elsewhere"]


@pytest.mark.parametrize("over", OVER)
def test_a_link_that_is_over_shows_and_does_nothing(desk, order, territory, at, over):
    build_territory(slug="voisin", host="voisin.example")
    path, host = ask(desk, order.record), "voisin.example" if over == "elsewhere" else "testserver"
    if over == "old":
        at(NOW + timedelta(days=7))
    elif over == "published":
        Record.objects.filter(pk=order.pk).update(visibility="public")
    elif over == "out of office":
        Official.objects.filter(pk=territory.official.pk).update(until=NOW.date())
    elif over == "suspended":
        suspend_account(account=territory.elected)
    elif over != "elsewhere":
        path = (
            path[:-1] + ("B" if path.endswith("A") else "A")
            if over == "forged"
            else "/approbation/" + "x" * 60
        )
    status = 410 if over in ("old", "published") else 404
    page = Client().get(path, headers={"host": host})
    assert page.status_code == status
    assert "bus après 20 h" not in page.content.decode()
    typed = {"key": "k", "says": "oui"}
    assert Client().post(path, typed, headers={"host": host}, **HERE).status_code == status
    assert not ApprovalRequest.objects.filter(answered_at__isnull=False).exists()


def test_asked_twice_she_gets_one_mail(desk, order):
    assert ask(desk, order.record) == ask(desk, order.record)
    assert OutgoingMessage.objects.count() == ApprovalRequest.objects.count() == 1


def test_asked_again_after_a_week_she_gets_another_link(desk, order, at):
    first = ask(desk, order.record)
    at(NOW + timedelta(days=8))
    desk.force_login(order.record.author.account)
    assert ask(desk, order.record) != first
    assert ApprovalRequest.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("lacking", ["an account", "an office", "mails"])
def test_who_cannot_be_reached_is_not_asked(desk, order, territory, lacking):
    official = Official.objects.filter(pk=territory.official.pk)
    if lacking == "an account":
        official.update(person=None)
    elif lacking == "an office":
        official.update(until=NOW.date())
    else:
        address = {"person": territory.elected.person, "email": territory.elected.email}
        ContactAddress.objects.create(**address, stopped_at=NOW)
    desk.post(f"/bureau/accords/{order.record.code}", **HERE)
    assert not ApprovalRequest.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_form_of_another_site_and_a_citizen_s_request_are_refused(desk, order, territory):
    path = ask(desk, order.record)
    typed = {"key": "k", "says": "oui"}
    assert Client().post(path, typed, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    citizen = Client()
    citizen.force_login(territory.citizen)
    for act in ("", "/reprendre"):
        assert citizen.post(f"/bureau/accords/{order.record.code}{act}", **HERE).status_code == 403
    assert list(ApprovalRequest.objects.values_list("answered_at", "withdrawn_at")) == [(None, None)]


@pytest.mark.parametrize("typed", [{}, {"says": "peut-être"}, {"says": "non", "reason": " \u200b "}])
def test_what_says_neither_yes_nor_what_to_change_is_refused(desk, order, typed):
    path = ask(desk, order.record)
    assert Client().post(path, {"key": "k", **typed}, **HERE).status_code == 400
    assert ApprovalRequest.objects.get().answered_at is None


def test_the_link_opens_no_door_of_hers(desk, order):
    path, phone = ask(desk, order.record), Client()
    send(path, client=phone)
    for door in ("/bureau", "/compte", f"/bureau/commandes/{order.record.code}"):
        assert phone.get(door).status_code in (302, 403)
    assert not re.search(r"sessionid|guest", str(phone.cookies).lower())


def test_the_database_keeps_one_open_request_and_a_reason_for_a_change(desk, order):
    ask(desk, order.record)
    asked = ApprovalRequest.objects.get()
    again = ApprovalRequest(record=asked.record, official=asked.official, text_print="0", asked_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    refused = ApprovalRequest.objects.filter(pk=asked.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        refused.update(answered_at=NOW, is_approved=False)
