"""What the operator reads: what stays behind as an authority leaves, and what is to be done where it arrives."""

from collections.abc import Iterator, Mapping
from typing import Any

from democratic.messaging.models import IncomingMessage
from democratic.participation.campaigns.lists.models import ListedAddress, ListWave
from democratic.participation.campaigns.models import Campaign
from democratic.participation.conversations.models import Flow, FlowCode, FlowFile, FlowRun
from democratic.participation.conversations.states import RunState
from democratic.participation.inbox.models import Conversation
from democratic.participation.inbox.states import ConversationState
from democratic.thread.addresses import public_address
from democratic.thread.models import Authority


def what_stays(authority: Authority, *, with_private: bool) -> Iterator[str]:
    """Of conversations and campaigns: what can be done about it first, then what only is so."""
    flows = Flow.objects.filter(process__authority=authority).count()
    if not with_private:
        campaigns = Campaign.objects.filter(process__authority=authority).count()
        if flows or campaigns:
            yield (
                f"⚠ Restent ici, avec leurs chiffres : {_n(flows, 'conversation')} et {_n(campaigns, 'campagne')}."
                " --with-private les emporte, chiffrées."
            )
        return
    yield from _unfinished(authority)
    under_way = FlowRun.objects.filter(
        revision__flow__process__authority=authority, state=RunState.OPEN
    ).count()
    if under_way:
        yield f"Conversations en cours : {under_way}. Elles arrivent « sans suite », comptées jusqu'où elles en sont."
    listed = ListedAddress.objects.filter(address_list__campaign__process__authority=authority).count()
    if listed:
        yield (
            f"Adresses de listes : {listed}, qui restent ici. Les listes arrivent avec leurs chiffres,"
            " et se donnent de nouveau là-bas."
        )


def _unfinished(authority: Authority) -> Iterator[str]:
    files = FlowFile.objects.filter(answer__run__revision__flow__process__authority=authority)
    if kept := files.filter(state=FlowFile.State.KEPT).count():
        yield (
            f"⚠ Photos et vocaux à relire : {kept}, qui restent ici."
            " Publiez-les ou retirez-les (bureau, « Photos et vocaux »), puis exportez de nouveau."
        )
    if awaited := files.filter(state=FlowFile.State.AWAITED).count():
        yield f"⚠ Photos et vocaux encore chez leur opérateur : {awaited}, qui restent ici. Attendez qu'ils arrivent."
    letters = Conversation.objects.filter(authority=authority, correspondent__isnull=False)
    if unanswered := letters.filter(state__in=(ConversationState.NEW, ConversationState.ASSIGNED)).count():
        yield f"⚠ Lettres venues par un canal, à répondre : {unanswered}. Répondez d'abord : leur adresse reste ici."
    waves = ListWave.objects.filter(
        address_list__campaign__process__authority=authority, over_at=None
    ).count()
    if waves:
        yield f"⚠ Envois à une liste, en cours : {waves}. Arrêtez-les : ce qui part après cet export n'y est pas compté."
    received = IncomingMessage.objects.filter(authority=authority).exclude(state=IncomingMessage.State.DONE)
    if waiting := received.count():
        yield f"⚠ Messages reçus, pas encore traités : {waiting}, qui restent ici."


def what_to_do_there(authority: Authority, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Of conversations that came; nothing when none did."""
    flows = Flow.objects.filter(process__authority=authority).count()
    if not flows:
        return
    codes = FlowCode.objects.filter(authority=authority, retired_at=None).count()
    yield (
        f"Arrivées fermées, avec les mêmes codes : {_n(flows, 'conversation')}, {_n(codes, 'code')}."
        " Ouvrez d'abord les canaux (bureau, « Canaux »), puis publiez-les."
    )
    before, here = manifest.get("address", ""), public_address(authority)
    if codes and before != here:
        yield (
            f"⚠ Ce qui est imprimé mène à {before}/r/… : faites suivre cette adresse vers {here}/r/…,"
            " ou imprimez de nouveau les affiches."
        )
    if codes:
        yield "Les liens donnés aux relais ne s'ouvrent pas ici : redonnez-les."


def _n(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
