"""Organisations: opened by the authority, kept by their members, spoken for under a mandate that all can read."""

from democratic.communities.organisations.actions.joining import (
    LINK_LIFE,
    Joining,
    forget_old_join_links,
    join,
    make_join_link,
)
from democratic.communities.organisations.actions.leaving import leave_organisations
from democratic.communities.organisations.actions.members import (
    end_membership,
    forget_old_memberships,
    hand_over_page,
)
from democratic.communities.organisations.actions.opening import describe_organisation, open_organisation
from democratic.communities.organisations.actions.speaking import (
    accept_to_speak,
    end_mandate_to_speak,
    erase_speaker,
    propose_to_speak,
)

__all__ = [
    "LINK_LIFE",
    "Joining",
    "accept_to_speak",
    "describe_organisation",
    "end_mandate_to_speak",
    "end_membership",
    "erase_speaker",
    "forget_old_join_links",
    "forget_old_memberships",
    "hand_over_page",
    "join",
    "leave_organisations",
    "make_join_link",
    "open_organisation",
    "propose_to_speak",
]
