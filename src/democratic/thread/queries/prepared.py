"""Guarded reads that every page begins with: may this viewer see what this address names, and what is it?"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from democratic.kernel.compiled import Compiled
from democratic.people.models import Person
from democratic.thread.models import Authority
from democratic.thread.rules import Viewer

Build = Callable[[Viewer, str], QuerySet[Any, Any]]


class GuardedRead:
    """``build(viewer, word)`` is a queryset of ``values_list``, filtered by the viewer's rights and one word."""

    def __init__(self, build: Build) -> None:
        def anyone(authority: UUID, word: str) -> QuerySet[Any, Any]:
            return build(Viewer(Authority(pk=authority)), word)[:1]

        def known(authority: UUID, person: UUID, word: str) -> QuerySet[Any, Any]:
            return build(Viewer(Authority(pk=authority), Person(pk=person), is_signed_in=True), word)[:1]

        self._for_anyone = Compiled(anyone, authority=UUID, word=str)
        self._for_known = Compiled(known, authority=UUID, person=UUID, word=str)

    def first(self, viewer: Viewer, word: str) -> tuple[Any, ...] | None:
        """The one row, or None: missing and forbidden look alike."""
        if viewer.is_signed_in and viewer.person is not None:
            return self._for_known.first(authority=viewer.authority.pk, person=viewer.person.pk, word=word)
        return self._for_anyone.first(authority=viewer.authority.pk, word=word)
