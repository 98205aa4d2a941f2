"""A list that may be written to first: what is kept of it, until when, and never of who had said STOP."""

from datetime import timedelta

import pytest

from campaigning import plan
from chatting import Chatter, open_channel
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.correspondents import heard_from, print_of_address
from democratic.messaging.models import Correspondent
from democratic.participation.campaigns.lists import forgetting
from democratic.participation.campaigns.lists.forgetting import forget_old_lists, leave_lists
from democratic.participation.campaigns.lists.keeping import erase_list_now
from democratic.participation.campaigns.lists.models import AddressList, ListedAddress, ListWave
from democratic.participation.campaigns.lists.writing import write_waves
from democratic.people.consents import print_of
from democratic.people.models import Person, StoppedAddress
from democratic.thread.models import Entry
from listing import NOON, NUMBERS, at, begun, campaign_to_write, listed, messages

pytestmark = pytest.mark.django_db


def stopped(printed):
    StoppedAddress.objects.create(email_print=printed, stopped_at=NOON)


def test_a_list_keeps_addresses_alone_and_says_where_they_come_from(territory):
    kept = listed(territory)
    assert (kept.size, kept.stopped) == (3, 0)
    known = Correspondent.objects.filter(listed__address_list=kept).order_by("address")
    assert [each.address for each in known] == ["+33612345601", "+33612345602", "+33612345603"]
    assert {each.heard_at for each in known} == {None}
    assert "Lina" not in str(list(Person.objects.values())), "whatever else a sheet held is left out"


def test_who_said_stop_is_counted_and_never_stored(territory):
    campaign = campaign_to_write(territory)
    before = Correspondent.objects.count()
    stopped(print_of_address("sms", "+33612345601"))
    stopped(print_of_address("whatsapp", "33612345602"))
    kept = listed(territory, campaign=campaign)
    assert (kept.size, kept.stopped) == (1, 2)
    assert Correspondent.objects.count() == before + 1
    assert not Correspondent.objects.filter(address__in=["+33612345601", "+33612345602"]).exists()


def test_stop_said_to_notices_holds_for_a_list_of_e_mails(territory):
    stopped(print_of("lina@mail.example"))
    kept = listed(territory, "Lina@mail.example\nnour@mail.example", "email")
    assert (kept.size, kept.stopped) == (1, 1)


def test_whom_we_know_already_is_known_once(territory):
    campaign = campaign_to_write(territory)
    her = heard_from(
        authority=territory.authority, kind="sms", address="+33612345601", language="fr", now=NOON
    )
    kept = listed(territory, campaign=campaign)
    assert kept.addresses.filter(correspondent=her).count() == 1
    other = listed(territory, campaign=campaign, name="Une autre")
    assert other.addresses.count() == 3
    assert Correspondent.objects.filter(kind="sms").count() == 3


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("kind", {"kind": "telegram"}),
        ("source", {"source": "  "}),
        ("basis", {"basis": "légitime"}),
        ("given_on", {"given_on": NOON.date() + timedelta(days=1)}),
        ("given_on", {"given_on": NOON.date() - timedelta(days=3 * 365 + 1)}),
        ("erase_on", {"erase_on": NOON.date()}),
        ("erase_on", {"erase_on": NOON.date() + timedelta(days=91)}),
        ("addresses", {"text": "\n"}),
        ("addresses", {"text": "02 41 12 34 56"}),
    ],
)
def test_a_list_without_its_right_its_term_or_anyone_is_refused(territory, field, changes):
    campaign = campaign_to_write(territory)
    with pytest.raises(Refusal) as refusal:
        listed(territory, campaign=campaign, **changes)
    assert refusal.value.field == field
    assert not AddressList.objects.exists()


def test_two_lists_of_a_campaign_do_not_share_a_name(territory):
    campaign = campaign_to_write(territory)
    listed(territory, campaign=campaign)
    with pytest.raises(Conflict):
        listed(territory, campaign=campaign, name="PASS’JEUNES")


def test_nothing_of_a_list_enters_the_journal(territory):
    before = Entry.objects.count()
    begun(listed(territory))
    write_waves(at())
    assert Entry.objects.count() == before


def test_at_its_term_addresses_go_with_their_guests_and_numbers_stay(territory, monkeypatch):
    campaign = campaign_to_write(territory)
    people = Person.objects.count()
    kept = listed(territory, campaign=campaign)
    begun(kept)
    write_waves(at())
    messages().filter(correspondent__address__endswith="01").update(state="sent")
    monkeypatch.setattr(forgetting, "DATABASE_CLOCK", at(NOON + timedelta(days=29)))
    assert forget_old_lists() == 0
    monkeypatch.setattr(forgetting, "DATABASE_CLOCK", at(NOON + timedelta(days=30)))
    assert forget_old_lists() == 3
    assert not Correspondent.objects.filter(kind="sms").exists()
    assert not messages().filter(is_first=True).exists()
    assert Person.objects.count() == people
    wave, kept = ListWave.objects.get(), AddressList.objects.get()
    assert (wave.state, wave.sent, wave.is_settled, kept.size) == ("ended", 1, True, 3)
    assert kept.erased_at is not None
    assert forget_old_lists() == 0


def test_who_answered_stays_and_who_is_in_another_list_too(territory, monkeypatch):
    campaign = campaign_to_write(territory)
    listed(territory, campaign=campaign)
    listed(
        territory,
        "06 12 34 56 02",
        campaign=campaign,
        name="Autre",
        erase_on=NOON.date() + timedelta(days=80),
    )
    Chatter(territory, address="+33612345601", kind="sms").says("Bonjour")
    monkeypatch.setattr(forgetting, "DATABASE_CLOCK", at(NOON + timedelta(days=40)))
    forget_old_lists()
    left = Correspondent.objects.filter(kind="sms").order_by("address").values_list("address", flat=True)
    assert list(left) == ["+33612345601", "+33612345602"]


def test_a_list_is_not_erased_by_hand_while_a_message_is_on_its_way(territory):
    kept = listed(territory)
    wave = begun(kept)
    with pytest.raises(Conflict):
        erase_list_now(address_list=kept, clock=at())
    ListWave.objects.filter(pk=wave.pk).update(state="ended", over_at=NOON)
    erase_list_now(address_list=kept, clock=at())
    assert not ListedAddress.objects.exists()


def test_who_leaves_the_platform_is_in_no_list_any_more(territory):
    kept = listed(territory, "lina@mail.example\nnour@mail.example", "email")
    leave_lists(emails={"lina@mail.example"})
    left = kept.addresses.get().correspondent
    assert left.address.startswith("nour@mail.example ")
    assert Correspondent.objects.filter(kind="email").count() == 1


def test_a_list_of_thousands_asks_the_database_a_few_questions(territory, django_assert_max_num_queries):
    campaign = campaign_to_write(territory)
    text = "\n".join(f"06{n:08}" for n in range(3000))
    with django_assert_max_num_queries(30):
        assert listed(territory, text, campaign=campaign).size == 3000


def test_a_plan_without_its_channel_keeps_a_list_and_sends_nothing(territory):
    campaign = plan(territory)
    kept = listed(territory, NUMBERS, campaign=campaign)
    open_channel(territory.authority, "sms")
    assert kept.size == 3
