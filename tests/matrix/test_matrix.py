"""URL × method × role, generated from the resolver: what nobody thought of is refused here first."""

import pytest
from django.test import Client
from django.urls import reverse

from copies import Copies
from democratic.kernel.clock import FixedClock
from matrix.browser_headers import OverTls, lacks
from matrix.crawling import try_all
from matrix.routes import all_routes
from matrix.table import EXPECTED, RECORD_PAGES
from matrix.visitors import HERE, Visitor
from matrix.world import ROLES, build_world

WORLD = Copies(build_world)


@pytest.fixture
def world(db, monkeypatch):
    made = WORLD.one_more()
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(made.territory.clock.moment))
    return made


def client_for(world, role, browser=Client):
    client = browser()
    if role in world.accounts:
        client.force_login(world.accounts[role])
    return client


def test_every_route_has_its_line_and_every_line_its_route():
    assert {route.name for route in all_routes()} == set(EXPECTED)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_and_whatever_it_is_every_header(world, role):
    wrong, bare = [], []
    for tried in try_all(world, Visitor(client_for(world, role, OverTls))):
        asked = f"{tried.method} {tried.path} as {role}"
        answers = getattr(EXPECTED[tried.route.name], tried.method)
        if (got := tried.answer.status_code) != answers[role]:
            wrong.append(f"{asked}: {got}, not {answers[role]}")
        bare += [f"{asked}: {missing}" for missing in lacks(tried.answer)]
    assert not wrong, "\n" + "\n".join(wrong)
    assert not bare, "\n" + "\n".join(bare)


def _path(route, expected, world):
    if route.name in ("healthz", "readyz", "metrics"):  # outside the languages, without a name of their own
        return f"/{route.name}"
    known = expected.arguments(world)
    return reverse(route.name, kwargs={k: v for k, v in known.items() if k in route.parameters})


@pytest.mark.parametrize(
    ("state", "status"), [("gone", 410), ("hidden", 410), ("elsewhere", 404), ("draft_answer", 404)]
)
@pytest.mark.parametrize("role", ["anonymous", "citizen", "agent"])
def test_what_is_not_public_is_on_no_public_page(world, role, state, status):
    client, wrong = client_for(world, role), []
    for name in RECORD_PAGES:
        got = client.get(reverse(name, kwargs={"code": world.codes[state]})).status_code
        if got not in (status, 404):
            wrong.append(f"{name} of what is {state}: {got}")
    assert wrong == []


def test_a_code_of_another_authority_opens_nothing_at_the_desk(world):
    client, wrong = client_for(world, "agent"), []
    for route in all_routes():
        if route.pattern.startswith("bureau") and "code" in route.parameters:
            known = EXPECTED[route.name].arguments(world) | {"code": world.codes["elsewhere"]}
            path = reverse(route.name, kwargs={k: v for k, v in known.items() if k in route.parameters})
            statuses = {client.get(path).status_code, client.post(path, **HERE).status_code}
            if not statuses <= {403, 404, 405}:
                wrong.append(f"{path}: {statuses}")
    assert wrong == []
