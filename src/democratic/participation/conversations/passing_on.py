"""Words, photos and voices that fit no step: a letter, with its day; never a child's, and never before her age is known."""

from dataclasses import dataclass

from django.utils.translation import override

from civics.reach.engine import CHILD
from civics.reach.flow import AgeStep
from civics.reach.reading import Heard, read
from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.messaging.models import ChannelKind, Correspondent, IncomingMessage
from democratic.messaging.telling import Errand, tell
from democratic.messaging.wiping import wipe
from democratic.participation.conversations import media_wording, wording
from democratic.participation.conversations.coming_along import CameAlong, may_take, take_along
from democratic.participation.conversations.files import Media, forget_files, kinds_in
from democratic.participation.conversations.lexicon import lexicon
from democratic.participation.conversations.models import FlowRun
from democratic.participation.inbox.models import Channel, Conversation
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.people.models import AgeBand, Person

State = IncomingMessage.State
_CHANNELS = {ChannelKind.SMS: Channel.SMS, ChannelKind.EMAIL: Channel.EMAIL}
_AGE = AgeStep(kind="age_band", key="age", text={"fr": "?"})


@dataclass(frozen=True, slots=True)
class PassedOn:
    """``came``: what was taken of the photos and voices; None where none may be."""

    conversation: Conversation
    kinds: frozenset[str]
    came: CameAlong | None = None

    def words(self, *, tu: bool) -> str:
        """What she is told of it, in one message."""
        return f"{self.words_of_files(tu=tu)} {wording.passed_on(self.conversation, tu=tu)}".strip()

    def words_of_files(self, *, tu: bool) -> str:
        came = self.came
        if came is None:
            return media_wording.unexpected(self.kinds, tu=tu)
        left = came.photos.left + came.voices.left
        said = media_wording.came_along(came.photos.kept, came.voices.kept, left, tu=tu)
        return f"{said} {media_wording.unexpected(came.others, tu=tu)}".strip()


def pass_on(
    message: IncomingMessage,
    her: Correspondent,
    run: FlowRun | None,
    clock: Clock,
    *,
    media: Media | None = None,
    was_held: bool = False,
) -> PassedOn:
    """To the inbox. The age band is the one that she said, in this conversation or an earlier one.

    ``media``: what came along, when not all that the message names. ``was_held``: she was told that no file of it is
    kept, as her age was not known.
    """
    along = message.media if media is None else media
    her.person.refresh_from_db(fields=["age_band"])
    received = receive_message(
        authority=message.authority,
        channel=_CHANNELS.get(ChannelKind(message.kind), Channel.CHAT),
        text=message.text,
        sender=Sender(
            person=her.person, correspondent=her, language=her.language, age_band=her.person.age_band
        ),
        external_id=f"{message.kind}:{message.external_id}",
        attachments=[
            {
                "name": each.get("name") or each.get("kind", ""),
                "type": each.get("type") or each.get("kind", ""),
                "size": int(each.get("size", 0)),
            }
            for each in along
        ],
        process=run.revision.flow.process.record if run else None,
        clock=clock,
    )
    came = None
    if received.is_new and not was_held and may_take(her, run):
        came = take_along(letter=received.message, media=along, now=clock.now())
    return PassedOn(received.conversation, frozenset(kinds_in(along)), came)


def hold_until_age(message: IncomingMessage, her: Correspondent, clock: Clock) -> bool:
    """Whether it waits for her age. Known and grown: it is passed on at once; a child's words are not kept."""
    errand = Errand(f"turn:{message.pk.hex}")
    now = clock.now()
    band = her.person.age_band
    held = _held(her)
    if band == AgeBand.UNSAID and held and (said := _age_said(message, her)):
        Person.objects.filter(pk=her.person_id).update(age_band=said)
        her.person.age_band = said
        _answer_held(her, None, errand, clock)
        return False
    unexpected = media_wording.unexpected(kinds_in(message.media), tu=False)
    if band == AgeBand.UNSAID:
        ask = Say(
            f"{unexpected} {wording.age_first(tu=False)}\n{wording.age_asked(tu=False)}".strip(),
            lexicon(her.language)["age_band"],
        )
        tell(her, [ask], errand, now=now)
        return True
    if band in CHILD:
        words = wording.child_unheard(her.authority, tu=False)
        tell(her, [Say(f"{unexpected} {words}".strip())], errand, now=now)
        Correspondent.objects.filter(pk=her.pk).update(is_leaving=True)
        return False
    passed = pass_on(message, her, None, clock)
    tell(her, [Say(passed.words(tu=False))], errand, now=now)
    return False


def _age_said(message: IncomingMessage, her: Correspondent) -> str:
    options = lexicon(her.language)["age_band"]
    return read(_AGE, Heard(message.text, message.choice.rpartition(":")[2]), options, ()).value


def hear_age(her: Correspondent, run: FlowRun, clock: Clock) -> None:
    """She said her age in a flow: what waited for it is passed on, or forgotten; so is what she had sent before."""
    if run.age_band in CHILD:
        forget_files(person_ids=[her.person_id], now=clock.now())
    if _held(her):
        her.person.refresh_from_db(fields=["age_band"])
        _answer_held(her, run, Errand(f"held:{run.pk.hex}"), clock)


def _held(her: Correspondent) -> list[IncomingMessage]:
    rows = IncomingMessage.objects.filter(authority=her.authority, kind=her.kind, state=State.HELD)
    return list(rows.filter(address=her.address).order_by("pk"))


def _answer_held(her: Correspondent, run: FlowRun | None, errand: Errand, clock: Clock) -> None:
    is_child = her.person.age_band in CHILD
    tu = run is not None and run.revision.flow.process.uses_tu
    conversation = None
    for message in _held(her):
        if not is_child:
            conversation = pass_on(message, her, run, clock, was_held=True).conversation
        message.state = State.DONE
        wipe(message)
        message.save()
    with override(her.language):
        if conversation is not None:
            words = wording.passed_on(conversation, tu=tu)
        else:
            words = wording.child_unheard(her.authority, tu=tu)
            if run is None:
                Correspondent.objects.filter(pk=her.pk).update(is_leaving=True)
        tell(her, [Say(words)], errand, now=clock.now())
