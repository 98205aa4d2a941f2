"""What an import does with something that it already brought here."""

from democratic.kernel.clock import Clock
from democratic.participation.imports.decidim_rows import Refused
from democratic.participation.processes.models import Process
from democratic.thread.actions import Words, reword_record
from democratic.thread.models import Record, Visibility


def refuse_elsewhere(record: Record, process: Process) -> None:
    if record.process_id != process.pk:
        raise Refused(f"déjà importé dans une autre concertation, sous le code {record.code}")


def take_new_words(record: Record, words: Words, clock: Clock) -> bool:
    """A new wording when the source has changed; True if so. What was withdrawn or erased stays so."""
    now = record.wording
    if record.visibility != Visibility.PUBLIC or now is None:
        return False
    # A title that the source does not give was made here, from the first words.
    title = words.title or now.title
    if (now.title, now.text) == (title, words.text):
        return False
    reword_record(record=record, words=Words(title, words.text, now.language), clock=clock)
    return True
