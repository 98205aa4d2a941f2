"""The second place (DEMOCRATIC_ARCHIVE): what follows the installation, and the bases to replay its log from."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = "DEMOCRATIC_ARCHIVE"
BASE_SUFFIX, PARTIAL = ".base", ".partial"
KEPT_BASES = 2
SEGMENT = 24  # signs of a segment's name


def second_place() -> "SecondPlace | None":
    named = os.environ.get(FOLDER)
    return SecondPlace(Path(named).resolve()) if named else None


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """The second place. Only its owner enters: the log holds people's words, and is not encrypted."""

    folder: Path

    @property
    def wal(self) -> Path:
        return self.folder / "wal"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def bases(self) -> Path:
        return self.folder / "bases"

    @property
    def head(self) -> Path:
        return self.folder / "head.json"

    @property
    def erasures(self) -> Path:
        return self.folder / "erasures.jsonl"

    def prepare(self) -> "SecondPlace":
        for folder in (self.folder, self.wal, self.files, self.bases):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def base_name(made_at: str, segment: str) -> str:
    """Its name says the first segment that it needs: older ones go with the last base that needed them."""
    return f"{made_at.replace(':', '')}.{segment}{BASE_SUFFIX}"


def forget_old_bases(archive: SecondPlace) -> int:
    """Those beyond the last two, and the log that only they needed; how many files went."""
    bases = sorted(archive.bases.glob(f"*{BASE_SUFFIX}"))
    gone = bases[:-KEPT_BASES]
    kept = bases[-KEPT_BASES:]
    if kept:
        first = kept[0].name.split(".")[1]
        gone += [path for path in segments(archive) if path.name[:SEGMENT] < first]
    for path in gone:
        path.unlink()
    return len(gone)


def segments(archive: SecondPlace) -> Iterator[Path]:
    """Whole, and the one being written."""
    for path in sorted(archive.wal.iterdir()):
        if len(path.name.removesuffix(PARTIAL)) == SEGMENT:
            yield path
