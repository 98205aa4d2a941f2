"""Writes of observatories: the authority founds and closes, the body appoints, members judge, officials reply."""

from democratic.observatory.actions.founding import Charter, close_observatory, found_observatory
from democratic.observatory.actions.hearings import Held, correct_hearing, publish_hearing
from democratic.observatory.actions.seats import (
    Act,
    accept_seat,
    end_seat,
    erase_judge,
    leave_observatories,
    offer_seat,
    resign,
)
from democratic.observatory.actions.verdicts import Finding, give_verdict, reply_to_verdict

__all__ = [
    "Act",
    "Charter",
    "Finding",
    "Held",
    "accept_seat",
    "close_observatory",
    "correct_hearing",
    "end_seat",
    "erase_judge",
    "found_observatory",
    "give_verdict",
    "leave_observatories",
    "offer_seat",
    "publish_hearing",
    "reply_to_verdict",
    "resign",
]
