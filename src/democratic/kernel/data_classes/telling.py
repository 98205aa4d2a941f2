"""How people are told what became of what they said."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes.whom import MAIL, NOBODY, WHO_IS_TOLD
from democratic.kernel.personal_data import Basis, DataClass, Term

ADDRESS = DataClass(
    "address",
    _("Une adresse e-mail laissée sans compte, pour être prévenu"),
    _("Vous envoyer la réponse qui vous est due"),
    WHO_IS_TOLD,
    MAIL,
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
    WHO_IS_TOLD,
    NOBODY,
    _("Tant que vous ne redonnez pas votre accord."),
    basis=Basis.DUTY,
)


CONSENT = DataClass(
    "consent",
    _("Votre accord à recevoir des messages, avec les mots montrés, la date, et d’où il vient"),
    _("Prouver que vous l’avez donné, ou retiré"),
    WHO_IS_TOLD,
    NOBODY,
    _("Avant, le temps que l’adresse sert."),
    basis=Basis.DUTY,
    terms=(Term("democratic.people.actions.forget_old_consents", _("après le retrait"), months=12),),
)


MESSAGES = DataClass(
    "messages",
    _("Les messages qui vous sont envoyés"),
    _("Ne jamais vous écrire deux fois la même chose, et savoir ce qui n’est pas parti"),
    WHO_IS_TOLD,
    MAIL,
    basis=Basis.CONSENT,
    terms=(Term("democratic.messaging.delivery.forget_old_messages", _("après l’envoi"), days=90),),
)


AGREEMENT = DataClass(
    "agreement",
    _("L’accord d’un enfant de moins de 15 ans et d’un parent, l’adresse du parent et le jour des 15 ans"),
    _("Prévenir l’enfant de ce que devient sa parole, tant que les deux sont d’accord"),
    _("Les enfants de moins de 15 ans qui le demandent, et un de leurs parents"),
    NOBODY,
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


CORRESPONDENT = DataClass(
    "correspondent",
    _("Votre adresse ou votre numéro sur la messagerie par laquelle vous nous avez écrit"),
    _("Vous répondre là où vous écrivez, et vous dire ce que devient votre parole si vous l’avez demandé"),
    _("Les personnes qui répondent par une messagerie, un SMS ou une fenêtre de conversation"),
    _("Le service de messagerie que vous avez choisi"),
    _("Jamais si vous avez moins de 15 ans ; plus rien après STOP, qu’une empreinte."),
    basis=Basis.CONSENT,
    terms=(
        Term(
            "democratic.messaging.correspondents.forget_silent_correspondents",
            _("après votre dernier message"),
            months=13,
        ),
    ),
)


LISTED = DataClass(
    "listed",
    _(
        "Votre adresse ou votre numéro, dans une liste que la collectivité tenait déjà, et d’où vient cette liste"
    ),
    _("Vous écrire les premiers, au nom de la collectivité, pour vous proposer de participer"),
    _("Les personnes d’une liste de la collectivité : inscrites à un service, ou qui ont donné leur accord"),
    _("Personne ne relit ces adresses ; le service de messagerie porte le message"),
    _(
        "Le terme de chaque liste est fixé quand elle est donnée, et peut être plus court. STOP vous en retire."
    ),
    terms=(
        Term(
            "democratic.participation.campaigns.lists.forgetting.forget_old_lists",
            _("après la remise de la liste"),
            days=90,
        ),
    ),
)


INCOMING = DataClass(
    "incoming",
    _("Un message reçu, le temps qu’il soit compris"),
    _("N’en perdre aucun, et n’en traiter aucun deux fois"),
    _("Les personnes qui répondent par une messagerie, un SMS ou une fenêtre de conversation"),
    NOBODY,
    _(
        "Ses mots, son adresse et le nom que lui donne le service de messagerie sont effacés dès qu’il est traité, ou au"
        " bout d’une demi-heure s’il attend un âge que la personne ne dit pas ; il en reste une empreinte."
    ),
    terms=(
        Term(
            "democratic.messaging.incoming.forget_old_incoming",
            _("après sa réception"),
            days=30,
        ),
    ),
    shows_opinions=True,
)
