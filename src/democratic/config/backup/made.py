"""What a backup made, for who asked for it: loaded without the cipher."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Made:
    path: Path
    manifest: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """Files that something shows and that could not be had, each with the reason."""

    @property
    def files(self) -> int:
        return int(self.manifest["files"])
