"""What a verdict may say, in the codes that commitments have, so that one is read beside the other."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.participation.commitments.models import CommitmentState


class Says(models.TextChoices):
    KEPT = "kept", _("Tenu")
    DOING = "doing", _("En cours")
    UNKEPT = "unkept", _("Non tenu")


# What the authority may say of a commitment without contradicting the verdict. « À venir » is not « en cours » for
# who promised, and is for who judges: work that is not begun before its day is still under way.
AGREES: dict[str, Collection[str]] = {
    Says.KEPT: (CommitmentState.KEPT,),
    Says.DOING: (CommitmentState.DUE, CommitmentState.DOING, CommitmentState.PART, "late"),
    Says.UNKEPT: (CommitmentState.UNKEPT, "late", "withdrawn"),
}


def disagrees(says: str, standing: str) -> bool:
    """Whether the observatory and the authority say different things, as the authority's word stands today."""
    return standing not in AGREES[Says(says)]
