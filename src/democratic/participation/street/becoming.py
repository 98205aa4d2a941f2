"""What each capture becomes once somebody has read it. Each may refuse; what it refuses stays where it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from democratic.communities.models import Official
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.approvals.actions import ask_approval
from democratic.participation.commitments.actions import Promised, note_given_word
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.polls.actions import Batch, enter_tally, verify_tally
from democratic.participation.processes.rules import is_open
from democratic.participation.processes.tool import Act
from democratic.participation.street.events import HEARD_IN_THE_STREET, STREET_WALL_SHOWN
from democratic.participation.street.files import PHOTOS
from democratic.participation.street.models import (
    CaptureKind,
    ReservedCode,
    StreetCapture,
    StreetFile,
    StreetSession,
)
from democratic.participation.street.receiving import number_of
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import (
    ALTERNATIVE_LIMIT,
    NewAttachment,
    Words,
    append_entry,
    attach_file,
    link,
    post_comment,
)
from democratic.thread.models import Attachment, LinkKind, Origin, Record, Visibility


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads which session; ``function``: under which she is told in public. The session is locked."""

    session: StreetSession
    by: Person
    function: str
    clock: Clock


def _quote(reading: Reading, capture: StreetCapture) -> Record:
    """A contribution, owed an answer like any other; or, of a text that was read aloud, a comment that comes home."""
    said, photo = capture.payload, _photo_of(capture)
    words = Words(text=said["text"], byline=said["first_name"])
    author = welcome_guest(name=said["first_name"], age_band=said["age_band"])
    ReservedCode.objects.filter(code=capture.code).update(spent_at=reading.clock.now())
    if said["about"]:
        return _reaction(reading, capture, words, author)
    session = reading.session
    receipt = submit_idea(
        process=session.process,
        author=author,
        words=words,
        origin=Origin.STREET,
        place=session.record.place,
        age_band=said["age_band"],
        happened_at=capture.happened_at,
        photo=photo,
        # It was said while the consultation listened, whenever somebody reads it again.
        outside_stages=is_open(session.process_id, Act.SUBMIT_IDEA, session.starts_at),
        code=capture.code,
        clock=reading.clock,
    )
    return heard(session, receipt.idea.record, reading.clock)


def _reaction(reading: Reading, capture: StreetCapture, words: Words, author: Person) -> Record:
    subject = Record.objects.filter(
        code=capture.payload["about"], authority=reading.session.record.authority, visibility=Visibility.PUBLIC
    ).first()  # fmt: skip
    if subject is None:
        raise Conflict(_("Le texte auquel cette personne réagit n’est plus publié."))
    comment = post_comment(
        subject=subject, author=author, words=words, origin=Origin.STREET, happened_at=capture.happened_at,
        code=capture.code, clock=reading.clock,
    )  # fmt: skip
    return heard(reading.session, comment.record, reading.clock)


def heard(session: StreetSession, record: Record, clock: Clock) -> Record:
    """That it was said at this session: the thread walks through it both ways."""
    here = session.record
    entry = append_entry(HEARD_IN_THE_STREET, record=record, now=clock.now(), data={"session": here.code})
    link(source=here, kind=LinkKind.SAID_IN, target=record, entry=entry)
    return record


def _photo_of(capture: StreetCapture) -> NewAttachment | None:
    """The card that she wrote, in its own words for who does not see it."""
    found = _photos(capture)
    if not found:
        return None
    said = _("Photo prise sur place, avec ces mots : %(words)s") % {"words": capture.payload["text"]}
    return NewAttachment(found[0].file, clean_line(said)[:ALTERNATIVE_LIMIT])


def _photos(capture: StreetCapture) -> list[StreetFile]:
    found = StreetFile.objects.filter(capture=capture, file__content_type__in=PHOTOS)
    return list(found.select_related("file").order_by("n"))


def _wall(reading: Reading, capture: StreetCapture) -> Record:
    photos = _photos(capture)
    if not photos:
        raise Conflict(_("La photo n’est pas encore arrivée : l’appareil l’envoie après les textes."))
    session, new = reading.session.record, NewAttachment(photos[0].file, capture.payload["alternative"])
    if Attachment.objects.filter(record=session, file=new.file).exists():
        return session
    last = Attachment.objects.filter(record=session).aggregate(last=Max("position"))["last"]
    append_entry(
        STREET_WALL_SHOWN, record=session, now=reading.clock.now(), words=new.words(), is_institutional=True
    )
    attach_file(record=session, new=new, position=0 if last is None else last + 1)
    return session


def _tally(reading: Reading, capture: StreetCapture) -> Record:
    """A batch counted by who was there. Read again by another, it is in the total; else somebody has to count it."""
    poll = reading.session.poll
    if poll is None:
        raise Conflict(_("Aucune question n’est posée à ce rendez-vous."))
    counts = {int(rank): n for rank, n in capture.payload["counts"].items()}
    there = capture.device.person if capture.device and capture.device.person else reading.by
    batch = Batch(Origin.STREET, number_of(capture.session_id, capture.uuid), counts)
    tally = enter_tally(poll=poll, batch=batch, by=there, function=reading.function, clock=reading.clock)
    if there.pk != reading.by.pk:
        verify_tally(
            tally=tally, counts=counts, by=reading.by, function=reading.function, clock=reading.clock
        )
    return poll.record


def _engagement(reading: Reading, capture: StreetCapture) -> Record:
    """A draft, and she is asked: see ``accepting``. Nothing is published in her name without her."""
    session, said = reading.session, capture.payload
    official = Official.objects.filter(pk=UUID(said["official"]), authority=session.record.authority).first()
    if official is None:
        raise Refusal(_("Cette personne n’est plus en fonction : choisissez qui répond désormais."))
    text = clean_line(said["text"])
    word = note_given_word(
        process=session.process,
        promised=Promised(
            official=official,
            words=Words(title=text if len(text) <= 200 else f"{text[:199]}…", text=said["text"]),  # noqa: PLR2004  a title
            due_on=date.fromisoformat(said["due_on"]),
            given_on=local_day(capture.happened_at, session.record.authority.time_zone),
            reference=_("Rendez-vous de rue %(code)s") % {"code": session.record.code},
            signature=said.get("signature", ""),
        ),
        author=reading.by,
        clock=reading.clock,
    )
    ask_approval(record=word.record, clock=reading.clock)
    return word.record


def _nothing_more(reading: Reading, _capture: StreetCapture) -> Record:
    """It is counted, and that is all."""
    return reading.session.record


BECOMES: Mapping[CaptureKind, Callable[[Reading, StreetCapture], Record]] = {
    CaptureKind.QUOTE: _quote,
    CaptureKind.WALL: _wall,
    CaptureKind.TALLY: _tally,
    CaptureKind.ENGAGEMENT: _engagement,
    CaptureKind.REFUSAL: _nothing_more,
    CaptureKind.SUMMARY: _nothing_more,
}
