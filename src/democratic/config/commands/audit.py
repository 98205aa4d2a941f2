"""``bin/democratic audit DIR|URL``: a published journal recomputed, without Django and without a database.

Exit code 0: sound; 1: the first wrong file and line are named; 2: there is nothing to check.
A README.txt that is not ours is a wrong file too: it holds a script that readers are told to run.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from civics.ledger.audit import Report, WrongLine, audit_lines
from civics.ledger.heads import PublicKey
from civics.ledger.lines import ENTRIES, HEADS, OPENINGS
from civics.ledger.readme import README_NAME
from democratic.config.commands import published
from democratic.config.server.parser import Parser
from democratic.config.server.progress import say

SOUND, WRONG = 0, 1


def main(argv: list[str]) -> int:
    parser = Parser("audit", "Recalcule un journal publié : chaque ligne, chaque preuve, chaque signature.")
    parser.add_argument("source", help="un dossier exporté, ou l'adresse d'un journal publié")
    parser.add_argument("--key", help="la clé publique attendue (64 signes), si vous l'avez gardée")
    parser.add_argument(
        "--max-size", type=int, default=4096, help="taille acceptée par fichier, en Mo (4096)"
    )
    asked = parser.parse_args(argv)
    with ExitStack() as stack:
        is_address = published.is_address(asked.source)
        folder = Path(asked.source)
        if is_address:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="democratic-audit-")))
            published.download(asked.source, folder, limit=asked.max_size << 20)
        files = published.open_folder(folder)
        for file in files.values():
            stack.enter_context(file)
        read = _check_readme(files[README_NAME])
        return max(read, _audit(files, expected_key=asked.key, is_growing=is_address))


def _check_readme(file: IO[bytes]) -> int:
    line = published.line_unlike_readme(file)
    if line is None:
        return SOUND
    say(
        f"✗ {README_NAME}, ligne {line} : ce n'est pas celui que ce programme écrit. Ne lancez pas le script"
        " qu'il contient, sauf s'il vient d'une autre version que vous connaissez."
    )
    return WRONG


def _audit(files: dict[str, IO[bytes]], *, expected_key: str | None, is_growing: bool) -> int:
    try:
        key = published.read_key(files[published.KEY])
        _refuse_other_key(key, expected_key)
    except ValueError as refusal:
        return _tell_wrong(WrongLine(published.KEY, 1, 1, str(refusal)))
    size = published.last_size(files[HEADS]) if is_growing else None
    commitments = _Commitments()
    report = audit_lines(
        commitments.counted(published.entries_covered(files[ENTRIES], size)),
        published.openings_covered(files[OPENINGS], size),
        published.lines(files[HEADS]),
        key,
    )
    return _tell_wrong(report.wrong) if report.wrong else _tell_sound(report, commitments.count)


def _refuse_other_key(key: PublicKey, expected: str | None) -> None:
    if expected and key.public_bytes_raw().hex() != expected.lower():
        raise ValueError("This is not the key that was expected.")


@dataclass
class _Commitments:
    """What the entries committed to: all of it that is not opened was erased or withdrawn."""

    count: int = 0

    def counted(self, entry_lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in entry_lines:
            yield line  # the audit has read it, and found it sound, when it asks for the next one
            self.count += len(json.loads(line)["leaf"]["commitments"])


def _tell_wrong(wrong: WrongLine) -> int:
    place = (
        f"ligne {wrong.line}" if wrong.line == wrong.last_line else f"lignes {wrong.line} à {wrong.last_line}"
    )
    say(f"✗ {wrong.file}, {place} : ce n'est pas ce qui avait été publié. ({wrong.reason})")
    return WRONG


def _tell_sound(report: Report, commitments: int) -> int:
    say(f"✓ Le journal est entier : {report.size} faits, {report.heads} têtes signées vérifiées.")
    say(
        f"  Paroles : {report.openings} vérifiées, {commitments - report.openings} effacées ou retirées"
        " (leurs preuves restent valables)."
    )
    say(f"  Racine : {report.root.hex()}")
    say("  Gardez cette racine : un journal refait ne la contiendrait plus.")
    return SOUND
