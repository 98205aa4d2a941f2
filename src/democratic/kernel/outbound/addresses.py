"""Which addresses may be asked: written in one way alone, and of the public network unless they are named as ours."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from democratic.kernel.outbound.faults import NoAnswer, WayRefused

DEFAULT_PORTS = {"https": 443, "http": 80}
# Printable ASCII, without what parsers disagree about.
_PLAIN = re.compile(r"[!-~]+")
_AMBIGUOUS = re.compile(r"[\\\"<>^`{|}#]")
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
# Forms of IPv6 that carry an IPv4 address inside: no server that we are told of lives there.
_CARRIERS = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"),
    )
)
_NOWHERE = tuple(
    map(ipaddress.ip_network, ("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "fec0::/10"))
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def place_of(url: str) -> str:
    """``host:port`` of an address, as the lists of allowed places write it. WayRefused: it is ambiguous."""
    parts = parted(url)
    return f"{parts.hostname}:{parts.port or DEFAULT_PORTS[parts.scheme]}"


def parted(url: str) -> SplitResult:
    """WayRefused: anything that two readers of addresses could understand in two ways."""
    if not _PLAIN.fullmatch(url) or _AMBIGUOUS.search(url):
        raise WayRefused("not a plain address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise WayRefused("not an address") from fault
    host = parts.hostname or ""
    if parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc or port == 0 or not _is_named(host):
        raise WayRefused("not an address of the web")
    return parts


def _is_named(host: str) -> bool:
    """A name, or an address in its one usual form: neither 0x7f.1, nor 2130706433, nor 127.1."""
    if ":" in host or host.rpartition(".")[2][:1].isdecimal():
        try:
            return str(ipaddress.ip_address(host)) == host
        except ValueError:
            return False
    return len(host) <= 253 and _NAME.fullmatch(host) is not None  # noqa: PLR2004  RFC 1035


def refuse_inside(addresses: Iterable[str], *, is_near: bool) -> None:
    """WayRefused as soon as one of them is not of the public network; ``is_near``: or of ours."""
    found = list(addresses)
    if not found:
        raise NoAnswer("no address")
    for each in found:
        address = _read_address(each)
        if not (is_public(address) or (is_near and _is_ours(address))):
            raise WayRefused(f"{address} is inside")


def _read_address(text: str) -> Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError as fault:
        raise WayRefused(f"{text} is not an address") from fault


def is_public(address: Address) -> bool:
    if address.is_multicast or not address.is_global or any(address in each for each in _NOWHERE):
        return False
    return address.version == 4 or not any(address in each for each in _CARRIERS)  # noqa: PLR2004  IPv4


def _is_ours(address: Address) -> bool:
    """Our machine or its private network; never what a cloud answers its machines with (169.254.169.254)."""
    is_out_of_place = address.is_link_local or address.is_multicast or address.is_unspecified
    if is_out_of_place or any(address in each for each in _NOWHERE):
        return False
    if address.is_loopback:
        return True
    return address.is_private and not any(address in each for each in _CARRIERS)
