"""The identity services that an operator declared: one file, read once at start, wrong lines told in French.

Nothing of Django here: settings read it. A service whose lines are wrong is left out, the others work.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from democratic.kernel.outbound import WayRefused, place_of

FRANCECONNECT_ACR = "eidas1"
_SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
LONGEST_SLUG = 40
OTHERS_READ = 0o077


class Protocol(StrEnum):
    OIDC = "oidc"
    PROCONNECT = "proconnect"
    FRANCECONNECT = "franceconnect"
    SAML = "saml"


class Public(StrEnum):
    """For whom: staff enter the desk with it, citizens take part."""

    STAFF = "staff"
    CITIZENS = "citizens"


@dataclass(frozen=True, slots=True)
class Provider:
    """``mfa``: the values of acr or amr (or of SAML's context) that say that two factors were asked."""

    slug: str
    name: str
    kind: Protocol
    public: Public
    authority: str
    issuer: str
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ()
    acr: tuple[str, ...] = ()
    mfa: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    sso_url: str = ""
    certificate: str = field(default="", repr=False)
    email_attribute: str = "email"

    @property
    def is_saml(self) -> bool:
        return self.kind is Protocol.SAML

    @property
    def is_for_staff(self) -> bool:
        return self.public is Public.STAFF

    @property
    def places(self) -> frozenset[str]:
        """Where it may be asked: its own host, and those that the operator added."""
        more = (host if ":" in host else f"{host}:443" for host in self.hosts)
        return frozenset({place_of(self.issuer), *more})

    @property
    def asked_scopes(self) -> tuple[str, ...]:
        """Of citizens, who they are is never asked: that it is the same person is enough."""
        return self.scopes or (("openid", "email") if self.is_for_staff else ("openid",))


@dataclass(frozen=True, slots=True)
class Identity:
    """``near``: what the operator allowed on its own network, or by http: ``host:port``."""

    providers: tuple[Provider, ...] = ()
    faults: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()

    def of(self, authority: str) -> tuple[Provider, ...]:
        return tuple(each for each in self.providers if each.authority == authority)

    def get(self, authority: str, slug: str) -> Provider | None:
        return next((each for each in self.of(authority) if each.slug == slug), None)


_Choice = TypeVar("_Choice", bound=StrEnum)


class Misdeclared(ValueError):
    """The message is for the operator, in French."""


def read_identity(path: Path, allowed_near: str = "") -> Identity:
    """None declared when there is no file. ``allowed_near``: DEMOCRATIC_IDENTITY_ALLOW, by commas."""
    near = frozenset(place.strip() for place in allowed_near.split(",") if place.strip())
    if not path.exists():
        return Identity(near=near)
    try:
        _refuse_if_others_read(path)
        declared = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, Misdeclared) as fault:
        return Identity(faults=(f"{path.name} : {fault}",), near=near)
    return _read_all(path.name, declared, near)


def _refuse_if_others_read(path: Path) -> None:
    if path.stat().st_mode & OTHERS_READ:
        raise Misdeclared("d’autres comptes peuvent le lire, et il tient des secrets : chmod 600")


def _read_all(name: str, declared: Mapping[str, Any], near: frozenset[str]) -> Identity:
    providers: list[Provider] = []
    faults = [f"{name} : « {key} » n’est pas connu" for key in declared if key != "provider"]
    lines = declared.get("provider", [])
    for number, each in enumerate(lines if isinstance(lines, list) else [lines], 1):
        try:
            providers.append(_unlike(providers, _read_one(each, near)))
        except Misdeclared as fault:
            faults.append(f"{name}, service n° {number} : {fault}")
    return Identity(tuple(providers), tuple(faults), near)


def _unlike(known: list[Provider], read: Provider) -> Provider:
    if any((read.authority, read.slug) == (each.authority, each.slug) for each in known):
        raise Misdeclared(f"« {read.slug} » est déjà le nom d’un autre")
    return read


_KNOWN = {each.name for each in fields(Provider)} - {"public"} | {"for"}
_LISTS = ("scopes", "acr", "mfa", "domains", "hosts")


def _read_one(said: Any, near: frozenset[str]) -> Provider:
    if not isinstance(said, dict):
        raise Misdeclared("écrivez [[provider]], avec deux crochets")
    if unknown := sorted(set(said) - _KNOWN):
        raise Misdeclared(f"« {unknown[0]} » n’est pas connu")
    for name, value in said.items():
        _refuse_wrong_type(name, value)
    told: dict[str, Any] = {
        name: tuple(value) if name in _LISTS else value for name, value in said.items() if name != "for"
    }
    for name in ("slug", "name", "kind", "authority", "issuer", "for"):
        if not said.get(name):
            raise Misdeclared(f"« {name} » manque")
    kind, public = _one_of(Protocol, "kind", said["kind"]), _one_of(Public, "for", said["for"])
    provider = Provider(**(told | {"kind": kind, "public": public}))
    _refuse_incomplete(provider)
    _refuse_ways(provider, near)
    return _with_its_profile(provider)


def _refuse_wrong_type(name: str, value: Any) -> None:
    is_right = (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
        if name in _LISTS
        else isinstance(value, str)
    )
    if not is_right:
        raise Misdeclared(f"« {name} » est {'une liste de textes' if name in _LISTS else 'un texte'}")


def _one_of(choices: type[_Choice], name: str, value: str) -> _Choice:
    try:
        return choices(value)
    except ValueError as fault:
        raise Misdeclared(f"« {name} » est l’un de : {', '.join(choices)}") from fault


def _refuse_incomplete(provider: Provider) -> None:
    if len(provider.slug) > LONGEST_SLUG or not set(provider.slug) <= _SLUG:
        raise Misdeclared("« slug » : quarante signes au plus, des minuscules, des chiffres, des tirets")
    needed = ("sso_url", "certificate") if provider.is_saml else ("client_id", "client_secret")
    for name in needed:
        if not getattr(provider, name):
            raise Misdeclared(f"« {name} » manque")
    if not provider.is_saml and "openid" not in provider.asked_scopes:
        raise Misdeclared("« scopes » contient au moins « openid »")
    if provider.kind is Protocol.FRANCECONNECT and provider.is_for_staff:
        raise Misdeclared("FranceConnect est pour les habitants ; ProConnect, pour les agents")
    if provider.kind is Protocol.PROCONNECT and not provider.is_for_staff:
        raise Misdeclared("ProConnect est pour les agents ; FranceConnect, pour les habitants")


def _refuse_ways(provider: Provider, near: frozenset[str]) -> None:
    """By https, or at a place that the operator allowed by name. A SAML issuer is a name: nobody goes there."""
    address = provider.sso_url if provider.is_saml else provider.issuer
    try:
        is_well = address.startswith("https://") or place_of(address) in near
        place_of(address)
    except WayRefused:
        is_well = False
    if not is_well:
        raise Misdeclared(f"« {address} » n’est pas une adresse https://…")


def _with_its_profile(provider: Provider) -> Provider:
    if provider.kind is not Protocol.FRANCECONNECT or provider.acr:
        return provider
    told = {each.name: getattr(provider, each.name) for each in fields(Provider)}
    return Provider(**(told | {"acr": (FRANCECONNECT_ACR,)}))
