"""The token with which an authority's directory tells who left: shown once, replaced by the next one."""

from django.db import transaction

from democratic.communities.models import ProvisioningToken
from democratic.communities.provisioning.queries import hash_of
from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret
from democratic.thread.models import Authority

PARTS = 3  # of 68 bits each: no one types it


@transaction.atomic
def make_provisioning_token(*, authority: Authority, clock: Clock) -> str:
    secret = "".join(new_claim_secret().replace("-", "") for _part in range(PARTS))
    ProvisioningToken.objects.update_or_create(
        authority=authority, defaults={"secret_hash": hash_of(secret), "made_at": clock.now()}
    )
    return secret


def withdraw_provisioning_token(*, authority: Authority) -> bool:
    gone, _rows = ProvisioningToken.objects.filter(authority=authority).delete()
    return bool(gone)
