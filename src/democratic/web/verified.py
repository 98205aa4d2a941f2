"""How a split is told: of these voices, how many came from people who were verified. No order depends on it."""

from django.utils.translation import gettext as _

from civics.disclosure.counts import LEAST
from democratic.web.formats import number


def among(total: int, verified: int | None) -> str:
    """« dont 12 de personnes vérifiées », after the count; nothing where it is not known, or of so few."""
    if verified is None or total < LEAST:
        return ""
    if not verified:
        return _("dont moins de 5 de personnes vérifiées")
    return _("dont %(n)s de personnes vérifiées") % {"n": number(verified)}


def alone(total: int, verified: int | None) -> str:
    """« 12 voix de personnes vérifiées », where the count stands elsewhere in its row."""
    if verified is None or total < LEAST:
        return ""
    if not verified:
        return _("moins de 5 voix de personnes vérifiées")
    return _("%(n)s voix de personnes vérifiées") % {"n": number(verified)}
