from django.db import models

from democratic.communities.models import Official
from democratic.kernel.data_classes import OFFICE
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models import Record


class ApprovalRequest(Row):
    """An elected person is asked whether she agrees with a draft: an order, a process, or an answer that she will sign.

    ``text_print``: of the very text that she is asked about; another text is another question. A draft that is
    thrown away takes what was asked about it.
    """

    personal_data = PersonalData(OFFICE, of=("official__person",))

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="approval_requests")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="approval_requests")
    text_print = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)
    is_by_delegation = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="one_open_approval_request",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, is_approved=None)
                | models.Q(answered_at__isnull=False, is_approved__isnull=False, withdrawn_at=None),
                name="approval_answered_or_not",
            ),
            models.CheckConstraint(
                condition=~models.Q(is_approved=False) | ~models.Q(reason=""),
                name="approval_refused_with_a_reason",
            ),
        ]
