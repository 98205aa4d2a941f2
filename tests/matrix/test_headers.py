"""What an answer says to a browser, errors included; ``test_matrix`` looks at each address, as each role."""

import pytest

from democratic.kernel.outages import Part, Unavailable
from democratic.web import headers
from matrix.browser_headers import OverTls, lacks
from matrix.crawling import path_of
from matrix.routes import all_routes
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.visitors import HERE, Visitor

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.fixture
def client():
    return OverTls()


def test_the_policy_lets_in_no_script_of_a_page_and_no_frame():
    parts = {part.strip() for part in headers.CSP.split(";")}
    assert parts >= POLICY
    assert "unsafe" not in headers.CSP
    assert headers.HEADERS["X-Content-Type-Options"] == "nosniff"
    assert headers.HEADERS["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers.HEADERS["Referrer-Policy"] == "same-origin"


def fails(fault):
    def failing(*_args, **_named):
        raise fault

    return failing


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        (
            400,
            lambda client: client.post(
                "/concertations/bouger/dire", {f"f{n}": "x" for n in range(400)}, **HERE
            ),
        ),
        (403, lambda client: client.post("/concertations/bouger/dire", {}, HTTP_SEC_FETCH_SITE="cross-site")),
        (404, lambda client: client.get("/nulle-part")),
        (405, lambda client: client.post("/", **HERE)),
        (200, lambda client: client.get("/static/web/js/app.js")),
    ],
)
def test_an_error_says_it_too(world, client, status, ask):  # noqa: F811
    answer = ask(client)
    answer.close()
    assert (answer.status_code, lacks(answer)) == (status, [])


def test_what_is_gone_and_what_is_asked_too_often_say_it(world, client):  # noqa: F811
    gone = client.get(f"/idees/{world.codes['gone']}")
    assert (gone.status_code, lacks(gone)) == (410, [])
    for _try in range(200):
        if (answer := client.get("/rejoindre/x")).status_code == 429:
            break
    assert (answer.status_code, lacks(answer)) == (429, [])


@pytest.mark.parametrize(("status", "fault"), [(500, ValueError("…")), (503, Unavailable(Part.STORAGE))])
def test_a_fault_of_ours_says_it_too(world, client, monkeypatch, status, fault):  # noqa: F811
    client.raise_request_exception = False
    monkeypatch.setattr("democratic.web.ideas.find.show_once", fails(fault))
    answer = client.get("/retrouver")
    assert (answer.status_code, lacks(answer)) == (status, [])


def test_every_address_was_asked(world):  # noqa: F811
    visitor = Visitor(client_for(world, "anonymous"))
    assert len({path_of(route, world, visitor) for route in all_routes()}) > 190
