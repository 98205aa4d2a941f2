import json

import pytest

from civics.territory.outline_file import MOST_BYTES, MOST_POINTS, Fault, NotAnOutline, read_outline

RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
SMALL = [[5, 5], [5.1, 5], [5.1, 5.1], [5, 5]]


def feature(ring, name=None, kind="Polygon"):
    properties = {"nom": name} if name else None
    coordinates = [ring] if kind == "Polygon" else [[ring], [SMALL]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def read(said):
    return read_outline(json.dumps(said).encode())


def test_each_feature_is_an_area_with_its_name():
    areas = read(collection(feature(RING, "Vaubrun"), feature(SMALL, " Les  Forges ")))
    assert [area.name for area in areas] == ["Vaubrun", "Les Forges"]
    assert areas[0].polygons == ((((0, 0), (1, 0), (1, 1), (0, 0)),),)


def test_a_bare_geometry_is_an_outline_without_a_name():
    assert read({"type": "Polygon", "coordinates": [RING]})[0].name == ""
    assert read(feature(RING, "Vaubrun"))[0].name == "Vaubrun"


def test_pieces_of_one_name_are_one_area_the_largest_first():
    areas = read(collection(feature(SMALL, "Île"), feature(RING, "Île")))
    assert [len(area.polygons) for area in areas] == [2]
    assert areas[0].polygons[0][0][1] == (1, 0)
    assert len(read(feature(RING, kind="MultiPolygon"))[0].polygons) == 2


def test_a_height_is_left_out():
    high = [[*point, 120.5] for point in RING]
    assert read(feature(high, "Haut"))[0].polygons[0][0][1] == (1, 0)


def test_a_file_of_before_the_standard_may_say_that_it_is_in_degrees():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read(collection(feature(RING, "Vaubrun"), crs=crs))


LAMBERT = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (collection(), Fault.EMPTY),
        (collection(feature(RING), crs=LAMBERT), Fault.OTHER_CRS),
        (collection("Vaubrun"), Fault.NOT_GEOJSON),
        ({"type": "FeatureCollection"}, Fault.NOT_GEOJSON),
        ({"type": "FeatureCollection", "features": {}}, Fault.NOT_GEOJSON),
        ([], Fault.NOT_GEOJSON),
        ({"type": "Point", "coordinates": [0, 0]}, Fault.NOT_POLYGONS),
        ({"type": "Feature", "geometry": None}, Fault.NOT_POLYGONS),
        (
            {"type": "Feature", "geometry": {"type": "LineString", "coordinates": RING}},
            Fault.NOT_POLYGONS,
        ),
        ({"type": "Polygon"}, Fault.NOT_GEOJSON),
        ({"type": "Polygon", "coordinates": []}, Fault.NOT_A_RING),
        (feature(RING[:3]), Fault.NOT_A_RING),
        (feature([*RING[:3], [2, 2]]), Fault.NOT_A_RING),
        (feature([[0, 0], [1, 0], ["1", 1], [0, 0]]), Fault.NOT_GEOJSON),
        (feature([[0, 0], [1, 0], [True, 1], [0, 0]]), Fault.NOT_GEOJSON),
        (feature([[0, 0], [1, 0], [1], [0, 0]]), Fault.NOT_GEOJSON),
        (feature([[0, 0], [1, 0], 7, [0, 0]]), Fault.NOT_GEOJSON),
        (feature([[652000, 6862000], [653000, 6862000], [653000, 6863000], [652000, 6862000]]),
         Fault.NOT_DEGREES),
        (feature([[0, 91], [1, 91], [1, 92], [0, 91]]), Fault.NOT_DEGREES),
        (feature([[0, 0], *([[i / MOST_POINTS, 1] for i in range(MOST_POINTS)]), [0, 0]]), Fault.TOO_MANY),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused_whole(said, fault):
    with pytest.raises(NotAnOutline) as refused:
        read(said)
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.NOT_JSON),
        (b"\xff\xfe", Fault.NOT_JSON),
        (b"[" * 100_000, Fault.NOT_JSON),
        (b"{" + b" " * MOST_BYTES + b"}", Fault.TOO_HEAVY),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 0], [1, 0], [1, 1], [NaN, 0]]]}', Fault.NOT_GEOJSON),
        (b'{"type": "Polygon", "coordinates": [[[1e999, 0], [1, 0], [1, 1], [0, 0]]]}', Fault.NOT_GEOJSON),
    ],
)
def test_bytes_that_mean_harm_are_refused(content, fault):
    with pytest.raises(NotAnOutline) as refused:
        read_outline(content)
    assert refused.value.fault == fault
