"""What is taken back, hidden, merged or closed answers to each person as docs/security/access-matrix.md says."""

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from matrix.states import ACTS, STATES, WHO, said
from matrix.test_matrix import world  # noqa: F401 -- the same world
from matrix.visitors import HERE, as_guest


def ask(world, client, act, idea):  # noqa: F811
    words = {
        "text": "Oui, et le dimanche.",
        "age_band": "26_64",
        "key": f"{act}-{idea.code}",
        "reason": "Ailleurs.",
    }
    path = {
        "read": f"/idees/{idea.code}",
        "comment": f"/paroles/{idea.code}/commenter",
        "support": f"/paroles/{idea.code}/soutenir",
        "take back": f"/idees/{idea.code}/retirer",
        "declare out of the field": f"/bureau/paroles/{idea.code}/hors-champ",
        "say more": f"/concertations/{world.slug}/dire",
    }[act]
    return client.get(path) if act == "read" else client.post(path, words, **HERE)


def visitor(world, who, idea):  # noqa: F811
    if who == "author":
        return as_guest(idea.author)
    client = Client()
    if who != "anonymous":
        client.force_login(world.accounts[who])
    return client


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_each_person_gets_what_the_state_leaves_her(world, state, monkeypatch):  # noqa: F811
    idea = said(world)
    state.make(world, idea)
    if state.clock:
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", state.clock)
    got = {}
    for act in ACTS:
        for who in WHO:
            client = visitor(world, who, idea)
            caches["fragments"].clear()
            with transaction.atomic():
                answer = ask(world, client, act, idea)
                transaction.set_rollback(True)
            got[act, who] = answer.status_code
    assert got == {(act, who): state.given(act, who) for act in ACTS for who in WHO}
