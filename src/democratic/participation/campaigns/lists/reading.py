"""A list as it is given: whom it names, who had said STOP, and what can't be read. Nothing is kept here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from civics.reach.address_file import MOST_LINES, BadLine, Sort, TooLong, read_addresses
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import ChannelKind
from democratic.messaging.stopping import doors_of, stopped_among

# By which one may write first: the others are of who came by herself.
SORTS: Mapping[str, Sort] = {
    ChannelKind.SMS: Sort.NUMBER,
    ChannelKind.EMAIL: Sort.EMAIL,
    ChannelKind.WHATSAPP: Sort.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Given:
    """``addresses``: as the channel knows them, without those where STOP was said, who are counted alone."""

    addresses: Sequence[str]
    stopped: int
    repeated: int
    unread: int
    bad: Sequence[BadLine]


def read_list(kind: str, text: str) -> Given:
    """Refusal: nothing in it is an address, or there are too many. STOP is asked about before anything is kept."""
    try:
        read = read_addresses(text, SORTS[kind])
    except TooLong as fault:
        words = _("Une liste compte %(n)d adresses au plus : donnez-la en plusieurs fois.") % {
            "n": MOST_LINES
        }
        raise Refusal(words, field="addresses") from fault
    if not read.addresses and not read.bad:
        raise Refusal(_("Donnez une adresse par ligne, ou un fichier."), field="addresses")
    stopped = stopped_among({address: doors_of(kind, address) for address in read.addresses})
    kept = [address for address in read.addresses if address not in stopped]
    told = [address.removeprefix("+") if kind == ChannelKind.WHATSAPP else address for address in kept]
    return Given(told, len(read.addresses) - len(kept), read.repeated, read.unread, read.bad)
