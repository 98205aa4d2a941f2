"""In October she reads, where she wrote in March, what became of her sentence."""

import pytest

from answered import sign_for
from chatting import Chatter, open_channel, open_flow
from democratic.messaging.models import OutgoingMessage
from democratic.notices.effects import NOTICES
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain

pytestmark = pytest.mark.django_db
FLOW = ("LYC-BRO", "2", "Vaubrun", "15-17 ans", "Un bus après minuit")


@pytest.fixture
def lina(territory):
    ensure_cursors([NOTICES])
    open_channel(territory.authority, "sms")
    open_flow(territory)
    chatter = Chatter(territory, kind="sms", address="+33600000001")
    for said in FLOW:
        chatter.says(said)
    return chatter


def firsts():
    return OutgoingMessage.objects.filter(is_first=True)


def test_who_agreed_is_told_of_the_answer_in_two_lines_and_once(lina):
    lina.says("oui")
    theme = sign_for(lina.territory)
    message = firsts().get()
    assert message.correspondent == lina.her
    subject, link = message.body.split("\n")
    assert "Rentrer le soir" in subject
    assert link.endswith(f"/fil/{theme.record.code}")
    assert message.not_before is not None  # in daytime
    assert message.purpose == "answer"
    drain(clock=lina.territory.clock)
    assert firsts().count() == 1


@pytest.mark.parametrize("word", ["non merci", "stop"])
def test_who_did_not_agree_or_said_stop_is_told_nothing(lina, word):
    lina.says(word)
    sign_for(lina.territory)
    assert not firsts().exists()


def test_who_said_yes_and_then_stop_is_told_nothing(lina):
    lina.says("oui").says("stop")
    sign_for(lina.territory)
    assert not firsts().exists()


def test_what_we_were_about_to_tell_is_stopped_too(lina):
    lina.says("oui")
    sign_for(lina.territory)
    lina.says("stop")
    message = firsts().get()
    assert (message.state, message.body) == ("stopped", "")
