"""Make static/web/app.css of the files of static/web/css: one request, no build step for those who install.

``python -m democratic.web.bundle`` writes it; a test refuses a bundle that is behind its sources. It writes
map-vendor.css too: what others wrote for maps, put in the layer of elements, so that our rules override it; and
terrain.css, the little that the street agents' application needs of all this.
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).parent / "static/web"
BUNDLE = STATIC / "app.css"
MAP_BUNDLE = STATIC / "map-vendor.css"
STREET_BUNDLE = STATIC / "terrain.css"
_OF_MAPS = ("vendor/leaflet/leaflet.css", "vendor/markercluster/MarkerCluster.css")
OURS_OF_MAPS = "page-map"
OF_THE_STREET = "page-terrain"
# Read where it stands alone, never with the others.
APART = {OURS_OF_MAPS, OF_THE_STREET}
_IN_THE_STREET = ("tokens", "base", "button", "form", "note", OF_THE_STREET)
# Tokens first, then elements, then components from the frame inwards; pages last (``page-*.css``, by name).
SHARED = (
    *("tokens", "base", "layout", "nav", "bar", "foot", "trail", "tabs", "button", "form", "note"),
    *("origin", "pill", "stamp", "card", "voice", "facts", "promise", "signed", "fil", "steps", "tally"),
    *("chart", "flow", "list", "facets", "comment", "letters", "ticket", "desk", "pages"),
)


def files() -> tuple[str, ...]:
    """All but the maps' own, which goes with what others wrote for maps, and the street agents'."""
    pages = (path.stem for path in (STATIC / "css").glob("page-*.css"))
    return SHARED + tuple(sorted(name for name in pages if name not in APART))


def bundled(names: tuple[str, ...] = ()) -> str:
    parts = [(STATIC / f"css/{name}.css").read_text(encoding="utf-8") for name in names or files()]
    text = re.sub(r"/\*.*?\*/", "", "\n".join(parts), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text).replace('url("../', 'url("')
    # Spaces that mean nothing around braces and after separators; those of selectors and of calc() stay.
    text = re.sub(r" ?([{};]) ?", r"\1", text).replace(";}", "}").strip()
    # After a colon and a comma too; never inside what is quoted.
    parts = re.split(r'("[^"]*")', text)
    text = "".join(part if at % 2 else re.sub(r"([:,]) ", r"\1", part) for at, part in enumerate(parts))
    return f"/* Made by democratic.web.bundle from css/: edit there. */\n{text}\n"


def street_bundled() -> str:
    return bundled(_IN_THE_STREET)


def map_bundled() -> str:
    """As they are, in one layer: an ``@import`` with a layer is not followed by all that reads style sheets."""
    parts = []
    for path in _OF_MAPS:
        folder = path.rpartition("/")[0]
        text = (STATIC / path).read_text(encoding="utf-8")
        parts.append(re.sub(r"url\((?=images/)", f"url({folder}/", text))
    ours = (STATIC / f"css/{OURS_OF_MAPS}.css").read_text(encoding="utf-8")
    theirs = "@layer base {\n" + "\n".join(parts) + "}\n"
    return f"/* Made by democratic.web.bundle from vendor/ and css/{OURS_OF_MAPS}.css. */\n{theirs}{ours}"


def main() -> int:
    for path, text in (
        (BUNDLE, bundled()), (MAP_BUNDLE, map_bundled()), (STREET_BUNDLE, street_bundled()),
    ):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")  # noqa: T201 - a command that says what it wrote
    return 0


if __name__ == "__main__":
    sys.exit(main())
