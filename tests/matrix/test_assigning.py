"""Mass assignment: every field of every model is sent to every form, and only the form's own fields change."""

import re

import pytest
from django.core.cache import caches
from django.db import connection, models, transaction

from matrix.crawling import path_of
from matrix.routes import all_routes
from matrix.test_isolation import Forms
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.ties import ours
from matrix.visitors import HERE, Visitor, guest_author, speaker
from matrix.world import World

WHO = {
    "anonymous": lambda made: Visitor(client_for(made, "anonymous")),
    "author": guest_author,
    "citizen": lambda made: Visitor(client_for(made, "citizen")),
    "speaker": speaker,
    "agent": lambda made: Visitor(client_for(made, "agent")),
    "official": lambda made: Visitor(client_for(made, "official")),
    "administrator": lambda made: Visitor(client_for(made, "administrator")),
}
# Who may do less than another one of them is tried by ``bin/prove``.
LESS = {"author", "citizen", "speaker", "official"}
TRIED = [pytest.param(who, marks=pytest.mark.prove) if who in LESS else who for who in WHO]
# Drawn at each act, so that two runs of the same differ: identities, salts, codes, digests, moments of the database.
DRAWN = re.compile(
    r"code|salt|hash|secret|seed|key|digest|commit|sha|value|data|position|expire|payload|body|purpose|_at$"
)
NOT_FACTS = {
    "people_session",
    "kernel_ratecount",
    "kernel_cache",
    "kernel_pageversion",
    "kernel_idempotencykey",
}
# Fields that a form takes and shows only at another moment: where to write to who has no account, how much one
# follows, whose account an office has.
ITS_OWN = {"email", "volume", "person"}
STABLE = (models.BooleanField, models.IntegerField, models.DateField, models.CharField, models.TextField)


def columns() -> dict[str, list[str]]:
    """Of each table, what two runs of the same act write alike."""
    kept = {}
    for model in ours():
        fields = [field.column for field in model._meta.concrete_fields if _is_stable(field)]
        if fields and model._meta.db_table not in NOT_FACTS:
            kept[model._meta.db_table] = fields
    return kept


def _is_stable(field: models.Field) -> bool:
    return (
        isinstance(field, STABLE)
        and not field.primary_key
        and not isinstance(field, models.DateTimeField)
        and not DRAWN.search(field.column)
    )


def rows(kept: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with connection.cursor() as cursor:
        for table, fields in kept.items():
            named = ", ".join(f'"{field}"' for field in fields)
            cursor.execute(f'select {named} from "{table}"')
            found[table] = sorted(cursor.fetchall(), key=str)
    return found


def every_field(world: World) -> dict[str, str]:  # noqa: F811
    """As they would be sent by who knows our models: names, columns and look-ups, with values that bite."""
    values = {}
    for model in ours():
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                values[name] = _biting(field, world)
    return values


def _biting(field: models.Field, world: World) -> str:  # noqa: F811
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.ForeignKey):
        return str(world.territory.agent.person.pk)
    if isinstance(field, models.DateTimeField | models.DateField):
        return "2001-01-01"
    if isinstance(field, models.IntegerField):
        return "7777"
    return str(field.choices[-1][0]) if field.choices else "zzqmass"


# What signs out or closes an account is tried in the tests of accounts. The members of this world's observatory
# accepted after the day of its clock: it can't close before.
NOT_SENT = ("account_", "mfa_", "close_", "erase_", "demo_", "stop_helping", "desk_close_observatory")


def forms_of(world, visitor):  # noqa: F811
    """Each form of each page that she reads, filled."""
    for route in all_routes():
        if route.name.startswith(NOT_SENT):
            continue
        page = path_of(route, world, visitor)
        shown = visitor.client.get(page)
        if shown.status_code != 200 or "html" not in shown["Content-Type"]:
            continue
        parser = Forms()
        parser.feed(shown.content.decode())
        for action, fields in parser.forms:
            yield action or page, {name: held[-1] for name, held in fields.items()}


def outcome(visitor, path, sent, kept):
    cookies = visitor.client.cookies.copy()
    caches["fragments"].clear()
    with transaction.atomic():
        status = visitor.client.post(path, sent, **HERE).status_code
        after = rows(kept)
        transaction.set_rollback(True)
    visitor.client.cookies = cookies
    return status, after


@pytest.mark.parametrize("who", TRIED)
def test_what_a_form_does_not_ask_for_changes_nothing(world, who, settings):  # noqa: F811
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
    visitor, kept, biting = WHO[who](world), columns(), every_field(world)
    before, wrong, acted, tried = rows(kept), [], 0, set()
    for path, fields in forms_of(world, visitor):
        seen = (path, tuple(sorted(fields)), fields.get("acte"), fields.get("act"))
        if seen in tried:
            continue
        tried.add(seen)
        own = {re.sub(r"_\d+$|^.*-", "", name) for name in fields} | set(fields) | ITS_OWN
        extra = {name: value for name, value in biting.items() if name not in own}
        plain, loaded = (outcome(visitor, path, sent, kept) for sent in (fields, extra | fields))
        acted += plain[1] != before
        if plain != loaded:
            tables = [table for table in kept if plain[1][table] != loaded[1][table]]
            wrong.append(f"{path} as {who}: {plain[0]} then {loaded[0]}, {tables}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert acted >= 1 or who == "anonymous", "no form was filled well enough to act"


LOOKUPS = {
    "author__person__email": "nathalie", "author__account__email__startswith": "a", "author__isnull": "1",
    "visibility": "draft", "visibility__in": "hidden", "state": "x", "audience__is_public": "0",
    "authority": "00000000-0000-0000-0000-000000000000", "record__author": "1", "order_by": "author__account__password",
    "o": "password", "fields": "author", "include": "author", "expand": "author",
}  # fmt: skip


@pytest.mark.parametrize("role", ["anonymous", "agent"])
def test_a_look_up_of_the_database_in_an_address_changes_no_list(world, role):  # noqa: F811
    visitor, wrong = Visitor(client_for(world, role)), []
    cookies = visitor.client.cookies.copy()
    for route in all_routes():
        # A spreadsheet says at which second it was written.
        if route.name in {"account_logout", "healthz", "readyz", "metrics", "desk_answer_sheet_file"}:
            continue
        path = path_of(route, world, visitor)
        answers = []
        for asked in ({}, LOOKUPS):
            visitor.client.cookies = cookies.copy()  # a message that waits to be shown is shown once
            answers.append(visitor.client.get(path, asked))
        if answers[0].status_code != answers[1].status_code or said(answers[0]) != said(answers[1]):
            wrong.append(f"{route.name}: {difference(*map(said, answers))}")
    assert wrong == []


def difference(plain: str, asked: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(plain, asked, strict=False)) if a != b), len(plain))
    return f"{plain[max(0, at - 60) : at + 40]!r} / {asked[max(0, at - 60) : at + 40]!r}"


def said(answer) -> str:
    """The words, without what is drawn for each form, and without the addresses that carry the question on."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(re.sub(r"<[^>]*>", " ", raw.decode(errors="replace")).split())
