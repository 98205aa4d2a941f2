"""Signed tokens: what must hold before a word of one is believed."""

from collections.abc import Mapping
from typing import Any

import jwt
from jwt import PyJWK
from jwt.exceptions import InvalidTokenError, PyJWTError
from jwt.types import Options

# Of keys that only the service holds: never "none", nor a secret that we hold too.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
SKEW = 120  # seconds: two clocks that are each a minute wrong
_UNCHECKED: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
_NEEDED = ("iss", "aud", "sub")


class BadProof(Exception):
    """What came back proves nothing. The reason is for the log alone."""


class UnknownKey(BadProof):
    """Signed by a key that was not published when we last looked."""


def key_for(token: str, keys: Mapping[str, Any]) -> PyJWK:
    try:
        header = jwt.get_unverified_header(token)
    except PyJWTError as fault:
        raise BadProof("not a token") from fault
    if header.get("alg") not in ALGORITHMS or "crit" in header:
        raise BadProof("signed in a way that we do not take")
    found = [each for each in keys.get("keys", ()) if _is_for(each, header)]
    if len(found) != 1:
        raise UnknownKey("no key, or more than one")
    try:
        return PyJWK.from_dict(found[0], header["alg"])
    except PyJWTError as fault:
        raise BadProof("its key is not one") from fault


def _is_for(key: Any, header: Mapping[str, Any]) -> bool:
    if not isinstance(key, dict) or key.get("use", "sig") != "sig":
        return False
    is_same_kind = key.get("alg", header["alg"]) == header["alg"]
    return is_same_kind and ("kid" not in header or key.get("kid") == header["kid"])


def verified(
    token: str, keys: Mapping[str, Any], *, issuer: str, audience: str, now: float, is_dated: bool = True
) -> dict[str, Any]:
    """Its claims: signed by the service, for us, now. ``is_dated``: an answer of userinfo may have no end."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key_for(token, keys), algorithms=list(ALGORITHMS), issuer=issuer, audience=audience,
            options={**_UNCHECKED, "require": [*_NEEDED, *(("exp", "iat") if is_dated else ())]},
        )  # fmt: skip
    except InvalidTokenError as fault:
        raise BadProof(type(fault).__name__) from fault
    _refuse_wrong_time(claims, now)
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != audience:
        raise BadProof("made for another party as well")
    return claims


def _refuse_wrong_time(claims: Mapping[str, Any], now: float) -> None:
    """By the clock of the database, like all that we decide."""
    try:
        ends = float(claims.get("exp", now))
        begins = max(float(claims.get("nbf", now)), float(claims.get("iat", now)))
    except (TypeError, ValueError) as fault:
        raise BadProof("not a date") from fault
    if now >= ends + SKEW:
        raise BadProof("it is over")
    if begins > now + SKEW:
        raise BadProof("it has not begun")
