"""What an installation leads ends with it: of each row, what is settled as it leaves and as it arrives.

Leaving: numbers that hang on rows which stay are counted into the row. Arriving: nothing answers, begins or leaves
by itself there before an agent wants it, whatever the archive says.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from democratic.participation.campaigns.leaving import brought_so_far, refuse_unless_counts
from democratic.participation.campaigns.lists.counting import fates_of
from democratic.participation.campaigns.lists.models import ListWave
from democratic.participation.campaigns.models import Campaign
from democratic.participation.conversations.editing import NotAFlow, read_flow
from democratic.participation.conversations.states import RunState

Row = dict[str, Any]
State = ListWave.State


def _with_what_it_brought(campaign: Row) -> Row:
    return campaign | {"before": brought_so_far(Campaign.objects.get(pk=campaign["id"]))}


def _counted(wave: Row) -> Row:
    fates = fates_of(ListWave.objects.get(pk=wave["id"]))
    numbers = {
        "sent": fates.sent,
        "delivered": fates.delivered,
        "failed": fates.failed,
        "stopped": fates.stopped,
    }
    return wave | numbers


def _shut(flow: Row, now: datetime) -> Row:
    _read(flow["draft"])
    return flow | {"is_open": False, "came_at": now}


def _readable(revision: Row, _now: datetime) -> Row:
    _read(revision["content"])
    return revision


def _read(content: Any) -> None:
    try:
        read_flow(content)
    except NotAFlow as refusal:
        raise ValueError("; ".join(refusal.places)) from refusal


def _ended(run: Row, _now: datetime) -> Row:
    """Nobody is at the other end: she who writes there begins. Who finished stays so, and each answer counts."""
    if run["state"] != RunState.OPEN:
        return run
    return run | {"state": RunState.SILENT, "due_at": None, "offered": []}


def _counts(campaign: Row, _now: datetime) -> Row:
    refuse_unless_counts(campaign["before"])
    return campaign


def _without_addresses(address_list: Row, now: datetime) -> Row:
    return address_list | {"erased_at": address_list["erased_at"] or now}


def _over(wave: Row, now: datetime) -> Row:
    is_over = wave["state"] in (State.DONE, State.ENDED)
    return wave | {
        "state": wave["state"] if is_over else State.ENDED,
        "over_at": wave["over_at"] or now,
        "is_settled": True,
    }


LEAVING: dict[str, Callable[[Row], Row]] = {
    "participation.Campaign": _with_what_it_brought,
    "participation.ListWave": _counted,
}
ARRIVING: dict[str, Callable[[Row, datetime], Row]] = {
    "participation.Flow": _shut,
    "participation.FlowRevision": _readable,
    "participation.FlowRun": _ended,
    "participation.Campaign": _counts,
    "participation.AddressList": _without_addresses,
    "participation.ListWave": _over,
}


def as_it_leaves(label: str, row: Row) -> Row:
    return LEAVING[label](row) if label in LEAVING else row


def as_it_arrives(label: str, row: Row, now: datetime) -> Row:
    """KeyError, ValueError: not such a row."""
    return ARRIVING[label](row, now) if label in ARRIVING else row
