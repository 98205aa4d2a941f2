"""Texts that share rare words, brought together: a proposal for who groups them by hand, never a decision."""

from civics.grouping.suggest import Group, Suggested, suggest_groups

__all__ = ["Group", "Suggested", "suggest_groups"]
