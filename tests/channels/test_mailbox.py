"""The mailbox of e-mail, asked by IMAP: cut, rebuilt, huge or locked, nothing is lost nor heard twice."""

from email.message import EmailMessage

import pytest

from channels.contract import write_account
from chatting import open_channel
from closing_door import Door
from democratic.channels.email import fetching
from democratic.messaging.listening import listen
from democratic.messaging.models import ChannelUse, IncomingMessage
from mail_server import PASSWORD, Mailbox, dovecot

pytestmark = pytest.mark.django_db
OURS = "participer@val-orbe.example"


@pytest.fixture(scope="module")
def imap():
    with dovecot() as port:
        yield port


@pytest.fixture
def door(imap):
    door = Door(("127.0.0.1", imap))
    yield door
    door.close()


@pytest.fixture
def mailbox(territory, imap, door, request):
    box = Mailbox(imap, f"boite{abs(hash(request.node.name))}")
    box.account = {
        "address": OURS,
        "imap": f"127.0.0.1:{door.port}",
        "user": box.user,
        "password": PASSWORD,
        "near": True,
        "pause": 0,
    }
    box.signs_in_with = lambda **lines: write_account(territory.authority.slug, "email", box.account | lines)
    box.signs_in_with()
    open_channel(territory.authority, "email")
    return box


def written(text, rank=1, **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = f"lina{rank}@mail.example", OURS, f"<{rank}@mail.example>"
    for name, value in headers.items():
        made[name] = value
    made.set_content(text)
    return made


def heard():
    return list(IncomingMessage.objects.order_by("pk").values_list("text", flat=True))


def cursor():
    return ChannelUse.objects.values_list("cursor", flat=True).get()


def test_each_mail_is_heard_once_in_its_order(mailbox):
    for rank in range(3):
        mailbox.takes(written(f"mot {rank}", rank).as_bytes())
    assert (listen(), listen()) == (3, 0)
    mailbox.takes(written("mot 3", 3).as_bytes())
    assert listen() == 1
    assert heard() == [f"mot {rank}" for rank in range(4)]


def test_a_line_that_is_cut_while_a_mail_is_fetched_loses_none_and_hears_none_twice(mailbox, door):
    for rank in range(3):
        mailbox.takes(written(f"mot {rank}\n" + "x" * 4000, rank).as_bytes())
    for most in (10, 300, 1500, 6000, 9000):
        door.most = most
        assert listen() == 0
        assert cursor() == ""
    door.most = None
    assert listen() == 3
    assert [each[:5] for each in heard()] == ["mot 0", "mot 1", "mot 2"]


def test_a_server_that_is_down_is_asked_again_from_where_it_was_left(mailbox, door):
    mailbox.takes(written("un").as_bytes())
    assert listen() == 1
    mailbox.takes(written("deux", 2).as_bytes())
    door.close()
    assert listen() == 0
    door.open()
    assert listen() == 1
    assert heard() == ["un", "deux"]


def test_a_password_that_is_refused_loses_nothing_and_is_told_nowhere(mailbox, caplog):
    mailbox.takes(written("un").as_bytes())
    mailbox.signs_in_with(password="un autre secret")
    assert listen() == 0
    assert "can't be asked" in caplog.text
    assert "secret" not in caplog.text
    mailbox.signs_in_with()
    assert listen() == 1


def test_numbers_that_were_given_anew_are_read_again_and_nothing_is_heard_twice(mailbox):
    mailbox.takes(written("un").as_bytes())
    listen()
    ChannelUse.objects.update(cursor="1:9999")
    mailbox.takes(written("deux", 2).as_bytes())
    assert listen() == 1
    assert heard() == ["un", "deux"]
    assert cursor().endswith(":2")


def test_the_words_of_a_mail_are_read_whatever_is_joined_to_them(mailbox):
    made = written("Voici le banc.")
    made.add_attachment(b"\xff" * 3 * 1024 * 1024, maintype="image", subtype="jpeg", filename="banc.jpg")
    mailbox.takes(made.as_bytes())
    assert listen() == 1
    kept = IncomingMessage.objects.get()
    assert kept.text == "Voici le banc."
    assert [each["kind"] for each in kept.media] == ["photo"]
    assert "/" not in kept.media[0]["ref"], "its place in the mailbox, and nothing of it"


@pytest.mark.parametrize(
    ("charset", "said"),
    [
        ("utf-8", "🚲🚲 مرحبا كيف الحال؟"),
        ("iso-8859-15", "Un bus à 2 € à Écouves"),
        ("koi8-r", "Автобус"),
        ("shift_jis", "バス停"),
    ],
)
def test_what_is_written_in_another_charset_is_read(mailbox, charset, said):
    made = written("")
    made.set_content(said, charset=charset)
    mailbox.takes(made.as_bytes())
    listen()
    assert heard() == [said]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"From: \xff\xfe\r\n\r\noui",
        b"From: a\r\n\r\noui",
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 500,
        b"From: a@b.example\r\nSubject: =?klingon?q?=ff?=\r\n\r\n",
        b"From: a@b.example, c@d.example\r\nMessage-ID: " + b"<" * 5000 + b"\r\n\r\noui",
    ],
)
def test_a_mail_that_was_made_to_break_us_stops_none_that_follows(mailbox, raw):
    if raw:
        mailbox.takes(raw)
    mailbox.takes(written("Dit").as_bytes())
    listen()
    assert heard()[-1] == "Dit"


def test_a_mailbox_is_looked_into_in_clear_only_where_the_operator_says_that_it_is_near(mailbox):
    mailbox.takes(written("un").as_bytes())
    mailbox.signs_in_with(near=False)
    assert listen() == 0
    assert heard() == []


def test_a_mailbox_is_left_alone_between_two_looks(mailbox):
    mailbox.takes(written("un").as_bytes())
    mailbox.signs_in_with(pause=3600)
    fetching._looked.clear()
    assert listen() == 1
    mailbox.takes(written("deux", 2).as_bytes())
    assert listen() == 0
    mailbox.signs_in_with()
    assert listen() == 1


def test_more_mails_than_one_look_takes_are_read_at_the_next(mailbox, monkeypatch):
    monkeypatch.setattr(fetching, "AT_ONCE", 2)
    for rank in range(5):
        mailbox.takes(written(f"mot {rank}", rank).as_bytes())
    assert [listen() for _each in range(4)] == [2, 2, 1, 0]
