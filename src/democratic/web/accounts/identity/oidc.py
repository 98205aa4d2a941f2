"""OpenID Connect: where to send someone, and what she brings back (code flow, PKCE, state, nonce)."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import constant_time_compare

from democratic.kernel.limits import keyed_hash
from democratic.kernel.outbound import Answer, Outbound, OutboundFault
from democratic.people.identities import print_of
from democratic.web.accounts.identity.declared import Protocol, Provider
from democratic.web.accounts.identity.tokens import BadProof, UnknownKey, verified

REMEMBERED = 600  # seconds: a service's own description, and its keys
LOOK_AGAIN = 60  # an unknown key makes us ask once more, not more often than this
LONGEST_SUBJECT = 255
_LEVELS = ("eidas1", "eidas2", "eidas3")  # the second and the third prove what the first does


class ServiceDown(Exception):
    """It does not answer, or what it says of itself makes no sense. The reason is for the log alone."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Someone whom the service knows. Nothing of her civil identity is asked, nor kept."""

    subject_print: str
    email: str = ""
    is_email_proved: bool = False
    is_strong: bool = False
    id_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Departure:
    """``kept`` stays in the session: only this browser can come back with what it is given there."""

    url: str
    kept: dict[str, str]


class Service:
    """One errand at one service, for one request: five seconds for all that it asks."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._out = Outbound(provider.places, near=settings.IDENTITY.near)

    def departure(self, back: str) -> Departure:
        described = self.described()
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        digest = hashlib.sha256(kept["verifier"].encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": back,
            "scope": " ".join(self.provider.asked_scopes),
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        if self.provider.acr:
            asked["acr_values"] = " ".join(self.provider.acr)
        if self.provider.mfa:
            asked["claims"] = json.dumps({"id_token": {"acr": None, "amr": None}})
        return Departure(_added(self._endpoint(described, "authorization_endpoint"), asked), kept)

    def arrival(self, brought: Mapping[str, str], kept: Mapping[str, str], back: str, now: float) -> Proof:
        if not constant_time_compare(brought.get("state", ""), kept["state"]):
            raise BadProof("state")
        if not brought.get("code"):
            raise BadProof("no code")
        described = self.described()
        if (
            brought.get("iss", self.provider.issuer) != self.provider.issuer
        ):  # RFC 9207: another service's answer
            raise BadProof("iss")
        given = self._exchange(described, brought["code"], kept["verifier"], back)
        token = str(given.get("id_token", ""))
        claims = self._believed(described, token, now)
        if not constant_time_compare(str(claims.get("nonce", "")), kept["nonce"]):
            raise BadProof("nonce")
        return self._proof(described, claims, given, token, now)

    def end(self, id_token: str, back: str) -> str:
        """Where to sign out of the service as well; empty when it has no such place."""
        described = self.described()
        if not described.get("end_session_endpoint"):
            return ""
        asked = {
            "id_token_hint": id_token,
            "state": secrets.token_urlsafe(16),
            "post_logout_redirect_uri": back,
            "client_id": self.provider.client_id,
        }
        return _added(self._endpoint(described, "end_session_endpoint"), asked)

    def described(self, *, anew: bool = False) -> dict[str, Any]:
        """What the service says of itself, remembered ten minutes."""
        address = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        described = self._remembered(address, anew=anew)
        if described.get("issuer") != self.provider.issuer:
            raise ServiceDown("it says that it is another")
        return described

    def _remembered(self, address: str, *, anew: bool = False) -> dict[str, Any]:
        key = f"identity:{hashlib.sha256(address.encode()).hexdigest()}"
        known = None if anew else cache.get(key)
        if isinstance(known, dict):
            return known
        read = _object(self._asked_well(self._get(address)))
        cache.set(key, read, REMEMBERED)
        return read

    def _proof(
        self,
        described: Mapping[str, Any],
        claims: dict[str, Any],
        given: Mapping[str, Any],
        token: str,
        now: float,
    ) -> Proof:
        provider = self.provider
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise BadProof("sub")
        if provider.acr and not _reaches(claims.get("acr"), provider.acr):
            raise BadProof("acr")
        told = claims
        if "email" in provider.asked_scopes and "email" not in claims:
            told = self._more(described, str(given.get("access_token", "")), subject, now)
        methods = _texts(claims.get("amr"))
        return Proof(
            print_of(provider.issuer, subject),
            email=str(told.get("email") or ""),
            is_email_proved=told.get("email_verified") is True,
            is_strong=bool((_texts([claims.get("acr")]) | methods) & set(provider.mfa)),
            id_token=token if provider.kind is Protocol.FRANCECONNECT else "",
        )

    def _exchange(self, described: Mapping[str, Any], code: str, verifier: str, back: str) -> dict[str, Any]:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        takes = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        us = (self.provider.client_id, self.provider.client_secret)
        if "client_secret_basic" in takes:
            pair = ":".join(quote(part, safe="") for part in us)
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            sent |= dict(zip(("client_id", "client_secret"), us, strict=True))
        try:
            answer = self._out.post(
                self._endpoint(described, "token_endpoint"), urlencode(sent).encode(), headers
            )
        except OutboundFault as fault:
            raise ServiceDown(str(fault)) from fault
        if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise BadProof("the service does not take this code")
        return _object(self._asked_well(answer))

    def _believed(
        self, described: Mapping[str, Any], token: str, now: float, *, is_dated: bool = True
    ) -> dict[str, Any]:
        provider, address = self.provider, self._endpoint(described, "jwks_uri")
        for_us = {"issuer": provider.issuer, "audience": provider.client_id}
        try:
            return verified(token, self._remembered(address), now=now, is_dated=is_dated, **for_us)
        except UnknownKey:
            if not cache.add(f"identity:again:{keyed_hash(address)}", 1, LOOK_AGAIN):
                raise
        return verified(token, self._remembered(address, anew=True), now=now, is_dated=is_dated, **for_us)

    def _more(self, described: Mapping[str, Any], access: str, subject: str, now: float) -> dict[str, Any]:
        """Of the same person, or nothing is believed."""
        address = self._endpoint(described, "userinfo_endpoint")
        answer = self._asked_well(self._get(address, {"Authorization": f"Bearer {access}"}))
        if answer.content_type == "application/jwt":
            told = self._believed(
                described, answer.body.decode(errors="replace").strip(), now, is_dated=False
            )
        else:
            told = _object(answer)
        if told.get("sub") != subject:
            raise BadProof("userinfo speaks of another")
        return told

    def _get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        try:
            return self._out.get(address, headers)
        except OutboundFault as fault:
            raise ServiceDown(str(fault)) from fault

    def _endpoint(self, described: Mapping[str, Any], name: str) -> str:
        """Examined before it is followed, and before a browser is sent there."""
        address = str(described.get(name, ""))
        try:
            self._out.examined(address)
        except OutboundFault as fault:
            raise ServiceDown(f"{name}: {fault}") from fault
        return address

    def _asked_well(self, answer: Answer) -> Answer:
        if answer.status != HTTPStatus.OK:
            raise ServiceDown(f"it answers {answer.status}")
        return answer


def _object(answer: Answer) -> dict[str, Any]:
    try:
        read = json.loads(answer.body)
    except (ValueError, RecursionError) as fault:
        raise ServiceDown("what it says is not JSON") from fault
    if not isinstance(read, dict):
        raise ServiceDown("what it says is not an object")
    return read


def _texts(value: object) -> set[str]:
    return {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()


def _reaches(acr: object, asked: tuple[str, ...]) -> bool:
    if acr in _LEVELS:
        return any(acr in _LEVELS[_LEVELS.index(each) :] for each in asked if each in _LEVELS)
    return acr in asked


def _added(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
