"""The jobs that forget, driven by what each class of data declares; each passage leaves a line."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.module_loading import import_string

from democratic.kernel.clock import Clock
from democratic.kernel.data_classes import ALL_CLASSES
from democratic.kernel.personal_data import DataClass, Term
from democratic.stewardship.models import RetentionRun

logger = logging.getLogger(__name__)

# What is kept two days at most would be kept three if it were looked at once a night.
SHORT = 2
LINES_KEPT = timedelta(days=400)

Due = Iterable[tuple[DataClass, Term]]


def all_terms() -> list[tuple[DataClass, Term]]:
    return [(kind, term) for kind in ALL_CLASSES for term in kind.terms]


def short_terms() -> list[tuple[DataClass, Term]]:
    return [(kind, term) for kind, term in all_terms() if term.length <= SHORT]


def forget(terms: Due, *, clock: Clock) -> list[RetentionRun]:
    """Run each job in a transaction of its own: one that fails keeps its rows, and stops none of the others."""
    runs = []
    for kind, term in terms:
        try:
            with transaction.atomic():
                gone: int = import_string(term.job)()
                run = RetentionRun.objects.create(
                    data_class=kind.key, job=term.job, ran_at=clock.now(), forgotten=gone
                )
        except Exception:  # whatever it is, the night's other jobs are owed to other people
            logger.exception("retention: %s failed", term.job)
            continue
        runs.append(run)
    RetentionRun.objects.filter(ran_at__lt=clock.now() - LINES_KEPT).delete()
    return runs


def last_runs() -> dict[str, RetentionRun]:
    """The last passage of each job, by its name."""
    newest = RetentionRun.objects.order_by("job", "-ran_at").distinct("job")
    return {run.job: run for run in newest}
