"""What signing in costs, and that neither words, nor queries, nor hashing tell who has an account here."""

import pytest
from account_visits import code_in, without_addresses
from django.contrib.auth import hashers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from democratic.communities.models import Invitation
from democratic.people.actions import keep_account_address
from democratic.people.models import Session
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import PASSWORD, staff_account, totp_code

MOST_QUERIES = 10
UNKNOWN = "personne@val-orbe.example"


@pytest.fixture(autouse=True)
def _told_where_they_sign_in(territory):
    """As after any first sign-in, which alone keeps the address and its consent."""
    for account in (territory.citizen, territory.agent):
        keep_account_address(account=account, wording="…", clock=territory.clock)


def kinds_of(queries):
    """The statements without their values; savepoints are no questions."""
    return [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]


def spent_on(who, path, **fields):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = who.send(path, **fields)
    assert answer.status_code == 302, answer.content.decode()[-500:]
    return kinds_of(asked.captured_queries), answer


def test_a_password_opens_the_account_in_few_queries(known, visitor):
    gabriel = visitor()
    gabriel.get("/connexion")
    asked, _answer = spent_on(gabriel, "/connexion", login=known.email, password=PASSWORD)
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
    gabriel.get("/compte")


def test_a_code_opens_the_account_in_few_queries(known, visitor, mailoutbox):
    gabriel = visitor()
    gabriel.send("/connexion/code", email=known.email)
    asked, _answer = spent_on(gabriel, "/connexion/code/confirmer", code=code_in(mailoutbox[0]))
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
    gabriel.get("/compte")


def test_a_second_factor_opens_the_account_in_few_queries(territory, visitor):
    nathalie = visitor()
    assert (
        nathalie.send("/connexion", login=territory.agent.email, password=PASSWORD).url
        == "/connexion/second-facteur"
    )
    asked, _answer = spent_on(nathalie, "/connexion/second-facteur", code=totp_code())
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
    nathalie.get("/bureau")


def test_how_many_devices_one_has_costs_nothing_when_signing_in(known, visitor):
    costs = []
    for _ in range(3):
        asked, _answer = spent_on(visitor(), "/connexion", login=known.email, password=PASSWORD)
        costs.append(len(asked))
    assert costs[1] == costs[2]
    assert Session.objects.filter(account=known).count() == 3


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed: what takes time, and could be measured from outside."""
    calls = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counted(self, *args, **kwargs):
        calls.append(1)
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counted)
    return calls


ASKED = {
    "sign-up": ("/compte/creer", {"is_15": "on"}),
    "sign-up with a password": ("/compte/creer", {"is_15": "on", "password1": PASSWORD}),
    "reset": ("/compte/mot-de-passe/oublie", {}),
    "code": ("/connexion/code", {}),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_known_and_an_unknown_address_get_the_same_page_after_as_much_work(known, visitor, hashed, what):
    path, fields = ASKED[what]
    told, hashings = [], []
    for address in (known.email, UNKNOWN):
        who = visitor()
        hashed.clear()
        answer = who.send(path, email=address, **fields)
        hashings.append(len(hashed))
        told.append((answer.status_code, answer.url, without_addresses(who.get(answer.url))))
    assert told[0] == told[1]
    assert hashings[0] == hashings[1]


@pytest.mark.parametrize("what", ["reset", "code"])
def test_a_known_and_an_unknown_address_differ_by_no_write_but_the_session(known, visitor, what):
    """The reads may differ by a look-up; a write is what could be measured."""
    path, fields = ASKED[what]
    written = []
    for address in (known.email, UNKNOWN):
        asked, _answer = spent_on(visitor(), path, email=address, **fields)
        written.append(
            sorted(
                sql.split(" ")[0] + sql.split('"')[1]
                for sql in asked
                if sql.startswith(("INSERT", "UPDATE", "DELETE"))
            )
        )
    assert written[0] == written[1]


def test_a_wrong_password_hashes_as_often_for_an_unknown_address(known, visitor, hashed):
    counts = []
    for address in (known.email, UNKNOWN):
        hashed.clear()
        visitor().send("/connexion", login=address, password="pas celui-là")
        counts.append(len(hashed))
    assert counts[0] == counts[1] > 0


@pytest.fixture
def administrator(territory, visitor):
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    dominique = visitor()
    dominique.client.force_login(account)
    return dominique


def test_inviting_tells_nobody_whether_an_address_has_an_account(administrator, known):
    told = []
    for address in ("premiere@val-orbe.example", known.email, UNKNOWN):
        asked, answer = spent_on(
            administrator, "/bureau/invitations/nouvelle", email=address, role="agent", language="fr"
        )
        told.append((len(asked), answer.url))
    assert told[1] == told[2]  # the first request of a process compiles what it will ask again
    assert Invitation.objects.count() == 3


def test_an_unknown_invitation_and_one_of_another_authority_look_alike(territory, visitor):
    pages = [visitor().get(f"/invitation/{secret}", status=404) for secret in ("34679-ACDEF-GHJKM", "x")]
    assert pages[0].replace("34679-ACDEF-GHJKM", "x") == pages[1]
