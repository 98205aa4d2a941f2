"""One turn of a conversation: where someone stands, what she says, what is said back. It keeps nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from civics.reach.flow import END, ChoiceStep, Flow, RotatingStep, Silence, Single, VoiceStep
from civics.reach.places import Place
from civics.reach.reading import Heard, read
from civics.reach.rendering import Option, Say

CHILD = frozenset({"", "unsaid", "under_15"})  # an age that was skipped is under 15
# Of who is under 15, nothing but anonymous answers is kept: these are not asked, nor is she told anything later.
GROWN = frozenset({"text", "photo", "voice", "consent", "hand_over"})
ASKS_NOTHING = frozenset({"message"})
NO_MEDIUM = "none"  # she has no photo to send, or would rather not speak
LONG_WORDS = 24  # signs: beyond, or with a question mark, words that fit no step are meant for someone
MISSES = 2  # at the second misfit, a person is told


class Note(StrEnum):
    """Why the same question comes back: worded by who speaks."""

    MISSED = "missed"
    WHICH_PLACE = "which_place"
    PASSED_ON = "passed_on"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands in one flow. ``offered``: places to choose from, at the step she is at."""

    step: str = ""
    seed: int = 0
    age_band: str = ""
    misses: int = 0
    offered: tuple[str, ...] = ()

    @property
    def is_child(self) -> bool:
        return self.age_band in CHILD


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer. ``value``: an option's key, a number, a place's name, a sentence, a medium."""

    step: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Turn:
    standing: Standing
    says: tuple[Say, ...] = ()
    note: Note | None = None
    kept: Kept | None = None
    is_aside: bool = False  # the words fit no step: they are for a person

    @property
    def is_over(self) -> bool:
        return not self.standing.step


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words that a flow doesn't write itself: ``lexicon`` gives the options of a kind of step.

    ``hints``: by kind of step, what is said under the question; of a voice, by « voice:2 » where it may last two
    minutes. ``lacks``: kinds of steps that the channel can't
    carry, and what is said in their place.
    """

    language: str
    lexicon: Mapping[str, tuple[Option, ...]]
    places: Sequence[Place] = field(default=())
    hints: Mapping[str, str] = field(default_factory=dict)
    lacks: Mapping[str, str] = field(default_factory=dict)


def begin(flow: Flow, speaker: Speaker, seed: int) -> Turn:
    """The introduction, and the first question."""
    intro = Say(flow.in_language(flow.intro, speaker.language))
    turn = _go(flow, speaker, Standing(seed=seed), 0)
    return replace(turn, says=(intro, *turn.says))


def hear(flow: Flow, speaker: Speaker, standing: Standing, heard: Heard) -> Turn:
    step = step_at(flow, standing)
    understood = read(step, heard, options_at(flow, speaker, standing), speaker.places)
    if understood.value:
        kept = Kept(step.key, understood.kind or step.kind, understood.value)
        return _answered(flow, speaker, standing, step, kept)
    if understood.is_too_long:
        return Turn(standing, (say_at(flow, speaker, standing),), Note.TOO_LONG)
    if understood.offered:
        asked = replace(standing, offered=understood.offered, misses=0)
        return Turn(asked, (say_at(flow, speaker, asked),), Note.WHICH_PLACE)
    return _missed(flow, speaker, standing, heard)


def fall_silent(flow: Flow, speaker: Speaker, standing: Standing) -> Turn:
    """She said nothing for as long as this step waits: it goes on elsewhere, or ends without a word."""
    goes = silence_at(flow, standing).goes
    if goes == END:
        return Turn(replace(standing, step=""))
    return _go(flow, speaker, _fresh(standing), _rank(flow, goes))


def silence_at(flow: Flow, standing: Standing) -> Silence:
    return step_at(flow, standing).silence or Silence(hours=flow.expires_after_hours)


def step_at(flow: Flow, standing: Standing) -> Single:
    return next(step for step in flow.singles() if step.key == standing.step)


def options_at(flow: Flow, speaker: Speaker, standing: Standing) -> tuple[Option, ...]:
    step = step_at(flow, standing)
    if standing.offered:
        return tuple(Option(name, name) for name in standing.offered)
    if isinstance(step, ChoiceStep):
        return tuple(
            Option(each.key, flow.in_language(each.label, speaker.language)) for each in step.options
        )
    return speaker.lexicon.get(step.kind, ())


def say_at(flow: Flow, speaker: Speaker, standing: Standing) -> Say:
    step = step_at(flow, standing)
    text = flow.in_language(step.text, speaker.language)
    hint = hint_of(step, speaker)
    return Say(f"{text}\n{hint}" if hint else text, options_at(flow, speaker, standing), step.key)


def hint_of(step: Single, speaker: Speaker) -> str:
    limit = f"{step.kind}:{step.most_minutes}" if isinstance(step, VoiceStep) else ""
    return speaker.hints.get(limit) or speaker.hints.get(step.kind, "")


def _answered(flow: Flow, speaker: Speaker, standing: Standing, step: Single, kept: Kept) -> Turn:
    then = _fresh(standing)
    if step.kind == "age_band":
        then = replace(then, age_band=kept.value)
    goes = (
        next((each.goes for each in step.options if each.key == kept.value), None)
        if isinstance(step, ChoiceStep)
        else None
    )
    at = _rank(flow, goes) if goes else _rank(flow, step.key) + 1
    return replace(_go(flow, speaker, then, at), kept=kept, is_aside=step.kind == "hand_over")


def _missed(flow: Flow, speaker: Speaker, standing: Standing, heard: Heard) -> Turn:
    misses = standing.misses + 1
    is_aside = misses >= MISSES or len(heard.text) > LONG_WORDS or "?" in heard.text or bool(heard.media)
    again = replace(standing, misses=0 if is_aside else misses)
    note = Note.PASSED_ON if is_aside else Note.MISSED
    return Turn(again, (say_at(flow, speaker, again),), note, is_aside=is_aside)


def _fresh(standing: Standing) -> Standing:
    return replace(standing, misses=0, offered=())


def _rank(flow: Flow, key: str) -> int:
    """Of the step that holds this key; past the last for the end."""
    for rank, step in enumerate(flow.steps):
        if key == step.key or (
            isinstance(step, RotatingStep) and any(each.key == key for each in step.among)
        ):
            return rank
    return len(flow.steps)


def _go(flow: Flow, speaker: Speaker, standing: Standing, at: int) -> Turn:
    """To the first question from there on that may be asked of her, saying what stands before it."""
    says: list[Say] = []
    for rank in range(at, len(flow.steps)):
        step = _drawn(flow, standing, rank)
        if step.kind in GROWN and standing.is_child:
            continue
        if step.kind in ASKS_NOTHING:
            says.append(Say(flow.in_language(step.text, speaker.language)))
            continue
        if step.kind in speaker.lacks:
            says += [Say(words) for words in (speaker.lacks[step.kind],) if words]
            continue
        there = replace(standing, step=step.key)
        return Turn(there, (*says, say_at(flow, speaker, there)))
    outro = Say(flow.in_language(flow.outro, speaker.language))
    return Turn(replace(standing, step=""), (*says, outro))


def _drawn(flow: Flow, standing: Standing, rank: int) -> Single:
    step = flow.steps[rank]
    if not isinstance(step, RotatingStep):
        return step
    return step.among[(standing.seed + rank) % len(step.among)]
