"""A question put to a meeting: when, by which seat or way, how much, and read first where the team chose it."""

from datetime import timedelta

import pytest

from at_the_wall import AFTER, EVENING, IN_IT, announced, asked, closed, fresh, live, opened, seated
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.meetings.live.models import LiveTouch, Topic
from democratic.participation.meetings.wall.actions import (
    publish_question,
    put_question,
    read_questions_first,
    support_question,
    take_back_question,
    unsupport_question,
)
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import Shelf, waiting_questions, wall_counts
from democratic.participation.meetings.wall.rules import WallClosed
from democratic.participation.obligations.models import Obligation
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Origin, Visibility


def test_a_question_of_the_room_says_its_seat_and_touches_the_wall(territory):
    meeting = live(territory)
    author = seated(meeting, "room")
    LiveTouch.objects.all().delete()
    question = asked(meeting, author=author, name="Inès")
    record = question.record
    assert (record.origin, question.seat, record.byline, record.state) == (
        Origin.ROOM,
        "room",
        "Inès",
        "published",
    )
    assert not question.is_ahead
    assert {touch.topic for touch in LiveTouch.objects.filter(meeting=meeting)} == {Topic.WALL, Topic.TEAM}
    entry = Entry.objects.get(record=record)
    assert (entry.kind, entry.data["meeting"], entry.at) == ("question_put", meeting.record.code, None)


@pytest.mark.parametrize("origin", [Origin.CHAT, Origin.SMS, Origin.EMAIL])
def test_a_question_that_came_by_a_channel_says_which(territory, origin):
    meeting = live(territory)
    assert asked(meeting, origin=origin).record.origin == origin


def test_before_the_meeting_questions_are_taken_from_the_day_that_was_said(territory):
    meeting = announced(territory, questions_from=EVENING - timedelta(days=3))
    with pytest.raises(WallClosed, match="pas encore ouvertes"):
        asked(meeting, clock=FixedClock(EVENING - timedelta(days=4)))
    question = asked(meeting, clock=FixedClock(EVENING - timedelta(days=2)))
    assert question.is_ahead
    assert question.record.origin == Origin.WEB


def test_after_the_end_who_comes_later_still_asks_and_is_owed_an_answer_at_once(territory):
    meeting = closed(live(territory))
    question = asked(meeting, clock=FixedClock(AFTER.now() + timedelta(hours=1)))
    assert (question.record.origin, question.seat) == (Origin.LATER, "later")
    question.record.refresh_from_db()
    assert question.record.state == "owed"
    assert Obligation.objects.get(record=question.record).due_on == (AFTER.now() + timedelta(days=15)).date()
    with pytest.raises(WallClosed, match="On ne pose plus"):
        asked(meeting, clock=FixedClock(AFTER.now() + timedelta(hours=48)))


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u2060", "\u202e"])
def test_a_question_that_nobody_can_see_is_refused_beside_its_field(territory, typed):
    with pytest.raises(Refusal) as refused:
        asked(live(territory), typed)
    assert refused.value.field == "title"
    assert not WallQuestion.objects.exists()


def test_ten_thousand_signs_are_refused_and_an_override_of_direction_is_taken_out(territory):
    meeting = live(territory)
    for named in ({"title": "a" * 201}, {"title": "Pourquoi ?", "text": "b" * 10_000}):
        with pytest.raises(Refusal):
            asked(meeting, **named)
    question = asked(meeting, "Qui \u202eeiap\u202c ?\u200b", name="Li\u200bna\u202e" + "a" * 300)
    assert question.record.title == "Qui eiap ?"
    assert question.record.byline == "Lina" + "a" * 116


def test_the_same_words_of_the_same_person_tapped_twice_are_one_question(territory):
    meeting, lina = live(territory), welcome_guest()
    first = asked(meeting, "Et le dimanche ?", lina)
    again = put_question(meeting=meeting, words=Words(title=" et le  dimanche ? "), author=lina, clock=IN_IT)
    assert (again.question.pk, again.claim_secret) == (first.pk, "")
    assert WallQuestion.objects.count() == 1


def test_one_person_has_ten_questions_waiting_at_most_and_the_next_person_asks_all_the_same(territory):
    meeting, loud = live(territory), welcome_guest()
    for n in range(10):
        asked(meeting, f"Question {n} ?", loud)
    with pytest.raises(Conflict, match="Dix de vos questions"):
        asked(meeting, "Encore une ?", loud)
    assert asked(meeting, "Et moi ?")


def test_what_is_read_first_is_not_shown_until_the_team_publishes_it_as_it_was_said(territory):
    meeting = live(territory)
    read_questions_first(meeting=meeting, is_on=True, clock=IN_IT)
    question = asked(fresh(meeting))
    assert question.record.visibility == Visibility.HELD
    assert wall_counts(meeting).all == 0
    assert not Entry.objects.filter(record=question.record).exists()
    assert [each.pk for each in waiting_questions(meeting)] == [question.pk]
    publish_question(question=question, clock=IN_IT)
    assert wall_counts(meeting).open == 1
    assert Entry.objects.get(record=question.record).data["was_held"]
    with pytest.raises(Conflict, match="quelqu’un a décidé"):
        publish_question(question=question, clock=IN_IT)


def test_a_person_supports_once_and_may_take_it_back(territory):
    meeting, gabriel = live(territory), welcome_guest()
    question = asked(meeting)
    for _tap in range(2):
        support_question(question=question, person=gabriel)
    assert _supports(meeting) == [1]
    unsupport_question(question=question, person=gabriel)
    assert _supports(meeting) == [0]


def test_the_wall_is_read_by_supports_by_time_or_seat_after_seat(territory):
    meeting = live(territory)
    people = {seat: [seated(meeting, seat) for _n in range(2)] for seat in ("room", "remote")}
    for n, (title, seat) in enumerate([("R1 ?", "room"), ("R2 ?", "room"), ("D1 ?", "remote")]):
        at = FixedClock(IN_IT.now() + timedelta(minutes=n))
        question = asked(meeting, title, people[seat][n % 2], clock=at)
        for _tap in range({"R1 ?": 3, "R2 ?": 2, "D1 ?": 1}[title]):
            support_question(question=question, person=welcome_guest())
    assert _titles(meeting, Order.SUPPORTED) == ["R1 ?", "R2 ?", "D1 ?"]
    assert _titles(meeting, Order.NEWEST) == ["D1 ?", "R2 ?", "R1 ?"]
    assert _titles(meeting, Order.SEATS) == ["R1 ?", "D1 ?", "R2 ?"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_wall_is_one_query(territory, count, django_assert_num_queries):
    meeting = live(territory)
    for n in range(count):
        asked(meeting, f"Question {n} ?")
    with django_assert_num_queries(1):
        assert len(wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=20)) == count


def test_who_asked_takes_it_back_and_a_public_line_stays(territory):
    question = asked(live(territory))
    take_back_question(question=question, clock=IN_IT)
    question.record.refresh_from_db()
    assert question.record.visibility == Visibility.WITHDRAWN
    assert Entry.objects.filter(record=question.record, kind="record_withdrawn_by_author").exists()


def test_opening_again_takes_questions_again(territory):
    meeting = closed(live(territory))
    assert asked(opened(meeting)).record.state == "published"


def _supports(meeting):
    return [each.supports for each in wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=20)]


def _titles(meeting, order):
    return [each.title for each in wall_of(meeting, Shelf.OPEN, order, offset=0, limit=20)]
