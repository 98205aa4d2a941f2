"""What a wave may send within the next minute is written, and no more: so that it is held in time. Killed, it goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.messaging.models import ChannelUse, OutgoingMessage
from democratic.messaging.ports import Template, capabilities
from democratic.messaging.telling import Errand, daytime, tell_all
from democratic.participation.campaigns.lists.counting import FOLLOWED, messages_of, recount, settle, to_write
from democratic.participation.campaigns.lists.models import ListedAddress, ListWave
from democratic.participation.campaigns.lists.steering import hold_messages
from democratic.participation.conversations.inviting import invite_to

State = ListWave.State
MINUTE = 60
MOST = 2000  # rows in one go


def write_waves(clock: Clock) -> int:
    """Each in a transaction of its own. How many messages were written."""
    followed = ListWave.objects.filter(is_settled=False).order_by("begun_at").values_list("pk", flat=True)
    return sum(_follow(pk, clock) for pk in list(followed))


@transaction.atomic
def _follow(pk: UUID, clock: Clock) -> int:
    rows = ListWave.objects.select_for_update(of=("self",), skip_locked=True)
    whole = rows.select_related(
        "code__flow", "template", "address_list__campaign__process__record__authority"
    )
    wave = whole.filter(pk=pk, is_settled=False).first()
    if wave is None:
        return 0
    now = clock.now()
    if wave.over_at is not None:
        (settle if wave.over_at < now - FOLLOWED else lambda each, _now: recount(each))(wave, now)
        return 0
    written = _go_on(wave, now) if wave.state == State.RUNNING else 0
    recount(wave)
    return written


def _go_on(wave: ListWave, now: datetime) -> int:
    authority = wave.address_list.campaign.process.authority
    use = ChannelUse.objects.filter(authority=authority, kind=wave.address_list.kind, is_open=True).first()
    if stuck := _stuck(wave, use):
        hold_messages(wave)
        ListWave.objects.filter(pk=wave.pk).update(state=State.PAUSED, reason=stuck)
        return 0
    if use is None or daytime(use, now, authority.time_zone) > now:
        return 0
    ready = messages_of(wave).filter(state=OutgoingMessage.State.QUEUED, not_before__lte=now).count()
    room = min(MOST, max(0, round(capabilities(use).per_second * MINUTE) - ready))
    people = list(to_write(wave).select_related("correspondent__authority").order_by("pk")[:room])
    if people:
        return _write(wave, people, now)
    if room and not messages_of(wave).filter(state__in=("queued", "sending", "window")).exists():
        ListWave.objects.filter(pk=wave.pk).update(state=State.DONE, over_at=now)
    return 0


def _stuck(wave: ListWave, use: ChannelUse | None) -> str:
    if use is None:
        return _("Le canal est fermé.")
    if wave.code.retired_at is not None or not wave.code.flow.is_open:
        return _("La conversation que ce code ouvre est fermée.")
    if wave.template is not None and wave.template.retired_at is not None:
        return _("Le modèle a été retiré.")
    return ""


def _write(wave: ListWave, people: list[ListedAddress], now: datetime) -> int:
    correspondents = [each.correspondent for each in people]
    invite_to(wave.code, correspondents, why=wave.why)
    said = wave.template
    template = Template(said.name, said.language, tuple(wave.values)) if said is not None else None
    errand = Errand(wave.purpose, is_first=True, template=template)
    return len(tell_all(correspondents, lambda _language: [Say(wave.body)], errand, now=now))
