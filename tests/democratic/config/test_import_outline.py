"""``bin/democratic import-outline``: a file that is right changes the map, one that is wrong changes nothing."""

import pytest

from democratic.config.commands.import_outline_acts import import_outline_file
from democratic.config.server.errors import CannotStart
from democratic.thread.models import Outline, Place
from factories import build_territory
from outlines import MONTSEC, VAUBRUN, outline, square


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "communes.geojson"
        path.write_bytes(content)
        return path

    return write


def test_a_file_gives_the_outline_and_says_what_was_read(territory, file, capsys):
    import_outline_file(file(outline(VAUBRUN, MONTSEC)), "")
    said = capsys.readouterr()
    assert "2 contours, 2 communes au répertoire des lieux, 10 points lus, 10 dessinés" in said.out + said.err
    assert Place.objects.filter(authority=territory.authority).count() == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"nothing", "ce n’est pas du JSON"),
        (b"{}", "il y faut des polygones"),
        (b'{"type": "FeatureCollection", "features": []}', "aucun contour"),
        (outline(("Vaubrun", square(652_000, 6_862_000))), "Reprojetez-le en EPSG:4326"),
        (outline(("Vaubrun", [*square(5, 46)[:-1], [9, 9]])), "n’est pas fermé"),
        (outline(("Saint-Maurin", square(5, 46)), ("Saint Maurin", square(6, 46))), "« Saint Maurin »"),
        (b" " * (5 * 1024 * 1024 + 1), "plus de 5 Mo"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_one_line_and_changes_nothing(territory, file, content, why):
    with pytest.raises(CannotStart, match=why):
        import_outline_file(file(content), "")
    assert not Outline.objects.exists()
    assert not Place.objects.exists()


def test_with_several_authorities_one_is_named(territory, file):
    other = build_territory(slug="voisin", host="voisin.example")
    with pytest.raises(CannotStart, match="val-orbe, voisin"):
        import_outline_file(file(outline(VAUBRUN)), "")
    with pytest.raises(CannotStart, match="Ici"):
        import_outline_file(file(outline(VAUBRUN)), "ailleurs")
    import_outline_file(file(outline(VAUBRUN)), "voisin")
    assert Outline.objects.get().authority_id == other.authority.pk


def test_a_file_that_is_not_there_is_refused_in_one_line(territory, tmp_path):
    with pytest.raises(CannotStart, match=r"ne se lit pas .*Rien n’a changé"):
        import_outline_file(tmp_path / "communes.geojson", "")
