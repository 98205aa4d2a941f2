"""A page or a piece of news: begun as a draft, and revised by whole versions, one after the other."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.actions.publishing import locked, publish_if_due
from democratic.communities.editorial.events import NEWS_PUBLISHED, PAGE_MOVED, PAGE_PUBLISHED, PAGE_REREAD
from democratic.communities.editorial.models import PageAddress, Publication, Revision
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    open_record,
    refuse_if_withdrawn,
    reword_record,
)
from democratic.thread.models import Authority, Kind, Visibility, Wording

TOLD = {Kind.PAGE: PAGE_PUBLISHED, Kind.NEWS: NEWS_PUBLISHED}


class Overtaken(Conflict):
    """Someone else wrote a version in the meantime: ``last`` is it, and nothing of either text is lost."""

    def __init__(self, last: Wording) -> None:
        self.last = last
        super().__init__(
            _("Ce texte a changé pendant que vous écriviez. Rien n’est perdu : les deux textes sont ici.")
        )


@transaction.atomic
def draft_publication(
    *, authority: Authority, kind: Kind, words: Words, slug: str = "", function: str, clock: Clock
) -> Publication:
    """Nobody reads it before ``publish``. A page is given its address now, which nothing else will ever have."""
    _refuse_unless_written(words)
    record = open_record(
        NewRecord(
            authority=authority,
            kind=kind,
            words=words,
            event=TOLD[kind],
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    publication = Publication.objects.create(record=record, authority=authority)
    sign_revision(last_wording(publication), function, authority, clock.now())
    if kind == Kind.PAGE:
        _give_address(publication, slug)
    return publication


@transaction.atomic
def revise(
    *, publication: Publication, words: Words, seen: int, slug: str = "", function: str, clock: Clock
) -> Publication:
    """A new version, from the one that was ``seen``; the earlier ones stay. Raises Overtaken."""
    held = locked(publication)
    _refuse_unless_written(words)
    refuse_if_withdrawn(held.record)
    now = clock.now()
    publish_if_due(held, now)
    last = last_wording(held)
    if last.version != seen:
        raise Overtaken(last)
    said = words.cleaned()
    if (said.title, said.text) != (str(last.title), str(last.text)):
        wording = reword_record(record=held.record, words=words, clock=clock, is_institutional=True)
        sign_revision(wording, function, held.authority, now)
        bump_pages_of(held.record)
    _note_rereading(held, now)
    if held.record.kind == Kind.PAGE and slug != held.slug:
        _move(held, slug, now)
    return held


@transaction.atomic
def reread(*, publication: Publication, function: str, clock: Clock) -> Publication:
    """Someone read this page again, and nothing in it has to change: said in public, with the day."""
    held = locked(publication)
    refuse_if_withdrawn(held.record)
    now = clock.now()
    publish_if_due(held, now)
    if held.record.kind != Kind.PAGE or held.record.visibility != Visibility.PUBLIC:
        raise Conflict(
            _("On relit une page publiée : un brouillon se modifie, une actualité reste à sa date.")
        )
    if held.reread_on == local_day(now, held.authority.time_zone):
        raise Conflict(_("Cette page a déjà été écrite ou relue aujourd’hui."))
    _note_rereading(held, now)
    append_entry(
        PAGE_REREAD,
        record=held.record,
        now=now,
        words={"function": clean_line(function)[:200]},
        is_institutional=True,
    )
    bump_pages_of(held.record)
    return held


def _note_rereading(held: Publication, now: datetime) -> None:
    held.reread_on = local_day(now, held.authority.time_zone)
    held.save(update_fields=["reread_on"])


def last_wording(publication: Publication) -> Wording:
    return Wording.objects.filter(record=publication.record_id).order_by("-version")[0]


def sign_revision(wording: Wording, function: str, authority: Authority, now: datetime) -> None:
    Revision.objects.create(
        wording=wording,
        function=clean_line(function)[:200],
        revised_on=local_day(now, authority.time_zone),
    )


def _refuse_unless_written(words: Words) -> None:
    if not clean_line(words.title):
        raise Refusal(_("Donnez un titre."), field="title")
    if not clean_text(words.text):
        raise Refusal(_("Écrivez le texte : une page vide ne dit rien à personne."), field="text")


def _move(page: Publication, slug: str, now: datetime) -> None:
    before = page.slug
    _give_address(page, slug)
    if page.record.visibility == Visibility.PUBLIC:
        append_entry(
            PAGE_MOVED,
            record=page.record,
            now=now,
            data={"from": before, "to": slug},
            is_institutional=True,
        )
    bump_pages_of(page.record)


def _give_address(page: Publication, slug: str) -> None:
    """One that the page had once is its own still: it may go back there."""
    if not slug:
        raise Refusal(_("Donnez une adresse à cette page."), field="slug")
    try:
        with transaction.atomic():
            PageAddress.objects.get_or_create(authority=page.authority, slug=slug, page=page)
    except IntegrityError as clash:
        raise Conflict(
            _(
                "Une page a ou a eu cette adresse : les liens qui y mènent doivent rester justes. Choisissez-en une autre."
            ),
            field="slug",
        ) from clash
    Publication.objects.filter(pk=page.pk).update(slug=slug)
    page.slug = slug
