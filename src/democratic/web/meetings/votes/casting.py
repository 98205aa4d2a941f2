"""A batch of votes, from cookies to answers, in one thread: a few questions to the database, however many voices."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import Error, InterfaceError, OperationalError
from django.utils import translation

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.limits import Limit, spend_for_many
from democratic.kernel.text import clean_line
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.rules import refusal_of
from democratic.participation.meetings.soundings.voting import Given, GivenVoice, Outcome, give_voices
from democratic.web.meetings.votes.voters import people_of, signs_of
from democratic.web.shell import READ_ONLY

logger = logging.getLogger(__name__)

# Hers is narrow, that of a hall wide: three hundred pupils share one address, and vote together.
OF_A_PERSON = Limit("votes-of-person", 30, 60)
OF_A_NETWORK = Limit("votes-of-network", 6000, 60)

KEPT, TOO_MANY, OUR_FAULT = 200, 429, 500
LONGEST_RANK = 3  # signs
MOST_GIVEN = 20


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
    """One a vote, in their order; None: it is Django's to answer. OperationalError: nothing is known of any."""
    answers: list[Answer | None] = [None] * len(asks)
    if READ_ONLY.of() is not None:
        return answers
    signs = [signs_of(ask.cookie) for ask in asks]
    people, soundings = people_of(set(signs)), _soundings({(ask.meeting, ask.sounding) for ask in asks})
    known: list[tuple[int, UUID, Sounding]] = []
    for place, ask in enumerate(asks):
        person, sounding = people.get(signs[place]), soundings.get((ask.meeting, ask.sounding))
        if person is not None and sounding is not None:
            known.append((place, person, sounding))
    refused = _spent([(asks[place].network, person) for place, person, _sounding in known])
    voices: list[tuple[int, GivenVoice]] = []
    for (place, person, sounding), is_refused in zip(known, refused, strict=True):
        if is_refused:
            answers[place] = _too_many(asks[place].language)
        else:
            given = _read(sounding.kind, asks[place].given)
            voices.append((place, GivenVoice(sounding.pk, person, given)))
    for (place, _voice), outcome in zip(voices, _give([voice for _place, voice in voices]), strict=True):
        answers[place] = _said(outcome, asks[place].language)
    return answers


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
    found = Sounding.objects.filter(record__code__in=codes).select_related("record")
    by_name = {(each.meeting_id, each.record.code): each for each in found}
    return {name: by_name[name] for name in asked if name in by_name}


def _read(kind: str, typed: Sequence[str]) -> Given:
    """What is no rank becomes 0, which nobody proposed."""
    said = typed[: MOST_GIVEN + 1]
    if kind == SoundingKind.WORDS:
        return [word for word in map(clean_line, said) if word]
    return [
        int(each) if each.isdecimal() and each.isascii() and len(each) < LONGEST_RANK else 0 for each in said
    ]
