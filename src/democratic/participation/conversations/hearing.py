"""The one way in of every channel: a word that is obeyed, a code that opens a flow, an answer, or words for a person."""

import re
from collections.abc import Callable

from django.utils.translation import override

from civics.reach.capabilities import Medium
from civics.reach.engine import CHILD, Kept
from civics.reach.keywords import keyword_in
from civics.reach.reading import MEDIA, Heard
from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.messaging.correspondents import heard_from
from democratic.messaging.models import Correspondent, IncomingMessage
from democratic.messaging.telling import tell
from democratic.participation.conversations import media_wording, wording
from democratic.participation.conversations.asking_meetings import ask_meeting, for_a_meeting
from democratic.participation.conversations.coming_along import may_take
from democratic.participation.conversations.files import (
    Came,
    expect_in_place,
    kinds_in,
    media_of,
    refused_of,
)
from democratic.participation.conversations.inviting import code_invited_to, note_answered
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.obeying import obey
from democratic.participation.conversations.passing_on import hear_age, hold_until_age, pass_on
from democratic.participation.conversations.queries import codes_open
from democratic.participation.conversations.running import ask_again, asks_for, go_on, start
from democratic.participation.conversations.speaking import with_words
from democratic.participation.conversations.states import RunState
from democratic.participation.conversations.turns import errand_of, run_of, say

State = IncomingMessage.State
# « START LYC-BRO », « /start LYC-BRO », or the code alone.
_OPENS = re.compile(r"^\s*(?:/?start\s+)?([A-Za-z0-9]{2,10}-[A-Za-z0-9]{2,10})\s*$", re.IGNORECASE)

_CODE_HELD = re.compile(r"(?<![\w-])[A-Z0-9]{2,10}-[A-Z0-9]{2,10}(?![\w-])")
MOST_HELD = 10


def hear_message(message: IncomingMessage, *, clock: Clock) -> str:
    """In the caller's transaction. Returns the state in which the message is to be left."""
    now = clock.now()
    her = heard_from(
        authority=message.authority,
        kind=message.kind,
        address=message.address,
        language=message.language,
        now=now,
        name=message.name,
    )
    with override(her.language):
        if word := keyword_in(message.text):
            obey(word, her, message, clock)
            return State.DONE
        if her.stopped_at is not None:
            # She may still write; nothing is written back, not even to ask her age: a child's words are not kept.
            if her.person.age_band not in CHILD:
                pass_on(message, her, None, clock)
            return State.DONE
        if opens := _OPENS.match(message.text):
            return _open(opens[1].upper(), her, message, clock)
        if asked := for_a_meeting(message.authority, message.text):
            ask_meeting(asked, her, message, clock)
            return State.DONE
        run = run_of(her)
        return _outside(message, her, clock) if run is None else _inside(message, her, run, clock)


def _open(code: str, her: Correspondent, message: IncomingMessage, clock: Clock) -> str:
    found = codes_open(her.authority).filter(code=code).select_related("flow").first()
    if found is None:
        run = run_of(her)
        if run is not None:  # not a code: an answer that looks like one
            return _inside(message, her, run, clock)
        say(her, wording.unknown_code(tu=False), errand_of(message), clock)
        return State.DONE
    revision = (
        found.flow.revisions.select_related("flow__process__record__authority").order_by("-number").first()
    )
    if revision is None:
        raise LookupError("an open flow has a revision")
    note_answered(her)
    start(her, revision, found, errand_of(message))
    return State.DONE


def _inside(message: IncomingMessage, her: Correspondent, run: FlowRun, clock: Clock) -> str:
    step, _, choice = message.choice.rpartition(":")
    if step and step != run.step:
        return State.DONE  # a button of before, pressed late or twice: it was answered
    is_asked = not message.media or asks_for(run) in kinds_in(message.media)
    if not is_asked and _sends_again(message, her, run, clock):
        return State.DONE
    media = frozenset(Medium(each["kind"]) for each in message.media if each.get("kind") in set(Medium))
    came = Came(Heard(message.text, choice, media), message.media)
    turn = go_on(run, her, came, errand_of(message), clock, _set_aside(message, her, run, clock))
    if turn.kept is not None and turn.kept.kind == "age_band":
        hear_age(her, run, clock)
    if not turn.is_aside:
        return State.DONE
    tu = run.revision.flow.process.uses_tu
    if (
        turn.kept is not None
    ):  # the flow itself asked for words to a person; with a photo, they were passed on already
        pass_on(message, her, run, clock)
        return State.DONE
    if run.age_band in CHILD:
        is_unsaid = run.age_band == ""
        words = wording.age_later(tu=tu) if is_unsaid else wording.child_unheard(her.authority, tu=tu)
        unexpected = media_wording.unexpected(kinds_in(message.media), tu=tu)
        says = with_words(turn.says, f"{unexpected} {words}".strip())
        tell(her, says, errand_of(message), now=clock.now())
        return State.HELD if is_unsaid else State.DONE
    passed = pass_on(message, her, run, clock)
    tell(her, with_words(turn.says, passed.words(tu=tu)), errand_of(message), now=clock.now())
    return State.DONE


def _set_aside(
    message: IncomingMessage, her: Correspondent, run: FlowRun, clock: Clock
) -> Callable[[Kept], str]:
    """Once she answered: what came with her answer and is none of it goes to a person; what she is told of that."""

    def said(kept: Kept) -> str:
        along = [each for each in message.media if each.get("kind") != kept.kind]
        tu = run.revision.flow.process.uses_tu
        if not kinds_in(along) & MEDIA:
            return ""
        if not may_take(her, run):
            return media_wording.unexpected(kinds_in(along), tu=tu)
        passed = pass_on(message, her, run, clock, media=along)
        return passed.words_of_files(tu=tu) if kept.kind == "hand_over" else passed.words(tu=tu)

    return said


def _code_held(message: IncomingMessage) -> str:
    """« Bonjour, je viens pour LYC-BRO »: one that is open, in capitals as it stands on the poster, and no other."""
    held = set(_CODE_HELD.findall(message.text)[:MOST_HELD])
    known = codes_open(message.authority).filter(code__in=held)
    found = list(known.values_list("code", flat=True)[:2]) if held else []
    return found[0] if len(found) == 1 else ""


def _code_invited_to(her: Correspondent) -> str:
    """Of a conversation that is open still: once it is shut, her words are for a person as any other's."""
    code = code_invited_to(her)
    return code if code and codes_open(her.authority).filter(code=code).exists() else ""


def _sends_again(message: IncomingMessage, her: Correspondent, run: FlowRun, clock: Clock) -> bool:
    """In the place of a photo or a voice of this conversation that could not be taken."""
    refused = refused_of(run, message.media)
    if refused is None:
        return False
    now, tu = clock.now(), run.revision.flow.process.uses_tu
    sent = media_of(message.media, refused.medium)
    expect_in_place(refused=refused, sent=sent[0], words=message.text, now=now)
    words = media_wording.received(refused.medium, 1, len(sent) - 1, tu=tu)
    says = with_words(ask_again(run), words) if run.state == RunState.OPEN else (Say(words),)
    tell(her, says, errand_of(message), now=now)
    return True


def _outside(message: IncomingMessage, her: Correspondent, clock: Clock) -> str:
    """She writes, and is in no conversation of ours: it holds a code, or is for a person, once her age is known."""
    if code := _code_held(message) or _code_invited_to(her):
        return _open(code, her, message, clock)
    if message.media:
        last = her.runs.select_related("revision__flow__process").order_by("-pk").first()
        if last is not None and _sends_again(message, her, last, clock):
            return State.DONE
    if hold_until_age(message, her, clock):
        return State.HELD
    return State.DONE
