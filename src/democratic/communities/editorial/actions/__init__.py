"""Writes of pages, news and columns: drafted, revised, published by the clock, and never taken away in silence."""

from democratic.communities.editorial.actions.arranging import HomeChoice, arrange_home, arrange_menu
from democratic.communities.editorial.actions.drafting import draft_publication, reread, revise
from democratic.communities.editorial.actions.files import show_file, take_file_off
from democratic.communities.editorial.actions.opposition import (
    change_members,
    name_opposition_group,
    publish_column,
    revise_column,
)
from democratic.communities.editorial.actions.publishing import publish, publish_what_is_due

__all__ = [
    "HomeChoice",
    "arrange_home",
    "arrange_menu",
    "change_members",
    "draft_publication",
    "name_opposition_group",
    "publish",
    "publish_column",
    "publish_what_is_due",
    "reread",
    "revise",
    "revise_column",
    "show_file",
    "take_file_off",
]
