"""The links of a draft to other sites, with what was found when they were last followed."""

from collections.abc import Iterator
from dataclasses import dataclass

from democratic.participation.processes.models import FollowedLink, Process
from democratic.participation.processes.preflight.facts import texts_of
from democratic.participation.processes.preflight.findings import Part, part_of_text
from democratic.participation.processes.preflight.links import leads_outside, links_of
from democratic.thread.models import Record

MOST_LINKS, LONGEST = 30, 600


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """``followed`` is None as long as nobody went there."""

    url: str
    part: Part
    followed: FollowedLink | None = None


def _written(process: Process, record: Record) -> Iterator[OutsideLink]:
    known = set()
    for name, text in texts_of(process, record).items():
        for link in links_of(text):
            if link not in known and len(link) <= LONGEST and leads_outside(link, process.authority):
                known.add(link)
                yield OutsideLink(link, part_of_text(name))


def outside_links(process: Process) -> list[OutsideLink]:
    """As they are written now, the first ones first: what was found of a link that is gone is not told. Two queries."""
    record = Record.objects.select_related("wording").get(pk=process.pk)
    followed = {each.url: each for each in FollowedLink.objects.filter(process=process)}
    return [
        OutsideLink(each.url, each.part, followed.get(each.url))
        for each in list(_written(process, record))[:MOST_LINKS]
    ]
