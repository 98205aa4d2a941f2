"""An agent and an élue carry an order to an engagement, through the desk's own forms."""

import re

import pytest

from courses import DECIDED, GROUPED, SIGNED
from democratic.kernel.clock import FixedClock
from democratic.participation.answers.models import Answer
from democratic.thread.models import Entry, Kind, Record, Visibility
from factories import clock_at

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def at_the_desk(territory, client, monkeypatch):
    def enter(account, on=None):
        """``on``: the day at the desk, when it is not the territory's."""
        moment = clock_at(on).moment if on else territory.clock.moment
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))
        client.force_login(account)
        return client

    return enter


def key_in(page) -> str:
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def send(client, path, **fields):
    """Fill the form that the page shows, and follow where it leads."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return client.post(path, {"key": key_in(page), **fields}, **HERE)


def order_fields(territory, **more):
    return {
        "title": "Se nourrir bien",
        "text": "Le conseil demande un plan pour les cantines.",
        "ordered_by": "Le conseil",
        "ordered_on": "2026-02-01",
        "decidable": "Les menus.",
        "not_decidable": "Le prix.",
        "level": "consult",
        "aimed_at": "Les élèves",
        "answer_due_on": "2026-06-01",
        "answerer": str(territory.official.pk),
        "service": str(territory.service.pk),
        "budget": "12000",
        **more,
    }


def test_an_order_is_published_in_two_screens(territory, at_the_desk):
    client = at_the_desk(territory.agent)
    saved = send(client, "/bureau/commandes/nouvelle", **order_fields(territory))
    assert saved.status_code == 302
    code = saved.url.rsplit("/", 1)[1]
    assert Record.objects.get(code=code).visibility == Visibility.DRAFT
    client.post(f"/bureau/commandes/{code}/publier", **HERE)
    assert Record.objects.get(code=code).visibility == Visibility.PUBLIC


def test_a_form_with_a_mistake_keeps_what_was_typed_and_says_what_is_wrong(territory, at_the_desk):
    client = at_the_desk(territory.agent)
    page = send(client, "/bureau/commandes/nouvelle", **order_fields(territory, answer_due_on="2025-01-01"))
    text = page.content.decode()
    assert page.status_code == 400
    assert "Le conseil demande un plan pour les cantines." in text
    assert "La réponse ne peut pas être due avant la commande." in text


def test_a_form_sent_twice_shows_its_first_result(territory, at_the_desk):
    client = at_the_desk(territory.agent)
    key = key_in(client.get("/bureau/commandes/nouvelle"))
    sent = [
        client.post("/bureau/commandes/nouvelle", {"key": key, **order_fields(territory)}, **HERE)
        for _ in range(2)
    ]
    assert sent[0].url == sent[1].url
    assert Record.objects.filter(kind=Kind.MANDATE).count() == 2  # the territory's, and one more


def test_words_are_grouped_answered_signed_decided_and_kept(territory, at_the_desk):
    said = [territory.say(f"Un bus plus tard, phrase {n}").idea.record for n in range(3)]
    client = at_the_desk(territory.agent, GROUPED)
    base = f"/bureau/concertations/{territory.process.slug}"
    send(client, f"{base}/sujets/nouveau", title="Rentrer le soir")
    theme = Record.objects.get(kind=Kind.THEME)
    assert b"phrase 1" in client.get(f"{base}/sujets").content
    client.post(f"{base}/sujets", {"theme": theme.code, "code": [r.code for r in said]}, **HERE)
    assert Record.objects.filter(theme=theme).count() == 3
    drafted = send(
        client,
        f"/bureau/repondre/{theme.code}",
        verdict="part",
        reason="Oui le week-end.",
        signer=str(territory.official.pk),
    )
    assert client.post(f"{drafted.url}/signer", **HERE).status_code == 403
    client = at_the_desk(territory.elected, SIGNED)
    assert "Je signe et je publie" in client.get(drafted.url).content.decode()
    client.post(f"{drafted.url}/signer", **HERE)
    answer = Answer.objects.get()
    assert (answer.signed_name, answer.record.visibility) == ("Odile Vasseur-Thiry", Visibility.PUBLIC)
    client = at_the_desk(territory.agent, DECIDED)
    decided = send(
        client,
        f"{base}/decisions/nouvelle",
        title="Une ligne de nuit",
        decided_on="2026-07-03",
        reference="2026-118",
        body="Assemblée",
        answers=[answer.record.code],
        votes_for="31",
    )
    promised = send(
        client,
        decided.url,
        title="Le bus N1",
        service=str(territory.service.pk),
        due_on="2026-08-28",
        cost="146000",
    )
    assert client.get(promised.url).status_code == 200
    moved = send(client, f"{promised.url}/etat", to="doing", note="Le marché est signé.")
    assert moved.status_code == 302
    code = promised.url.rsplit("/", 1)[1]
    send(client, f"/bureau/preuves/{code}/ajouter", title="Le bus", url="https://exemple.fr/n1")
    send(client, f"/bureau/echeances/{code}/commitment", new_on="2026-09-04", reason="Un conducteur manque.")
    send(client, f"/bureau/retirer/{code}", reason="Le marché est annulé.")
    assert set(Entry.objects.filter(record__code=code).values_list("kind", flat=True)) == {
        "commitment_made", "obligation_opened", "commitment_moved", "obligation_postponed", "authority_withdrew",
    }  # fmt: skip


@pytest.mark.parametrize(("who", "status"), [("agent", 200), ("elected", 200), ("citizen", 403), (None, 302)])
def test_only_staff_enter_the_desk(territory, client, who, status):
    if who:
        client.force_login(getattr(territory, who))
    assert client.get("/bureau").status_code == status


def test_a_form_from_another_site_is_refused(territory, client):
    client.force_login(territory.agent)
    path = f"/bureau/commandes/{territory.mandate.record.code}/publier"
    assert client.post(path, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post(path, HTTP_ORIGIN="https://ailleurs.example").status_code == 403
    assert client.post(path).status_code == 403


def test_what_was_told_once_is_refused_the_second_time_and_the_form_says_why(territory, at_the_desk):
    client = at_the_desk(territory.agent)
    page = f"/bureau/concertations/{territory.process.slug}/etapes/order/terminer"
    assert send(client, page, note="Voté.").status_code == 302
    again = send(client, page, note="Revoté.")
    assert again.status_code == 409
    assert "Cette étape est déjà terminée, depuis le 01/03/2026." in again.content.decode()
    assert "Revoté." in again.content.decode()
