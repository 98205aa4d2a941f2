"""A first word that waits: its author knows, a moderator reads it, and nobody else does."""

import pytest
from django.test import Client

from democratic.participation.ideas.holding import hold_first_words
from democratic.participation.processes.models import Process, Stage
from democratic.thread.models import Entry, Record, Visibility

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def holding(bench):
    Stage.objects.filter(process=bench.territory.process).update(closes_at="2100-01-01T00:00Z")
    hold_first_words(process=bench.territory.process, is_on=True, clock=bench.territory.clock)
    bench.territory.process.refresh_from_db()
    return bench


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_it_waits_on_the_receipt_on_the_code_and_on_the_fil_and_is_shown_nowhere(holding):
    me = Client()
    assert "est relue avant de paraître" in me.get("/concertations/bouger/dire").text
    sent = me.post(
        "/concertations/bouger/dire",
        {"text": "Un bus à minuit.", "age_band": "26_64", "key": "a" * 32},
        **HERE,
    )

    receipt = me.get(sent.url).text

    said = Record.objects.get(kind="idea")
    assert "En attente de relecture" in receipt
    for path in (f"/idees/{said.code}", f"/fil/{said.code}"):
        page = Client().get(path)
        assert page.status_code == 200
        assert "attend d’être relue" in page.text
        assert "pourrez les contester pendant six mois" in page.text
        assert "minuit" not in page.text
    for path in (
        "/concertations/bouger/idees",
        "/recherche?q=minuit",
        "/journal",
        f"/journal/preuve/{said.code}",
    ):
        assert "Un bus à" not in Client().get(path).text
    assert not Entry.objects.filter(record=said).exists()


def test_a_moderator_publishes_it_as_it_is_and_a_second_tap_is_told(holding):
    said = holding.territory.say("Un bus à minuit.").idea.record
    client = client_of(holding.first)
    assert "Un bus à minuit." in client.get("/bureau/moderation?quoi=relecture").text

    for told in ("tel que c’était écrit", "quelqu’un a décidé avant vous"):
        page = client.post(f"/bureau/moderation/{said.code}/publier", follow=True, **HERE)
        assert told in page.text

    assert "Un bus à minuit." in Client().get(f"/idees/{said.code}").text


def test_a_refusal_leaves_its_reasons_where_its_author_looks(holding):
    said = holding.territory.say("Achetez mes vélos.").idea.record
    answer = {"outcome": "refused", "rule": "off_topic", "facts": "C’est une publicité.", "key": "b" * 32}

    sent = client_of(holding.first).post(f"/bureau/moderation/{said.code}", answer, **HERE)

    ruling = Client().get(sent.url).text
    assert "C’est une publicité." in ruling
    assert "La contester" in ruling
    gone = Client().get(f"/fil/{said.code}")
    assert gone.status_code == 410
    assert f"/moderation/{said.code}" in gone.text


def test_an_agent_chooses_it_for_her_consultation_and_everyone_is_told(bench):
    client = client_of(bench.territory.agent)

    sent = client.post(
        "/bureau/concertations/bouger/premieres-paroles", {"is_on": "on", "key": "c" * 32}, **HERE
    )

    assert sent.status_code == 302
    assert Process.objects.get().holds_first_words
    assert Entry.objects.get(kind="first_words_held").data == {"is_on": True}
    assert "Elles sont relues avant de paraître." in client.get("/bureau/concertations/bouger").text


def test_the_neighbour_of_a_held_word_does_not_read_it(holding):
    said = holding.territory.say("Un bus à minuit.").idea.record

    assert client_of(holding.territory.citizen).get(f"/bureau/moderation/{said.code}").status_code == 403
    assert Record.objects.get(pk=said.pk).visibility == Visibility.HELD
