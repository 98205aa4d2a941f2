"""Before an answer is signed: the very sentence that each person will receive, and how many receive it, by which way."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from democratic.notices.effects import people_told, tell_of_answer
from democratic.notices.recipients import confirmed_addresses
from democratic.notices.texts import Text
from democratic.participation.answers.actions import words_of
from democratic.participation.answers.models import Answer
from democratic.participation.answers.queries import answered_apart
from democratic.people.models import Person
from democratic.thread.models import Kind, Record, Visibility


@dataclass(frozen=True, slots=True)
class Preview:
    """``by_mail``: addresses, followers included; ``at_its_number``: words whose author left none.

    ``words``: those that this answer answers; ``apart``: those of the theme that have an answer of their own.
    """

    text: Text
    by_mail: int
    at_its_number: int
    words: int
    apart: int


def preview_of(answer: Answer, language: str) -> Preview:
    """``answer``: with its record's words, its subject's, and its signer; as many queries whatever is told."""
    told = tell_of_answer(
        answer, words_of(answer, answer.signer.name, answer.signer.function), answer.verdict
    )
    addresses = confirmed_addresses(people_told(told, answer.process_id))
    apart = answered_apart(answer.subject)
    said = _answered(answer).exclude(pk__in=apart)
    reached = Person.objects.filter(pk__in=[address.person_id for address in addresses])
    roots = list(reached.values_list(Coalesce("root", F("id")), flat=True))
    unreached = said.exclude(Q(author__in=roots) | Q(author__root__in=roots))
    return Preview(
        text=told.write(language),
        by_mail=len(addresses),
        at_its_number=unreached.count(),
        words=said.count(),
        apart=len(apart),
    )


def _answered(answer: Answer) -> QuerySet[Record]:
    said = Record.objects.filter(kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    if answer.subject.kind == Kind.THEME:
        return said.filter(theme=answer.subject).exclude(state="inadmissible")
    return said.filter(pk=answer.subject_id)
