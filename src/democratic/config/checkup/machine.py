"""The machine under us: room on the disk, closed folders, a clock that goes forward."""

import json
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from democratic.config.checkup.findings import Finding, refused, warned, well
from democratic.config.places import Places
from democratic.config.server.checks import CLOCK_SLACK, NEEDED_SPACE

COMFORT = 2_000_000_000  # bytes free below which someone should be told
CLOSED_TO_ALL = ("log", "secrets", "files", "mailbox")
Now = Callable[[], datetime]


def system_now() -> datetime:
    return datetime.now(UTC)


def look_at_disk(var: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(var).free
    room = f"{free // 1_000_000} Mo libres sous {var}"
    if free < NEEDED_SPACE:
        yield refused("disk", f"Disque presque plein : {room}.", "Libérez de la place : 2 Go au moins.")
    elif free < COMFORT:
        yield warned("disk", f"Disque bientôt plein : {room}.", "Prévoyez de la place : 2 Go au moins.")
    else:
        yield well("disk", f"Disque : {room}.")


def look_at_folders(place: Places) -> Iterator[Finding]:
    troubles = []
    if place.var.stat().st_mode & stat.S_IWOTH:
        troubles.append(_open(place.var, "écrire dans", "o-w"))
    for name in CLOSED_TO_ALL:
        folder = place.var / name
        if folder.is_dir() and folder.stat().st_mode & stat.S_IRWXO:
            troubles.append(_open(folder, "entrer dans", "o-rwx"))
    yield from troubles or [well("folders", f"Dossiers : {place.var} est fermé aux autres comptes.")]


def _open(folder: Path, verb: str, change: str) -> Finding:
    return refused("folders", f"D'autres comptes peuvent {verb} {folder}.", f"chmod {change} {folder}")


def look_at_file_clock(var: Path, now: Now = system_now) -> Iterator[Finding]:
    """A network folder dates files by its own clock: what it says is compared with ours."""
    with tempfile.NamedTemporaryFile(dir=var, prefix=".clock-") as file:
        file.write(b"x")
        file.flush()
        written = datetime.fromtimestamp(Path(file.name).stat().st_mtime, UTC)
    gap = (written - now()).total_seconds()
    if abs(gap) > CLOCK_SLACK:
        yield refused(
            "file_clock",
            f"L'horloge du disque {var} et la nôtre diffèrent de {abs(gap):.0f} s.",
            "Réglez les deux par NTP (timedatectl set-ntp true).",
        )
    else:
        yield well("file_clock", "Horloge du disque : d'accord avec la nôtre.")


def look_at_last_head(var: Path, now: Now = system_now) -> Iterator[Finding]:
    """The last signed head bears a day: one that is still to come says that a clock has been wrong."""
    signed_on = _signed_on(var / "head.json")
    if signed_on is None:
        yield well("time_jump", "Journal : aucune tête signée ici, rien à comparer.")
        return
    # A day ahead is somewhere's day already: time zones are not a fault.
    if signed_on > (now() + timedelta(days=1)).date():
        yield refused(
            "time_jump",
            f"La dernière tête du journal est signée du {signed_on:%d/%m/%Y}, un jour à venir :"
            " l'horloge a sauté.",
            "Réglez l'horloge par NTP. Si c'est la signature qui est fausse, voyez docs/operate/journal.md.",
        )
    else:
        yield well("time_jump", f"Journal : dernière tête signée le {signed_on:%d/%m/%Y}.")


def _signed_on(path: Path) -> date | None:
    """Read without verifying it: the sequencer does, before it signs anything."""
    try:
        found = json.loads(path.read_text())
        return date.fromisoformat(str(found["head"]["signed_on"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
