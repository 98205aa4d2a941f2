"""How long votes stay open for who comes later: in hours, then in days as people count them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOURS_OF_A_DAY, TOLD_IN_DAYS = 24, 72


def later_in_words(hours: int) -> str:
    """Empty when nothing stays open."""
    if not hours:
        return ""
    days, rest = divmod(hours, HOURS_OF_A_DAY)
    if hours >= TOLD_IN_DAYS and not rest:
        return _("Les votes restent ouverts %(n)d jours après.") % {"n": days}
    said = ngettext(
        "Les votes restent ouverts %(n)d heure après.", "Les votes restent ouverts %(n)d heures après.", hours
    )
    return said % {"n": hours}
