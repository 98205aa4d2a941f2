"""Totals that are told at closing only are told to nobody before: every address, as who sees the most."""

import re

import pytest

from democratic.config.portable.rows import rows_of
from democratic.config.portable.tables import TABLES
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll, PollAnswer, Shows
from democratic.people.models import Person
from democratic.thread.journal import drain
from matrix.crawling import try_all
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.visitors import Visitor

ANSWERS = 1907
# Not inside a key or a code, where chance writes it too.
WRITTEN = re.compile("(?<![0-9A-Za-z])1(?: |,|\u00a0|\u202f)?907(?![0-9A-Za-z])".encode())


@pytest.fixture
def poll(world):  # noqa: F811
    found = Poll.objects.get(record__code=world.codes["poll"])
    Poll.objects.filter(pk=found.pk).update(shows=Shows.CLOSED)
    people, option = (
        Person.objects.bulk_create(Person() for _each in range(ANSWERS)),
        found.options.get(rank=1),
    )
    PollAnswer.objects.bulk_create(PollAnswer(poll=found, person=each, option=option) for each in people)
    count_polls(world.territory.clock.now())
    drain(clock=world.territory.clock)
    return found


@pytest.mark.parametrize("role", ["anonymous", "agent", "administrator"])
def test_no_page_feed_figure_or_file_says_a_hidden_total(world, poll, role):  # noqa: F811
    visitor = Visitor(client_for(world, role))
    told = [
        f"{tried.method} {tried.path}"
        for tried in try_all(world, visitor)
        if WRITTEN.search(_body(tried.answer))
    ]
    code = poll.record.code
    for path in (
        f"/fil/{code}/figure",
        f"/fil/{code}/figure/integrer",
        f"/fil/{code}",
        f"/journal?code={code}",
    ):
        told += [path] if WRITTEN.search(_body(visitor.client.get(path, follow=True))) else []
    assert told == []


def _body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("with_private", [True, False])
def test_no_export_of_an_authority_carries_answers_that_are_not_counted_yet(world, poll, with_private):  # noqa: F811
    tables = {table.label: table for table in TABLES}

    def exported(name):
        return list(rows_of(tables[name], world.territory.authority, with_private=with_private))

    assert exported("participation.PollAnswer") == exported("participation.PollTally") == []
    Poll.objects.filter(pk=poll.pk).update(shows=Shows.ANSWERED)
    answers = exported("participation.PollAnswer")
    assert len(answers) == ANSWERS
    assert {row["person_id"] is None for row in answers} == {not with_private}
