"""Who people are, for those who open an account."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes.whom import NOBODY, WHO_SPEAKS
from democratic.kernel.personal_data import Basis, DataClass, Term

IDENTITY = DataClass(
    "identity",
    _("Votre prénom ou le nom que vous signez, votre tranche d’âge, si vous les donnez"),
    _("Dire qui parle, et voir qui n’a pas été entendu"),
    WHO_SPEAKS,
    _("Le nom que vous signez : tout le monde. La tranche d’âge : seulement des comptes."),
    _("Le reste, jusqu’à votre demande."),
    terms=(
        Term(
            "democratic.people.actions.forget_old_guests",
            _("après sa première visite, pour une personne sans compte qui n’a rien dit ni soutenu"),
            months=13,
        ),
    ),
)


ACCOUNT = DataClass(
    "account",
    _("Votre adresse e-mail et l’empreinte de votre mot de passe, si vous ouvrez un compte"),
    _("Vous reconnaître quand vous revenez"),
    _("Les personnes qui ouvrent un compte"),
    NOBODY,
    _("Effacées avec le compte."),
)


SESSION = DataClass(
    "session",
    _("Les appareils où votre compte est ouvert : le navigateur, le système et le jour"),
    _("Vous les montrer, et vous laisser les déconnecter. Ni adresse de réseau, ni position."),
    _("Les personnes qui ouvrent un compte"),
    NOBODY,
    _("Effacées avec le compte."),
    terms=(Term("democratic.people.actions.forget_old_sessions", _("après la connexion"), days=14),),
)


FACTOR = DataClass(
    "factor",
    _("Votre second facteur : la moitié publique d’une clé d’accès, ou la clé scellée d’une application"),
    _("Vérifier que c’est vous, quand un mot de passe ne suffit pas"),
    _("Les personnes qui ouvrent un compte"),
    NOBODY,
    _("Jusqu’à ce que vous le retiriez. Effacé avec le compte."),
)


VERIFIED = DataClass(
    "verified",
    _(
        "Qu’un service d’identité vous a reconnu, ou qu’on vous a vu au guichet avec une pièce d’identité : qui l’a"
        " constaté, et quel jour. Ni votre état civil, ni un numéro, ni une copie."
    ),
    _("Dire combien de voix viennent de personnes vérifiées, et d’où vient cette vérification"),
    _("Les personnes qui se connectent par un service d’identité, ou qui l’ont demandé au guichet"),
    _(
        "L’administration voit les comptes vus au guichet. Tout le monde : seulement des nombres, à partir de cinq."
    ),
    _("Effacé avec le compte, ou quand la collectivité le reprend."),
)


VISITS = DataClass(
    "visits",
    _("Quand l’administration a ouvert votre compte pour vous aider, et pourquoi"),
    _("Que vous le sachiez, et que personne ne le fasse en secret"),
    _("Les personnes qui demandent de l’aide, et qui les aide"),
    _("Vous, et l’administration de la plateforme"),
    basis=Basis.DUTY,
    terms=(Term("democratic.stewardship.forgetting.forget_old_visits", _("après l’ouverture"), months=13),),
)
