"""What the youth council wrote, and what it was answered."""

from democratic.communities.houses.models import Right
from democratic.demo.calendar import MON, Week
from democratic.participation.houses.actions import OpinionText, PointAnswer
from democratic.participation.houses.models import Power
from democratic.thread.actions import Words

# Beside Inès; nobody signs in as one of these.
OTHERS = ("Awa", "Jules", "Maëlle", "Sami", "Chloé", "Noé", "Tiago")
ARTICLES = (
    (
        "Qui parle ici",
        "Chaque membre parle en son nom. On ne coupe pas la parole, on n’explique pas à l’autre ce qu’il pense.",
    ),
    (
        "Les rôles tournent",
        "Animer, écrire, modérer, publier : trois mois chacun, à tour de rôle. On laisse un mot au suivant.",
    ),
    (
        "Comment on décide",
        "Par un vote, quand la moitié s’est prononcée. Qui voit autrement l’écrit : c’est publié à côté.",
    ),
    ("Les adultes", "Ils aident, ils ne votent pas. Leurs droits s’arrêtent aux dates écrites ici."),
)
STEPS = {
    Right.INVITE: Week(-8, MON),
    Right.POLL: Week(-2, MON),
    Right.MODERATE: Week(5, MON),
    Right.PUBLISH: Week(9, MON),
}
SHELTERS = OpinionText(
    words=Words(
        title="Avis sur les abris : commencer par là où l’on attend le plus longtemps",
        text="Nous avons passé un mercredi à chaque arrêt, montre en main. On attend jusqu’à 41 minutes à la Croix, "
        "sans toit. En ville, huit minutes, sous un abri.",
    ),
    points=(
        "Commencer par la Croix, Brosse et l’Étang, avant le centre.",
        "Mettre une lampe à chaque abri, même petit.",
        "Demander des abris aux gares, où les cars s’arrêtent aussi.",
    ),
)
OTHERWISE = "Nous voudrions d’abord le lycée : on attend moins longtemps, mais on est deux cents."
REPLIES = {
    1: PointAnswer(
        Power.OWN,
        "Oui. La Croix et Brosse sont posés avant l’hiver, l’Étang au printemps : son terrain est communal.",
    ),
    2: PointAnswer(
        Power.REFUSED, "Non, pas partout : 2 400 € par lampe sans courant proche. Trois arrêts sur onze."
    ),
    3: PointAnswer(
        Power.PASSED,
        "Les gares sont à la Région. Nous lui avons écrit, sa réponse sera publiée ici.",
        "la Région",
    ),
}
CANTEEN = OpinionText(
    words=Words(
        title="Avis sur les repas des internes, le dimanche soir",
        text="Le car arrive à 20 h 40, le self ferme à 20 h. Trente et un internes mangent froid, ou pas.",
    ),
    points=("Garder le self ouvert jusqu’à 21 h le dimanche.", "Publier les menus une semaine avant."),
)
SCREENS = OpinionText(
    words=Words(
        title="Avis sur les écrans aux arrêts",
        text="Un écran dit quand le car arrive. Nous préférons savoir par message, et garder l’argent pour les abris.",
    ),
    points=("Envoyer l’heure du prochain car par SMS, gratuitement.",),
)
TOPICS = (
    (
        "La N2 : que dit le conseil ?",
        (("Inès", "On se voit mardi avec les conducteurs. Qui vient ?"), ("Sami", "Moi. Et je note.")),
    ),
    ("Qui sera là à la rentrée ?", (("Awa", "Je passe le bac, mais je reste jusqu’à la passation."),)),
)
POINTS = (
    ("Préparer la rencontre avec les conducteurs", "Trois questions, pas plus.", 5),
    ("Une visite du dépôt des cars", "", 3),
    ("Le budget du goûter", "Il reste 46 €.", 2),
)
HANDED = (
    "Une saisine attend sa réponse : relancez si la date passe. Les abris de la Croix et de Brosse sont promis avant "
    "l’hiver, allez voir sur place. Et gardez les mercredis aux arrêts : c’est là que l’on apprend tout."
)
KEPT_IN = "Le carnet des attentes est au service jeunesse, bureau 12, dans la boîte verte."
