"""Several authorities on one installation: each at its host, or under a path of a host that they share."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from democratic.messaging.links import confirm_url, stop_url
from democratic.people.actions import leave_address, welcome_guest
from democratic.thread.actions import follow, open_authority
from democratic.thread.addresses import public_address
from democratic.thread.models import Authority
from factories import PASSWORD, build_territory

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SHARED = "participer.example"


@pytest.fixture
def under_path(territory):
    """Two authorities that share a host; the territory keeps the hosts that nobody named."""
    made = {}
    for slug in ("vaubrun", "montsec"):
        made[slug] = build_territory(slug=slug, host=f"{slug}.example")
        Authority.objects.filter(slug=slug).update(host=SHARED, is_under_path=True, name=slug.title())
        made[slug].authority.refresh_from_db()
    return made


def page(client, path, host, status=200):
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode() if status == 200 else answer


def test_each_host_shows_its_own_authority(territory, client):
    other = build_territory(slug="voisin", host="voisin.example")
    Authority.objects.filter(pk=other.authority.pk).update(name="Le Voisin")
    assert "Le Voisin" in page(client, "/", "voisin.example:8000")
    assert "Val-d’Orbe" in page(client, "/", "VAL.example")
    page(client, f"/commandes/{other.mandate.record.code}", "voisin.example")
    page(client, f"/commandes/{other.mandate.record.code}", "val.example", 404)


def test_two_authorities_share_a_host_under_their_paths(under_path, client):
    for slug, made in under_path.items():
        html = page(client, f"/c/{slug}/", SHARED)
        assert slug.title() in html
        page(client, f"/c/{slug}/commandes/{made.mandate.record.code}", SHARED)
    page(client, f"/c/vaubrun/commandes/{under_path['montsec'].mandate.record.code}", SHARED, 404)


def test_every_link_of_a_page_keeps_its_path(under_path, client):
    for path in (
        "/c/vaubrun/",
        "/c/vaubrun/concertations/bouger",
        "/c/vaubrun/journal",
        "/c/vaubrun/connexion",
    ):
        html = page(client, path, SHARED)
        hrefs = {part.split('"')[0] for part in html.split(' href="')[1:]}
        ours = {href for href in hrefs if href.startswith("/") and not href.startswith("/static/")}
        assert ours
        assert {href for href in ours if not href.startswith("/c/vaubrun")} == set(), path


def test_in_english_too(under_path, client):
    html = page(client, "/c/vaubrun/en/participer", SHARED)
    assert 'href="/c/vaubrun/participer"' in html
    assert 'href="/c/vaubrun/en/agenda"' in html
    moved = page(client, "/c/vaubrun/en", SHARED, 302)
    assert moved["Location"] == "/c/vaubrun/en/"


def test_a_form_sent_under_a_path_comes_back_under_it(under_path, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", under_path["vaubrun"].clock)
    client = Client(headers={"host": SHARED})
    said = client.post(
        "/c/vaubrun/concertations/bouger/dire", {"text": "Un bus le samedi.", "age_band": "26_64"}, **HERE
    )
    assert said.status_code == 302
    assert said["Location"].startswith("/c/vaubrun/")
    assert "Un bus le samedi." in client.get(said["Location"]).content.decode()


def test_the_host_that_is_shared_leads_to_each(under_path, client):
    territory_is_elsewhere = Authority.objects.filter(host="", is_under_path=False)
    territory_is_elsewhere.update(host="val.example")
    html = page(client, "/", SHARED)
    for slug in under_path:
        assert f'href="http://{SHARED}:8000/c/{slug}/"' in html
    lost = client.get("/commandes", headers={"host": SHARED})
    assert (lost.status_code, "Choisissez votre collectivité" in lost.content.decode()) == (404, True)


def test_where_nothing_is_open_it_says_so(db, client):
    assert client.get("/", headers={"host": "x.example"}).status_code == 503


def test_no_two_authorities_answer_at_one_host(territory):
    open_authority(slug="voisin", name="Voisin", kind_label="la Ville", host="voisin.example")
    for host in ("", "voisin.example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            open_authority(slug=f"autre{host[:2]}", name="Autre", kind_label="la Ville", host=host)


def test_mails_lead_to_the_authority_that_writes(under_path, settings):
    settings.PUBLIC_URL = "https://democratic.example"
    address = leave_address(
        person=welcome_guest(), email="lina@example.org", purpose="notices", wording="…", language="en",
        clock=under_path["vaubrun"].clock,
    )  # fmt: skip
    for slug, made in under_path.items():
        start = f"https://{SHARED}/c/{slug}/en/"
        assert public_address(made.authority) == f"https://{SHARED}/c/{slug}"
        assert stop_url(address, made.authority).startswith(f"{start}desabonnement/")
        assert confirm_url(address, made.authority).startswith(f"{start}confirmer/")


def test_a_code_by_mail_leads_back_where_it_was_asked(under_path, mailoutbox):
    client = Client(headers={"host": SHARED})
    client.post("/c/montsec/compte/mot-de-passe/oublie", {"email": "agent@montsec.example"}, **HERE)
    assert mailoutbox
    assert f"{SHARED}:8000/c/montsec/compte/mot-de-passe/cle/" in mailoutbox[0].body
    assert mail.outbox == mailoutbox


def test_a_page_without_english_has_no_english(territory, client):
    Authority.objects.update(languages="fr")
    html = client.get("/participer").content.decode()
    assert ("hreflang" in html, "English" in html) == (False, False)
    assert client.get("/en/participer?q=a")["Location"] == "/participer"
    assert "hreflang" not in client.get("/sitemap.xml").content.decode()


def test_hours_are_those_of_the_authority(territory, client):
    said = territory.say("Une phrase.").idea.record
    Authority.objects.update(time_zone="Pacific/Auckland")  # at 10 in the morning there, it is another day
    type(said).objects.filter(pk=said.pk).update(happened_at=datetime(2026, 3, 1, 23, tzinfo=UTC))
    assert "2 mars" in client.get(f"/idees/{said.code}").content.decode().replace("\u00a0", " ")
    assert timezone.get_current_timezone_name() == "Europe/Paris"  # nothing is left behind


@pytest.fixture
def two_follows(territory):
    other = build_territory(slug="voisin", host="voisin.example")
    Authority.objects.filter(pk=other.authority.pk).update(name="Le Voisin")
    gabriel = territory.citizen
    for each in (territory, other):
        follow(record=each.process.record, person=gabriel.person)
        each.say("Même phrase.", author=gabriel.person)
    return territory, other


@pytest.fixture
def gabriel(two_follows):
    client = Client()
    client.login(username=two_follows[0].citizen.email, password=PASSWORD)
    client.force_login(two_follows[0].citizen)
    return client


def test_one_account_follows_across_authorities(gabriel, two_follows):
    for host, away in (
        ("", "http://voisin.example:8000/concertations-par-code/"),
        ("voisin.example", "http://127.0.0.1:8000/concertations-par-code/"),
    ):
        html = page(gabriel, "/suivis", host or "testserver")
        assert html.count("Bouger à 15-25 ans") >= 2
        assert away in html
    assert "Le Voisin" in page(gabriel, "/suivis", "testserver")


def test_a_follow_elsewhere_is_set_from_here(gabriel, two_follows):
    _here, other = two_follows
    answer = gabriel.post("/suivis", {"code": other.process.record.code, "volume": "stop"}, **HERE)
    assert answer.status_code == 302
    assert "http://voisin.example" not in page(gabriel, "/suivis", "testserver")


def test_what_one_said_elsewhere_says_where(gabriel, two_follows):
    html = page(gabriel, "/compte", "testserver")
    assert "Le Voisin" in html
    assert 'href="http://voisin.example:8000/idees/' in html
