from datetime import date

import pytest

from conversations import plain
from democratic.messaging.models import OutgoingMessage
from democratic.people.actions import claim_person, welcome_guest
from democratic.people.models import ContactAddress
from democratic.thread.actions import Words, post_comment, support
from democratic.thread.models import Follow, Support


@pytest.fixture
def idea(territory):
    return territory.say("Un bus de nuit").idea.record


@pytest.fixture
def supporting(idea):
    return f"/paroles/{idea.code}/soutenir"


@pytest.fixture
def following(idea):
    return f"/suivre/{idea.code}"


def test_a_guest_supports_and_takes_it_back(client, idea, supporting):
    response = client.post(supporting, {"vers": "oui"}, follow=True)
    assert response.redirect_chain == [(f"/idees/{idea.code}#soutenir", 302)]
    assert "Vous soutenez 1" in plain(response)
    assert "Soutenir 0" in plain(client.post(supporting, {"vers": "non"}, follow=True))


def test_two_taps_are_one_support_and_not_none(client, supporting):
    for _ in range(2):
        client.post(supporting, {"vers": "oui"})
    assert Support.objects.count() == 1
    for _ in range(2):
        client.post(supporting, {"vers": "non"})
    assert Support.objects.count() == 0


def test_one_person_is_one_voice_under_all_her_identities(territory, browser, idea, supporting):
    guest = welcome_guest()
    support(record=idea, person=guest)
    claim_person(guest=guest, by=territory.citizen.person)
    client = browser(territory.citizen)
    client.post(supporting, {"vers": "oui"})
    assert Support.objects.count() == 1
    client.post(supporting, {"vers": "non"})
    assert Support.objects.count() == 0


def test_a_comment_can_be_supported(territory, client, idea):
    comment = post_comment(
        subject=idea, author=welcome_guest(), words=Words(text="Oui"), clock=territory.clock
    )
    response = client.post(f"/paroles/{comment.record.code}/soutenir")
    assert response.url == f"/commentaires/{comment.record.code}"
    assert Support.objects.get().record == comment.record


def test_a_closed_stage_refuses_and_leads_back(client, idea, supporting, on):
    on(date(2026, 9, 1))
    response = client.post(supporting)
    assert response.status_code == 409
    assert "Cette étape est close." in plain(response)
    assert f'href="/idees/{idea.code}#soutenir"' in response.content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_one_is_never_led_to_another_site(client, idea, supporting, back):
    assert client.post(supporting, {"retour": back}).url == f"/idees/{idea.code}#soutenir"


def test_one_is_led_back_to_the_page_of_ours_where_the_button_was(client, supporting):
    assert client.post(supporting, {"retour": "/fil/K7P-4RM"}).url == "/fil/K7P-4RM"


def test_what_cannot_be_supported_is_not_there(territory, client):
    assert client.post(f"/paroles/{territory.process.record.code}/soutenir").status_code == 404
    assert client.post("/paroles/K7P-4RM/soutenir").status_code == 404


def test_nothing_changes_by_a_link(client, supporting):
    assert client.get(supporting).status_code == 405


def test_an_account_follows_at_once_at_the_volume_that_it_chose(territory, browser, following):
    client = browser(territory.citizen)
    response = client.post(following, {"volume": "all"}, follow=True)
    assert "C’est suivi." in plain(response)
    assert (Follow.objects.get().person, Follow.objects.get().volume) == (territory.citizen.person, "all")
    client.post(following, {"volume": "assourdissant"})
    assert Follow.objects.get().volume == "key"
    assert "Vous ne suivez plus cette parole." in plain(client.post(following, {"vers": "non"}, follow=True))
    assert not Follow.objects.exists()


def test_without_an_account_one_is_proposed_an_address_or_the_code_alone(client, idea, following):
    response = client.post(following)
    assert response.status_code == 200
    words = plain(response)
    assert f"le code {idea.code} suffit" in words
    assert "Un point à corriger" not in words
    assert not Follow.objects.exists()
    assert plain(client.get(following)) == words


def test_an_address_is_kept_unconfirmed_and_one_message_asks(client, idea, following):
    data = {"is_15": "on", "email": "lina@exemple.fr", "volume": "needed", "key": "k"}
    response = client.post(following, data, follow=True)
    assert "Un message part à cette adresse" in plain(response)
    assert "Suivie. Ne plus suivre" in plain(response)
    assert ContactAddress.objects.get().confirmed_at is None
    assert Follow.objects.get().volume == "needed"
    assert OutgoingMessage.objects.count() == 1
    client.post(following, data)
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"email": "lina@exemple.fr"}, "Avant 15 ans, nous ne gardons pas d’adresse."),
        ({"is_15": "on", "email": ""}, "Donnez une adresse, ou gardez seulement le code."),
        ({"is_15": "on", "email": "lina@"}, "Cette adresse n’est pas complète."),
        ({"is_15": "on", "email": "x" * 300}, "Il faut 254 signes au plus."),
        ({"is_15": "on", "email": "a@b.fr", "volume": "fort"}, "Choisissez dans la liste."),
        ({"is_15": "on", "email": '"><script>alert(1)</script>@b.fr'}, "Cette adresse n’est pas complète."),
        ({"is_15": "on", "email": "a\r\nBcc: b@c.fr@d.fr"}, "Cette adresse n’est pas complète."),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, following, data, message):
    response = client.post(following, data)
    assert response.status_code == 400
    assert message in plain(response)
    assert "<script>alert" not in response.content.decode()
    assert not ContactAddress.objects.exists()


def test_a_guest_who_left_an_address_follows_the_next_at_once(territory, client, following):
    client.post(following, {"is_15": "on", "email": "lina@exemple.fr"})
    other = territory.say("Autre chose").idea.record
    assert "C’est suivi." in plain(client.post(f"/suivre/{other.code}", follow=True))
    assert Follow.objects.count() == 2


def test_what_is_not_there_cannot_be_followed(territory, client):
    assert client.post("/suivre/K7P-4RM").status_code == 404
