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
from typing import IO, Any

from civics.ledger.audit import Report, WrongLine, audit_lines
from civics.ledger.heads import PublicKey
from civics.ledger.lines import ENTRIES, HEADS, OPENINGS
from civics.ledger.readme import README_NAME
from civics.ledger.sums import check_sums, is_counted
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
    told = _Told()
    report = audit_lines(
        told.read(published.entries_covered(files[ENTRIES], size)),
        published.openings_covered(files[OPENINGS], size),
        published.lines(files[HEADS]),
        key,
    )
    if report.wrong:
        return _tell_wrong(report.wrong)
    return _tell_wrong_sum(told.wrong) if told.wrong else _tell_sound(report, told)


def _refuse_other_key(key: PublicKey, expected: str | None) -> None:
    if expected and key.public_bytes_raw().hex() != expected.lower():
        raise ValueError("This is not the key that was expected.")


@dataclass
class _Told:
    """What the entries say: commitments (all that is not opened was erased or withdrawn), and counts, added up again."""

    commitments: int = 0
    counts: int = 0
    wrong: WrongLine | None = None

    def read(self, entry_lines: Iterable[bytes]) -> Iterator[bytes]:
        for number, line in enumerate(entry_lines, 1):
            yield line  # the audit has read it, and found it sound, when it asks for the next one
            leaf = json.loads(line)["leaf"]
            self.commitments += len(leaf["commitments"])
            if is_counted(leaf["data"]):
                self._add_up(number, leaf["data"])

    def _add_up(self, number: int, data: dict[str, Any]) -> None:
        self.counts += 1
        try:
            check_sums(data)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:  # whatever shape someone signed
            self.wrong = self.wrong or WrongLine(ENTRIES, number, number, str(fault))


def _tell_wrong(wrong: WrongLine) -> int:
    place = (
        f"ligne {wrong.line}" if wrong.line == wrong.last_line else f"lignes {wrong.line} à {wrong.last_line}"
    )
    say(f"✗ {wrong.file}, {place} : ce n'est pas ce qui avait été publié. ({wrong.reason})")
    return WRONG


def _tell_wrong_sum(wrong: WrongLine) -> int:
    say(f"✗ {wrong.file}, ligne {wrong.line} : ces nombres se contredisent. ({wrong.reason})")
    return WRONG


def _tell_sound(report: Report, told: _Told) -> int:
    say(f"✓ Le journal est entier : {report.size} faits, {report.heads} têtes signées vérifiées.")
    say(
        f"  Paroles : {report.openings} vérifiées, {told.commitments - report.openings} effacées ou retirées"
        " (leurs preuves restent valables)."
    )
    say(f"  Comptes : {told.counts} additionnés de nouveau, personnes vérifiées comprises.")
    say(f"  Racine : {report.root.hex()}")
    say("  Gardez cette racine : un journal refait ne la contiendrait plus.")
    return SOUND
