"""One proposal of a Decidim export becomes an idea, with its votes as a tally that names its source."""

from dataclasses import dataclass

from democratic.kernel.clock import Clock
from democratic.kernel.text import clean_line
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.imports.decidim_rows import PROPOSAL, ProposalRow, Refused
from democratic.participation.imports.known import Known
from democratic.participation.imports.report import Report
from democratic.participation.imports.words import refuse_elsewhere, take_new_words
from democratic.participation.processes.models import Process
from democratic.thread.actions import Words, tag
from democratic.thread.models import ImportedTally, Origin, Record

VOTES = "votes"


@dataclass
class ProposalTaker:
    process: Process
    known: Known
    report: Report
    clock: Clock

    def take(self, proposal: ProposalRow) -> None:
        """Raises Refused, Refusal: nothing was written for this row."""
        words = Words(title=proposal.title, text=proposal.body).cleaned()
        if not words.text:
            raise Refused("proposition sans texte lisible")
        record = self.known.records.get(proposal.identity)
        if record is None:
            record = self._create(proposal, words)
            self.report.created[PROPOSAL] += 1
        else:
            refuse_elsewhere(record, self.process)
            is_new = take_new_words(record, words, self.clock)
            (self.report.reworded if is_new else self.report.unchanged)[PROPOSAL] += 1
        self._count(proposal, record)
        self._tag(proposal, record)

    def _create(self, proposal: ProposalRow, words: Words) -> Record:
        receipt = submit_idea(
            process=self.process,
            author=None,
            words=words,
            origin=Origin.IMPORT,
            place=proposal.place,
            happened_at=proposal.said_at,
            outside_stages=True,
            clock=self.clock,
        )
        self.known.remember(proposal.identity, receipt.idea.record)
        return receipt.idea.record

    def _count(self, proposal: ProposalRow, record: Record) -> None:
        """Votes came without voters: a number and where it is from, never persons nor supports."""
        counted = self.known.tallies.get(proposal.identity)
        if counted == proposal.votes:
            return
        tally = {"record": record, "name": VOTES, "source": proposal.identity.host}
        if counted is None:
            ImportedTally.objects.create(**tally, count=proposal.votes)
        else:
            ImportedTally.objects.filter(**tally).update(count=proposal.votes)
            self.report.recounted += 1
        self.known.tallies[proposal.identity] = proposal.votes

    def _tag(self, proposal: ProposalRow, record: Record) -> None:
        name = clean_line(proposal.category)[:60]
        tags = self.known.tags.setdefault(proposal.identity, set())
        if name and name not in tags:
            tags.add(tag(record=record, name=name).name)
