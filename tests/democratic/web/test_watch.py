"""Personal and hostile things are sent through every layer; the log lines of the product must hold none."""

import io
import json
import logging
import logging.config

import pytest
from django.test import Client

from democratic.config.logs import logging_settings

CANARY = "canari"
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
KEYS = {"at", "level", "logger", "message", "request", "route", "method", "status", "ms", "fault", "frames"}


@pytest.fixture
def written(monkeypatch, request):
    """All that the product's own logging configuration writes, as it is in production."""
    monkeypatch.setenv("DEMOCRATIC_LOGS", getattr(request, "param", "json"))
    kept = {name: logging.getLogger(name) for name in logging_settings()["loggers"]}
    before = [
        (log, log.level, log.handlers[:], log.propagate) for log in [logging.getLogger(), *kept.values()]
    ]
    settings, stream = logging_settings(), io.StringIO()
    settings["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(settings)
    yield stream
    for log, level, handlers, propagate in before:
        log.setLevel(level)
        log.handlers[:], log.propagate = handlers, propagate


def canary_in_everything(client, method, path, **more):
    return getattr(client, method)(
        path,
        headers={
            "user-agent": f"{CANARY}-agent", "referer": f"https://{CANARY}.example/", "x-forwarded-for": "192.0.2.77",
            "x-request-id": f"{CANARY}-id", "authorization": f"Bearer {CANARY}",
        },
        REMOTE_ADDR="192.0.2.78",
        **more,
    )  # fmt: skip


def broken(*_args, **_kwargs):
    raise RuntimeError(f"lina.{CANARY}@example.org typed « {CANARY} » from 192.0.2.79")


@pytest.mark.parametrize("written", ["json", ""], indirect=True, ids=["json", "plain"])
def test_no_canary_comes_out_of_any_layer(territory, written, monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=False)
    for path in (
        f"/participer?q=lina.{CANARY}@example.org",
        f"/desabonnement/{CANARY}-token-{'x' * 40}",
        f"/confirmer/{CANARY}",
        f"/idees/{CANARY}",
        f"/nulle-part/{CANARY}%40example.org",
        f"/recherche?q={CANARY}%00",
        f"/en/{CANARY}",
        f"/connexion?next=//{CANARY}.example",
    ):
        canary_in_everything(client, "get", path)
    canary_in_everything(client, "post", "/connexion", data={"login": f"{CANARY}@example.org"}, **HERE)
    canary_in_everything(client, "post", "/dire", data={"text": CANARY}, HTTP_SEC_FETCH_SITE="cross-site")
    client.get("/", HTTP_HOST=f"{CANARY}.example")
    client.generic("BREW", f"/{CANARY}")
    monkeypatch.setattr("democratic.web.middleware.doors", broken)
    assert canary_in_everything(client, "get", f"/suivre/{CANARY}?x={CANARY}").status_code == 500
    logging.getLogger("democratic.thread").error("it failed for %s", f"lina.{CANARY}@example.org")
    logging.getLogger("procrastinate.worker").error("Job tell(to='" + CANARY + "') failed")  # noqa: G003
    lines = written.getvalue()
    assert "RuntimeError" in lines
    assert CANARY not in lines.lower()
    assert "192.0.2." not in lines


def test_each_request_is_one_line_that_says_route_status_and_time(territory, written):
    Client().get("/participer")
    (told,) = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (told["route"], told["status"], told["method"]) == ("participate", 200, "GET")
    assert told["ms"] >= 0
    assert len(told["request"]) == 16


def test_every_line_is_json_with_known_keys_alone(territory, written, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.doors", broken)
    Client(raise_request_exception=False).get("/")
    told = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {name for line in told for name in line} <= KEYS
    assert len({line["request"] for line in told}) == 1


@pytest.mark.parametrize("written", [""], indirect=True)
def test_for_a_reader_a_request_that_went_well_leaves_no_line(territory, written):
    Client().get("/participer")
    assert written.getvalue() == ""
    Client().get("/nulle-part")
    assert "status=404" in written.getvalue()


def test_a_method_of_ones_own_is_not_repeated(territory, written):
    Client().generic(CANARY.upper(), "/participer")
    assert '"method": "other"' in written.getvalue()
