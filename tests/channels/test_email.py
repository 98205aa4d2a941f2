"""The connector of e-mail against real servers: an SMTP server that takes what leaves, Dovecot that keeps what comes."""

from email.message import EmailMessage
from itertools import count

import pytest
from django.core import signing
from django.test import Client

from campaigning import plan, wanted
from channels.contract import ChannelContract, Reached
from chatting import open_flow
from civics.reach.rendering import Say
from democratic.channels.email.exchanges import Exchange
from democratic.kernel.limits import Limit
from democratic.messaging.correspondents import forget_stopped_addresses
from democratic.messaging.links import stop_url_of
from democratic.messaging.listening import listen
from democratic.messaging.models import Correspondent, IncomingMessage, OutgoingMessage
from democratic.messaging.telling import Errand, tell_all
from democratic.participation.campaigns.codes import join_codes
from democratic.participation.campaigns.lists import writing
from democratic.participation.campaigns.lists.keeping import keep_list
from democratic.participation.campaigns.lists.steering import Draft, begin_wave
from democratic.participation.campaigns.lists.writing import write_waves
from democratic.participation.campaigns.publics import add_public
from democratic.participation.conversations.carrying_out import carry_out_what_was_received
from democratic.participation.conversations.models import FlowCode, FlowRun
from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.models import Conversation, InboxMessage
from democratic.people.models import StoppedAddress
from listing import terms
from mail_server import PASSWORD, SILENCE, Mailbox, dovecot, smtp

pytestmark = pytest.mark.django_db
OURS, HERS = "participer@val-orbe.example", "lina@mail.example"
_NAMES = count(1)


@pytest.fixture(scope="module")
def imap():
    with dovecot() as port:
        yield port


class MailPeer:
    """Lina, who writes from her telephone and answers what she received."""

    def __init__(self, box, port):
        self.box, self.mailbox = box, Mailbox(port, f"participer{next(_NAMES)}")
        self.account = {
            "address": OURS,
            "name": "Val-d’Orbe",
            "imap": f"127.0.0.1:{port}",
            "user": self.mailbox.user,
            "password": PASSWORD,
            "near": True,
            "pause": 0,
        }
        self.address = Exchange.begun_by(HERS, "<first@mail.example>").address

    def reached(self):
        return [
            Reached(_address_of(mail), "\n".join(mail.get_content().splitlines())) for mail in self.box.mails
        ]

    def says(self, client, text, *, name=None, choice="", forged=False):
        self.writes(text, name=name, to=self.box.mails[-1]["Reply-To"] if self.box.mails else OURS)
        return 200

    def writes(self, text, *, name=None, to=OURS, sender=HERS, subject="", subtype="plain", **headers):
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = f"Lina <{sender}>", to, subject
        made["Message-ID"] = f"<{name or next(_NAMES)}@mail.example>"
        for header, value in headers.items():
            made[header.replace("_", "-")] = value
        made.set_content(text, subtype=subtype)
        self.mailbox.takes(made.as_bytes())

    def goes_down(self):
        self.box.ends()

    def is_throttled(self, seconds):
        self.box.says_of["MAIL"] = ["421 4.3.2 trop de courriels"]

    def has_nobody_there(self):
        self.box.says_of["RCPT"] = ["550 5.1.1 personne ici"]

    def is_cut(self):
        self.box.says_of["DATA"] = [None]

    def locks_us_out(self):
        self.box.lets_in = False


def _address_of(mail):
    """The exchange is named in the address that answers come back to."""
    return f"{mail['To']} {mail['Reply-To'].partition('+')[2].partition('.')[0]}"


@pytest.fixture
def peer(settings, imap):
    with smtp(settings) as box:
        yield MailPeer(box, imap)


class TestEmail(ChannelContract):
    kind = "email"

    def answers(self, text, **more):
        """Her answer to the last mail that reached her."""
        self.peer.writes(text, **{"to": self.peer.box.mails[-1]["Reply-To"]} | more)
        return self.turn()

    def begins(self, text="LYC-BRO", **more):
        self.peer.writes(text, **more)
        return self.turn()

    def turn(self):
        listen()
        carry_out_what_was_received(self.territory.clock)
        self.drain()
        return self.peer.reached()[-1].text if self.peer.box.mails else ""

    # --- out

    def test_a_mail_says_who_writes_joins_hers_and_is_known_for_a_machine_s(self):
        self.begins(name="hers")
        (mail,) = self.peer.box.mails
        assert mail["From"] == "Val-d’Orbe <participer@val-orbe.example>"
        assert mail["To"] == HERS
        assert mail["In-Reply-To"] == mail["References"] == "<hers@mail.example>"
        assert mail["Auto-Submitted"] == "auto-replied"
        assert mail.left_from == mail["Reply-To"], "a refusal comes back where an answer does"
        link, written = mail["List-Unsubscribe"].strip().split(", ")
        assert written == f"<mailto:{mail['Reply-To']}?subject=STOP>"
        assert link.startswith("<http")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["Reply-To"].startswith("participer+")

    def test_one_press_in_her_program_stops_all_and_opening_the_link_stops_nothing(self, client):
        self.begins()
        link = self.peer.box.mails[-1]["List-Unsubscribe"].strip().partition(">")[0].lstrip("<")
        path = "/" + link.split("/", 3)[3]
        shown = client.get(path)
        assert "Arrêter tous les messages" in shown.content.decode()
        assert HERS in shown.content.decode()
        assert Correspondent.objects.get().stopped_at is None
        for _twice in range(2):
            pressed = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
            assert pressed.status_code == 200
        assert Correspondent.objects.get().stopped_at is not None
        assert FlowRun.objects.get().state == "stopped"
        self.tell(her=Correspondent.objects.get())
        assert self.carry().sent == 0
        forget_stopped_addresses()
        assert Correspondent.objects.get().address == ""
        assert "C’est noté" in client.get(path).content.decode()

    def test_a_link_that_we_did_not_sign_or_signed_for_something_else_stops_nothing(self, client):
        self.begins()
        her = Correspondent.objects.get()
        for token in (
            "x",
            signing.dumps(str(her.pk), salt="democratic.stop"),
            signing.dumps(str(her.pk), salt="democratic.confirm"),
            stop_url_of(her).rpartition("/")[2][:-1],
        ):
            assert client.post(f"/desabonnement/{token}").status_code == 404
        her.refresh_from_db()
        assert her.stopped_at is None

    def test_written_to_first_she_can_answer_and_her_answer_opens_the_flow(self, monkeypatch):
        monkeypatch.setattr("democratic.messaging.telling.daytime", lambda _use, moment, _zone: moment)
        monkeypatch.setattr(writing, "daytime", lambda _use, moment, _zone: moment)
        campaign = plan(self.territory)
        public = add_public(campaign=campaign, wanted=wanted(means=["email"]))
        code = FlowCode.objects.get(code="LYC-BRO")
        join_codes(public=public, codes=[code.pk])
        now = self.territory.clock.now()
        given = terms("email", now=now, basis="public_task")
        kept = keep_list(campaign=campaign, terms=given, text=f"Lina;{HERS}", clock=self.territory.clock)
        begin_wave(address_list=kept, draft=Draft(code, "Bus du soir ?"), clock=self.territory.clock)
        write_waves(self.territory.clock)
        self.drain()
        (mail,) = self.peer.box.mails
        assert mail["To"] == HERS
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["In-Reply-To"] is None
        said = mail.get_content()
        for words in ("Bus du soir ?", "LYC-BRO", "Inscriptions au Pass’Jeunes", "intérêt public", "STOP"):
            assert words in said
        self.answers("Bonjour, oui")
        run = FlowRun.objects.get()
        assert (run.code, run.kind, Correspondent.objects.count()) == (code, "email", 1)

    def test_a_second_attempt_is_the_same_mail(self):
        self.peer.box.says_of["DATA"] = ["451 4.3.0 plus tard"]
        self.tell()
        assert self.carry().put_off == 1
        OutgoingMessage.objects.update(not_before=None)
        assert self.carry().sent == 1
        refused, taken = self.peer.box.offered
        assert refused["Message-ID"] == taken["Message-ID"]

    @pytest.mark.parametrize(
        ("verb", "said", "state", "is_gone", "is_for_all"),
        [
            ("RCPT", "550 5.1.1 personne", "failed", True, False),
            ("RCPT", "550 personne", "failed", True, False),
            ("RCPT", "550 5.7.1 pas de vous", "failed", False, False),
            ("RCPT", "552 5.2.2 pleine", "failed", False, False),
            ("RCPT", "450 4.2.0 revenez", "queued", False, False),
            ("RCPT", "421 4.3.2 trop", "queued", False, True),
            ("MAIL", "552 5.3.4 trop long", "failed", False, False),
            ("MAIL", "550 5.7.1 vous ne pouvez pas écrire d’ici", "queued", False, True),
            ("DATA", "554 5.6.0 non", "failed", False, False),
            ("DATA", "452 4.3.1 plus de place", "queued", False, False),
        ],
    )
    def test_what_the_server_refuses_is_of_one_address_or_of_all_and_holds_what_follows_there(
        self, verb, said, state, is_gone, is_for_all
    ):
        her = self.someone()
        self.peer.box.says_of[verb] = [said]
        self.tell(her=her)
        self.tell(her=her, purpose="second")
        self.peer.address = Exchange.begun_by("ines@mail.example", "<hers@mail.example>").address
        self.tell(purpose="third")
        for _each in range(1 if is_for_all else 3):
            self.carry()
        first, second, others = OutgoingMessage.objects.order_by("pk")
        assert first.state == state
        assert HERS not in first.reason
        assert second.state == ("failed" if is_gone else "queued" if state == "queued" else "sent")
        assert others.state == ("queued" if is_for_all else "sent")
        her.refresh_from_db()
        assert (her.gone_at is not None) == is_gone

    def test_a_server_that_takes_a_mail_and_falls_silent_leaves_it_in_doubt_and_the_next_leaves(
        self, settings
    ):
        settings.EMAIL_TIMEOUT = 0.5
        self.peer.box.says_of["DATA"] = [SILENCE]
        self.tell()
        self.tell(purpose="second")
        assert [self.carry().sent for _each in range(3)] == [0, 1, 0]
        first, second = OutgoingMessage.objects.order_by("pk")
        assert "peut-être parti" in first.reason
        assert (first.state, second.state) == ("failed", "sent")

    # --- who writes

    def test_a_reply_goes_on_and_a_quotation_or_a_signature_is_no_answer(self):
        self.begins()
        quoted = "\n".join(f"> {line}" for line in self.peer.reached()[-1].text.split("\n"))
        wrote = "Le lun. 2 mars 2026 à 10:04, Val-d’Orbe <participer+0123456789@val-orbe.example> a\nécrit :"
        said = self.answers(f"1\n\nEnvoyé de mon iPhone\n\n{wrote}\n{quoted}")
        assert "Tu habites où ?" in said
        assert FlowRun.objects.get().answers.get().value == "bus"

    def test_a_mail_in_markup_alone_is_read_without_what_it_quotes(self):
        self.begins()
        html = "<div dir=ltr>1</div><div>Le 2 mars, Val-d’Orbe a écrit :<blockquote>2. En voiture</blockquote></div>"
        self.answers(html, subtype="html")
        assert FlowRun.objects.get().answers.get().value == "bus"

    def test_a_reply_is_known_by_the_mail_that_it_answers_where_the_address_lost_its_detail(self):
        self.begins()
        ours = self.peer.box.mails[-1]["Message-ID"]
        self.answers("1", to=OURS, In_Reply_To=ours)
        assert FlowRun.objects.get().step == "where"

    @pytest.mark.parametrize("how", ["bare", "invented", "another_s"])
    def test_an_address_alone_never_speaks_for_someone(self, how):
        """Who writes « From: Lina » begins as a stranger; our answer goes to Lina, who was not there."""
        self.begins()
        token = self.peer.box.mails[-1]["Reply-To"]
        self.begins(sender="autre@mail.example")
        to = {
            "bare": OURS,
            "invented": token[:-25] + "0" * 4 + token[-21:],
            "another_s": self.peer.box.mails[-1]["Reply-To"],
        }[how]
        before = list(FlowRun.objects.order_by("pk").values_list("correspondent__person", "step"))
        self.begins("1", to=to)
        assert list(FlowRun.objects.order_by("pk").values_list("correspondent__person", "step")) == before
        assert Correspondent.objects.values("person").distinct().count() == 3
        assert "quel âge" in self.peer.reached()[-1].text.lower()

    def test_two_conversations_at_once_are_two_exchanges_of_mails(self):
        open_flow(self.territory, code="PLU-ABC", name="L’eau", has_places=False)
        self.begins()
        self.begins("PLU-ABC")
        first, second = self.peer.box.mails
        self.answers("1", to=first["Reply-To"])
        self.answers("2", to=second["Reply-To"])
        said = {run.code.code: run.answers.get().value for run in FlowRun.objects.filter(state="open")}
        assert said == {"LYC-BRO": "bus", "PLU-ABC": "car"}

    @pytest.mark.parametrize(
        ("subject", "text"),
        [
            ("LYC-BRO", ""),
            ("lyc-bro", ""),
            ("", "Bonjour, je viens pour LYC-BRO.\nLina"),
            ("Participation (LYC-BRO)", "Bonjour"),
            ("", "START LYC-BRO"),
        ],
    )
    def test_a_code_begins_wherever_it_stands(self, subject, text):
        assert "Pour sortir le soir" in self.begins(text, subject=subject)

    @pytest.mark.parametrize("text", ["Nous nous sommes donné rendez-vous.", "ABC-DEF", "LYC-BROCHE"])
    def test_what_is_no_code_begins_nothing(self, text):
        self.begins(f"Bonjour.\n{text}")
        assert not FlowRun.objects.exists()

    def test_words_that_are_obeyed_are_answered_inside_a_conversation(self):
        self.begins()
        for word, said in (
            ("AIDE", "STOP"),
            ("Qui ?", "Val-d’Orbe"),
            ("MES DONNÉES", "donnees-personnelles"),
        ):
            told = self.answers(word)
            assert said in told
            assert "Pour sortir le soir" in told

    def test_words_for_a_person_are_one_letter_whose_answer_comes_back_by_mail(self):
        self.begins("À quelle heure passe le dernier bus ?", subject="Bonjour")
        self.answers("18-25 ans")
        assert "transmets" in self.answers("C’est pour dimanche.")
        letter = Conversation.objects.get()
        assert letter.channel == "email"
        assert [each.text for each in letter.messages.order_by("at", "pk")] == [
            "Bonjour\nÀ quelle heure passe le dernier bus ?",
            "C’est pour dimanche.",
        ]
        write_back(
            conversation=letter, kind="answer", text="À 22 h.", seen=None,
            by=self.territory.agent.person, clock=self.territory.clock,
        )  # fmt: skip
        self.drain()
        assert self.peer.reached()[-1].text == "À 22 h."
        assert "Merci" not in self.answers("Merci !")
        assert letter.messages.count() == 4

    def test_what_is_attached_is_named_to_the_agent_and_not_kept(self):
        self.begins("18-25 ans")
        self.answers("18-25 ans")
        made = EmailMessage()
        made["From"], made["To"], made["Message-ID"] = HERS, self.peer.box.mails[-1]["Reply-To"], "<j@mail>"
        made.set_content("Voici le banc.")
        made.add_attachment(b"x" * 900, maintype="image", subtype="jpeg", filename="banc.jpg")
        self.peer.mailbox.takes(made.as_bytes())
        self.turn()
        (named,) = InboxMessage.objects.get(text="Voici le banc.").attachments
        assert named == {"name": "photo", "type": "photo", "size": 0}

    # --- STOP

    def test_stop_from_a_new_mail_ends_every_exchange_of_that_mailbox(self):
        self.begins()
        self.begins()
        told = self.begins("", subject="STOP")
        assert "plus aucun message" in told
        count_told = len(self.peer.box.mails)
        forget_stopped_addresses()
        self.answers("1", to=self.peer.box.mails[0]["Reply-To"])
        self.begins("LYC-BRO")
        self.begins("STOP")
        assert len(self.peer.box.mails) == count_told
        assert not FlowRun.objects.filter(state="open").exists()
        assert set(Correspondent.objects.values_list("address", flat=True)) == {""}

    def test_one_takes_it_back_by_an_answer_alone(self):
        self.begins()
        self.answers("stop")
        noted, told = self.peer.box.mails[-1]["Reply-To"], len(self.peer.box.mails)
        self.begins("REPRENDRE")
        assert len(self.peer.box.mails) == told
        self.answers("REPRENDRE", to=noted)
        assert len(self.peer.box.mails) == told + 1

    def test_stop_that_somebody_forged_is_told_once_to_her_and_an_answer_to_it_undoes_it(self):
        self.begins()
        hers = self.peer.box.mails[-1]["Reply-To"]
        for _twice in range(2):
            self.begins("STOP")  # under her address, from elsewhere
        told = self.peer.box.mails[-1]
        assert (len(self.peer.box.mails), told["To"]) == (2, HERS)
        assert "Répondez REPRENDRE à ce courriel" in " ".join(told.get_content().split())
        forget_stopped_addresses()
        self.answers("REPRENDRE", to=told["Reply-To"])
        assert not Correspondent.objects.exclude(stopped_at=None).exists()
        assert not StoppedAddress.objects.exists()
        before = len(self.peer.box.mails)
        self.answers("LYC-BRO", to=hers)
        assert "Pour sortir le soir" in self.peer.reached()[-1].text
        assert len(self.peer.box.mails) == before + 1

    def test_each_stop_is_told_and_may_be_taken_back(self):
        self.begins()
        for _again in range(2):
            assert "plus aucun message" in self.answers("STOP")
            assert "Vous revoilà" in self.answers("REPRENDRE")

    def test_what_we_say_first_goes_to_one_exchange_of_a_mailbox(self):
        for _each in range(2):
            self.begins()
        hers = list(Correspondent.objects.select_related("authority"))
        said = tell_all(hers, lambda _: [Say("Du nouveau")], Errand("news", is_first=True), now=now_of(self))
        assert [each.correspondent_id for each in said] == [min(each.pk for each in hers)]

    # --- machines

    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"List_Id": "<voisins.example>"},
            {"Return_Path": "<>"},
            {"sender": "no-reply@mail.example"},
            {"sender": "participer+x@val-orbe.example"},
        ],
    )
    def test_a_machine_is_not_answered(self, headers):
        self.begins()
        self.answers("Je suis absente. LYC-BRO", **headers)
        assert len(self.peer.box.mails) == 1
        assert IncomingMessage.objects.count() == 1

    def test_two_machines_soon_stop(self, monkeypatch):
        monkeypatch.setattr("democratic.channels.email.reading.ANSWERED", Limit("few-answers", 3, 3600))
        self.begins()
        for _each in range(6):
            self.answers("Merci de votre message, nous y répondrons.")
        assert IncomingMessage.objects.count() == 4

    def test_under_someone_s_address_nobody_fills_her_mailbox(self, settings):
        settings.LIMITS_FACTOR = 1
        for _each in range(8):
            self.begins()
        assert len(self.peer.box.mails) == 5

    @pytest.mark.parametrize(
        ("status", "action", "is_gone"),
        [("5.1.1", "failed", True), ("4.2.2", "delayed", False), ("5.2.2", "failed", False)],
    )
    def test_a_report_that_nobody_is_there_ends_it_and_one_that_is_late_does_not(
        self, status, action, is_gone
    ):
        self.begins()
        self.peer.mailbox.takes(bounce(to=self.peer.box.mails[-1].left_from, status=status, action=action))
        self.turn()
        her = Correspondent.objects.get()
        assert (her.gone_at is not None) == is_gone
        assert (her.address == "") == is_gone

    def test_a_report_that_someone_made_up_ends_nothing(self):
        self.begins()
        self.peer.mailbox.takes(bounce(to=OURS))
        self.turn()
        assert Correspondent.objects.get().gone_at is None


def now_of(test):
    return test.territory.clock.now()


def bounce(to, status="5.1.1", action="failed"):
    """As RFC 3464 has it."""
    return f"""From: MAILER-DAEMON@mail.example\r
To: {to}\r
Message-ID: <b{next(_NAMES)}@mail.example>\r
Auto-Submitted: auto-replied\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
Ce courriel n’est pas arrivé.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mail.example\r
\r
Final-Recipient: rfc822; {HERS}\r
Action: {action}\r
Status: {status}\r
\r
--b--\r
""".encode()
