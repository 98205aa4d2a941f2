"""Mails in: read however they are made, kept once, joined to what they answer; machines and liars are left out."""

import os
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from democratic.config.places import LIFE
from democratic.messaging.composing import compose
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.mail import Unreadable, cut_quoted, read_letter
from democratic.participation.inbox.mailing import receive_letter
from democratic.participation.inbox.models import Conversation, InboxMessage
from democratic.people.actions import leave_address, stop_address, welcome_guest
from entry_server import _url_of
from ports import free_port

ROOT = Path(__file__).parents[3]
Kind = InboxMessage.Kind


def mail(text="Peut-on poser un banc à l’étang ?", sender="Mme Tissot <tissot@mail.example>", **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, headers.pop("to", "boite@val-orbe.example"), "Un banc"
    made["Message-ID"] = headers.pop("message_id", "<1@mail.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


@pytest.fixture
def arrive(territory, settings):
    settings.INBOX_ADDRESS = "boite@val-orbe.example"

    def take(made):
        raw = made if isinstance(made, bytes) else made.as_bytes()
        return receive_letter(authority=territory.authority, letter=read_letter(raw), clock=territory.clock)

    return take


def test_a_mail_opens_a_conversation_and_its_sender_is_given_a_key_once(arrive):
    received = arrive(mail())
    conversation = received.conversation
    assert (conversation.subject, conversation.name, conversation.address) == (
        "Un banc", "Mme Tissot", "tissot@mail.example",
    )  # fmt: skip
    (told,) = OutgoingMessage.objects.all()
    assert received.secret in told.body
    deliver()
    told.refresh_from_db()
    assert (told.state, told.body) == ("sent", "")


def test_the_same_mail_handed_over_twice_is_kept_once_and_told_once(arrive):
    assert (arrive(mail()).is_new, arrive(mail()).is_new) == (True, False)
    assert (InboxMessage.objects.count(), OutgoingMessage.objects.count()) == (1, 1)


def test_a_reply_to_our_answer_joins_its_conversation_by_the_address_that_it_was_given(territory, arrive):
    conversation = arrive(mail()).conversation
    sent = write_back(
        conversation=conversation, kind=Kind.ANSWER, text="Oui.", seen=None, by=territory.agent.person,
        clock=territory.clock,
    ).outgoing  # fmt: skip
    (where,) = compose(sent, None).reply_to
    reply = mail("Merci !", to=where, message_id="<2@mail.example>", sender="fille@mail.example")
    assert arrive(reply).conversation.pk == conversation.pk


def test_a_reply_is_known_by_the_mail_that_it_answers_from_her_address_alone(territory, arrive):
    conversation = arrive(mail()).conversation
    sent = write_back(
        conversation=conversation, kind=Kind.ANSWER, text="Oui.", seen=None, by=territory.agent.person,
        clock=territory.clock,
    ).outgoing  # fmt: skip
    ours = f"<{sent.pk}@democratic>"
    hers = mail("Merci !", message_id="<2@mail.example>", In_Reply_To=ours)
    stranger = mail(
        "Montrez-moi.", message_id="<3@mail.example>", References=ours, sender="autre@mail.example"
    )
    assert arrive(hers).conversation.pk == conversation.pk
    assert arrive(stranger).conversation.pk != conversation.pk


@pytest.mark.parametrize("header", [
    {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated; x=y"}, {"Precedence": "bulk"},
    {"Return_Path": "<>"}, {"List_Id": "<voisins.example>"}, {"X_Autoreply": "yes"},
])  # fmt: skip
def test_what_a_machine_wrote_is_left_out_and_answered_by_nothing(arrive, header):
    assert arrive(mail(**header)) is None
    assert not Conversation.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_mail_that_a_person_wrote_may_say_so(arrive):
    assert arrive(mail(Auto_Submitted="no")) is not None


def test_to_who_said_stop_not_even_a_key_is_sent(territory, arrive):
    address = leave_address(
        person=welcome_guest(), email="tissot@mail.example", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    stop_address(address=address, clock=territory.clock)
    assert arrive(mail()).conversation.code
    assert not OutgoingMessage.objects.exists()


def test_what_her_program_repeats_below_is_cut_and_a_mail_of_quotes_alone_is_kept_whole():
    for below in (
        "Le lun. 2 mars 2026 à 10:04, Val-d’Orbe <boite@val-orbe.example> a écrit :\n> Quel arrêt ?",
        "On Mon, 2 Mar 2026 Val-d’Orbe <boite@val-orbe.example> wrote:\n\n> Quel arrêt ?",
        "-----Message d'origine-----\nDe : x",
        "________________________________\nDe : Val-d’Orbe",
        "--\nMme Tissot\n06 00 00 00 00",
        "> Quel arrêt ?",
    ):
        assert cut_quoted(f"Celui de l’étang.\n\n{below}") == "Celui de l’étang.", below
    assert cut_quoted("> Tout est cité.") == "> Tout est cité."


def test_markup_is_taken_off_and_what_it_hides_with_it(arrive):
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = (
        "a@mail.example",
        "boite@val-orbe.example",
        "<h@mail.example>",
    )
    made.set_content(
        "<html><head><style>p{color:red}</style></head><body><p>Un banc &amp; un abri</p>"
        "<script>alert(1)</script><img src=http://pisteur.example/x.png onerror=alert(2)>Merci<br>Bien à vous</body></html>",
        subtype="html",
    )
    text = arrive(made).message.text
    assert text.split("\n")[0] == "Un banc & un abri"
    for hidden in ("alert", "pisteur", "color", "<"):
        assert hidden not in text


def test_what_is_attached_is_named_and_not_kept(arrive):
    made = mail()
    made.add_attachment(
        b"MZ" + b"\0" * 500, maintype="application", subtype="x-msdownload", filename="../facture.exe"
    )
    (named,) = arrive(made).message.attachments
    assert (named["name"], named["size"]) == ("../facture.exe", 502)


HOSTILE = {
    "bytes that are no text": b"From: a@mail.example\r\nMessage-ID: <x1@e>\r\n\r\n\xff\xfe\x00\x80 oui",
    "an unknown charset": b"From: a@mail.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\nbonjour",
    "a boundary that never comes": b"From: a@mail.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
     b"--x\r\n\r\noui",
    "a subject on ten lines": b"From: a@mail.example\r\nSubject: =?utf-8?q?a?=\r\n =?utf-8?q?=0ABcc:_b@e?=\r\n\r\noui",
    "parts within parts": b"From: a@mail.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 60 + b"oui",
    "broken base64": b"From: a@mail.example\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!YQ",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_mail_made_to_break_its_reader_is_read_as_far_as_it_goes(name):
    letter = read_letter(HOSTILE[name])
    assert letter.address == "a@mail.example"
    assert "\x00" not in letter.text
    assert "\n" not in letter.subject


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\nbonjour", b"From: nobody\r\n\r\noui", b"x" * (10 * 1024 * 1024 + 1)]
)
def test_what_is_no_mail_of_anyone_is_refused(raw):
    with pytest.raises(Unreadable):
        read_letter(raw)


# --- through a mail server, as an operator sets it up


class Pipes:
    """A mail server whose transport is our command, as Postfix's pipe(8) is: its exit says what became of it."""

    def __init__(self, var, **environment):
        self.env = {
            **os.environ, "PYTHONPATH": str(ROOT / "src"), "DEMOCRATIC_VAR": str(var), **environment,
        }  # fmt: skip

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        done = subprocess.run(  # noqa: ASYNC221 -- one mail at a time, as this server takes them
            [sys.executable, "-m", "democratic.config.cli", "receive-mail"],
            input=envelope.original_content, env=self.env, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        return {0: "250 kept", 65: "554 refused", 75: "451 later"}[done.returncode]


def test_a_mail_sent_to_a_real_server_is_in_the_inbox_and_waits_there_while_the_database_is_away(
    live_territory, tmp_path, settings
):
    from django.db import connection  # noqa: PLC0415  of the live fixture

    (tmp_path / "secrets").mkdir(mode=0o700)
    (tmp_path / "secrets" / "django").write_text(settings.SECRET_KEY)
    (tmp_path / "secrets" / "django").chmod(0o600)
    known = {"DATABASE_URL": _url_of(connection.settings_dict), LIFE: "examined by who started it"}
    away = {"DATABASE_URL": "postgresql://nobody@/nowhere?host=/nonexistent"}
    for environment, kept in ((away, 0), (known, 1)):
        port = free_port()
        server = Controller(Pipes(tmp_path, **environment), hostname="127.0.0.1", port=port)
        server.start()
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=90) as peer:
                if kept:
                    peer.send_message(mail())
                else:
                    with pytest.raises(smtplib.SMTPDataError) as refusal:
                        peer.send_message(mail())
                    assert refusal.value.smtp_code == 451
        finally:
            server.stop()
        assert InboxMessage.objects.count() == kept
