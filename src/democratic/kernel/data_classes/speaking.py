"""What people say and do in public."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes.whom import EVERYONE, NOBODY, WHO_SPEAKS
from democratic.kernel.personal_data import DataClass, Term

SPEECH = DataClass(
    "speech",
    _("Ce que vous dites : une idée, un commentaire, et les mots qui servent à le retrouver"),
    _("Le publier, y répondre, et montrer ce qu’il devient"),
    WHO_SPEAKS,
    EVERYONE,
    _("Tant que la concertation est publique. À votre demande, les mots sont effacés partout."),
    shows_opinions=True,
)


MARKS = DataClass(
    "marks",
    _(
        "Ce que vous soutenez, ce que vous suivez et ce que vous répondez à une question ; si vous étiez alors une"
        " personne vérifiée"
    ),
    _(
        "Compter un seul soutien et une seule réponse par personne, et vous prévenir. Le nombre est public, jamais"
        " les noms."
    ),
    WHO_SPEAKS,
    NOBODY,
    _("Effacé avec vous. Une réponse déjà comptée à la clôture reste dans son total, sans vous."),
    shows_opinions=True,
)


CLAIM_KEY = DataClass(
    "claim_key",
    _("L’empreinte de la clé qui permet de retirer votre parole"),
    _("Vérifier que c’est bien vous. La clé elle-même n’est pas gardée."),
    WHO_SPEAKS,
    NOBODY,
    _("Tant que la parole est publiée. La clé ne sert qu’une fois."),
)


FILES = DataClass(
    "files",
    _("Les photos et les fichiers donnés comme preuves"),
    _("Montrer qu’un engagement est tenu, ou qu’il ne l’est pas"),
    _("Les personnes qui se voient sur une photo"),
    EVERYONE,
    _("Effacés avec la dernière page publique qui les montre. Une photo demande l’accord des personnes."),
    terms=(
        Term("democratic.stewardship.forgetting.forget_unshown_files", _("sans page qui le montre"), days=1),
    ),
)


IMPORTED = DataClass(
    "imported",
    _("L’identifiant d’une contribution reprise d’une autre plateforme"),
    _("Ne pas la reprendre deux fois. Nous ne gardons d’une personne que ce que la source a publié."),
    _("Les personnes qui ont parlé sur une autre plateforme"),
    NOBODY,
    _("Aussi longtemps que la contribution."),
)


STREET = DataClass(
    "street",
    _(
        "Ce que vous dites dans la rue à un agent : vos mots, un prénom, une tranche d’âge, une photo ou votre voix"
    ),
    _("Les relire avant de les publier"),
    _("Les personnes rencontrées à un rendez-vous de rue"),
    _("Les agents de la concertation, puis tout le monde pour ce qui est publié. Jamais votre voix."),
    _(
        "Effacé d’ici dès que c’est publié. Avant 15 ans, ou sans réponse, seule une réponse d’un geste est gardée."
    ),
    terms=(
        Term(
            "democratic.participation.street.forgetting.forget_old_captures",
            _("après la réception, pour ce qui n’est pas publié"),
            months=6,
        ),
    ),
    shows_opinions=True,
)


SENT_FILES = DataClass(
    "sent_files",
    _("Les photos et les messages vocaux que vous envoyez dans une conversation, ou avec un message"),
    _("Les regarder ou les écouter avant que quoi que ce soit en paraisse, et vous répondre"),
    _("Les personnes de 15 ans ou plus qui en envoient, par une messagerie, une page ou une borne"),
    _("Les agents de la collectivité, puis tout le monde pour une photo publiée. Jamais votre voix."),
    _("La voix est effacée dès qu’elle est écrite. STOP efface ce qui n’est pas publié."),
    terms=(
        Term(
            "democratic.participation.conversations.files.forget_old_files",
            _("après l’envoi, pour ce qui n’est pas publié"),
            days=90,
        ),
    ),
    shows_opinions=True,
)


PAPER = DataClass(
    "paper",
    _(
        "Ce que vous écrivez sur un formulaire de papier : les cases cochées, vos mots, un prénom, et l’image de la"
        " feuille quand elle est numérisée"
    ),
    _("Saisir votre feuille sans erreur, la compter et publier vos mots"),
    _("Les personnes qui remplissent un formulaire de papier"),
    _("Les agents de la concertation, puis tout le monde pour ce qui est publié"),
    _(
        "Vos mots et leur image sont effacés d’ici dès qu’ils sont publiés. Avant 15 ans, ou sans âge, seules les"
        " cases cochées sont gardées."
    ),
    terms=(
        Term(
            "democratic.participation.paper.forgetting.forget_old_paper",
            _("après le compte du lot, pour les cases et la feuille sans son écriture"),
            days=90,
        ),
    ),
    shows_opinions=True,
)
