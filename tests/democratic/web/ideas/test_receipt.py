from datetime import timedelta

import pytest

from conversations import plain
from democratic.kernel.clock import FixedClock
from democratic.participation.processes.models import Process
from democratic.thread.actions import withdraw_own
from democratic.thread.models import ClaimSecret, Record
from democratic.web.ideas.receipts import LIFE_SECONDS, open_receipt, seal_receipt
from factories import NOW

SAY = "/concertations/bouger/dire"


@pytest.fixture
def receipt(territory, client):
    response = client.post(
        SAY, {"key": "k", "age_band": "18_25", "text": "Un bus de nuit.", "byline": "Lina, 17 ans"}
    )
    return response.url


def shift(monkeypatch, **late):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(NOW + timedelta(**late)))


def test_the_confirmation_says_what_comes_next_when_and_by_whom(receipt, read):
    words = read(receipt)
    assert "Merci Lina. On vous doit une réponse." in words
    assert "Reçu le dimanche 1er mars 2026 à 11 h" in words
    assert "Réponse due avant le 12 juin 2026" in words
    assert "Par Odile Vasseur-Thiry" in words
    assert "Dès le 29 mars Elle est rapprochée des autres" in words
    assert "« Un bus de nuit. »" in words


def test_a_youth_campaign_says_tu(territory, receipt, read):
    Process.objects.update(uses_tu=True)
    words = read(receipt)
    assert "Merci Lina. On te doit une réponse." in words
    assert "Garde ce code" in words
    assert "Ta phrase est publiée" in words
    assert "Odile Vasseur-Thiry te répond, avec une raison." in words


def test_the_code_is_drawn_as_one_path_that_leads_to_the_short_address(receipt, client):
    html = client.get(receipt).content.decode()
    code = Record.objects.get(kind="idea").code
    assert f"127.0.0.1:8000/{code}" in html
    assert '<path d="M0 0h7' in html
    assert "style=" not in html


def test_the_key_is_shown_for_a_quarter_of_an_hour_and_never_after(receipt, read, monkeypatch):
    assert "montrée une seule fois" in read(receipt)
    shift(monkeypatch, seconds=LIFE_SECONDS)
    assert "montrée une seule fois" in read(receipt)
    shift(monkeypatch, seconds=LIFE_SECONDS + 1)
    words = read(receipt)
    assert "montrée une seule fois" not in words
    assert "La clé n’est plus montrée ici" in words
    assert Record.objects.get(kind="idea").code in words


def test_the_key_shown_is_the_one_that_was_hashed(territory, receipt, client):
    code, token = receipt.split("/")[2:]
    opened = open_receipt(code, token, now=NOW)
    client.post("/retrouver/cle", {"secret": opened.secret, "acte": "confirmer", "key": "x"})
    assert ClaimSecret.objects.get().used_at is not None


def test_a_receipt_is_kept_by_no_cache(receipt, client):
    assert client.get(receipt)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("change", [lambda t: t[:-3] + "AAA", lambda t: "A" * len(t), lambda t: t[::-1]])
def test_a_forged_token_opens_nothing(receipt, client, change):
    folder, code, token = receipt.rsplit("/", 2)
    assert client.get(f"{folder}/{code}/{change(token)}").status_code == 404


def test_a_token_opens_only_the_receipt_of_its_own_code(territory, receipt, client):
    other = territory.say("Autre chose").idea.record
    token = receipt.rsplit("/", 1)[1]
    assert client.get(f"/recu/{other.code}/{token}").status_code == 404


def test_what_was_withdrawn_has_no_receipt_any_more(territory, receipt, client):
    withdraw_own(record=Record.objects.get(kind="idea"), clock=territory.clock)
    assert client.get(receipt).status_code == 410


def test_a_token_does_not_show_what_it_seals():
    token = seal_receipt("K7P-4RM", "7QK3M-AAAAA-BBBBB", now=NOW)
    assert "7QK3M" not in token
    assert open_receipt("K7P-4RM", token, now=NOW).secret == "7QK3M-AAAAA-BBBBB"
    assert open_receipt("K7P-4RM", "é" * 80, now=NOW) is None


def test_another_installation_cannot_open_it(settings):
    token = seal_receipt("K7P-4RM", "7QK3M", now=NOW)
    settings.SECRET_KEY = "another"
    assert open_receipt("K7P-4RM", token, now=NOW) is None


def test_an_address_can_be_left_from_the_confirmation(receipt, client):
    code = Record.objects.get(kind="idea").code
    response = client.post(
        f"/suivre/{code}", {"is_15": "on", "email": "lina@exemple.fr", "retour": f"/fil/{code}"}
    )
    assert response.url == f"/fil/{code}"
    assert "Un message vous attend à l’adresse laissée" in plain(client.get(receipt))
