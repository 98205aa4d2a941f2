"""docs/security/access-matrix.md, made of the table: for who reads it and writes no program."""

import re
from collections.abc import Iterator

from matrix.columns import ABSENT, COLUMNS, Column
from matrix.expectations import Expected
from matrix.routes import Route, all_routes
from matrix.states import STATES, told_states
from matrix.table import EXPECTED
from matrix.world import ROLES

SIGNED_OUT = ("anonymous", "suspended")
AREAS = (
    ("The desk", ("bureau",)),
    (
        "One's own account",
        ("compte", "connexion", "deconnexion", "suivis", "invitation", "rejoindre", "accord"),
    ),
    ("For machines", ("scim", "healthz", "readyz", "metrics", "identite", "export")),
    ("Public pages, and what anyone may say", ("",)),
)
READS = {200: "reads", 302: "is led on", 401: "refused", 403: "refused", 404: "not there", 405: "–"}
ACTS = {
    200: "may",
    302: "may",
    400: "may",
    409: "may",
    401: "refused",
    403: "refused",
    404: "not there",
    405: "–",
}


def _signs_in(line: Expected, role: str, method: str) -> bool:
    """Signed out, she is led to sign in, where who is signed in gets another answer."""
    answers = getattr(line, method)
    others = {answers[other] for other in ROLES if other not in SIGNED_OUT}
    return role in SIGNED_OUT and answers[role] == 302 and others != {302}


def _cell(route: Route, line: Expected, role: str) -> str:
    said = []
    for method, words in (("get", READS), ("post", ACTS)):
        status = getattr(line, method)[role]
        said.append("signs in" if _signs_in(line, role, method) else words[status])
    return " · ".join(said)


def _address(route: Route) -> str:
    plain = re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>.*?\)", "…", route.pattern)
    return "/" + plain.strip("^$")


def _area(route: Route) -> int:
    return next(at for at, (_name, starts) in enumerate(AREAS) if route.pattern.startswith(starts))


def _rows(routes: list[Route]) -> Iterator[str]:
    yield f"| Address | {' | '.join(ROLES)} |"
    yield "|---" * (len(ROLES) + 1) + "|"
    for route in routes:
        line = EXPECTED[route.name]
        cells = [_cell(route, line, role) for role in ROLES]
        shown = ["everyone: " + cells[0], *[""] * (len(ROLES) - 1)] if len(set(cells)) == 1 else cells
        yield f"| `{_address(route)}` {route.name} | {' | '.join(shown)} |"


def _differences(column: Column) -> str:
    if not column.but:
        return "no difference"
    return "; ".join(f"{each.why} ({_names(column, each.routes)})" for each in column.but)


def _names(column: Column, routes: frozenset[str]) -> str:
    """The routes on which the answer is another indeed."""
    changed = sorted(
        name
        for name in routes
        if column.expected(name, EXPECTED[name])
        != (EXPECTED[name].get[column.like], EXPECTED[name].post[column.like])
    )
    few = 12
    return ", ".join(changed) if len(changed) <= few else f"{len(changed)} addresses: {', '.join(changed)}"


def page() -> str:
    routes = all_routes()
    lines = [
        "# Who may do what",
        "",
        f"{len(routes)} addresses, each asked by reading it (GET) and by sending it something (POST), as",
        f"{len(ROLES)} accounts and {len(COLUMNS)} other people. Made from `tests/matrix`, which tries them on a database",
        "at each build; an address or a role without its line fails the build, and so does this page when it is behind:",
        "`WRITE_ACCESS_MATRIX=1 bin/test -- tests/matrix/test_access_matrix.py` writes it again.",
        "",
        "A cell says what happens to who reads the address, then to who sends something to it: *reads*, *may* (an empty",
        "form is shown again with what is missing), *signs in* (is led to sign in first), *is led on* (to another address),",
        "*refused*, *not there* (nothing tells it from an address that never was), *–* (not done at this address).",
        "A suspended account is nobody. A neighbour works for another authority, and has no role here.",
    ]
    for at, (title, _starts) in enumerate(AREAS):
        lines += ["", f"## {title}", "", *_rows([route for route in routes if _area(route) == at])]
    lines += ["", "## The other people", "", "Each gets what another gets, but for what is said.", ""]
    lines += ["| Who | As | But |", "|---|---|---|"]
    lines += [f"| {each.who} | {each.like} | {_differences(each)} |" for each in COLUMNS]
    lines += ["", "## What the state of a thing changes", "", *told_states(STATES)]
    lines += ["", "## Roles that do not exist yet", "", "| Who | Why not |", "|---|---|"]
    lines += [f"| {each.who} | {each.why} |" for each in ABSENT]
    return "\n".join(lines) + "\n"
