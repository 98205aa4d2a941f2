"""What was imported before: each identity with what it became here, loaded once for a whole import."""

from dataclasses import dataclass, field
from uuid import UUID

from democratic.participation.imports.decidim_rows import Identity
from democratic.people.models import Person
from democratic.thread.models import Comment, ExternalReference, ImportedTally, Record, TagOnRecord


@dataclass
class Known:
    records: dict[Identity, Record] = field(default_factory=dict)
    comments: dict[Identity, Comment] = field(default_factory=dict)
    people: dict[Identity, Person] = field(default_factory=dict)
    tallies: dict[Identity, int] = field(default_factory=dict)
    tags: dict[Identity, set[str]] = field(default_factory=dict)

    _unwritten: list[ExternalReference] = field(default_factory=list)

    def remember(self, identity: Identity, record: Record) -> None:
        self._unwritten.append(_reference(identity, record=record))
        self.records[identity] = record

    def remember_person(self, identity: Identity, person: Person) -> None:
        self._unwritten.append(_reference(identity, person=person))
        self.people[identity] = person

    def write(self) -> None:
        """In the transaction that made the records: one without its identity would be made again."""
        ExternalReference.objects.bulk_create(self._unwritten)
        self._unwritten.clear()


def _reference(
    identity: Identity, *, record: Record | None = None, person: Person | None = None
) -> ExternalReference:
    return ExternalReference(
        host=identity.host, type=identity.type, external_id=identity.id, record=record, person=person
    )


def load_known(hosts: set[str]) -> Known:
    """Four queries, whatever the size of the export."""
    known = Known()
    identity_of: dict[UUID, Identity] = {}
    rows = ExternalReference.objects.filter(host__in=hosts).select_related(
        "person", "record__wording", "record__authority", "record__audience", "record__process__wording"
    )
    for row in rows:
        identity = Identity(row.host, row.type, row.external_id)
        if row.record is not None:
            known.records[identity] = row.record
            identity_of[row.record.pk] = identity
        elif row.person:
            known.people[identity] = row.person
    here = list(identity_of)
    for comment in Comment.objects.filter(record__in=here):
        known.comments[identity_of[comment.pk]] = comment
    for tally in ImportedTally.objects.filter(record__in=here):
        known.tallies[identity_of[tally.record_id]] = tally.count
    for use in TagOnRecord.objects.filter(record__in=here).select_related("tag"):
        known.tags.setdefault(identity_of[use.record_id], set()).add(use.tag.name)
    return known
