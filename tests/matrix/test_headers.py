"""What every answer says to a browser: each address, each status, errors included."""

import pytest
from django.conf import settings
from django.test import Client

from democratic.kernel.outages import Part, Unavailable
from democratic.web import headers
from matrix.crawling import path_of, try_all
from matrix.routes import all_routes
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.visitors import HERE, Visitor

# Read by the page's script, or by who reads without an account: it holds two letters.
READ_BY_SCRIPTS = {settings.LANGUAGE_COOKIE_NAME}
# Another site may read the exported journal: that is what it is exported for.
FOR_EVERY_SITE = ".jsonl"
# A chart that another site may show in its page: no cookie, and still a policy.
TO_BE_FRAMED = "/integrer"
OF_A_FRAME = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Frame-Options")
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


class OverTls(Client):
    def generic(self, *args, **named):
        return super().generic(*args, **named | {"secure": True})


@pytest.fixture
def client():
    return OverTls()


def lacks(answer) -> list[str]:
    said = {name: answer.headers.get(name) for name in headers.HEADERS}
    if answer.status_code == 200 and answer.request["PATH_INFO"].endswith(FOR_EVERY_SITE):
        assert said["Cross-Origin-Resource-Policy"] == "cross-origin"
        said["Cross-Origin-Resource-Policy"] = "same-origin"
    if answer.status_code == 200 and answer.request["PATH_INFO"].endswith(TO_BE_FRAMED):
        policy = said["Content-Security-Policy"]
        assert "default-src 'none'" in policy, policy
        assert "unsafe" not in policy, policy
        assert answer.cookies == {}
        said |= {name: headers.HEADERS[name] for name in OF_A_FRAME}
    wrong = [name for name, value in headers.HEADERS.items() if said[name] != value]
    if "max-age=31536000" not in answer.headers.get("Strict-Transport-Security", ""):
        wrong.append("Strict-Transport-Security")
    for name, cookie in answer.cookies.items():
        if not cookie["samesite"] or (
            name not in READ_BY_SCRIPTS and cookie.value and not cookie["httponly"]
        ):
            wrong.append(f"cookie {name}")
    return wrong


def test_the_policy_lets_in_no_script_of_a_page_and_no_frame():
    parts = {part.strip() for part in headers.CSP.split(";")}
    assert parts >= POLICY
    assert "unsafe" not in headers.CSP
    assert headers.HEADERS["X-Content-Type-Options"] == "nosniff"
    assert headers.HEADERS["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers.HEADERS["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("role", ["anonymous", "citizen", "administrator"])
def test_every_address_says_it_whatever_it_answers(world, role):  # noqa: F811
    client = OverTls()
    if role in world.accounts:
        client.force_login(world.accounts[role])
    wrong = {
        f"{tried.method} {tried.path}: {missing}"
        for tried in try_all(world, Visitor(client))
        if (missing := lacks(tried.answer))
    }
    assert wrong == set()


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
