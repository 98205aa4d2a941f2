"""``bin/democratic health``: what runs here, in a few lines; 0 when all is well, 1 otherwise."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from democratic.config.places import Places, places
from democratic.config.server import installation
from democratic.config.server.checks import examine_database, refuse_full_disk
from democratic.config.server.database import URL, running_url
from democratic.config.server.errors import CannotStart
from democratic.config.server.parser import Parser
from democratic.config.server.progress import say
from democratic.config.server.services import Pages

WELL, ILL = "✓", "✗"


def main(argv: list[str]) -> int:
    Parser("health", "Dire ce qui tourne ici, et si tout va bien (code 0).").parse_args(argv)
    found = list(_looks(places()))
    for is_well, line in found:
        say(f"{WELL if is_well else ILL} {line}")
    return 0 if all(is_well for is_well, _ in found) else 1


def _looks(place: Places) -> Iterator[tuple[bool, str]]:
    yield _database(place)
    yield _pages(place)
    yield _disk(place)


def _database(place: Places) -> tuple[bool, str]:
    try:
        url = os.environ.get(URL) or running_url(place)
        if url is None:
            return False, "Base : arrêtée (bin/run la démarre)."
        examine_database(url)
    except CannotStart as refusal:
        return False, f"Base : {refusal}"
    return True, "Base : elle répond et ne perd rien de ce qu'elle accepte."


def _pages(place: Places) -> tuple[bool, str]:
    address = installation.running(place).get("web")
    if not address:
        return False, "Pages : arrêtées (bin/run les démarre)."
    parts = urlsplit(address)
    if Pages(parts.hostname or "", parts.port or 80).are_ready():
        return True, f"Pages : prêtes, {address}"
    return False, f"Pages : {address}/readyz ne dit pas qu'elles sont prêtes (voyez {place.log / 'web.log'})."


def _disk(place: Places) -> tuple[bool, str]:
    if not place.var.exists():
        return True, "Disque : rien n'est encore installé."
    try:
        refuse_full_disk(place.var)
    except CannotStart as refusal:
        return False, f"Disque : {refusal}"
    return True, "Disque : assez de place."
