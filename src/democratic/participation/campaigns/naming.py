"""What a campaign and a public have in common: a name of their own, and a number of people to hear."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.campaigns.models import NAME_LIMIT

MOST_WANTED = 1_000_000


def named(name: str) -> str:
    line = clean_line(name)[:NAME_LIMIT]
    if not line:
        raise Refusal(_("Donnez-lui un nom, que vos collègues reconnaissent."), field="name")
    return line


def wanted(goal: int) -> int:
    if not 0 < goal <= MOST_WANTED:
        raise Refusal(_("Combien de personnes voulez-vous entendre ? Une au moins."), field="goal")
    return goal


@contextmanager
def named_once(told: Any) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "_per_name" not in str(clash):
            raise
        raise Conflict(told, field="name") from clash
