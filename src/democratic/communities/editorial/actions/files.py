"""Files under a text: added one by one, and taken off in public once the text is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.actions.publishing import locked, publish_if_due
from democratic.communities.editorial.events import PUBLICATION_SHOWS_FILE, PUBLICATION_TAKES_FILE_OFF
from democratic.communities.editorial.models import FileTakenOff, Publication
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import (
    NewAttachment,
    append_entry,
    attach_file,
    bump_pages_of,
    detach_one,
    refuse_if_withdrawn,
)
from democratic.thread.models import Attachment, Visibility

MOST_FILES = 20


@transaction.atomic
def show_file(*, publication: Publication, new: NewAttachment, clock: Clock) -> None:
    """One more file under the text; a line of the journal tells it, once the text itself is public."""
    held = locked(publication)
    refuse_if_withdrawn(held.record)
    now = clock.now()
    publish_if_due(held, now)
    places = list(held.record.attachments.values_list("position", flat=True))
    if len(places) >= MOST_FILES:
        raise Conflict(_("Vingt fichiers au plus : faites une autre page."), field="file")
    if held.record.attachments.filter(file=new.file).exists():
        raise Conflict(_("Ce fichier est déjà là."), field="file")
    attach_file(record=held.record, new=new, position=max(places, default=-1) + 1)
    if held.record.visibility == Visibility.PUBLIC:
        append_entry(
            PUBLICATION_SHOWS_FILE,
            record=held.record,
            now=now,
            words=new.words(),
            is_institutional=True,
        )
    bump_pages_of(held.record)


@transaction.atomic
def take_file_off(
    *, publication: Publication, sha256: str, reason: str = "", function: str, clock: Clock
) -> FileTakenOff | None:
    """The file goes, bytes included. Of a public text its line stays, with why; of a draft, nothing: returns None."""
    held = locked(publication)
    refuse_if_withdrawn(held.record)
    now, why = clock.now(), clean_text(reason)
    publish_if_due(held, now)
    shown = held.record.attachments.filter(file=sha256).select_related("file").first()
    if shown is None:
        raise Conflict(_("Ce fichier n’est plus là."))
    is_public = held.record.visibility == Visibility.PUBLIC
    if is_public and not why:
        raise Refusal(_("Dites pourquoi ce fichier s’en va : ce motif est public."), field="reason")
    line = _line_of(held, shown, why, function, now) if is_public else None
    detach_one(attachment=shown, now=now)
    bump_pages_of(held.record)
    return line


def _line_of(held: Publication, shown: Attachment, why: str, function: str, now: datetime) -> FileTakenOff:
    line = FileTakenOff.objects.create(
        publication=held,
        sha256=shown.file_id,
        alternative=shown.alternative,
        reason=why,
        function=clean_line(function)[:200],
        taken_off_on=local_day(now, held.authority.time_zone),
    )
    append_entry(
        PUBLICATION_TAKES_FILE_OFF,
        record=held.record,
        now=now,
        words={
            "file": line.sha256,
            "alternative": line.alternative,
            "reason": why,
            "function": line.function,
        },
        is_institutional=True,
    )
    return line
