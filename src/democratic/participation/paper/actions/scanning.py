"""Scans of a pile: what was sent is kept for the worker, and opened by nobody here."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.paper.actions.batches import locked, refuse_unless_first
from democratic.participation.paper.models import PaperBatch, ScanContent, ScanFile, ScanPage, ScanPicture
from democratic.participation.paper.states import BatchState
from democratic.people.models import Person

MOST_BYTES, MOST_FILES = 11 * 1024 * 1024, 60  # of one request; of one pile

Sent = tuple[str, Iterable[bytes]]


@transaction.atomic
def receive_scan(*, batch: PaperBatch, sent: Sequence[Sent], by: Person, clock: Clock) -> list[ScanFile]:
    """One PDF, or a picture a page; together 11 MB at most: a pile may be sent in several times."""
    found = locked(batch, BatchState.OPEN)
    refuse_unless_first(found, by)
    if not sent:
        raise Refusal(_("Choisissez le fichier à envoyer."), field="scans")
    if len(sent) + ScanFile.objects.filter(batch=found).count() > MOST_FILES:
        raise Conflict(
            _("Un lot tient 60 feuilles au plus : mettez les suivantes dans un autre lot."), field="scans"
        )
    left, kept = MOST_BYTES, []
    for name, chunks in sent:
        content = bytearray()
        for chunk in chunks:
            content += chunk
            if len(content) > left:
                raise Refusal(
                    _(
                        "Ces fichiers dépassent 11 Mo ensemble : envoyez-les en plusieurs fois, ou numérisez à 200 points"
                        " par pouce, en gris."
                    ),
                    field="scans",
                )
        if not content:
            raise Refusal(_("Ce fichier est vide."), field="scans")
        left -= len(content)
        file = ScanFile.objects.create(
            batch=found, name=clean_line(name)[-120:] or "scan", received_at=clock.now()
        )
        ScanContent.objects.create(file=file, content=bytes(content))
        kept.append(file)
    return kept


@transaction.atomic
def settle_page(*, batch: PaperBatch, page: ScanPage) -> None:
    """Somebody took care of it (typed it, scanned it again, set it aside): its picture goes. Twice is once."""
    locked(batch, BatchState.OPEN)
    ScanPage.objects.filter(pk=page.pk, file__batch=batch).update(is_settled=True)
    ScanPicture.objects.filter(page=page, page__file__batch=batch, page__row=None).delete()
