"""Who owes what comes next, and the day of a Record where it was said."""

from datetime import date

from democratic.kernel.clock import local_day
from democratic.participation.obligations.queries import Due
from democratic.participation.reports.fil.facts import Facts
from democratic.thread.models import Record


def day_of(facts: Facts, record: Record) -> date:
    return local_day(record.happened_at, facts.zone)


def who_answers(facts: Facts) -> str:
    if facts.process is None:
        return ""
    answerer = facts.process.mandate.answerer
    return f"{answerer.name}, {answerer.function}"


def who_follows(facts: Facts) -> str:
    """The service that carries the process: what is missing before an answer is its to do."""
    return facts.process.mandate.service.name if facts.process else ""


def service_of(due: Due | None) -> str:
    """A commitment and an action are owed by the service that owes their date."""
    return due.service if due else ""
