"""Codes that leave the network before a Record bears them: drawn here, whoever takes them along."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.ids import new_code
from democratic.kernel.refusals import Conflict
from democratic.thread.models import HeldCode, Record

_TRIES, _SPARE = 5, 5


@transaction.atomic
def reserve_codes(wanted: int, *, keep: Callable[[list[str]], object]) -> list[str]:
    """Codes that no Record bears and nobody else holds. ``keep`` inserts the caller's rows: all of them or none.

    What two hands draw at the same moment, the database gives to one of them: the other draws again. Conflict.
    """
    for _attempt in range(_TRIES):
        codes = _free_codes(wanted)
        if len(codes) < wanted:
            continue
        try:
            with transaction.atomic():
                keep(codes)
        except IntegrityError:
            continue
        return codes
    raise Conflict(_("Aucun numéro de suivi libre n’a été trouvé. Réessayez."))


def _free_codes(wanted: int) -> list[str]:
    """In one order for everyone: two hands that drew the same ones wait for each other, and never both ways."""
    drawn = {new_code() for _each in range(wanted + _SPARE)}
    drawn -= set(Record.objects.filter(code__in=drawn).values_list("code", flat=True))
    drawn -= set(HeldCode.objects.filter(code__in=drawn).values_list("code", flat=True))
    return sorted(drawn)[:wanted]
