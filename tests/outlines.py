"""A small territory on the ground: two municipalities side by side, and where their points are."""

import json

from civics.territory.outline_file import read_outline
from democratic.thread.actions import import_outline


def square(west, south, size=1.0):
    return [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]


def outline(*named):
    features = [
        {
            "type": "Feature",
            "properties": {"nom": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for name, ring in named
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


VAUBRUN, MONTSEC = ("Vaubrun", square(5, 46)), ("Montsec", square(6, 46))
IN_VAUBRUN, IN_MONTSEC, NOWHERE = (5.251, 46.25), (6.75, 46.75), (9.0, 40.0)


def draw(territory, *named):
    areas = read_outline(outline(*(named or (VAUBRUN, MONTSEC))))
    return import_outline(authority=territory.authority, areas=areas, clock=territory.clock)
