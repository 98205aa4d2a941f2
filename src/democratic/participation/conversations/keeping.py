"""What an answer becomes: a contribution, a tap on a question, an agreement to be told; and a line in its run."""

from collections.abc import Collection
from uuid import UUID

from civics.reach.engine import Kept
from civics.reach.flow import ChoiceStep, Flow
from civics.reach.reading import MEDIA
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import ChannelKind, Correspondent
from democratic.participation.conversations.files import (
    Came,
    expect_files,
    forget_files,
    is_sent,
    media_of,
)
from democratic.participation.conversations.models import FlowAnswer, FlowRun
from democratic.participation.conversations.speaking import most_files
from democratic.participation.ideas.actions import Receipt, submit_idea
from democratic.participation.polls.actions import answer_poll
from democratic.participation.polls.models import Poll
from democratic.participation.processes.rules import refuse_unless_open
from democratic.participation.processes.tool import Act
from democratic.people.consents import agree_in_conversation
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.actions.marks import follow
from democratic.thread.models import Origin

ORIGINS = {
    ChannelKind.SMS: Origin.SMS,
    ChannelKind.EMAIL: Origin.EMAIL,
    ChannelKind.KIOSK: Origin.ROOM,
}


def origin_of(kind: str) -> Origin:
    """A window on a site is the web; a screen in a hall, the room; the rest are chats."""
    if kind == ChannelKind.WIDGET:
        return Origin.WEB
    return ORIGINS.get(ChannelKind(kind), Origin.CHAT)


def keep(
    run: FlowRun, her: Correspondent, flow: Flow, kept: Kept, came: Came, clock: Clock
) -> Receipt | None:
    """A receipt for a sentence. A Refusal when the process no longer listens: nothing of it is kept then."""
    if kept.kind in MEDIA and not is_sent(kept):
        return None
    if is_sent(kept):
        refuse_unless_open(run.revision.flow.process_id, Act.SUBMIT_IDEA, clock.now())
    receipt = None
    if kept.kind == "text":
        receipt = _contribute(run, her, kept, clock)
    elif kept.kind == "choice":
        _tap(run, her, flow, kept, clock)
    elif kept.kind == "age_band":
        Person.objects.filter(pk=her.person_id).update(age_band=kept.value)
    elif kept.kind == "consent" and kept.value == "yes":
        _agree(run, her, flow, kept, clock)
    if kept.kind == "hand_over":
        return None  # her words are a letter, and no answer
    answer = FlowAnswer(
        run=run,
        step=kept.step,
        kind=kept.kind,
        value="" if receipt else kept.value[:160],
        record=receipt.idea.record if receipt else None,
    )
    FlowAnswer.objects.bulk_create(
        [answer],
        update_conflicts=True,
        unique_fields=["run", "step"],
        update_fields=["kind", "value", "record"],
    )
    if is_sent(kept) and (sent := media_of(came.media, kept.kind)):
        answer = FlowAnswer.objects.get(run=run, step=kept.step)  # the one of before, when she answers again
        taken = sent[: most_files(flow, kept.step)]
        expect_files(answer=answer, sent=taken, words=came.heard.text, now=clock.now())
    return receipt


def _contribute(run: FlowRun, her: Correspondent, kept: Kept, clock: Clock) -> Receipt:
    said = FlowAnswer.objects.filter(run=run, kind="place").values_list("value", flat=True).first()
    return submit_idea(
        process=run.revision.flow.process,
        author=her.person,
        words=Words(title="", text=kept.value, language=run.language),
        clock=clock,
        origin=origin_of(run.kind),
        place=said or "",
        age_band=run.age_band,
    )


def _tap(run: FlowRun, her: Correspondent, flow: Flow, kept: Kept, clock: Clock) -> None:
    """In the question of the process that this step stands for. A question that closed counts no more; she goes on."""
    step = next(each for each in flow.singles() if each.key == kept.step)
    if not isinstance(step, ChoiceStep) or not step.poll:
        return
    poll = Poll.objects.filter(record__code=step.poll, process=run.revision.flow.process_id).first()
    if poll is None:
        return
    rank = [each.key for each in step.options].index(kept.value)
    ranks = list(poll.options.order_by("rank").values_list("rank", flat=True))
    if rank < len(ranks):
        try:
            answer_poll(
                poll_id=poll.pk, rank=ranks[rank], person=her.person, clock=clock, origin=origin_of(run.kind)
            )
        except Refusal:
            return


def _agree(run: FlowRun, her: Correspondent, flow: Flow, kept: Kept, clock: Clock) -> None:
    step = next(each for each in flow.singles() if each.key == kept.step)
    Correspondent.objects.filter(pk=her.pk).update(is_told=True)
    her.is_told = True
    agree_in_conversation(
        person=her.person,
        address_print=her.address_print,
        wording=flow.in_language(step.text, run.language),
        language=run.language,
        clock=clock,
    )
    follow(record=run.revision.flow.process.record, person=her.person)


def part_with_answers(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """What she answered stays as it was counted, and is nobody's any more; what she sent goes."""
    forget_files(person_ids=person_ids, now=clock.now())
    FlowRun.objects.filter(correspondent__person__in=person_ids).update(correspondent=None)
