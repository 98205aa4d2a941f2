"""Real identity providers on this machine (Node, started by the tests), and how a browser goes to them and back."""

import contextlib
import http.client
import json
import re
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from democratic.web.accounts.identity.declared import Identity, Protocol, Provider, Public
from ports import free_port

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "var/identity-providers/node_modules"
SCRIPTS = ROOT / "tests/identity_providers"
OURS = "http://127.0.0.1:8000"  # settings.PUBLIC_URL of tests
SECRET = "a-secret-of-tests:with&signs=and+more-than-32"
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TWO_FACTORS = "urn:two-factors"


@contextlib.contextmanager
def node(script, *arguments):
    """A server of ours that Node runs. Skipped, in so many words, where providers were never installed."""
    if not MODULES.exists():
        pytest.skip("no identity provider here: run bin/identity-providers (it needs npm)")
    port = free_port()
    command = ["node", SCRIPTS / script, MODULES, str(port), *map(str, arguments)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port, server):
    until = time.monotonic() + 20
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    raise RuntimeError("the identity provider did not start")


def ask(port, path, body=None, headers=None):
    """(status, headers, body) of one request at a peer of this machine."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("POST" if body is not None else "GET", path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


AGENTS = Provider(
    slug="agents", name="ProConnect", kind=Protocol.PROCONNECT, public=Public.STAFF, authority="val-orbe",
    issuer="", client_id="agents", client_secret=SECRET, mfa=(TWO_FACTORS, "mfa"), domains=("val-orbe.example",),
)  # fmt: skip
CITIZENS = Provider(
    slug="franceconnect", name="FranceConnect", kind=Protocol.FRANCECONNECT, public=Public.CITIZENS,
    authority="val-orbe", issuer="", client_id="citizens", client_secret=SECRET, acr=("eidas1",),
)  # fmt: skip


def declared(port, *providers):
    near = frozenset({f"127.0.0.1:{port}"})
    issuer = f"http://127.0.0.1:{port}"
    return Identity(tuple(replace(each, issuer=each.issuer or issuer) for each in providers), near=near)


def clients(ours=OURS):
    return json.dumps(
        [
            {
                "client_id": each.client_id,
                "client_secret": SECRET,
                "redirect_uris": [f"{ours}/connexion/avec/{each.slug}/retour"],
                "post_logout_redirect_uris": [f"{ours}/"],
                "token_endpoint_auth_method": "client_secret_basic",
            }
            for each in (AGENTS, CITIZENS)
        ]
    )


@dataclass
class OpenIdProvider:
    port: int

    def next(self, sub, email="", acr="eidas1", amr=("pwd",), *, is_email_proved=True, **more):
        """Who will have signed in at the next visit."""
        said = {
            "sub": sub,
            "email": email,
            "email_verified": is_email_proved,
            "acr": acr,
            "amr": list(amr),
            **more,
        }
        assert ask(self.port, "/next", json.dumps(said))[0] == 204

    def follow(self, url):
        """What a browser does there, until it is sent back to us: that address, as a path of ours."""
        cookies = SimpleCookie()
        for _step in range(10):
            parts = urlsplit(url)
            sent = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            status, headers, body = ask(self.port, target, headers={"Cookie": sent})
            for each in headers.get_all("Set-Cookie") or ():
                cookies.load(each)
            assert status in (302, 303), (status, body[-700:])
            url = headers["Location"]
            if url.startswith(OURS):
                return url.removeprefix(OURS)
            url = url if url.startswith("http") else f"http://127.0.0.1:{self.port}{url}"
        raise AssertionError("it never comes back")


@contextlib.contextmanager
def openid_provider(ours=OURS):
    with node("oidc.mjs", clients(ours)) as port:
        yield OpenIdProvider(port)


def leave(client, slug, **fields):
    """Where our page sends the browser."""
    page = client.post(f"/connexion/avec/{slug}", fields, **HERE)
    assert page.status_code == 200, (page.status_code, page.content.decode()[:500])
    url = page.headers["Refresh"].removeprefix("0;url=")
    assert (
        re.search(r'href="([^"]+)" rel="noreferrer"', page.content.decode())[1].replace("&amp;", "&") == url
    )
    return url


def go(client, provider, slug, **fields):
    """The whole way there and back; the answer of our address of return."""
    return client.get(provider.follow(leave(client, slug, **fields)))


def make_key(folder):
    """``key.pem`` and ``cert.pem``, as a SAML provider has. Returns the certificate's text."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now, name = datetime.now(UTC), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fournisseur")])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1)).sign(key, SHA256())
    )  # fmt: skip
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "key.pem").write_bytes(private)
    (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return (folder / "cert.pem").read_text()


@dataclass
class SamlProvider:
    port: int
    certificate: str

    @property
    def declared(self):
        return Provider(
            slug="annuaire", name="L’annuaire", kind=Protocol.SAML, public=Public.STAFF, authority="val-orbe",
            issuer=f"http://127.0.0.1:{self.port}/metadata", sso_url=f"http://127.0.0.1:{self.port}/sso",
            certificate=self.certificate, mfa=(TWO_FACTORS,), domains=("val-orbe.example",),
            email_attribute="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        )  # fmt: skip

    def answer(self, request, person, **options):
        """The SAMLResponse to a request, as samlp makes it."""
        back = f"{OURS}/connexion/avec/annuaire/saml"
        usual = {
            "audience": f"{OURS}/connexion/avec/annuaire/metadonnees", "recipient": back, "destination": back,
            "inResponseTo": request,
        }  # fmt: skip
        body = json.dumps({"person": person, "options": usual | options})
        status, _headers, made = ask(self.port, "/answer", body)
        assert status == 200, made
        return made.decode()


@contextlib.contextmanager
def saml_provider(folder):
    certificate = make_key(folder)
    with node("saml.cjs", folder) as port:
        yield SamlProvider(port, certificate)
