"""How many questions come from where: three hundred pupils behind one address each ask, and nobody floods."""

from democratic.kernel.limits import Limit, spend
from democratic.web.guests import network_of
from democratic.web.requests import Request

OF_A_PERSON = Limit("questions-of-person", 6, 300)
OF_A_NETWORK = Limit("questions-of-network", 900, 300)
# Who comes without being known, each time as someone new: one browser could say so again and again.
OF_NEWCOMERS = Limit("questions-of-newcomers", 450, 300)


def spend_a_question(request: Request) -> None:
    """Outside the act's transaction: a refused one counts."""
    spend(OF_A_NETWORK, network_of(request))
    if request.person is None:
        spend(OF_NEWCOMERS, network_of(request))
    else:
        spend(OF_A_PERSON, str(request.person.pk))
