"""The age matrix: what each door keeps at each age is looked for in the database, and shown in docs/security."""

import os
from pathlib import Path

import pytest

from democratic.kernel.clock import FixedClock
from democratic.people.models import AgeBand
from factories import build_territory
from matrix.ages import BANDS, DOORS, NOT_A_DOOR, kept
from matrix.routes import all_routes
from matrix.table import EXPECTED

PAGE = Path(__file__).parents[2] / "docs" / "security" / "age-matrix.md"
COLUMNS = [(band, False) for band in BANDS] + [(band, True) for band in BANDS]
ANONYMOUS = {
    "the words",
    "a support",
    "an answer",
    "a place in a meeting",
    "a voice in a meeting",
    "her parent's address, seven days",
}
TOGETHER = {"an address", "a follow"}
WRITES = {200, 302, 400}


@pytest.fixture
def matrix(db, monkeypatch, settings, tmp_path):
    """{(door, band, agreed): what was kept}"""
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    settings.LIMITS_FACTOR = 1000
    territory = build_territory()
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(territory.clock.moment))
    return {
        (name, band, is_agreed): kept(territory, band, is_agreed, door)
        for band, is_agreed in COLUMNS
        for name, _route, door in DOORS
    }


def test_the_matrix_is_what_the_page_shows_and_what_the_law_asks(matrix):
    for (name, band, is_agreed), facts in matrix.items():
        signs_in = name.startswith(("Tie", "Accept"))
        in_doubt = band == AgeBand.UNDER_15 or is_agreed or (band == AgeBand.UNSAID and not signs_in)
        if in_doubt and not name.startswith(("Join", "Speak", "Tie", "Accept")):
            allowed = ANONYMOUS | (TOGETHER if is_agreed else set())
            assert set(facts) <= allowed, (name, band, is_agreed, facts)
        if band == AgeBand.UNDER_15 and not is_agreed:
            assert set(facts) <= ANONYMOUS, (name, facts)
        if band == AgeBand.YOUNG and not is_agreed:
            assert facts, name  # a door that nobody passes would prove nothing
    told = page_of(matrix)
    if os.environ.get("WRITE_AGE_MATRIX"):
        PAGE.write_text(told)
    assert PAGE.read_text() == told, "WRITE_AGE_MATRIX=1 writes docs/security/age-matrix.md again"


def page_of(matrix):
    heads = ["said nothing", "under 15", "15 to 17", "18 and more"]
    lines = [
        "# What is kept, by age",
        "",
        "Made by `tests/matrix/test_age_matrix.py`, which goes through every door at every age and counts the rows that",
        "came into the database. A test refuses this page when it is behind. The rule is one table,",
        "`democratic/people/ages.py`; why it is so: [decision 15](../decisions/0015-ages.md).",
    ]
    for is_agreed in (False, True):
        title = (
            "A parent and the child agreed, and this browser is hers"
            if is_agreed
            else "Without a parent's agreement"
        )
        lines += ["", f"## {title}", "", f"| Door | {' | '.join(heads)} |", "|---|---|---|---|---|"]
        for name, route, _door in DOORS:
            cells = [", ".join(matrix[name, band, is_agreed]) or "nothing" for band in BANDS]
            lines.append(f"| {name} ({route}) | {' | '.join(cells)} |")
    lines += [
        "",
        "Who signs in said that she is 15, as no account opens without it: « said nothing » there is an account whose",
        "owner gave no more. An account whose owner is known to be under 15 passes none of these doors.",
        "",
        "## Routes that write and are no door",
        "",
        *(f"- `{name}`: {why}" for name, why in NOT_A_DOOR.items()),
        "- `desk_…`, `account_…`, `mfa_…`: of who works here, or has an account already",
    ]
    return "\n".join(lines) + "\n"


def test_every_route_that_writes_is_a_door_or_says_why_it_is_none():
    doors = {route for _name, route, _door in DOORS}
    writing = {
        name
        for name, expected in EXPECTED.items()
        if WRITES & set(expected.post.values()) or 404 in expected.post.values()
    }
    of_members = {name for name in writing if name.startswith(("desk", "account_", "mfa_"))}
    assert writing - of_members - doors - set(NOT_A_DOOR) == set()
    assert set(NOT_A_DOOR) <= set(EXPECTED)
    assert not doors & set(NOT_A_DOOR)


def test_no_route_shows_a_page_about_a_person_nor_writes_to_one():
    """No public profile, and no private message: there is nowhere to read of a person, or to write to her."""
    from_a_person = {"person", "author", "profile", "username", "account"}
    named = {
        name for name in EXPECTED if any(word in name for word in ("profile", "message", "chat", "inbox"))
    }
    assert named == set()
    about = {route.name for route in all_routes() if from_a_person.intersection(route.parameters)}
    # At the desk, of who has a role; and for the directory of who works here, by its own key.
    assert about <= {"desk_forget_factor", "scim_user"}
