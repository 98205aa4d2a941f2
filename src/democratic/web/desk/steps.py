"""The first settings in words: what each is for, how long it takes, where it is done."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.communities.steps import Step

FROM_START = "demarrer"  # ?depuis=demarrer: back to the steps once it is saved


@dataclass(frozen=True, slots=True)
class Told:
    """``verb``: on the button before the step is done; ``more``: other pages of the same step."""

    why: Promise
    minutes: int
    verb: Promise
    path: str
    more: tuple[tuple[Promise, str], ...] = ()


TOLD: dict[Step, Told] = {
    Step.IDENTITY: Told(
        _("Votre nom, votre SIRET et comment vous joindre : les pages légales et les réponses les montrent."),
        5,
        _("Dire qui vous êtes"),
        "/bureau/collectivite/identite",
    ),
    Step.LOOK: Told(
        _("On reconnaît votre collectivité à sa couleur et à son logo, en tête de chaque page."),
        5,
        _("Choisir la couleur"),
        "/bureau/collectivite/apparence",
        ((_("Choisir le logo"), "/bureau/collectivite/logo"),),
    ),
    Step.TERRITORY: Told(
        _("Les contours dessinent la carte ; la liste des communes est proposée à qui dit où."),
        10,
        _("Donner le territoire"),
        "/bureau/collectivite/territoire",
    ),
    Step.TEAM: Told(
        _("Chaque échéance sera à un service, et chaque réponse à une personne élue."),
        10,
        _("Voir les services"),
        "/bureau/services",
        ((_("Inviter des collègues"), "/bureau/invitations"),),
    ),
    Step.MAIL: Told(
        _("Sans messages qui arrivent, personne n’a de réponse. Envoyez-vous un essai."),
        3,
        _("Essayer la messagerie"),
        "/bureau/collectivite/messagerie",
    ),
    Step.LEGAL: Told(
        _("Mentions légales, données personnelles, accessibilité : la loi demande ces trois pages."),
        10,
        _("Voir ce qui manque"),
        "/bureau/collectivite/legal",
    ),
    Step.ORDER: Told(
        _("Tout commence par ce qu’une assemblée demande. Publiez votre première commande."),
        10,
        _("Commencer une commande"),
        "/bureau/methodes",
    ),
}
