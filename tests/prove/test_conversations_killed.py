"""Forty answer by mail while worker and database are killed: each is heard once, no mail leaves twice, none is lost."""

import random
import threading
from collections import Counter
from contextlib import contextmanager
from email.message import EmailMessage
from uuid import uuid4

import pytest
from real_product import running_product, smtp_server, tell, wait_until

from mail_server import PASSWORD, Mailbox, dovecot

PEOPLE, KILLS = 40, 12
KILLED = ("cli worker", "cli worker", "postgres")  # in turn
OURS, CODE = "participer@valdorbe.example", "LYC-VAU"
WORDS = (
    CODE,
    "2",
    "Vaubrun",
    "2",
    "Phrase {who}",
    "non",
    "oui",
)  # the code, the way home, where, the age, and so on

pytestmark = pytest.mark.prove

OPEN = """
from datetime import date
from democratic.messaging.opening import Terms, set_terms
from democratic.participation.conversations.models import FlowCode
code = FlowCode.objects.select_related('authority').get(code='{code}')
terms = Terms('Pesé.', 'La déléguée', date(2026, 2, 3), 10, 20, 2, is_open=True)
set_terms(authority=code.authority, kind='email', terms=terms)
print('@' + code.authority.slug)
"""
HEARD = "select state, count(*) from messaging_incomingmessage where kind = 'email' group by 1"
SAID = "select text from thread_wording where text like 'Phrase %%'"
TURNS = """
select m.id::text, m.state, split_part(c.address, ' ', 1) from messaging_outgoingmessage m
join messaging_correspondent c on c.id = m.correspondent_id where c.kind = 'email'
"""
RUNS = """
select split_part(c.address, ' ', 1), r.state from participation_flowrun r
join messaging_correspondent c on c.id = r.correspondent_id where c.kind = 'email'
"""


class Pen(threading.Thread):
    """Those who write: each answers what she receives, and her program, now and then, sends it twice."""

    def __init__(self, mailbox, postbox):
        super().__init__(daemon=True)
        self.mailbox, self.postbox, self.over = mailbox, postbox, threading.Event()
        self.names = {f"{uuid4().hex}@mail.example": set() for _each in range(PEOPLE)}
        self.written = 0

    def run(self):
        for who in self.names:
            self._write(who, OURS, 0)
        read = 0
        while not self.over.wait(0.05):
            for mail in self.postbox.mails[read:]:
                read += 1
                self._answer(mail)

    def _answer(self, mail):
        who, got = mail["To"], self.names[mail["To"]]
        if mail["Message-ID"] in got:
            return
        got.add(mail["Message-ID"])
        if len(got) < len(WORDS):
            self._write(who, mail["Reply-To"], len(got))

    def _write(self, who, to, rank):
        made = EmailMessage()
        made["From"], made["To"], made["Message-ID"] = who, to, f"<{rank}.{who}>"
        made.set_content(WORDS[rank].format(who=who.partition("@")[0]))
        for _each in range(1 + self.written % 2):
            self.mailbox.takes(made.as_bytes())
        self.written += 1


@contextmanager
def at_work():
    with (
        dovecot() as imap,
        smtp_server() as (postbox, smtp),
        running_product(DEMOCRATIC_SMTP=smtp) as product,
    ):
        (slug,) = product.shell(OPEN.format(code=CODE))
        lines = {"address": OURS, "imap": f"127.0.0.1:{imap}", "user": "participer", "password": PASSWORD}
        path = product.var / "secrets" / "channels.toml"
        path.write_text(
            f"[{slug}.email]\nnear = true\npause = 0\n" + "".join(f"{k} = {v!r}\n" for k, v in lines.items())
        )
        path.chmod(0o600)
        yield product, Pen(Mailbox(imap, "participer"), postbox), postbox


def is_quiet(product, pen):
    """All that was written is heard, and nothing waits to leave."""
    heard = dict(product.rows(HEARD))
    waits = [state for _message, state, _who in product.rows(TURNS) if state == "queued"]
    return heard.get("done", 0) == pen.written and not heard.get("waiting") and not waits


@pytest.fixture(scope="module")
def over():
    """One life for all the looks below."""
    chosen = random.Random(20261130)
    with at_work() as (product, pen, postbox):
        pen.start()
        for kill in range(1, KILLS + 1):
            before = len(postbox.mails)
            wait_until(lambda before=before: len(postbox.mails) > before, "a mail")
            threading.Event().wait(chosen.uniform(0.0, 0.6))
            product.kill(KILLED[kill % len(KILLED)])
            product.wait_ready()
            tell(f"kill {kill}: {len(postbox.mails)} mails left, {dict(product.rows(HEARD))}")
            if is_quiet(product, pen) and kill < KILLS:
                pytest.fail("all was said before it could be cut: more people are needed")
        for _twice in range(2):  # once more after the last answers were written
            wait_until(lambda: is_quiet(product, pen), "the end of the conversations")
            threading.Event().wait(5)
        pen.over.set()
        pen.join()
        yield product, pen, postbox


def test_each_mail_is_heard_once_and_none_is_put_aside(over):
    product, pen, _postbox = over
    assert dict(product.rows(HEARD)) == {"done": pen.written}


def test_each_person_holds_one_conversation_and_her_sentence_is_said_once(over):
    product, pen, _postbox = over
    assert Counter(who for who, _state in product.rows(RUNS)) == dict.fromkeys(pen.names, 1)
    said = Counter(text for (text,) in product.rows(SAID))
    spoke = {f"Phrase {who.partition('@')[0]}" for who, got in pen.names.items() if len(got) > 4}
    assert said == dict.fromkeys(spoke, 1)


def test_no_mail_left_twice_and_each_that_is_said_sent_arrived(over):
    product, _pen, postbox = over
    assert [key for key, times in postbox.sent_to.items() if times > 1] == []
    arrived = {str(name).strip(" <>").split(".")[0] for _to, name in postbox.sent_to}
    kept = {message.replace("-", ""): state for message, state, _who in product.rows(TURNS)}
    assert {message for message, state in kept.items() if state == "sent"} <= arrived


def test_who_waits_does_so_for_one_message_that_is_said_to_be_in_doubt(over):
    """One at most for each kill, as mails leave one by one: it may have left, so it is not sent again."""
    product, pen, _postbox = over
    doubtful = [who for _message, state, who in product.rows(TURNS) if state != "sent"]
    tell(f"in doubt: {len(doubtful)} of {pen.written}, after {KILLS} kills")
    assert len(doubtful) <= KILLS
    assert {who for who, got in pen.names.items() if len(got) < len(WORDS)} <= set(doubtful)
