import pytest

from democratic.config.server.errors import CannotStart
from democratic.config.tiles import tiles_origin

TILES = "https://fond.example/cartes/{z}/{x}/{y}.png"


def test_without_tiles_no_other_host_is_let_in():
    assert tiles_origin("", "") == ""


def test_tiles_let_in_their_own_host_alone():
    assert tiles_origin(TILES, "© les auteurs") == "https://fond.example"
    assert tiles_origin("https://fond.example:8443/{z}/{x}/{y}", "©") == "https://fond.example:8443"


@pytest.mark.parametrize(
    ("url", "attribution", "why"),
    [
        ("http://fond.example/{z}/{x}/{y}.png", "©", "https"),
        ("https://{s}.fond.example/{z}/{x}/{y}.png", "©", "sans variable"),
        ("https://fond.example; script-src */{z}/{x}/{y}", "©", "sans variable"),
        ("https://fond.example/{z}/{x}.png", "©", "{y}"),
        (TILES, " ", "de qui est le fond"),
    ],
)
def test_what_would_let_in_more_or_name_nobody_is_refused(url, attribution, why):
    with pytest.raises(CannotStart, match=why):
        tiles_origin(url, attribution)
