"""Election reserve: months during which an authority does not promote what it did (Code électoral, article L.52-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import FUNCTION
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models import Authority


class ElectionReserve(Row):
    """From one day to another, both included, by the clock; ``votes_on`` is the first round."""

    personal_data = NoPersonalData("dates of an election")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="reserves")
    election = models.CharField(max_length=120)
    votes_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on")),
                name="a_reserve_opens_before_it_closes",
            ),
            models.UniqueConstraint(fields=["authority", "votes_on"], name="one_reserve_per_vote"),
        ]


class Kept(models.TextChoices):
    """What a reserve takes off, and an exception keeps."""

    SAID = "said", _("« Vous avez dit, nous avons fait », à l’accueil")
    COUNTER = "counter", _("Le compte des engagements tenus, à l’accueil")
    PAGE = "page", _("Le début d’une page, à l’accueil")
    NAMES = "names", _("Les noms et les photos des élues et des élus : accueil, courriers, affiches")


class ReserveException(Row):
    """What stays shown during a reserve, why, and by which function it was decided: public, and never deleted."""

    personal_data = PersonalData(FUNCTION, unlinked="a function, not a person")

    reserve = models.ForeignKey(ElectionReserve, on_delete=models.PROTECT, related_name="exceptions")
    keeps = models.CharField(max_length=8, choices=Kept)
    reason = models.TextField()
    function = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reserve", "keeps"],
                condition=models.Q(until=None),
                name="one_running_exception_of_a_kind",
            )
        ]
