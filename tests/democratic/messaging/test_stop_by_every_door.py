"""STOP by one door of an address: nothing is written there first by any other, whoever writes and however it was given."""

import pytest

from chatting import Chatter, open_channel
from civics.reach.rendering import Say
from democratic.channels.email.exchanges import Exchange
from democratic.channels.sms import Sms
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.carrying import carry
from democratic.messaging.correspondents import forget_stopped_addresses, heard_from, stop
from democratic.messaging.delivery import deliver
from democratic.messaging.links import stop_url
from democratic.messaging.models import Correspondent, OutgoingMessage
from democratic.messaging.stopping import doors_of
from democratic.messaging.telling import Errand, tell
from democratic.participation.campaigns.lists.counting import fates_of
from democratic.participation.campaigns.lists.writing import write_waves
from democratic.people.actions import (
    address_for_one_message,
    leave_address,
    prove_address,
    stop_address,
    welcome_guest,
)
from democratic.people.models import StoppedAddress
from factories import build_territory
from listing import NOON, at, begun, campaign_to_write, listed
from traces import traces_of

pytestmark = pytest.mark.django_db
EMAIL, NUMBER = "lina@mail.example", "+33612345601"
FIRST = Errand("wave:x", is_first=True)


@pytest.fixture
def left(monkeypatch):
    """What providers were handed."""
    handed = []
    monkeypatch.setattr(Sms, "deliver", lambda _self, envelope: handed.append(envelope.parcel.text))
    return handed


def heard(territory, kind="email", address=""):
    known = address or Exchange.begun_by(EMAIL, "<a@mail.example>").address
    return heard_from(authority=territory.authority, kind=kind, address=known, language="fr", now=NOON)


def notices_of(email=EMAIL):
    return address_for_one_message(email=email, language="fr")


def states():
    return list(OutgoingMessage.objects.order_by("pk").values_list("state", flat=True))


def test_stop_said_to_a_notice_ends_what_campaigns_write_first_to_that_mailbox_and_she_is_still_answered(
    territory,
):
    open_channel(territory.authority, "email")
    her = heard(territory)
    stop_address(address=notices_of(), clock=at())
    assert tell(her, [Say("Bus du soir ?")], FIRST, now=NOON) == []
    assert states() == ["stopped"]
    assert "arrêt" in OutgoingMessage.objects.get().reason
    assert tell(her, [Say("Bonjour")], Errand("turn:x"), now=NOON)[0].state == "queued"


def test_stop_said_to_a_notice_after_a_list_was_given_is_told_and_the_address_goes(client, territory):
    wave = begun(listed(territory, f"{EMAIL}\nnour@mail.example", "email"))
    write_waves(at())
    address = notices_of()
    client.post("/" + stop_url(address, territory.authority).split("/", 3)[3])
    assert sorted(states()) == ["queued", "stopped"]
    address.delete()
    forget_stopped_addresses()
    assert traces_of(EMAIL) == []
    write_waves(at())
    fates = fates_of(wave)
    assert (fates.stopped, fates.waiting, fates.to_write) == (1, 1, 0)


def test_stop_said_between_the_writing_and_the_sending_holds_by_its_print_alone(territory, left):
    open_channel(territory.authority, "sms")
    her = heard(territory, "sms", NUMBER)
    tell(her, [Say("Bus du soir ?")], FIRST, now=NOON)
    tell(her, [Say("Bonjour")], Errand("turn:x"), now=NOON)
    OutgoingMessage.objects.update(not_before=None)
    for printed in doors_of("whatsapp", NUMBER.removeprefix("+")):
        StoppedAddress.objects.create(email_print=printed, stopped_at=NOON)
    StoppedAddress.objects.filter(email_print=her.address_print).delete()
    carry()
    assert (states(), left) == (["stopped", "sent"], ["Bonjour"])
    assert OutgoingMessage.objects.first().body == ""


@pytest.mark.parametrize(("said_by", "written_by"), [("sms", "whatsapp"), ("whatsapp", "sms")])
def test_one_telephone_has_one_stop_for_what_is_written_first(territory, said_by, written_by):
    numbers = {"sms": NUMBER, "whatsapp": NUMBER.removeprefix("+")}
    open_channel(territory.authority, said_by)
    open_channel(territory.authority, written_by)
    other = heard(territory, written_by, numbers[written_by])
    Chatter(territory, address=numbers[said_by], kind=said_by).says("STOP")
    assert tell(other, [Say("Bus du soir ?")], FIRST, now=NOON) == []


def test_stop_by_whatsapp_once_a_list_of_sms_was_given_ends_it_there(territory):
    campaign = campaign_to_write(territory)
    open_channel(territory.authority, "whatsapp")
    begun(listed(territory, campaign=campaign))
    write_waves(at())
    Chatter(territory, address=NUMBER.removeprefix("+"), kind="whatsapp").says("STOP")
    theirs = OutgoingMessage.objects.filter(correspondent__kind="sms").order_by("correspondent__address")
    assert [each.state for each in theirs] == ["stopped", "queued", "queued"]
    assert Correspondent.objects.get(kind="sms", address=NUMBER).stopped_at is not None


def test_stop_said_to_one_authority_holds_for_the_others(territory):
    both = (territory.authority, build_territory("autre", host="autre.example").authority)
    for authority in both:
        open_channel(authority, "sms")
    hers = [
        heard_from(authority=authority, kind="sms", address=NUMBER, language="fr", now=NOON)
        for authority in both
    ]
    stop(hers[0], now=NOON)
    hers[1].refresh_from_db()
    assert tell(hers[1], [Say("Bus du soir ?")], FIRST, now=NOON) == []


def test_stop_said_to_a_conversation_leaves_what_an_account_confirmed(territory, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    open_channel(territory.authority, "email")
    person = welcome_guest()
    address = leave_address(
        person=person, email=EMAIL, purpose="notices", wording="Oui", language="fr", clock=at()
    )
    prove_address(address=address, clock=at())
    stop(heard(territory), now=NOON)
    queue_messages([Notice(territory.authority, address, "answer", "Une réponse", "…")])
    assert deliver().sent == 1


def test_no_campaign_writes_first_where_stop_was_said_to_a_conversation_whatever_list_is_given(territory):
    campaign = campaign_to_write(territory, "email")
    kept = listed(territory, f"{EMAIL}\nnour@mail.example", "email", campaign=campaign)
    stop(heard(territory), now=NOON)
    wave = begun(kept)
    write_waves(at())
    assert states() == ["queued"]
    assert fates_of(wave).stopped == 1
