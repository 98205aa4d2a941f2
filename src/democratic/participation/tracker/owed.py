"""What a service owes and has not closed: the lines of its mail, of its form, of the desk's table."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from democratic.participation.obligations.models import Obligation, Owed
from democratic.thread.models import Visibility

MOST_LINES = 60
TRACKED = (Owed.COMMITMENT, Owed.ACTION)


def open_promises(authority_id: UUID) -> QuerySet[Obligation]:
    """Commitments and actions that are still waited for. A *retrait* ends the waiting, its actions' too."""
    return Obligation.objects.filter(
        record__authority=authority_id,
        record__visibility=Visibility.PUBLIC,
        record__withdrawal=None,
        record__action__commitment__record__withdrawal=None,
        owed__in=TRACKED,
        met_on=None,
        ended_on=None,
    )


def lines_of(service_id: UUID, authority_id: UUID, *, before: datetime | None = None) -> list[Obligation]:
    """The oldest promise first, with their words; ``before``: those that were made earlier than that."""
    made = Q(record__happened_at__lt=before) if before else Q()
    found = open_promises(authority_id).filter(made, service=service_id)
    return list(
        found.select_related("record__wording", "record__authority", "service").order_by(
            "first_due_on", "pk"
        )[:MOST_LINES]
    )
