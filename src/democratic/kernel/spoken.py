"""Words that know the language in which they were said, and say so on a page in another one.

A template, or ``format_html``, prints them inside ``<bdi lang="…">`` when the page is in another language.
What changes them otherwise than by ``alike`` makes a plain text of them, which says nothing any more.
"""

from typing import Self

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language


class Spoken(str):
    """A text with its ``language``, empty when nobody knows it; in every other way a string."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str | None, language: str | None = "") -> Self:
        """None, as a join gives it, is nothing said."""
        said = super().__new__(cls, text or "")
        said.language = language or ""
        return said

    @property
    def elsewhere(self) -> str:
        """The language, where it is not the page's."""
        return "" if self.language == (get_language() or self.language) else self.language

    def __html__(self) -> SafeString:
        language = self.elsewhere
        if not language or not self:
            return escape(str(self))
        return format_html('<bdi lang="{}">{}</bdi>', language, str(self))


def alike(text: str, said: str) -> str:
    """``text`` in the language of ``said``, from which it was made."""
    return Spoken(text, said.language) if isinstance(said, Spoken) else text


def shorten(said: str, most: int) -> str:
    """At most so many signs, an ellipsis included, in the same language."""
    return said if len(said) <= most else alike(Truncator(str(said)).chars(most), said)
