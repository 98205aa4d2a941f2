"""Whom a line is about, and who reads it."""

from django.utils.translation import gettext_lazy as _

WHO_SPEAKS = _("Les personnes qui prennent la parole, avec ou sans compte")


WHO_IS_TOLD = _("Les personnes qui demandent à être prévenues")


WHO_WORKS = _("Les agents, les élues et les élus")


EVERYONE = _("Tout le monde")


NOBODY = _("Personne : seule la plateforme s’en sert")


MAIL = _("Le serveur de messagerie de la collectivité")
