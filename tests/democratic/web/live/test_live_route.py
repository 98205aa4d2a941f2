"""Who may be told that a page changed: whoever that page is shown to. Missing and forbidden look alike."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import DatabaseError
from django.db.models import F
from django.test import Client
from django.urls import reverse

from asking import asked
from courses import whole_course
from democratic.people.models import Session
from democratic.thread.actions import Words, post_comment
from democratic.thread.models import Audience, AudienceMember, Record, Visibility
from democratic.web.live import views
from democratic.web.watched import FOR_THE_ENTRY, WATCHED
from factories import build_territory
from matrix.routes import all_routes


@pytest.fixture
def idea(territory):
    return territory.say("Un bus de nuit.").idea.record


@pytest.fixture
def path(idea):
    return f"/live/idees/{idea.code}"


def watching(answer):
    """What the entry is told; nothing when nobody may watch."""
    return answer.wsgi_request.META.get(FOR_THE_ENTRY)


def test_whoever_sees_a_page_may_watch_it_and_is_answered_nothing(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Accel-Buffering"] == "no"


def test_what_the_entry_is_told_stands_in_no_header(territory, path, client):
    client.force_login(territory.citizen)
    answer = client.get(path)
    told = watching(answer)
    assert told.session == client.session.session_key
    said = " ".join(f"{name}: {value}" for name, value in answer.items()) + str(answer.cookies)
    for private in (told.session, told.scope, told.imprint):
        assert private not in said


def test_who_is_not_signed_in_has_no_session_to_end(client, path):
    assert watching(client.get(path)).session == ""


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("put", 405), ("delete", 405)])
def test_it_is_read_and_nothing_else(client, path, method, status):
    answer = getattr(client, method)(path, HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == status


def test_the_page_carries_what_it_said_and_where_one_is_told_of_more(client, path, idea):
    page = client.get(f"/idees/{idea.code}").content.decode()
    assert f'data-live="{path}" data-imprint="{watching(client.get(path)).imprint}"' in page
    assert "js/live.js" in page


def test_a_page_that_nobody_watches_carries_nothing(client, territory):
    page = client.get("/participer").content.decode()
    assert "data-live" not in page
    assert "js/live.js" not in page


def imprint(client, path):
    caches["fragments"].clear()
    return watching(client.get(path)).imprint


def test_an_imprint_is_of_the_words_alone_whoever_asks_and_whenever_they_are_put_together(territory, path):
    first, signed_in = imprint(Client(), path), Client()
    signed_in.force_login(territory.citizen)
    assert imprint(Client(), path) == imprint(signed_in, path) == first


def test_a_comment_changes_it_and_one_elsewhere_does_not(territory, idea, path, client):
    before, other = imprint(client, path), territory.say("Un tram.").idea.record
    said = {"author": other.author, "alignment": 1, "clock": territory.clock}
    post_comment(subject=other, words=Words(text="Oui."), **said)
    assert imprint(client, path) == before
    post_comment(subject=idea, words=Words(text="Oui."), **said)
    assert imprint(client, path) != before


def test_what_the_reader_has_seen_is_given_to_the_entry_and_kept_from_the_page(path, client):
    plain, seen = watching(client.get(path)), client.get(f"{path}?suite=x&vu=0123456789abcdef")
    assert (plain.seen, watching(seen).seen) == ("", "0123456789abcdef")
    assert seen.wsgi_request.get_full_path() == f"{path.removeprefix('/live')}?suite=x"


@pytest.mark.parametrize("typed", ["<b>", "%0d%0aid:%20x", "0" * 65, ""])
def test_what_no_page_ever_said_is_not_taken_for_it(path, client, typed):
    assert watching(client.get(f"{path}?vu={typed}")).seen == ""


def test_missing_forbidden_and_gone_look_alike(territory, idea, client):
    private, gone = territory.say("Entre nous.").idea.record, territory.say("Masquée.").idea
    Record.objects.filter(pk=private.pk).update(
        audience=Audience.objects.create(authority=territory.authority)
    )
    Record.objects.filter(pk=gone.record.pk).update(visibility=Visibility.HIDDEN)
    elsewhere = build_territory(slug="voisin", host="voisin.example").say("Ailleurs.").idea.record
    codes = (private.code, gone.record.code, elsewhere.code, "K7P-4RM")
    answers = [client.get(f"/live/idees/{code}") for code in codes]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert [watching(answer) for answer in answers] == [None] * 4


def test_of_a_body_its_members_are_told_and_nobody_else(territory, idea, path, client):
    audience = Audience.objects.create(authority=territory.authority)
    Record.objects.filter(pk=idea.pk).update(audience=audience)
    AudienceMember.objects.create(
        audience=audience, person=territory.citizen.person, since=territory.clock.now()
    )
    statuses = []
    for account in (None, territory.agent, territory.citizen):
        visitor = Client()
        if account:
            visitor.force_login(account)
        statuses.append(visitor.get(path).status_code)
    assert statuses == [404, 404, 200]


@pytest.mark.parametrize(
    "page",
    ["participer", "compte", "journal/export/entrees.jsonl", "nulle-part", "live/idees/K7P-4RM", "..", "%00"],
)
def test_no_other_address_is_asked_for_by_this_way(territory, client, page):
    assert client.get(f"/live/{page}").status_code == 404


def test_each_page_that_may_be_watched_can_be(territory, client):
    course = whole_course(territory)
    codes = {
        "theme": course.theme, "meeting": course.meeting, "answer": course.answer, "decision": course.decision,
        "commitment": course.commitments[0], "action": course.actions[0], "evidence": course.evidence[0],
        "mandate": territory.mandate, "poll": asked(territory),
    }  # fmt: skip
    known = {name: each.record.code for name, each in codes.items()}
    watched = [route for route in all_routes() if route.name in WATCHED - {"debate"}]
    assert len(watched) == len(WATCHED) - 1
    for route in watched:
        values = {"slug": "bouger", "code": known.get(route.name, course.ideas[0].code)}
        page = reverse(route.name, kwargs={name: values[name] for name in route.parameters})
        first, again = imprint(client, f"/live{page}"), imprint(client, f"/live{page}")
        assert first == again, page  # made twice, it is the same: nothing in it is drawn
        assert f'data-imprint="{first}"' in client.get(page).content.decode()


def test_in_english_it_is_another_page(path, client):
    assert imprint(client, f"/en{path}") != imprint(client, path)


def test_to_wait_for_news_is_not_to_use_a_browser(territory, path, client):
    """Else a tab that was forgotten would keep its session for two weeks."""
    client.force_login(territory.citizen)
    Session.objects.update(used_on=F("used_on") - timedelta(days=6))
    left = Session.objects.get().used_on
    assert client.get(path).status_code == 200
    assert Session.objects.get().used_on == left
    client.get(path.removeprefix("/live"))
    assert Session.objects.get().used_on > left


def test_a_fault_of_ours_is_told_as_one(path, client, monkeypatch):
    def fails(_request):
        raise DatabaseError

    monkeypatch.setattr(views, "_show", fails)
    client.raise_request_exception = False
    assert client.get(path).status_code >= 500
