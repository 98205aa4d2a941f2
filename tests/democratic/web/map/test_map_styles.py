"""What others wrote for maps: under our own rules, and no address that leads nowhere."""

import re

from democratic.web.bundle import MAP_BUNDLE, STATIC, map_bundled


def test_the_bundle_of_maps_is_made_of_what_others_wrote():
    assert MAP_BUNDLE.read_text(encoding="utf-8") == map_bundled()
    assert "@import" not in map_bundled()


def test_each_picture_that_it_names_is_there():
    named = re.findall(r"url\(([^)#]+)\)", map_bundled())
    assert len(named) >= 3
    assert [path for path in named if not (STATIC / path).is_file()] == []


def test_what_others_wrote_names_no_source_map_and_asks_no_other_host():
    for path in (STATIC / "vendor").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path
        assert not re.search(r"//# |eval\(|new Function\(", text), path
