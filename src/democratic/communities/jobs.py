"""The worker finds the jobs of an application in this module alone."""

from democratic.communities.agreements.jobs import let_those_who_are_15_decide
from democratic.communities.editorial.jobs import publish_due

__all__ = ["let_those_who_are_15_decide", "publish_due"]
