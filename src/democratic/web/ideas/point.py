"""A point on the map, beside the words: given by hand, rounded, and kept from 15 years on alone."""

import re
from collections.abc import Sequence

from django import forms
from django.conf import settings

from civics.territory.geometry import Area, Point, area_at, rounded
from democratic.thread.models import Authority
from democratic.thread.queries.places import areas_of, has_map
from democratic.web.places import at

_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,2}(?:\.\d{1,12})?)")


class PointField(forms.CharField):
    """« longitude,latitude », written by the map's script. What is no point is no point: nobody typed it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=60)

    def clean(self, value: object) -> Point | None:
        read = _DEGREES.fullmatch(str(value or "").strip())
        if read is None:
            return None
        longitude, latitude = float(read[1]), float(read[2])
        if abs(longitude) > 180 or abs(latitude) > 90:  # noqa: PLR2004 -- degrees of the Earth
            return None
        return rounded((longitude, latitude))


class PointFields(forms.Form):
    point = PointField()


def place_at(authority: Authority, point: Point, named: str) -> str:
    """The words for the place: hers, or the municipality that holds her point when she gave none."""
    if named.strip():
        return named
    return _name_of(point, areas_of(authority))


def _name_of(point: Point, areas: Sequence[Area]) -> str:
    area = area_at(point, areas)
    return area.name if area else ""


def map_to_pick_on(authority: Authority) -> dict[str, str] | None:
    """What the script needs; None where there is nothing to draw: the list of places is enough."""
    if not settings.TILES_URL and not has_map(authority):
        return None
    return {
        "outline": at("/contours.geojson"),
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }
