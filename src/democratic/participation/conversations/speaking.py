"""From a run to who speaks in it: its flow as published, its language, the places of its authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from civics.reach.capabilities import Capabilities
from civics.reach.engine import Speaker, Standing
from civics.reach.flow import Flow as WrittenFlow
from civics.reach.flow import PhotoStep, VoiceStep
from civics.reach.places import Place as KnownPlace
from civics.reach.rendering import Say
from democratic.messaging.ports import channel_of
from democratic.participation.conversations.lexicon import hints, lacks, lexicon
from democratic.participation.conversations.models import FlowRevision, FlowRun
from democratic.thread.models import Place

MUNICIPALITY = Place.Kind.MUNICIPALITY


@dataclass(frozen=True, slots=True)
class Said:
    """A flow in the mouth of its authority, in her language."""

    flow: WrittenFlow
    speaker: Speaker
    uses_tu: bool


def said_in(revision: FlowRevision, language: str, kind: str) -> Said:
    """``revision`` is read with its flow's process; ``kind`` of the channel by which it is said."""
    written = _written(revision.pk)
    process = revision.flow.process
    spoken = language if language in written.languages else written.languages[0]
    places = places_of(process.authority_id) if _asks_where(written) else ()
    tu = process.uses_tu
    return Said(written, speaker_in(written, spoken, places, channel_of(kind).can, tu=tu), tu)


def speaker_in(
    written: WrittenFlow, language: str, places: Sequence[KnownPlace], can: Capabilities, *, tu: bool
) -> Speaker:
    voices = [each for each in written.singles() if isinstance(each, VoiceStep)]
    minutes = {each.most_minutes for each in voices if each.most_minutes}
    told = hints(language, can.media, minutes, tu=tu)
    return Speaker(language, lexicon(language), places, told, lacks(language, can))


def longest_voice(revision_id: UUID, step: str) -> int | None:
    """In minutes, where this step of the flow states it."""
    voices = (each for each in _written(revision_id).singles() if isinstance(each, VoiceStep))
    return next((each.most_minutes for each in voices if each.key == step), None)


def most_files(flow: WrittenFlow, step: str) -> int:
    """How many photos or voices one answer to this step may bring."""
    asking = (each for each in flow.singles() if isinstance(each, PhotoStep | VoiceStep))
    return next((each.most_files for each in asking if each.key == step), 1)


@lru_cache(maxsize=64)
def _written(revision_id: UUID) -> WrittenFlow:
    """A revision never changes: each process reads it once."""
    content = FlowRevision.objects.values_list("content", flat=True).get(pk=revision_id)
    return WrittenFlow.model_validate(content)


def _asks_where(flow: WrittenFlow) -> bool:
    return any(step.kind == "place" for step in flow.singles())


def places_of(authority_id: UUID) -> tuple[KnownPlace, ...]:
    known = Place.objects.filter(authority=authority_id, kind=MUNICIPALITY).order_by("name")
    return tuple(KnownPlace(name, postcode) for name, postcode in known.values_list("name", "postcode"))


def standing_of(run: FlowRun) -> Standing:
    return Standing(run.step, run.seed, run.age_band, run.misses, tuple(run.offered))


def with_words(says: tuple[Say, ...], before: str) -> tuple[Say, ...]:
    """What we say of ourselves first, in one message with what follows: a telephone rings once."""
    if not before or not says:
        return says
    first = says[0]
    return (Say(f"{before}\n{first.text}", first.options, first.step), *says[1:])


__all__ = [
    "Said",
    "longest_voice",
    "most_files",
    "places_of",
    "said_in",
    "speaker_in",
    "standing_of",
    "with_words",
]
