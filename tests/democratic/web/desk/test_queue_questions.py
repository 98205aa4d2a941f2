"""Every queue of the desk: as many questions for one row as for three, and twelve at most, but for one that is named."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from democratic.config.bench import desk_queues
from democratic.config.bench.desk import desk_paths
from democratic.config.bench.fill import Filled
from democratic.participation.answers.actions import open_theme
from democratic.participation.inbox.models import Channel
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.tagging import tag_conversations
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Role
from democratic.web.desk.views import dashboard
from factories import GROUPING

MOST = 12
SIZES = ("PROMISES", "NOTICES", "QUESTIONS", "SHEETS", "SUGGESTIONS", "VOICES", "HELPERS")


@pytest.fixture
def desk(territory, client, monkeypatch):
    """Fills every queue with so many rows, and says how many questions each page of the desk asks."""

    def filled(count):
        for size in SIZES:
            monkeypatch.setattr(desk_queues, size, count)
        for n in range(count):
            territory.say(f"Un bus à {n} h.")
            open_theme(
                process=territory.process, words=Words(title=f"Sujet {n}"), author=None, clock=GROUPING
            )
            letter = receive_message(
                authority=territory.authority, channel=Channel.WEB, text=f"Gare {n} ?", sender=Sender(),
                clock=territory.clock,
            )  # fmt: skip
            tag_conversations(
                authority=territory.authority, conversations=[letter.conversation.pk], names=[f"mot {n}"]
            )
        account = territory.agent
        whole = Filled(territory.authority, territory.process, account, "", "")
        desk_queues.fill_queues(whole)
        give_role(
            person=account.person, role=Role.MODERATOR, authority=territory.authority, clock=territory.clock
        )
        client.force_login(account)
        paths = desk_paths(whole)
        people = paths.pop("people")  # of who administers
        asked = {name: _questions(client, path) for name, path in paths.items()}
        give_role(
            person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
        )  # fmt: skip
        dashboard.SETTLED.hold(
            str(territory.authority.pk), value=True
        )  # as where there are so many contributions
        return asked | {"people": _questions(client, people), "administrator": _questions(client, "/bureau")}

    return filled


def _questions(client, path):
    """Of a warm page: the fewest of three readings, as what is kept a few seconds may end during one of them."""
    assert client.get(path).status_code == 200, path
    return min(_asked(client, path) for _ in range(3))


def _asked(client, path):
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught.captured_queries)


def test_no_queue_of_the_desk_asks_more_than_twelve_questions_nor_more_for_three_rows_than_for_one(desk):
    with transaction.atomic():
        one = desk(1)
        transaction.set_rollback(True)
    three = desk(3)
    assert {name: n for name, n in three.items() if n > MOST} == {}
    assert {name: (one[name], n) for name, n in three.items() if n > one[name]} == {}
