"""What a flow lacks before it may be published: each finding has a code, the step at fault, and what was seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from civics.reach.capabilities import Capabilities
from civics.reach.flow import END, ChoiceStep, Flow, FlowOption, RotatingStep, Single
from civics.reach.keywords import keyword_in, plain
from civics.reach.sms import GSM, UCS2_SEGMENT, in_gsm

MOST_QUESTIONS = 7
SPEAKS = frozenset({"text", "photo", "voice", "hand_over"})
SENTENCES = frozenset({"text", "voice"})
# Telephones are shared: what is sensitive (GDPR, article 9) is not asked there. Roots of words, without accents.
SENSITIVE = (
    "religi", "croyan", "syndicat", "sexu", "homosex", "maladi", "sante", "handicap", "ethni", "race", "raciale",
    "vote pour", "parti politique", "opinion politique", "casier", "religious", "disease", "health", "union member",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """``blocks``: it can't be published with it. ``seen``: a language, a channel, a number, a word."""

    code: str
    step: str = ""
    seen: str = ""
    blocks: bool = True


def findings_of(flow: Flow, channels: Mapping[str, Capabilities]) -> list[Finding]:
    """``channels``: those on which it will be spoken, by their names. The empty list when nothing is to be said."""
    return [
        *_keys(flow),
        *_order(flow),
        *_ways(flow),
        *_languages(flow),
        *_sensitive(flow),
        *(each for name, can in channels.items() for each in _lengths(flow, name, can)),
    ]


def _keys(flow: Flow) -> Iterator[Finding]:
    keys = [step.key for step in flow.singles()]
    keys += [step.key for step in flow.steps if isinstance(step, RotatingStep)]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Finding("twice", key)
    for step in flow.singles():
        if isinstance(step, ChoiceStep):
            options = [each.key for each in step.options]
            if len(set(options)) < len(options):
                yield Finding("option_twice", step.key)


def _order(flow: Flow) -> Iterator[Finding]:
    """Few questions, the first one a tap; and the age before any word of hers, as skipped means under 15."""
    questions = [step for step in flow.steps if step.kind != "message"]
    if len(questions) > MOST_QUESTIONS:
        yield Finding("too_many", seen=str(len(questions)))
    if not questions or questions[0].kind != "choice":
        yield Finding("first_not_a_tap", questions[0].key if questions else "")
    is_age_known = False
    for rank, step in enumerate(flow.steps):
        is_age_known = is_age_known or step.kind == "age_band"
        kinds = {each.kind for each in step.among} if isinstance(step, RotatingStep) else {step.kind}
        if kinds & SPEAKS and not (is_age_known and not _may_skip_age(flow, rank)):
            yield Finding("age_after_words", step.key)
    asked = list(flow.singles())
    if not any(
        step.kind in SENTENCES for step in asked
    ):  # a photo is shown with the sentence that it goes with
        yield from (Finding("photo_alone", step.key) for step in asked if step.kind == "photo")


def _may_skip_age(flow: Flow, rank: int) -> bool:
    """Whether some answer leads over the question of the age, to this step or beyond."""
    ages = [at for at, step in enumerate(flow.steps) if step.kind == "age_band" and at < rank]
    for at, step in enumerate(flow.steps[:rank]):
        for goes in _goes_of(step):
            to = next((n for n, each in enumerate(flow.steps) if each.key == goes), None)
            if to is not None and any(at < age < to <= rank for age in ages):
                return True
    return False


def _ways(flow: Flow) -> Iterator[Finding]:
    """Each way leads further on: nobody goes round in a circle."""
    ranks = {step.key: rank for rank, step in enumerate(flow.steps)}
    for rank, step in enumerate(flow.steps):
        for goes in _goes_of(step):
            if goes != END and goes not in ranks:
                yield Finding("leads_nowhere", step.key, goes)
            elif goes != END and ranks[goes] <= rank:
                yield Finding("leads_back", step.key, goes)


def _goes_of(step: Single | RotatingStep) -> list[str]:
    if isinstance(step, RotatingStep):
        return [goes for each in step.among for goes in _goes_of(each)]
    silence = [step.silence.goes] if step.silence else []
    chosen = [each.goes for each in step.options if each.goes] if isinstance(step, ChoiceStep) else []
    return [*chosen, *silence]


def _said(flow: Flow) -> Iterator[tuple[str, dict[str, str]]]:
    yield "intro", flow.intro
    for step in flow.singles():
        yield step.key, step.text
        if isinstance(step, ChoiceStep):
            yield from ((step.key, each.label) for each in step.options)
    yield "outro", flow.outro


def _languages(flow: Flow) -> Iterator[Finding]:
    for key, said in _said(flow):
        for language in flow.languages:
            if language not in said:
                yield Finding("untold", key, language)
    for step in flow.singles():
        if isinstance(step, ChoiceStep):
            for label in (text for each in step.options for text in each.label.values()):
                if keyword_in(label):
                    yield Finding("is_a_keyword", step.key, label)


def _sensitive(flow: Flow) -> Iterator[Finding]:
    for key, said in _said(flow):
        words = " ".join(plain(text) for text in said.values())
        if word := next((each for each in SENSITIVE if f" {each}" in f" {words}"), None):
            yield Finding("sensitive", key, word, blocks=False)


def _lengths(flow: Flow, name: str, can: Capabilities) -> Iterator[Finding]:
    """What a channel would cut in two, or be paid twice; and buttons that it shows as a list."""
    for step in flow.singles():
        longest = max(step.text.values(), key=len)
        listed = len(longest) + sum(len(max(each.label.values(), key=len)) + 4 for each in _options(step))
        if can.segment and listed > (can.segment if _is_gsm(step.text) else UCS2_SEGMENT):
            yield Finding("paid_twice", step.key, f"{name}:{listed}", blocks=False)
        elif listed > can.length:
            yield Finding("cut", step.key, f"{name}:{listed}", blocks=False)
        if can.buttons and _options(step) and not _fit(step, can):
            yield Finding("numbered", step.key, name, blocks=False)


def _options(step: Single) -> tuple[FlowOption, ...]:
    return step.options if isinstance(step, ChoiceStep) else ()


def _fit(step: Single, can: Capabilities) -> bool:
    labels = [text for each in _options(step) for text in each.label.values()]
    return len(_options(step)) <= can.buttons and all(len(text) <= can.button_length for text in labels)


def _is_gsm(said: dict[str, str]) -> bool:
    """As it is sent: folded into the alphabet that costs least."""
    return all(GSM.issuperset(in_gsm(text)) for text in said.values())
