from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import VISITS
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.stewardship.moderation.models import Alarm, Appeal, Notice, Ruling
from democratic.thread.models import Authority

__all__ = ["Alarm", "Appeal", "Notice", "RetentionRun", "Ruling", "SupportVisit"]


class RetentionRun(Row):
    """One passage of a job that forgets: which class of data, when, and how many rows went."""

    personal_data = NoPersonalData("a date and a count")

    data_class = models.CharField(max_length=20)
    job = models.CharField(max_length=120)
    ran_at = models.DateTimeField()
    forgotten = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["job", "-ran_at"], name="retention_last_run")]


class SupportVisit(Row):
    """An administrator opened a person's account to help her. Insert-only until it is old: see the trigger."""

    personal_data = PersonalData(VISITS, of=("visited", "visitor"))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="support_visits")
    visitor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits_made")
    visited = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits_received")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("started_at")), name="visit_ends_later"
            ),
            models.CheckConstraint(
                condition=~models.Q(visitor=models.F("visited")), name="nobody_visits_herself"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="visit_has_a_reason"),
        ]
        indexes = [models.Index(fields=["visited", "-started_at"], name="visits_received")]


class Fate(models.TextChoices):
    """*Sort final*: what becomes of public archives once nobody needs them (Code du patrimoine, L.212-2)."""

    KEEP = "keep", _("conservation intégrale")
    SORT = "sort", _("tri")
    DESTROY = "destroy", _("destruction, avec le visa des archives départementales")


class Closure(models.Model):
    """A process is closed, once: for how many years its file is of use (*DUA*), and what then becomes of it."""

    personal_data = NoPersonalData("about an authority; the function of who closed, and no name")

    process = models.OneToOneField(
        Process, primary_key=True, on_delete=models.PROTECT, related_name="closure"
    )
    years = models.SmallIntegerField()
    why_years = models.CharField(max_length=300)
    fate = models.CharField(max_length=8, choices=Fate)
    why_fate = models.CharField(max_length=300)
    closed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(years__range=(1, 100)), name="closure_years_are_sane")
        ]


class Package(Row):
    """One version of the archives package of a closed process. Its hash stays; the file of a former one goes.

    ``imprint``: of the words that it shows, up to the Entry ``until``; when it is another one, words were erased.
    """

    personal_data = NoPersonalData("the hash of what was public on a day")

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="packages", db_index=False)
    version = models.SmallIntegerField()
    parts_done = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    until = models.UUIDField(null=True)
    imprint = models.CharField(max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="packages")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closure", "version"], name="one_package_per_version"),
            models.UniqueConstraint(
                fields=["closure"], condition=models.Q(made_at=None), name="one_package_in_the_making"
            ),
            models.CheckConstraint(
                condition=models.Q(made_at=None, sha256="")
                | (~models.Q(sha256="") & ~models.Q(made_at=None)),
                name="a_package_that_is_made_has_its_hash",
            ),
        ]
