"""What the page of a kit shows, at the desk as to a relay."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from democratic.web.kits.unread import undrawn
from democratic.web.relays.pieces import BY_KEY, PIECES, Piece, alternative_of
from democratic.web.relays.told import CodeTold
from democratic.web.relays.words import texts_of

KIT_FORMS = ("pdf", r"mini\.png", "png")


def kit_context(told: CodeTold, base: str) -> dict[str, Any]:
    """``base``: the path under which the pieces are."""
    return {
        "sheets": [_piece(piece, told, base) for piece in PIECES if not piece.is_picture],
        "pictures": [_piece(piece, told, base) for piece in PIECES if piece.is_picture],
        "texts": texts_of(told),
        "whole": f"{base}/kit.zip",
        "code": told.code,
        "address": told.address,
        "url": told.url,
        "unread": undrawn(str(told.question), told.told.name, told.authority),
    }


def _piece(piece: Piece, told: CodeTold, base: str) -> dict[str, Any]:
    width, height = piece.size
    return {
        "key": piece.key,
        "name": piece.name,
        "purpose": piece.purpose,
        "size": f"{width} × {height} px"
        if piece.is_picture
        else _("%(w)s × %(h)s mm") % {"w": width, "h": height},
        "width": width,
        "height": height,
        "url": f"{base}/{piece.key}.{piece.form}",
        "look": f"{base}/{piece.key}.mini.png",
        "alt": alternative_of(piece, told) if piece.is_picture else "",
    }


def piece_named(key: str, ending: str) -> tuple[Piece, str]:
    """The piece, and the form in which this address gives it: itself, or how it looks."""
    piece = BY_KEY.get(key)
    if piece is None or ending not in (piece.form, "mini.png"):
        raise Http404
    return piece, piece.form if ending == piece.form else piece.look
