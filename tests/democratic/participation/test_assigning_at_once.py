"""Agents who assign the same themes at once, each on a connection of her own: one holds, none waits in a ring."""

from datetime import date

import pytest

from democratic.communities.actions import create_service
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import OutgoingMessage
from democratic.participation.answers.actions import open_theme
from democratic.participation.answers.assigning import Charge, Result, assign_subjects
from democratic.participation.answers.models import AnswerAssignment
from democratic.thread.actions import Words
from factories import GROUPING
from many_hands import at_once


@pytest.fixture
def themes(live_territory):
    return [
        open_theme(
            process=live_territory.process, words=Words(title=f"Sujet {n}"), author=None, clock=GROUPING
        ).record.pk
        for n in range(5)
    ]


def assign(territory, themes, service):
    return assign_subjects(
        process=territory.process, subjects=themes, charge=Charge(service, date(2026, 5, 4)),
        assigner=territory.agent.person, clock=GROUPING,
    )  # fmt: skip


def test_tapped_four_times_at_once_each_theme_is_assigned_once_and_one_mail_leaves(live_territory, themes):
    outcomes = at_once(*[lambda: assign(live_territory, themes, live_territory.service)] * 4)
    assert sorted(outcomes, key=lambda each: each.assigned) == [Result(0, 0)] * 3 + [Result(5, 1)]
    assert AnswerAssignment.objects.count() == 5
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_services_at_once_in_two_orders_the_second_is_asked_why(live_territory, themes, turn):
    roads = create_service(
        authority=live_territory.authority, name="Voirie", titular=live_territory.agent.person
    )
    outcomes = at_once(
        lambda: assign(live_territory, themes, roads),
        lambda: assign(live_territory, list(reversed(themes)), live_territory.service),
    )
    (refused,) = [each for each in outcomes if isinstance(each, Refusal)]
    assert refused.field == "reason"
    (service,) = set(AnswerAssignment.objects.values_list("service__name", flat=True))
    assert service in str(refused.message)
    assert OutgoingMessage.objects.count() == 1
