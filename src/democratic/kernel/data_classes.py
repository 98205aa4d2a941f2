"""The closed list of what is kept about people: each line of the register, in the words that people read."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import Basis, DataClass, Term

_WHO_SPEAKS = _("Les personnes qui prennent la parole, avec ou sans compte")
_WHO_IS_TOLD = _("Les personnes qui demandent à être prévenues")
_WHO_WORKS = _("Les agents, les élues et les élus")
_EVERYONE = _("Tout le monde")
_NOBODY = _("Personne : seule la plateforme s’en sert")
_MAIL = _("Le serveur de messagerie de la collectivité")

SPEECH = DataClass(
    "speech",
    _("Ce que vous dites : une idée, un commentaire, et les mots qui servent à le retrouver"),
    _("Le publier, y répondre, et montrer ce qu’il devient"),
    _WHO_SPEAKS,
    _EVERYONE,
    _("Tant que la concertation est publique. À votre demande, les mots sont effacés partout."),
    shows_opinions=True,
)
IDENTITY = DataClass(
    "identity",
    _("Votre prénom ou le nom que vous signez, votre tranche d’âge, si vous les donnez"),
    _("Dire qui parle, et voir qui n’a pas été entendu"),
    _WHO_SPEAKS,
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
    _NOBODY,
    _("Effacées avec le compte."),
)
SESSION = DataClass(
    "session",
    _("Les appareils où votre compte est ouvert : le navigateur, le système et le jour"),
    _("Vous les montrer, et vous laisser les déconnecter. Ni adresse de réseau, ni position."),
    _("Les personnes qui ouvrent un compte"),
    _NOBODY,
    _("Effacées avec le compte."),
    terms=(Term("democratic.people.actions.forget_old_sessions", _("après la connexion"), days=14),),
)
FACTOR = DataClass(
    "factor",
    _("Votre second facteur : la moitié publique d’une clé d’accès, ou la clé scellée d’une application"),
    _("Vérifier que c’est vous, quand un mot de passe ne suffit pas"),
    _("Les personnes qui ouvrent un compte"),
    _NOBODY,
    _("Jusqu’à ce que vous le retiriez. Effacé avec le compte."),
)
VERIFIED = DataClass(
    "verified",
    _(
        "Qu’un service d’identité vous a reconnu, lequel et quel jour. Ni votre état civil ni votre numéro là-bas."
    ),
    _("Ouvrir ce qui demande une identité vérifiée, et dire d’où vient cette vérification"),
    _("Les personnes qui se connectent par un service d’identité"),
    _NOBODY,
    _("Effacé avec le compte."),
)
INVITED = DataClass(
    "invited",
    _("L’adresse d’une personne invitée à travailler ici, et qui l’a invitée"),
    _("Lui envoyer son invitation, et savoir qui a fait entrer qui"),
    _WHO_WORKS,
    _("L’administration de la plateforme"),
    terms=(
        Term(
            "democratic.communities.invitations.actions.forget_old_invitations",
            _("après la fin de l’invitation"),
            days=90,
        ),
    ),
)
ADDRESS = DataClass(
    "address",
    _("Une adresse e-mail laissée sans compte, pour être prévenu"),
    _("Vous envoyer la réponse qui vous est due"),
    _WHO_IS_TOLD,
    _MAIL,
    _("Avant, à votre demande."),
    basis=Basis.CONSENT,
    terms=(
        Term(
            "democratic.people.actions.forget_unconfirmed_addresses",
            _("sans confirmation"),
            days=8,
        ),
        Term(
            "democratic.stewardship.forgetting.forget_addresses_of_ended_processes",
            _("après la fin de la concertation"),
            months=13,
        ),
    ),
)
STOPPED = DataClass(
    "stopped",
    _("L’empreinte d’une adresse où vous avez dit STOP, sans l’adresse elle-même"),
    _("Ne plus jamais lui écrire, même si quelqu’un la redonne"),
    _WHO_IS_TOLD,
    _NOBODY,
    _("Tant que vous ne redonnez pas votre accord."),
    basis=Basis.DUTY,
)
CONSENT = DataClass(
    "consent",
    _("Votre accord à recevoir des messages, avec les mots montrés, la date, et d’où il vient"),
    _("Prouver que vous l’avez donné, ou retiré"),
    _WHO_IS_TOLD,
    _NOBODY,
    _("Avant, le temps que l’adresse sert."),
    basis=Basis.DUTY,
    terms=(Term("democratic.people.actions.forget_old_consents", _("après le retrait"), months=12),),
)
MESSAGES = DataClass(
    "messages",
    _("Les messages qui vous sont envoyés"),
    _("Ne jamais vous écrire deux fois la même chose, et savoir ce qui n’est pas parti"),
    _WHO_IS_TOLD,
    _MAIL,
    basis=Basis.CONSENT,
    terms=(Term("democratic.messaging.delivery.forget_old_messages", _("après l’envoi"), days=90),),
)
MARKS = DataClass(
    "marks",
    _("Ce que vous soutenez et ce que vous suivez"),
    _("Compter un seul soutien par personne, et vous prévenir. Le nombre est public, jamais les noms."),
    _WHO_SPEAKS,
    _NOBODY,
    _("Effacé avec vous."),
    shows_opinions=True,
)
CLAIM_KEY = DataClass(
    "claim_key",
    _("L’empreinte de la clé qui permet de retirer votre parole"),
    _("Vérifier que c’est bien vous. La clé elle-même n’est pas gardée."),
    _WHO_SPEAKS,
    _NOBODY,
    _("Tant que la parole est publiée. La clé ne sert qu’une fois."),
)
FORM = DataClass(
    "form",
    _("L’empreinte d’un formulaire envoyé, et la page où il a mené"),
    _("Qu’un formulaire envoyé deux fois ne compte qu’une"),
    _WHO_SPEAKS,
    _NOBODY,
    terms=(Term("democratic.kernel.idempotency.forget_old_keys", _("après l’envoi"), days=2),),
)
RATE = DataClass(
    "rate",
    _("L’empreinte de votre adresse de réseau, brouillée par une clé secrète"),
    _("Freiner les envois en masse"),
    _("Toutes les personnes qui visitent le site"),
    _NOBODY,
    terms=(Term("democratic.kernel.limits.forget_old_counts", _("après la visite"), days=1),),
)
FILES = DataClass(
    "files",
    _("Les photos et les fichiers donnés comme preuves"),
    _("Montrer qu’un engagement est tenu, ou qu’il ne l’est pas"),
    _("Les personnes qui se voient sur une photo"),
    _EVERYONE,
    _("Effacés avec la dernière page publique qui les montre. Une photo demande l’accord des personnes."),
    terms=(
        Term("democratic.stewardship.forgetting.forget_unshown_files", _("sans page qui le montre"), days=1),
    ),
)
OFFICE = DataClass(
    "office",
    _("Le nom et la fonction des élues et des élus qui commandent, répondent et signent"),
    _("Une réponse publique a un auteur public"),
    _("Les élues et les élus"),
    _EVERYONE,
    _("Aussi longtemps que leurs actes, au titre de leur mandat."),
)
FUNCTION = DataClass(
    "function",
    _("La fonction, sans le nom, de l’agent qui repousse une date ou publie un retrait"),
    _("Dire quel service a agi"),
    _WHO_WORKS,
    _EVERYONE,
    _("Aussi longtemps que la ligne publique."),
)
ROLES = DataClass(
    "roles",
    _("Les droits donnés à une personne, ses appartenances, le service dont elle est responsable"),
    _("Savoir qui peut faire quoi. Ces noms ne sont pas publiés."),
    _WHO_WORKS,
    _("L’administration de la plateforme"),
    _("Aussi longtemps qu’il faut rendre compte des actes faits à ce titre."),
)
IMPORTED = DataClass(
    "imported",
    _("L’identifiant d’une contribution reprise d’une autre plateforme"),
    _("Ne pas la reprendre deux fois. Nous ne gardons d’une personne que ce que la source a publié."),
    _("Les personnes qui ont parlé sur une autre plateforme"),
    _NOBODY,
    _("Aussi longtemps que la contribution."),
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

LEGAL_NAMES = DataClass(
    "legal_names",
    _("Le nom de qui dirige la publication et de la personne déléguée à la protection des données"),
    _("La loi demande qu’on sache à qui s’adresser"),
    _WHO_WORKS,
    _EVERYONE,
    _("Tant qu’ils exercent cette fonction."),
    basis=Basis.DUTY,
)
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
    _NOBODY,
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
    _EVERYONE,
    _("La ligne publique de l’habilitation reste, avec ses dates ; votre nom en est retiré à votre demande."),
    shows_opinions=True,
)

AGREEMENT = DataClass(
    "agreement",
    _("L’accord d’un enfant de moins de 15 ans et d’un parent, l’adresse du parent et le jour des 15 ans"),
    _("Prévenir l’enfant de ce que devient sa parole, tant que les deux sont d’accord"),
    _("Les enfants de moins de 15 ans qui le demandent, et un de leurs parents"),
    _NOBODY,
    _("Le jour des 15 ans, ou dès que l’un des deux retire son accord, tout est effacé."),
    basis=Basis.CONSENT,
    terms=(
        Term(
            "democratic.communities.agreements.actions.forget_waiting_agreements",
            _("sans les deux accords"),
            days=7,
        ),
    ),
)

JUDGING = DataClass(
    "judging",
    _("Le nom sous lequel vous avez accepté de siéger dans un observatoire, et les dates de votre mandat"),
    _("Qui juge les engagements est public, avec l’acte qui l’a nommé"),
    _("Les membres d’un observatoire des engagements"),
    _EVERYONE,
    _("La ligne publique reste, avec ses dates ; votre nom en est retiré à votre demande : « un membre »."),
    terms=(
        Term(
            "democratic.observatory.actions.seats.forget_old_offers",
            _("après la fin d’une proposition restée sans réponse"),
            days=90,
        ),
    ),
)
ALL_CLASSES = (
    SPEECH, IDENTITY, ACCOUNT, SESSION, ADDRESS, STOPPED, CONSENT, MESSAGES, MARKS, CLAIM_KEY, FORM, RATE,
    FILES, OFFICE, FUNCTION, ROLES, IMPORTED, VISITS, LEGAL_NAMES, BELONGING, JOINING, SPEAKING, FACTOR, INVITED, VERIFIED,
    AGREEMENT, JUDGING,
)  # fmt: skip
