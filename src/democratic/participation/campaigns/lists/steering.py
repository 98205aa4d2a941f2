"""A wave begun, held, taken up again, ended. What may leave at once is written by ``writing``, a minute ahead."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.models import ChannelUse, MessageTemplate, OutgoingMessage
from democratic.participation.campaigns.lists.composing import Composed, compose
from democratic.participation.campaigns.lists.counting import messages_of
from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.models import Campaign
from democratic.participation.conversations.models import FlowCode

State = ListWave.State


@dataclass(frozen=True, slots=True)
class Draft:
    """``fare``: of one part, in thousandths of a euro."""

    code: FlowCode
    text: str = ""
    template: MessageTemplate | None = None
    fare: int = 0


MOST_CODES = 50


def codes_to_answer(campaign: Campaign) -> list[FlowCode]:
    """Codes of this campaign whose conversation is open."""
    codes = FlowCode.objects.filter(
        in_campaign__public__campaign=campaign, retired_at=None, flow__is_open=True
    )
    return list(codes.select_related("flow").order_by("code")[:MOST_CODES])


def compose_draft(address_list: AddressList, draft: Draft) -> Composed:
    """As it would leave. Refusal: it may not."""
    campaign, code = address_list.campaign, draft.code
    if address_list.erased_at is not None:
        raise Conflict(_("Cette liste est effacée : il n’y a plus personne à qui écrire."))
    uses = ChannelUse.objects.filter(authority=campaign.process.authority_id, kind=address_list.kind)
    if not uses.filter(is_open=True).exists():
        raise Conflict(_("Ce canal n’est pas ouvert : sa décision s’écrit dans « Les canaux »."))
    is_of_campaign = FlowCode.objects.filter(pk=code.pk, in_campaign__public__campaign=campaign)
    if not is_of_campaign.filter(retired_at=None, flow__is_open=True).exists():
        raise Refusal(
            _("Choisissez un code de cette campagne, dont la conversation est ouverte."), field="code"
        )
    return compose(address_list, code, draft.text, draft.template)


@transaction.atomic
def begin_wave(*, address_list: AddressList, draft: Draft, clock: Clock) -> ListWave:
    """One at a time for a list. Nothing leaves here: a job writes what may leave."""
    locked = AddressList.objects.select_for_update(of=("self",)).get(pk=address_list.pk)
    locked.campaign = address_list.campaign
    composed = compose_draft(locked, draft)
    try:
        with transaction.atomic():
            return ListWave.objects.create(
                address_list=locked,
                code=draft.code,
                template=draft.template,
                body=composed.body,
                values=list(composed.template.parameters) if composed.template else [],
                why=composed.why,
                parts=composed.parts,
                fare=draft.fare,
                begun_at=clock.now(),
            )
    except IntegrityError as clash:
        if "one_wave_at_a_time" not in str(clash):
            raise
        raise Conflict(
            _("Un envoi est déjà en cours vers cette liste : attendez sa fin, ou arrêtez-le.")
        ) from clash


@transaction.atomic
def pause_wave(*, wave: ListWave) -> None:
    """Nothing more leaves, but what its provider has already. Conflict: it is over."""
    if _move(wave, (State.RUNNING,), state=State.PAUSED):
        hold_messages(wave)


@transaction.atomic
def resume_wave(*, wave: ListWave) -> None:
    """Conflict: it is over."""
    _move(wave, (State.PAUSED,), state=State.RUNNING, reason="")


@transaction.atomic
def end_wave(*, wave: ListWave, clock: Clock) -> None:
    """For good: who was not written to is not. Conflict: it had come to its end by itself."""
    if _move(wave, (State.RUNNING, State.PAUSED), state=State.ENDED, over_at=clock.now()):
        hold_messages(wave)


def hold_messages(wave: ListWave) -> None:
    """What waits is taken back: on these channels it has surely not left, and may be written again as it was."""
    messages_of(wave).filter(state__in=(OutgoingMessage.State.QUEUED, OutgoingMessage.State.WINDOW)).delete()


def _move(wave: ListWave, before: tuple[str, ...], *, state: str, **changes: Any) -> bool:
    """Pressed twice is once; what can't be any more is refused, with what is so."""
    if ListWave.objects.filter(pk=wave.pk, state__in=before).update(state=state, **changes):
        return True
    wave.refresh_from_db(fields=["state"])
    if wave.state != state:
        said = {"state": wave.get_state_display()}
        raise Conflict(_("Rien n’a changé : l’état de cet envoi est « %(state)s ».") % said)
    return False
