"""A directory that tells who left: RFC 7644's shapes, this authority's people alone, everything ended at once."""

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client

from democratic.communities.models import ProvisioningToken
from democratic.communities.provisioning.actions import make_provisioning_token
from democratic.config.commands import directory_acts
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.models import Account
from democratic.thread.actions import give_role
from democratic.thread.models import Grant, Role
from factories import build_territory, staff_account

USERS = "/scim/v2/Users"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Directory:
    def __init__(self, token):
        self.client = Client(headers={"authorization": f"Bearer {token}"})

    def ask(self, method, path, body=None, status=200):
        raw = body if isinstance(body, str) else json.dumps(body or {})
        sent = {} if method == "get" else {"data": raw, "content_type": "application/scim+json"}
        answer = getattr(self.client, method)(path, **sent)
        assert answer.status_code == status, answer.content
        if status == 204:
            return None
        assert answer.headers["Content-Type"] == "application/scim+json"
        return answer.json()


@pytest.fixture
def directory(territory):
    cache.clear()
    return Directory(make_provisioning_token(authority=territory.authority, clock=DATABASE_CLOCK))


def running(account):
    return Grant.objects.filter(person=account.person, until=None).count()


def of(account):
    return f"{USERS}/{account.pk}"


def inactive(value=False, path="active"):
    operation = {"op": "replace", "path": path, "value": value} if path else {"op": "Replace", "value": value}
    return {"schemas": [PATCH], "Operations": [operation]}


def test_it_lists_who_works_here_by_address_alone(directory, territory):
    told = directory.ask("get", USERS)
    assert told["totalResults"] == 2
    assert {each["userName"] for each in told["Resources"]} == {
        "agent@val-orbe.example",
        "elue@val-orbe.example",
    }
    assert "Nathalie" not in json.dumps(told)
    one = directory.ask("get", f'{USERS}?filter=userName eq "AGENT@val-orbe.example"')
    assert [each["id"] for each in one["Resources"]] == [str(territory.agent.pk)]
    assert directory.ask("get", f'{USERS}?filter=userName eq "citoyen@val-orbe.example"')["totalResults"] == 0
    page = directory.ask("get", f"{USERS}?startIndex=2&count=1")
    assert (page["startIndex"], page["itemsPerPage"], page["totalResults"]) == (2, 1, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_a_fixed_number_of_questions(
    directory, territory, count, django_assert_num_queries
):
    for n in range(count):
        more = staff_account(f"a{n}@val-orbe.example", "A")
        give_role(person=more.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    directory.ask("get", USERS)
    with django_assert_num_queries(5):
        directory.ask("get", USERS)


@pytest.mark.parametrize(
    "body",
    [inactive(), inactive("False"), inactive({"active": False}, path=""), inactive({"Active": "false"}, path=""),
     {"schemas": [PATCH], "Operations": [{"op": "remove", "path": "active"}]}],
)  # fmt: skip
def test_who_is_no_longer_active_has_no_role_and_no_session_at_her_next_request(directory, territory, body):
    browser = Client()
    browser.force_login(territory.agent)
    assert browser.get("/bureau").status_code == 200
    told = directory.ask("patch", of(territory.agent), body)
    assert told["active"] is False
    assert (running(territory.agent), running(territory.elected)) == (0, 1)
    assert browser.get("/bureau").status_code == 302
    assert Account.objects.get(pk=territory.agent.pk).is_active  # the account is hers, and stays


def test_put_and_delete_say_it_too_and_again_changes_nothing(directory, territory):
    directory.ask("put", of(territory.agent), {"userName": territory.agent.email, "active": False})
    directory.ask("put", of(territory.agent), {"userName": territory.agent.email, "active": False})
    directory.ask("delete", of(territory.elected), status=204)
    directory.ask("delete", of(territory.elected), status=204)
    assert Grant.objects.filter(until=None).count() == 0
    assert Account.objects.count() == 3
    assert directory.ask("get", of(territory.elected))["active"] is False


def test_a_citizen_and_another_authoritys_staff_are_unknown_and_untouched(directory, territory):
    other = build_territory(slug="voisin", host="voisin.example")
    for account in (territory.citizen, other.agent):
        for method in ("get", "patch", "put", "delete"):
            told = directory.ask(method, of(account), inactive(), status=404)
            assert told["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
            assert told["status"] == "404"
    assert running(other.agent) == 1


def test_who_works_for_two_authorities_still_works_for_the_other(directory, territory):
    other = build_territory(slug="voisin", host="voisin.example")
    give_role(
        person=territory.agent.person, role=Role.AGENT, authority=other.authority, clock=territory.clock
    )
    directory.ask("patch", of(territory.agent), inactive())
    assert Grant.objects.get(person=territory.agent.person, until=None).authority == other.authority


def test_a_directory_gives_no_role(directory, territory):
    directory.ask("post", USERS, {"userName": "new@val-orbe.example"}, status=403)
    told = directory.ask("post", USERS, {"userName": "agent@val-orbe.example"}, status=409)
    assert told["scimType"] == "uniqueness"
    directory.ask("delete", of(territory.agent), status=204)
    told = directory.ask("patch", of(territory.agent), inactive(True), status=400)
    assert told["scimType"] == "mutability"
    assert running(territory.agent) == 0
    assert directory.ask("patch", of(territory.elected), inactive(True))["active"] is True


@pytest.mark.parametrize(
    "body",
    ["{", "[]", "[" * 100_000, {"schemas": [PATCH]}, {"Operations": []}, inactive("perhaps"), inactive(None),
     {"schemas": [PATCH], "Operations": [{"op": "explode"}]}, {"schemas": [PATCH], "Operations": ["x"]}],
)  # fmt: skip
def test_garbage_is_refused_in_scims_words(directory, territory, body):
    told = directory.ask("patch", of(territory.agent), body, status=400)
    assert told["scimType"] in ("invalidSyntax", "invalidValue")
    assert running(territory.agent) == 1


def test_a_patch_of_something_else_changes_nothing(directory, territory):
    body = inactive("Autre", path="displayName")
    assert directory.ask("patch", of(territory.agent), body)["active"] is True


def test_only_one_filter_is_known(directory):
    for asked in ('name.familyName eq "x"', 'userName eq "x" or active eq true', "userName pr"):
        told = directory.ask("get", f"{USERS}?filter={asked}", status=400)
        assert told["scimType"] == "invalidFilter"


def test_it_says_what_it_does(directory):
    told = directory.ask("get", "/scim/v2/ServiceProviderConfig")
    assert told["patch"]["supported"] is True
    assert told["bulk"]["supported"] is False


def test_without_this_authoritys_token_nothing_is_told(directory, territory):
    other = build_territory(slug="voisin", host="voisin.example")
    theirs = make_provisioning_token(authority=other.authority, clock=DATABASE_CLOCK)
    for token in ("", "x" * 51, theirs):
        Directory(token).ask("get", USERS, status=401)
    staff = Client()
    staff.force_login(territory.agent)
    assert staff.get(USERS).status_code == 401


def test_guessing_is_slowed_down_and_the_directory_is_not(directory):
    guesser = Directory("nothing")
    for _each in range(10):
        guesser.ask("get", USERS, status=401)
    assert guesser.ask("get", USERS, status=429)["status"] == "429"
    directory.ask("get", USERS)


def test_a_token_is_shown_once_kept_as_a_print_and_replaced_by_the_next(territory, capsys):
    directory_acts.make_token("val-orbe")
    first = re.search(r"fois\s: (\S+)", capsys.readouterr().out.replace("\u00a0", " "))[1]
    assert len(first) >= 36
    assert ProvisioningToken.objects.get().secret_hash not in first
    Directory(first).ask("get", USERS)
    directory_acts.make_token("val-orbe")
    Directory(first).ask("get", USERS, status=401)
    directory_acts.withdraw_token("val-orbe")
    directory_acts.withdraw_token("val-orbe")
    assert "aucun jeton" in capsys.readouterr().out
    with pytest.raises(CannotStart, match="n’est pas ici"):
        directory_acts.make_token("ailleurs")


@pytest.mark.parametrize(
    "content",
    [
        "elue@val-orbe.example\n",
        "nom;email\nOdile;ELUE@val-orbe.example\n",
        "email,nom\nelue@val-orbe.example,O\n",
    ],
)
def test_the_nightly_list_tells_first_and_ends_only_when_asked(territory, tmp_path, capsys, content):
    file = tmp_path / "agents.csv"
    file.write_text(content)
    directory_acts.compare(file, "val-orbe", is_applied=False)
    assert "agent@val-orbe.example" in capsys.readouterr().out
    assert (running(territory.agent), running(territory.elected)) == (1, 1)
    directory_acts.compare(file, "val-orbe", is_applied=True)
    assert (running(territory.agent), running(territory.elected)) == (0, 1)
    directory_acts.compare(file, "val-orbe", is_applied=True)
    assert "sont sur la liste" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"nom;prenom\nA;B\n", b"\xff\xfe\x00"])
def test_an_empty_or_broken_list_ends_nothing(territory, tmp_path, content):
    file = tmp_path / "agents.csv"
    file.write_bytes(content)
    for asked in (file, tmp_path / "absent.csv"):
        with pytest.raises(CannotStart):
            directory_acts.compare(asked, "val-orbe", is_applied=True)
    assert running(territory.agent) == 1


def test_the_last_who_administers_leaves_too_and_it_is_said(territory, tmp_path, capsys):
    boss = staff_account("chef@val-orbe.example", "Chef")
    give_role(
        person=boss.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    file = tmp_path / "agents.csv"
    file.write_text("agent@val-orbe.example\nelue@val-orbe.example\n")
    directory_acts.compare(file, "val-orbe", is_applied=True)
    assert "Plus personne n’administre" in capsys.readouterr().out.replace("\u00a0", " ")
    assert running(boss) == 0
