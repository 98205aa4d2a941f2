"""The bill of materials: what others made and this product carries, as CycloneDX 1.6, the same on every machine.

From the lock and from the files beside ours in the interface; nothing is looked up, and no registry is named.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from democratic.config.places import ROOT

LOCK = "requirements.lock"
STATIC = Path("src/democratic/web/static/web")
PRINTED = Path("src/democratic/web/kits/fonts")  # what sheets are printed with
SPACE = UUID("6f3ff0a2-5c1b-5f0e-9d0d-0b7a5c3c8a11")  # of our serial numbers
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file that others made. ``file`` is under ``folder``, as ``notice``, which says its terms."""

    file: str
    name: str
    licence: str
    notice: str
    version: str = ""
    folder: Path = STATIC

    @property
    def place(self) -> Path:
        return self.folder / self.file


VENDORED = (
    # Refreshed by bin/vendor, which names the same versions.
    *(
        Vendored(f"fonts/{file}-normal.woff2", name, "OFL-1.1", f"fonts/OFL-{notice}.txt", "5.3.0")
        for file, name, notice in (
            (
                "atkinson-hyperlegible-next-latin-400",
                "Atkinson Hyperlegible Next, regular",
                "atkinson-hyperlegible-next",
            ),
            (
                "atkinson-hyperlegible-next-latin-600",
                "Atkinson Hyperlegible Next, semibold",
                "atkinson-hyperlegible-next",
            ),
            ("young-serif-latin-400", "Young Serif, regular", "young-serif"),
        )
    ),
    *(
        Vendored(
            f"{file}-{weight}.ttf",
            f"{family}, {name}",
            "OFL-1.1",
            f"OFL-{file}.txt",
            "5.3.0",
            PRINTED,
        )
        for file, family in (("vazirmatn", "Vazirmatn"), ("noto-sans-hebrew", "Noto Sans Hebrew"))
        for weight, name in ((400, "regular"), (600, "semibold"))
    ),
    Vendored("img/icons.svg", "Lucide icons, a selection", "ISC", "img/LICENCE-lucide-ISC.txt"),
    *(
        Vendored(f"vendor/leaflet/{file}", "Leaflet", "BSD-2-Clause", "vendor/leaflet/LICENCE.txt", "1.9.4")
        for file in (
            "leaflet.js",
            "leaflet.css",
            "images/layers.png",
            "images/layers-2x.png",
            "images/marker-icon.png",
        )
    ),
    *(
        Vendored(
            f"vendor/markercluster/{file}",
            "Leaflet.markercluster",
            "MIT",
            "vendor/markercluster/LICENCE.txt",
            "1.5.3",
        )
        for file in ("leaflet.markercluster.js", "MarkerCluster.css")
    ),
)


def bill(root: Path = ROOT) -> dict[str, Any]:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    components = [*_packages((root / LOCK).read_text()), *_files(root)]
    digest = hashlib.sha256(repr(components).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(SPACE, digest)}",
        "version": 1,
        "metadata": {"component": _product(project)},
        "components": components,
        "dependencies": [
            {"ref": "democratic", "dependsOn": sorted(each["bom-ref"] for each in components)},
        ],
    }


def _product(project: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "application",
        "bom-ref": "democratic",
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"license": {"id": project["license"]}}],
    }


def _packages(lock: str) -> Iterator[dict[str, Any]]:
    """Each with the hashes that its installation accepts: one for each file that the registry may give."""
    pins = list(_PINNED.finditer(lock))
    for pin, following in zip(pins, [*pins[1:], None], strict=True):
        name, version = pin["name"].lower(), pin["version"]
        block = lock[pin.end() : following.start() if following else len(lock)]
        purl = f"pkg:pypi/{name}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "properties": [
                {"name": "democratic:accepted-sha256", "value": digest}
                for digest in sorted(_HASH.findall(block))
            ],
        }


def _files(root: Path) -> Iterator[dict[str, Any]]:
    for each in VENDORED:
        yield {
            "type": "file",
            "bom-ref": f"file:{each.file}",
            "name": each.name,
            **({"version": each.version} if each.version else {}),
            "hashes": [
                {"alg": "SHA-256", "content": hashlib.sha256((root / each.place).read_bytes()).hexdigest()}
            ],
            "licenses": [{"license": {"id": each.licence}}],
            "properties": [{"name": "democratic:path", "value": str(each.place)}],
        }
