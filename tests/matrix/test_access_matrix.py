"""Everyone who exists in the product, on every route: docs/security/access-matrix.md says it in words.

The eight roles are on every route at each change (``test_matrix``). Each of the others is like one of them but for
some routes: she is on a third of the routes at each change, another third than the next, and on all by ``bin/prove``.
"""

import ast
import os
import re
from collections import Counter
from pathlib import Path
from zlib import crc32

import pytest

from democratic.communities.models import Membership
from democratic.thread.models import Role
from matrix.access_page import page
from matrix.columns import ABSENT, COLUMNS
from matrix.crawling import try_all
from matrix.routes import all_routes
from matrix.table import EXPECTED
from matrix.test_matrix import world  # noqa: F401 -- the same world
from matrix.world import ROLES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security" / "access-matrix.md"


each_person = pytest.mark.parametrize("column", COLUMNS, ids=[column.key for column in COLUMNS])


def a_third_of_the_routes(column):
    """The same each time, and each route is in the third of about thirteen people."""
    return [route for route in all_routes() if crc32(f"{route.name} {column.key}".encode()) % 3 == 0]


@each_person
def test_each_person_gets_what_the_page_says_on_her_third_of_the_routes(world, column):  # noqa: F811
    assert wrong_answers(world, column, a_third_of_the_routes(column)) == ""


@pytest.mark.prove
@each_person
def test_each_person_gets_what_the_page_says_on_every_route(world, column):  # noqa: F811
    assert wrong_answers(world, column, all_routes()) == ""


def test_every_address_has_a_name_of_its_own():
    names = Counter(route.name for route in all_routes())
    assert [name for name, n in names.items() if n > 1] == []


def test_each_route_is_in_the_third_of_several_people():
    tried = Counter(route.name for column in COLUMNS for route in a_third_of_the_routes(column))
    assert min(tried[route.name] for route in all_routes()) >= 4


def wrong_answers(world, column, routes):  # noqa: F811
    wrong = []
    for tried in try_all(world, column.comes(world), routes):
        name, got = tried.route.name, tried.answer.status_code
        wanted = column.expected(name, EXPECTED[name])[tried.method == "post"]
        if got != wanted:
            wrong.append(f"{tried.method} {name} as {column.key}: {got}, not {wanted}")
    return "\n".join(wrong)


def test_the_page_says_what_the_table_holds():
    told = page()
    if os.environ.get("WRITE_ACCESS_MATRIX"):
        PAGE.write_text(told)
    assert PAGE.read_text() == told, "WRITE_ACCESS_MATRIX=1 writes docs/security/access-matrix.md again"


def test_every_difference_changes_an_answer():
    """A « but » that changes nothing would be a sentence that nobody checks."""
    for column in COLUMNS:
        for but in column.but:
            assert but.routes <= set(EXPECTED), (column.key, but.why)
            before = {
                name: (EXPECTED[name].get[column.like], EXPECTED[name].post[column.like])
                for name in but.routes
            }
            assert any(but.instead(*before[name]) != before[name] for name in but.routes), (
                column.key,
                but.why,
            )


def test_every_role_and_place_of_the_code_has_a_column():
    told = set(ROLES) | {covered for column in COLUMNS for covered in column.covers}
    assert set(Role.values) <= told
    assert set(Membership.Place.values) <= told


def names_in_source():
    """What the product names: its classes, functions, arguments and fields, and the values that its choices take."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                    yield name
                case ast.Name(id=name, ctx=ast.Store()):
                    yield name


def parts_of(name):
    return "_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() + "_"


def test_a_role_that_is_absent_is_named_nowhere_in_the_source():
    """As soon as it is, it has a column, or the build fails."""
    words = {word for absent in ABSENT for word in absent.words}
    found = {(word, name) for name in names_in_source() for word in words if f"_{word}_" in parts_of(name)}
    assert found == set()
