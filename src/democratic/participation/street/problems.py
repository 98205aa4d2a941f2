"""What may be wrong with a record, in the words that its device shows beside the field."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The key of each: the field that it is about, and the sentence.
PROBLEMS: dict[str, tuple[str, Promise]] = {
    "uuid": ("uuid", _("Cette saisie n’a pas d’identifiant : supprimez-la, et recommencez.")),
    "kind": ("kind", _("Cette saisie n’est d’aucune sorte connue : mettez l’application à jour.")),
    "shape": ("", _("Cette saisie est abîmée : supprimez-la, et recommencez.")),
    "text": ("text", _("Écrivez ce que la personne a dit.")),
    "text_long": ("text", _("C’est trop long : 2 000 signes au plus.")),
    "first_name": ("first_name", _("Un prénom tient en 60 signes.")),
    "age_band": ("age_band", _("Choisissez la tranche d’âge : avant 15 ans, ou sans réponse, aucun mot n’est gardé.")),
    "consent": ("consent", _("Sans accord, rien n’est gardé : lisez la phrase, puis cochez.")),
    "rank": ("rank", _("Cette réponse n’est pas parmi celles de la question.")),
    "no_poll": ("rank", _("Aucune question n’est posée à ce rendez-vous.")),
    "counts": ("counts", _("Écrivez combien de gommettes a reçues chaque réponse.")),
    "alternative": ("alternative", _("Décrivez la photo en une phrase.")),
    "official": ("official", _("Choisissez qui s’engage.")),
    "due_on": ("due_on", _("Donnez le jour promis.")),
    "signature": ("signature", _("La personne élue signe sur place, de son nom.")),
    "about": ("about", _("Ce texte n’est pas de ceux que l’on lit à ce rendez-vous.")),
    "code": ("code", _("Ce numéro n’est pas réservé à cet appareil, ou a déjà été donné.")),
}  # fmt: skip


class Bad(Exception):
    """What is wrong: a key of PROBLEMS."""
