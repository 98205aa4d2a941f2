"""The outline and the municipalities of an authority, as its administrator gives them: read, or refused in words."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civics.territory import communes_file, outline_file
from civics.territory.communes_file import BadLine, NotCommunes, read_communes
from civics.territory.outline_file import Fault, NotAnOutline, read_outline
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.thread.actions import CannotImport, Imported, import_outline, list_communes
from democratic.thread.models import Authority

MOST_BYTES = outline_file.MOST_BYTES
FILE, LIST = "outline", "communes"  # the fields


def give_outline(*, authority: Authority, content: bytes, clock: Clock) -> Imported:
    """Refusal: which feature of the file is at fault, why, and what to do; nothing changed."""
    try:
        return import_outline(authority=authority, areas=read_outline(content), clock=clock)
    except NotAnOutline as refusal:
        raise Refusal(_told(refusal), field=FILE) from refusal
    except CannotImport as refusal:
        raise Refusal(_same_name(refusal), field=FILE) from refusal


def give_communes(*, authority: Authority, text: str) -> int:
    """How many. Refusal: the lines at fault, each with its number."""
    try:
        return list_communes(authority=authority, communes=read_communes(text))
    except NotCommunes as refusal:
        raise Refusal(_told_of_lines(refusal), field=LIST) from refusal
    except CannotImport as refusal:
        raise Refusal(_same_name(refusal), field=LIST) from refusal


def _same_name(refusal: CannotImport) -> str:
    return _(
        "« %(name)s » est trop long, ou ne diffère d’un autre nom que par ses accents. Rien n’a changé."
    ) % {"name": refusal}


def _told(refusal: NotAnOutline) -> str:
    why = str(_WHY[refusal.fault])
    if not refusal.feature:
        return why
    where = _("Élément %(n)d") % {"n": refusal.feature}
    named = _("Élément %(n)d, « %(name)s »") % {"n": refusal.feature, "name": refusal.name[:80]}
    return _("%(where)s : %(why)s") % {"where": named if refusal.name else where, "why": why}


_WHY: dict[Fault, Promise] = {
    Fault.TOO_HEAVY: gettext_lazy("Ce fichier pèse plus de 5 Mo. Simplifiez-le d’abord (QGIS, mapshaper)."),
    Fault.NOT_JSON: gettext_lazy("Ce fichier n’est pas du JSON : exportez-le en GeoJSON."),
    Fault.NOT_GEOJSON: gettext_lazy("Ce n’est pas du GeoJSON (RFC 7946) : exportez-le de nouveau."),
    Fault.OTHER_CRS: gettext_lazy("Ce fichier n’est pas en WGS84. Reprojetez-le en EPSG:4326."),
    Fault.NOT_POLYGONS: gettext_lazy("Il y faut des polygones, et rien d’autre : ni points, ni lignes."),
    Fault.NOT_A_RING: gettext_lazy("Ce contour n’est pas fermé : son dernier point doit être le premier."),
    Fault.NOT_DEGREES: gettext_lazy("Ces coordonnées ne sont pas des degrés. Reprojetez en EPSG:4326."),
    Fault.TOO_MANY: gettext_lazy("Plus de 50 000 points. Simplifiez d’abord (QGIS, mapshaper)."),
    Fault.EMPTY: gettext_lazy("Ce fichier ne contient aucun contour."),
}


def _told_of_lines(refusal: NotCommunes) -> str:
    if refusal.is_too_long:
        return _("Cette liste dépasse 2 000 communes : vérifiez que c’est la vôtre.")
    if not refusal.lines:
        return _("Donnez une commune par ligne : code Insee, nom, code postal.")
    return " ".join(_line(each) for each in refusal.lines)


def _line(bad: BadLine) -> str:
    return _("Ligne %(n)d, « %(said)s » : %(why)s") % {
        "n": bad.line,
        "said": bad.said[:80],
        "why": _OF_LINES[bad.fault],
    }


_OF_LINES: dict[communes_file.Fault, Promise] = {
    communes_file.Fault.NOT_INSEE: gettext_lazy("ce n’est pas un code Insee."),
    communes_file.Fault.LOST_ZERO: gettext_lazy(
        "quatre chiffres : un tableur a sans doute ôté le zéro du début."
    ),
    communes_file.Fault.NO_NAME: gettext_lazy("il manque le nom."),
    communes_file.Fault.LONG_NAME: gettext_lazy("ce nom est trop long."),
    communes_file.Fault.NOT_POSTCODE: gettext_lazy("ce n’est pas un code postal."),
    communes_file.Fault.TWICE: gettext_lazy("cette commune est déjà dans la liste."),
}


def as_text(communes: Sequence[tuple[str, str, str]]) -> str:
    """The list as it is typed: code, name, postcode."""
    return "\n".join(";".join(each) for each in communes)
