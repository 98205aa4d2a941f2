"""Alarms: what is unusual is told to a person, once; nothing is hidden by calculation."""

from datetime import timedelta

import pytest

from democratic.kernel.clock import FixedClock
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.stewardship.models import Alarm, Notice
from democratic.stewardship.moderation.alarms import close_alarm, watch_everywhere
from democratic.stewardship.moderation.queries.waiting import signalled
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Entry, Record, Visibility

pytestmark = pytest.mark.django_db
COPIED = "Nous demandons que le dernier bus parte après le cinéma du vendredi soir, sans attendre"


@pytest.fixture
def crowd(bench):
    """Seven newcomers who copy one text, and three people who speak for themselves."""
    start = bench.territory.clock.moment
    for n in range(7):
        clock = FixedClock(start + timedelta(minutes=n))
        bench.territory.say(COPIED + "." * n, author=welcome_guest(), clock=clock)
    for text in (
        "Un garage à vélos fermé devant le collège",
        "Des minibus le dimanche",
        "Le train coûte trop",
    ):
        bench.territory.say(text, author=welcome_guest())
    Person.objects.update(created_on=start.date())
    bench.territory.clock = FixedClock(start + timedelta(hours=1))
    return bench


def test_copies_by_newcomers_raise_one_alarm_and_join_the_queue_without_being_hidden(crowd):
    before = Entry.objects.count()

    watch_everywhere(clock=crowd.territory.clock)
    watch_everywhere(clock=crowd.territory.clock)

    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.acts) == ("similarity", 7)
    assert Notice.objects.filter(alarm=alarm, notifier=None).count() == 7
    assert not Record.objects.filter(kind="idea").exclude(visibility=Visibility.PUBLIC).exists()
    assert Entry.objects.count() == before
    waiting = signalled(crowd.territory.viewer(crowd.first.person))
    assert [each.is_from_alarm for each in waiting] == [True] * 7


def test_what_a_person_judged_and_closed_is_not_raised_again(crowd):
    watch_everywhere(clock=crowd.territory.clock)
    said = Notice.objects.order_by("pk").first().record
    crowd.decide(said, Outcome.KEPT, rule="coordinated")
    close_alarm(alarm=Alarm.objects.get(), closed_by=crowd.first.person, clock=crowd.territory.clock)

    watch_everywhere(clock=crowd.territory.clock)

    assert Alarm.objects.filter(closed_at=None).count() == 0
    assert Notice.objects.filter(record=said).count() == 1


def test_a_decision_on_what_an_alarm_found_says_that_it_was_found_by_calculation(crowd):
    watch_everywhere(clock=crowd.territory.clock)

    ruling = crowd.decide(Notice.objects.order_by("pk").first().record, rule="coordinated")

    assert ruling.was_flagged_automatically
    assert Entry.objects.get(kind="content_moderated").data["is_automatic"] is False


def test_a_quiet_consultation_raises_nothing(bench):
    bench.territory.say("Un bus de nuit.")

    assert watch_everywhere(clock=bench.territory.clock) == 0
    assert not Alarm.objects.exists()
