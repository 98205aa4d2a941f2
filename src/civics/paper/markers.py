"""The four marks by which a picture of a sheet is straightened: the first of OpenCV's dictionary ``DICT_4X4_50``.

Their black border is one module wide; 1 is white. Clockwise from the top left corner of the sheet.
"""

MODULES = 6
MARKERS = (
    ("000000", "010110", "001010", "000110", "000100", "000000"),
    ("000000", "000000", "011110", "010010", "010100", "000000"),
    ("000000", "000110", "000110", "000100", "011010", "000000"),
    ("000000", "010010", "010010", "001000", "001100", "000000"),
)


def marker_path(number: int) -> str:
    """Its dark modules as an SVG path, one unit a module."""
    return "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(MARKERS[number])
        for x, module in enumerate(row)
        if module == "0"
    )
