"""A worker that is killed while it sends: one message is in doubt, and no other is lost with it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from chatting import open_channel
from civics.reach.rendering import Say
from democratic.channels.sms import Sms
from democratic.messaging.carrying import carry, send_again_what_was_interrupted
from democratic.messaging.correspondents import heard_from
from democratic.messaging.delivery import give_up_interrupted
from democratic.messaging.handing import MOST_TRIES
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.ports import Later
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
def test_a_kill_leaves_in_doubt_what_was_at_the_provider_and_the_others_leave_once(monkeypatch, territory):
    left = []

    def deliver(_self, envelope):
        if envelope.parcel.text == "mot 3":
            left.append("killed")
            raise Killed
        left.append(envelope.parcel.text)

    ChannelUse.objects.update(limits={"hands": 2, "per_second": 50})
    monkeypatch.setattr(Sms, "deliver", deliver)
    with pytest.raises(Killed):
        carry()
    assert states()[:2] == ["sent", "sent"]
    assert states()[3:] == ["sending", "queued"]
    assert set(left) <= {"mot 0", "mot 1", "mot 2", "killed"}
    ChannelUse.objects.update(slot_at=territory.clock.now())
    assert carry().sent == 1
    assert send_again_what_was_interrupted() == 0
    assert sorted(left) == ["killed", "mot 0", "mot 1", "mot 2", "mot 4"]


@pytest.mark.usefixtures("five")
def test_one_burst_is_as_long_as_the_provider_s_pace(monkeypatch, territory):
    monkeypatch.setattr(Sms, "deliver", lambda _self, _envelope: None)
    ChannelUse.objects.update(limits={"per_second": 15.0})
    assert (carry().sent, carry().sent) == (3, 0)
    ChannelUse.objects.update(slot_at=territory.clock.now())
    assert carry().sent == 2


@pytest.mark.usefixtures("five")
def test_as_many_are_at_the_provider_at_once_as_it_takes_and_no_more(monkeypatch):
    meeting, together = threading.Barrier(3, timeout=20), []

    def deliver(_self, _envelope):
        if len(together) < 3:
            together.append(meeting.wait())

    ChannelUse.objects.update(limits={"hands": 3, "per_second": 50})
    monkeypatch.setattr(Sms, "deliver", deliver)
    assert carry().sent == 5
    assert sorted(together) == [0, 1, 2]


def test_what_goes_to_one_person_leaves_in_its_order_and_what_can_t_leave_holds_the_rest(
    monkeypatch, territory, five
):
    del five
    her = Correspondent.objects.order_by("pk").first()
    tell(her, [Say("suite"), Say("fin")], Errand("more"), now=territory.clock.now())
    left = []

    def deliver(_self, envelope):
        if envelope.parcel.text == "suite" and "suite" not in left:
            left.append("suite")
            raise Later("her server is busy", is_alone=True)
        left.append(envelope.parcel.text)

    ChannelUse.objects.update(limits={"per_second": 50})
    monkeypatch.setattr(Sms, "deliver", deliver)
    carry()
    assert "fin" not in left
    assert [state for state in states() if state == "queued"] == ["queued", "queued"]
    OutgoingMessage.objects.update(not_before=None)
    ChannelUse.objects.update(slot_at=territory.clock.now())
    carry()
    assert left[-2:] == ["suite", "fin"]


@pytest.mark.usefixtures("five")
def test_a_provider_that_is_down_is_waited_for_a_day_and_asked_once_at_a_time(monkeypatch, territory):
    asked = []

    def deliver(_self, envelope):
        asked.append(envelope.address)
        raise Later("down", after=30)

    ChannelUse.objects.update(limits={"hands": 1, "per_second": 50})
    monkeypatch.setattr(Sms, "deliver", deliver)
    for _each in range(12):
        OutgoingMessage.objects.update(not_before=None)
        ChannelUse.objects.update(slot_at=territory.clock.now())
        carry()
    assert states() == ["queued"] * 5
    assert len(asked) == 12
    # What was held for days, until the morning or its turn in the week, has waited for no provider yet.
    OutgoingMessage.objects.update(not_before=None, created_at=territory.clock.now() - timedelta(days=3))
    ChannelUse.objects.update(slot_at=territory.clock.now())
    carry()
    assert states() == ["queued"] * 5
    OutgoingMessage.objects.update(not_before=None, attempts=MOST_TRIES - 1)
    ChannelUse.objects.update(slot_at=territory.clock.now())
    carry()
    assert states().count("failed") == 1
    assert OutgoingMessage.objects.get(state="failed").reason == "down"


@pytest.mark.usefixtures("five")
def test_what_was_written_last_night_and_is_being_sent_now_is_neither_given_up_nor_sent_again(monkeypatch):
    """The hourly tidy passes while the provider has it: created long ago says nothing of how long it has been there."""
    OutgoingMessage.objects.update(created_at=timezone.now() - timedelta(hours=10))
    monkeypatch.setattr(Sms, "can", replace(Sms.can, is_idempotent=True))
    tidied = []

    def deliver(_self, _envelope):
        tidied.append((send_again_what_was_interrupted(), give_up_interrupted()))

    ChannelUse.objects.update(limits={"hands": 1, "per_second": 5})
    monkeypatch.setattr(Sms, "deliver", deliver)
    monkeypatch.setattr(
        "democratic.messaging.handing.ThreadPoolExecutor", None
    )  # one at a time, on this connection
    assert carry().sent == 1
    assert tidied == [(0, 0)]
    assert states() == ["sent", "queued", "queued", "queued", "queued"]


@pytest.mark.usefixtures("five")
def test_what_was_claimed_and_not_marked_is_in_doubt_after_ten_minutes():
    moments = {"claimed_at": timezone.now() - timedelta(minutes=11), "created_at": timezone.now()}
    OutgoingMessage.objects.filter(body="mot 0").update(state="sending", **moments)
    assert give_up_interrupted() == 1
    assert states()[0] == "failed"
