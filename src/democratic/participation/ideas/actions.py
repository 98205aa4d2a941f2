from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.territory.geometry import Point
from democratic.communities.models import SpeakingMandate
from democratic.communities.organisations.actions import signature_for, tie_to_organisation
from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret, read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.grouping import settle_answers
from democratic.participation.ideas.events import IDEA_SUBMITTED
from democratic.participation.ideas.holding import is_held
from democratic.participation.ideas.merging import part_from_withdrawn
from democratic.participation.ideas.models import Idea, IdeaState
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_unless_open
from democratic.participation.processes.tool import Act
from democratic.people.actions import claim_person
from democratic.people.models import AgeBand, Person
from democratic.thread.actions import (
    NewAttachment,
    NewRecord,
    Words,
    append_entry,
    attach_file,
    detach_files,
    keep_point,
    open_record,
    recount,
    withdraw_own,
)
from democratic.thread.actions.records import keep_claim_secret
from democratic.thread.events import RECORD_CLAIMED
from democratic.thread.models import ClaimSecret, Kind, Origin, Record, Visibility
from democratic.thread.queries.wholes import parts_of

TITLE_FROM_TEXT = 80


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the author keeps: the idea, and the secret that is shown this once; empty without an author."""

    idea: Idea
    claim_secret: str


@transaction.atomic
def submit_idea(  # noqa: PLR0913  all that may go with a sentence, by name
    *,
    process: Process,
    author: Person | None,
    words: Words,
    clock: Clock,
    origin: Origin = Origin.WEB,
    place: str = "",
    point: Point | None = None,
    age_band: str = AgeBand.UNSAID,
    happened_at: datetime | None = None,
    photo: NewAttachment | None = None,
    outside_stages: bool = False,
    speaks_for: SpeakingMandate | None = None,
    code: str = "",
) -> Receipt:
    """Say something in a process. Every sentence gets a public code, and is owed an answer.

    ``speaks_for``: in the name of an organisation, under a mandate of the author's that runs now. ``code``: the one
    that was given on a slip of paper, in the street. ``outside_stages``: it was said at another time (an import, the
    street read again later). ``author`` None, in imports: nobody can claim it, and there is no secret.
    """
    if not clean_text(words.text):
        raise Refusal(_("Écrivez ce que vous voulez dire : une phrase suffit."), field="text")
    if not outside_stages:
        refuse_unless_open(process.pk, Act.SUBMIT_IDEA, clock.now())
    said = words if clean_line(words.title) else _titled(words)
    waits = is_held(process, author, origin, speaks_for)
    if speaks_for is not None:
        said = _signed(said, speaks_for, author, process, clock)
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.IDEA,
            process=process.record,
            audience=process.record.audience,
            words=said,
            event=IDEA_SUBMITTED,
            author=author,
            origin=origin,
            state=IdeaState.RECEIVED,
            place=place,
            visibility=Visibility.HELD if waits else Visibility.PUBLIC,
            happened_at=happened_at,
            extra_words=photo.words() if photo else {},
            code=code,
        ),
        clock=clock,
    )
    idea = Idea.objects.create(record=record, process=process, age_band=age_band)
    _keep_beside(record, speaks_for, photo, point)
    if author is None:
        return Receipt(idea, "")
    secret = new_claim_secret()
    keep_claim_secret(record, secret)
    return Receipt(idea, secret)


def _keep_beside(
    record: Record, speaks_for: SpeakingMandate | None, photo: NewAttachment | None, point: Point | None
) -> None:
    if speaks_for is not None:
        tie_to_organisation(record=record, mandate=speaks_for)
    if photo is not None:
        attach_file(record=record, new=photo)
    if point is not None:
        keep_point(record=record, point=point)


def _signed(
    words: Words, mandate: SpeakingMandate, author: Person | None, process: Process, clock: Clock
) -> Words:
    authority = process.record.authority
    byline = signature_for(mandate=mandate, author=author, authority=authority, clock=clock)
    return replace(words, byline=byline)


def _titled(words: Words) -> Words:
    """The first words serve as the title where none is asked for: cut at a word, never inside."""
    first = " ".join(words.text.split())
    if len(first) > TITLE_FROM_TEXT:
        first = first[:TITLE_FROM_TEXT].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return Words(first, words.text, words.language, words.byline)


def spend_secret(typed: str, clock: Clock) -> Record:
    """The Record that this secret opens; it serves once."""
    secret = read_claim_secret(typed)
    used = ClaimSecret.objects.filter(secret_hash=keyed_hash("claim", secret), used_at=None)
    found = used.select_for_update().select_related("record__authority").first()
    if found is None:
        raise Refusal(
            _("Cette clé n’ouvre rien. Elle a quinze signes, et ne sert qu’une fois."), field="secret"
        )
    used.update(used_at=clock.now())
    return found.record


@transaction.atomic
def claim_idea(*, secret: str, person: Person, clock: Clock) -> Record:
    """Make a guest's contribution one's own: the guest's ``root`` becomes this person."""
    record = spend_secret(secret, clock)
    if record.author is None:
        raise Conflict(_("Cette parole n’a plus d’auteur."))
    claim_person(guest=record.author, by=person)
    append_entry(RECORD_CLAIMED, record=record, now=clock.now(), data={"kind": record.kind})
    return record


@transaction.atomic
def take_back_idea(*, record: Record, clock: Clock) -> None:
    """Its author takes it back: nobody owes it an answer any more, and its photo is erased. So go its parts."""
    recount(record)
    part_from_withdrawn(target=record, clock=clock)
    withdraw_own(record=record, clock=clock)
    detach_files(records=[record.pk], now=clock.now())
    shown = parts_of(record).filter(visibility=Visibility.PUBLIC)
    for part in shown.select_related("authority", "process__as_process"):
        take_back_idea(record=part, clock=clock)
    if record.process:
        settle_answers(process=record.process.as_process, clock=clock)


def erase_ages(*, records: Collection[Record]) -> None:
    """The age band goes with its author: what is counted afterwards counts one unsaid more."""
    Idea.objects.filter(record__in=records).update(age_band=AgeBand.UNSAID)
