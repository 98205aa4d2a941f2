"""The acts of ``bin/democratic scim-token`` and ``staff-list``, once Django is ready."""

import csv
from pathlib import Path

from democratic.communities.provisioning.actions import make_provisioning_token, withdraw_provisioning_token
from democratic.config.commands.which_authority import authority_named
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.stewardship.leaving_work import absent_from, end_work
from democratic.thread.addresses import public_address


def make_token(slug: str) -> None:
    authority = authority_named(slug)
    secret = make_provisioning_token(authority=authority, clock=DATABASE_CLOCK)
    say(f"Adresse pour l’annuaire : {public_address(authority)}/scim/v2")
    say(f"Jeton, montré une seule fois : {secret}")
    say("Celui d’avant, s’il y en avait un, n’ouvre plus rien.")


def withdraw_token(slug: str) -> None:
    is_gone = withdraw_provisioning_token(authority=authority_named(slug))
    say("Le jeton est retiré : l’annuaire n’entre plus." if is_gone else "Il n’y avait aucun jeton.")


def compare(file: Path, slug: str, *, is_applied: bool) -> None:
    """A list that holds nobody is a broken export: it ends nothing."""
    authority = authority_named(slug)
    present = addresses_in(file)
    absent = absent_from(authority, present)
    if not absent:
        say("Toutes les personnes qui ont un rôle sont sur la liste.")
        return
    for account in absent:
        if is_applied:
            ended = end_work(account=account, authority=authority, clock=DATABASE_CLOCK)
            say(f"{account.email} : {ended.grants} rôle(s) terminé(s), appareils déconnectés")
            if ended.leaves_nobody:
                say("! Plus personne n’administre : bin/democratic invite COURRIEL --authority " + slug)
        else:
            say(f"{account.email} : son rôle prendrait fin")
    if not is_applied:
        say("Rien n’a changé. Pour le faire : --apply")


def addresses_in(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            sample = opened.read(4096)
            opened.seek(0)
            rows = list(csv.reader(opened, delimiter=";" if ";" in sample.partition("\n")[0] else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise CannotStart(f"{file} ne se lit pas ({type(fault).__name__}).") from fault
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    column = next(
        (head.index(name) for name in ("email", "e-mail", "mail", "courriel") if name in head), None
    )
    lines = rows if column is None else rows[1:]
    found = [row[column or 0].strip() for row in lines if len(row) > (column or 0)]
    addresses = [each for each in found if "@" in each]
    if not addresses:
        raise CannotStart(f"{file} ne contient aucune adresse : rien n’est fait.")
    return addresses
