"""The rules that anyone may invoke and that every decision names: the public charter, by stable keys."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    ILLEGAL = "illegal", _("Contenu illégal")
    MINOR = "minor_in_danger", _("Une personne mineure est en danger")
    HATE = "insult_or_hate", _("Insulte, menace ou haine")
    PRIVATE = "personal_data", _("Données personnelles de quelqu’un")
    IMPERSONATION = "impersonation", _("Usurpation d’identité")
    SPAM = "off_topic", _("Hors sujet ou publicité")
    COORDINATED = "coordinated", _("Campagne par de faux comptes")
    OTHER = "other", _("Autre raison")


MEANS: dict[str, Promise] = {
    Rule.ILLEGAL: _("La loi l’interdit : apologie de crimes, appel à la violence, diffamation, contrefaçon."),
    Rule.MINOR: _("Une parole met une personne mineure en danger, ou la fait reconnaître."),
    Rule.HATE: _("On discute des idées, jamais de la dignité des personnes ni de ce qu’elles sont."),
    Rule.PRIVATE: _("Une adresse, un téléphone, l’état de santé ou la vie privée de quelqu’un."),
    Rule.IMPERSONATION: _(
        "Parler sous le nom d’une autre personne, ou d’une organisation sans habilitation."
    ),
    Rule.SPAM: _("Sans rapport avec la question posée, ou pour vendre quelque chose."),
    Rule.COORDINATED: _("La même main derrière beaucoup de comptes, pour paraître nombreuse."),
    Rule.OTHER: _("Dites laquelle : une décision cite toujours une règle, ou garde la parole."),
}

# Read first, and its words are not shown again in the bin: to show them would be to do it again.
URGENT = (Rule.MINOR, Rule.ILLEGAL)
NOT_READABLE = (Rule.MINOR, Rule.ILLEGAL, Rule.PRIVATE)
# Whoever was refused too often may still say this.
ALWAYS_HEARD = (Rule.MINOR,)
