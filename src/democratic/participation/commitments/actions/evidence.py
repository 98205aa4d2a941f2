from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.refusals import Refusal
from democratic.participation.commitments.actions.records import open_institutional
from democratic.participation.commitments.events import EVIDENCE_GIVEN
from democratic.participation.commitments.models import Evidence
from democratic.people.models import Person
from democratic.thread.actions import NewAttachment, Words, attach_file, link, refuse_if_withdrawn
from democratic.thread.models import Kind, LinkKind, Origin, Record


@transaction.atomic
def give_evidence(
    *,
    subject: Record,
    words: Words,
    author: Person | None,
    clock: Clock,
    url: str = "",
    file: NewAttachment | None = None,
    origin: Origin = Origin.WEB,
) -> Evidence:
    """Show, by a link or a file, that something was done, or was not."""
    refuse_if_withdrawn(subject)
    if subject.kind not in (Kind.COMMITMENT, Kind.ACTION):
        raise Refusal(_("Une preuve se rattache à un engagement ou à une action."))
    if not url and file is None:
        raise Refusal(_("Donnez un lien ou un fichier : une preuve se montre."), field="url")
    refuse_a_bad_link(url, "url")
    process = subject.process.as_process if subject.process else None
    if process is None:
        raise Refusal(_("Cet engagement n’a pas de concertation."))
    record = open_institutional(
        process,
        Kind.EVIDENCE,
        words,
        EVIDENCE_GIVEN,
        clock,
        author=author,
        state="given",
        origin=origin,
        data={"subject": subject.code, "file": file.file.sha256 if file else None},
        extra_words={"url": url, "alternative": file.described() if file else ""},
    )
    entry = record.entries.get(kind=EVIDENCE_GIVEN.kind)
    link(source=subject, kind=LinkKind.PROVED_BY, target=record, entry=entry)
    if file is not None:
        attach_file(record=record, new=file)
    return Evidence.objects.create(record=record, subject=subject, url=url)
