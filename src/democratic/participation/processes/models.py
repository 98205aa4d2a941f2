from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.mandates.models import Mandate
from democratic.thread.models import Authority, Record


class Step(models.TextChoices):
    """The seven steps of the timeline, in order."""

    ORDER = "order", _("Commande")
    LISTENING = "listening", _("Écoute")
    ANALYSIS = "analysis", _("Analyse")
    ANSWER = "answer", _("Réponse")
    DECISION = "decision", _("Décision")
    ACTION = "action", _("Action")
    REPORT = "report", _("Bilan")


class Process(models.Model):
    """A *concertation*: a row of dated stages that carries a mandate to its report."""

    personal_data = NoPersonalData("about an authority")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="as_process"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="processes")
    slug = models.SlugField(max_length=80)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="processes")
    template = models.CharField(max_length=40)
    uses_tu = models.BooleanField(default=False)
    # The promise: four answers owed before anyone is asked anything.
    asks = models.TextField()
    use_of_input = models.TextField()
    not_negotiable = models.TextField()
    # A second person reads each answer again before its signature.
    asks_approval = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="one_process_per_slug")]


class Stage(Row):
    """A dated stage. It opens and closes by the clock; what it planned first is never overwritten."""

    personal_data = NoPersonalData("about an authority")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="stages")
    step = models.CharField(max_length=10, choices=Step)
    rank = models.SmallIntegerField()
    first_opens_on = models.DateField()
    first_closes_on = models.DateField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    late_reason = models.CharField(max_length=300, blank=True)
    allows = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "step"], name="one_stage_per_step"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="stage_closes_after_it_opens"
            ),
        ]
