"""An agent gives a list, looks at what it holds, writes to it, and follows what leaves."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.messaging.correspondents import print_of_address
from democratic.messaging.models import Correspondent, MessageTemplate
from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.lists.steering import end_wave
from democratic.participation.conversations.models import FlowCode
from democratic.people.models import StoppedAddress
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import staff_account
from listing import NOON, NUMBERS, TEXT, at, begun, campaign_to_write, listed

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}


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
    return _words(html[html.index("<main") : html.index("</main>")])


def whole(page):
    """With what is said of the last act, above the page."""
    return _words(page.content.decode())


def _words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").replace("&nbsp;", " ").split())


def path(campaign, page=""):
    return f"/bureau/concertations/bouger/campagnes/{campaign.pk}/listes" + (f"/{page}" if page else "")


def terms(**changes):
    today = local_day(DATABASE_CLOCK.now(), "Europe/Paris")
    told = {
        "name": "Pass’Jeunes", "kind": "sms", "language": "fr", "source": "Inscriptions au Pass’Jeunes",
        "basis": "consent", "given_on": today - timedelta(days=9), "erase_on": today + timedelta(days=20),
        "addresses": NUMBERS, "key": uuid4().hex,
    }  # fmt: skip
    return told | changes


def test_a_list_is_looked_at_before_it_is_kept_and_kept_once(agent, territory):
    campaign = campaign_to_write(territory)
    StoppedAddress.objects.create(
        email_print=print_of_address("sms", "+33612345602"), stopped_at=territory.clock.now()
    )
    said = terms(addresses=f"{NUMBERS}02 41 00 00 00\n")
    looked = agent.post(path(campaign, "nouvelle"), said | {"part": "look"})
    page = text(looked)
    assert looked.status_code == 200
    for words in (
        "à qui écrire 2",
        "ne seront pas gardées 1",
        "Ligne 5, « 02 41 00 00 00 »",
        "téléphone fixe",
    ):
        assert words in page
    assert not AddressList.objects.exists()
    assert not Correspondent.objects.filter(kind="sms").exists()
    for _twice in range(2):
        kept = agent.post(path(campaign, "nouvelle"), said | {"part": "keep"})
        assert kept.status_code == 302
    page = text(agent.get(kept.url))
    assert "Inscriptions au Pass’Jeunes" in page
    assert "2 personnes gardées" in page or "personnes gardées 2" in page
    assert "12 34 56" not in page.replace("612345601", "12 34 56"), "no address is shown again"
    assert AddressList.objects.count() == 1


def test_a_sheet_of_windows_is_read_and_its_other_columns_are_not_kept(agent, territory):
    campaign = campaign_to_write(territory)
    sheet = SimpleUploadedFile("l.csv", "Prénom;Mobile\r\nZoé;0612345601\r\n".encode("cp1252"))
    looked = agent.post(path(campaign, "nouvelle"), terms(addresses="", sheet=sheet) | {"part": "look"})
    assert "à qui écrire 1" in text(looked)


def test_what_is_refused_stays_on_the_form_with_the_reason(agent, territory):
    campaign = campaign_to_write(territory)
    for changes in ({"source": ""}, {"basis": ""}, {"erase_on": "2099-01-01"}, {"addresses": ""}):
        for part in ("look", "keep"):
            refused = agent.post(path(campaign, "nouvelle"), terms(**changes) | {"part": part})
            assert refused.status_code == 400, (changes, part)
    assert not AddressList.objects.exists()


def test_the_message_is_looked_at_with_its_length_and_price_then_sent_once(agent, territory):
    kept = listed(territory)
    url = path(kept.campaign, f"{kept.pk}/ecrire")
    said = {
        "code": str(FlowCode.objects.get(code="LYC-00").pk),
        "text": TEXT,
        "fare": "0,045",
        "key": uuid4().hex,
    }
    looked = agent.post(url, said | {"part": "look"})
    page = text(looked)
    for words in (TEXT, "répondez LYC-00", "STOP", "1 SMS par personne", "0,14 €", "Accord du"):
        assert words in page, words
    assert not ListWave.objects.exists()
    for _twice in range(2):
        sent = agent.post(url, said | {"part": "send"})
        assert (sent.status_code, ListWave.objects.count()) == (302, 1)
    page = text(agent.get(sent.url))
    for words in ("En cours", "à écrire 3", "Mettre en pause"):
        assert words in page
    assert agent.post(url, said | {"part": "send", "key": uuid4().hex}).status_code == 409


def test_a_long_message_says_that_each_part_is_paid(agent, territory):
    kept = listed(territory)
    said = {"code": str(FlowCode.objects.get(code="LYC-00").pk), "text": "Bus du soir. " * 20, "part": "look"}
    page = text(agent.post(path(kept.campaign, f"{kept.pk}/ecrire"), said))
    assert "3 SMS par personne" in page
    assert "chaque partie se paie" in page


def test_it_is_held_taken_up_again_and_ended_from_its_page(agent, territory):
    kept = listed(territory)
    wave = begun(kept)
    url = path(kept.campaign, f"{kept.pk}/envois/{wave.pk}")
    for act, state in (("pause", "paused"), ("reprendre", "running"), ("", "running"), ("arreter", "ended")):
        assert agent.post(url, {"acte": act}).status_code == 302
        wave.refresh_from_db()
        assert wave.state == state
    agent.post(path(kept.campaign, f"{kept.pk}/effacer"))
    kept.refresh_from_db()
    assert kept.erased_at is not None


@pytest.mark.parametrize(
    ("act", "state", "lie", "said"),
    [
        ("pause", "done", "C’est en pause", "Terminé"),
        ("reprendre", "ended", "C’est reparti", "Arrêté"),
        ("arreter", "done", "C’est arrêté", "Terminé"),
    ],
)
def test_a_button_that_came_too_late_says_what_is_so(agent, territory, act, state, lie, said):
    kept = listed(territory)
    wave = begun(kept)
    ListWave.objects.update(state=state, over_at=NOON)
    page = whole(agent.post(path(kept.campaign, f"{kept.pk}/envois/{wave.pk}"), {"acte": act}, follow=True))
    assert lie not in page
    assert f"Rien n’a changé : l’état de cet envoi est « {said} »" in page
    wave.refresh_from_db()
    assert wave.state == state


def test_pressed_twice_is_said_once_more(agent, territory):
    kept = listed(territory)
    wave = begun(kept)
    for _twice in range(2):
        url = path(kept.campaign, f"{kept.pk}/envois/{wave.pk}")
        assert "C’est en pause" in whole(agent.post(url, {"acte": "pause"}, follow=True))


def test_what_is_for_good_is_asked_once_more_without_any_script(agent, territory):
    kept = listed(territory)
    wave = begun(kept)
    html = agent.get(path(kept.campaign, str(kept.pk))).content.decode()
    folded = re.findall(r"<details>.*?</details>", html, re.DOTALL)
    assert [html.count('value="arreter"'), sum('value="arreter"' in each for each in folded)] == [1, 1]
    end_wave(wave=wave, clock=at())
    html = agent.get(path(kept.campaign, str(kept.pk))).content.decode()
    folded = re.findall(r"<details>.*?</details>", html, re.DOTALL)
    assert [html.count(f'{kept.pk}/effacer"'), sum(f'{kept.pk}/effacer"' in each for each in folded)] == [
        1,
        1,
    ]


def test_the_campaign_shows_its_lists_and_what_left(agent, territory):
    kept = listed(territory)
    page = text(agent.get(path(kept.campaign).removesuffix("/listes")))
    assert "Pass’Jeunes" in page
    assert "SMS · 3 personnes" in page
    assert "0 message parti" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_campaign_s_page_asks_as_much_for_three_lists(agent, territory, count, django_assert_num_queries):
    campaign = campaign_to_write(territory)
    for rank in range(count):
        listed(territory, campaign=campaign, name=f"Liste {rank}")
    agent.get(path(campaign).removesuffix("/listes"))
    with django_assert_num_queries(15):
        agent.get(path(campaign).removesuffix("/listes"))


def test_of_another_campaign_or_nothing_there_is_no_page(agent, territory):
    kept = listed(territory)
    for page in (f"{uuid4()}", f"{uuid4()}/ecrire"):
        assert agent.get(path(kept.campaign, page)).status_code == 404
    assert agent.post(path(kept.campaign, f"{kept.pk}/envois/{uuid4()}")).status_code == 404
    assert agent.get("/bureau/canaux/whatsapp/modeles").status_code == 403


def test_an_administrator_notes_a_template_and_retires_it(administrator):
    url = "/bureau/canaux/whatsapp/modeles"
    said = {"name": "invitation", "language": "fr", "text": "Répondez {{1}}. Source : {{2}}. STOP pour arrêter.",
            "first": "code", "second": "source", "key": uuid4().hex}  # fmt: skip
    assert "Aucun encore" in text(administrator.get(url))
    assert administrator.post(url, said | {"text": "Répondez {{1}}", "key": uuid4().hex}).status_code == 400
    for _twice in range(2):
        assert administrator.post(url, said).status_code == 302
    page = text(administrator.get(url))
    assert "{{1}} : Le code auquel répondre" in page
    one = MessageTemplate.objects.get()
    assert administrator.post(f"{url}/{one.pk}/retirer").status_code == 302
    assert "retiré" in text(administrator.get(url))
    assert administrator.get("/bureau/canaux/sms/modeles").status_code == 404
    assert administrator.get("/bureau/canaux/rien/modeles").status_code == 404
