"""Secrets: there, long enough, nobody's default, and readable by us alone."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from democratic.config.checkup.findings import Finding, refused, warned, well

NAME = "secrets"
NEEDED = ("django", "signing-key.pem")
SHORTEST = 32  # characters
SHORTEST_PASSWORD = 12
FEWEST_SIGNS = 10  # different ones
# What manuals, examples and impatience put there.
DEFAULTS = frozenset(
    (
        *("admin", "changeit", "changeme", "changez-moi", "default", "demo", "democratic", "django"),
        *("insecure", "motdepasse", "passw0rd", "password", "postgres", "root", "secret", "test", "user"),
    )
)
ADDRESSES = {"DATABASE_URL": "de la base", "DEMOCRATIC_SMTP": "du serveur de courriels"}
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look_at_secrets(folder: Path, environment: Mapping[str, str]) -> Iterator[Finding]:
    troubles = [*_missing(folder), *_weak_files(folder), *_open_files(folder), *_passwords(environment)]
    yield from troubles or [well(NAME, "Secrets : présents, longs, fermés aux autres comptes.")]


def _missing(folder: Path) -> Iterator[Finding]:
    for name in NEEDED:
        if not (folder / name).is_file():
            yield refused(
                NAME,
                f"Le secret {name} manque dans {folder}.",
                "Remettez celui de la sauvegarde. Sur une installation neuve, bin/run le crée.",
            )


def _weak_files(folder: Path) -> Iterator[Finding]:
    for path in _files(folder):
        value = path.read_text(errors="replace").strip()
        if is_guessable(value, SHORTEST):
            yield refused(
                NAME,
                f"Le secret {path.name} est court, ou connu de tous.",
                f"Arrêtez tout, retirez {path}, relancez : un autre est tiré au hasard."
                " Pour un mot de passe de la base, changez-le aussi dans la base.",
            )


def _open_files(folder: Path) -> Iterator[Finding]:
    for path in [folder, *_files(folder)] if folder.is_dir() else []:
        status = path.stat()
        if status.st_mode & OTHERS:
            mode = "700" if path is folder else "600"
            yield refused(NAME, f"D'autres comptes peuvent lire {path}.", f"chmod {mode} {path}")
        elif status.st_uid != os.geteuid():
            yield warned(
                NAME, f"{path} est à un autre compte.", "Lancez démocraTIC avec le compte qui l'a installé."
            )


def _passwords(environment: Mapping[str, str]) -> Iterator[Finding]:
    for variable, whose in ADDRESSES.items():
        parts = _split(environment.get(variable, ""))
        if parts is None:
            continue
        password, user = parts
        if password.lower() in DEFAULTS or password == user or len(password) < SHORTEST_PASSWORD:
            yield refused(
                NAME,
                f"Le mot de passe {whose} ({variable}) est court, ou connu de tous.",
                "Donnez-en un tiré au hasard, de 24 signes ou plus.",
            )


def _split(address: str) -> tuple[str, str] | None:
    """Password and user; None when the address has no password (a socket, a certificate)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return None if parts.password is None else (unquote(parts.password), unquote(parts.username or ""))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []


def is_guessable(value: str, shortest: int) -> bool:
    lowered = value.lower()
    is_default = lowered in DEFAULTS or lowered.startswith("django-insecure-")
    return is_default or len(value) < shortest or len(set(value)) < FEWEST_SIGNS
