"""What we say first waits for daytime and for its place in the week; an answer leaves at once. Nothing is dropped."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from chatting import open_channel
from civics.reach.capabilities import Capabilities
from civics.reach.rendering import Say
from democratic.channels.sms import Sms
from democratic.messaging.accounts import AccountsUnreadable, account_of
from democratic.messaging.correspondents import heard_from, note_gone, print_of_address, stop
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.telling import Errand, tell
from democratic.people.models import StoppedAddress

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
THURSDAY_NIGHT = datetime(2026, 11, 26, 22, 30, tzinfo=PARIS)


@pytest.fixture
def her(territory):
    open_channel(territory.authority, "sms")
    return heard_from(
        authority=territory.authority, kind="sms", address="+33600000001", language="fr", now=THURSDAY_NIGHT
    )


def moment(her):
    return her.messages.order_by("-pk").first().not_before.astimezone(PARIS)


def first(her, purpose, now=THURSDAY_NIGHT):
    return tell(her, [Say("Une réponse est signée.")], Errand(purpose, is_first=True), now=now)


def test_an_answer_leaves_at_any_hour(her):
    tell(her, [Say("Tu habites où ?")], Errand("turn"), now=THURSDAY_NIGHT)
    assert her.messages.get().not_before is None


def test_what_we_say_first_waits_for_the_morning(her):
    first(her, "answer")
    assert moment(her) == datetime(2026, 11, 27, 10, tzinfo=PARIS)


def test_the_third_of_a_week_waits_for_the_next_one(her):
    friday = datetime(2026, 11, 27, 15, tzinfo=PARIS)
    first(her, "a", friday)
    first(her, "b", friday + timedelta(hours=1))
    first(her, "c", friday + timedelta(hours=2))
    first(her, "d", friday + timedelta(hours=2))
    due = sorted(each.not_before.astimezone(PARIS) for each in her.messages.all())
    week = timedelta(days=7)
    assert due == [friday, friday + timedelta(hours=1), friday + week, friday + week + timedelta(hours=1)]


def test_hours_and_cap_are_the_authority_s_own(her):
    ChannelUse.objects.update(quiet_from=18, quiet_until=9, weekly_cap=1)
    first(her, "a", datetime(2026, 11, 27, 18, 30, tzinfo=PARIS))
    assert moment(her) == datetime(2026, 11, 28, 9, tzinfo=PARIS)


def test_told_twice_it_is_there_once(her):
    for _each in range(2):
        tell(her, [Say("Bonjour")], Errand("turn"), now=THURSDAY_NIGHT)
    assert her.messages.count() == 1


def test_beyond_its_window_a_channel_waits_for_her_word_and_says_so(her, monkeypatch):
    monkeypatch.setattr(Sms, "can", Capabilities(length=1000, window_hours=24))
    late = THURSDAY_NIGHT + timedelta(hours=25)
    tell(her, [Say("Bonjour")], Errand("inbox"), now=late)
    message = her.messages.get()
    assert (message.state, message.get_state_display()) == ("window", "Attend que la personne écrive")
    heard_from(authority=her.authority, kind="sms", address="+33600000001", language="", now=late)
    message.refresh_from_db()
    assert message.state == "queued"


def test_stop_stops_what_waits_and_keeps_why(her):
    first(her, "answer")
    stop(her, now=THURSDAY_NIGHT)
    message = her.messages.get()
    assert (message.state, message.body) == ("stopped", "")
    assert "arrêt" in message.reason
    assert first(her, "other") == []
    assert StoppedAddress.objects.get().email_print == print_of_address("sms", "+33600000001")


def test_who_said_stop_before_she_was_forgotten_is_stopped_still(her):
    stop(her, now=THURSDAY_NIGHT)
    Correspondent.objects.all().delete()
    again = heard_from(
        authority=her.authority, kind="sms", address="+33600000001", language="fr", now=THURSDAY_NIGHT
    )
    assert again.stopped_at is not None
    assert again.address == ""


def test_an_address_that_nobody_has_any_more_is_someone_else_s_later(her):
    note_gone(her, now=THURSDAY_NIGHT)
    again = heard_from(
        authority=her.authority, kind="sms", address="+33600000001", language="fr", now=THURSDAY_NIGHT
    )
    assert again.person_id != her.person_id


def test_no_channel_opens_without_its_decision(territory):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelUse.objects.create(authority=territory.authority, kind="sms", is_open=True)


def test_a_message_goes_to_one_address_of_one_kind(territory):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMessage.objects.create(authority=territory.authority, purpose="x", subject="", body="")


@pytest.mark.parametrize("content", ["[a.sms\n", "\udcff"])
def test_accounts_that_can_t_be_read_say_what_to_mend(settings, content):
    path = settings.VAR / "secrets" / "channels.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    path.chmod(0o644)
    with pytest.raises(AccountsUnreadable, match="chmod 600"):
        account_of("a", "sms")
    path.chmod(0o600)
    with pytest.raises(AccountsUnreadable, match=r"channels\.toml"):
        account_of("a", "sms")


def test_an_account_that_nobody_wrote_is_empty(settings):
    assert account_of("a", "sms") == {}
