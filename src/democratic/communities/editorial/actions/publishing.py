"""What was written becomes public: now, or at an hour that was said, by the clock alone."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.events import COLUMN_PUBLISHED, NEWS_PUBLISHED, PAGE_PUBLISHED
from democratic.communities.editorial.models import Publication, Revision
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.thread.actions import append_entry, bump_pages_of, refuse_if_withdrawn
from democratic.thread.models import Kind, Record, Visibility, Wording

TOLD = {Kind.PAGE: PAGE_PUBLISHED, Kind.NEWS: NEWS_PUBLISHED, Kind.COLUMN: COLUMN_PUBLISHED}
# Stored pages are made again at each quarter of an hour: what is said for then is there at once.
QUARTER = timedelta(minutes=15)
LATEST = timedelta(days=400)


def locked(publication: Publication) -> Publication:
    held = Publication.objects.select_for_update(of=("self",)).select_related(
        "authority", "group", "record__authority", "record__wording", "record__withdrawal"
    )
    return held.get(pk=publication.pk)


@transaction.atomic
def publish(*, publication: Publication, appears_at: datetime | None = None, clock: Clock) -> Publication:
    """Public from ``appears_at`` on: a quarter of an hour to come, or now when it is None."""
    held = locked(publication)
    now = clock.now()
    refuse_if_withdrawn(held.record)
    if held.record.visibility == Visibility.PUBLIC or publish_if_due(held, now):
        raise Conflict(_("C’est déjà publié."))
    at = appears_at or now
    if appears_at is not None:
        _refuse_unless_ahead(appears_at, now)
    held.appears_at = at
    held.save(update_fields=["appears_at"])
    publish_if_due(held, now)
    return held


def _refuse_unless_ahead(at: datetime, now: datetime) -> None:
    if at <= now:
        raise Refusal(
            _("Cette heure est passée : choisissez-en une à venir, ou publiez maintenant."), field="time"
        )
    if at - now > LATEST:
        raise Refusal(_("Choisissez un jour dans l’année qui vient."), field="day")
    if at.timestamp() % QUARTER.total_seconds():
        raise Refusal(_("Choisissez un quart d’heure rond : 8 h, 8 h 15, 8 h 30, 8 h 45…"), field="time")


@transaction.atomic
def withhold(*, publication: Publication, clock: Clock) -> Publication:
    """What was to appear does not any more, as long as it has not."""
    held = locked(publication)
    if publish_if_due(held, clock.now()) or held.record.visibility == Visibility.PUBLIC:
        raise Conflict(_("C’est déjà publié : seul un retrait public peut le reprendre."))
    held.appears_at = None
    held.save(update_fields=["appears_at"])
    return held


def publish_if_due(held: Publication, now: datetime) -> bool:
    """Under its lock: its Record is made public and told, once its hour has come. Drafts before it are not kept."""
    record = held.record
    if record.visibility != Visibility.DRAFT or held.appears_at is None or held.appears_at > now:
        return False
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC, happened_at=held.appears_at)
    record.visibility, record.happened_at = Visibility.PUBLIC, held.appears_at
    if record.kind == Kind.PAGE:
        held.reread_on = local_day(held.appears_at, held.authority.time_zone)
        held.save(update_fields=["reread_on"])
    written = Revision.objects.get(wording__record=record, wording__version=_last_version(record))
    Wording.objects.filter(record=record).exclude(pk=written.pk).delete()
    append_entry(
        TOLD[Kind(record.kind)],
        record=record,
        now=now,
        data={"kind": record.kind, "appears_at": held.appears_at.isoformat(), "slug": held.slug},
        words={
            "title": str(record.title),
            "text": str(record.text),
            "byline": record.byline,
            "function": written.function,
        },
        is_institutional=True,
    )
    bump_pages_of(record)
    return True


def _last_version(record: Record) -> int:
    return record.wording.version if record.wording else 1


def publish_what_is_due(*, clock: Clock) -> int:
    """The journal, the search and the thread learn of what readers of the list see since its hour."""
    now = clock.now()
    due = Publication.objects.filter(record__visibility=Visibility.DRAFT, appears_at__lte=now)
    done = 0
    for each in due.order_by("appears_at", "pk"):
        with transaction.atomic():
            done += publish_if_due(locked(each), now)
    return done
