"""Before and after one speaks: what looks alike is shown, labelled, and never stands in the way."""

import pytest

from conversations import plain
from democratic.kernel.limits import Limit
from democratic.thread.models import Record, Support

SAY = "/concertations/bouger/dire"
LOOK = "/concertations/bouger/ressemble"
SAID = "Le dernier bus part trop tôt le samedi soir pour rentrer du cinéma."
AUTO = "Proposé automatiquement"


@pytest.fixture
def other(territory):
    return territory.say(SAID).idea.record


def test_without_a_script_a_button_shows_what_looks_alike_and_sends_nothing(other, client):
    page = client.post(
        SAY, {"key": "k", "ressemble": "1", "text": SAID, "age_band": "18_25", "place": "Vaubrun"}
    )
    words = plain(page)
    assert page.status_code == 200
    assert AUTO in words
    assert SAID in words
    assert 'value="Vaubrun"' in page.content.decode()
    assert Record.objects.filter(kind="idea").count() == 1
    assert "errors" not in page.content.decode()


def test_the_form_can_be_sent_at_once_and_again_after_looking(other, client):
    assert client.post(SAY, {"key": "k", "text": SAID}).status_code == 302


def test_a_script_asks_by_post_alone_and_gets_a_piece_of_a_page(other, client):
    found = client.post(LOOK, {"text": SAID})
    assert AUTO in found.content.decode()
    assert "<html" not in found.content.decode()
    assert found["Cache-Control"] == "no-store"
    assert client.get(LOOK).status_code == 405
    assert "Rien qui ressemble" in client.post(LOOK, {"text": "Une piscine à Montsec."}).content.decode()
    assert client.post("/concertations/nulle-part/ressemble", {"text": SAID}).status_code == 404


def test_one_can_support_it_instead_once(other, client):
    html = client.post(LOOK, {"text": SAID}).content.decode()
    assert f'action="/paroles/{other.code}/soutenir"' in html
    client.post(f"/paroles/{other.code}/soutenir", {"vers": "oui", "retour": SAY, "key": "s"})
    assert Support.objects.filter(record=other).count() == 1
    again = client.post(LOOK, {"text": SAID}).content.decode()
    assert "Vous la soutenez" in again
    assert "/soutenir" not in again


def test_the_confirmation_says_who_said_almost_the_same(other, client, read):
    receipt = client.post(SAY, {"key": "k", "text": f"{SAID} Vraiment."}).url
    words = read(receipt)
    assert "D’autres ont dit presque la même chose" in words
    assert AUTO in words
    alone = client.post(SAY, {"key": "k2", "text": "Une piscine à Montsec, ouverte toute l’année."}).url
    assert "presque la même chose" not in read(alone)


def test_words_of_others_are_never_markup(territory, client):
    territory.say(f"<script>alert(1)</script> {SAID}")
    html = client.post(LOOK, {"text": SAID}).content.decode()
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html


def test_it_can_be_switched_off_everywhere(other, client, settings):
    settings.SIMILAR_IDEAS = False
    page = client.get(SAY).content.decode()
    assert "ressemble" not in page
    assert "presque la même chose" not in plain(client.get(client.post(SAY, {"key": "k", "text": SAID}).url))


def test_who_asks_too_often_waits(other, client, monkeypatch):
    monkeypatch.setattr("democratic.web.ideas.similar.LIKENESSES", Limit("likenesses-of-network", 1, 600))
    assert client.post(LOOK, {"text": SAID}).status_code == 200
    assert client.post(LOOK, {"text": SAID}).status_code == 429


def test_the_method_is_explained(territory, read):
    assert "À partir de 75 sur 100" in read("/methodes")
