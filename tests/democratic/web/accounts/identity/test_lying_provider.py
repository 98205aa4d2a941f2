"""Garbage, forgeries, wrong clocks and slowness: a calm page, nobody let in, nothing made, and a banner when it is down."""

import time
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outages import Part, look_again, outages, probe_with, report_down
from democratic.people.identities import link_identity, print_of
from democratic.people.models import Account, LinkedIdentity
from democratic.thread.models import Grant
from democratic.web import jobs, shell
from failing_peer import failing_peer
from identity_liar import (
    altered,
    by_another_key,
    lying_provider,
    unsigned,
    with_our_secret,
    with_the_public_key_as_a_secret,
)
from identity_peers import CITIZENS, HERE, SECRET, declared, leave

START = "/connexion/avec/franceconnect"
NOW = time.time


@pytest.fixture
def liar():
    with lying_provider() as running:
        yield running


@pytest.fixture(autouse=True)
def _linked(territory, settings, liar):
    cache.clear()
    settings.IDENTITY = declared(int(liar.issuer.rpartition(":")[2]), CITIZENS)
    link_identity(
        account=territory.citizen, provider="val-orbe/franceconnect", source="FranceConnect",
        subject_print=print_of(liar.issuer, "li-1"), clock=DATABASE_CLOCK,
    )  # fmt: skip


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def made():
    def count():
        return Account.objects.count(), Grant.objects.count(), LinkedIdentity.objects.count()

    before = count()
    yield
    assert count() == before


def refused(client, page, status):
    text = page.content.decode()
    assert page.status_code == status, text[:600]
    assert '<html lang="fr"' in text
    assert "Traceback" not in text
    assert "_auth_user_id" not in client.session


def test_when_it_tells_the_truth_one_enters(client, liar):
    assert client.get(liar.back(leave(client, "franceconnect"))).status_code == 302
    assert "_auth_user_id" in client.session


FORGERIES = {
    "alg none": unsigned,
    "another key": by_another_key,
    "our own secret": lambda claims: with_our_secret(claims, SECRET),
    "the public key as a secret": with_the_public_key_as_a_secret,
    "an altered body": altered,
    "no token": lambda _claims: "",
    "not a token": lambda _claims: "a.b.c",
    "a token of nothing": lambda _claims: "..",
    "a number": lambda _claims: 12,
}


@pytest.mark.parametrize("how", FORGERIES)
def test_a_forged_token_proves_nothing(client, liar, made, how):
    liar.sign = FORGERIES[how]
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 400)
    assert outages() == ()


LIES = {
    "another issuer": {"iss": "http://127.0.0.1:1"},
    "another audience": {"aud": "someone-else"},
    "several audiences": {"aud": ["citizens", "other"]},
    "another party": {"azp": "other"},
    "another nonce": {"nonce": "x" * 43},
    "no nonce": {"nonce": None},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a name that is a list": {"sub": ["li-1"]},
    "an endless name": {"sub": "x" * 256},
    "no end": {"exp": None},
    "no beginning": {"iat": None},
    "a date that is a text": {"exp": "demain"},
    "no level": {"acr": None},
    "a low level": {"acr": "eidas0"},
    "a level that is a list": {"acr": ["eidas1"]},
}


@pytest.mark.parametrize("how", LIES)
def test_a_claim_that_is_not_what_was_asked_proves_nothing(client, liar, made, how):
    liar.lies = LIES[how]
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 400)


@pytest.mark.parametrize(
    ("claim", "seconds", "is_let_in"),
    [("exp", -100, True), ("exp", -130, False), ("iat", 100, True), ("iat", 130, False),
     ("nbf", 100, True), ("nbf", 130, False)],
)  # fmt: skip
def test_two_minutes_between_two_clocks_are_forgiven_and_no_more(client, liar, claim, seconds, is_let_in):
    liar.lies = {claim: int(NOW()) + seconds}
    page = client.get(liar.back(leave(client, "franceconnect")))
    assert page.status_code == (302 if is_let_in else 400)
    assert ("_auth_user_id" in client.session) is is_let_in


def test_userinfo_that_speaks_of_another_is_not_believed(client, liar, settings, made):
    settings.IDENTITY = declared(
        int(liar.issuer.rpartition(":")[2]), replace(CITIZENS, scopes=("openid", "email"))
    )
    liar.told["/me"] = (200, b'{"sub": "someone-else", "email": "a@b.fr"}', 0)
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 400)


def test_an_answer_of_another_service_is_refused(client, liar, made):
    back = liar.back(leave(client, "franceconnect")) + "&iss=https://evil.example"
    refused(client, client.get(back), 400)


BIG = b'{"keys": "' + b"x" * 10 * 1024 * 1024 + b'"}'
GARBAGE = {
    "truncated": (200, b'{"keys": [', 0), "not json": (200, b"<html>", 0), "a list": (200, b"[]", 0),
    "nested": (200, b"[" * 100_000, 0), "nothing": (200, b"", 0), "500": (500, b"", 0), "503": (503, b"{}", 0),
    "a redirect": (302, b"", 0), "ten megabytes": (200, BIG, 0), "bytes": (200, b"\xff\xfe\x00", 0),
}  # fmt: skip


@pytest.mark.parametrize("path", ["/token", "/jwks"])
@pytest.mark.parametrize("how", GARBAGE)
def test_garbage_is_told_as_an_outage_and_taking_part_goes_on(client, liar, made, path, how):
    liar.told[path] = GARBAGE[how]
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 503)
    assert outages() == ("identity",)
    shell.JOURNAL.forget()
    page = client.get("/connexion").content.decode()
    assert "La connexion par un service d’identité ne répond pas" in page
    assert client.get("/concertations/bouger/dire").status_code == 200


@pytest.mark.parametrize("how", [*GARBAGE, "another issuer", "an endpoint inside", "an endpoint elsewhere"])
def test_a_service_that_describes_itself_wrongly_is_not_followed(client, liar, made, how):
    if how == "another issuer":
        liar.description = {"issuer": "https://other.example"}
    elif how == "an endpoint inside":
        liar.description = {"authorization_endpoint": "http://169.254.169.254/latest/meta-data/"}
    elif how == "an endpoint elsewhere":
        liar.description = {"authorization_endpoint": "https://evil.example/auth"}
    else:
        liar.told["/.well-known/openid-configuration"] = GARBAGE[how]
    refused(client, client.post(START, **HERE), 503)
    assert outages() == ("identity",)


def test_secrets_are_not_sent_where_the_description_leads(client, liar, made):
    liar.description = {"token_endpoint": "http://127.0.0.1:1/token"}
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 503)
    assert "/token" not in liar.asked


def test_a_slow_answer_ends_within_five_seconds(client, liar, made):
    url = leave(client, "franceconnect")
    liar.told["/token"] = (200, b"{" * 65536 * 100, 1.0)
    started = time.monotonic()
    refused(client, client.get(liar.back(url)), 503)
    assert time.monotonic() - started < 15  # to its end, 100 s


@pytest.mark.parametrize("how", ["down", "resets", "slow"])
def test_a_service_that_fails_leaves_every_other_way_open(client, settings, how, territory):
    started = time.monotonic()
    with failing_peer(how, after=20) as port:
        settings.IDENTITY = declared(port, CITIZENS)
        refused(client, client.post(START, **HERE), 503)
    assert time.monotonic() - started < 15  # its answer comes after 20
    assert outages() == ("identity",)


def test_a_new_key_is_looked_for_once_a_minute_and_no_more(client, liar):
    kept, liar.keys = liar.keys, {"keys": []}
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 400)
    liar.keys = kept
    refused(client, client.get(liar.back(leave(client, "franceconnect"))), 400)
    assert liar.asked.count("/jwks") == 2
    cache.clear()
    assert client.get(liar.back(leave(client, "franceconnect"))).status_code == 302


def test_the_worker_sees_that_it_is_back(liar, territory):
    probes = {}
    probe_with(Part.IDENTITY, jobs.ask_services, probes=probes)
    report_down("identity")
    liar.told["/.well-known/openid-configuration"] = (500, b"", 0)
    assert look_again(probes) == []
    liar.told.clear()
    assert look_again(probes) == ["identity"]
    assert outages() == ()
