"""« Comment c’est compté »: the rule of each kind of vote, in words that one can apply."""

from django.utils.translation import gettext as _

from democratic.participation.meetings.soundings.models import Sounding, SoundingKind


def method_of(sounding: Sounding) -> list[str]:
    return [
        _(
            "Chaque personne compte une fois, qu’elle soit en salle, à distance ou en différé. Pendant le vote elle peut"
            " changer d’avis : la dernière voix compte. Qui a voté pendant la rencontre ne revote pas en différé."
        ),
        *_of_kind(SoundingKind(sounding.kind)),
        _(
            "Une origine de moins de cinq personnes est comptée avec la suivante ; de moins de cinq personnes en tout, seul"
            " leur nombre est publié."
        ),
        _(
            "Les mains levées et les papiers sont comptés par une personne, puis recomptés par une autre : ils entrent alors"
            " dans le total, sur une ligne à part. On y compte qui n’a pas voté autrement."
        ),
        _("Ce vote décide, selon la charte de l’instance.")
        if sounding.is_binding
        else _("Ce vote est consultatif : il éclaire le choix, il ne décide pas."),
    ]


def _of_kind(kind: SoundingKind) -> list[str]:
    return {
        SoundingKind.SINGLE: [_("Une voix va à une seule réponse.")],
        SoundingKind.MULTIPLE: [
            _("Une voix va à chaque réponse choisie ; les parts se lisent sur le nombre de personnes.")
        ],
        SoundingKind.SCALE: [
            _(
                "La médiane est la note du milieu, la plus basse des deux quand le nombre de voix est pair. La moyenne est"
                " arrondie au dixième."
            )
        ],
        SoundingKind.RANKING: [
            _(
                "Points (méthode de Borda) : sur k réponses, la première d’un classement reçoit k − 1 points, la deuxième"
                " k − 2, et ainsi de suite ; celles qui n’y sont pas se partagent à égalité les points qui restent."
            ),
            _(
                "Duels : une réponse en bat une autre quand plus de personnes la placent plus haut ; une réponse classée est"
                " plus haut qu’une réponse qui ne l’est pas. Les deux lectures peuvent différer : elles sont dites toutes"
                " les deux, et les égalités aussi."
            ),
        ],
        SoundingKind.WORDS: [
            _(
                "Deux écritures sont le même mot aux majuscules près ; les accents comptent. Un mot est montré à partir de"
                " trois personnes, comme le plus de monde l’a écrit ; les autres sont comptés sans être dits."
            )
        ],
        SoundingKind.CONSENT: [
            _(
                "La proposition est adoptée si quelqu’un y consent et si personne n’a d’objection. S’abstenir ne la porte"
                " pas et ne l’arrête pas ; une seule objection l’arrête, et se dit au mur des questions."
            )
        ],
    }[kind]
