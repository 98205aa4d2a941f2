"""The fields of a long form, gathered under what they have in common."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields of a form, under what they have in common; side by side when they are short."""

    title: Text
    names: tuple[str, ...]
    hint: Text = ""
    is_row: bool = False


def grouped(form: forms.Form) -> list[tuple[Group, list[BoundField]]]:
    """Every field once: those that no group of the form names come first, under no title."""
    groups: tuple[Group, ...] = getattr(form, "groups", ())
    named = {name for group in groups for name in group.names}
    rest = Group("", tuple(name for name in form.fields if name not in named and not form[name].is_hidden))
    wanted = [group for group in (rest, *groups) if group.names]
    return [(group, [form[name] for name in group.names]) for group in wanted]
