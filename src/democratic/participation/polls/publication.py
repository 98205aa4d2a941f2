"""Questions written before their process is published open with it: an express consultation is one question."""

from datetime import datetime

from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock
from democratic.participation.polls.actions.asking import Question, open_poll, write_draft
from democratic.participation.polls.models import Poll, PollOption, Shows
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.preflight.findings import Finding, Part
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Record, Visibility

TOOL = "polls"


def _written(process: Process) -> list[Poll]:
    drafts = Poll.objects.filter(process=process, record__visibility=Visibility.DRAFT)
    return list(drafts.select_related("stage", "record__wording").order_by("record__recorded_at"))


def open_what_was_written(process: Process, clock: Clock) -> None:
    """In the transaction that publishes the process."""
    for poll in _written(process):
        open_poll(poll=poll, clock=clock)


def parts_written(process: Process) -> list[tuple[str, str]]:
    """All that publishing would ask, question by question; moments in ISO 8601."""
    parts = []
    for poll in _written(process):
        options = list(poll.options.all())
        parts += [
            ("poll_question", poll.record.title),
            ("poll_text", poll.record.text),
            ("poll_options", "\n".join(option.label for option in options if not option.is_no_opinion)),
            ("poll_no_opinion", "yes" if any(option.is_no_opinion for option in options) else ""),
            ("poll_stage", poll.stage.step),
            ("poll_closes_at", poll.closes_at.isoformat() if poll.closes_at else ""),
            ("poll_shows", poll.shows),
            ("poll_shuffled", "yes" if poll.is_shuffled else ""),
        ]
    return parts


def copy_what_was_written(source: Process, made: Process, author: Person | None, clock: Clock) -> None:
    """Every question, open or not, as a draft of the copy: no answer comes, nor a last day before its stage's."""
    stages = {stage.step: stage for stage in made.stages.order_by("rank") if Act.ANSWER_POLL in stage.allows}
    asked = Poll.objects.filter(
        process=source, record__visibility__in=(Visibility.DRAFT, Visibility.PUBLIC), record__withdrawal=None
    )
    for poll in (
        asked.select_related("stage", "record__wording").prefetch_related("options").order_by("record")
    ):
        stage = stages.get(poll.stage.step) or next(iter(stages.values()), None)
        if stage is not None:
            write_draft(process=made, question=_question_of(poll, stage), author=author, clock=clock)


def _question_of(poll: Poll, stage: Stage) -> Question:
    options, words = list(poll.options.all()), poll.record.wording
    return Question(
        words=Words(
            title=poll.record.title, text=poll.record.text, language=words.language if words else "fr"
        ),
        options=[option.label for option in options if not option.is_no_opinion],
        stage=stage,
        takes_no_opinion=any(option.is_no_opinion for option in options),
        shows=Shows(poll.shows),
        is_shuffled=poll.is_shuffled,
    )


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
