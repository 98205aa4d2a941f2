"""The act of ``bin/democratic import-outline``, once Django is ready."""

from pathlib import Path

from civics.territory.outline_file import MOST_BYTES, Fault, NotAnOutline, read_outline
from democratic.config.commands.which_authority import authority_named
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.actions import CannotImport, import_outline

_WHY = {
    Fault.TOO_HEAVY: "il pèse plus de 5 Mo. Simplifiez-le d’abord (QGIS, mapshaper).",
    Fault.NOT_JSON: "ce n’est pas du JSON.",
    Fault.NOT_GEOJSON: "ce n’est pas du GeoJSON (RFC 7946).",
    Fault.OTHER_CRS: "il n’est pas en WGS84. Reprojetez-le en EPSG:4326.",
    Fault.NOT_POLYGONS: "il y faut des polygones, et rien d’autre.",
    Fault.NOT_A_RING: "un de ses contours n’est pas fermé.",
    Fault.NOT_DEGREES: "ses coordonnées ne sont pas des degrés. Reprojetez-le en EPSG:4326.",
    Fault.TOO_MANY: "il a plus de 50 000 points. Simplifiez-le d’abord (QGIS, mapshaper).",
    Fault.EMPTY: "il ne contient aucun contour.",
}


def import_outline_file(file: Path, authority_slug: str) -> None:
    authority = authority_named(authority_slug)
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise CannotStart(f"{file} ne se lit pas ({fault.strerror}). Rien n’a changé.") from fault
    try:
        areas = read_outline(content)
        done = import_outline(authority=authority, areas=areas, clock=DATABASE_CLOCK)
    except NotAnOutline as refusal:
        raise CannotStart(f"{file.name} : {_WHY[refusal.fault]} Rien n’a changé.") from refusal
    except CannotImport as refusal:
        raise CannotStart(
            f"{file.name} : le nom « {refusal} » est trop long, ou déjà pris par une autre zone."
            " Rien n’a changé."
        ) from refusal
    say(
        f"{authority.name} : {done.areas} contours, {done.places} communes au répertoire des lieux,"
        f" {done.points} points lus, {done.shown} dessinés."
    )
