"""A page found by its marks, straightened, known by its code; then its boxes, and its handwriting cut out."""

from typing import Any

import cv2
import numpy as np
import zxingcpp
from boxes import Boxes  # type: ignore[import-not-found]

DOTS = 8  # pixels a millimetre of the straightened page
QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
HEAD, OURS = "DTP1-", "DTP"  # of this version; of any
FURTHEST = 0.6  # millimetres: a mark that stands further from its place tells of a fold
LOST = 0.25  # part of the boxes that are not found: the page is folded or torn between its marks
PICTURE, QUALITY = 1400, 72  # pixels of the longer side, of what a person is shown
CORNERS = 4


class Unread(Exception):
    """Its state, and what the code said if it was found."""

    def __init__(self, state: str, said: str = "") -> None:
        super().__init__(state)
        self.state, self.said = state, said


def read_page(picture: Any, layouts: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """``{"state", "code", "groups", "inked"}`` and pictures: the page, what is written, the boxes of what is asked.

    A page that can't be read comes back whole.
    """
    cv2.setNumThreads(1)
    grey = np.asarray(picture)
    try:
        return _read(*_found(grey, layouts))
    except Unread as unread:
        return {"state": unread.state, "code": unread.said, "parts": ["page"]}, [_jpeg(grey)]


def _found(grey: Any, layouts: dict[str, Any]) -> tuple[Any, dict[str, Any], str]:
    """The page straightened, its layout, and what its code says. Unread."""
    marks = _marks(grey)
    if marks is None:
        said = _code_in(grey)
        raise Unread("torn" if said else "no_code", said)
    # Until its code is read, any layout says where the marks and the code stand: they are the same on all.
    any_of_them = next(iter(layouts.values()), None)
    if any_of_them is None:
        raise Unread("foreign", _code_in(grey))
    straight, apart = _straightened(grey, marks, any_of_them)
    said = _code_in(_cut(straight, *_around(any_of_them["code"]))) or _code_in(straight)
    layout = _layout_of(said, layouts)
    if apart > FURTHEST:
        raise Unread("folded", said)
    return straight, layout, said


def _layout_of(said: str, layouts: dict[str, Any]) -> dict[str, Any]:
    if not said:
        raise Unread("no_code")
    if not said.startswith(HEAD):
        raise Unread("version", said)
    found: dict[str, Any] | None = layouts.get(said.split("-")[1])
    if found is None:
        raise Unread("foreign", said)
    return found


def _marks(grey: Any) -> Any:
    """The corners of the four, in their order; None unless each is there, once."""
    looked = cv2.aruco.DetectorParameters()
    looked.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    looked.minMarkerPerimeterRate = 0.015
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), looked)
    corners, ids, _rejected = detector.detectMarkers(grey)
    found = [] if ids is None else [int(one) for one in ids.flatten() if one < CORNERS]
    if sorted(found) != list(range(CORNERS)):
        return None
    by_id = {int(one): corner.reshape(4, 2) for one, corner in zip(ids.flatten(), corners, strict=True)}
    return np.concatenate([by_id[number] for number in range(CORNERS)])


def _straightened(grey: Any, marks: Any, layout: dict[str, Any]) -> tuple[Any, float]:
    """The page as it was drawn, and how far, in millimetres, the worst corner of a mark stands from its place."""
    side = layout["marker"]
    places = np.array(
        [
            [left + right, top + down]
            for left, top in layout["corners"]
            for right, down in ((0, 0), (side, 0), (side, side), (0, side))
        ],
        dtype=np.float32,
    )
    matrix, _kept = cv2.findHomography(marks, places * DOTS, 0)
    back = cv2.perspectiveTransform(marks.reshape(-1, 1, 2), matrix).reshape(-1, 2)
    apart = float(np.max(np.linalg.norm(back - places * DOTS, axis=1))) / DOTS
    size = tuple(round(length * DOTS) for length in layout["size"])
    straight = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_AREA, borderValue=255)
    return straight, apart


def _code_in(grey: Any) -> str:
    """What our own code says in this picture; empty when there is none, or more than one."""
    said = {
        found.text
        for found in zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=QR_CODES)
        if found.text.startswith(OURS)
    }
    return said.pop() if len(said) == 1 else ""


def _around(code: list[float]) -> tuple[float, float, float, float]:
    left, top, side = code
    return left - 3, top - 3, side + 6, side + 6


def _cut(straight: Any, left: float, top: float, width: float, height: float) -> Any:
    x, y = round(left * DOTS), round(top * DOTS)
    return straight[max(y, 0) : y + round(height * DOTS), max(x, 0) : x + round(width * DOTS)]


def _read(straight: Any, layout: dict[str, Any], said: str) -> tuple[dict[str, Any], list[bytes]]:
    boxes = Boxes(straight, layout, DOTS)
    if boxes.is_bent or boxes.lost > LOST:
        raise Unread("folded", said)
    places = {
        each["name"]: (each["x"], each["y"], each["width"], each["height"]) for each in layout["regions"]
    }
    inked = {name: boxes.inked(*place) for name, place in places.items()}
    # The page that is kept has no handwriting: it is cut out, and thrown away apart.
    cuts = {name: _cut(straight, *place).copy() for name, place in places.items()}
    for place in places.values():
        _cut(straight, *place)[:] = 255
    groups = boxes.groups()
    cuts |= {
        name: _cut(straight, *_around_boxes(name, layout)) for name, group in groups.items() if group["asks"]
    }
    parts = [_jpeg(straight), *(_jpeg(cut) for cut in cuts.values())]
    told = {"state": "read", "code": said, "groups": groups, "inked": inked, "noise": boxes.noise}
    return told | {"parts": ["page", *cuts]}, parts


def _around_boxes(group: str, layout: dict[str, Any]) -> tuple[float, float, float, float]:
    """All of a question's, with the words beside them: a person sees which one the sign is nearest to."""
    side = layout["side"]
    of = [box for box in layout["boxes"] if box["group"] == group]
    left, top = min(box["x"] for box in of) - 3, min(box["y"] for box in of) - 3
    right = max(box["x"] + box["width"] for box in of) + 2 * side
    return left, top, min(right, layout["size"][0] - 6) - left, max(box["y"] for box in of) + side + 3 - top


def _jpeg(grey: Any) -> bytes:
    longer = max(grey.shape)
    if longer > PICTURE:
        grey = cv2.resize(grey, None, fx=PICTURE / longer, fy=PICTURE / longer, interpolation=cv2.INTER_AREA)
    done, made = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise ValueError("not drawn")
    return bytes(made)
