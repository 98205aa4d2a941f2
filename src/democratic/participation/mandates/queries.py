"""Reads of political orders."""

from django.db.models import Count, Q, QuerySet

from democratic.participation.mandates.models import Mandate
from democratic.thread.models import Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, visible_records


def visible_mandates(viewer: Viewer) -> QuerySet[Mandate]:
    return Mandate.objects.filter(record__in=visible_records(viewer))


def get_mandate_for(viewer: Viewer, code: str) -> Mandate:
    """The order with its words, who answers, and its *retrait* if there is one. Raises RecordNotFound."""
    mandate = (
        visible_mandates(viewer)
        .filter(record__code=code)
        .select_related("record__wording", "record__withdrawal", "answerer", "service")
        .first()
    )
    if mandate is None:
        raise RecordNotFound(code)
    return mandate


def list_mandates(viewer: Viewer, *, offset: int, limit: int) -> tuple[list[Mandate], int]:
    """Orders, the latest first, each with its ``process_count``."""
    everything = visible_mandates(viewer)
    rows = (
        everything.select_related("record__wording", "record__withdrawal", "answerer")
        .annotate(process_count=Count("processes", filter=Q(processes__record__visibility=Visibility.PUBLIC)))
        .order_by("-ordered_on", "-pk")
    )
    return list(rows[offset : offset + limit]), everything.count()
