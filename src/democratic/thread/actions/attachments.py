"""A Record shows files; when it stops, for good, the files that nothing else shows are erased."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.files import hold_file, release_files
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import FILES_ERASED
from democratic.thread.models import Attachment, Opening, Record

ALTERNATIVE_LIMIT = 300
FILE_WORDS = frozenset({"file", "alternative"})  # the parts of an Entry that tell a photo


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file to show, with what it shows in words. Refused when it is an image and nothing describes it."""

    file: StoredFile
    alternative: str = ""

    def described(self) -> str:
        said = clean_line(self.alternative)[:ALTERNATIVE_LIMIT]
        if self.file.is_image and not said:
            raise Refusal(
                _("Décrivez l’image en une phrase, pour les personnes qui ne la voient pas."),
                field="file_alt",
            )
        return said

    def words(self) -> Mapping[str, str]:
        """For the Entry of the Record that shows it: in Openings, so that they can be erased with the file."""
        return {"file": self.file.sha256, "alternative": self.described()}


def attach_file(*, record: Record, new: NewAttachment, position: int = 0) -> Attachment:
    """In the transaction of the act that shows it, whose Entry tells it (``NewAttachment.words``)."""
    alternative = new.described()
    hold_file(new.file)
    return Attachment.objects.create(record=record, file=new.file, alternative=alternative, position=position)


@transaction.atomic
def detach_files(*, records: Collection[UUID], now: datetime) -> list[UUID]:
    """No file is shown by these Records any more; its bytes go too, when no other Record shows the same.

    Returns the Records that showed one. Their Entries keep the commitments, which nobody can open.
    """
    shown = Attachment.objects.filter(record__in=records)
    # The rows are locked first: who attaches the same file waits, and finds it released.
    files = list(
        StoredFile.objects.select_for_update().filter(attachments__in=shown).order_by("pk").values_list(
            "pk", flat=True
        )
    )  # fmt: skip
    changed = list(shown.order_by("record").values_list("record", flat=True).distinct())
    shown.delete()
    Opening.objects.filter(entry__record__in=changed, part__in=FILE_WORDS).delete()
    still = set(Attachment.objects.filter(file__in=files).values_list("file", flat=True))
    release_files([each for each in files if each not in still], now=now)
    note_erasure(ErasureKind.FILES, changed)
    return changed


def detach_one(*, attachment: Attachment, now: datetime) -> None:
    """One file leaves its Record, whose others stay; its bytes go when nothing else shows them."""
    StoredFile.objects.select_for_update().get(pk=attachment.file_id)  # first: see ``detach_files``
    attachment.delete()
    if not Attachment.objects.filter(file=attachment.file_id).exists():
        release_files([attachment.file_id], now=now)


@transaction.atomic
def erase_files(*, record: Record, clock: Clock) -> bool:
    """Take the photos off a Record whose words stay, in public: a line of the journal says so."""
    now = clock.now()
    if not detach_files(records=[record.pk], now=now):
        return False
    append_entry(FILES_ERASED, record=record, now=now, data={"kind": record.kind})
    bump_pages_of(record)
    return True
