"""Signing in by SAML 2 with a real provider's assertions (samlp), and with what is made of them to fool us."""

import base64
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.identities import link_identity, print_of
from democratic.people.models import Account, LinkedIdentity
from democratic.thread.models import Grant
from democratic.web.accounts.identity.declared import Identity
from identity_peers import HERE, OURS, TWO_FACTORS, leave, make_key, saml_provider

NATHALIE = {"id": "nathalie-1", "email": "agent@val-orbe.example"}
STRONG = {"authnContextClassRef": TWO_FACTORS}
ACS = "/connexion/avec/annuaire/saml"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
NS = {"saml": SAML[1:-1], "ds": DS[1:-1]}


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with saml_provider(tmp_path_factory.mktemp("saml")) as running:
        yield running


@pytest.fixture(autouse=True)
def _linked(provider, settings, territory):
    cache.clear()
    settings.IDENTITY = Identity((provider.declared,), near=frozenset({f"127.0.0.1:{provider.port}"}))
    link_identity(
        account=territory.agent, provider="val-orbe/annuaire", source="L’annuaire", clock=DATABASE_CLOCK,
        subject_print=print_of(provider.declared.issuer, NATHALIE["id"]),
    )  # fmt: skip


@pytest.fixture
def client():
    return Client()


def asked(client):
    """The id of the request that our page sends the browser with."""
    url = leave(client, "annuaire", next="/bureau")
    packed = parse_qs(urlsplit(url).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15)).get("ID")


def post(client, response):
    """As the provider's page does: by another site's form, which brings no cookie of ours."""
    taken = Client().post(ACS, {"SAMLResponse": response}, HTTP_SEC_FETCH_SITE="cross-site")
    return client.get(taken.url) if taken.status_code == 302 else taken


def refused(client, page):
    text = page.content.decode().replace("\u00a0", " ")
    assert page.status_code == 400, text[:500]
    assert "ne nous a pas confirmé que c’est vous" in text
    assert "_auth_user_id" not in client.session


def changed(response, change):
    """The same answer, after ``change`` had its way with the document."""
    document = etree.fromstring(base64.b64decode(response))
    change(document)
    return base64.b64encode(etree.tostring(document)).decode()


def test_staff_enter_the_desk_and_two_factors_of_their_service_are_enough(client, provider, territory):
    assert post(client, provider.answer(asked(client), NATHALIE, **STRONG)).url == "/bureau"
    Authenticator.objects.all().delete()
    assert client.get("/bureau").status_code == 200


def test_with_one_factor_ours_is_asked(client, provider):
    assert post(client, provider.answer(asked(client), NATHALIE)).url == "/connexion/second-facteur"


def test_someone_new_is_led_to_link_and_nothing_is_made(client, provider):
    before = Account.objects.count(), Grant.objects.count(), LinkedIdentity.objects.count()
    page = post(client, provider.answer(asked(client), {"id": "new", "email": "new@val-orbe.example"}))
    assert page.url.startswith("/connexion?next=")
    assert (Account.objects.count(), Grant.objects.count(), LinkedIdentity.objects.count()) == before


def test_an_assertion_serves_once(client, provider):
    response = provider.answer(asked(client), NATHALIE, **STRONG)
    other = Client()
    kept = dict(client.session["identity_gone"])
    assert post(client, response).status_code == 302
    refused(other, post(other, response))
    asked(other)
    refused(other, post(other, response))
    asked(other)
    session = other.session
    session["identity_gone"] = kept  # even with the very request that it answers
    session.save()
    refused(other, post(other, response))


def test_one_that_was_not_asked_for_is_refused(client, provider):
    refused(client, post(client, provider.answer("_nobody-asked", NATHALIE)))
    asked(client)
    refused(client, post(client, provider.answer("_another", NATHALIE)))
    asked(client)
    refused(client, post(client, provider.answer("", NATHALIE)))


def test_the_browser_that_left_alone_can_finish(client, provider):
    request = asked(client)
    response = provider.answer(request, NATHALIE, **STRONG)
    taken = Client().post(ACS, {"SAMLResponse": response}, HTTP_SEC_FETCH_SITE="cross-site")
    thief = Client()
    asked(thief)
    refused(thief, thief.get(taken.url))
    refused(client, client.get(taken.url))  # what was posted is fetched once


WRONG = {
    "unsigned": {"signAssertion": False},
    "signed as a message alone": {"signAssertion": False, "signResponse": True},
    "another audience": {"audience": "https://other.example"},
    "another issuer": {"issuer": "https://other.example"},
    "another place": {"destination": "https://other.example/saml"},
    "another recipient": {"recipient": "https://other.example/saml"},
    "over": {"lifetimeInSeconds": -10},
    "a failure": {"samlStatusCode": "urn:oasis:names:tc:SAML:2.0:status:Responder"},
    "a passing name": {"nameIdentifierFormat": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
    "sha1": {"signatureAlgorithm": "rsa-sha1", "digestAlgorithm": "sha1"},
}


@pytest.mark.parametrize("how", WRONG)
def test_what_is_not_signed_for_us_now_is_refused(client, provider, how):
    refused(client, post(client, provider.answer(asked(client), NATHALIE, **(STRONG | WRONG[how]))))


def test_signed_by_another_key_is_refused(client, provider, tmp_path):
    make_key(tmp_path)
    forged = {"key": (tmp_path / "key.pem").read_text(), "cert": (tmp_path / "cert.pem").read_text()}
    refused(client, post(client, provider.answer(asked(client), NATHALIE, **forged)))


@pytest.mark.parametrize(("behind", "is_let_in"), [(90, True), (150, False)])
def test_our_clock_may_be_two_minutes_behind(client, provider, monkeypatch, behind, is_let_in):
    now = OneLogin_Saml2_Utils.now
    response = provider.answer(asked(client), NATHALIE, **STRONG)
    monkeypatch.setattr(OneLogin_Saml2_Utils, "now", staticmethod(lambda: now() - behind))
    page = post(client, response)
    assert page.status_code == (302 if is_let_in else 400)


def another_name(document):
    document.find(f".//{SAML}NameID").text = "elue-1"


def evil_of(document):
    """A copy of the assertion without its signature, which names another."""
    evil = etree.fromstring(etree.tostring(document.find(f"{SAML}Assertion")))
    evil.remove(evil.find(f"{DS}Signature"))
    evil.set("ID", "_evil")
    evil.find(f".//{SAML}NameID").text = "elue-1"
    return evil


def evil_first(document):
    document.insert(document.index(document.find(f"{SAML}Assertion")), evil_of(document))


def evil_last(document):
    document.append(evil_of(document))


def wrapped_in_the_signature(document):
    real, evil = document.find(f"{SAML}Assertion"), evil_of(document)
    signature = real.find(f"{DS}Signature")
    document.replace(real, evil)
    kept = etree.fromstring(etree.tostring(real))
    kept.remove(kept.find(f"{DS}Signature"))
    evil.insert(1, signature)
    holder = etree.SubElement(signature, f"{DS}Object")
    holder.append(kept)


def wrapped_in_extensions(document):
    real, evil = document.find(f"{SAML}Assertion"), evil_of(document)
    document.replace(real, evil)
    status = document.find("{urn:oasis:names:tc:SAML:2.0:protocol}Status")
    holder = etree.Element("{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
    holder.append(real)
    status.addprevious(holder)


def same_id_twice(document):
    evil = evil_of(document)
    evil.set("ID", document.find(f"{SAML}Assertion").get("ID"))
    document.insert(document.index(document.find(f"{SAML}Assertion")), evil)


def comment_in_the_name(document):
    name = document.find(f".//{SAML}NameID")
    name.text = "elue-1"
    name.append(etree.Comment("x"))
    name[0].tail = ".evil"


def without_its_signature(document):
    assertion = document.find(f"{SAML}Assertion")
    assertion.remove(assertion.find(f"{DS}Signature"))


def without_its_audience(document):
    conditions = document.find(f".//{SAML}Conditions")
    conditions.remove(conditions.find(f"{SAML}AudienceRestriction"))


FORGERIES = [
    another_name, evil_first, evil_last, wrapped_in_the_signature, wrapped_in_extensions, same_id_twice,
    comment_in_the_name, without_its_signature, without_its_audience,
]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda each: each.__name__)
def test_a_document_made_to_fool_the_signature_lets_nobody_in(client, provider, territory, forge):
    link_identity(
        account=territory.elected, provider="val-orbe/annuaire", source="L’annuaire", clock=DATABASE_CLOCK,
        subject_print=print_of(provider.declared.issuer, "elue-1"),
    )  # fmt: skip
    refused(client, post(client, changed(provider.answer(asked(client), NATHALIE, **STRONG), forge)))


BOMB = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;">' % (98 + n, 97 + n, 97 + n, 97 + n) for n in range(20)
)
GARBAGE = {
    "nothing": "", "no base64": "%%%", "no xml": base64.b64encode(b"hello").decode(),
    "cut xml": base64.b64encode(b"<samlp:Response").decode(), "too long": "A" * 200_001,
    "a bomb": base64.b64encode(BOMB + b"]><r>&u;</r>").decode(),
    "a file": base64.b64encode(b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>').decode(),
    "another document": base64.b64encode(b"<a/>").decode(),
}  # fmt: skip


@pytest.mark.parametrize("how", GARBAGE)
def test_garbage_comes_back_to_a_calm_page(client, how):
    asked(client)
    page = post(client, GARBAGE[how])
    assert page.status_code == 400
    assert '<html lang="fr"' in page.content.decode()


def test_our_metadata_says_where_to_answer_and_that_assertions_are_signed(client):
    page = client.get("/connexion/avec/annuaire/metadonnees")
    document = etree.fromstring(page.content)
    assert document.get("entityID") == f"{OURS}/connexion/avec/annuaire/metadonnees"
    assert f'Location="{OURS}{ACS}"' in page.content.decode()
    assert 'WantAssertionsSigned="true"' in page.content.decode()


def test_each_address_is_of_its_own_protocol(client, settings):
    assert client.get("/connexion/avec/annuaire/retour").status_code == 404
    assert client.get(ACS).status_code == 405
    assert client.post(ACS.replace("annuaire", "autre"), {"SAMLResponse": "x"}, **HERE).status_code == 404
