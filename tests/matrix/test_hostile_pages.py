"""A canary in every text of the database, and every page opened in a real browser: it runs nowhere."""

import re

import pytest
from django.db import IntegrityError, models, transaction
from playwright.sync_api import sync_playwright

from debian_chromium import CHROMIUM, FLAGS
from democratic.kernel.clock import FixedClock
from matrix.crawling import path_of
from matrix.routes import all_routes
from matrix.test_matrix import client_for
from matrix.ties import ours
from matrix.visitors import Visitor
from matrix.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.prove]

CANARY = "\"'><img src=x onerror=window.canari=1><svg onload=window.canari=1><script>window.canari=1</script>"
# Where a row is found by its words, or where they are read by the program: not what people write.
NOT_WRITTEN = re.compile(
    r"slug|host|hash|sha256|code|key|secret|email|language|password|time_zone|colour|kind|type|cursor"
)
UNTOUCHED = {"people.Session", "kernel.PageVersion", "kernel.IdempotencyKey", "kernel.RateCount"}
SKIPPED = {"account_logout", "my_data"}


def plant() -> int:
    """In each column of text, as much of the canary as it holds; how many columns took it."""
    planted = 0
    for model in ours():
        if model._meta.label in UNTOUCHED or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if (
                not isinstance(field, models.CharField | models.TextField)
                or field.choices
                or field.primary_key
            ):
                continue
            if NOT_WRITTEN.search(field.name) or (field.max_length or 9999) < len(CANARY):
                continue
            try:
                with transaction.atomic():
                    planted += bool(model._base_manager.update(**{field.name: CANARY}))
            except IntegrityError:
                continue  # one of a kind, or held by a rule of the database: it can't hold these words
    return planted


@pytest.fixture
def world(transactional_db, monkeypatch):
    made = build_world()
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(made.territory.clock.moment))
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return made


def pages_of(world):
    """What each of them may read: (role, her session, her pages). Asked before the browser: its loop would
    hold a line to the database of its own.
    """
    for role in ("anonymous", "citizen", "official", "administrator"):
        client, paths = client_for(world, role), []
        for route in all_routes():
            path = path_of(route, world, Visitor(client))
            answer = client.get(path) if route.name not in SKIPPED else None
            if answer is not None and answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                paths.append(path)
        yield role, client.cookies["session"].value if role in world.accounts else "", paths


def test_a_canary_in_every_text_runs_on_no_page(world, live_server):
    assert plant() >= 12
    ran, opened, shown = [], 0, 0
    everyone = list(pages_of(world))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for role, session, paths in everyone:
            context = browser.new_context(base_url=live_server.url)
            if session:
                context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
            tab = context.new_page()
            tab.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
            for path in paths:
                tab.goto(path, wait_until="load")
                opened += 1
                shown += "onerror=window.canari" in tab.locator("body").inner_text()
                if tab.evaluate("window.canari !== undefined"):
                    ran.append(f"{path} as {role}")
            context.close()
        browser.close()
    assert ran == []
    assert opened > 200
    assert shown > 30, "the canary is not where people read it: this test would prove nothing"
