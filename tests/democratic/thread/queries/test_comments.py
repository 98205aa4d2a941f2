import pytest

from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment, withdraw_own
from democratic.thread.models import Audience, Record
from democratic.thread.queries import comments as queries
from democratic.thread.queries.comments import (
    codes_of_own_comments,
    conversation_on,
    find_comment,
    whereabouts_of,
)


@pytest.fixture
def idea(territory):
    return territory.say().idea.record


@pytest.fixture
def write(territory, idea):
    def comment(text, parent=None, author=None, alignment=0):
        return post_comment(
            subject=idea,
            author=author or welcome_guest(),
            words=Words(text=text, byline=text.lower()),
            parent=parent,
            alignment=alignment,
            clock=territory.clock,
        )

    return comment


def texts(conversation):
    return [said.text for said in conversation.comments]


def test_replies_stand_under_what_they_answer_in_the_order_in_which_they_were_said(idea, write):
    first = write("A")
    second = write("B")
    reply = write("A1", first)
    write("B1", second)
    write("A2", first)
    write("A1a", reply)
    found = conversation_on(idea.pk, idea.audience_id)
    assert texts(found) == ["A", "A1", "A1a", "A2", "B", "B1"]
    assert [said.depth for said in found.comments] == [0, 1, 2, 1, 0, 1]
    assert found.next == ""


def test_a_page_holds_whole_threads_and_the_next_goes_on_after_them(idea, write, monkeypatch):
    monkeypatch.setattr(queries, "THREADS_A_PAGE", 2)
    threads = [write(f"{n}") for n in range(5)]
    write("0bis", threads[0])
    first = conversation_on(idea.pk, idea.audience_id)
    assert texts(first) == ["0", "0bis", "1"]
    second = conversation_on(idea.pk, idea.audience_id, after=first.next)
    assert texts(second) == ["2", "3"]
    third = conversation_on(idea.pk, idea.audience_id, after=second.next)
    assert (texts(third), third.next) == (["4"], "")


def test_a_thread_that_runs_away_is_cut_and_goes_on_on_the_next_page(idea, write, monkeypatch):
    monkeypatch.setattr(queries, "ROWS_A_PAGE", 3)
    first = write("A")
    for n in range(4):
        write(f"A{n}", first)
    page = conversation_on(idea.pk, idea.audience_id)
    assert texts(page) == ["A", "A0", "A1"]
    assert texts(conversation_on(idea.pk, idea.audience_id, after=page.next)) == ["A2", "A3"]


def test_one_conversation_alone_can_be_asked_for_by_any_of_its_comments(idea, write):
    write("A")
    other = write("B")
    reply = write("B1", other)
    assert texts(conversation_on(idea.pk, idea.audience_id, only=reply.record.code)) == ["B", "B1"]
    assert texts(conversation_on(idea.pk, idea.audience_id, only="K7P-4RM")) == []


def test_what_was_taken_back_keeps_its_place(territory, idea, write):
    first = write("A")
    write("A1", first)
    withdraw_own(record=first.record, clock=territory.clock)
    found = conversation_on(idea.pk, idea.audience_id)
    assert [said.visibility for said in found.comments] == ["withdrawn", "public"]


def test_comments_for_another_audience_are_not_shown(territory, idea, write):
    comment = write("A")
    closed = Audience.objects.create(authority=territory.authority)
    Record.objects.filter(pk=comment.pk).update(audience=closed)
    assert conversation_on(idea.pk, idea.audience_id).comments == ()


def test_where_a_comment_is_shown(idea, write, monkeypatch):
    monkeypatch.setattr(queries, "THREADS_A_PAGE", 1)
    first, second = write("A"), write("B")
    here, there = whereabouts_of(first.pk), whereabouts_of(second.pk)
    assert (here.subject_kind, here.subject_code, here.code) == ("idea", idea.code, first.record.code)
    assert (here.is_on_first_page, there.is_on_first_page) == (True, False)


def test_a_comment_is_found_by_its_code_as_long_as_its_subject_may_be_seen(territory, idea, write):
    comment = write("A")
    viewer = territory.viewer()
    withdraw_own(record=comment.record, clock=territory.clock)
    assert find_comment(viewer, comment.record.code) == comment.pk
    Record.objects.filter(pk=idea.pk).update(visibility="hidden")
    assert find_comment(viewer, comment.record.code) is None


def test_own_comments_are_those_of_these_persons_that_can_still_be_taken_back(territory, idea, write):
    me = welcome_guest()
    mine, gone = write("A", author=me), write("B", author=me)
    write("C")
    withdraw_own(record=gone.record, clock=territory.clock)
    assert codes_of_own_comments(idea.pk, [me.pk]) == [mine.record.code]


@pytest.mark.parametrize("count", [1, 3])
def test_a_conversation_is_one_query(idea, write, count, django_assert_num_queries):
    for n in range(count):
        write(f"{n}", write(f"parent {n}"))
    with django_assert_num_queries(1):
        assert len(conversation_on(idea.pk, idea.audience_id).comments) == 2 * count
