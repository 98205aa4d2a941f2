import re
from uuid import uuid4

import pytest
from django.test import Client

from chatting import Chatter, open_channel, open_flow
from democratic.messaging.models import ChannelUse
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import staff_account

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}
FLOWS = "/bureau/concertations/bouger/conversations"


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Ada")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client(headers=HERE)
    client.force_login(account)
    return client


def text(page):
    html = page.content.decode()
    html = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(html.replace("\u00a0", " ").replace("&nbsp;", " ").split())


def new_flow(agent, name="Bouger le soir"):
    url = agent.post(f"{FLOWS}/nouvelle", {"name": name, "key": uuid4().hex}).url
    return url, Flow.objects.get(name=name)


def send(agent, url, **said):
    return agent.post(url, {"key": uuid4().hex, **said})


def test_an_agent_writes_tries_and_publishes_a_conversation(agent, territory):
    url, flow = new_flow(agent)
    page = text(agent.get(url))
    assert "Un choix, d’un geste" in page
    assert "brouillon" in page.lower()
    change = f"{url}/etapes/first"
    send(agent, change, text_fr="Comment rentrez-vous ?", text_en="How do you get home?",
         options="En bus | By bus\nEn voiture | By car", edition=flow.edition)  # fmt: skip
    assert "Comment rentrez-vous ?" in text(agent.get(url))
    tried = agent.post(f"{url}/essai", {"text": "2"})
    assert "Quel âge avez-vous ?" in text(tried)
    assert "1. En bus 2. En voiture" in text(tried)
    agent.post(f"{url}/publier")
    flow.refresh_from_db()
    assert flow.is_open
    assert flow.revisions.get().content["steps"][0]["text"]["en"] == "How do you get home?"


def test_what_must_be_mended_is_named_under_its_step_and_nothing_is_published(agent):
    url, flow = new_flow(agent)
    agent.post(f"{url}/etapes/age/retirer")
    page = text(agent.get(url))
    assert "L’âge vient avant tout mot" in page
    assert "à corriger avant de publier" in page
    refused = agent.post(f"{url}/publier", follow=True)
    assert "Il reste à corriger" in refused.content.decode()
    flow.refresh_from_db()
    assert not flow.is_open


def test_steps_are_added_moved_and_taken_away(agent):
    url, flow = new_flow(agent)
    agent.post(f"{url}/etapes", {"kind": "number"})
    agent.post(f"{url}/etapes/age/deplacer", {"vers": "bas"})
    agent.post(f"{url}/etapes/in_body/retirer")
    flow.refresh_from_db()
    assert [step["key"] for step in flow.draft["steps"]] == ["first", "idea", "age", "news", "number1"]


def test_two_agents_on_one_draft_are_told(agent):
    url, flow = new_flow(agent)
    said = {"text_fr": "Un", "text_en": "One", "options": "A | A\nB | B", "edition": flow.edition}
    assert send(agent, f"{url}/etapes/first", **said).status_code == 302
    late = send(agent, f"{url}/etapes/first", **said | {"text_fr": "Deux"})
    assert late.status_code == 409
    assert "pendant que vous écriviez" in late.content.decode()
    assert "Deux" in late.content.decode()


def test_an_option_keeps_its_key_and_its_way_when_others_change(agent):
    url, flow = new_flow(agent)
    said = {"text_fr": "Un", "text_en": "One", "options": "Bus | Bus\nVélo | Bike", "edition": 1}
    send(agent, f"{url}/etapes/first", **said)
    send(agent, f"{url}/etapes/first", **said | {"edition": 2, "goes_bus": "idea"})
    send(
        agent,
        f"{url}/etapes/first",
        **said | {"options": "Train | Train\nBus | Coach", "edition": 3, "goes_bus": "idea"},
    )
    flow.refresh_from_db()
    assert [(each["key"], each.get("goes")) for each in flow.draft["steps"][0]["options"]] == [
        ("train", None), ("bus", "idea"),
    ]  # fmt: skip


@pytest.mark.parametrize("options", ["Un seul | One", "", "\n".join(f"N{n} | N{n}" for n in range(11))])
def test_options_that_are_too_few_or_too_many_are_refused_and_kept_on_the_page(agent, options):
    url, _flow = new_flow(agent)
    refused = send(agent, f"{url}/etapes/first", text_fr="Un", text_en="One", options=options, edition=1)
    assert refused.status_code == 400


def test_codes_are_given_once_each_and_say_how_it_goes(agent, territory):
    open_channel(territory.authority)
    flow = open_flow(territory)
    url = f"{FLOWS}/{flow.pk}"
    said = {"code": "gar nor", "where": "place", "label": "Gare, quai 2", "cost": "120,50"}
    assert send(agent, f"{url}/codes", **said).status_code == 302
    assert FlowCode.objects.get(code="GAR-NOR").cost == 12050
    assert send(agent, f"{url}/codes", **said).status_code == 409
    for who, words in (
        ("lina", ["GAR-NOR", "1", "Vaubrun", "15-17 ans", "Un bus", "oui"]),
        ("noa", ["GAR-NOR", "2"]),
    ):
        chatter = Chatter(territory, address=who)
        for each in words:
            chatter.says(each)
    page = text(agent.get(f"{url}/chiffres"))
    assert "Gare, quai 2" in page
    assert "120,50 €" in page
    assert "Vaubrun" in page


def test_who_was_in_no_body_is_told_of_those_who_said_so(agent, territory):
    open_channel(territory.authority)
    steps = [
        {"kind": "choice", "key": "q", "text": {"fr": "?", "en": "?"}, "options": [
            {"key": "a", "label": {"fr": "Pomme", "en": "A"}}, {"key": "b", "label": {"fr": "Poire", "en": "B"}}]},
        {"kind": "in_body", "key": "body", "text": {"fr": "Membre ?", "en": "Member?"}},
    ]  # fmt: skip
    flow = open_flow(territory, steps)
    for who, said in (
        ("a", "non"),
        ("b", "non"),
        ("c", "oui, j’en suis membre"),
        ("d", "je ne dis pas"),
        ("e", ""),
    ):
        chatter = Chatter(territory, address=who).says("LYC-BRO").says("1")
        if said:
            chatter.says(said)
    page = text(agent.get(f"{FLOWS}/{flow.pk}/chiffres"))
    assert "67 % des 3 personnes qui l’ont dit ; 2 ne l’ont pas dit" in page


def test_a_channel_opens_with_its_decision_alone(administrator, territory):
    listed = text(administrator.get("/bureau/canaux"))
    assert "simulé, non éprouvé" in listed
    said = {
        "decision": "",
        "decided_by": "",
        "decided_on": "",
        "quiet_until": 10,
        "quiet_from": 20,
        "weekly_cap": 2,
        "is_open": "on",
    }
    refused = send(administrator, "/bureau/canaux/sms", **said)
    assert refused.status_code == 400
    assert "Écrivez d’abord la décision" in refused.content.decode()
    assert not ChannelUse.objects.filter(is_open=True).exists()
    opened = said | {"decision": "Pesé.", "decided_by": "La déléguée", "decided_on": "2026-02-03"}
    assert send(administrator, "/bureau/canaux/sms", **opened).status_code == 302
    assert ChannelUse.objects.get(kind="sms").is_open


@pytest.mark.parametrize("path", ["/bureau/canaux", "/bureau/canaux/sms"])
def test_channels_are_the_administrators_own(agent, path):
    assert agent.get(path).status_code == 403


def test_an_unknown_channel_or_flow_is_not_found(administrator, agent):
    assert administrator.get("/bureau/canaux/pigeon").status_code == 404
    assert agent.get(f"{FLOWS}/{uuid4()}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_for_three(
    agent, territory, count, django_assert_num_queries
):
    for n in range(count):
        Flow.objects.create(process=territory.process, name=f"Flow {n}", draft={})
    agent.get(FLOWS)
    with django_assert_num_queries(9):
        agent.get(FLOWS)


def test_one_that_came_from_another_installation_says_so_until_it_is_published_here(
    agent, administrator, territory
):
    flow = open_flow(territory)
    Flow.objects.update(is_open=False, came_at=territory.clock.now())
    url = f"{FLOWS}/{flow.pk}"
    said = "Elle vient d’une autre installation, avec ses codes et ses chiffres"
    assert said in text(agent.get(url))
    assert 'href="/bureau/canaux">Voir les canaux' not in agent.get(url).content.decode()
    assert 'href="/bureau/canaux">Voir les canaux' in administrator.get(url).content.decode()
    assert "It comes from another installation" in text(agent.get(f"/en{url}"))
    agent.post(f"{url}/publier")
    flow.refresh_from_db()
    assert (flow.is_open, flow.came_at) == (True, None)
    assert said not in text(agent.get(url))
