"""The notices: an effect of the journal. It only inserts messages; a job sends them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from civics.reach.rendering import Say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.telling import Errand, tell_all
from democratic.notices import meetings, texts
from democratic.notices.after_meetings import caught_up, proposed
from democratic.notices.judged import judged
from democratic.notices.moderated import moderated, published
from democratic.notices.nameless import as_told_by_mail
from democratic.notices.recipients import (
    authors_behind,
    confirmed_addresses,
    correspondents_told,
    followers_of,
    silenced,
    subjects_of_decision,
    wholes_behind,
)
from democratic.notices.told import Told
from democratic.observatory.events import VERDICT_GIVEN
from democratic.participation.answers.events import ANSWER_SIGNED
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.events import COMMITMENT_MOVED, DECISION_PUBLISHED, EVIDENCE_GIVEN
from democratic.participation.commitments.models import Commitment, CommitmentState, Evidence
from democratic.participation.ideas.events import IDEA_MERGED, IDEA_REJOINED, IDEA_SPLIT, IDEA_SUBMITTED
from democratic.participation.meetings.events import (
    CATCH_UP_TOLD,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    MEETING_POSTPONED,
)
from democratic.participation.meetings.minutes.events import MINUTES_PROPOSED
from democratic.participation.obligations.events import OBLIGATION_POSTPONED
from democratic.stewardship.moderation.events import CONTENT_MODERATED
from democratic.thread.addresses import public_url
from democratic.thread.events import AUTHORITY_WITHDREW
from democratic.thread.journal.lines import JournalLine
from democratic.thread.journal.projections import Projection
from democratic.thread.models import HEARD, Record


def _fil(record: Record, language: str) -> str:
    return public_url(record.authority, f"/fil/{record.code}", language)


def _answer(line: JournalLine, record: Record) -> Told:
    answer = Answer.objects.select_related("subject__wording", "subject__authority").get(pk=record.pk)
    return tell_of_answer(answer, dict(line.words), line.data["verdict"])


def tell_of_answer(answer: Answer, words: dict[str, str], verdict: str) -> Told:
    """Who is told of it and in which words; the desk shows the same before it is signed."""
    subject = answer.subject
    return Told(
        "answer",
        authors_behind([subject.pk]),
        {subject.pk, answer.pk, *wholes_behind(subject.pk)},
        lambda language: texts.answer_text(words, verdict, subject.title, _fil(subject, language), language),
    )


def _decision(line: JournalLine, record: Record) -> Told:
    return Told(
        "decision",
        authors_behind(subjects_of_decision(record.pk)),
        {record.pk},
        lambda language: texts.decision_text(dict(line.words), _fil(record, language), language),
    )


def _outcome(line: JournalLine, record: Record) -> Told | None:
    state = line.data["to"]
    if state not in (CommitmentState.KEPT, CommitmentState.PART, CommitmentState.UNKEPT):
        return None
    commitment = Commitment.objects.get(pk=record.pk)
    return Told(
        "outcome",
        authors_behind(subjects_of_decision(commitment.decision_id)),
        {record.pk, commitment.decision_id},
        lambda language: texts.outcome_text(
            dict(line.words), state, record.title, _fil(record, language), language
        ),
    )


def _postponed(line: JournalLine, record: Record) -> Told:
    return Told(
        "postponed",
        set(),
        {record.pk},
        lambda language: texts.postponed_text(
            dict(line.words), line.data["new_on"], record.title, _fil(record, language), language
        ),
    )


def _withdrawal(line: JournalLine, record: Record) -> Told:
    return Told(
        "withdrawal",
        set(),
        {record.pk},
        lambda language: texts.withdrawal_text(
            dict(line.words), record.title, _fil(record, language), language
        ),
    )


def _evidence(line: JournalLine, record: Record) -> Told:
    subject = (
        Evidence.objects.select_related("subject__wording", "subject__authority").get(pk=record.pk).subject
    )
    return Told(
        "evidence",
        set(),
        {subject.pk},
        lambda language: texts.evidence_text(
            dict(line.words), subject.title, _fil(subject, language), language
        ),
    )


def _merged(line: JournalLine, record: Record) -> Told:
    """Its author alone, and who follows it: the code stays good, and the answer will come."""
    into = str(line.data["into"])
    return Told(
        "merged",
        {record.author_id} if record.author_id else set(),
        {record.pk},
        lambda language: texts.merged_text(
            dict(line.words), record.title, into, _fil(record, language), language
        ),
        is_for_process=False,
    )


def _split(line: JournalLine, record: Record) -> Told:
    """As for a merge: its author, and who follows it; they hear of each part's answer."""
    parts = [str(code) for code in line.data["parts"]]
    return Told(
        "split",
        {record.author_id} if record.author_id else set(),
        {record.pk},
        lambda language: texts.split_text(
            dict(line.words), record.title, parts, _fil(record, language), language
        ),
        is_for_process=False,
    )


def _rejoined(line: JournalLine, record: Record) -> Told:
    return Told(
        "rejoined",
        {record.author_id} if record.author_id else set(),
        {record.pk},
        lambda language: texts.rejoined_text(
            dict(line.words), record.title, _fil(record, language), language
        ),
        is_for_process=False,
    )


READERS: dict[str, Callable[[JournalLine, Record], Told | Sequence[Told] | None]] = {
    CONTENT_MODERATED.kind: moderated,
    IDEA_SUBMITTED.kind: published,
    ANSWER_SIGNED.kind: _answer,
    DECISION_PUBLISHED.kind: _decision,
    COMMITMENT_MOVED.kind: _outcome,
    OBLIGATION_POSTPONED.kind: _postponed,
    AUTHORITY_WITHDREW.kind: _withdrawal,
    EVIDENCE_GIVEN.kind: _evidence,
    IDEA_MERGED.kind: _merged,
    IDEA_SPLIT.kind: _split,
    IDEA_REJOINED.kind: _rejoined,
    VERDICT_GIVEN.kind: judged,
    MEETING_CHANGED.kind: meetings.changed,
    MEETING_POSTPONED.kind: meetings.postponed,
    MEETING_CANCELLED.kind: meetings.cancelled,
    CATCH_UP_TOLD.kind: caught_up,
    MINUTES_PROPOSED.kind: proposed,
}


def tell(lines: Sequence[JournalLine]) -> None:
    """Insert what each line means for each person who is to be told; unique by line, address and purpose."""
    for line in lines:
        read = READERS.get(line.kind)
        if read is None or line.record_id is None:
            continue
        record = Record.objects.select_related("wording", "authority").get(pk=line.record_id)
        told = read(as_told_by_mail(line, record.authority), record)
        for each in (told,) if isinstance(told, Told) else told or ():
            people = people_told(each, line.process_id)
            queue_messages(_notices(line, record, each, people))
            _tell_where_they_write(line, record, each, people)


def people_told(told: Told, process_id: UUID | None) -> set[UUID]:
    followed = {*told.followed, *([process_id] if process_id and told.is_for_process else [])}
    return (told.authors | followers_of(followed, volumes=HEARD)) - silenced(followed)


def _tell_where_they_write(line: JournalLine, record: Record, told: Told, people: set[UUID]) -> None:
    """On the channel by which each spoke, if she asked: the subject and the link, in daytime, a few times a week."""
    theirs = correspondents_told(people, record.authority_id)
    if not theirs:
        return

    def said(language: str) -> list[Say]:
        text = told.write(language)
        return [Say(f"{text.subject}\n{text.link}".rstrip())]

    errand = Errand(told.purpose, line.entry_id, is_first=True)
    tell_all(theirs, said, errand, now=DATABASE_CLOCK.now())


def _notices(line: JournalLine, record: Record, told: Told, people: set[UUID]) -> list[Notice]:
    written: dict[str, texts.Text] = {}
    notices = []
    for address in confirmed_addresses(people):
        if address.language not in written:
            written[address.language] = told.write(address.language)
        text = written[address.language]
        notices.append(
            Notice(record.authority, address, told.purpose, text.subject, text.body, line.entry_id)
        )
    return notices


NOTICES = Projection(name="notices", handle=tell, is_effect=True)
