from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.actions.publishing import locked, publish_if_due
from democratic.communities.editorial.events import PUBLICATION_SHOWS_FILE
from democratic.communities.editorial.models import Publication
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.thread.actions import (
    NewAttachment,
    append_entry,
    attach_file,
    bump_pages_of,
    refuse_if_withdrawn,
)
from democratic.thread.models import Visibility

MOST_FILES = 20


@transaction.atomic
def show_file(*, publication: Publication, new: NewAttachment, clock: Clock) -> None:
    """One more file under the text; a line of the journal tells it, once the text itself is public."""
    held = locked(publication)
    refuse_if_withdrawn(held.record)
    now = clock.now()
    publish_if_due(held, now)
    shown = held.record.attachments.count()
    if shown >= MOST_FILES:
        raise Conflict(_("Vingt fichiers au plus : faites une autre page."), field="file")
    if held.record.attachments.filter(file=new.file).exists():
        raise Conflict(_("Ce fichier est déjà là."), field="file")
    attach_file(record=held.record, new=new, position=shown)
    if held.record.visibility == Visibility.PUBLIC:
        append_entry(
            PUBLICATION_SHOWS_FILE,
            record=held.record,
            now=now,
            words=new.words(),
            is_institutional=True,
        )
    bump_pages_of(held.record)
