"""The one way out by HTTP: to hosts that the caller names, at addresses that are looked at before we connect.

A name is resolved once, every address that it gives is examined, and the connection goes to the very address
that was examined: a name that changes its mind in between leads nowhere else. No redirect is followed, no
proxy is asked, nothing is read beyond a size and a time that are set for the whole errand.
"""

from democratic.kernel.outbound.addresses import place_of, refuse_inside
from democratic.kernel.outbound.errands import Answer, Outbound, Resolve, resolve
from democratic.kernel.outbound.faults import (
    NoAnswer,
    NoWayOut,
    OutboundFault,
    TooLong,
    UnknownName,
    WayRefused,
)

__all__ = [
    "Answer",
    "NoAnswer",
    "NoWayOut",
    "Outbound",
    "OutboundFault",
    "Resolve",
    "TooLong",
    "UnknownName",
    "WayRefused",
    "place_of",
    "refuse_inside",
    "resolve",
]
