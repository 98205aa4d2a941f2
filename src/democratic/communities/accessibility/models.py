"""The accessibility declaration: each one that was published, the last one standing (arrêté du 20 septembre 2019)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import LEGAL_NAMES
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models import Authority

HALF, ALL = 50, 100  # per cent


class Conformity(models.TextChoices):
    NONE = "none", _("non conforme")
    PARTIAL = "partial", _("partiellement conforme")
    TOTAL = "total", _("totalement conforme")


class AccessibilityDeclaration(Row):
    """Never changed: a new one takes its place, and this one stays in the list of those before."""

    personal_data = PersonalData(LEGAL_NAMES, unlinked="who made an audit, of nobody who has an account here")

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="accessibility_declarations"
    )
    version = models.SmallIntegerField()
    declared_on = models.DateField()
    state = models.CharField(max_length=8, choices=Conformity)
    rate = models.SmallIntegerField(null=True)  # per cent of the criteria met
    audited_on = models.DateField(null=True)
    audited_by = models.CharField(max_length=200, blank=True)
    gaps = models.TextField(blank=True)
    derogations = models.TextField(blank=True)
    technologies = models.TextField(blank=True)
    tested_with = models.TextField(blank=True)
    contact_email = models.EmailField(blank=True)
    contact_url = models.URLField(max_length=500, blank=True)
    plan_url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "version"], name="one_declaration_per_version"),
            models.CheckConstraint(
                condition=models.Q(rate=None, audited_on=None, audited_by="", state="none")
                | models.Q(rate__range=(0, 100), audited_on__isnull=False) & ~models.Q(audited_by=""),
                name="a_declared_rate_comes_from_an_audit",
            ),
            models.CheckConstraint(
                condition=models.Q(state="none")
                | models.Q(state="partial", rate__gte=HALF)
                | models.Q(state="total", rate=ALL),
                name="a_declared_state_is_that_of_its_rate",
            ),
        ]
