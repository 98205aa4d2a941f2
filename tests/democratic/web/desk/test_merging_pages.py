"""From the board to a merge and back: which one stays, a reason, and what everyone then reads."""

import pytest

from democratic.participation.ideas.merging import merge_ideas
from democratic.thread.models import Link
from factories import GROUPING, build_territory

BOARD = "/bureau/concertations/bouger/sujets"
HERE = {"sec-fetch-site": "same-origin"}
WHY = "Le même arrêt, <b>dit</b> deux fois."


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", GROUPING)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def ideas(territory):
    return [territory.say(f"Le dernier bus du samedi soir part trop tôt ({n})").idea.record for n in range(2)]


def form_of(*ideas):
    return "/bureau/concertations/bouger/fusionner?" + "&".join(f"code={idea.code}" for idea in ideas)


def test_an_agent_chooses_which_stays_and_everyone_reads_why(ideas, desk, client):
    first, second = ideas
    assert "Fusionner celles qui disent la même chose" in desk.get(BOARD).content.decode()
    path = form_of(first, second)
    assert "Celle qui reste" in desk.get(path).content.decode()
    sent = {"into": first.code, "reason": WHY, "key": "k"}
    assert desk.post(path, sent, headers=HERE).url == BOARD
    merged = client.get(f"/idees/{second.code}").content.decode()
    assert f'<a href="/idees/{first.code}">' in merged
    assert "Fusionnée le 3 avril 2026" in merged
    assert "&lt;b&gt;dit&lt;/b&gt;" in merged
    target = client.get(f"/idees/{first.code}").content.decode()
    assert "Une autre parole disait la même chose" in target
    assert f"/idees/{second.code}" in target
    assert second.code not in desk.get(BOARD).content.decode()
    assert second.code in desk.get(f"{BOARD}?sujet=fusionnees").content.decode()


def test_it_is_undone_with_a_reason(ideas, desk):
    first, second = ideas
    merge_ideas(into=first, merged=[second], reason=WHY, function="Service", clock=GROUPING)
    path = f"/bureau/paroles/{second.code}/defusionner"
    assert desk.post(path, {"reason": "", "key": "a"}, headers=HERE).status_code == 400
    assert desk.post(path, {"reason": "Un autre arrêt.", "key": "b"}, headers=HERE).status_code == 302
    assert not Link.objects.filter(kind="merged_into", ended_by=None).exists()
    assert "Fusionnée le" not in desk.get(f"/idees/{second.code}").content.decode()


def test_ideas_of_another_process_or_authority_are_not_even_offered(ideas, desk):
    elsewhere = build_territory(slug="montsec", host="montsec.example").say("Le bus").idea.record
    assert desk.get(form_of(ideas[0], elsewhere)).status_code == 302
    sent = {"into": elsewhere.code, "reason": WHY, "key": "k"}
    assert desk.post(form_of(*ideas, elsewhere), sent, headers=HERE).status_code == 400
    assert not Link.objects.filter(kind="merged_into").exists()
