"""Heads signed with the installation's key, each kept outside the database before anyone can read it."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.db import transaction

from civics.ledger.heads import Head, PrivateKey, PublicKey, sign_head
from civics.ledger.heads import SignedHead as PublishedHead
from democratic.kernel.clock import local_day
from democratic.thread.journal.heads import lock_head
from democratic.thread.journal.outside import read_outside, refuse_if_behind, write_outside
from democratic.thread.models import SignedHead


@dataclass(frozen=True, slots=True)
class Signer:
    """Who states the heads: the journal's name and the installation's key, given by ``config``."""

    origin: str
    private_key: PrivateKey

    @classmethod
    def from_pem(cls, origin: str, pem: str) -> "Signer":
        key = load_pem_private_key(pem.encode(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError("The journal is signed with an Ed25519 key.")
        return cls(origin, key)

    @property
    def public_key(self) -> PublicKey:
        return self.private_key.public_key()


@transaction.atomic
def sign_now(signer: Signer, now: datetime) -> PublishedHead:
    """Sign the head as it is, once. BehindOutsideHead: it does not continue what was signed before.

    The head was committed by the batch that moved it; so the outside file can be written first, and
    no published head is ever missing from it.
    """
    head = lock_head()
    refuse_if_behind(head)
    row = SignedHead.objects.filter(epoch=head.epoch, size=head.size).first()
    if row is not None:
        signed = PublishedHead.from_json(row.body.encode())
        if read_outside() != signed:
            write_outside(signed)
        return signed
    day = local_day(now, settings.TIME_ZONE).isoformat()
    signed = sign_head(Head(signer.origin, head.epoch, head.size, head.root, day), signer.private_key)
    write_outside(signed)
    SignedHead.objects.create(
        epoch=head.epoch, size=head.size, root=head.root, signed_at=now, body=signed.to_json().decode()
    )
    return signed
