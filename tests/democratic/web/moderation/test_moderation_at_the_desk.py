"""What waits for a moderator stands on the first page of the desk, one step from its act, and only for who may act."""

from datetime import timedelta

import pytest
from django.test import Client

from democratic.kernel.clock import FixedClock
from democratic.participation.ideas.holding import hold_first_words
from democratic.stewardship.models import Appeal, Notice
from democratic.stewardship.moderation.actions import appeal
from democratic.stewardship.moderation.states import Side
from democratic.thread.actions import give_role
from democratic.thread.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def desk(bench):
    """The first page, as the agent reads it, who moderates too."""
    territory = bench.territory
    give_role(
        person=territory.agent.person,
        role=Role.MODERATOR,
        authority=territory.authority,
        clock=territory.clock,
    )
    client = Client()
    client.force_login(territory.agent)
    client.get("/bureau")
    return lambda: client.get("/bureau").text.replace("\u00a0", " ")


def later(bench, days: int) -> None:
    bench.territory.clock = FixedClock(bench.territory.clock.moment + timedelta(days=days))


def contested(bench, text: str):
    ruling = bench.hidden(bench.territory.say(text).idea.record)
    standing = (Side.AUTHOR, ruling.subject.author)
    appeal(ruling=ruling, standing=standing, text="Je citais.", clock=bench.territory.clock)
    return ruling


def test_signalled_words_are_counted_once_each_with_the_day_of_the_oldest_and_the_one_to_read(bench, desk):
    first = bench.territory.say("Voleuse !").idea.record
    bench.signal(first)
    bench.signal(first, rule="other")
    later(bench, 2)
    bench.signal(bench.territory.say("Menteuse !").idea.record)

    page = desk()

    assert "À modérer : 2 paroles signalées" in page
    oldest = Notice.objects.order_by("received_at").first().received_at
    assert f"la plus ancienne du {oldest.day}" in page
    assert f'href="/bureau/moderation/{first.code}"' in page
    assert '<a href="/bureau/moderation"><b>2</b> <span>à modérer</span></a>' in page


def test_a_grave_notice_is_the_one_to_read_before_older_ones(bench, desk):
    bench.signal(bench.territory.say("Hors sujet.").idea.record, rule="off_topic")
    later(bench, 1)
    grave = bench.territory.say("Elle rentre seule à 18 h.").idea.record
    bench.signal(grave, rule="minor_in_danger")

    assert f'href="/bureau/moderation/{grave.code}"' in desk()


def test_appeals_and_first_words_are_there_too_the_oldest_first(bench, desk):
    ruling = contested(bench, "Voleuse !")
    later(bench, 3)
    hold_first_words(process=bench.territory.process, is_on=True, clock=bench.territory.clock)
    bench.territory.process.refresh_from_db()
    held = bench.territory.say("Un bus à minuit.").idea.record

    page = desk()

    appeals, words = (
        f"/bureau/moderation/recours/{ruling.record.code}",
        f"/bureau/moderation/{held.code}",
    )
    assert page.index(appeals) < page.index(words)
    assert "À modérer : un recours" in page
    assert "À modérer : une première parole" in page


def test_one_s_own_words_and_one_s_own_decision_are_for_another_person(bench, desk):
    ruling = contested(bench, "Voleuse !")
    agent = bench.territory.agent.person
    bench.signal(bench.territory.say("La mienne.", author=agent).idea.record)
    type(ruling).objects.filter(pk=ruling.pk).update(ruled_by=agent)

    assert "À modérer :" not in desk()


def test_who_does_not_moderate_reads_nothing_of_it(bench):
    bench.signal(bench.territory.say("Voleuse !").idea.record)
    client = Client()
    for account in (bench.territory.agent, bench.territory.elected):
        client.force_login(account)
        page = client.get("/bureau").text.replace("\u00a0", " ")
        assert "modérer" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_adds_one_question_to_the_page_whatever_waits(bench, desk, count, django_assert_max_num_queries):
    hold_first_words(process=bench.territory.process, is_on=False, clock=bench.territory.clock)
    for n in range(count):
        contested(bench, f"Voleuse {n} !")
        bench.signal(bench.territory.say(f"Menteuse {n} !").idea.record)
    assert Appeal.objects.count() == count

    with django_assert_max_num_queries(MOST_QUERIES) as asked:
        page = desk()

    assert "À modérer" in page
    assert len(asked) == DASHBOARD_QUERIES


DASHBOARD_QUERIES = 12
