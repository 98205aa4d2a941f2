"""The link of a relay: no account, nothing private, and dead when it should be."""

from datetime import UTC, datetime

import pytest
from django.core import signing

from chatting import Chatter
from conversations import plain
from democratic.kernel.limits import Limit
from democratic.participation.conversations.editing import shut_flow
from democratic.participation.conversations.models import FlowCode, FlowRun
from democratic.participation.conversations.relaying import (
    LEAST_TOLD,
    Over,
    code_relayed,
    relay_token,
    relay_url,
    retire_code,
)
from democratic.thread.models import Record, Visibility
from factories import FixedClock


@pytest.fixture
def link(code, territory):
    return relay_url(code, territory.authority, "fr").removeprefix("http://127.0.0.1:8000")


def test_a_relay_reads_the_kit_without_an_account_and_no_robot_lists_it(client, link):
    page = client.get(link)
    said = plain(page)
    assert "Merci de faire passer la question" in said
    assert "Pour sortir le soir" in said
    assert not page.cookies
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Cache-Control"] == "no-store"
    piece = client.get(f"{link}/affiche-a4.pdf")
    assert piece.content.startswith(b"%PDF")
    assert piece.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"{link}/kit.zip").headers["Content-Type"] == "application/zip"


def test_the_label_of_the_desk_is_not_told_to_who_holds_the_link(client, link, code):
    FlowCode.objects.filter(pk=code.pk).update(label="Mme Tissot, qui râle")
    assert "Tissot" not in client.get(link).content.decode()


@pytest.mark.parametrize(("came", "told"), [(0, False), (LEAST_TOLD - 1, False), (LEAST_TOLD, True)])
def test_a_relay_is_thanked_by_a_number_that_points_at_nobody(client, link, territory, code, came, told):
    for n in range(came):
        Chatter(territory, address=f"{n:032x}").says(f"START {code.code}")
    assert FlowRun.objects.filter(code=code).count() == came
    said = plain(client.get(link))
    assert (f"{LEAST_TOLD} personnes sont venues par vous. Merci." in said) is told
    assert ("Dès que cinq personnes seront venues" in said) is not told


def test_retiring_the_code_takes_the_link_back_for_good(client, link, code, territory):
    retire_code(code=code, clock=territory.clock)
    gone = client.get(link)
    assert gone.status_code == 410
    assert "Ce code n’est plus utilisé" in plain(gone)
    for path in ("affiche-a4.pdf", "kit.zip"):
        assert client.get(f"{link}/{path}").status_code == 404


def test_the_link_dies_with_the_process(code, territory):
    token = relay_token(code)
    last = territory.process.stages.order_by("-closes_at").first().closes_at
    assert code_relayed(territory.authority, token, datetime(2026, 3, 1, tzinfo=UTC)) == code
    assert code_relayed(territory.authority, token, last) == Over.FINISHED


def test_after_the_last_day_its_page_says_thank_you(client, link, territory, monkeypatch):
    last = territory.process.stages.order_by("-closes_at").first().closes_at
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(last))
    gone = client.get(link)
    assert gone.status_code == 410
    assert "Merci de l’avoir relayée" in plain(gone)


def test_once_the_flow_is_shut_the_relay_is_thanked_and_has_no_kit(client, link, flow):
    shut_flow(flow=flow)
    said = plain(client.get(link))
    assert "La conversation est close" in said
    assert "Affiche A4" not in said
    assert client.get(f"{link}/story.png").status_code == 404


def test_the_link_is_the_same_each_time_it_is_shown(code, link, territory):
    assert relay_url(code, territory.authority, "fr").endswith(link)


def test_a_forged_link_or_one_of_a_draft_opens_nothing(client, link, territory):
    for path in ("/relais/x", link[:-1], f"{link}x", "/relais/x/kit.zip", "/relais/x/affiche-a4.pdf"):
        assert client.get(path).status_code == 404
    Record.objects.filter(pk=territory.process.pk).update(visibility=Visibility.DRAFT)
    assert client.get(link).status_code == 404


def test_a_link_signed_for_another_purpose_opens_nothing(client, code):
    assert (
        client.get(f"/relais/{signing.Signer(salt='democratic.stop', sep='.').sign(code.pk.hex)}").status_code
        == 404
    )


def test_what_makes_pictures_is_counted_by_network(client, link, monkeypatch):
    monkeypatch.setattr("democratic.web.relays.public.KITS_OF_A_NETWORK", Limit("kits-tried", 1, 600))
    assert client.get(f"{link}/kit.zip").status_code == 200
    assert client.get(f"{link}/kit.zip").status_code == 429


def test_the_shared_link_shows_its_picture_to_networks(client, flow):
    page = client.get("/r/LYC-BRO").content.decode()
    assert '<meta property="og:image" content="http://127.0.0.1:8000/r/LYC-BRO/apercu.png">' in page
    assert '<meta property="og:url" content="http://127.0.0.1:8000/r/LYC-BRO">' in page
    picture = client.get("/r/LYC-BRO/apercu.png")
    assert picture.headers["Content-Type"] == "image/png"
    english = client.get("/en/r/LYC-BRO").content.decode()
    assert 'content="http://127.0.0.1:8000/en/r/LYC-BRO/apercu.png"' in english


@pytest.mark.parametrize("path", ["/r/ABC-DEF/apercu.png", "/r/ABC-DEF/suites", "/r/ABC-DEF/suites.atom"])
def test_an_unknown_code_has_nothing_beside_it(client, flow, path):
    assert client.get(path).status_code == 404


def test_the_link_asks_a_fixed_number_of_questions(client, link, flow, django_assert_num_queries):
    client.get(link)
    with django_assert_num_queries(11):
        client.get(link)
