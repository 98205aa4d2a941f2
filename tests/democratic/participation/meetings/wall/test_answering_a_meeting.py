"""One question at a time, answered and approved, promised, or owed in writing for a day that is never overwritten."""

from datetime import date, timedelta

import pytest

from at_the_wall import AFTER, ELUE, IN_IT, announced, asked, closed, live
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.commitments.actions import Work
from democratic.participation.meetings.actions import Why, cancel_meeting
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.actions import (
    AnswerMoved,
    LivePromise,
    Promised,
    Spoken,
    approve_spoken_answer,
    call_question,
    close_wall,
    draft_spoken_answer,
    erase_wall_marks,
    mark_answered,
    note_fact,
    owe_answer,
    promise_live,
    put_back_question,
    support_question,
    take_back_question,
)
from democratic.participation.meetings.wall.models import AnsweredMark, WallQuestion
from democratic.participation.meetings.wall.queries import (
    answers_of,
    draft_of,
    dues_for,
    facts_for,
    heard_of,
    promises_of,
    wall_counts,
)
from democratic.participation.obligations.models import Obligation
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Link, LinkKind, Opening

SAID = Spoken("Un arrêt coûte 12 000 euros, et le car passera.", ELUE)
DUE = date(2026, 3, 24)


def state_of(question):
    return WallQuestion.objects.select_related("record").get(pk=question.pk).record.state


def test_one_question_has_the_floor_and_the_one_before_goes_back_where_it_stood(territory):
    meeting = live(territory)
    first, second = asked(meeting, "Un ?"), asked(meeting, "Deux ?")
    for question in (first, second, second):
        call_question(question=question, clock=IN_IT)
    assert (state_of(first), state_of(second)) == ("published", "current")
    put_back_question(question=second, clock=IN_IT)
    assert state_of(second) == "published"
    kinds = list(Entry.objects.filter(record=second.record).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["question_put", "question_called", "question_put_back"]


def test_one_that_was_taken_back_while_it_had_the_floor_keeps_nobody_from_it(territory):
    meeting = live(territory)
    first, second = asked(meeting, "Un ?"), asked(meeting, "Deux ?")
    call_question(question=first, clock=IN_IT)
    take_back_question(question=first, clock=IN_IT)
    call_question(question=second, clock=IN_IT)
    assert state_of(second) == "current"


def test_no_question_has_the_floor_before_the_meeting_opens(territory):
    question = asked(announced(territory))
    with pytest.raises(Conflict, match="en direct"):
        call_question(question=question, clock=IN_IT)


def test_an_aide_types_and_who_answers_approves_what_she_read(territory):
    meeting = live(territory)
    question = asked(meeting)
    call_question(question=question, clock=IN_IT)
    draft = draft_spoken_answer(question=question, spoken=SAID, clock=IN_IT)
    assert answers_of([question.pk]) == {}
    approve_spoken_answer(question=question, spoken=SAID, read_at=draft.written_at, clock=IN_IT)
    (answer,) = answers_of([question.pk])[question.pk]
    assert (answer.text, answer.function, answer.is_by_delegation) == (SAID.text, ELUE, False)
    assert state_of(question) == "answered"
    assert draft_of(question) is None
    entry = Entry.objects.get(record=question.record, kind="question_answered")
    assert entry.data == {"by_delegation": False}
    assert dict(Opening.objects.filter(entry=entry).values_list("part", "value")) == {
        "text": SAID.text,
        "function": ELUE,
    }


def test_nobody_approves_a_text_that_changed_while_she_read(territory):
    question = asked(live(territory))
    draft = draft_spoken_answer(question=question, spoken=SAID, clock=IN_IT)
    later = FixedClock(IN_IT.now() + timedelta(seconds=5))
    draft_spoken_answer(question=question, spoken=Spoken("Tout autre chose.", ELUE), clock=later)
    with pytest.raises(AnswerMoved):
        approve_spoken_answer(question=question, spoken=SAID, read_at=draft.written_at, clock=later)
    assert state_of(question) == "published"


@pytest.mark.parametrize(
    ("text", "function", "field"), [("", ELUE, "text"), ("a" * 2001, ELUE, "text"), ("Oui.", " ", "function")]
)
def test_an_answer_without_words_or_without_a_function_is_refused_beside_its_field(
    territory, text, function, field
):
    question = asked(live(territory))
    with pytest.raises(Refusal) as refused:
        approve_spoken_answer(question=question, spoken=Spoken(text, function), clock=IN_IT)
    assert refused.value.field == field


def test_a_written_answer_is_owed_by_a_service_for_a_day_that_stays(territory):
    question = asked(live(territory))
    owe_answer(question=question, promised=Promised(territory.service, DUE), function=ELUE, clock=IN_IT)
    assert state_of(question) == "owed"
    due = dues_for([question.pk], date(2026, 3, 26))[question.pk]
    assert (due.service, due.first_due_on, due.days_late) == ("Service jeunesse", DUE, 2)
    with pytest.raises(Conflict, match="déjà promise"):
        owe_answer(
            question=question,
            promised=Promised(territory.service, DUE + timedelta(days=9)),
            function=ELUE,
            clock=IN_IT,
        )
    assert Obligation.objects.get(record=question.record).first_due_on == DUE


def test_the_written_answer_meets_what_was_owed(territory):
    question = asked(live(territory))
    owe_answer(question=question, promised=Promised(territory.service, DUE), function=ELUE, clock=IN_IT)
    approve_spoken_answer(question=question, spoken=SAID, clock=AFTER)
    assert state_of(question) == "answered"
    assert Obligation.objects.get(record=question.record).met_on == AFTER.now().date()


def test_a_written_answer_is_not_promised_for_a_day_gone_by(territory):
    question = asked(live(territory))
    with pytest.raises(Refusal) as refused:
        owe_answer(
            question=question,
            promised=Promised(territory.service, date(2026, 3, 9)),
            function=ELUE,
            clock=IN_IT,
        )
    assert refused.value.field == "due_on"


def test_what_is_promised_live_is_an_engagement_with_a_function_and_a_day(territory):
    question = asked(live(territory))
    call_question(question=question, clock=IN_IT)
    made = promise_live(
        question=question,
        promise=LivePromise(
            Words(title="Un abri à Saint-Maurin"), Work(territory.service, date(2026, 9, 1)), ELUE
        ),
        author=territory.agent.person,
        clock=IN_IT,
    )
    assert made.decision.body == ELUE
    assert Obligation.objects.get(record=made.record).due_on == date(2026, 9, 1)
    assert Link.objects.filter(
        source=question.record, kind=LinkKind.DECIDED_BY, target=made.decision.record
    ).exists()
    assert Link.objects.filter(
        source=made.decision.record, kind=LinkKind.KEPT_BY, target=made.record
    ).exists()
    (told,) = promises_of(territory.viewer(), [question.pk])[question.pk]
    assert told.record.title == "Un abri à Saint-Maurin"


def test_nothing_is_promised_on_a_question_that_nobody_answers(territory):
    question = asked(live(territory))
    with pytest.raises(Conflict, match="à laquelle on répond"):
        promise_live(
            question=question,
            promise=LivePromise(Words(title="Tout"), Work(territory.service, DUE), ELUE),
            author=None,
            clock=IN_IT,
        )


@pytest.mark.parametrize("count", [1, 3])
def test_closing_a_large_wall_takes_no_more_statements_than_a_small_one(
    territory, count, django_assert_num_queries
):
    meeting = live(territory)
    for n in range(count):
        asked(meeting, f"Question {n} ?")
    over = closed(meeting)
    with django_assert_num_queries(20):
        assert close_wall(meeting=over, clock=AFTER) == count


def test_closing_owes_in_writing_what_was_not_answered_and_closing_twice_owes_once(territory):
    meeting = live(territory)
    answered, *others = [asked(meeting, f"Question {n} ?") for n in range(4)]
    call_question(question=others[0], clock=IN_IT)
    approve_spoken_answer(question=answered, spoken=SAID, clock=IN_IT)
    over = closed(meeting)
    assert close_wall(meeting=over, clock=AFTER) == 3
    assert close_wall(meeting=over, clock=AFTER) == 0
    assert [state_of(question) for question in others] == ["owed"] * 3
    counts = wall_counts(meeting)
    assert (counts.open, counts.answered, counts.owed) == (0, 1, 3)
    assert set(
        Obligation.objects.filter(record__in=[q.pk for q in others]).values_list("due_on", flat=True)
    ) == {date(2026, 3, 25)}


def test_what_was_asked_in_advance_of_a_meeting_that_is_called_off_is_owed_in_writing(territory):
    meeting = announced(territory)
    question = asked(meeting)
    cancel_meeting(meeting=meeting, why=Why("Grève.", "Service"), clock=IN_IT)
    assert state_of(question) == "owed"
    owed = Obligation.objects.get(record=question.record, owed="answer")
    assert owed.due_on > IN_IT.now().date()


def test_a_meeting_in_no_process_waits_for_someone_to_say_who_writes(territory):
    meeting = live(territory)
    Meeting.objects.filter(pk=meeting.pk).update(process=None)
    question = asked(meeting)
    over = closed(meeting)
    assert close_wall(meeting=over, clock=AFTER) == 0
    assert close_wall(meeting=over, promised=Promised(territory.service, DUE), clock=AFTER) == 1
    assert state_of(question) == "owed"


def test_whether_it_was_answered_is_told_from_five_marks_on_and_apart_from_supports(territory):
    question = asked(live(territory))
    with pytest.raises(Conflict):
        mark_answered(question=question, person=welcome_guest(), is_answered=True)
    approve_spoken_answer(question=question, spoken=SAID, clock=IN_IT)
    answered = WallQuestion.objects.select_related("record").get(pk=question.pk)
    people = [welcome_guest() for _n in range(5)]
    for n, person in enumerate(people):
        assert heard_of(question) is None
        mark_answered(question=answered, person=person, is_answered=n < 2)
    mark_answered(question=answered, person=people[0], is_answered=False)
    heard = heard_of(question)
    assert (heard.answered, heard.all) == (1, 5)
    erase_wall_marks(person_ids=[people[0].pk])
    assert heard_of(question) is None
    assert AnsweredMark.objects.count() == 4


def test_a_fact_is_for_who_answers_and_is_in_no_entry(territory):
    question = asked(live(territory))
    note_fact(
        question=question, text="12 000 € par arrêt, étude de 2025", service=territory.service, clock=IN_IT
    )
    assert [fact.service.name for fact in facts_for(question)] == ["Service jeunesse"]
    assert Entry.objects.filter(record=question.record).count() == 1


def test_one_that_is_taken_back_is_owed_nothing_any_more(territory):
    question = asked(live(territory))
    owe_answer(question=question, promised=Promised(territory.service, DUE), function=ELUE, clock=IN_IT)
    take_back_question(question=question, clock=IN_IT)
    assert Obligation.objects.get(record=question.record).ended_on == IN_IT.now().date()


def test_what_was_answered_is_supported_no_more(territory):
    question = asked(live(territory))
    approve_spoken_answer(question=question, spoken=SAID, clock=IN_IT)
    answered = WallQuestion.objects.select_related("record").get(pk=question.pk)
    with pytest.raises(Conflict):
        support_question(question=answered, person=welcome_guest())
