"""One comment of a Decidim export, under what it comments: never matched by number alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from democratic.kernel.clock import Clock
from democratic.participation.debates.actions import open_debate
from democratic.participation.imports.decidim_export import Export
from democratic.participation.imports.decidim_rows import (
    COMMENT,
    DEBATE,
    CommentRow,
    Identity,
    Refused,
)
from democratic.participation.imports.known import Known
from democratic.participation.imports.report import Report
from democratic.participation.imports.tables import Row
from democratic.participation.imports.words import refuse_elsewhere, take_new_words
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import Words, post_comment
from democratic.thread.models import Comment, Origin, Record, Visibility


def parents_first(comments: Sequence[CommentRow]) -> list[CommentRow]:
    """In the order of the file, but for replies that stand before what they reply to.

    Comments that reply to one another in a circle come last: the one who takes them finds no parent.
    """
    present = {each.identity for each in comments}
    replies: dict[Identity, list[CommentRow]] = defaultdict(list)
    waiting: list[CommentRow] = []
    for each in comments:
        if each.target in present:
            replies[each.target].append(each)
        else:
            waiting.append(each)
    ordered: list[CommentRow] = []
    while waiting:
        ordered += waiting
        waiting = [reply for each in waiting for reply in replies.pop(each.identity, ())]
    return ordered + [reply for circle in replies.values() for reply in circle]


@dataclass
class CommentTaker:
    process: Process
    known: Known
    report: Report
    clock: Clock
    export: Export
    _rows: dict[Identity, Row] = field(init=False)
    _first_said: dict[Identity, CommentRow] = field(init=False, default_factory=dict)
    _subjects: dict[object, Record] = field(init=False)

    def __post_init__(self) -> None:
        self._rows = {each.identity: each.row for each in self.export.everything}
        self._subjects = {record.pk: record for record in self.known.records.values()}
        for each in sorted(self.export.comments, key=lambda each: each.said_at):
            self._first_said.setdefault(each.target, each)

    def take(self, comment: CommentRow) -> None:
        """Raises Refused, Refusal: nothing was written for this row."""
        words = Words(text=comment.body, byline=comment.name).cleaned()
        if not words.text:
            raise Refused("commentaire sans texte lisible")
        record = self.known.records.get(comment.identity)
        if record is not None:
            refuse_elsewhere(record, self.process)
            is_new = take_new_words(record, words, self.clock)
            (self.report.reworded if is_new else self.report.unchanged)[COMMENT] += 1
            return
        self._create(comment, words)
        self.report.created[COMMENT] += 1

    def _create(self, comment: CommentRow, words: Words) -> None:
        parent = self._parent(comment) if comment.target.type == COMMENT else None
        subject = self._subjects[parent.subject_id] if parent else self._subject(comment)
        posted = post_comment(
            subject=subject,
            author=self._author(comment),
            words=words,
            alignment=comment.alignment,
            parent=parent,
            origin=Origin.IMPORT,
            happened_at=comment.said_at,
            clock=self.clock,
        )
        self.known.remember(comment.identity, posted.record)
        self.known.comments[comment.identity] = posted

    def _parent(self, comment: CommentRow) -> Comment:
        parent = self.known.comments.get(comment.target)
        if parent is None:
            raise Refused(f"répond au commentaire {self._absent(comment.target)}")
        self._refuse_unless_shown(self._subjects[parent.subject_id])
        return parent

    def _subject(self, comment: CommentRow) -> Record:
        found = self.known.records.get(comment.target)
        if found is None and comment.target.type == DEBATE:
            return self._open_stub(comment.target)
        if found is None:
            raise Refused(f"commente la proposition {self._absent(comment.target)}")
        self._refuse_unless_shown(found)
        self._subjects[found.pk] = found
        return found

    def _absent(self, target: Identity) -> str:
        row = self._rows.get(target)
        if row is None:
            return f"{target.id} de {target.host}, absent de ce qui a été lu de ce site"
        return f"{target.id} de {target.host}, lui-même refusé ({row.file}, ligne {row.line})"

    def _refuse_unless_shown(self, subject: Record) -> None:
        refuse_elsewhere(subject, self.process)
        if subject.visibility != Visibility.PUBLIC:
            raise Refused(f"commente {subject.code}, qui n’est plus publié ici")

    def _open_stub(self, debate: Identity) -> Record:
        """The export carries its comments but not the debate: nobody told us its title, none is made up."""
        record = open_debate(
            process=self.process,
            words=Words(),
            origin=Origin.IMPORT,
            happened_at=self._first_said[debate].said_at,
            is_stub=True,
            clock=self.clock,
        ).record
        self.known.remember(debate, record)
        self._subjects[record.pk] = record
        self.report.created[DEBATE] += 1
        return record

    def _author(self, comment: CommentRow) -> Person | None:
        if comment.author is None:
            return None
        person = self.known.people.get(comment.author)
        if person is None:
            person = welcome_guest(name=comment.name)
            self.known.remember_person(comment.author, person)
        return person
