"""A device goes out with a token for one session, three days at most, and codes of its own."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.participation.street.models import LIFE, FieldDevice, ReservedCode, StreetSession
from democratic.people.models import Person
from democratic.thread.actions.records import reserve_codes

CODES = 100
PARTS = 3  # of 68 bits each: no one types it


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
    return Prepared(device, token, reserve_codes(CODES, keep=partial(_take_along, device)))


def _take_along(device: FieldDevice, codes: list[str]) -> None:
    ReservedCode.objects.bulk_create([ReservedCode(code=code, device=device) for code in codes])


@transaction.atomic
def revoke_device(*, device: FieldDevice, clock: Clock) -> None:
    """It is lost or stolen: it sends nothing more, and its app, opened with its code, wipes it on asking. Twice is once."""
    FieldDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=clock.now())
