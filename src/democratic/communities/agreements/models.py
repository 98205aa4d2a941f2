from django.db import models

from democratic.kernel.data_classes import AGREEMENT
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority, Record


class JointAgreement(Row):
    """A child under 15 and one of her parents agree, together, that she is told what becomes of her words.

    The row lives as long as the agreement does: it goes when either takes it back, and on the day she is 15.
    What was agreed to, and taken back, stays in the ledger of consents for its year.
    """

    personal_data = PersonalData(AGREEMENT, of=("child", "parent"))

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="joint_agreements")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="joint_agreements")
    child = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="agreement")
    parent = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="agreement_as_parent")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # The only date kept of a child, said by her parent: its midnight ends the agreement, and deletes the date.
    turns_15_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_at=None, turns_15_on=None)
                | models.Q(agreed_at__isnull=False, turns_15_on__isnull=False),
                name="a_parent_who_agrees_says_until_when",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(agreed_at__isnull=False),
                name="a_child_confirms_after_her_parent",
            ),
        ]
