"""How often one may try to enter: by address, by account and by network, counted in one statement."""

from democratic.kernel.limits import Limit, spend, spend_each
from democratic.people.models import Account
from democratic.web.guests import network_of
from democratic.web.requests import Request

SIGN_INS_AT_AN_ADDRESS = Limit("sign-ins-at-address", 5, 300)
# A whole school shares one network, and signs in at the same bell.
SIGN_INS_OF_A_NETWORK = Limit("sign-ins-of-network", 60, 60)
CODES_OF_AN_ACCOUNT = Limit("factor-codes-of-account", 5, 300)


def count_sign_in(request: Request, address: str) -> None:
    """TooMany: for this address, known here or not, or from this network."""
    spend_each(
        (SIGN_INS_AT_AN_ADDRESS, address.strip().lower()), (SIGN_INS_OF_A_NETWORK, network_of(request))
    )


def count_code(account: Account) -> None:
    spend(CODES_OF_AN_ACCOUNT, str(account.pk))
