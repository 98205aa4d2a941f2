"""Where a meeting can be seen again, and its chapters. We keep an address, never the pictures."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.captions.chapters import Chapter, read_chapters
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.minutes.events import RECORDING_SHOWN, RECORDING_WITHDRAWN
from democratic.participation.meetings.minutes.marks import mark_of_text
from democratic.participation.meetings.minutes.models import Recording
from democratic.participation.meetings.minutes.queries import items_of
from democratic.participation.meetings.models import Meeting
from democratic.thread.actions import append_entry, bump_pages_of
from democratic.thread.models import Record

MOST_RECORDINGS = 12
URL_LIMIT, LABEL_LIMIT = 400, 120


@transaction.atomic
def show_recording(
    *, meeting: Meeting, url: str, label: str, starts_at: datetime | None, clock: Clock
) -> Recording:
    """Chapters are those of the agenda, as far as one knows when it began."""
    record = _locked(meeting)
    address = clean_line(url)
    if not _is_of_the_web(address):
        raise Refusal(_("Donnez une adresse qui commence par https://."), field="url")
    here = Recording.objects.filter(meeting=meeting)
    if here.filter(url=address).exists():
        raise Conflict(_("Cet enregistrement est déjà là."), field="url")
    if here.count() >= MOST_RECORDINGS:
        raise Refusal(_("Douze enregistrements au plus pour une rencontre."))
    made = Recording.objects.create(
        meeting=meeting,
        url=address,
        label=clean_line(label)[:LABEL_LIMIT],
        starts_at=starts_at,
        chapters=as_rows(chapters_of_agenda(meeting, starts_at)),
    )
    append_entry(
        RECORDING_SHOWN,
        record=record,
        now=clock.now(),
        words={"url": made.url, "label": made.label},
        is_institutional=True,
    )
    bump_pages_of(record)
    return made


def chapters_of_agenda(meeting: Meeting, starts_at: datetime | None) -> list[Chapter]:
    """One for each point that was under way, at its real moment in the recording."""
    if starts_at is None:
        return []
    begun = [
        (item.started_at, item.title)
        for item in items_of(meeting)
        if item.started_at and (item.ended_at is None or item.ended_at > starts_at)
    ]
    return [Chapter(max(0, int((at - starts_at).total_seconds())), title) for at, title in sorted(begun)]


@transaction.atomic
def change_chapters(*, recording: Recording, text: str, seen: str) -> Recording:
    """``text``: one chapter a line, « 1:02:30 Le dernier bus ». ``seen``: the mark of what was shown before."""
    _locked(recording.meeting)
    locked = Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
    if mark_of_text(str(locked.chapters)) != seen:
        raise Conflict(
            _("Quelqu’un vient de changer ces chapitres. Les siens sont montrés."), field="chapters"
        )
    chapters, wrong = read_chapters(text)
    if wrong:
        lines = ", ".join(map(str, wrong[:10]))
        raise Refusal(
            _("Une ligne dit un temps puis un titre, comme « 12:30 Le dernier bus ». À revoir : %(lines)s.")
            % {"lines": lines},
            field="chapters",
        )
    locked.chapters = as_rows(chapters)
    locked.save(update_fields=["chapters"])
    bump_pages_of(recording.meeting.record)
    return locked


def as_rows(chapters: Sequence[Chapter]) -> list[dict[str, object]]:
    return [{"at": each.at, "title": clean_line(each.title)} for each in chapters]


def as_chapters(recording: Recording) -> list[Chapter]:
    return [Chapter(int(each["at"]), str(each["title"])) for each in recording.chapters]


@transaction.atomic
def withdraw_recording(*, recording: Recording, reason: str, clock: Clock) -> None:
    """Someone who is seen in it asks for it, or it moved: its address goes, a public line says why."""
    record = _locked(recording.meeting)
    why = clean_line(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    Recording.objects.filter(pk=recording.pk).delete()
    append_entry(
        RECORDING_WITHDRAWN, record=record, now=clock.now(), words={"reason": why}, is_institutional=True
    )
    bump_pages_of(record)


def _is_of_the_web(url: str) -> bool:
    if len(url) > URL_LIMIT or " " in url:
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host and "@" not in parts.netloc


def _locked(meeting: Meeting) -> Record:
    return Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=meeting.pk)
