"""The kits of all the codes of a flow: one at a time, however many they are, and never more than a hundred."""

import pytest

from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.relaying import MOST_CODES, codes_in_use
from democratic.web.relays import bundle


@pytest.fixture
def many(flow, territory):
    """``many(n)``: so many codes more."""

    def give(n):
        FlowCode.objects.bulk_create(
            FlowCode(
                authority=territory.authority, flow=flow, code=f"LI-{at:04}", where="place", label=f"{at:04}"
            )
            for at in range(n)
        )

    return give


def test_no_more_than_one_kit_is_made_before_it_is_sent(agent, flow, many, monkeypatch):
    many(4)
    made = []

    def light(told, **_more):
        made.append(told.code)
        return [(f"{told.code}/texte.txt", b"words")]

    monkeypatch.setattr(bundle, "files_of", light)
    answer = agent.get(f"/bureau/concertations/bouger/conversations/{flow.pk}/kits.zip")
    assert made == []
    pieces = iter(answer.streaming_content)
    next(pieces)
    assert len(made) == 1
    assert sum(map(len, pieces)) > 0
    assert len(made) == 5


def test_kits_of_a_flow_are_a_hundred_at_most(flow, many):
    many(MOST_CODES + 3)
    assert len(codes_in_use(flow)) == MOST_CODES


def test_a_kit_that_cannot_be_made_cuts_the_archive_and_pretends_nothing(agent, flow, many, monkeypatch):
    many(1)

    def fails(_told, **_more):
        raise bundle.CannotDraw

    monkeypatch.setattr(bundle, "files_of", fails)
    answer = agent.get(f"/bureau/concertations/bouger/conversations/{flow.pk}/kits.zip")
    with pytest.raises(bundle.CannotDraw):
        list(answer.streaming_content)
    alone = agent.get(f"/bureau/concertations/bouger/conversations/{flow.pk}/codes/LYC-BRO/kit.zip")
    assert alone.status_code == 503
    assert "Réessayez dans une minute" in alone.content.decode()


def test_asked_again_and_again_it_waits(agent, flow, monkeypatch):
    monkeypatch.setattr(bundle, "files_of", lambda told, **_more: [(f"{told.code}.txt", b"")])
    path = f"/bureau/concertations/bouger/conversations/{flow.pk}/kits.zip"
    answers = [agent.get(path).status_code for _each in range(7)]
    assert answers == [200] * 6 + [429]
