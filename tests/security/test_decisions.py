"""The page of security decisions says what the code does: its limits, its forms, its lives of sessions."""

import ast
import os
import re

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators

from democratic.config.places import ROOT
from democratic.kernel.files import MAX_BYTES
from democratic.web.accounts import adapter, proving
from democratic.web.accounts.identity import arriving
from product_forms import fields_of, forms_of_the_product, told

PAGE = ROOT / "docs" / "security" / "decisions.md"
START, END = "<!-- forms -->", "<!-- /forms -->"
LIMIT_ROW = re.compile(
    r"^\| `(?P<name>[a-z-]+)` \| (?P<times>[\d,]+) \| (?P<seconds>[\d,]+) \| .+ \| .+ \|$", re.MULTILINE
)


def limits_in_code():
    """(name, times, seconds) of each ``Limit(…)`` that the source makes."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Limit":
                yield tuple(ast.literal_eval(argument) for argument in node.args)


def limits_in_page():
    for row in LIMIT_ROW.finditer(PAGE.read_text()):
        yield row["name"], int(row["times"].replace(",", "")), int(row["seconds"].replace(",", ""))


def test_each_limit_of_the_code_is_in_the_page_with_its_numbers_and_none_other():
    told_there, made = list(limits_in_page()), list(limits_in_code())
    assert sorted(told_there) == sorted(made)
    assert len(made) > 15


def rows_of_forms() -> str:
    rows = []
    for form in forms_of_the_product():
        fields = [told(name, field) for name, field in fields_of(form).items()]
        place = form.__module__.removeprefix("democratic.web.")
        if fields:
            rows.append(f"| `{place}` {form.__name__} | {'; '.join(fields)} |")
    return "\n".join(["| Form | Its fields |", "|---|---|", *sorted(rows)])


def test_each_form_is_in_the_page_with_what_its_fields_take():
    page = PAGE.read_text()
    before, rest = page.split(START)
    _old, after = rest.split(END)
    made = f"{before}{START}\n{rows_of_forms()}\n{END}{after}"
    if os.environ.get("WRITE_DECISIONS"):
        PAGE.write_text(made)
    assert PAGE.read_text() == made, "WRITE_DECISIONS=1 bin/test -- tests/security/test_decisions.py"


def test_no_text_of_a_form_is_without_a_bound_but_a_password():
    """A body is bounded too; a field says so in words."""
    unbounded = {
        name
        for form in forms_of_the_product()
        for name, field in fields_of(form).items()
        if told(name, field).endswith(" text")
        and not form.__module__.startswith("democratic.web.accounts.forms")
    }
    assert unbounded <= {"text"}  # what people say: the action refuses past its own limit


FACTS = {
    "fourteen days": settings.SESSION_COOKIE_AGE == 14 * 24 * 3600,
    "seven days": settings.SESSION_UNUSED_DAYS == 7,
    "twelve hours": settings.STAFF_PROOF_AGE == 12 * 3600,
    "fifteen minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT == 15 * 60,
    "ten minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == proving.LIFE == arriving.LIFE == 600,
    "three tries a code": proving.TRIES == 3,
    "eight digits": adapter.DIGITS == 8,
    "ten signs": next(
        each.min_length
        for each in get_default_password_validators()
        if isinstance(each, MinimumLengthValidator)
    )
    == 10,
    "10 MB": MAX_BYTES == 10 * 1024 * 1024,
    "300 fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 300,
}


@pytest.mark.parametrize("fact", FACTS)
def test_each_number_of_the_page_is_that_of_the_code(fact):
    assert fact in PAGE.read_text()
    assert FACTS[fact]


def test_each_file_that_the_page_names_is_there():
    named = re.findall(r"`((?:src|tests|docs)/[^`]+)`", PAGE.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert len(named) > 10
