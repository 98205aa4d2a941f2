"""Hearings: published by a member, corrected by dated lines, and by nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.observatory.actions.running import lock_running
from democratic.observatory.events import HEARING_CORRECTED, HEARING_HELD
from democratic.observatory.models import Correction, Hearing, Observatory
from democratic.observatory.rules import refuse_unless_sitting
from democratic.participation.commitments.models import Commitment
from democratic.thread.actions import (
    NewAttachment,
    NewRecord,
    Words,
    append_entry,
    attach_file,
    bump_pages_of,
    link,
    open_record,
)
from democratic.thread.actions.records import index_words
from democratic.thread.models import Authority, Kind, LinkKind, Opening

LONGEST_TRANSCRIPT = 200_000  # signs: some four hours of speech
STRUCK = "[…]"


@dataclass(frozen=True, slots=True)
class Held:
    """A hearing as it went: when, where, whom (functions, no agent's name), about what, and what shows it."""

    words: Words
    held_on: date
    place: str
    heard: str
    commitments: Sequence[Commitment]
    is_remote: bool = False
    recording_url: str = ""
    transcript: str = ""
    photo: NewAttachment | None = None


@transaction.atomic
def publish_hearing(
    *, observatory: Observatory, held: Held, person_ids: Collection[UUID], clock: Clock
) -> Hearing:
    locked = lock_running(observatory)
    now = clock.now()
    today = local_day(now, locked.authority.time_zone)
    refuse_unless_sitting(locked, person_ids, today)
    place, heard, transcript = clean_line(held.place)[:120], clean_line(held.heard)[:300], _said(held)
    if not clean_line(held.words.title):
        raise Refusal(_("Donnez un titre à cette audition."), field="title")
    if held.held_on > today:
        raise Refusal(_("Cette audition est datée d’un jour à venir."), field="held_on")
    if not place:
        raise Refusal(_("Dites où elle s’est tenue, ou par quel moyen à distance."), field="place")
    if not heard:
        raise Refusal(_("Dites qui a été entendu, par sa fonction."), field="heard")
    _refuse_elsewhere(held.commitments, locked)
    record = open_record(
        NewRecord(
            authority=locked.authority,
            kind=Kind.HEARING,
            words=held.words,
            event=HEARING_HELD,
            state="held",
            data={
                "held_on": held.held_on.isoformat(),
                "is_remote": held.is_remote,
                "observatory": locked.record.code,
                "commitments": [each.record.code for each in held.commitments],
                "file": held.photo.file.sha256 if held.photo else None,
            },
            extra_words={
                "heard": heard,
                "place": place,
                "recording": held.recording_url,
                "transcript": transcript,
                "alternative": held.photo.described() if held.photo else "",
            },
        ),
        clock=clock,
    )
    entry = record.entries.get(kind=HEARING_HELD.kind)
    for commitment in held.commitments:
        link(source=commitment.record, kind=LinkKind.DISCUSSED_IN, target=record, entry=entry)
        bump_pages_of(commitment.record)
    if held.photo is not None:
        attach_file(record=record, new=held.photo)
    hearing = Hearing.objects.create(
        record=record,
        observatory=locked,
        held_on=held.held_on,
        place=place,
        is_remote=held.is_remote,
        heard=heard,
        recording_url=held.recording_url,
        transcript=transcript,
    )
    _index(hearing)
    bump_pages_of(record)
    return hearing


def _said(held: Held) -> str:
    """The transcript, demanded by a recording: who does not hear it reads it, and it is searched."""
    refuse_a_bad_link(held.recording_url, "recording_url")
    transcript = clean_text(held.transcript)
    if held.recording_url and not transcript:
        raise Refusal(
            _("Un enregistrement vient avec sa transcription : pour qui n’entend pas, et pour la recherche."),
            field="transcript",
        )
    if len(transcript) > LONGEST_TRANSCRIPT:
        raise Refusal(
            _(
                "Cette transcription a %(n)d signes ; il en faut 200 000 au plus : publiez l’audition en deux parties."
            )
            % {"n": len(transcript)},
            field="transcript",
        )
    return transcript


def _refuse_elsewhere(commitments: Sequence[Commitment], observatory: Observatory) -> None:
    if not commitments:
        raise Refusal(
            _("Choisissez au moins un engagement : c’est de lui qu’il était question."), field="commitments"
        )
    if any(each.record.authority_id != observatory.authority_id for each in commitments):
        raise Refusal(_("Cet engagement est celui d’une autre collectivité."), field="commitments")


def index_hearings(authority: Authority) -> None:
    """Made again where an authority arrives: what was said is found there as it was here."""
    for hearing in Hearing.objects.filter(record__authority=authority).select_related("record__wording"):
        _index(hearing)


def _index(hearing: Hearing) -> None:
    """What was said is found by the search too, under the hearing's own title and text."""
    text = "\n".join(part for part in (hearing.record.text, hearing.heard, hearing.transcript) if part)
    index_words(hearing.record, Words(title=hearing.record.title, text=text))


@transaction.atomic
def correct_hearing(
    *, hearing: Hearing, note: str, person_ids: Collection[UUID], clock: Clock, strike: str = ""
) -> Correction:
    """A dated line, and nothing rewritten. ``strike``: a passage that must not stay (personal data, a court's order)
    is replaced by a mark wherever it stands in the transcript; the line says that something was taken out.
    """
    observatory = lock_running(hearing.observatory)
    now, said = clock.now(), clean_text(note)
    today = local_day(now, observatory.authority.time_zone)
    refuse_unless_sitting(observatory, person_ids, today)
    if not said:
        raise Refusal(_("Dites ce qui est corrigé : cette ligne est publique."), field="note")
    locked = (
        Hearing.objects.select_for_update(of=("self",)).select_related("record__authority").get(pk=hearing.pk)
    )
    if strike:
        _strike(locked, strike)
    correction = Correction.objects.create(
        hearing=locked, corrected_on=today, note=said, strikes=bool(strike)
    )
    append_entry(
        HEARING_CORRECTED,
        record=locked.record,
        now=now,
        data={"corrected_on": today.isoformat(), "strikes": bool(strike)},
        words={"note": said, "transcript": locked.transcript if strike else ""},
    )
    bump_pages_of(locked.record)
    return correction


def _strike(hearing: Hearing, passage: str) -> None:
    """The only change that the database lets through, and only within this transaction and for this hearing."""
    gone = clean_text(passage)
    if not gone or gone not in hearing.transcript:
        raise Refusal(_("Ce passage n’est pas, mot pour mot, dans la transcription."), field="strike")
    with connection.cursor() as cursor:
        cursor.execute("select set_config('democratic.strikes', %s, true)", [str(hearing.pk)])
    Opening.objects.filter(entry__record=hearing.pk, part="transcript").delete()
    hearing.transcript = hearing.transcript.replace(gone, STRUCK)
    hearing.save(update_fields=["transcript"])
    with connection.cursor() as cursor:
        cursor.execute("select set_config('democratic.strikes', '', true)")
    _index(hearing)
