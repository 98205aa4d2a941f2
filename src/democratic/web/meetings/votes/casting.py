"""A batch of votes, from cookies to answers, in one thread: a few questions to the database, however many voices."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import Error, InterfaceError, OperationalError
from django.utils import translation

from civics.soundings.voices import VoiceRefused, read_voice
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.limits import Limit, spend_for_many
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.rules import refusal_of
from democratic.participation.meetings.soundings.voting import GivenVoice, Outcome, asked, give_voices
from democratic.web.meetings.votes.read import typed_in
from democratic.web.meetings.votes.voters import people_of, signs_of
from democratic.web.shell import READ_ONLY

logger = logging.getLogger(__name__)

# Hers is narrow, that of a hall wide: three hundred pupils share one address, and vote together.
OF_A_PERSON = Limit("votes-of-person", 30, 60)
OF_A_NETWORK = Limit("votes-of-network", 6000, 60)

KEPT, TOO_MANY, OUR_FAULT = 200, 429, 500
NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote as it came: ``given`` is what the form says, not read yet."""

    cookie: str
    network: str
    meeting: UUID
    sounding: str
    given: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``refusal`` in words, empty when the voice is kept."""

    status: int
    refusal: str = ""


def answer_all(asks: Sequence[Vote]) -> list[Answer | None]:
    """One a vote, in their order; None: it is Django's to answer, who comes later among others.

    OperationalError: nothing is known of any.
    """
    answers: list[Answer | None] = [None] * len(asks)
    if READ_ONLY.of() is not None:
        return answers
    soundings = _soundings({(ask.meeting, ask.sounding) for ask in asks})
    known = _known(asks, soundings)
    refused = _spent([(asks[place].network, person) for place, person, _sounding in known])
    voices: list[tuple[int, GivenVoice]] = []
    for (place, person, sounding), is_refused in zip(known, refused, strict=True):
        if is_refused:
            answers[place] = _too_many(asks[place].language)
        elif (voice := _voice_in(sounding, person, asks[place].given)) is not None:
            voices.append((place, voice))
    comes_later = {sounding.pk for sounding in soundings.values() if sounding.closed_at is not None}
    for (place, voice), outcome in zip(voices, _give([voice for _place, voice in voices]), strict=True):
        if outcome is None or outcome.refusal != NOT_HERE or voice.sounding_id not in comes_later:
            answers[place] = _said(outcome, asks[place].language)
    return answers


def _known(
    asks: Sequence[Vote], soundings: dict[tuple[UUID, str], Sounding]
) -> list[tuple[int, UUID, Sounding]]:
    """The place of each vote of someone who is plainly someone, who she is, and in what she votes."""
    signs = [signs_of(ask.cookie) for ask in asks]
    people = people_of(set(signs))
    found = [
        (place, people.get(sign), soundings.get((ask.meeting, ask.sounding)))
        for place, (ask, sign) in enumerate(zip(asks, signs, strict=True))
    ]
    return [
        (place, person, sounding)
        for place, person, sounding in found
        if person is not None and sounding is not None
    ]


def _voice_in(sounding: Sounding, person: UUID, fields: Sequence[str]) -> GivenVoice | None:
    """None: it is not right, and Django says why, beside what is at fault."""
    try:
        given = read_voice(asked(sounding), typed_in(sounding.kind, fields))
    except VoiceRefused:
        return None
    return GivenVoice(sounding.pk, person, given)


def _give(voices: list[GivenVoice]) -> list[Outcome | None]:
    """Together; or one by one, where one of them is such that the database takes none. None: that one."""
    try:
        return list(give_voices(voices, clock=DATABASE_CLOCK))
    except (InterfaceError, OperationalError):
        raise
    except Error as fault:
        logger.warning("a batch of %d voices: %s", len(voices), type(fault).__name__)
        return [None] if len(voices) == 1 else [_give([voice])[0] for voice in voices]


def _said(outcome: Outcome | None, language: str) -> Answer:
    if outcome is None:
        return Answer(OUR_FAULT)
    if outcome.is_kept:
        return Answer(KEPT)
    with translation.override(language):
        refusal = refusal_of(outcome.refusal)
        return Answer(refusal.status, str(refusal.message))


def _too_many(language: str) -> Answer:
    with translation.override(language):
        said = translation.gettext("Trop d’essais en peu de temps. Réessayez dans quelques minutes.")
    return Answer(TOO_MANY, said)


def _spent(uses: list[tuple[str, UUID]]) -> list[bool]:
    """Counted before anything is judged, as for every act: what is refused counts."""
    past = spend_for_many(
        (OF_A_NETWORK, Counter(network for network, _person in uses)),
        (OF_A_PERSON, Counter(str(person) for _network, person in uses)),
    )
    return [(OF_A_NETWORK, network) in past or (OF_A_PERSON, str(person)) in past for network, person in uses]


def _soundings(asked: set[tuple[UUID, str]]) -> dict[tuple[UUID, str], Sounding]:
    codes = {code for _meeting, code in asked}
    found = (
        Sounding.objects.filter(record__code__in=codes).select_related("record").prefetch_related("options")
    )
    by_name = {(each.meeting_id, each.record.code): each for each in found}
    return {name: by_name[name] for name in asked if name in by_name}
