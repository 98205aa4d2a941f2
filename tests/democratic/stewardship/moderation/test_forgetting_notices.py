"""Who signalled or contested is forgotten a year after the decision, or with her; the decision stays."""

from datetime import timedelta

import pytest

from democratic.people.actions import welcome_guest
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.models import Appeal, Notice, Ruling
from democratic.stewardship.moderation.actions import appeal, standing_of
from democratic.stewardship.moderation.forgetting import forget_old_notices
from democratic.stewardship.moderation.states import NoticeState
from democratic.thread.actions import erase_words
from democratic.thread.models import Opening, Record
from moderating import FACTS

pytestmark = pytest.mark.django_db


def age(days):
    for record in Record.objects.filter(kind="ruling"):
        Record.objects.filter(pk=record.pk).update(happened_at=record.happened_at - timedelta(days=days))


def test_a_year_after_the_decision_nothing_tells_who_signalled(bench):
    bench.hidden(bench.territory.say("Voleuse !").idea.record)
    bench.signal(bench.territory.say("Une autre.").idea.record)
    age(3650)

    assert forget_old_notices() == 1

    answered, waiting = Notice.objects.order_by("received_at", "pk")
    assert (answered.notifier, answered.explanation, answered.secret_hash) == (None, "", "")
    assert (waiting.state, waiting.notifier is None) == (NoticeState.RECEIVED, False)
    assert forget_old_notices() == 0


def test_who_leaves_takes_her_words_and_a_notice_that_waits_is_still_read(bench):
    me = welcome_guest()
    bench.signal(bench.territory.say("Voleuse !").idea.record, by=me)

    erase_guest(guest=me, with_words=False, clock=bench.territory.clock)

    notice = Notice.objects.get()
    assert (notice.notifier, notice.explanation, notice.state) == (None, "", NoticeState.RECEIVED)


def test_an_author_who_erases_her_words_leaves_the_decision_whole(bench):
    said = bench.territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)
    appeal(ruling=ruling, standing=standing_of(ruling, said.author), text="Non.", clock=bench.territory.clock)

    erase_words(record=said, clock=bench.territory.clock)

    assert Ruling.objects.get().record.text == FACTS
    assert Opening.objects.filter(entry__record=ruling.record, value=FACTS).exists()
    assert not Opening.objects.filter(entry__record=said).exists()
    assert Appeal.objects.count() == 1
