"""Reading changes nothing: after all addresses were read as someone, each table is what it was, row for row."""

import pytest

from matrix.columns import COLUMNS
from matrix.crawling import path_of
from matrix.routes import all_routes
from matrix.test_isolation import facts
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.visitors import Visitor
from matrix.world import ROLES

# What a page that is read may write, and why.
MAY_CHANGE = {
    "people_session": "when a browser was last seen, by the day; what allauth keeps between two pages",
    "kernel_ratecount": "how often links that open something are tried",
    "kernel_cache": "how often codes were asked",
}
EVERYONE = {role: lambda made, role=role: Visitor(client_for(made, role)) for role in ROLES}
EVERYONE |= {column.key: column.comes for column in COLUMNS}


# Those who differ from another by one thing are tried by ``bin/prove``.
TRIED = [who if who in ROLES else pytest.param(who, marks=pytest.mark.prove) for who in EVERYONE]


@pytest.mark.parametrize("who", TRIED)
def test_no_row_of_any_table_changes_when_every_page_is_read(world, who):  # noqa: F811
    visitor = EVERYONE[who](world)
    before, cookies = facts(), visitor.client.cookies.copy()
    for route in all_routes():
        visitor.client.get(path_of(route, world, visitor))
        visitor.client.cookies = cookies.copy()
    after = facts()
    assert {table for table in before if before[table] != after[table]} - set(MAY_CHANGE) == set()


def test_the_test_would_see_a_page_that_writes(world):  # noqa: F811
    before = facts()
    world.territory.say("Un bus.")
    changed = {table for table, value in facts().items() if value != before[table]}
    assert {"thread_record", "thread_entry"} <= changed
