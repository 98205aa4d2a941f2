"""A device goes out with a token for one session, three days at most, and codes of its own."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret, new_code
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict
from democratic.participation.street.models import LIFE, FieldDevice, ReservedCode, StreetSession
from democratic.people.models import Person
from democratic.thread.models import Record

CODES = 100
PARTS = 3  # of 68 bits each: no one types it
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Prepared:
    """``token``: shown this once, kept as a print."""

    device: FieldDevice
    token: str
    codes: list[str]


def hash_of(token: str) -> str:
    return keyed_hash("street-device", token)


@transaction.atomic
def prepare_device(*, session: StreetSession, person: Person, clock: Clock) -> Prepared:
    """For who is of its team; the caller has looked."""
    now, token = clock.now(), "".join(new_claim_secret().replace("-", "") for _part in range(PARTS))
    device = FieldDevice.objects.create(
        session=session, person=person, token_hash=hash_of(token), issued_at=now, expires_at=now + LIFE
    )
    return Prepared(device, token, reserve_codes(device=device, wanted=CODES))


@transaction.atomic
def reserve_codes(*, device: FieldDevice, wanted: int) -> list[str]:
    """Codes that no Record bears and no other device holds: the database refuses both."""
    for _attempt in range(_TRIES):
        drawn = {new_code() for _each in range(wanted + 1)}
        drawn -= set(Record.objects.filter(code__in=drawn).values_list("code", flat=True))
        codes = sorted(drawn)[:wanted]
        if len(codes) == wanted and _reserved(device, codes):
            return codes
    raise Conflict(_("Aucun numéro de suivi libre n’a été trouvé. Réessayez."))


def _reserved(device: FieldDevice, codes: list[str]) -> bool:
    """All or none."""
    try:
        with transaction.atomic():
            ReservedCode.objects.bulk_create([ReservedCode(code=code, device=device) for code in codes])
    except IntegrityError:
        return False
    return True


@transaction.atomic
def revoke_device(*, device: FieldDevice, clock: Clock) -> None:
    """It is lost or stolen: it sends nothing more, and its app, opened with its code, wipes it on asking. Twice is once."""
    FieldDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=clock.now())
