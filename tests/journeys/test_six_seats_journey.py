"""One evening, six browsers at once, from a place kept to a vote given two days later.

The wall of the room, who facilitates, the élue, a phone in the room, someone at home who reads English, and someone
who comes when it is over. ``PICTURES=folder`` keeps what each of them saw at the strongest moment.
"""

import pytest
from six_seats import (
    Evening,
    approve_and_promise,
    ask_once_it_is_over,
    caption_what_is_said,
    close_it,
    come_in_by_a_link,
    come_in_by_six_digits,
    count_the_hands,
    give_the_floor_by_its_rule,
    let_in,
    open_it,
    pictured,
    put_questions_from_both_sides,
    raise_hands,
    read_the_account,
    register_and_take_the_calendar_home,
    sort_the_wall,
    tell_the_evening,
    type_for_the_elue,
    vote_from_each_side,
    vote_later,
    write_minutes_that_are_contested,
)

from an_evening import ELUE, named, soon
from democratic.participation.meetings.models import TeamRole
from factories import staff_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(service, telling):
    return service.url


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def evening(request, live_territory, service, open_tab, seen) -> Evening:
    meeting = soon(live_territory)
    aide = staff_account("aide@val-orbe.example", "Samir")
    named(meeting, live_territory.elected.person, TeamRole.ANSWERS, function=ELUE)
    named(meeting, aide.person, TeamRole.AIDS, TeamRole.FACILITATES, function="collaborateur")

    def tab(width: int = 1280, language: str = "fr-FR"):
        opened = open_tab(javascript=request.param, width=width, language=language)
        opened.is_plain = not request.param
        return opened

    evening = Evening(
        meeting=meeting, seen=seen,
        wall=tab(1600), lead=tab(), elue=tab(820), room=tab(360), home=tab(360, "en-GB"), later=tab(360), aide=tab(),
    )  # fmt: skip
    let_in(service, evening.lead, live_territory.agent)
    let_in(service, evening.elue, live_territory.elected)
    let_in(service, evening.aide, aide)
    return evening


def test_from_a_place_kept_to_a_vote_given_two_days_later(evening):
    register_and_take_the_calendar_home(evening)
    open_it(evening)
    come_in_by_six_digits(evening)
    come_in_by_a_link(evening)
    raise_hands(evening)
    give_the_floor_by_its_rule(evening)
    put_questions_from_both_sides(evening)
    sort_the_wall(evening)
    type_for_the_elue(evening)
    approve_and_promise(evening)
    caption_what_is_said(evening)
    vote = vote_from_each_side(evening)
    pictured(evening)
    count_the_hands(evening, vote)
    close_it(evening)
    tell_the_evening(evening)
    vote_later(evening, vote)
    ask_once_it_is_over(evening)
    write_minutes_that_are_contested(evening)
    read_the_account(evening, vote)
