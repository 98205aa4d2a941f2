"""The inbox at the desk: the queues, one conversation, two agents at once, a call, a letter that becomes public."""

import pytest

from democratic.messaging.models import OutgoingMessage
from democratic.participation.inbox.models import Channel, Conversation, InboxMessage, InboxTag, ReplyTemplate
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.replies import keep_template
from democratic.thread.models import Kind, Record
from factories import build_territory

HERE = {"headers": {"sec-fetch-site": "same-origin"}}


@pytest.fixture
def receive(territory):
    def say(text="Un banc à l’étang ?", channel=Channel.WEB, **sender):
        received = receive_message(
            authority=territory.authority, channel=channel, text=text, sender=Sender(**sender), clock=territory.clock
        )  # fmt: skip
        return received.conversation

    return say


@pytest.fixture
def agent(territory, client):
    client.force_login(territory.agent)
    return client


def text_of(page):
    return " ".join(page.content.decode().replace("\u00a0", " ").replace("&#x27;", "'").split())


def test_an_empty_inbox_says_what_arrives_there(agent):
    page = text_of(agent.get("/bureau/boite"))
    assert ("Rien à trier" in page, "Noter un appel" in page) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("/bureau/boite", 12), ("/bureau/boite/{code}", 10)])
def test_the_inbox_asks_a_fixed_number_of_questions(
    agent, receive, page, queries, count, django_assert_max_num_queries
):
    for n in range(count):
        conversation = receive(f"Message {n}")
        agent.post(
            f"/bureau/boite/{conversation.code}/classer",
            {"acte": "classer", "tags": f"mot {n}, deux"},
            **HERE,
        )
    path = page.format(code=conversation.code)
    agent.get(path)
    with django_assert_max_num_queries(queries):
        assert "Message" in text_of(agent.get(path))


def test_a_french_letter_says_its_language_on_an_english_page(agent, receive):
    code = receive("Un banc.").code
    agent.post(f"/bureau/boite/{code}", {"acte": "noter", "text": "À voir avec Karim."}, **HERE)
    page = agent.get(f"/en/bureau/boite/{code}").content.decode()
    assert '<p lang="fr">Un banc.</p>' in page
    assert "<p>À voir avec Karim.</p>" in page  # between agents: nobody knows in which language


def test_what_is_ticked_is_taken_tagged_grouped_and_closed_together(territory, agent, receive):
    said = territory.say("Un banc.").idea.record
    ids = [str(receive(f"Message {n}").pk) for n in range(3)]
    for act, more in (
        ("prendre", {}), ("classer", {"tags": "Mobilier"}), ("grouper", {"code": said.code.lower()}), ("clore", {}),
    ):  # fmt: skip
        page = agent.post(
            "/bureau/boite", {"acte": act, "conversation": ids[:2], **more}, follow=True, **HERE
        )
        assert "2 échanges" in text_of(page), act
    touched = Conversation.objects.filter(state="closed", about=said, assignee=territory.agent.person)
    assert touched.filter(tags__name="Mobilier").count() == 2


@pytest.mark.parametrize("posted", [
    {}, {"acte": "clore"}, {"acte": "oups", "conversation": "x"}, {"acte": "grouper", "code": "zz", "conversation": "ID"},
    {"acte": "confier", "service": "pas-un-service", "conversation": "ID"},
    {"acte": "classer", "tags": " ,", "conversation": "ID"},
])  # fmt: skip
def test_what_can_t_be_done_is_said_and_changes_nothing(agent, receive, posted):
    conversation = receive()
    said = {name: str(conversation.pk) if value == "ID" else value for name, value in posted.items()}
    page = agent.post("/bureau/boite", said, follow=True, **HERE)
    assert page.status_code == 200
    assert Conversation.objects.get().state == "new"
    assert not Conversation.objects.get().tags.exists()


def test_the_second_of_two_agents_is_told_who_answered_and_keeps_her_text(agent, receive):
    conversation = receive(address="a@mail.example")
    path = f"/bureau/boite/{conversation.code}"
    first = {"acte": "repondre", "text": "Posé en avril.", "vu": "", "key": "one"}
    second = {"acte": "repondre", "text": "Mon texte à moi.", "vu": "", "key": "two"}
    assert agent.post(path, first, **HERE).status_code == 302
    page = agent.post(path, second, **HERE)
    assert page.status_code == 409
    told = text_of(page)
    assert ("Nathalie a répondu à l’instant" in told, "Mon texte à moi." in told) == (True, True)
    assert OutgoingMessage.objects.count() == 1
    assert agent.post(path, first, **HERE).status_code == 302  # the same tap again
    assert OutgoingMessage.objects.count() == 1


def test_why_nothing_left_is_on_the_conversation(agent, receive):
    conversation = receive(address="a@mail.example")
    path = f"/bureau/boite/{conversation.code}"
    agent.post(path, {"acte": "repondre", "text": "Oui.", "vu": "", "key": "one"}, **HERE)
    assert "En attente" in text_of(agent.get(path))
    OutgoingMessage.objects.update(state="failed", reason="SMTPRecipientsRefused: no such mailbox")
    assert "no such mailbox" in text_of(agent.get(path))


def test_who_phoned_is_given_a_code_and_a_key_while_she_is_there(agent):
    said = {
        "subject": "Un banc",
        "text": "Elle voudrait un banc.",
        "name": "Mme Tissot",
        "phone": "",
        "key": "c",
    }
    page = agent.post("/bureau/boite/appel", said, follow=True, **HERE)
    conversation = Conversation.objects.get()
    assert f"Dites-lui son code, {conversation.code}" in text_of(page)
    assert InboxMessage.objects.get().author.name == "Nathalie"
    path = f"/bureau/boite/{conversation.code}"
    told = agent.post(path, {"acte": "repondre", "text": "Oui.", "vu": "", "key": "r"}, follow=True, **HERE)
    assert "rappelez la personne" in text_of(told)


def test_a_letter_becomes_public_after_her_yes_and_not_before(territory, agent, receive):
    conversation = receive(channel=Channel.PHONE)
    path = f"/bureau/boite/{conversation.code}/parole"
    assert "Demander son accord" in text_of(agent.get(path))
    words = {"process": str(territory.process.pk), "title": "", "text": "Un banc à l’étang.", "key": "p"}
    agent.post(path, words, **HERE)
    assert not Record.objects.filter(kind=Kind.IDEA).exists()
    agent.post(path, {"concertation": str(territory.process.pk)}, **HERE)
    assert Conversation.objects.get().agreement == "asked"
    agent.post(path, {"acte": "oui"}, **HERE)
    assert "Publier sa parole" in text_of(agent.get(path))


def test_a_neighbour_s_agent_and_a_citizen_read_none_of_it(territory, client, receive):
    conversation = receive()
    other = build_territory(slug="voisin", host="voisin.example")
    for account, status in ((other.agent, 403), (territory.citizen, 403), (territory.elected, 403)):
        client.force_login(account)
        for path in ("/bureau/boite", f"/bureau/boite/{conversation.code}"):
            assert client.get(path).status_code == status


def test_the_first_page_of_the_desk_shows_the_oldest_messages_one_step_from_their_answer(agent, receive):
    conversation = receive(name="Mme Tissot")
    page = text_of(agent.get("/bureau"))
    assert f'href="/bureau/boite/{conversation.code}"' in page
    assert "Mme Tissot" in page


# --- tags, templates, opened again


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["/bureau/boite/mots-cles", "/bureau/boite/reponses-types"])
def test_the_lists_of_tags_and_templates_ask_a_fixed_number_of_questions(
    territory, agent, receive, page, count, django_assert_max_num_queries
):
    for n in range(count):
        agent.post(
            f"/bureau/boite/{receive().code}/classer", {"acte": "classer", "tags": f"Élément {n}"}, **HERE
        )
        keep_template(authority=territory.authority, name=f"Élément {n}", texts={"fr": "Merci."})
    agent.get(page)
    with django_assert_max_num_queries(8):
        assert text_of(agent.get(page)).count("<h3><a") == count


@pytest.mark.parametrize(
    ("page", "what"), [("mots-cles", "Aucun mot-clé"), ("reponses-types", "Aucune réponse type")]
)
def test_an_empty_list_says_what_comes_there(agent, page, what):
    assert what in text_of(agent.get(f"/bureau/boite/{page}"))


def test_a_tag_is_renamed_merged_retired_and_brought_back_from_its_list(territory, agent, receive):
    conversation = receive()
    agent.post(
        f"/bureau/boite/{conversation.code}/classer", {"acte": "classer", "tags": "banc, Mobilié"}, **HERE
    )
    base = {
        tag.name: f"/bureau/boite/mots-cles/{tag.pk}" for tag in InboxTag.objects.filter(authority=territory.authority)
    }  # fmt: skip
    agent.post(f"{base['Mobilié']}/renommer", {"name": "Mobilier", "key": "a"}, **HERE)
    clash = agent.post(f"{base['banc']}/renommer", {"name": "mobilier", "key": "b"}, **HERE)
    assert (clash.status_code, "fusionnez plutôt les deux" in text_of(clash)) == (409, True)
    into = str(InboxTag.objects.get(name="Mobilier").pk)
    agent.post(f"{base['banc']}/fusionner", {"into": into, "key": "c"}, **HERE)
    assert [tag.name for tag in conversation.tags.all()] == ["Mobilier"]
    assert "n’est plus proposé" in text_of(agent.post(f"{base['Mobilié']}/retirer", follow=True, **HERE))
    assert '<option value="Mobilier">' not in text_of(agent.get("/bureau/boite"))
    agent.post(f"{base['Mobilié']}/retirer", **HERE)
    assert InboxTag.objects.get().retired_at is None


def test_a_template_is_added_to_what_is_typed_and_nothing_leaves_before_it_is_read(territory, agent, receive):
    page = {"name": "Merci", "text_fr": "Merci de votre mot.", "text_en": "Thank you.", "key": "t"}
    assert agent.post("/bureau/boite/reponses-types/nouvelle", page, **HERE).status_code == 302
    conversation = receive(address="a@mail.example", language="en")
    path = f"/bureau/boite/{conversation.code}"
    begun = {
        "acte": "commencer", "modele": str(ReplyTemplate.objects.get().pk), "text": "Dear Ann,", "vu": "", "key": "x",
    }  # fmt: skip
    shown = agent.post(path, begun, **HERE)
    assert shown.status_code == 200
    assert "Dear Ann,\n\nThank you.</textarea>" in shown.content.decode()
    assert (InboxMessage.objects.count(), OutgoingMessage.objects.count()) == (1, 0)
    for unknown in ("", "oups", str(territory.authority.pk)):
        assert (
            "Dear Ann,</textarea>" in agent.post(path, begun | {"modele": unknown}, **HERE).content.decode()
        )


def test_a_template_is_changed_and_dropped_and_what_was_sent_stays(territory, agent):
    kept = keep_template(authority=territory.authority, name="Merci", texts={"fr": "Merci."})
    path = f"/bureau/boite/reponses-types/{kept.pk}"
    assert "Merci.</textarea>" in agent.get(path).content.decode()
    agent.post(path, {"name": "Merci à vous", "text_fr": "", "text_en": "Thanks.", "key": "a"}, **HERE)
    kept.refresh_from_db()
    assert (kept.name, kept.texts) == ("Merci à vous", {"en": "Thanks."})
    nothing = agent.post(path, {"name": "Vide", "text_fr": " ", "text_en": "", "key": "b"}, **HERE)
    assert (nothing.status_code, "dans une langue au moins" in text_of(nothing)) == (400, True)
    agent.post(f"{path}/supprimer", **HERE)
    assert not ReplyTemplate.objects.exists()


def test_a_closed_conversation_is_opened_again_with_a_reason_that_its_page_shows(agent, receive):
    conversation = receive()
    path = f"/bureau/boite/{conversation.code}"
    agent.post(f"{path}/classer", {"acte": "clore"}, **HERE)
    assert f"{path}/rouvrir" in text_of(agent.get(path))
    assert agent.post(f"{path}/rouvrir", {"reason": " ", "key": "a"}, **HERE).status_code == 400
    page = agent.post(f"{path}/rouvrir", {"reason": "Le banc manque.", "key": "b"}, follow=True, **HERE)
    told = text_of(page)
    assert ("L’échange est rouvert." in told, "Le banc manque." in told) == (True, True)
    assert Conversation.objects.get().state == "new"


def test_what_belongs_to_a_neighbour_is_not_there(territory, agent):
    other = build_territory(slug="voisin", host="voisin.example").authority
    tag = InboxTag.objects.create(authority=other, name="Mobilier")
    template = keep_template(authority=other, name="Merci", texts={"fr": "Merci."})
    for path in (
        f"mots-cles/{tag.pk}/renommer",
        f"mots-cles/{tag.pk}/fusionner",
        f"reponses-types/{template.pk}",
    ):
        assert agent.get(f"/bureau/boite/{path}").status_code == 404
    assert agent.post(f"/bureau/boite/mots-cles/{tag.pk}/retirer", **HERE).status_code == 404
    assert agent.post(f"/bureau/boite/reponses-types/{template.pk}/supprimer", **HERE).status_code == 404
