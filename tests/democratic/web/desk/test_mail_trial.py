"""A trial of the mail server, on real servers that accept, refuse, keep silent, hang up or do not seal the line."""

import contextlib
import re
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.test import Client

from democratic.communities.models import MailTrial
from democratic.communities.settling.queries import mail_facts, steps_of
from democratic.communities.settling.states import StepState
from democratic.communities.settling.trying import outcome_of
from democratic.communities.steps import Step
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.actions import give_role, open_authority
from democratic.thread.models import Entry, Role
from factories import staff_account
from failing_peer import failing_peer

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PATH = "/bureau/collectivite/messagerie"
ME = "admin@val-orbe.example"


class Server:
    """``says`` to a mail, ``says_of_recipient`` to an address; None: it takes the mail and cuts the line."""

    def __init__(self):
        self.says, self.says_of_recipient, self.mails = "250 2.0.0 Ok: queued as 4bX", "250 OK", []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        if self.says_of_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says_of_recipient

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.mails.append(envelope)
        if self.says is None:
            server.transport.close()
            return "250 never heard"
        return self.says


def point_to(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.fixture
def smtp(settings):
    box = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    point_to(settings, port)
    yield box
    with contextlib.suppress(OSError):
        controller.stop()


@pytest.fixture
def administrator(territory):
    account = staff_account(ME, "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def ask(client, to=ME, **more):
    return client.post(PATH, {"to": to} | more, **HERE)


def text(client, path=PATH):
    return client.get(path).content.decode().replace("\u00a0", " ")


def step_of(territory):
    steps = steps_of(territory.authority, DATABASE_CLOCK.now())
    return next(each for each in steps if each.step == Step.MAIL)


def link_in(mail):
    from email import message_from_bytes  # noqa: PLC0415

    body = message_from_bytes(mail.content).get_payload(decode=True).decode()
    return re.search(r"/essai/\S+", body)[0]


def test_her_own_address_is_proposed(administrator, smtp):
    assert f'value="{ME}"' in text(administrator)


def test_it_is_done_when_the_link_of_a_message_really_received_was_followed(
    administrator, smtp, territory, client
):
    assert ask(administrator).status_code == 302
    assert [mail.rcpt_tos for mail in smtp.mails] == [[ME]]
    page = text(administrator)
    assert ("Parti, pas encore confirmé" in page, "250 2.0.0 Ok: queued as 4bX" in page) == (True, True)
    assert step_of(territory).state == StepState.TO_COMPLETE
    link = link_in(smtp.mails[0])
    assert client.get(link).status_code == 200  # what a scanner of mails does
    assert step_of(territory).state == StepState.TO_COMPLETE
    assert "Les messages arrivent" in client.post(link, **HERE).content.decode()
    assert step_of(territory).state == StepState.DONE
    first = MailTrial.objects.get().confirmed_at
    client.post(link, **HERE)
    assert MailTrial.objects.get().confirmed_at == first


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"says": "554 5.7.1 Rejected as spam"}, "554 5.7.1 Rejected as spam"),
        ({"says": "451 4.7.1 Greylisted"}, "451 4.7.1 Greylisted"),
        ({"says_of_recipient": "550 5.1.1 No such user"}, "550 5.1.1 No such user"),
    ],
)
def test_a_refusal_is_shown_in_the_servers_own_words(administrator, smtp, territory, changed, words):
    for name, value in changed.items():
        setattr(smtp, name, value)
    ask(administrator)
    page = text(administrator)
    assert ("Refusé par le serveur" in page, words in page) == (True, True)
    assert (step_of(territory).state, MailTrial.objects.get().outcome) == (StepState.TO_COMPLETE, "refused")


def test_a_refusal_that_repeats_the_address_does_not_keep_it(administrator, smtp):
    smtp.says_of_recipient = f"550 <{ME}>: unknown <b>user</b>"
    ask(administrator)
    assert MailTrial.objects.get().answer == "550 <…>: unknown <b>user</b>"
    assert "unknown &lt;b&gt;user" in text(administrator)


def test_a_line_cut_while_the_message_is_given_leaves_a_doubt_and_says_so(administrator, smtp):
    smtp.says = None
    ask(administrator)
    assert MailTrial.objects.get().outcome == "in_doubt"
    assert "peut-être parti" in text(administrator)


@pytest.mark.parametrize("how", ["down", "resets", "slow"])
def test_a_peer_that_gives_no_answer_is_said_to_give_none(administrator, settings, monkeypatch, how):
    monkeypatch.setattr("democratic.communities.settling.trying.PATIENCE", 1)
    with failing_peer(how, after=30) as port:
        point_to(settings, port)
        ask(administrator)
    assert MailTrial.objects.get().outcome == "silent"
    assert "n’a pas répondu" in text(administrator)


def test_a_peer_that_cannot_seal_the_line_is_told_nothing(administrator, smtp, settings):
    settings.EMAIL_USE_TLS = True
    ask(administrator)
    assert (MailTrial.objects.get().outcome, smtp.mails) == ("not_sealed", [])
    assert "rien n’est parti en clair" in text(administrator)


def test_a_peer_that_speaks_in_clear_where_tls_is_asked_is_told_nothing(administrator, smtp, settings):
    settings.EMAIL_USE_SSL = True
    ask(administrator)
    assert (MailTrial.objects.get().outcome, smtp.mails) == ("not_sealed", [])


def test_sent_twice_it_leaves_once(administrator, smtp):
    for _ in range(2):
        assert ask(administrator, key="k").status_code == 302
    assert (len(smtp.mails), MailTrial.objects.count()) == (1, 1)


def test_one_address_is_not_written_to_again_and_again(administrator, smtp):
    answers = [ask(administrator, to="lina@example.org").status_code for _ in range(6)]
    assert answers == [302] * 4 * django_settings.LIMITS_FACTOR + [429] * 2
    assert len(smtp.mails) == 4


@pytest.mark.parametrize("to", ["", "lina", "a@b.c\r\nBcc: d@e.f", "lina@example.org, odile@example.org"])
def test_what_is_not_one_address_is_refused_and_nothing_leaves(administrator, smtp, to):
    assert ask(administrator, to=to).status_code == 400
    assert (smtp.mails, MailTrial.objects.count()) == ([], 0)


def test_another_server_is_another_trial(administrator, smtp, settings, territory, client):
    ask(administrator)
    client.post(link_in(smtp.mails[0]), **HERE)
    settings.EMAIL_PORT += 1
    assert step_of(territory).state == StepState.TO_COMPLETE
    assert "Le serveur a changé depuis cet essai" in text(administrator)


def test_without_a_server_nothing_can_be_tried_and_the_page_says_who_acts(administrator):
    assert "DEMOCRATIC_SMTP" in text(administrator)
    assert ask(administrator).status_code == 409
    assert not MailTrial.objects.exists()


def test_one_killed_while_it_left_says_after_a_while_that_nobody_knows(administrator, smtp, territory):
    now = DATABASE_CLOCK.now()
    trial = MailTrial(authority=territory.authority, server="x", secret_hash="h", asked_at=now)
    assert outcome_of(trial, now) == "going"
    assert outcome_of(trial, now + timedelta(minutes=3)) == "in_doubt"


@pytest.mark.parametrize("secret", ["nothing", "x" * 300, "%00"])
def test_a_link_that_was_never_sent_confirms_nothing(client, territory, secret):
    assert client.post(f"/essai/{secret}", **HERE).status_code == 404


def test_a_link_of_another_authority_is_not_found_here(administrator, smtp, territory, client):
    open_authority(slug="vaubrun", name="Vaubrun", kind_label="Commune", host="", is_under_path=True)
    ask(administrator)
    assert client.get("/c/vaubrun" + link_in(smtp.mails[0])).status_code == 404


def test_neither_the_address_nor_the_secret_is_kept_and_the_journal_knows_nothing(administrator, smtp):
    before = Entry.objects.count()
    ask(administrator)
    kept = str(MailTrial.objects.values().get())
    assert ME not in kept
    assert link_in(smtp.mails[0]).rpartition("/")[2] not in kept
    assert Entry.objects.count() == before


def test_an_agent_sends_none(territory, client, smtp):
    client.force_login(territory.agent)
    assert (ask(client).status_code, smtp.mails) == (403, [])
    assert mail_facts(territory.authority).last is None
