from django.utils.crypto import constant_time_compare

from democratic.communities.models import ProvisioningToken
from democratic.kernel.limits import keyed_hash
from democratic.thread.models import Authority


def hash_of(secret: str) -> str:
    return keyed_hash("provisioning", secret)


def is_directory_of(authority: Authority, secret: str) -> bool:
    kept = ProvisioningToken.objects.filter(authority=authority).values_list("secret_hash", flat=True).first()
    return constant_time_compare(kept or "", hash_of(secret)) if kept else False
