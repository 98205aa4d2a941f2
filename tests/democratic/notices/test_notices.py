"""Who is told, once, on a real SMTP server; and how it stops for good."""

import email
import socket
from datetime import date
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

from courses import answered
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.delivery import deliver, give_up_interrupted
from democratic.messaging.links import stop_url
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import ask_confirmation, confirm_address
from democratic.notices.effects import NOTICES
from democratic.notices.texts import postponed_text
from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.merging import merge_ideas
from democratic.people.actions import leave_address, stop_address, welcome_guest
from democratic.people.models import ContactAddress
from democratic.thread.actions import Words, follow
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain
from democratic.thread.models import Volume
from factories import clock_at

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


class Postbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postbox(settings):
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


def with_address(territory, person, address="lina@example.org", *, confirmed=True, language="fr"):
    kept = leave_address(
        person=person, email=address, purpose="notices", wording="…", language=language, clock=territory.clock
    )
    if confirmed:
        confirm_address(address=kept, clock=territory.clock)
    return ContactAddress.objects.get(pk=kept.pk)


def sign_for(territory, ideas, reason="Oui le week-end, non en semaine."):
    clock = clock_at(date(2026, 6, 10))
    theme = open_theme(
        process=territory.process, words=Words(title="Rentrer le soir"), author=None, clock=clock
    )
    group_contributions(contributions=ideas, theme=theme, clock=clock)
    answer = draft_answer(
        process=territory.process,
        subject=theme.record,
        draft=AnswerDraft(Verdict.PART, reason, territory.official),
        author=None,
        clock=clock,
    )
    sign_answer(answer=answer, signer=territory.official, clock=clock)
    drain(clock=clock)


@pytest.fixture(autouse=True)
def _effects_begin_now(request):
    if "territory" in request.fixturenames:
        request.getfixturevalue("territory")
        ensure_cursors([NOTICES])


def test_a_contributor_gets_the_signed_answer_once(territory, postbox):
    lina = welcome_guest()
    with_address(territory, lina)
    idea = territory.say(author=lina).idea.record
    sign_for(territory, [idea])
    deliver()
    deliver()
    drain(clock=territory.clock)
    assert len(postbox.mails) == 1
    told = postbox.mails[0]
    body = told.get_content()
    assert told["To"] == "lina@example.org"
    assert "Oui le week-end, non en semaine." in body
    assert "Odile Vasseur-Thiry, vice-présidente" in body
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_someone_who_spoke_twice_under_two_guests_is_told_once(territory, postbox):
    first, second = welcome_guest(), welcome_guest()
    with_address(territory, first)
    with_address(territory, second)
    sign_for(territory, [territory.say(author=p).idea.record for p in (first, second)])
    deliver()
    assert len(postbox.mails) == 1


def test_an_unconfirmed_address_is_asked_once_and_told_nothing_else(territory, postbox):
    lina = welcome_guest()
    address = with_address(territory, lina, confirmed=False)
    idea = territory.say(author=lina).idea.record
    for _ in range(2):
        ask_confirmation(address=address, authority=territory.authority, code=idea.code)
    sign_for(territory, [idea])
    deliver()
    assert [told["Subject"] for told in postbox.mails] == ["Confirmez votre adresse"]


def test_who_was_merged_is_told_with_the_reason_and_then_of_her_targets_answer(territory, postbox):
    first, second = (territory.say("Le dernier bus part trop tôt.").idea.record for _ in range(2))
    with_address(territory, first.author, "sam@example.org")
    with_address(territory, second.author)
    clock = clock_at(date(2026, 4, 3))
    merge_ideas(
        into=first, merged=[second], reason="Le même arrêt.", function="Service jeunesse", clock=clock
    )
    drain(clock=clock)
    message = OutgoingMessage.objects.get(purpose="merged")
    assert message.address.email == "lina@example.org"
    assert first.code in message.body
    assert "Le même arrêt." in message.body
    assert f"/fil/{second.code}" in message.body
    answered(territory, first)
    drain(clock=clock)
    told = OutgoingMessage.objects.filter(purpose="answer").values_list("address__email", flat=True)
    assert set(told) == {"lina@example.org", "sam@example.org"}


def test_a_follower_hears_in_her_language_and_the_silenced_hear_nothing(territory, postbox):
    anna, silent = welcome_guest(), welcome_guest()
    with_address(territory, anna, "anna@example.org", language="en")
    with_address(territory, silent, "silence@example.org")
    follow(record=territory.process.record, person=anna)
    follow(record=territory.process.record, person=silent, volume=Volume.NOTHING)
    sign_for(territory, [territory.say(author=silent).idea.record])
    deliver()
    assert [told["To"] for told in postbox.mails] == ["anna@example.org"]


def test_after_one_click_nothing_is_ever_sent(territory, postbox, client):
    lina = welcome_guest()
    address = with_address(territory, lina)
    path = stop_url(address, territory.authority).split("//", 1)[1].split("/", 1)[1]
    assert client.get(f"/{path}").status_code == 200
    assert ContactAddress.objects.get().stopped_at is None  # a scanner that reads the link stops nothing
    assert client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    sign_for(territory, [territory.say(author=lina).idea.record])
    deliver()
    assert postbox.mails == []


def test_a_message_queued_before_the_stop_is_not_sent(territory, postbox):
    address = with_address(territory, welcome_guest())
    queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "…")])
    stop_address(address=address, clock=territory.clock)
    deliver()
    assert postbox.mails == []
    assert OutgoingMessage.objects.get().state == "stopped"


def test_an_address_that_was_stopped_stays_stopped_whoever_gives_it_again(territory, postbox):
    stop_address(address=with_address(territory, welcome_guest()), clock=territory.clock)
    again = with_address(territory, welcome_guest(), confirmed=False)
    ask_confirmation(address=again, authority=territory.authority, code="K7P-4RM")
    deliver()
    assert postbox.mails == []


def test_a_server_that_is_down_loses_nothing(territory, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    address = with_address(territory, welcome_guest())
    queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "…")])
    deliver()
    waiting = OutgoingMessage.objects.get()
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver()
    assert [told.subject for told in mail.outbox] == ["Bonjour"]


def test_a_message_whose_sending_was_cut_is_never_sent_twice_and_says_so(territory, postbox):
    address = with_address(territory, welcome_guest())
    queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "…")])
    hour_ago = clock_at(date(2026, 3, 1)).now()
    OutgoingMessage.objects.update(state="sending", created_at=hour_ago)
    deliver()
    give_up_interrupted()
    left = OutgoingMessage.objects.get()
    assert (left.state, postbox.mails) == ("failed", [])
    assert "peut-être parti" in left.reason


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Nouvelle date : 4 septembre 2026. La première date promise reste affichée."),
        ("en", "4 September 2026"),
    ],
)
def test_a_new_date_is_told_as_people_say_it(language, words):
    told = postponed_text(
        {"reason": "Un conducteur est malade."}, "2026-09-04", "Le N1", "http://ici/fil/K7P-4RM", language
    )
    assert words in told.body.replace("\u00a0", " ")
    assert "2026-09-04" not in told.body
    assert told.body.endswith("http://ici/fil/K7P-4RM")
