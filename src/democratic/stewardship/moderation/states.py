"""The life of a notice and of an appeal, as tables: what was answered is never answered otherwise."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeState(models.TextChoices):
    RECEIVED = "received", _("Reçu, à lire")
    FOLLOWED = "followed", _("Suivi : la parole n’est plus montrée")
    REJECTED = "rejected", _("Non suivi : la parole reste")


class AppealState(models.TextChoices):
    OPEN = "open", _("Recours reçu")
    UPHELD = "upheld", _("La première décision est confirmée")
    OVERTURNED = "overturned", _("La première décision est annulée")


class Outcome(models.TextChoices):
    """What a decision leaves: a word that stands, one that is hidden, or one that was never published."""

    KEPT = "kept", _("Gardée")
    HIDDEN = "hidden", _("Masquée")
    REFUSED = "refused", _("Non publiée")


NOTICE_NEXT: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.RECEIVED: frozenset({NoticeState.FOLLOWED, NoticeState.REJECTED}),
    NoticeState.FOLLOWED: frozenset(),
    NoticeState.REJECTED: frozenset(),
}
APPEAL_NEXT: dict[AppealState, frozenset[AppealState]] = {
    AppealState.OPEN: frozenset({AppealState.UPHELD, AppealState.OVERTURNED}),
    AppealState.UPHELD: frozenset(),
    AppealState.OVERTURNED: frozenset(),
}


class Side(models.TextChoices):
    AUTHOR = "author", _("La personne qui l’avait écrite")
    NOTIFIER = "notifier", _("Une personne qui l’avait signalée")
