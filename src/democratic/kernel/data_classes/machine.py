"""What the machine keeps for a while, to stand up to crowds and double taps."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes.whom import NOBODY, WHO_SPEAKS
from democratic.kernel.personal_data import DataClass, Term

FORM = DataClass(
    "form",
    _("L’empreinte d’un formulaire envoyé, et la page où il a mené"),
    _("Qu’un formulaire envoyé deux fois ne compte qu’une"),
    WHO_SPEAKS,
    NOBODY,
    terms=(Term("democratic.kernel.idempotency.forget_old_keys", _("après l’envoi"), days=2),),
)


RATE = DataClass(
    "rate",
    _("L’empreinte de votre adresse de réseau, brouillée par une clé secrète"),
    _("Freiner les envois en masse"),
    _("Toutes les personnes qui visitent le site"),
    NOBODY,
    terms=(Term("democratic.kernel.limits.forget_old_counts", _("après la visite"), days=1),),
)
