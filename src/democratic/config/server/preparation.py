"""What was already prepared in this very database, so that a warm start need not load Django to find out."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import psycopg

from democratic.config.places import ROOT, Places
from democratic.config.server.checks import CONNECT_TIMEOUT, identify

SOURCES = ROOT / "src" / "democratic"
MIGRATIONS = "migrated"
DEMO = "demo"


def is_migrated(place: Places, url: str) -> bool:
    if not (place.var / "static").is_dir():
        return False
    return _stamp(place, MIGRATIONS).get("of") == [
        _migrations_fingerprint(),
        *_database(url),
    ]


def mark_migrated(place: Places, url: str) -> None:
    _mark(place, MIGRATIONS, [_migrations_fingerprint(), *_database(url)])


def has_demo(place: Places, url: str) -> bool:
    return _stamp(place, DEMO).get("of") == [_demo_fingerprint(), *_database(url)[:2]]


def mark_demo(place: Places, url: str, accounts: str) -> None:
    _mark(place, DEMO, [_demo_fingerprint(), *_database(url)[:2]], accounts)


def demo_accounts(place: Places) -> str:
    """As ``demo accounts`` printed them when the demo was made."""
    return str(_stamp(place, DEMO).get("text", ""))


def has_authority(url: str) -> bool:
    """Without one, each page is a refusal, and there is no desk to open it from."""
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        return connection.execute("select exists (select from thread_authority)").fetchone() == (True,)


def _migrations_fingerprint() -> str:
    """Of all that decides tables and published files: ours by content, packages by their versions."""
    return _fingerprint(
        [
            *SOURCES.rglob("migrations/*.py"),
            *SOURCES.rglob("static/**/*"),
            *(SOURCES / "config").glob("settings*"),
            ROOT / "requirements.lock",
        ],
        sorted(path.name for path in Path(psycopg.__file__).parents[1].glob("*.dist-info")),
    )


def _demo_fingerprint() -> str:
    files = (path for path in (SOURCES / "demo").rglob("*") if path.suffix in {".py", ".toml"})
    return _fingerprint(files, ())


def _fingerprint(files: Iterable[Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(words).encode())
    for path in sorted(files):
        if path.is_file():
            digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _database(url: str) -> tuple[str, int, str]:
    """Which cluster, which database in it, and the migrations it says it has: so that a recreated one,
    or a dump restored into the same, is seen at once.
    """
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
        identity = identify(connection)
        try:
            row = connection.execute("select count(*), max(id) from django_migrations").fetchone()
        except psycopg.errors.UndefinedTable:
            row = None
    return (identity.system, identity.database, repr(row))


def _mark(place: Places, what: str, of: list[object], text: str = "") -> None:
    path = place.run / what
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    aside = path.with_name(f"{what}.new")
    aside.write_text(json.dumps({"of": of, "text": text}))
    aside.replace(path)


def _stamp(place: Places, what: str) -> dict[str, object]:
    try:
        found = json.loads((place.run / what).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
