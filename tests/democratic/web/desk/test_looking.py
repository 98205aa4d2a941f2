"""The links of a draft at the desk: what was found, when, what to do; asked by a button, never by reading the page."""

from datetime import timedelta

import pytest

from democratic.kernel.clock import FixedClock
from democratic.participation.processes.models import FollowedLink, LinkFound, Preparation
from democratic.thread.actions import Words
from drafting import draft_of

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def at_the_desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: pytest.fail("a page asked the network"))
    client.force_login(territory.agent)
    return client


def linking(territory, count=1):
    urls = [f"https://site-{n}.example/" for n in range(count)]
    return draft_of(territory, words=Words(title="Le marché", text=" et ".join(urls))), urls


def found(process, territory, *what, ago=timedelta(minutes=3)):
    for n, (kind, status) in enumerate(what):
        FollowedLink.objects.create(
            process=process, url=f"https://site-{n}.example/", found=kind, status=status,
            looked_at=territory.clock.now() - ago,
        )  # fmt: skip


def page_of(client, prefix=""):
    answer = client.get(f"{prefix}/bureau/concertations/le-marche/verifier")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_a_draft_without_a_link_has_no_such_part(at_the_desk, territory):
    draft_of(territory, words=Words(title="Le marché", text="Où le mettre ?"))
    assert "liens vers d’autres sites" not in page_of(at_the_desk)


def test_a_link_that_nobody_followed_says_so_and_a_button_asks(at_the_desk, territory):
    process, _urls = linking(territory)
    assert "<b>non vérifié</b>" in page_of(at_the_desk)
    answer = at_the_desk.post("/bureau/concertations/le-marche/suivre-les-liens", follow=True, **HERE)
    assert "Vérification en cours" in answer.content.decode()
    assert Preparation.objects.get(process=process).look_asked_at == territory.clock.now()


TOLD = {
    (LinkFound.ANSWERS, 200): ("répond (200) · vérifié il y a 3 min",),
    (LinkFound.MISSING, 404): ("<b>introuvable (404)</b> · vérifié il y a 3 min", "corrigez l’adresse"),
    (LinkFound.SILENT, 0): ("<b>sans réponse</b> · vérifié il y a 3 min", "ouvrez-la vous-même"),
    (LinkFound.TO_CHECK, 403): ("<b>à vérifier (403)</b>", "refusent les programmes"),
    (LinkFound.TO_CHECK, 301): ("<b>à vérifier (301)</b>", "copiez l’adresse d’arrivée"),
    (LinkFound.TO_CHECK, 0): ("<b>à vérifier</b>", "ne mène pas au réseau public"),
    (LinkFound.NOT_FOLLOWED, 0): ("<b>non vérifié</b>", "Nous n’avons pas pu y aller"),
}


@pytest.mark.parametrize("what", TOLD)
def test_what_was_found_is_told_with_when_and_what_to_do_and_blocks_nothing(at_the_desk, territory, what):
    process, _urls = linking(territory)
    before = page_of(at_the_desk)
    found(process, territory, what)
    page = page_of(at_the_desk)
    assert all(words in page for words in TOLD[what])
    blocks = "choses à faire avant de publier"
    assert page.partition(blocks)[0][-60:] == before.partition(blocks)[0][-60:]


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(seconds=20), "vérifié à l’instant"),
        (timedelta(hours=5), "vérifié il y a 5 h"),
        (timedelta(days=9), "vérifié le 20 février 2026"),
    ],
)
def test_the_age_of_a_look_is_told(at_the_desk, territory, ago, told):
    process, _urls = linking(territory)
    found(process, territory, (LinkFound.ANSWERS, 200), ago=ago)
    assert told in page_of(at_the_desk)


def test_it_is_said_in_english(at_the_desk, territory):
    process, _urls = linking(territory)
    found(process, territory, (LinkFound.MISSING, 404))
    page = page_of(at_the_desk, "/en")
    assert "not found (404)" in page
    assert "checked 3 min ago" in page


def test_switched_off_the_page_says_to_look_oneself(at_the_desk, territory, settings):
    settings.FOLLOWS_LINKS = False
    linking(territory)
    page = page_of(at_the_desk)
    assert "Cette installation ne va pas sur le réseau" in page
    assert "suivre-les-liens" not in page


def test_asked_again_at_once_it_says_to_wait(at_the_desk, territory):
    process, _urls = linking(territory)
    found(process, territory, (LinkFound.ANSWERS, 200), ago=timedelta(seconds=10))
    answer = at_the_desk.post("/bureau/concertations/le-marche/suivre-les-liens", follow=True, **HERE)
    assert "depuis moins d’une minute" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_links_are_read_in_as_many_questions_for_one_as_for_three(
    at_the_desk, territory, count, django_assert_num_queries
):
    process, _urls = linking(territory, count)
    found(process, territory, *[(LinkFound.ANSWERS, 200)] * count)
    page_of(at_the_desk)
    with django_assert_num_queries(21):
        page = page_of(at_the_desk)
    assert page.count("répond (200)") == count


def test_a_clock_that_went_back_says_at_once(at_the_desk, territory, monkeypatch):
    process, _urls = linking(territory)
    found(process, territory, (LinkFound.ANSWERS, 200))
    earlier = FixedClock(territory.clock.now() - timedelta(hours=1))
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", earlier)
    assert "vérifié à l’instant" in page_of(at_the_desk)
