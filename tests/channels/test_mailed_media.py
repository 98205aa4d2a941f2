"""Photos and voices by mail: they stay in the mailbox until somebody of 15 or more was asked for one (real Dovecot)."""

import base64
import imaplib
from email.message import EmailMessage
from itertools import count

import pytest

from channels.contract import write_account
from channels.media_contract import MediaContract
from closing_door import Door
from democratic.channels.email import parts
from democratic.channels.email.headers import headers_after
from democratic.channels.email.parts import fetch_part, media_in
from democratic.channels.email.structure import after_the_last
from democratic.kernel.files import open_file
from democratic.kernel.models import StoredFile
from democratic.messaging.carrying import carry
from democratic.messaging.models import ChannelUse, IncomingMessage
from democratic.messaging.ports import Refused
from democratic.participation.conversations.models import FlowFile
from mail_server import PASSWORD, Mailbox, dovecot, smtp
from pictures import photo_with_place
from sending_files import SPEECH
from traces import traces_of

pytestmark = pytest.mark.django_db
OURS, HERS = "participer@val-orbe.example", "lina@mail.example"
_NAMES = count(1)


@pytest.fixture(scope="module")
def imap():
    with dovecot() as port:
        yield port


class Faults:
    """What a provider of the contract says, as a mailbox does: it is busy, locks us out, or the mail is gone."""

    def __init__(self, peer):
        self.peer, self.answers, self.cut = peer, self, False

    def append(self, answer):
        {429: self.peer.is_cut, 503: self.peer.is_cut, 401: self.peer.locks_us_out, 404: self.peer.loses_all}[
            answer[0]
        ]()

    @property
    def asked(self):
        return self.peer.door.lines


class MailPeer:
    """Lina, who answers what she received, with a photo joined; ``door`` stands before the mailbox."""

    def __init__(self, box, port):
        self.box, self.mailbox = box, Mailbox(port, f"media{next(_NAMES)}")
        self.door, self.provider = Door(("127.0.0.1", port)), Faults(self)
        self.account = {
            "address": OURS,
            "imap": f"127.0.0.1:{self.door.port}",
            "user": self.mailbox.user,
            "password": PASSWORD,
            "near": True,
            "pause": 0,
        }

    def says(self, client, text):
        self._writes(text)

    def sends(self, client, kind, content, *, name=None, text=""):
        self._writes(text, [(kind, content)], name)

    def sends_all(self, client, joined):
        self._writes("", joined)

    def _writes(self, text, joined=(), name=None):
        made = EmailMessage()
        made["From"], made["To"] = HERS, self.box.mails[-1]["Reply-To"] if self.box.mails else OURS
        made["Message-ID"] = f"<{name or next(_NAMES)}@mail.example>"
        made.set_content(text)
        for kind, content in joined:
            main, sub = {"photo": ("image", "jpeg"), "voice": ("audio", "ogg")}[kind]
            made.add_attachment(content, maintype=main, subtype=sub, filename="IMG_8841.jpg")
        self.mailbox.takes(made.as_bytes())

    def is_cut(self):
        self.door.most = 0

    def goes_down(self):
        self.door.close()

    def locks_us_out(self):
        write_account(self.slug, "email", self.account | {"password": "une autre"})

    def loses_all(self):
        self.mailbox.empties()

    def is_well_again(self):
        self.door.most = None
        write_account(self.slug, "email", self.account)


class ByMail:
    kind = "email"

    def hear(self):
        super().hear()
        ChannelUse.objects.update(slot_at=self.territory.clock.now())  # the pace has tests of its own
        while carry().sent:
            pass

    def fetch(self, *later):
        asked = super().fetch(*later)
        self.peer.is_well_again()
        return asked


@pytest.fixture
def peer(settings, imap, territory):
    with smtp(settings) as box:
        peer = MailPeer(box, imap)
        peer.slug = territory.authority.slug
        yield peer
        peer.door.close()


class TestMailedMedia(ByMail, MediaContract):
    def test_a_photo_from_a_mail_has_lost_where_it_was_taken_and_keeps_its_words(self):
        self.sends("photo", photo_with_place(), text="L’abribus, de nuit")
        self.fetch()
        kept = FlowFile.objects.select_related("file").get()
        assert (kept.state, kept.words) == ("kept", "L’abribus, de nuit")
        assert b"Exif" not in open_file(kept.file)

    def test_several_photos_of_one_mail_are_each_kept_up_to_what_the_step_takes_and_the_rest_is_told(self):
        photo = photo_with_place()
        self.peer.sends_all(self.client, [("photo", photo + bytes([rank])) for rank in range(5)])
        self.hear()
        assert self.fetch() == 3
        kept = FlowFile.objects.filter(state="kept", answer__step="pic")
        assert (kept.count(), FlowFile.objects.count()) == (3, 3)
        told = " ".join(self.said())
        assert "une personne les regarde avant qu’elles paraissent" in told
        assert "Cette question n’en prend pas plus\u00a0: 2 photos ne sont pas gardées." in told
        assert self.step == "said"

    def test_photos_of_some_megabytes_do_not_hide_the_photos_and_the_voice_that_stand_after_them(self):
        large = photo_with_place() + bytes(700_000)
        self.peer.sends_all(self.client, [("photo", large), ("photo", large + b"1"), ("voice", SPEECH)])
        self.hear()
        assert [each["kind"] for each in self.named] == ["photo", "photo", "voice"]
        assert self.fetch() == 3
        states = sorted(FlowFile.objects.values_list("medium", "state", "answer__step"))
        assert states == [("photo", "kept", "pic")] * 2 + [("voice", "kept", None)]

    @pytest.mark.parametrize("age", ["Moins de 15 ans", "Je ne dis pas"])
    def test_of_a_child_nothing_that_is_joined_to_a_mail_leaves_the_mailbox(self, age, monkeypatch):
        monkeypatch.setattr(parts, "part_of", lambda *_asked: pytest.fail("the mailbox was asked for it"))
        photo = photo_with_place()
        inside = base64.b64encode(photo).decode()[60:120]
        self.peer.says(self.client, "LYC-BRO")
        self.hear()
        self.peer.says(self.client, "1")
        self.hear()
        self.sends("photo", photo, text="regarde")
        assert IncomingMessage.objects.get(state="held").media[0]["kind"] == "photo"
        assert self.untouched(inside)
        self.peer.says(self.client, age)
        self.hear()
        self.sends("photo", photo)
        self.fetch()
        assert self.untouched(inside)
        assert traces_of("IMG_8841") == []

    @pytest.fixture(autouse=True)
    def _what_was_named(self, monkeypatch):
        """Names are gone once a message is done: noted as they come."""
        self.named = []

        def noted(*asked):
            self.named = media_in(*asked)
            return self.named

        monkeypatch.setattr("democratic.channels.email.reading.media_in", noted)

    def untouched(self, inside):
        return not StoredFile.objects.exists() and not FlowFile.objects.exists() and traces_of(inside) == []


# --- where a part stands


def with_parts(*kinds, text="Voici."):
    made = EmailMessage()
    made["From"], made["To"] = HERS, OURS
    made.set_content(text)
    for main, sub in kinds:
        made.add_attachment(b"x" * 90, maintype=main, subtype=sub, filename="f")
    return made


def refs(made):
    return [(each["kind"], each["ref"]) for each in media_in(made.as_bytes(), "7:9")]


def test_each_photo_and_each_voice_is_named_in_its_order_and_nothing_else_of_a_mail():
    made = with_parts(("application", "pdf"), ("image", "png"), ("image", "jpeg"), ("audio", "ogg"))
    assert refs(made) == [("photo", "7:9:3:base64"), ("photo", "7:9:4:base64"), ("voice", "7:9:5:base64")]
    assert refs(with_parts()) == []


def test_a_mail_of_a_hundred_photos_names_a_dozen():
    assert len(refs(with_parts(*[("image", "png")] * 100))) == 12


def test_what_stands_after_the_bytes_that_were_read_is_named_beside_the_part_that_was_cut():
    made = with_parts(("image", "jpeg"), ("image", "jpeg"), ("audio", "ogg"))
    first = made.as_bytes().index(b"\r\n\r\n" if b"\r\n" in made.as_bytes() else b"eHh4") + 4
    cut = made.as_bytes()[:first]
    assert after_the_last(cut)[:2] == ["3", "4"]
    inside = EmailMessage()
    inside.set_content("x")
    inside.add_alternative("<p>x</p>", subtype="html")
    inside.make_mixed()
    inside.add_attachment(b"x" * 90, maintype="image", subtype="png")
    assert after_the_last(inside.as_bytes()[:-40])[0] == "3"
    assert after_the_last(b"") == [str(rank) for rank in range(2, 21)], (
        "no part: there is none after it either"
    )


class Line:
    """A server that answers so to whoever asks for headers."""

    def __init__(self, answer):
        self.answer = answer

    def uid(self, *_asked):
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


def test_a_server_that_refuses_to_name_what_may_not_be_there_costs_no_mail():
    raw = with_parts(("image", "jpeg")).as_bytes()[:-60]
    assert headers_after(Line(("NO", [b"no such part"])), 1, raw) == []
    assert headers_after(Line(imaplib.IMAP4.error("BAD")), 1, raw) == []
    with pytest.raises(imaplib.IMAP4.abort):
        headers_after(Line(imaplib.IMAP4.abort("cut")), 1, raw)
    told = [
        (b"1 (UID 9 BODY[3.MIME]<0> {4}", b"x: y"),
        b" BODY[4.MIME]<0> NIL)",
        (b"BODY[5.MIME] {2}", b"\r\n"),
    ]
    assert headers_after(Line(("OK", told)), 1, raw) == [("3", b"x: y")]


def test_the_logo_of_a_signature_and_what_was_passed_on_from_somebody_else_are_no_photo_of_hers():
    made = with_parts()
    made.add_alternative("<p>Voici. <img src='cid:logo'></p>", subtype="html")
    made.get_payload()[1].add_related(
        b"x", maintype="image", subtype="png", cid="<logo>", disposition="inline"
    )
    assert refs(made) == []
    passed_on = with_parts()
    passed_on.add_attachment(with_parts(("image", "png")))
    assert refs(passed_on) == []


def test_a_mail_that_is_a_photo_and_one_that_was_cut_are_read():
    alone = b"From: a@b.example\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/"
    assert media_in(alone, "7:9") == [{"kind": "photo", "ref": "7:9:1:base64"}]
    cut = with_parts(("image", "jpeg")).as_bytes()[:-60]
    assert media_in(cut, "7:9") == [{"kind": "photo", "ref": "7:9:2:base64"}]


@pytest.mark.parametrize(
    "ref", ["", "1:2:3", "1:2:3:rot13", "1:2:1] BODY[2:", "1:2:TEXT:", "https://a.example/x"]
)
def test_what_names_no_part_is_asked_of_nobody(ref):
    with pytest.raises(Refused):
        fetch_part({"imap": "127.0.0.1:9"}, ref, 1000)


def test_a_voice_comes_out_as_it_was_sent(imap):
    box = Mailbox(imap, f"media{next(_NAMES)}")
    made = with_parts()
    made.add_attachment(SPEECH, maintype="audio", subtype="ogg", filename="v.ogg")
    box.takes(made.as_bytes())
    account = {"imap": f"127.0.0.1:{imap}", "user": box.user, "password": PASSWORD, "near": True}
    validity = box.validity()
    ref = media_in(made.as_bytes(), f"{validity}:1")[0]["ref"]
    assert fetch_part(account, ref, len(SPEECH)) == SPEECH
    with pytest.raises(Refused):
        fetch_part(account, ref.replace(validity, "1"), len(SPEECH))
