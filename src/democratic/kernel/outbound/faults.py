class OutboundFault(Exception):
    """What was asked for did not come."""


class WayRefused(OutboundFault):
    """We do not go there: the address is not one that was allowed, or leads inside."""


class NoAnswer(OutboundFault):
    """The peer is down, hangs up, is too slow or says too much. ``was_asked``: it may have done what it was asked."""

    was_asked = False


class CutShort(NoAnswer):
    """It was asked, and then nothing more was heard, or nothing that makes sense."""

    was_asked = True


class TooLong(NoAnswer):
    """It answers more than we asked for, by what it announces or as we read it."""


class UnknownName(NoAnswer):
    """Nobody knows this name; or this machine has nobody to ask."""


class NoWayOut(NoAnswer):
    """It is this machine that has no network: the peer is not to blame."""
