"""Which scripts of a text our fonts do not draw, so that a page says it before anyone prints it."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.web.kits.printable import UNREAD, printable

# By the first word of a letter's name in Unicode. Any other is said to be « une autre écriture ».
SCRIPTS: dict[str, Promise] = {
    "ARMENIAN": gettext_lazy("arménien"),
    "BENGALI": gettext_lazy("bengali"),
    "CJK": gettext_lazy("chinois"),
    "CYRILLIC": gettext_lazy("cyrillique"),
    "DEVANAGARI": gettext_lazy("devanagari"),
    "ETHIOPIC": gettext_lazy("guèze"),
    "GEORGIAN": gettext_lazy("géorgien"),
    "GREEK": gettext_lazy("grec"),
    "HANGUL": gettext_lazy("coréen"),
    "HIRAGANA": gettext_lazy("japonais"),
    "KATAKANA": gettext_lazy("japonais"),
    "KHMER": gettext_lazy("khmer"),
    "LAO": gettext_lazy("lao"),
    "TAMIL": gettext_lazy("tamoul"),
    "THAI": gettext_lazy("thaï"),
    "TIFINAGH": gettext_lazy("tifinagh"),
}


def undrawn(*texts: str) -> str:
    """The sentence that names these scripts, in the order in which they are met; nothing when all is drawn."""
    signs = dict.fromkeys("".join(map(str, texts)))
    lost = [sign for sign in signs if sign != UNREAD and printable(sign) == UNREAD]
    scripts = (unicodedata.name(sign, "").partition(" ")[0] for sign in lost)
    named = dict.fromkeys(str(SCRIPTS.get(each, _("une autre écriture"))) for each in scripts)
    if not named:
        return ""
    return _(
        "Nos polices ne dessinent pas cette écriture : %(scripts)s. Sur ce qui s’imprime et sur les images, des points "
        "de suspension remplacent ses lettres. Les lettres latines, l’arabe et l’hébreu s’impriment."
    ) % {"scripts": ", ".join(named)}
