"""Forms that are sent twice show the first result. The key's row is written in the action's transaction."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import FORM
from democratic.kernel.limits import keyed_hash
from democratic.kernel.models import IdempotencyKey
from democratic.kernel.refusals import Refusal

_FIRST = """
insert into kernel_idempotencykey (scope, key, fingerprint, location) values (%s, %s, %s, '')
"""


class KeyReused(Refusal):
    status = 422


def fingerprint(fields: Mapping[str, Any]) -> str:
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def once(*, sender: str, key: str, fields: Mapping[str, Any], act: Callable[[], str]) -> str:
    """Run ``act`` (which returns where to go next) once for this sender and key; repeat its answer after.

    A second request that arrives while the first is still running waits for it on the row's lock.
    Raises KeyReused when the same key comes with other fields.
    """
    if not key:
        with transaction.atomic():
            return act()
    scope, print_ = keyed_hash("idempotency", sender), fingerprint(fields)
    key = key[:128]
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    _FIRST,
                    [scope, key, print_],
                )
            location = act()
            IdempotencyKey.objects.filter(scope=scope, key=key).update(location=location)
            return location
    except IntegrityError as clash:
        if "one_answer_per_key" not in str(clash):
            raise
    first = IdempotencyKey.objects.get(scope=scope, key=key)
    if first.fingerprint != print_:
        raise KeyReused(_("Ce formulaire a déjà servi. Rechargez la page, puis recommencez."))
    return first.location


def forget_old_keys() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from kernel_idempotencykey where created_at < now() - %s * interval '1 day'",
            [FORM.term.length],
        )
        return cursor.rowcount


def forget_answers(codes: Collection[str]) -> int:
    """Answers that lead to one of these codes: a receipt's address, for one."""
    gone = IdempotencyKey.objects.filter(location__regex="|".join(map(re.escape, codes))) if codes else None
    return gone.delete()[0] if gone is not None else 0
