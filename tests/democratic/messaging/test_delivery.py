"""A mail is sent at most once, and what the server refuses for now is not lost: on a server that says what we like."""

import contextlib
import socket
from datetime import timedelta
from itertools import pairwise

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django import app

from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.delivery import MOST_ATTEMPTS, deliver
from democratic.messaging.jobs import deliver_messages
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.people.actions import leave_address, welcome_guest


class Server:
    """``says``: its answer to each mail, or None to take the mail and cut the line."""

    def __init__(self):
        self.says, self.to, self.lines = "250 OK", [], 0
        self.says_of_recipient = "250 OK"

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802 -- aiosmtpd's name
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        if self.says_of_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says_of_recipient

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.to += envelope.rcpt_tos
        if self.says is None:
            server.transport.close()
            return "250 never heard"
        return self.says


@pytest.fixture
def smtp(settings):
    box = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield box
    with contextlib.suppress(OSError):
        controller.stop()


@pytest.fixture
def owed(territory):
    """Queue a message to each of these; their rows, in order."""

    def queue(*emails):
        for email in emails:
            address = leave_address(
                person=welcome_guest(), email=email, purpose="notices", wording="…", language="fr",
                clock=territory.clock,
            )  # fmt: skip
            confirm_address(address=address, clock=territory.clock)
            queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "…")])
        return OutgoingMessage.objects.order_by("created_at")

    return queue


def test_a_mail_whose_line_was_cut_is_never_sent_twice_and_says_so(smtp, owed):
    rows = owed("lina@example.org")
    smtp.says = None
    deliver()
    smtp.says = "250 OK"
    deliver()
    assert smtp.to == ["lina@example.org"]
    assert (rows[0].state, "peut-être parti" in rows[0].reason) == ("failed", True)


def test_a_cut_line_holds_up_nobody_else(smtp, owed):
    rows = owed("lina@example.org", "gabriel@example.org")
    smtp.says = None
    deliver(limit=1)
    smtp.says = "250 OK"
    assert deliver().sent == 1
    assert [row.state for row in rows.all()] == ["failed", "sent"]


@pytest.mark.parametrize("where", ["says", "says_of_recipient"])
def test_a_mail_refused_for_now_waits_longer_each_time_then_leaves(smtp, owed, where):
    rows = owed("lina@example.org")
    setattr(smtp, where, "451 Greylisted, try again later")
    for _ in range(3):
        deliver()
    assert (rows[0].state, rows[0].attempts) == ("queued", 1)
    setattr(smtp, where, "250 OK")
    deliver()
    assert rows.get().state == "queued"
    a_while_later()
    deliver()
    assert (rows.get().state, rows.get().attempts) == ("sent", 2)


@pytest.mark.parametrize("where", ["says", "says_of_recipient"])
def test_a_mail_refused_for_good_is_not_tried_again(smtp, owed, where):
    rows = owed("personne@example.org")
    setattr(smtp, where, "550 No such user")
    deliver()
    assert (rows[0].state, "No such user" in rows[0].reason) == ("failed", True)


def test_a_mail_is_given_up_after_enough_attempts(smtp, owed):
    rows = owed("lina@example.org")
    smtp.says = "451 Try again later"
    for _ in range(MOST_ATTEMPTS + 2):
        a_while_later()
        deliver()
    assert (rows.get().state, len(smtp.to)) == ("failed", MOST_ATTEMPTS)


def a_while_later():
    OutgoingMessage.objects.update(created_at=F("created_at") - timedelta(days=1))


def test_a_round_opens_one_line_and_none_when_nothing_waits(smtp, owed):
    deliver()
    assert smtp.lines == 0
    owed("lina@example.org", "gabriel@example.org", "ines@example.org")
    assert deliver().sent == 3
    assert smtp.lines == 1


def test_messages_are_looked_for_every_five_seconds():
    (periodic,) = (
        each for each in app.periodic_registry.periodic_tasks.values() if each.task is deliver_messages
    )
    times = [periodic.croniter.get_next() for _ in range(30)]
    assert {later - sooner for sooner, later in pairwise(times)} == {5.0}


def test_a_job_whose_worker_was_killed_does_not_hold_up_the_next_one(transactional_db):
    fetched = []
    for _ in range(2):
        deliver_messages.defer(timestamp=0)
        with connection.cursor() as cursor:
            cursor.execute("select id from procrastinate_fetch_job_v2(null, null)")  # and never finished
            fetched.append(cursor.fetchone()[0])
    assert None not in fetched
    assert len(set(fetched)) == 2
