from datetime import date

import pytest

from conversations import plain
from democratic.kernel.limits import Limit
from democratic.messaging.models import OutgoingMessage
from democratic.participation.ideas.models import Idea
from democratic.people.models import Consent, ContactAddress, Person
from democratic.thread.models import Follow, Kind, Record

SAY = "/concertations/bouger/dire"
LINA = {
    "key": "k1",
    "age_band": "15_17",
    "text": "Le dernier bus part à 18 h 50.\r\nAprès, c’est ma mère ou rien.",
    "place": "Vaubrun",
    "byline": "Lina, 17 ans",
}


def said():
    return Record.objects.get(kind="idea")


def test_a_sentence_is_enough_and_its_author_gets_a_code_and_a_key(territory, client):
    response = client.post(SAY, {"key": "k1", "text": "Un bus de nuit."}, follow=True)
    record = said()
    assert response.redirect_chain[0][0].startswith(f"/recu/{record.code}/")
    words = plain(response)
    assert record.code in words
    assert "Votre clé, montrée une seule fois" in words
    assert (record.byline, record.origin, record.wording.language) == ("", "web", "fr")


def test_words_place_and_name_are_kept_as_they_were_given(territory, client):
    client.post(SAY, LINA)
    record = said()
    assert record.wording.text == "Le dernier bus part à 18 h 50.\nAprès, c’est ma mère ou rien."
    assert (record.byline, record.place) == ("Lina, 17 ans", "Vaubrun")
    assert Idea.objects.get().age_band == "15_17"


def test_words_said_on_an_english_page_are_english(territory, client):
    client.post(f"/en{SAY}", {"key": "k", "text": "A night bus"})
    assert said().wording.language == "en"


@pytest.mark.parametrize("age_band", ["", "unsaid", "under_15"])
def test_before_15_or_unsaid_nothing_is_kept_but_the_words(territory, client, age_band):
    data = {**LINA, "age_band": age_band, "email": "lina@exemple.fr"}
    response = client.post(SAY, data, follow=True)
    assert (said().byline, said().place) == ("", "")
    assert not ContactAddress.objects.exists()
    assert not Follow.objects.exists()
    assert Person.objects.exclude(name="").filter(account=None).count() == 0
    assert "Vos mots sont publiés seuls : ni nom, ni lieu, ni adresse" in plain(response)
    assert 'name="email"' not in response.content.decode()


def test_an_address_waits_unconfirmed_with_the_words_agreed_to_and_one_message(territory, client):
    client.post(SAY, {**LINA, "email": "Lina@Exemple.fr"})
    address = ContactAddress.objects.get()
    assert (address.email, address.confirmed_at) == ("lina@exemple.fr", None)
    wording = Consent.objects.get().wording
    assert "vous acceptez que Val-d’Orbe vous écrive à propos de cette parole" in wording
    assert wording in plain(client.get(SAY))
    assert Follow.objects.get().record == said()
    assert OutgoingMessage.objects.get().purpose == "confirm"


def test_a_form_sent_twice_shows_its_first_receipt(territory, client):
    first, second = client.post(SAY, LINA), client.post(SAY, LINA)
    assert first.url == second.url
    assert Record.objects.filter(kind="idea").count() == 1


def test_the_key_of_a_form_does_not_serve_for_other_words(territory, client):
    client.post(SAY, LINA)
    response = client.post(SAY, {**LINA, "text": "Autre chose"})
    assert response.status_code == 422
    assert "Autre chose" in response.content.decode()
    assert Record.objects.filter(kind="idea").count() == 1


@pytest.mark.parametrize(
    ("change", "status", "message"),
    [
        ({"text": ""}, 400, "Écrivez ce que vous voulez dire : une phrase suffit."),
        ({"text": " \n\t "}, 400, "Écrivez ce que vous voulez dire : une phrase suffit."),
        ({"text": "\u202e\u200f"}, 400, "Écrivez ce que vous voulez dire : une phrase suffit."),
        ({"text": "a" * 10_001}, 400, "Ce texte a 10001 signes ; il en faut 10 000 au plus."),
        ({"place": "x" * 81}, 400, "Il faut 80 signes au plus."),
        ({"byline": "x" * 61}, 400, "Il faut 60 signes au plus."),
        ({"age_band": "<script>"}, 400, "Choisissez un âge dans la liste."),
        ({"email": "lina@"}, 400, "Cette adresse n’est pas complète."),
        ({"email": "x" * 300}, 400, "Il faut 254 signes au plus."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_everything_typed_is_kept(
    territory, client, change, status, message
):
    data = {**LINA, **change}
    response = client.post(SAY, data)
    assert response.status_code == status
    words, html = plain(response), response.content.decode()
    assert message in words
    assert "point à corriger" in words
    if "text" not in change:
        assert "Le dernier bus part" in words
    assert 'value="Vaubrun"' in html or "place" in change
    assert 'value="Lina, 17 ans"' in html or "byline" in change
    assert not Record.objects.filter(kind="idea").exists()
    assert not Person.objects.filter(account=None).exists()


def test_signs_that_no_database_takes_and_no_page_should_show_are_left_out(territory, client):
    data = {
        **LINA,
        "text": "Un \x00bus\u202e de nuit\x07",
        "byline": "Li\x00na\u202d",
        "place": "Vau\x00brun",
    }
    assert client.post(SAY, data).status_code == 302
    record = said()
    assert (record.wording.text, record.byline, record.place) == ("Un bus de nuit", "Lina", "Vaubrun")


def test_a_body_that_is_not_utf_8_is_refused_in_words(territory, client):
    response = client.generic(
        "POST", SAY, "text=Une%20id%E9e", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 400
    assert "Ses accents ne sont pas lisibles." in plain(response)
    assert not Record.objects.filter(kind="idea").exists()


def test_ten_megabytes_are_refused_in_words(territory, client):
    response = client.post(SAY, {**LINA, "text": "é" * 5_000_000})
    assert response.status_code == 413
    assert "Il en faut 10 000 signes au plus." in plain(response)


def test_a_closed_stage_says_when_it_was_open_and_gives_the_words_back(territory, client, on):
    on(date(2026, 6, 1))
    assert "L’écoute était ouverte du 2 février 2026 au 29 mars 2026 compris." in plain(client.get(SAY))
    response = client.post(SAY, LINA)
    assert response.status_code == 409
    words = plain(response)
    assert "Ce que vous aviez écrit n’a pas été envoyé." in words
    assert "Le dernier bus part à 18 h 50." in words
    assert not Record.objects.filter(kind="idea").exists()


def test_a_stage_that_is_not_open_yet_says_when(territory, client, on):
    on(date(2026, 1, 20))
    response = client.get(SAY)
    assert response.status_code == 200
    assert "L’écoute ouvre le 2 février 2026" in plain(response)


def test_the_age_is_asked_before_any_free_text_and_not_saying_is_the_default(territory, client):
    html = client.get(SAY).content.decode()
    assert html.index('name="age_band"') < html.index('name="text"')
    assert '<option value="unsaid" selected>Je préfère ne pas dire</option>' in html


def test_an_account_is_named_as_it_is_and_asked_for_no_address(territory, browser):
    html = browser(territory.citizen).get(SAY).content.decode()
    assert 'value="Gabriel"' in html
    assert 'name="email"' not in html


def test_what_an_account_says_is_hers(territory, browser):
    browser(territory.citizen).post(SAY, {"key": "k", "text": "Un bus", "byline": "Gabriel"})
    assert said().author == territory.citizen.person
    assert said().byline == "Gabriel"


def test_a_guest_speaks_twice_as_the_same_person(territory, client):
    client.post(SAY, LINA)
    client.post(SAY, {**LINA, "key": "k2", "text": "Autre chose"})
    assert Record.objects.filter(kind="idea").values("author").distinct().count() == 1


def test_places_already_said_are_proposed(territory, client):
    territory.say("Un", place="Vaubrun")
    territory.say("Deux", place='"><script>alert(1)</script>')
    html = client.get(SAY).content.decode()
    assert '<option value="Vaubrun">' in html
    assert "<script>alert" not in html


def test_another_site_cannot_send_the_form(territory, client):
    response = client.post(SAY, LINA, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


def test_too_many_forms_from_one_person_are_refused_with_their_words(territory, browser, monkeypatch):
    monkeypatch.setattr("democratic.web.acts.WRITES_OF_A_PERSON", Limit("once", 1, 600))
    client = browser(territory.citizen)
    client.post(SAY, LINA)
    response = client.post(SAY, {**LINA, "key": "k2", "text": "Encore"})
    assert response.status_code == 429
    assert "Trop d’essais en peu de temps." in plain(response)
    assert "Encore" in response.content.decode()


def test_an_address_is_not_flooded_with_messages(territory, browser):
    data = {**LINA, "email": "lina@exemple.fr"}
    for n in range(3):
        assert browser().post(SAY, {**data, "key": f"k{n}"}).status_code == 302
    refused = browser().post(SAY, {**data, "key": "k9"})
    assert refused.status_code == 429
    assert Record.objects.filter(kind="idea").count() == 3


def test_a_form_sent_again_to_another_page_is_refused_and_nothing_is_said_there(territory, client):
    said = {"key": "a" * 32, "age_band": "26_64", "text": "Un bus de nuit."}
    client.post("/concertations/bouger/dire", said)
    answer = client.post("/en/concertations/bouger/dire", said)
    assert answer.status_code == 422
    assert Record.objects.filter(kind=Kind.IDEA).count() == 1
