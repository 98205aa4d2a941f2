"""Who works here, or is elected."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes.whom import EVERYONE, WHO_WORKS
from democratic.kernel.personal_data import Basis, DataClass, Term

INVITED = DataClass(
    "invited",
    _("L’adresse d’une personne invitée à travailler ici, et qui l’a invitée"),
    _("Lui envoyer son invitation, et savoir qui a fait entrer qui"),
    WHO_WORKS,
    _("L’administration de la plateforme"),
    terms=(
        Term(
            "democratic.communities.invitations.actions.forget_old_invitations",
            _("après la fin de l’invitation"),
            days=90,
        ),
    ),
)


OFFICE = DataClass(
    "office",
    _("Le nom et la fonction des élues et des élus qui commandent, répondent et signent"),
    _("Une réponse publique a un auteur public"),
    _("Les élues et les élus"),
    EVERYONE,
    _("Aussi longtemps que leurs actes, au titre de leur mandat."),
)


FUNCTION = DataClass(
    "function",
    _("La fonction, sans le nom, de l’agent qui repousse une date ou publie un retrait"),
    _("Dire quel service a agi"),
    WHO_WORKS,
    EVERYONE,
    _("Aussi longtemps que la ligne publique."),
)


ROLES = DataClass(
    "roles",
    _("Les droits donnés à une personne, ses appartenances, le service dont elle est responsable"),
    _("Savoir qui peut faire quoi. Ces noms ne sont pas publiés."),
    WHO_WORKS,
    _("L’administration de la plateforme"),
    _("Aussi longtemps qu’il faut rendre compte des actes faits à ce titre."),
)


LEGAL_NAMES = DataClass(
    "legal_names",
    _("Le nom de qui dirige la publication et de la personne déléguée à la protection des données"),
    _("La loi demande qu’on sache à qui s’adresser"),
    WHO_WORKS,
    EVERYONE,
    _("Tant qu’ils exercent cette fonction."),
    basis=Basis.DUTY,
)


DRAFTING = DataClass(
    "drafting",
    _(
        "Qui, parmi les agents, a écrit ou approuvé une réponse avant sa signature, envoyé une feuille de réponses"
        " ou confié un sujet à un service"
    ),
    _("Que deux personnes voient une réponse, et que l’une n’efface pas le texte de l’autre"),
    WHO_WORKS,
    _("Les agents de la concertation"),
    _("Pour une réponse ou un sujet, aussi longtemps qu’ils sont publiés."),
    terms=(
        Term(
            "democratic.participation.sheets.forgetting.forget_old_sheets",
            _("après l’envoi, pour une feuille"),
            days=90,
        ),
    ),
)
