"""What each act by which an authority describes itself does first and last."""

from datetime import datetime

from democratic.communities.events import AUTHORITY_DESCRIBED
from democratic.kernel.pages import bump
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority


def lock(authority: Authority) -> Authority:
    return Authority.objects.select_for_update().get(pk=authority.pk)


def clean(value: str) -> str:
    return clean_text(value) if "\n" in value else clean_line(value)


def tell_of(authority: Authority, part: str, now: datetime) -> None:
    """``part`` of its public declarations changed: in the journal without a word, and on every page."""
    append_entry(
        AUTHORITY_DESCRIBED,
        record=None,
        authority=authority,
        now=now,
        data={"part": part},
        is_institutional=True,
    )
    bump([authority.pk])
