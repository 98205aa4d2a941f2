"""What a provider calls a message, looked for in a dump of the whole database: nothing that it could join with its own."""

import pytest
from canaries import dump

from chatting import Chatter, open_channel, open_flow
from democratic.messaging.correspondents import forget_leaving, forget_stopped_addresses
from democratic.messaging.incoming import accept
from democratic.messaging.models import IncomingMessage, OutgoingMessage
from democratic.messaging.ports import Arrived
from democratic.messaging.wiping import print_of_name
from democratic.participation.inbox.models import Conversation
from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = {"whatsapp": "wamid.hbgzyx", "email": "<zyx-8841@mail.example>"}


@pytest.fixture(params=["whatsapp", "email"])
def lina(live_territory, request):
    """By a channel that names her messages, and by one where our answers join the name of hers."""
    open_channel(live_territory.authority, request.param)
    open_flow(live_territory)
    address = "33600000042" if request.param == "whatsapp" else "lina@mail.example 00aa00aa00aa00aa"
    return Named(live_territory, address=address, kind=request.param)


class Named(Chatter):
    def says(self, text="", **more):
        return super().says(text, name=f"{NAMES[self.kind]}{len(self.names)}", **more)

    @property
    def provider_s_words(self):
        return NAMES[self.kind].strip("<>").lower()


def with_a_letter(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("18-25 ans").says("Un bus après minuit")
    return lina.says("C’est quand, la réponse à tout ça ?")


def left_to_be_sent():
    OutgoingMessage.objects.update(state="sent")


def test_of_who_is_14_nothing_of_what_her_provider_calls_her_messages_is_left(lina):
    lina.says("LYC-BRO").says("mon secret à moi c'est quoi ?").says("1").says("Vaubrun")
    assert IncomingMessage.objects.get(state="held").name, (
        "it waits for her age, and may be answered until then"
    )
    lina.says("Moins de 15 ans")
    left_to_be_sent()
    forget_leaving()
    said = dump()
    assert lina.provider_s_words not in said
    assert lina.address.partition(" ")[0] not in said
    assert print_of_name(lina.kind, lina.names[0]) in said, "the print that refuses it a second time"


def test_of_who_erases_herself_no_name_is_left_of_a_letter_nor_of_what_nobody_could_carry_out(lina):
    with_a_letter(lina)
    assert Conversation.objects.exists()
    rows = IncomingMessage.objects.filter(pk=IncomingMessage.objects.order_by("pk").last().pk)
    rows.update(state="parked", address=lina.address, text="zyxparked", name=lina.names[-1])
    assert lina.provider_s_words in dump()
    guest = Person.objects.get(pk=lina.her.person_id)
    erase_guest(guest=guest, with_words=True, clock=lina.territory.clock)
    said = dump()
    assert lina.provider_s_words not in said
    assert "zyxparked" not in said
    assert lina.address.partition(" ")[0] not in said


def test_a_letter_of_who_still_writes_holds_no_name_of_her_provider_s(lina):
    with_a_letter(lina)
    kept = Conversation.objects.get().messages.get(kind="received")
    assert kept.external_id == f"{lina.kind}:{print_of_name(lina.kind, lina.names[-1])}"


def test_after_stop_nothing_of_what_her_provider_calls_her_messages_is_left_and_twice_is_still_once(lina):
    lina.says("LYC-BRO").says("avant mon âge, une question ?").says("STOP")
    left_to_be_sent()
    forget_stopped_addresses()
    said = dump()
    assert lina.provider_s_words not in said
    assert lina.address.partition(" ")[0] not in said
    again = [Arrived(name, lina.address, "LYC-BRO") for name in lina.names]
    assert accept(lina.territory.authority, lina.kind, again) == 0


def test_who_writes_again_after_stop_has_no_name_kept_either(lina):
    lina.says("LYC-BRO").says("STOP")
    left_to_be_sent()
    forget_stopped_addresses()
    lina.says("et ceci ?")
    assert lina.provider_s_words not in dump()
