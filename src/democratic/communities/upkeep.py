"""What an authority has left unread for too long: pages that nobody reread, a declaration that is not valid any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject, TruncDate

from democratic.communities.accessibility.models import AccessibilityDeclaration
from democratic.communities.accessibility.queries import VALID_YEARS, years_from
from democratic.communities.editorial.models import Publication
from democratic.kernel.spoken import Spoken
from democratic.thread.models import Authority, Kind, Visibility

UNREAD_YEARS = 3
MOST = 200


@dataclass(frozen=True, slots=True)
class OldPage:
    code: str
    title: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Upkeep:
    """``pages``: the longest unread first. ``declared_on``: of a declaration that has to be made again, or None."""

    pages: Sequence[OldPage] = ()
    declared_on: date | None = None


def upkeep_of(authority: Authority, today: date) -> Upkeep:
    """In one query, whatever there is to say."""
    last = AccessibilityDeclaration.objects.filter(authority=OuterRef("pk")).order_by("-version")
    shown = JSONObject(
        code="record__code",
        title="record__wording__title",
        language="record__wording__language",
        read_on="read_on",
    )
    old = _unread_since(years_from(today, -UNREAD_YEARS)).values_list(shown)[:MOST]
    found = Authority.objects.filter(pk=authority.pk).values_list(
        Subquery(last.values("declared_on")[:1]), ArraySubquery(old)
    )
    declared_on, pages = found.get()
    is_over = declared_on is not None and years_from(declared_on, VALID_YEARS) < today
    return Upkeep([_old(**each) for each in pages], declared_on if is_over else None)


def _unread_since(limit: date) -> QuerySet[Publication]:
    """A page that was published before anyone noted who rereads it counts from the day when it appeared."""
    pages = Publication.objects.filter(
        authority=OuterRef("pk"),
        record__kind=Kind.PAGE,
        record__visibility=Visibility.PUBLIC,
        record__withdrawal=None,
    )
    dated = pages.annotate(read_on=Coalesce("reread_on", TruncDate("appears_at")))
    return dated.filter(read_on__lt=limit).order_by("read_on", "pk")


def _old(*, code: str, title: str, language: str, read_on: str) -> OldPage:
    return OldPage(code, Spoken(title, language), date.fromisoformat(read_on))
