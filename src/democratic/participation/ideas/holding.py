"""First words that are read before they are published, where the authority chose it, and never in silence."""

from datetime import date, timedelta

from django.db import transaction

from democratic.communities.models import SpeakingMandate
from democratic.kernel.clock import Clock, local_day
from democratic.participation.ideas.events import IDEA_SUBMITTED
from democratic.participation.processes.events import FIRST_WORDS_HELD
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of, publish_held
from democratic.thread.models import Kind, Origin, Record, Visibility
from democratic.thread.queries.attachments import attachment_of

DAYS_TO_READ = 3
# Said alone behind a screen. What an agent heard in the street, on paper or in a room was read by her.
ALONE = (Origin.WEB, Origin.CHAT, Origin.SMS, Origin.EMAIL, Origin.API)


def is_held(
    process: Process, author: Person | None, origin: Origin, speaks_for: SpeakingMandate | None
) -> bool:
    """The first words of someone here, under any of her identities, until one of them was published."""
    if not process.holds_first_words or author is None or speaks_for is not None or origin not in ALONE:
        return False
    shown = Record.objects.filter(process=process.record_id, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    return not shown.filter(author__in=person_and_claimed(author)).exists()


def read_by(record: Record) -> date:
    """The day before which someone will have decided."""
    return local_day(record.recorded_at, record.authority.time_zone) + timedelta(days=DAYS_TO_READ)


@transaction.atomic
def publish_idea(*, record: Record, clock: Clock) -> None:
    """As it was said. Its Entry is written now: the journal knew nothing of it before."""
    photo = attachment_of(record)
    words = {"file": photo.file_id, "alternative": photo.alternative} if photo else {}
    publish_held(record=record, event=IDEA_SUBMITTED, data={}, words=words, clock=clock)


@transaction.atomic
def hold_first_words(*, process: Process, is_on: bool, clock: Clock) -> None:
    """Choose it, or stop: public either way. What already waits is read all the same."""
    locked = Process.objects.select_for_update(of=("self",)).select_related("record__authority").get(
        pk=process.pk
    )  # fmt: skip
    if locked.holds_first_words == is_on:
        return
    Process.objects.filter(pk=locked.pk).update(holds_first_words=is_on)
    append_entry(
        FIRST_WORDS_HELD, record=locked.record, now=clock.now(), data={"is_on": is_on}, is_institutional=True
    )
    bump_pages_of(locked.record)
