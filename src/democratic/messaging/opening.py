"""An authority opens a channel once its data-protection decision is written, and shuts it at any time."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.messaging.models import ChannelUse
from democratic.messaging.ports import all_channels, channel_of
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Terms:
    """On what a channel is used. Hours are of the authority's own clock."""

    decision: str
    decided_by: str
    decided_on: date | None
    quiet_until: int
    quiet_from: int
    weekly_cap: int
    is_open: bool


def use_of(authority: Authority, kind: str) -> ChannelUse:
    """As it stands; with the defaults, and not kept, where nobody decided anything yet. KeyError: no such channel."""
    channel_of(kind)
    found = ChannelUse.objects.filter(authority=authority, kind=kind).first()
    return found or ChannelUse(authority=authority, kind=kind)


def uses_of(authority: Authority) -> list[ChannelUse]:
    """One for each connector that is installed, in its order."""
    known = {use.kind: use for use in ChannelUse.objects.filter(authority=authority)}
    kinds = [str(channel.kind) for channel in all_channels()]
    return [known.get(kind) or ChannelUse(authority=authority, kind=kind) for kind in kinds]


@transaction.atomic
def set_terms(*, authority: Authority, kind: str, terms: Terms) -> ChannelUse:
    decision, by = clean_text(terms.decision), clean_line(terms.decided_by)[:200]
    if terms.is_open and not decision:
        raise Refusal(_("Écrivez d’abord la décision : sans elle, le canal reste fermé."), field="decision")
    if terms.is_open and not by:
        raise Refusal(_("Dites qui l’a prise."), field="decided_by")
    if terms.is_open and terms.decided_on is None:
        raise Refusal(_("Dites quel jour elle a été prise."), field="decided_on")
    kept, _created = ChannelUse.objects.update_or_create(
        authority=authority,
        kind=kind,
        defaults={
            "decision": decision,
            "decided_by": by,
            "decided_on": terms.decided_on,
            "quiet_until": terms.quiet_until,
            "quiet_from": terms.quiet_from,
            "weekly_cap": terms.weekly_cap,
            "is_open": terms.is_open,
        },
    )
    return kept
