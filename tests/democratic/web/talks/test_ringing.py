"""« Me prévenir sur cet appareil »: asked at the end of one's own conversation, and ended as easily."""

import json

import pytest

from chatting import open_channel, open_flow
from democratic.messaging.correspondents import heard_from, stop
from democratic.messaging.models import Correspondent
from democratic.people.models import Consent
from democratic.thread.models import Follow
from subscribed import Browser
from talking import HERE, answer, lina_answers, text

pytestmark = pytest.mark.django_db
WAY = "/r/LYC-BRO"


@pytest.fixture(autouse=True)
def opened(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    for kind in ("widget", "push"):
        open_channel(territory.authority, kind)
    open_flow(territory)


@pytest.fixture
def page(client):
    return lina_answers(client, WAY)


def rings(client, page, browser=None, **more):
    said = {"subscription": (browser or Browser("https://push.example/1")).subscription, **more}
    return client.post(f"{page}/avis", said, **HERE)


def browsers():
    return Correspondent.objects.filter(kind="push", gone_at=None)


def test_the_end_of_the_page_offers_it_with_the_key_of_this_installation(client, page):
    html = client.get(page).content.decode()
    assert "data-ring " in html
    assert 'data-worker="/avis.js"' in html
    assert "Notification.requestPermission" not in html  # no script in a page


def test_a_browser_rings_for_her_who_agreed_in_the_words_of_the_button(client, page):
    browser = Browser("https://push.example/1")
    rings(client, page, browser)
    rings(client, page, browser)
    also = browsers().get()
    her = Correspondent.objects.get(kind="widget")
    assert (also.person, also.is_told) == (her.person, True)
    assert json.loads(also.address)["endpoint"] == "https://push.example/1"
    consent = Consent.objects.get(address_print=also.address_print)
    assert consent.wording == "Me prévenir sur cet appareil de ce que devient ma réponse"
    assert Follow.objects.filter(person=her.person).exists()
    assert "Un appareil vous prévient." in text(client.get(page))


def test_none_rings_any_more_once_she_says_so(client, page):
    rings(client, page)
    assert "Plus aucun appareil ne vous prévient." in text(
        client.post(f"{page}/avis", {"stop": "1"}, follow=True, **HERE)
    )
    assert not browsers().exists()


def test_stop_said_in_the_conversation_silences_the_browser_too(client, page, territory):
    rings(client, page)
    stop(Correspondent.objects.get(kind="widget"), now=territory.clock.now())
    assert not browsers().exists()


def test_nothing_leads_to_who_is_under_fifteen(client):
    begun = answer(client, WAY, choice="evening:car").url
    for said in ({"text": "Vaubrun"}, {"choice": "age:under_15"}, {"text": "non"}):
        answer(client, begun, **said)
    assert "data-ring " not in client.get(begun).content.decode()
    rings(client, begun)
    assert not browsers().exists()


def test_before_the_end_and_where_the_channel_is_shut_nothing_rings(client, territory):
    begun = answer(client, WAY, choice="evening:car").url
    rings(client, begun)
    assert not browsers().exists()
    territory.authority.channels.filter(kind="push").update(is_open=False)
    rings(client, lina_answers(client, WAY))
    assert not browsers().exists()


@pytest.mark.parametrize(
    "written",
    ["", "null", "[]", "{}", '{"endpoint": "x"}', '{"endpoint": "https://x.example", "keys": 3}',
     json.dumps({"endpoint": "https://x.example/" + "a" * 1000, "keys": {"auth": "a", "p256dh": "b"}})],
)  # fmt: skip
def test_what_no_browser_says_is_refused_in_a_sentence(client, page, written):
    told = client.post(f"{page}/avis", {"subscription": written}, follow=True, **HERE)
    assert "Ce navigateur n’a pas dit où le prévenir" in text(told)
    assert not browsers().exists()


def test_a_browser_that_changed_hands_rings_for_who_asked_last(client, page, territory):
    browser = Browser("https://push.example/shared")
    rings(client, page, browser)
    other = lina_answers(client, WAY)
    rings(client, other, browser)
    assert browsers().count() == 1
    assert browsers().get().person != Correspondent.objects.filter(kind="widget").order_by("pk")[0].person


def test_five_browsers_are_enough(client, page):
    for number in range(6):
        told = rings(client, page, Browser(f"https://push.example/{number}"))
    assert browsers().count() == 5
    assert "Cinq appareils" in text(client.get(told.url))


def test_who_holds_another_address_than_hers_rings_nothing(client, page):
    assert client.post(f"{WAY}/{'0' * 32}/avis", {"stop": "1"}, **HERE).status_code == 404


def test_a_widget_that_is_heard_again_keeps_its_browser(client, page, territory):
    rings(client, page)
    her = Correspondent.objects.get(kind="widget")
    heard_from(
        authority=territory.authority,
        kind="widget",
        address=her.address,
        language="fr",
        now=territory.clock.now(),
    )
    assert browsers().count() == 1


def test_the_service_worker_says_whose_it_is_and_keeps_nothing(client, territory):
    script = client.get("/avis.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert f'"name": "{territory.authority.name}"' in script.content.decode()
    assert "caches" not in script.content.decode()
