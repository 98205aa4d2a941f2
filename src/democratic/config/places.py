"""Where this installation keeps its state: one folder, ``var/``, unless DEMOCRATIC_VAR names another."""

import os
from dataclasses import dataclass
from pathlib import Path

LIFE = "DEMOCRATIC_LIFE"  # in the environment of each service: the var folder that it serves
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Places:
    var: Path

    @property
    def run(self) -> Path:
        return self.var / "run"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def files(self) -> Path:
        return self.var / "files"

    @property
    def head(self) -> Path:
        """The last signed head (``thread.journal.outside`` writes it)."""
        return self.var / "head.json"

    @property
    def erasures(self) -> Path:
        """What was erased, by its identifiers (``kernel.erasures`` writes it)."""
        return self.var / "erasures.jsonl"

    @property
    def lock(self) -> Path:
        return self.run / "lock"

    @property
    def users(self) -> Path:
        return self.run / "users"

    @property
    def state(self) -> Path:
        return self.run / "state.json"

    def prepare(self) -> "Places":
        self.var.mkdir(parents=True, exist_ok=True)
        # Searchable, not readable: as root, PostgreSQL's own account must reach its socket folder below.
        self.run.mkdir(mode=0o711, exist_ok=True)
        # Logs may quote what people sent: nobody else reads them.
        self.log.mkdir(mode=0o700, exist_ok=True)
        return self


def places() -> Places:
    return Places(Path(os.environ.get("DEMOCRATIC_VAR") or ROOT / "var").resolve())
