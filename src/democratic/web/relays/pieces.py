"""Every piece of the kit of a code, as its page lists them and its archive holds them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from democratic.web.kits.making import PDF, PICTURE, Sheet
from democratic.web.kits.printable import Json
from democratic.web.relays.sheets import cards, picture, poster, stickers
from democratic.web.relays.told import CodeTold

LOOK_WIDTH = 160  # pixels: the page gives it 120
Say = Callable[[CodeTold], dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Piece:
    """``key`` is in its address and names its file; ``size`` in millimetres for a sheet, in pixels for a picture."""

    key: str
    sheet: str
    form: str
    name: Promise
    purpose: Promise
    size: tuple[int, int]
    say: Say

    @property
    def look(self) -> str:
        """As the page shows it beside its name: a few kilobytes, for a phone in a courtyard."""
        points = self.size[0] if self.is_picture else self.size[0] * 72 / 25.4
        return f"{PICTURE}:{round(72 * LOOK_WIDTH / points)}"

    @property
    def is_picture(self) -> bool:
        return self.form == PICTURE


PIECES = (
    Piece(
        "affiche-a4", "code-poster", PDF, gettext_lazy("Affiche A4"),
        gettext_lazy("Pour une porte, un panneau, un comptoir."), (210, 297), lambda told: poster(told, "a4"),
    ),
    Piece(
        "affiche-a3", "code-poster", PDF, gettext_lazy("Affiche A3"),
        gettext_lazy("La même en grand, là où l’on passe sans s’arrêter."), (297, 420), lambda told: poster(told, "a3"),
    ),
    Piece(
        "cartes", "code-cards", PDF, gettext_lazy("Cartes à donner"),
        gettext_lazy("Dix par feuille A4, à couper et à donner de la main à la main."), (210, 297), cards,
    ),
    Piece(
        "autocollants", "stickers", PDF, gettext_lazy("Autocollants"),
        gettext_lazy("Vingt-quatre par planche A4, au format 70 × 37 mm."), (210, 297), stickers,
    ),
    Piece(
        "publication", "picture", PICTURE, gettext_lazy("Publication, carrée"),
        gettext_lazy("Pour un fil d’actualité."), (1080, 1080), lambda told: picture(told, "post"),
    ),
    Piece(
        "story", "picture", PICTURE, gettext_lazy("Story, verticale"),
        gettext_lazy("Avec de la place en haut et en bas pour les boutons des applications : ajoutez-y le lien."),
        (1080, 1920), lambda told: picture(told, "story"),
    ),
    Piece(
        "apercu", "picture", PICTURE, gettext_lazy("Aperçu de lien"),
        gettext_lazy("S’affiche tout seul quand on partage l’adresse."), (1200, 630), lambda told: picture(told, "link"),
    ),
)  # fmt: skip
BY_KEY = {piece.key: piece for piece in PIECES}
LINK_PICTURE = BY_KEY["apercu"]


def sheet_of(piece: Piece, told: CodeTold) -> Sheet:
    process = told.told.process
    return Sheet(
        f"{process.authority_id}:{told.code}:{piece.key}:{get_language()}",
        piece.sheet,
        piece.say(told),
        told.made_on,
    )


def alternative_of(piece: Piece, told: CodeTold) -> str:
    """For who does not see the picture: all that it says, in its order."""
    parts = {
        "who": told.authority,
        "question": str(told.question),
        "address": told.address,
        "time": told.time,
    }
    if piece is LINK_PICTURE:
        return _("%(who)s demande : %(question)s Réponse en %(time)s.") % parts
    return (
        _(
            "%(who)s demande : %(question)s Réponse en %(time)s, sans compte, à l’adresse %(address)s ou par le code QR."
        )
        % parts
    )
