"""The life of a question put to a meeting, as its Record says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionState(models.TextChoices):
    PENDING = "pending", _("En attente de relecture")
    PUBLISHED = "published", _("Au mur")
    CURRENT = "current", _("On y répond")
    ANSWERED = "answered", _("Répondue")
    OWED = "owed", _("Réponse due par écrit")
    BINNED = "binned", _("Écartée, avec sa raison")
    MERGED = "merged", _("Rapprochée d’une autre")


NEXT = {
    QuestionState.PENDING: {QuestionState.PUBLISHED, QuestionState.BINNED},
    QuestionState.PUBLISHED: {
        QuestionState.CURRENT,
        QuestionState.ANSWERED,
        QuestionState.OWED,
        QuestionState.BINNED,
        QuestionState.MERGED,
    },
    QuestionState.CURRENT: {QuestionState.PUBLISHED, QuestionState.ANSWERED, QuestionState.OWED},
    QuestionState.ANSWERED: {QuestionState.CURRENT},
    QuestionState.OWED: {QuestionState.CURRENT, QuestionState.ANSWERED},
    QuestionState.BINNED: {QuestionState.PUBLISHED},  # an appeal was right
    QuestionState.MERGED: {QuestionState.PUBLISHED},
}
