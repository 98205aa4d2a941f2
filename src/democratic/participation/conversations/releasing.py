"""An agent has looked, or listened: a photo is shown with the sentence that it goes with, a voice becomes words."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.messaging.models import Correspondent
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations import media_wording
from democratic.participation.conversations.events import SENT_PHOTO_SHOWN, VOICE_WRITTEN_DOWN
from democratic.participation.conversations.files import let_go, release_unless_shown
from democratic.participation.conversations.keeping import origin_of
from democratic.participation.conversations.models import FlowAnswer, FlowFile
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.processes.rules import is_open
from democratic.participation.processes.tool import Act
from democratic.thread.actions import (
    ALTERNATIVE_LIMIT,
    NewAttachment,
    Words,
    append_entry,
    attach_file,
    bump_pages_of,
)
from democratic.thread.addresses import public_url
from democratic.thread.models import Attachment, Record, Visibility

State, Medium = FlowFile.State, FlowFile.Medium
LONGEST = 2000  # signs, as of a sentence that is typed


@transaction.atomic
def release_photo(*, sent: FlowFile, alternative: str, clock: Clock) -> Record:
    """With the sentence of the same conversation. ``alternative``: what it shows; without a word, that is said."""
    row = _kept(sent, Medium.PHOTO)
    record = _sentence_of(row)
    said = clean_line(alternative)[:ALTERNATIVE_LIMIT] or _("Photo envoyée par un participant, non décrite")
    new = NewAttachment(_file_of(row), said)
    if not Attachment.objects.filter(record=record, file=row.file_id).exists():
        last = Attachment.objects.filter(record=record).aggregate(last=Max("position"))["last"]
        append_entry(
            SENT_PHOTO_SHOWN, record=record, now=clock.now(), words=new.words(), is_institutional=True
        )
        attach_file(record=record, new=new, position=0 if last is None else last + 1)
        bump_pages_of(record)
    _close(row)
    return record


@transaction.atomic
def write_down(*, sent: FlowFile, text: str, clock: Clock) -> Record:
    """What a voice says, in her words: a contribution like any other. She is told its code; the voice is erased."""
    row = _kept(sent, Medium.VOICE)
    said = clean_text(text)
    if not said or len(said) > LONGEST:
        raise Refusal(_("Écrivez ce qui est dit, en 2 000 signes au plus."), field="text")
    answer = _answer_of(row)
    run, her = answer.run, answer.run.correspondent
    if her is None:
        raise Conflict(_("Cette personne a tout fait effacer."))
    process = run.revision.flow.process
    place = FlowAnswer.objects.filter(run=run, kind="place").values_list("value", flat=True).first()
    receipt = submit_idea(
        process=process,
        author=her.person,
        words=Words(text=said, language=run.language),
        origin=origin_of(run.kind),
        place=place or "",
        age_band=run.age_band,
        # She spoke while the consultation listened, whenever somebody listens to her.
        outside_stages=is_open(process.pk, Act.SUBMIT_IDEA, row.sent_at),
        clock=clock,
    )
    record = receipt.idea.record
    if record.visibility == Visibility.PUBLIC:
        append_entry(VOICE_WRITTEN_DOWN, record=record, now=clock.now(), is_institutional=True)
    FlowAnswer.objects.filter(pk=answer.pk, record=None).update(record=record, value="")
    _close(row)
    release_unless_shown([_file_of(row).pk], now=clock.now())
    _tell(her, record, row, clock)
    return record


@transaction.atomic
def remove_file(*, sent: FlowFile, clock: Clock) -> None:
    """It is published nowhere, and erased. That something was answered stays counted."""
    let_go(FlowFile.objects.filter(pk=_kept(sent).pk), now=clock.now())


def _answer_of(row: FlowFile) -> FlowAnswer:
    if row.answer is None:
        raise LookupError("what came with a letter is never published")
    return row.answer


def _kept(sent: FlowFile, medium: str = "") -> FlowFile:
    rows = FlowFile.objects.select_for_update(of=("self",)).select_related(
        "file", "answer__run__correspondent__authority", "answer__run__correspondent__person",
        "answer__run__revision__flow__process__record__authority",
    )  # fmt: skip
    row = rows.filter(pk=sent.pk, state=State.KEPT).first()
    if row is None or (medium and (row.medium != medium or row.answer_id is None)):
        raise Conflict(_("Ce fichier a déjà été relu. Rechargez la page."))
    return row


def _sentence_of(row: FlowFile) -> Record:
    said = Record.objects.filter(said_in_flows__run=_answer_of(row).run_id).select_related("authority")
    record = said.order_by("recorded_at", "pk").first()
    if record is None:
        raise Conflict(_("Aucune phrase n’accompagne cette photo : elle ne peut pas paraître seule."))
    if record.visibility == Visibility.HELD:
        raise Conflict(_("La phrase qu’elle accompagne attend d’être relue : décidez d’abord d’elle."))
    if record.visibility != Visibility.PUBLIC:
        raise Conflict(_("La phrase que cette photo accompagne n’est plus publiée."))
    return record


def _file_of(row: FlowFile) -> StoredFile:
    if row.file is None:
        raise LookupError("what is kept has its file")
    return row.file


def _close(row: FlowFile) -> None:
    """The row says that it was read; its bytes are the Record's, or nobody's."""
    FlowFile.objects.filter(pk=row.pk).update(state=State.RELEASED, file=None, words="")


def _tell(her: Correspondent, record: Record, row: FlowFile, clock: Clock) -> None:
    """In daytime: nobody waits for it at night."""
    with override(her.language):
        tu = row.sent.uses_tu
        link = public_url(her.authority, f"/fil/{record.code}", her.language)
        say = Say(media_wording.written_down(record.code, link, tu=tu))
    tell(her, [say], Errand(f"voice:{row.pk.hex}", is_first=True), now=clock.now())


__all__ = ["release_photo", "remove_file", "write_down"]
