"""A worker that is killed while it sends: one message is in doubt, and no other is lost with it."""

import pytest

from chatting import open_channel
from civics.reach.rendering import Say
from democratic.channels.sms import Sms
from democratic.messaging.carrying import carry, send_again_what_was_interrupted
from democratic.messaging.correspondents import heard_from
from democratic.messaging.models import ChannelUse, OutgoingMessage
from democratic.messaging.telling import Errand, tell

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no handler catches: as SIGKILL, it leaves everything as it is."""


@pytest.fixture
def five(territory):
    open_channel(territory.authority, "sms")
    now = territory.clock.now()
    for rank in range(5):
        her = heard_from(
            authority=territory.authority, kind="sms", address=f"+3360000000{rank}", language="fr", now=now
        )
        tell(her, [Say(f"mot {rank}")], Errand("test"), now=now)


def states():
    return list(OutgoingMessage.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.usefixtures("five")
def test_a_kill_leaves_one_message_in_doubt_and_the_others_leave_once(monkeypatch, territory):
    left = []

    def deliver(_self, envelope):
        if len(left) == 2:
            left.append("killed")
            raise Killed
        left.append(envelope.parcel.text)

    monkeypatch.setattr(Sms, "deliver", deliver)
    with pytest.raises(Killed):
        carry()
    assert states() == ["sent", "sent", "sending", "queued", "queued"]
    ChannelUse.objects.update(slot_at=territory.clock.now())
    assert carry().sent == 2
    assert send_again_what_was_interrupted() == 0
    assert left == ["mot 0", "mot 1", "killed", "mot 3", "mot 4"]


@pytest.mark.usefixtures("five")
def test_one_burst_is_as_long_as_the_provider_s_pace(monkeypatch, territory):
    monkeypatch.setattr(Sms, "deliver", lambda _self, _envelope: None)
    ChannelUse.objects.update(limits={"per_second": 3.0})
    assert (carry().sent, carry().sent) == (3, 0)
    ChannelUse.objects.update(slot_at=territory.clock.now())
    assert carry().sent == 2
