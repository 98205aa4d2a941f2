"""« Nous écrire », and a conversation read by its code and its key, or by the browser that wrote."""

import re

import pytest

from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.models import Agreement, Conversation, InboxMessage
from democratic.participation.inbox.publishing import ask_agreement
from democratic.people.models import ContactAddress

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
Kind = InboxMessage.Kind


@pytest.fixture
def wrote(territory, client):
    def post(**more):
        said = {"age_band": "26_64", "text": "Un banc à l’étang ?", "key": "k1", **more}
        return client.post("/nous-ecrire", said, **HERE)

    return post


def key_in(page):
    return re.search(r'id="secret">([A-Z0-9-]+)<', page.content.decode())[1]


def test_a_message_is_sent_without_an_account_and_a_double_tap_sends_one(territory, client, wrote):
    first, second = wrote(), wrote()
    assert (first.status_code, first.url) == (302, second.url)
    assert Conversation.objects.count() == 1
    page = client.get(first.url)
    conversation = Conversation.objects.get()
    assert conversation.code in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert len(key_in(page)) == 17


@pytest.mark.parametrize("band", ["under_15", "unsaid"])
def test_before_fifteen_no_address_is_kept_and_the_form_says_so(wrote, band):
    page = wrote(age_band=band, email="lina@mail.example")
    assert page.status_code == 400
    assert "nous ne gardons pas d’adresse" in page.content.decode()
    assert not Conversation.objects.exists()
    assert wrote(age_band=band).status_code == 302
    assert Conversation.objects.get().address == ""
    assert not ContactAddress.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("text", " "), ("text", "x" * 10_001), ("email", "pas une adresse")]
)
def test_a_message_that_can_t_be_sent_is_given_back_with_its_words(wrote, field, value):
    page = wrote(subject="Mon objet", **{field: value})
    assert (page.status_code, "Mon objet" in page.content.decode()) == (400, True)


def test_the_answer_is_read_from_elsewhere_with_the_code_and_the_key_alone(territory, client, wrote):
    secret = key_in(client.get(wrote().url))
    conversation = Conversation.objects.get()
    write_back(
        conversation=conversation, kind=Kind.ANSWER, text="Posé en avril.", seen=None,
        by=territory.agent.person, clock=territory.clock,
    )  # fmt: skip
    write_back(
        conversation=conversation, kind=Kind.NOTE, text="À surveiller.", seen=None,
        by=territory.agent.person, clock=territory.clock,
    )  # fmt: skip
    path = f"/nous-ecrire/{conversation.code}"
    assert "Posé en avril." in client.get(path).content.decode()
    client.cookies.clear()
    assert "Posé en avril." not in client.get(path).content.decode()
    assert client.post(path, {"secret": "3333344444666667"}, **HERE).status_code == 400
    page = client.post(path, {"secret": secret.lower().replace("-", " ")}, **HERE).content.decode()
    assert ("Posé en avril." in page, "À surveiller." in page, territory.agent.person.name in page) == (
        True, False, False,
    )  # fmt: skip
    said = {"secret": secret, "acte": "repondre", "text": "Merci.", "key": "r1"}
    for _tap in range(2):
        assert "Merci." in client.post(path, said, **HERE).content.decode()
    assert conversation.messages.filter(kind=Kind.RECEIVED).count() == 2


def test_an_unknown_code_and_another_s_look_alike(client, wrote):
    wrote()
    client.cookies.clear()
    pages = [
        client.get(f"/nous-ecrire/{code}").content.decode().replace(code, "…")
        for code in (Conversation.objects.get().code, "K7P-4RM")
    ]
    assert pages[0] == pages[1]


def test_her_yes_is_hers_alone_to_give(territory, client, wrote):
    wrote()
    conversation = Conversation.objects.get()
    path = f"/nous-ecrire/{conversation.code}"
    client.post(path, {"acte": "oui"}, **HERE)
    assert Conversation.objects.get().agreement == Agreement.NONE  # nobody asked
    ask_agreement(
        conversation=conversation, process=territory.process, by=territory.agent.person, clock=territory.clock
    )
    assert "Oui, publiez" in client.get(path).content.decode()
    client.post(path, {"acte": "oui"}, **HERE)
    assert Conversation.objects.get().agreement == Agreement.GIVEN


def test_the_code_leads_from_a_page_of_its_own(territory, client):
    assert client.get("/nous-ecrire/reponse?code=k7p4rm").url == "/nous-ecrire/K7P-4RM"
    assert client.get("/nous-ecrire/reponse?code=oups").status_code == 404
    assert client.get("/nous-ecrire/reponse").status_code == 200
