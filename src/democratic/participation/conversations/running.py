"""A run as it goes: a turn of the engine becomes rows and messages, in the transaction of what was heard."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import override

from civics.reach.engine import Kept, Note, Turn, begin, hear, say_at, silence_at, step_at
from civics.reach.rendering import Say
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import Correspondent
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations import media_wording, wording
from democratic.participation.conversations.files import Came, is_sent, room_for
from democratic.participation.conversations.keeping import keep
from democratic.participation.conversations.models import FlowCode, FlowRevision, FlowRun
from democratic.participation.conversations.speaking import Said, most_files, said_in, standing_of, with_words
from democratic.participation.conversations.states import RunState
from democratic.participation.polls.actions import part_with_taps
from democratic.thread.addresses import public_url


def start(her: Correspondent, revision: FlowRevision, code: FlowCode | None, errand: Errand) -> FlowRun:
    """Begin, and ask the first question. A conversation that she was in is left: what she said in it stays."""
    now = _moment_of(her)
    her.runs.filter(state=RunState.OPEN).update(state=RunState.LEFT, due_at=None)
    if her.is_leaving:  # she is here again: she leaves at the end of this one
        Correspondent.objects.filter(pk=her.pk).update(is_leaving=False)
    said = said_in(revision, her.language, her.kind)
    today = local_day(now, her.authority.time_zone)
    run = FlowRun(
        revision=revision,
        correspondent=her,
        code=code,
        kind=her.kind,
        language=said.speaker.language,
        started_on=today,
        heard_on=today,
    )
    run.seed = _drawn(run)
    turn = begin(said.flow, said.speaker, run.seed)
    stand(run, said, turn, now)
    run.save(force_insert=True)
    tell(her, turn.says, errand, now=now)
    return run


def _drawn(run: FlowRun) -> int:
    """By which a step that rotates chooses: of the random bits of its name (RFC 9562), so that nothing is counted."""
    return run.pk.int & 0x7FFFFFFF


def go_on(
    run: FlowRun,
    her: Correspondent,
    came: Came,
    errand: Errand,
    clock: Clock,
    set_aside: Callable[[Kept], str],
) -> Turn:
    """One answer, just heard. The caller looks after ``turn.is_aside``: words for a person.

    ``set_aside``: called once an answer is kept, with what is done of all else that came with it, and said of that.
    """
    now = _moment_of(her)
    said = said_in(run.revision, run.language, run.kind)
    turn = hear(said.flow, said.speaker, standing_of(run), came.heard)
    with override(run.language):
        before = _kept(run, her, said, turn, came, clock)
        if turn.kept is not None:
            before = f"{before} {set_aside(turn.kept)}".strip()
    run.heard_on = local_day(now, her.authority.time_zone)
    stand(run, said, turn, now)
    run.save()
    if turn.is_over:
        see_off(run, her)
    if turn.note != Note.PASSED_ON:  # who passes it on says so, and asks again
        tell(her, with_words(turn.says, before), errand, now=now)
    return turn


def _moment_of(her: Correspondent) -> datetime:
    """Of the word that is being carried out."""
    if her.heard_at is None:
        raise LookupError("nobody goes on with who has not written")
    return her.heard_at


def _kept(run: FlowRun, her: Correspondent, said: Said, turn: Turn, came: Came, clock: Clock) -> str:
    """What is said of the answer before the next question."""
    if turn.note is not None:
        kind = step_at(said.flow, turn.standing).kind
        return wording.note_words(turn.note, kind, tu=said.uses_tu)
    if turn.kept is None:
        return ""
    if turn.kept.kind == "age_band":
        run.age_band = turn.kept.value
    try:
        receipt = keep(run, her, said.flow, turn.kept, came, clock)
    except Refusal:
        return wording.over(_page_of(run))
    if receipt is None:
        return _of_files(turn.kept, came, said)
    record = receipt.idea.record
    return wording.receipt(record.code, _link(her, f"/fil/{record.code}"), tu=said.uses_tu)


def _of_files(kept: Kept, came: Came, said: Said) -> str:
    if not is_sent(kept):
        return ""
    room = room_for(came.media, kept.kind, most_files(said.flow, kept.step))
    return media_wording.received(kept.kind, room.kept, room.left, tu=said.uses_tu)


def _page_of(run: FlowRun) -> str:
    process = run.revision.flow.process
    return public_url(process.record.authority, f"/fil/{process.record.code}", run.language)


def _link(her: Correspondent, path: str) -> str:
    return public_url(her.authority, path, her.language)


def stand(run: FlowRun, said: Said, turn: Turn, now: datetime) -> None:
    there = turn.standing
    run.step, run.misses, run.offered = there.step, there.misses, list(there.offered)
    run.age_band = there.age_band
    run.state = RunState.DONE if turn.is_over else RunState.OPEN
    hours = None if turn.is_over else silence_at(said.flow, there).hours
    run.due_at = now + timedelta(hours=hours) if hours else None


def see_off(run: FlowRun, her: Correspondent) -> None:
    """Of a child, or of who said no age, nothing stays but what was counted."""
    if not standing_of(run).is_child:
        return
    part_with_taps(person_ids=[her.person_id])
    if not her.is_told:
        Correspondent.objects.filter(pk=her.pk).update(is_leaving=True)


def ask_again(run: FlowRun) -> tuple[Say, ...]:
    """The question that she is at."""
    said = said_in(run.revision, run.language, run.kind)
    return (say_at(said.flow, said.speaker, standing_of(run)),)


def asks_for(run: FlowRun) -> str:
    """The kind of the step that she is at."""
    said = said_in(run.revision, run.language, run.kind)
    return step_at(said.flow, standing_of(run)).kind


__all__ = ["ask_again", "asks_for", "go_on", "see_off", "stand", "start"]
