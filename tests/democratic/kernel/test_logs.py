"""Canaries in every place from which a log line is made; none may come out of it."""

import json
import logging

import pytest

from democratic.kernel.logs import REQUEST_ID, JsonLines, PlainLines, scrubbed

CANARY = "lina.canari"
EMAIL = f"{CANARY}@example.org"


def line(name, message, *args, formatter=JsonLines, fault=None, **extra):
    exc_info = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.makeLogRecord(
        {"name": name, "levelname": "WARNING", "msg": message, "args": args, "exc_info": exc_info, **extra}
    )
    return formatter().format(record)


def raised():
    """A fault whose message, and its cause's, repeat what a person typed."""
    try:
        try:
            int(EMAIL)
        except ValueError as cause:
            raise KeyError(CANARY) from cause
    except KeyError as fault:
        return fault


def test_a_line_is_one_json_object_with_what_happened():
    token = REQUEST_ID.set("0123abcd")
    try:
        told = json.loads(
            line("democratic.requests", "answered", route="home", method="GET", status=200, ms=3)
        )
    finally:
        REQUEST_ID.reset(token)
    assert told | {"at": ""} == {
        "at": "", "level": "warning", "logger": "democratic.requests", "message": "answered",
        "request": "0123abcd", "route": "home", "method": "GET", "status": 200, "ms": 3,
    }  # fmt: skip


@pytest.mark.parametrize("formatter", [JsonLines, PlainLines])
def test_an_exception_leaves_its_kinds_and_its_places_and_not_its_message(formatter):
    told = line("democratic.web", "it failed", fault=raised(), formatter=formatter)
    assert "KeyError < ValueError" in told
    assert "test_logs.py" in told
    assert CANARY not in told


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Not Found: %s", (f"/cle/{CANARY}",)),
        ("%s: %s", ("Internal Server Error", f"/recherche?q={EMAIL}")),
        (f"Invalid HTTP_HOST header: '{CANARY}.example'. You may need to add '{CANARY}.example'.", ()),
        (f'Job mail[1](to="{CANARY}") failed', ()),
        (f"POST https://host/{CANARY}?x=1 gave 500", ()),
        (f"Bad path /confirmer/{CANARY}", ()),
    ],
)
def test_what_a_library_says_is_kept_without_what_it_quotes(message, args):
    assert CANARY not in line("django.request", message, *args)


@pytest.mark.parametrize(
    "private",
    [
        EMAIL, "lina%40example.org", "192.0.2.44", "2001:db8::8a2e:370:7334", "::ffff:192.0.2.1",
        "06 12 34 56 78", "+33612345678", "eyJhbGciOiJIUzI1NiJ9abcdefgh", "x" * 24, "a-b_" * 12,
    ],
)  # fmt: skip
def test_our_own_lines_lose_addresses_networks_numbers_and_secrets(private):
    assert scrubbed(f"gave up on {private} today", is_ours=True) == "gave up on … today"


@pytest.mark.parametrize(
    "useful",
    [
        "message 0192f3a0-7b1c-7d3e-8f00-1234567890ab not sent (attempt 3): SMTPDataError",
        "figures: entry at 1204 is parked: ValueError",
        "the database does not answer (connection refused): again in 0.1 s",
        "La base n'est pas la suite du journal signé (12 faits ont été signés, la base en a 9)",
        "bench at 10:42:07 took 12:30",
    ],
)
def test_what_an_operator_needs_stays(useful):
    assert scrubbed(useful, is_ours=True) == useful


def test_a_line_holds_no_line_break_that_would_make_two_of_it():
    assert "\n" not in line("democratic", "one\ntwo\r\nthree")


def test_only_known_fields_come_with_a_line():
    assert CANARY not in line("democratic", "answered", user=CANARY, route={"path": CANARY})
