"""Questions written before their process is published open with it: an express consultation is one question."""

from datetime import datetime

from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock
from democratic.participation.polls.actions.asking import open_poll
from democratic.participation.polls.models import Poll, PollOption
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.preflight.findings import Finding, Part
from democratic.thread.models import Record, Visibility

TOOL = "polls"


def _written(process: Process) -> list[Poll]:
    drafts = Poll.objects.filter(process=process, record__visibility=Visibility.DRAFT)
    return list(drafts.select_related("stage", "record__wording").order_by("record__recorded_at"))


def open_what_was_written(process: Process, clock: Clock) -> None:
    """In the transaction that publishes the process."""
    for poll in _written(process):
        open_poll(poll=poll, clock=clock)


def throw_away_what_was_written(process: Process) -> None:
    """With the draft of its process: nobody saw it, and the journal says nothing of it."""
    polls = Poll.objects.filter(process=process, record__visibility=Visibility.DRAFT)
    records = list(polls.values_list("record", flat=True))
    PollOption.objects.filter(poll__in=polls).delete()
    polls.delete()
    Record.objects.filter(pk__in=records).update(wording=None)
    Record.objects.filter(pk__in=records).delete()


def findings_before_publication(process: Process, now: datetime) -> list[Finding]:
    """A question that would open after its last day blocks; a method made of a question asks for one."""
    written = _written(process)
    found = [
        Finding(
            Part.POLLS,
            blocks=True,
            title=_("Une question serait close avant de s’ouvrir"),
            told=_("« %(question)s » : changez son dernier jour.") % {"question": poll.record.title},
        )
        for poll in written
        if poll.ends_at <= now
    ]
    if not written and _asks_a_question(process):
        found.append(
            Finding(
                Part.POLLS,
                blocks=False,
                title=_("Aucune question d’un geste n’est écrite"),
                told=_("Cette méthode en pose une. Écrivez-la : elle s’ouvrira avec la concertation."),
            )
        )
    return found


def _asks_a_question(process: Process) -> bool:
    try:
        return TOOL in method_of(process.template).needs
    except NoMethod:
        return False
