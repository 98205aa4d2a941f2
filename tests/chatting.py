"""Somebody who writes by a channel, and what comes back to her: everything goes by the way in and the way out."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from civics.territory.communes_file import Commune
from democratic.kernel.clock import Clock
from democratic.messaging.incoming import accept
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.ports import Arrived
from democratic.participation.conversations.carrying_out import carry_out_what_was_received
from democratic.participation.conversations.editing import draft_flow, give_code, publish_flow
from democratic.participation.conversations.models import Flow, FlowRun
from democratic.thread.actions.places import list_communes
from spoken_flows import PLACES
from spoken_flows import flow as written_flow

_NAMES = count()


def open_channel(authority, kind="widget", **changes):
    return ChannelUse.objects.create(
        authority=authority,
        kind=kind,
        decision="Analyse d’impact du 3 février, avis favorable de la déléguée.",
        decided_by="La déléguée à la protection des données",
        decided_on=date(2026, 2, 3),
        is_open=True,
        **changes,
    )


def open_flow(
    territory, steps=None, code="LYC-BRO", name="Bouger le soir", *, has_places=True, **changes
) -> Flow:
    if has_places:
        listed = [Commune(f"9900{rank}", place.name, place.postcode) for rank, place in enumerate(PLACES)]
        list_communes(authority=territory.authority, communes=listed)
    written = written_flow(**({"steps": steps} if steps else {}), **changes)
    flow = draft_flow(process=territory.process, name=name, content=written.model_dump(mode="json"))
    publish_flow(flow=flow, clock=territory.clock)
    give_code(flow=flow, code=code, where="school", label="Lycée de Brocéliande")
    flow.refresh_from_db()
    return flow


@dataclass
class Chatter:
    """``says`` sends one message and carries it out; ``told`` is all that was said to her, in order."""

    territory: object
    address: str = "lina"
    kind: str = "widget"
    language: str = "fr"
    clock: Clock | None = None
    names: list[str] = field(default_factory=list)

    def says(self, text="", *, choice="", media=(), name=None):
        name = name or f"m{next(_NAMES)}"
        self.names.append(name)
        sent = Arrived(name, self.address, text, choice, self.language, list(media))
        accept(self.territory.authority, self.kind, [sent])
        carry_out_what_was_received(self.clock or self.territory.clock)
        return self

    @property
    def her(self) -> Correspondent:
        rows = Correspondent.objects.filter(authority=self.territory.authority, kind=self.kind)
        return rows.exclude(heard_at=None).order_by("-heard_at", "-pk").first()

    @property
    def told(self) -> list[str]:
        return [message.body for message in self.messages]

    @property
    def messages(self) -> list[OutgoingMessage]:
        return list(OutgoingMessage.objects.filter(correspondent=self.her).order_by("pk"))

    @property
    def last(self) -> str:
        return self.told[-1]

    @property
    def run(self) -> FlowRun:
        return FlowRun.objects.order_by("-pk").first()

    @property
    def answers(self) -> dict[str, str]:
        return dict(self.run.answers.values_list("step", "value"))
