"""Writing a flow: a draft that is checked at each change, published whole as a revision, opened and shut."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from civics.reach.checking import Finding, findings_of
from civics.reach.flow import Flow as WrittenFlow
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.messaging.models import ChannelUse
from democratic.messaging.ports import capabilities
from democratic.participation.conversations.models import Flow, FlowCode, FlowRevision
from democratic.participation.conversations.speaking import places_of
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process

_CODE = re.compile(r"[A-Z0-9]{2,10}-[A-Z0-9]{2,10}")


class NotAFlow(Refusal):
    """``places``: where in the file, and what is wrong there."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(_("Ce n’est pas une conversation que l’on sait lire."), field="content")
        self.places = list(places)


def read_flow(content: Mapping[str, Any]) -> WrittenFlow:
    try:
        return WrittenFlow.model_validate(content)
    except ValidationError as wrong:
        raise NotAFlow([_place(each["loc"], each["msg"]) for each in wrong.errors()]) from wrong


def _place(where: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, where))}: {message.removeprefix('Value error, ')}"


def findings(flow: Flow) -> list[Finding]:
    """What this draft lacks; on the channels that its authority opened, and with the process's own questions."""
    written = read_flow(flow.draft)
    uses = ChannelUse.objects.filter(authority=flow.process.authority_id, is_open=True)
    found = findings_of(written, {use.kind: capabilities(use) for use in uses})
    asks_where = [step.key for step in written.singles() if step.kind == "place"]
    if asks_where and not places_of(flow.process.authority_id):
        found += [Finding("no_places", key) for key in asks_where]
    return found + _polls(flow, written)


def _polls(flow: Flow, written: WrittenFlow) -> list[Finding]:
    """A step that stands for a question has as many answers as it, in its order."""
    named = {step.poll: step for step in written.singles() if step.kind == "choice" and step.poll}
    known = {poll.record.code: poll for poll in Poll.objects.filter(process=flow.process_id, record__code__in=named)
             .select_related("record").prefetch_related("options")}  # fmt: skip
    found = []
    for code, step in named.items():
        if code not in known:
            found.append(Finding("no_such_poll", step.key, code))
        elif len(known[code].options.all()) != len(step.options):
            found.append(Finding("poll_options", step.key, code))
    return found


@transaction.atomic
def draft_flow(*, process: Process, name: str, content: Mapping[str, Any]) -> Flow:
    named = clean_line(name)[:80]
    if not named:
        raise Refusal(_("Donnez un nom à cette conversation : il n’est lu que de vous."), field="name")
    read_flow(content)
    try:
        with transaction.atomic():
            return Flow.objects.create(process=process, name=named, draft=dict(content))
    except IntegrityError as clash:
        raise Conflict(_("Une autre conversation porte déjà ce nom ici."), field="name") from clash


@transaction.atomic
def change_draft(*, flow: Flow, content: Mapping[str, Any], edition: int) -> Flow:
    """``edition``: the one that was in front of the agent."""
    read_flow(content)
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    if locked.edition != edition:
        raise Conflict(
            _(
                "Quelqu’un a changé cette conversation pendant que vous écriviez. Relisez-la, puis recommencez."
            )
        )
    locked.draft, locked.edition = dict(content), edition + 1
    locked.save(update_fields=["draft", "edition"])
    return locked


@transaction.atomic
def publish_flow(*, flow: Flow, clock: Clock) -> FlowRevision:
    """The draft as it stands, for who begins from now on; who is inside an older revision finishes it.

    One that arrived from another installation is then of here.
    """
    locked = Flow.objects.select_for_update(of=("self",)).select_related("process").get(pk=flow.pk)
    if any(each.blocks for each in findings(locked)):
        raise Conflict(_("Il reste à corriger avant de publier : les points sont listés sous chaque étape."))
    last = locked.revisions.order_by("-number").first()
    if last is not None and last.content == locked.draft:
        revision = last
    else:
        revision = FlowRevision.objects.create(
            flow=locked,
            number=(last.number if last else 0) + 1,
            content=locked.draft,
            published_at=clock.now(),
        )
    Flow.objects.filter(pk=locked.pk).update(is_open=True, came_at=None)
    return revision


@transaction.atomic
def shut_flow(*, flow: Flow) -> None:
    """Nobody begins it any more; who is inside finishes."""
    Flow.objects.filter(pk=flow.pk).update(is_open=False)


@transaction.atomic
def give_code(*, flow: Flow, code: str, where: str, label: str, cost: int = 0) -> FlowCode:
    """A code of its own for each place, school, relay and agent: it tells where people came from, never who."""
    typed = clean_line(code).upper().replace(" ", "-")
    if not _CODE.fullmatch(typed):
        raise Refusal(_("Un code a deux parties de lettres ou de chiffres, comme LYC-BRO."), field="code")
    named = clean_line(label)[:80]
    if not named:
        raise Refusal(_("Dites où ce code sera : un lieu, un établissement, un relais."), field="label")
    try:
        with transaction.atomic():
            return FlowCode.objects.create(
                authority=flow.process.authority, flow=flow, code=typed, where=where, label=named, cost=cost
            )
    except IntegrityError as clash:
        if "one_flow_per_code" not in str(clash):
            raise
        raise Conflict(_("Ce code est déjà pris. Choisissez-en un autre."), field="code") from clash
