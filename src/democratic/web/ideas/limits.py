"""How often one network may ask for what costs us, or what could be guessed."""

from democratic.kernel.limits import Limit

# A whole school shares one address: wide enough for three hundred pupils, too narrow for a guessing machine.
SEARCHES = Limit("searches-of-network", 3000, 600)
CODES = Limit("codes-of-network", 600, 600)
SECRETS = Limit("secrets-of-network", 100, 600)
LIKENESSES = Limit("likenesses-of-network", 3000, 600)
