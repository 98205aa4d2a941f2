"""Reads of pages, news and columns. What appears at an hour is there from that hour on, by the clock in the query."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from democratic.communities.editorial.models import (
    Block,
    FileTakenOff,
    HomeBlock,
    Menu,
    MenuEntry,
    PageAddress,
    Publication,
)
from democratic.kernel.spoken import Spoken
from democratic.thread.models import Authority, Kind, Record, Visibility, Wording
from democratic.thread.queries.attachments import with_attachments

DEFAULT_HOME = (Block.NOW, Block.COUNTER, Block.SAID, Block.MEETINGS)


def _known(authority: Authority) -> QuerySet[Publication]:
    return Publication.objects.filter(authority=authority).select_related(
        "authority", "record__wording", "record__withdrawal", "record__authority", "group"
    )


def shown_now(authority: Authority, now: datetime) -> QuerySet[Publication]:
    """Public, or due to be: the worker tells the journal a moment later. What was withdrawn stays, cut."""
    due = Q(record__visibility=Visibility.DRAFT, appears_at__lte=now)
    return _known(authority).filter(Q(record__visibility=Visibility.PUBLIC) | due)


def page_at(authority: Authority, slug: str, now: datetime) -> Publication | None:
    """The page that has this address, or had it: then its ``slug`` is another."""
    held = PageAddress.objects.filter(authority=authority, slug=slug).values("page")
    return (
        shown_now(authority, now)
        .filter(pk__in=held)
        .prefetch_related(with_attachments("record__attachments"))
        .first()
    )


def piece_by_code(authority: Authority, kind: Kind, code: str, now: datetime) -> Publication | None:
    found = shown_now(authority, now).filter(record__kind=kind, record__code=code)
    return found.prefetch_related(with_attachments("record__attachments")).first()


def list_shown(
    authority: Authority, kind: Kind, now: datetime, *, offset: int, limit: int
) -> tuple[list[Publication], int]:
    """The newest first, without those that were withdrawn: their own pages say so."""
    found = shown_now(authority, now).filter(record__kind=kind, record__withdrawal=None)
    return list(found.order_by("-appears_at", "-pk")[offset : offset + limit]), found.count()


def latest_columns(authority: Authority, limit: int) -> list[Publication]:
    """The last of each opposition group, the newest first: none takes the place of another."""
    found = _known(authority).filter(record__kind=Kind.COLUMN, record__visibility=Visibility.PUBLIC)
    last = found.order_by("group", "-appears_at", "-pk").distinct("group").values("pk")
    return list(found.filter(pk__in=last).order_by("-appears_at", "-pk")[:limit])


def in_hand(authority: Authority, kind: Kind, *, offset: int, limit: int) -> tuple[list[Publication], int]:
    """For the desk: drafts and what is to appear first, then the newest."""
    found = _known(authority).filter(record__kind=kind)
    # In the alphabet too, « draft » comes before « public ».
    ordered = found.order_by("record__visibility", "-appears_at", "-pk")
    return list(ordered[offset : offset + limit]), found.count()


def get_publication(authority: Authority, code: str) -> Publication | None:
    """For the desk: drafts too, columns never."""
    found = _known(authority).filter(record__code=code, record__kind__in=(Kind.PAGE, Kind.NEWS))
    return found.prefetch_related(with_attachments("record__attachments")).first()


def versions_of(record: Record) -> list[Wording]:
    """The newest first, each with who wrote it."""
    return list(Wording.objects.filter(record=record).select_related("revision").order_by("-version"))


def files_taken_off(publication: Publication) -> list[FileTakenOff]:
    """What it showed once and shows no more, the last first."""
    return list(FileTakenOff.objects.filter(publication=publication).order_by("-taken_off_on", "-pk"))


def pages_to_name(authority: Authority, now: datetime) -> list[Publication]:
    """The pages that a menu may name, by title."""
    found = shown_now(authority, now).filter(record__kind=Kind.PAGE, record__withdrawal=None)
    return list(found.order_by("record__wording__title", "pk"))


def menu_of(authority: Authority, menu: Menu, now: datetime) -> list[Publication]:
    """The pages of a menu that are shown, in their order."""
    named = MenuEntry.objects.filter(authority=authority, menu=menu)
    shown = shown_now(authority, now).filter(menu_entries__in=named, record__withdrawal=None)
    return list(shown.filter(menu_entries__menu=menu).order_by("menu_entries__position"))


def foot_of(authority: UUID) -> list[tuple[Spoken, str]]:
    """Title and slug of the pages that the foot names: published, and withdrawn by nobody."""
    named = MenuEntry.objects.filter(
        authority=authority,
        menu=Menu.FOOT,
        page__record__visibility=Visibility.PUBLIC,
        page__record__withdrawal=None,
    )
    wording = "page__record__wording__"
    rows = named.order_by("position").values_list(f"{wording}title", f"{wording}language", "page__slug")
    return [(Spoken(title, language), slug) for title, language, slug in rows]


def places_in_menus(authority: Authority) -> dict[tuple[UUID, str], int]:
    """Page and menu to rank, from 1, for the form that arranges them."""
    rows = MenuEntry.objects.filter(authority=authority).values_list("page_id", "menu", "position")
    return {(page, menu): position + 1 for page, menu, position in rows}


def home_of(authority: Authority) -> list[HomeBlock]:
    """As it was arranged; until then, the product's own order."""
    held = HomeBlock.objects.filter(authority=authority).select_related(
        "page__record__wording", "page__record__withdrawal"
    )
    found = list(held.order_by("position"))
    return found or [
        HomeBlock(authority=authority, block=block, position=at) for at, block in enumerate(DEFAULT_HOME)
    ]
