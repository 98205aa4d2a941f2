"""A list of addresses as an agent gives one, a channel that writes first, and the hour at which it may."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaigning import campaign_with_codes
from chatting import open_channel
from democratic.kernel.clock import FixedClock, local_day
from democratic.messaging.models import OutgoingMessage
from democratic.participation.campaigns.lists.keeping import Terms, keep_list
from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.lists.steering import Draft, begin_wave
from democratic.participation.conversations.models import FlowCode

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)  # a Thursday
EVENING = NOON.replace(hour=21)
NUMBERS = "Prénom;Mobile\nLina;06 12 34 56 01\nNour;+33 6 12 34 56 02\nAdam;0612345603\n"
TEXT = "Bus du soir : dites ce qui vous manque."


def at(moment=NOON) -> FixedClock:
    return FixedClock(moment)


def terms(kind="sms", name="Pass’Jeunes", now=NOON, **changes) -> Terms:
    today = local_day(now, "Europe/Paris")
    told = {
        "language": "fr",
        "source": "Inscriptions au Pass’Jeunes",
        "basis": "consent",
        "given_on": today - timedelta(days=60),
        "erase_on": today + timedelta(days=30),
    }
    return Terms(name=name, kind=kind, **told | changes)


def campaign_to_write(territory, kind="sms", **use):
    campaign = campaign_with_codes(territory)
    open_channel(territory.authority, kind, **use)
    return campaign


def listed(territory, text=NUMBERS, kind="sms", campaign=None, clock=None, **changes) -> AddressList:
    campaign = campaign or campaign_to_write(territory, kind)
    return keep_list(campaign=campaign, terms=terms(kind, **changes), text=text, clock=clock or at())


def begun(address_list, clock=None, text=TEXT, **changes) -> ListWave:
    draft = Draft(FlowCode.objects.get(code="LYC-00"), text, **changes)
    return begin_wave(address_list=address_list, draft=draft, clock=clock or at())


def messages():
    return OutgoingMessage.objects.order_by("pk")
