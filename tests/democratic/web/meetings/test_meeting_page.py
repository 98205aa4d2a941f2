"""The public page: what to know before, how to come; and a video that is asked nothing before one agreed."""

import hashlib
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core import signing
from django.test import Client

from democratic.communities.organisations.actions import open_organisation
from democratic.communities.organisations.models import Organisation
from democratic.participation.meetings.actions import (
    Brief,
    Convened,
    Means,
    Why,
    cancel_meeting,
    name_to_team,
    postpone_meeting,
    publish_briefing,
)
from democratic.participation.meetings.agenda.preparing import add_item
from democratic.participation.meetings.models import TeamRole, Video
from democratic.participation.meetings.running import close_meeting
from democratic.thread.actions import Words
from democratic.web.guests import COOKIE
from democratic.web.headers import CSP
from democratic.web.meetings.public import bigbluebutton, video
from democratic.web.meetings.public.framing import origin_of
from in_a_meeting import came, live
from meeting_people import STARTS, announced, drafted, moment

JITSI = Means(video=Video.JITSI, video_url="https://visio.example.org/Vaubrun", phone="01 23 45 67 89")
BBB = Means(video=Video.BIGBLUEBUTTON, video_url="https://bbb.example.org/bigbluebutton")
SOON = STARTS - timedelta(minutes=10)


def path_of(meeting, page=""):
    return f"/rencontres/{meeting.record.code}{page}"


def policy(response):
    return response.headers["Content-Security-Policy"]


def test_a_draft_is_not_there(territory, read):
    read(path_of(drafted(territory)), 404)


def test_who_agreed_is_named_once_it_is_over_and_takes_her_name_back_herself(territory, read):
    meeting = live(territory)
    hers = came(meeting, territory, name="Inès Haddad", is_listed=True)
    came(meeting, territory, name="Karim")
    assert "Inès Haddad" not in read(path_of(meeting))
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    page = read(path_of(meeting))
    assert "Inès Haddad" in page
    assert "Karim" not in page
    assert "/nom/retirer" not in page
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.cookies[COOKIE] = signing.dumps(str(hers.person.pk), salt="democratic.guest")
    assert f'action="{path_of(meeting, "/nom/retirer")}"' in client.get(path_of(meeting)).content.decode()
    assert client.post(path_of(meeting, "/nom/retirer")).url == path_of(meeting)
    assert "Inès Haddad" not in read(path_of(meeting))


def test_a_hostile_name_is_shown_as_it_was_typed_and_runs_nothing(territory, read):
    meeting = live(territory)
    hers = came(meeting, territory, name="<script>alert(1)</script>", is_listed=True)
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    assert "<script>alert" not in read(path_of(meeting))
    client = Client()
    client.cookies[COOKIE] = signing.dumps(str(hers.person.pk), salt="democratic.guest")
    assert "<script>alert" not in client.get(path_of(meeting)).content.decode()
    assert "&lt;script&gt;alert" in client.get(path_of(meeting)).content.decode()


def test_it_says_the_briefing_the_agenda_and_the_code(territory, read):
    meeting = announced(territory, means=JITSI)
    publish_briefing(
        meeting=meeting, brief=Brief("Le dernier bus.", "", "Le tracé.", "Le conseil."), clock=territory.clock
    )
    add_item(meeting=meeting, title="Les deux tracés", minutes=25)
    page = read(path_of(meeting))
    for said in (
        "En cinq minutes",
        "Le dernier bus.",
        "Les deux tracés",
        "25 minutes",
        "01 23 45 67 89",
        "Bouger à 15-25 ans",
    ):
        assert said in page
    assert "Ce qui a déjà été dit" not in page
    assert "Le lien s’ouvre ici une demi-heure avant." in page
    assert "visio.example.org/Vaubrun" not in page


@pytest.mark.parametrize("by_body", [True, False])
def test_held_by_a_body_or_alone_it_is_read_everywhere(territory, read, client, by_body):
    body = open_organisation(
        authority=territory.authority, sort=Organisation.Sort.BODY, words=Words(title="Forum des jeunes"),
        clock=territory.clock,
    ) if by_body else None  # fmt: skip
    soon = STARTS - timedelta(days=15)
    meeting = announced(territory, Convened(territory.authority, body=body), starts_at=soon)
    assert ("Forum des jeunes" in read(path_of(meeting))) is by_body
    code = meeting.record.code
    for path in (
        "/", "/agenda", "/agenda.ics", "/agenda.atom", f"/rencontres/{code}.ics", f"/fil/{code}", "/recherche?q=bus",
        "/sitemap.xml", "/journal", f"/en/rencontres/{code}", f"/live/rencontres/{code}",
    ):  # fmt: skip
        assert client.get(path).status_code in (200, 302), path
    client.force_login(territory.agent)
    for path in ("/bureau", "/bureau/rencontres", f"/bureau/rencontres/{code}"):
        assert "Quel bus le soir" in read(path), path


def test_called_off_it_says_why_and_takes_nobody_more(territory, read, client):
    meeting = announced(territory, means=Means(takes_registrations=True))
    cancel_meeting(
        meeting=meeting, why=Why("La salle est inondée.", "Service jeunesse"), clock=territory.clock
    )
    page = read(path_of(meeting))
    assert "La salle est inondée." in page
    assert "Annulée" in page
    assert "M’inscrire" not in page
    assert "Annulée" in read("/agenda")
    assert b"STATUS:CANCELLED" in client.get(path_of(meeting, ".ics")).content


def test_put_off_it_still_says_the_first_day(territory, read):
    meeting = announced(territory)
    new = moment(starts_at=STARTS + timedelta(days=7))
    postpone_meeting(meeting=meeting, moment=new, why=Why("Neige.", "Service"), clock=territory.clock)
    page = read(path_of(meeting))
    assert "jeudi 26 mars" in page.lower()
    assert "jeudi 19 mars" in page.lower()


def test_the_video_opens_half_an_hour_before_and_nothing_is_asked_of_it_before_one_agrees(
    territory, client, read, send, at
):
    meeting = announced(territory, means=JITSI)
    read(path_of(meeting, "/video"), 404)
    at(SOON)
    assert "https://visio.example.org/Vaubrun" in read(path_of(meeting))
    first = client.get(path_of(meeting, "/video"))
    assert "<iframe" not in first.content.decode()
    assert "visio.example.org" in first.content.decode()
    assert policy(first) == CSP
    send(path_of(meeting, "/video"))
    shown = client.get(path_of(meeting, "/video"))
    assert '<iframe src="https://visio.example.org/Vaubrun"' in shown.content.decode()
    assert policy(shown) == f"{CSP}; frame-src https://visio.example.org"
    assert 'camera=(self "https://visio.example.org")' in shown.headers["Permissions-Policy"]
    for path in (path_of(meeting), "/agenda"):
        assert policy(client.get(path)) == CSP


def test_another_host_asks_again(territory, client, send, at):
    meeting, other = announced(territory, means=JITSI), announced(territory, means=BBB)
    at(SOON)
    send(path_of(meeting, "/video"))
    assert "<iframe" not in client.get(path_of(other, "/video")).content.decode()


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://a.example.org/x", "https://a.example.org"),
        ("https://a.example.org:8443/x", "https://a.example.org:8443"),
        ("http://a.example.org", ""),
        ("https://a.example.org;script-src *", ""),
        ("https://a.example.org:port/", ""),
        ("https://[", ""),
    ],
)
def test_only_a_plain_host_enters_the_policy(url, origin):
    assert origin_of(url) == origin


@pytest.fixture
def secret(settings):
    path = settings.VAR / "secrets" / "video.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text('["bbb.example.org"]\nsecret = "639259d4-9dd8"\n')
    path.chmod(0o600)
    return "639259d4-9dd8"


def test_a_bigbluebutton_room_is_joined_by_a_signed_address(territory, client, secret, at, monkeypatch):
    meeting = announced(territory, means=BBB)
    at(SOON)
    opened = []
    monkeypatch.setattr(video, "open_room", lambda server, meeting, title: opened.append(title))
    url = client.get(path_of(meeting, "/video/rejoindre")).headers["Location"]
    parts = urlsplit(url)
    query, _, proof = parts.query.rpartition("&checksum=")
    assert proof == hashlib.sha256(f"join{query}{secret}".encode()).hexdigest()
    assert (parts.netloc, parts.path) == ("bbb.example.org", "/bigbluebutton/api/join")
    assert dict(parse_qsl(query)) == {
        "fullName": "Une personne du public", "meetingID": meeting.record.code, "role": "VIEWER",
    }  # fmt: skip
    assert opened == ["Quel bus le soir ?"]
    assert secret not in url


def test_who_facilitates_moderates_there_too(territory, client, secret, at, monkeypatch):
    meeting = announced(territory, means=BBB)
    name_to_team(meeting=meeting, person=territory.agent.person, role=TeamRole.FACILITATES, function="")
    at(SOON)
    monkeypatch.setattr(video, "open_room", lambda *_asked: None)
    client.force_login(territory.agent)
    assert "role=MODERATOR" in client.get(path_of(meeting, "/video/rejoindre")).headers["Location"]


@pytest.mark.parametrize("why", ["no secret", "no answer", "a refusal"])
def test_a_provider_that_is_down_leaves_every_page_whole(
    territory, client, read, send, at, settings, monkeypatch, why
):
    meeting = announced(territory, means=BBB)
    at(SOON)
    if why != "no secret":
        monkeypatch.setattr(
            video, "server_of", lambda _url: bigbluebutton.Server("https://bbb.example.org", "s")
        )
        body = b"<response><returncode>FAILED</returncode></response>"
        way = Provider(body) if why == "a refusal" else Provider(None)
        monkeypatch.setattr(bigbluebutton, "Outbound", lambda **_how: way)
    send(path_of(meeting, "/video"))
    page = read(path_of(meeting, "/video"))
    assert "bbb.example.org ne répond pas" in page
    assert "<iframe" not in page
    assert client.get(path_of(meeting, "/video/rejoindre")).status_code == 503
    assert "Quel bus le soir" in read(path_of(meeting))


class Provider:
    """A server of videos that answers this, or nothing."""

    def __init__(self, body):
        self._body = body

    def get(self, _url):
        if self._body is None:
            raise bigbluebutton.OutboundFault("no answer")
        return type("Answer", (), {"status": 200, "body": self._body})()
