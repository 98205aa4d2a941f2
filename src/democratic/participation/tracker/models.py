from django.db import models

from democratic.communities.models import Service
from democratic.kernel.data_classes import ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority, Entry

LAST_DAY = 28  # every month has it


class UpdateRhythm(models.Model):
    """The day of the month on which services are asked; without a row, the first working day."""

    personal_data = NoPersonalData("a day of the month")

    authority = models.OneToOneField(
        Authority, primary_key=True, on_delete=models.CASCADE, related_name="update_rhythm"
    )
    day = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day__range=(1, LAST_DAY)), name="a_day_that_every_month_has"
            )
        ]


class UpdateRequest(Row):
    """A service was asked where it stands: once a month, in public."""

    personal_data = NoPersonalData("asked of a service")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="update_requests")
    month = models.DateField()
    asked_on = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "month"], name="one_update_request_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="a_month_is_its_first_day"),
        ]


class UpdateLink(Row):
    """What the mail of a request opens, for one holder of the service. Private: pages tell the service alone."""

    personal_data = PersonalData(ROLES, of=("holder",))

    request = models.ForeignKey(UpdateRequest, on_delete=models.PROTECT, related_name="links")
    holder = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="update_links")
    is_by_delegation = models.BooleanField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "holder"], name="one_update_link_a_holder")]
