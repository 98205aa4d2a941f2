"""Reads of offers: private until they are accepted."""

from datetime import datetime

from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.observatory.models import Observatory, Seat
from democratic.thread.models import Authority

MOST = 200


def hash_of(secret: str) -> str:
    return keyed_hash("seat", read_claim_secret(secret))


def open_offers(observatory: Observatory, now: datetime) -> list[Seat]:
    waiting = observatory.seats.filter(since=None, until=None, expires_at__gt=now)
    return list(waiting.order_by("pk")[:MOST])


def offer_by(authority: Authority, secret: str, now: datetime) -> Seat | None:
    """None for one that never was, was taken, taken back, or is too old: they look alike."""
    found = Seat.objects.filter(
        observatory__authority=authority,
        observatory__closing=None,
        secret_hash=hash_of(secret),
        since=None,
        until=None,
        expires_at__gt=now,
    )
    return found.select_related(
        "observatory__record__wording", "observatory__authority", "observatory__body"
    ).first()
