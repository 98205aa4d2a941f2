"""An elected person agrees with a whole process before it is published: its text, its dates, its questions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from asking import question
from asking_approval import link_in, mailed_link
from democratic.kernel.clock import FixedClock
from democratic.messaging.models import OutgoingMessage
from democratic.participation.approvals.actions import publish_process_as_approved
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.polls.actions import change_poll, draft_poll
from democratic.participation.processes.actions import (
    Draft,
    Privacy,
    Promise,
    draft_process,
    edit_dates,
    edit_promise,
    edit_question,
    expect_voices,
    publish_what_is_due,
    schedule_when_ready,
    settle_privacy,
    throw_draft_away,
)
from democratic.participation.processes.models import Assessment, LegalBasis, Preparation, Process, Step
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Record, Visibility
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
def process(territory):
    """A draft that lacks nothing, with one question."""
    made = draft_process(
        mandate=territory.mandate,
        method="express_consultation",
        draft=Draft(
            words=Words(title="Le bus du soir", text="Que préférez-vous ?"),
            promise=Promise("Votre choix.", "Chaque réponse est comptée.", "Le budget voté."),
            first_day=territory.mandate.answer_due_on - timedelta(days=35),
            slug="le-bus-du-soir",
            in_clear="Donnez votre avis en dix jours.",
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )
    expect_voices(process=made, expected=200)
    privacy = Privacy(LegalBasis.PUBLIC_TASK, 12, Assessment.NOT_NEEDED, "Rien de sensible.", "aucun")
    settle_privacy(process=made, privacy=privacy)
    listening = made.stages.get(step=Step.LISTENING)
    draft_poll(
        process=made, question=question(territory, stage=listening), author=None, clock=territory.clock
    )
    return made


def ask(desk, process):
    answer = desk.post(f"/bureau/accords/{process.record.code}", **HERE)
    assert answer.url == f"/bureau/concertations/{process.slug}/verifier"
    return mailed_link()


def send(path, *, client=None, key="k", says="oui", **more):
    return (client or Client()).post(path, {"key": key, "says": says, **more}, **HERE)


def read(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def check(desk):
    return read(desk, "/bureau/concertations/le-bus-du-soir/verifier")


def publish(desk, process):
    desk.post("/bureau/concertations/le-bus-du-soir/publier", **HERE)
    return Record.objects.get(pk=process.pk).visibility


def approvals():
    return list(Entry.objects.filter(kind="approval_given"))


def edited(process, territory):
    words = Words(title="Le bus du soir", text="Que préférez-vous, le soir ?")
    edit_question(
        process=process, words=words, in_clear=process.in_clear, uses_tu=False, clock=territory.clock
    )


def postponed(process, _territory):
    days = {Step(stage.step): (stage.first_opens_on, stage.first_closes_on) for stage in process.stages.all()}
    first, last = days[Step.REPORT]
    edit_dates(process=process, dates=days | {Step.REPORT: (first, last + timedelta(days=1))})


def promised(process, _territory):
    edit_promise(process=process, promise=Promise("Votre choix.", "Rien n’est promis.", "Le budget voté."))


def asked_otherwise(process, territory):
    poll = process.polls.get()
    other = question(territory, stage=poll.stage, options=("Oui", "Non"))
    change_poll(poll=poll, question=other, clock=territory.clock)


def test_her_mail_shows_the_text_the_dates_the_questions_and_the_preflight(desk, process, territory):
    ask(desk, process)
    message = OutgoingMessage.objects.get()
    assert message.address.email == territory.elected.email
    told = message.body.replace("\u00a0", " ")
    for words in (
        "une concertation, avant qu’elle soit publiée", "Le bus du soir", "Que préférez-vous ?",
        "– Écoute : du ", "– Faut-il un bus après 22 h ?", "rien n’empêche de la publier",
    ):  # fmt: skip
        assert words in told, words
    assert link_in(told)


def test_the_mail_says_what_is_still_to_do(desk, process):
    expect_voices(process=process, expected=0)
    ask(desk, process)
    told = OutgoingMessage.objects.get().body
    assert "– Le nombre de paroles attendues n’est pas dit" in told


def test_the_link_shows_everything_that_publishing_would_say(desk, process):
    page = read(Client(), ask(desk, process))
    for words in (
        "Une concertation à approuver", "Que préférez-vous ?", "Chaque réponse est comptée.", "Le budget voté.",
        "Donnez votre avis en dix jours.", "Oui · Oui, le week-end · Non", "12 juin 2026", "Odile Vasseur-Thiry",
        "Rien n’empêche de publier.",
    ):  # fmt: skip
        assert words in page, words
    stages = process.stages.count()
    assert page.count("<dd>du ") == stages


def test_approved_it_is_published_and_its_history_says_by_whom(desk, process):
    path = ask(desk, process)
    assert publish(desk, process) == Visibility.DRAFT  # while she is asked
    assert "Elle attend son accord" in check(desk)
    assert send(path).status_code == 302
    assert approvals() == []
    assert "a approuvé ce texte le 1er mars 2026." in check(desk)
    assert publish(desk, process) == Visibility.PUBLIC
    (entry,) = approvals()
    assert entry.record_id == process.pk
    assert entry.data == {"approved_on": "2026-03-01", "by_delegation": False}
    assert Client().get(path).status_code == 410


def test_another_s_hand_is_told_by_delegation(desk, process):
    send(ask(desk, process), is_by_delegation="on")
    publish(desk, process)
    assert approvals()[0].data["by_delegation"] is True


def test_a_change_that_she_asks_for_holds_it_back_until_the_text_is_another(desk, process, territory):
    path = ask(desk, process)
    assert send(path, says="non", reason="Dites l’heure.").status_code == 302
    assert publish(desk, process) == Visibility.DRAFT
    assert "Dites l’heure." in check(desk)
    edited(process, territory)
    assert publish(desk, process) == Visibility.PUBLIC
    assert approvals() == []


@pytest.mark.parametrize("change", [edited, postponed, promised, asked_otherwise])
def test_any_edit_after_the_request_voids_it_and_both_sides_are_told(desk, process, territory, change):
    path = ask(desk, process)
    change(process, territory)
    assert Client().get(path).status_code == 410
    assert "Le texte a changé" in read(Client(), path)
    assert send(path).status_code == 410
    assert "Le texte a changé depuis la demande" in check(desk)
    assert ApprovalRequest.objects.get().answered_at is None


def test_edited_after_her_approval_it_is_published_without_her_name(desk, process, territory):
    send(ask(desk, process))
    edited(process, territory)
    assert "Le texte a changé depuis la demande" in check(desk)
    assert publish(desk, process) == Visibility.PUBLIC
    assert approvals() == []


def test_never_asked_it_is_published_as_before(desk, process):
    assert publish(desk, process) == Visibility.PUBLIC
    assert approvals() == []


def test_at_its_hour_it_waits_for_her_and_says_so(desk, process, territory):
    hour = NOW + timedelta(hours=2)
    schedule_when_ready(process=process, at=hour, clock=territory.clock)
    path = ask(desk, process)
    assert publish_what_is_due(FixedClock(hour), publish_process_as_approved) == 0
    held = Preparation.objects.get(process=process)
    assert held.publishes_at is None
    assert "Son accord est demandé" in held.held_back
    send(path)
    schedule_when_ready(process=process, at=hour, clock=territory.clock)
    assert publish_what_is_due(FixedClock(hour), publish_process_as_approved) == 1
    assert len(approvals()) == 1


def test_the_preflight_still_stands_in_the_way_of_what_she_approved(desk, process):
    expect_voices(process=process, expected=0)
    send(ask(desk, process))
    assert publish(desk, process) == Visibility.DRAFT


def test_a_draft_that_is_thrown_away_takes_what_was_asked_about_it(desk, process):
    path = ask(desk, process)
    throw_draft_away(process=process)
    assert not Process.objects.filter(slug="le-bus-du-soir").exists()
    assert ApprovalRequest.objects.count() == 0
    assert Client().get(path).status_code == 404


def test_the_day_moves_the_preflight_and_not_the_text(desk, process, at):
    path = ask(desk, process)
    at(datetime(2026, 3, 5, 10, tzinfo=UTC))
    assert Client().get(path).status_code == 200
    assert date(2026, 3, 5) < process.mandate.answer_due_on
