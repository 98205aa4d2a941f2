"""What a request may be made of: the methods that are answered, and a field that comes twice."""

import pytest
from django.test import Client

from democratic.thread.models import Record
from factories import PASSWORD

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SAY = "/concertations/bouger/dire"
EVERYWHERE = [
    "/", "/en", "/participer", "/connexion", "/deconnexion", "/compte", "/bureau", SAY, "/journal", "/healthz",
    "/readyz", "/metrics", "/robots.txt", "/static/web/js/app.js", "/scim/v2/Users", "/nulle-part",
    "/journal/export/heads.jsonl", "/.well-known/security.txt", "/recherche?q=bus",
]  # fmt: skip


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_what_would_send_a_request_back_is_answered_405_everywhere(territory, client, path, method):
    client.force_login(territory.agent)
    answer = client.generic(method, path, HTTP_X_CANARY="canari-7", HTTP_COOKIE_LIKE="secret", **HERE)
    answer.close()
    assert answer.status_code == 405
    assert method not in answer.headers["Allow"]
    assert b"canari-7" not in answer.content
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture
def listening(territory, monkeypatch):
    """The day on which the consultation of the territory takes words."""
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    return territory


def twice(path, pairs):
    body = "&".join(f"{name}={value}" for name, value in pairs)
    return Client().post(path, body, content_type="application/x-www-form-urlencoded", **HERE)


def test_of_a_field_sent_twice_the_last_is_taken(listening):
    twice(SAY, [("key", "k1"), ("text", "Premier."), ("key", "k2"), ("text", "Second.")])
    assert [record.wording.text for record in Record.objects.filter(kind="idea")] == ["Second."]


def test_the_same_form_with_its_fields_repeated_is_one_act(listening):
    for _ in range(2):
        twice(SAY, [("key", "k1"), ("text", "Un."), ("text", "Un.")])
    assert Record.objects.filter(kind="idea").count() == 1


@pytest.mark.parametrize(
    ("pairs", "opens"),
    [
        ([("password", "faux"), ("password", PASSWORD)], True),
        ([("password", PASSWORD), ("password", "faux")], False),
        ([("login", "autre@example.org"), ("password", PASSWORD)], True),
    ],
)
def test_a_sign_in_with_two_passwords_is_judged_on_the_last(territory, pairs, opens):
    answer = twice("/connexion", [*pairs, ("login", territory.citizen.email)])
    assert (answer.status_code == 302) is opens


def test_a_field_in_the_address_never_stands_for_one_of_the_form(listening):
    answer = twice(f"{SAY}?text=De+l+adresse&key=k", [("key", "k1"), ("text", "")])
    assert answer.status_code == 400
    assert not Record.objects.filter(kind="idea").exists()


@pytest.mark.parametrize(
    "name", ["q", "page", "apres", "tri", "theme", "etat", "origine", "next", "vue", "rang"]
)
@pytest.mark.parametrize(
    "path", ["/", "/participer", "/recherche", "/concertations/bouger", "/journal", "/connexion"]
)
def test_a_question_asked_twice_is_answered_as_its_last(territory, client, path, name):
    for first, last in (("a", "1"), ("1", "a"), ("", "%00"), ("bus", "bus")):
        both, alone = client.get(f"{path}?{name}={first}&{name}={last}"), client.get(f"{path}?{name}={last}")
        assert both.status_code == alone.status_code < 500


def test_a_choice_among_several_keeps_all_of_them_and_one_takes_the_last(territory):
    """Django's own rule, on which the forms stand."""
    request = Client().post("/nulle-part", {"a": ["1", "2"]}, **HERE).wsgi_request
    assert (request.POST["a"], request.POST.getlist("a")) == ("2", ["1", "2"])
