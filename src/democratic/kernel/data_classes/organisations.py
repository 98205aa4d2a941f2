"""Members of associations and councils, and who speaks for them."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes.whom import EVERYONE, NOBODY
from democratic.kernel.personal_data import DataClass, Term

BELONGING = DataClass(
    "belonging",
    _("Les organisations dont vous êtes membre"),
    _("Montrer à leurs membres ce qui est à eux"),
    _("Les membres d’associations et de conseils"),
    _("Les membres de la même organisation"),
    _("Avant, à votre départ ou à votre demande."),
    terms=(
        Term(
            "democratic.communities.organisations.actions.forget_old_memberships",
            _("après la fin de l’appartenance"),
            months=36,
        ),
    ),
    shows_opinions=True,
)


JOINING = DataClass(
    "joining",
    _("Qui a fait un lien pour rejoindre une organisation"),
    _("Savoir par qui quelqu’un est entré"),
    _("Qui tient la page d’une organisation"),
    NOBODY,
    terms=(
        Term(
            "democratic.communities.organisations.actions.forget_old_join_links",
            _("après la fin du lien"),
            days=90,
        ),
    ),
)


SPEAKING = DataClass(
    "speaking",
    _("Le nom et la fonction sous lesquels vous avez accepté de parler pour une organisation"),
    _("Dire au nom de qui une parole est dite"),
    _("Qui parle pour une association ou un conseil"),
    EVERYONE,
    _("La ligne publique de l’habilitation reste, avec ses dates ; votre nom en est retiré à votre demande."),
    shows_opinions=True,
)
JUDGING = DataClass(
    "judging",
    _("Le nom sous lequel vous avez accepté de siéger dans un observatoire, et les dates de votre mandat"),
    _("Qui juge les engagements est public, avec l’acte qui l’a nommé"),
    _("Les membres d’un observatoire des engagements"),
    EVERYONE,
    _("La ligne publique reste, avec ses dates ; votre nom en est retiré à votre demande : « un membre »."),
    terms=(
        Term(
            "democratic.observatory.actions.seats.forget_old_offers",
            _("après la fin d’une proposition restée sans réponse"),
            days=90,
        ),
    ),
)
