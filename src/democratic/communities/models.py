from django.db import models

from democratic.kernel.data_classes import OFFICE, ROLES
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority


class Service(Row):
    """A service of an authority: every obligation belongs to one, with a titular and a deputy.

    Agents' names are not public by default: pages show the service and its function.
    """

    personal_data = PersonalData(ROLES, of=("titular", "deputy"))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    titular = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="titular_of")
    deputy = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="deputy_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="one_service_per_name")]


class Official(Row):
    """An elected person who orders, answers and signs in public, under her name and function."""

    personal_data = PersonalData(OFFICE, of=("person",))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="officials")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "function"], name="one_official_per_function"
            )
        ]
