"""Guarded fetches of processes and mandates: missing and forbidden look alike."""

from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority, Record


class ProcessNotFound(LookupError):
    """No such process at this authority."""


def process_at(authority: Authority, slug: str) -> Process:
    """For the desk: the process with its record, mandate and stages, in two queries."""
    found = (
        Process.objects.filter(authority=authority, slug=slug)
        .select_related(
            "record__wording", "record__authority", "mandate__record__wording", "authority", "preparation"
        )
        .prefetch_related("stages")
        .first()
    )
    if found is None:
        raise ProcessNotFound(slug)
    return found


def mandate_of(record: Record) -> Mandate:
    return Mandate.objects.select_related("record__wording", "record__authority", "answerer", "service").get(
        pk=record.pk
    )
