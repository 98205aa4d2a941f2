"""Links of a draft to other sites are really followed, by the worker, and never where they should not lead."""

import errno
import socket
import time
from datetime import timedelta

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict
from democratic.participation.processes.actions import (
    ask_for_a_look,
    look_at_what_was_asked,
    publish_when_ready,
    schedule_when_ready,
    throw_draft_away,
)
from democratic.participation.processes.models import FollowedLink, LinkFound, Preparation
from democratic.participation.processes.preflight import outside
from democratic.participation.processes.preflight.following import Follower
from democratic.participation.processes.preflight.outside import outside_links
from democratic.thread.actions import Words
from drafting import draft_of, made_ready
from failing_peer import failing_peer
from talking_peer import peer


def says(status, *more, body=b"<p>oui"):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/html", *more, "", ""]
    return "\r\n".join(lines).encode() + body


def follower(*ports, **more):
    """As in production, but that these ports of this machine are as good as the public network."""
    return Follower(
        near=frozenset(f"127.0.0.1:{port}" for port in ports), **{"seconds": 2.0, "altogether": 20.0, **more}
    )


def followed(answer, path="/", **more):
    with peer(answer, pause=more.pop("pause", 0.0)) as (port, asked):
        (found,) = follower(port, **more).follow_all([f"http://127.0.0.1:{port}{path}"])
    return found.found, found.status, [each.split(" ", 1)[0] for each in asked]


MEANINGS = {
    "200 OK": LinkFound.ANSWERS,
    "204 No Content": LinkFound.ANSWERS,
    "404 Not Found": LinkFound.MISSING,
    "410 Gone": LinkFound.MISSING,
    "301 Moved Permanently": LinkFound.TO_CHECK,
    "401 Unauthorized": LinkFound.TO_CHECK,
    "403 Forbidden": LinkFound.TO_CHECK,
    "429 Too Many Requests": LinkFound.TO_CHECK,
    "503 Service Unavailable": LinkFound.TO_CHECK,
}


@pytest.mark.parametrize("status", MEANINGS)
def test_what_a_site_says_is_told_for_what_it_means(status):
    found, number, _asked = followed([says(status)])
    assert (found, number) == (MEANINGS[status], int(status[:3]))


def test_a_page_is_asked_for_by_head_alone_when_that_is_enough():
    assert followed([says("200 OK")])[2] == ["HEAD"]


@pytest.mark.parametrize("refusal", ["405 Method Not Allowed", "403 Forbidden", "404 Not Found"])
def test_a_site_that_answers_to_get_alone_answers(refusal):
    answer = lambda asked: [says(refusal if asked.startswith("HEAD") else "200 OK")]  # noqa: E731
    assert followed(answer) == (LinkFound.ANSWERS, 200, ["HEAD", "GET"])


HEAD_ONLY_REFUSED = b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"


def test_of_a_body_without_end_nothing_is_read():
    parts = [b"HTTP/1.1 200 OK\r\n\r\n"] + [b"x" * 65536] * 100_000  # 6 GB
    answer = lambda asked: [HEAD_ONLY_REFUSED] if asked.startswith("HEAD") else parts  # noqa: E731
    began = time.monotonic()
    assert followed(answer)[:2] == (LinkFound.ANSWERS, 200)
    assert time.monotonic() - began < 10


HOSTILE = {
    "headers without end": [b"HTTP/1.1 200 OK\r\n"] + [b"X-Y: z\r\n"] * 10_000,
    "a line without end": [b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000],
    "no http": [b"SSH-2.0-OpenSSH\r\n\r\n"],
    "nothing": [b""],
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_is_not_an_answer_is_silence(how):
    assert followed(HOSTILE[how])[:2] == (LinkFound.SILENT, 0)


def test_a_site_that_answers_by_drops_is_left_at_the_end_of_its_time():
    began = time.monotonic()
    parts = [b"HTTP/1.1 200 OK\r\n"] + [b"X"] * 1000
    assert followed(parts, pause=0.05, seconds=0.4)[:2] == (LinkFound.SILENT, 0)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("how", ["down", "resets", "slow"])
def test_a_site_that_is_down_is_silence(how):
    with failing_peer(how, after=20) as port:
        (found,) = follower(port, seconds=0.4).follow_all([f"http://127.0.0.1:{port}/"])
    assert (found.found, found.status) == (LinkFound.SILENT, 0)


def test_a_redirect_inside_is_not_followed_but_told():
    with peer([says("200 OK")]) as (inside, asked):
        for place in (f"127.0.0.1:{inside}", "169.254.169.254"):
            leads = says("302 Found", f"Location: http://{place}/latest/meta-data/")
            assert followed([leads])[:2] == (LinkFound.TO_CHECK, 302)
    assert asked == []


INSIDE = [
    "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1/", "https://10.0.0.1/", "http://192.168.1.1/admin",
    "http://[::1]/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "https://user:pass@example.org/",
    "http://example.org@127.0.0.1/", "https://example.org:22/", "http://example.org:6379/",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_nobody_goes_inside_nor_to_the_other_doors_of_a_machine(url, monkeypatch):
    def connected(*_):
        raise AssertionError("somebody went there")

    monkeypatch.setattr("socket.create_connection", connected)
    (found,) = Follower(resolve=lambda host, _port: [host if host[0] == "1" else "127.0.0.1"]).follow_all(
        [url]
    )
    assert (found.found, found.status) == (LinkFound.TO_CHECK, 0)


def test_a_name_that_leads_inside_is_not_followed_whatever_else_it_gives(monkeypatch):
    monkeypatch.setattr("socket.create_connection", lambda *_: pytest.fail("somebody went there"))
    for answers in (["10.0.0.1"], ["8.8.8.8", "169.254.169.254"], ["::ffff:127.0.0.1"]):
        (found,) = Follower(resolve=lambda *_, answers=answers: answers).follow_all(
            ["https://piege.example/"]
        )
        assert found.found == LinkFound.TO_CHECK


def unknown(code):
    def resolve(_host, _port):
        raise socket.gaierror(code, "")

    return resolve


def test_a_name_that_nobody_knows_beside_one_that_answers_is_silence():
    with peer([says("200 OK")]) as (port, _asked):
        known = lambda host, _port: ["127.0.0.1"] if host == "127.0.0.1" else unknown(socket.EAI_NONAME)(0, 0)  # noqa: E731
        urls = [f"http://127.0.0.1:{port}/", "https://faute-de-frappe.example/"]
        found = follower(port, resolve=known).follow_all(urls)
    assert [each.found for each in found] == [LinkFound.ANSWERS, LinkFound.SILENT]


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN, errno.ENETUNREACH])
def test_without_a_network_nothing_was_verified_and_no_site_is_blamed(code):
    urls = ["https://un.example/", "https://deux.example/"]
    found = Follower(resolve=unknown(code)).follow_all(urls)
    assert [each.found for each in found] == [LinkFound.NOT_FOLLOWED] * 2


def test_a_machine_without_a_route_blames_no_site(monkeypatch):
    def no_route(*_):
        raise OSError(errno.ENETUNREACH, "")

    monkeypatch.setattr("socket.create_connection", no_route)
    (found,) = Follower(resolve=lambda *_: ["8.8.8.8"]).follow_all(["https://un.example/"])
    assert found.found == LinkFound.NOT_FOLLOWED


def test_what_there_is_no_time_left_for_is_not_followed():
    with failing_peer("slow", after=20) as port:
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(3)]
        found = follower(port, seconds=0.3, altogether=0.1).follow_all(urls)
    assert [each.found for each in found] == [
        LinkFound.SILENT,
        LinkFound.NOT_FOLLOWED,
        LinkFound.NOT_FOLLOWED,
    ]


def test_an_address_with_accents_is_asked_as_a_browser_does():
    with peer([says("200 OK")]) as (port, asked):
        follower(port).follow_all([f"http://127.0.0.1:{port}/wiki/Démocratie?q=été#haut"])
    assert asked[0].startswith("HEAD /wiki/D%C3%A9mocratie?q=%C3%A9t%C3%A9 HTTP/1.1\r\n")


def linking(territory, *urls, **more):
    return draft_of(territory, words=Words(title=f"Aller à {urls[0]}", text=" puis ".join(urls)), **more)


def looked_at(process, territory, way):
    ask_for_a_look(process=process, clock=territory.clock)
    look_at_what_was_asked(territory.clock, way)
    return {each.url: each.followed and each.followed.found for each in outside_links(process)}


def test_links_are_followed_when_an_agent_asks_and_what_was_found_is_kept(territory):
    with peer([says("200 OK")]) as (port, _asked), peer([says("404 Not Found")]) as (gone, _more):
        here, there = f"http://127.0.0.1:{port}/a", f"http://127.0.0.1:{gone}/b"
        process = linking(territory, here, there)
        assert [each.followed for each in outside_links(process)] == [None, None]
        found = looked_at(process, territory, follower(port, gone))
    assert found == {here: LinkFound.ANSWERS, there: LinkFound.MISSING}
    assert Preparation.objects.get(process=process).look_asked_at is None


def test_a_link_that_is_written_no_more_is_told_no_more_and_the_authoritys_own_are_not_followed(territory):
    process = linking(territory, "https://un.example/", "https://val-orbe.example/idees")
    process.authority.host = "val-orbe.example"
    looked_at(process, territory, Follower(resolve=unknown(socket.EAI_AGAIN)))
    assert [each.url for each in outside_links(process)] == ["https://un.example/"]
    process.record.wording.__class__.objects.filter(record=process.record).update(
        title="Rien", text="Plus rien."
    )
    assert outside_links(process) == []


def test_at_most_thirty_links_are_followed(territory):
    process = linking(territory, *(f"https://site-{n}.example/" for n in range(40)))
    assert len(outside_links(process)) == outside.MOST_LINKS == 30


def test_scheduling_a_publication_asks_for_a_look(territory):
    process = made_ready(linking(territory, "https://un.example/"))
    schedule_when_ready(process=process, at=territory.clock.now() + timedelta(days=1), clock=territory.clock)
    assert Preparation.objects.get(process=process).look_asked_at == territory.clock.now()


def test_other_peoples_servers_are_asked_again_a_minute_later_at_the_soonest(territory):
    process = linking(territory, "https://un.example/")
    looked_at(process, territory, Follower(resolve=unknown(socket.EAI_AGAIN)))
    with pytest.raises(Conflict):
        ask_for_a_look(process=process, clock=territory.clock)
    ask_for_a_look(process=process, clock=FixedClock(territory.clock.now() + timedelta(minutes=2)))


def test_switched_off_nobody_goes_anywhere_and_nothing_fails(territory, settings):
    settings.FOLLOWS_LINKS = False
    process = linking(territory, "https://un.example/")
    found = looked_at(process, territory, Follower(resolve=lambda *_: pytest.fail("a name was asked")))
    assert found == {"https://un.example/": LinkFound.NOT_FOLLOWED}


def test_what_was_found_goes_with_the_draft(territory):
    thrown, published = (linking(territory, f"https://{n}.example/") for n in ("un", "deux"))
    for process in (thrown, made_ready(published)):
        looked_at(process, territory, Follower(resolve=unknown(socket.EAI_AGAIN)))
    assert FollowedLink.objects.count() == 2
    throw_draft_away(process=thrown)
    publish_when_ready(process=published, clock=territory.clock)
    assert not FollowedLink.objects.exists()


def test_a_draft_published_while_its_links_are_followed_keeps_nothing_of_it(territory):
    process = made_ready(linking(territory, "https://un.example/"))

    def meanwhile(_host, _port):
        publish_when_ready(process=process, clock=territory.clock)
        raise socket.gaierror(socket.EAI_AGAIN, "")

    looked_at(process, territory, Follower(resolve=meanwhile))
    assert not FollowedLink.objects.exists()
    assert Preparation.objects.get(process=process).look_asked_at is None


def test_what_is_written_while_links_are_followed_is_followed_next(territory):
    process = linking(territory, "https://un.example/")
    later = FixedClock(territory.clock.now() + timedelta(minutes=2))

    def meanwhile(_host, _port):
        ask_for_a_look(process=process, clock=later)
        raise socket.gaierror(socket.EAI_AGAIN, "")

    looked_at(process, territory, Follower(resolve=meanwhile))
    assert Preparation.objects.get(process=process).look_asked_at == later.now()
