"""A question drafted, opened, changed, ended."""

from datetime import timedelta

import pytest

from asking import OPTIONS, TITLE, answered, asked, at_closing, just_before, question
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.polls.actions import answer_poll, change_poll, draft_poll, end_poll, open_poll
from democratic.participation.polls.models import Poll
from democratic.participation.polls.rules import PollAnswered, PollClosed
from democratic.participation.processes.models import Step
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Visibility
from democratic.thread.rules import visible_records


def drafted(territory, **more):
    return draft_poll(
        process=territory.process, question=question(territory, **more), author=None, clock=territory.clock
    )


def test_a_draft_is_seen_by_nobody_and_says_nothing_in_the_journal(territory):
    poll = drafted(territory)
    assert not visible_records(territory.viewer()).filter(pk=poll.pk).exists()
    assert not Entry.objects.filter(record=poll.pk).exists()


def test_opening_freezes_question_and_options_in_one_entry_and_twice_is_once(territory):
    poll = drafted(territory, takes_no_opinion=True)
    for _twice in range(2):
        open_poll(poll=poll, clock=territory.clock)
    entry = Entry.objects.get(record=poll.pk, kind="poll_opened")
    words = {opening.part: opening.value for opening in entry.openings.all()}
    assert words["title"] == TITLE
    assert [each["label"] for each in words["options"]] == [*OPTIONS, ""]
    assert entry.data["shows"] == "answered"


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"options": ("Oui",)}, "options"),
        ({"options": tuple("ABCDEFGHI")}, "options"),
        ({"options": ("Oui", "oui")}, "options"),
        ({"options": ("Oui", "x" * 121)}, "options"),
        ({"options": ("Oui", "\u200b")}, "options"),
        ({"words": Words(title="  ")}, "title"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_beside_its_field(territory, fault, field):
    with pytest.raises(Refusal) as refused:
        drafted(territory, **fault)
    assert refused.value.field == field


def test_a_stage_that_allows_no_question_is_refused(territory):
    with pytest.raises(Refusal) as refused:
        drafted(territory, stage=territory.process.stages.get(step=Step.DECISION))
    assert refused.value.field == "stage"


def test_a_closing_after_its_stage_is_refused(territory):
    stage = territory.process.stages.get(step=Step.LISTENING)
    with pytest.raises(Refusal) as refused:
        drafted(territory, closes_at=stage.closes_at + timedelta(days=1))
    assert refused.value.field == "closes_on"


def test_before_the_first_answer_a_change_is_a_new_version_told_in_public(territory):
    poll = asked(territory)
    change_poll(
        poll=poll, question=question(territory, words=Words(title="Un bus le soir ?"), options=("Oui", "Non")),
        clock=territory.clock,
    )  # fmt: skip
    changed = Poll.objects.get(pk=poll.pk)
    assert (changed.record.title, changed.record.wording.version) == ("Un bus le soir ?", 2)
    assert [option.label for option in changed.options.all()] == ["Oui", "Non"]
    entry = Entry.objects.get(record=poll.pk, kind="poll_changed")
    assert (entry.data["version"], entry.at) == (2, territory.clock.moment)


def test_after_the_first_answer_nothing_that_was_asked_changes(territory):
    poll = asked(territory)
    answered(poll, territory, 1)
    with pytest.raises(PollAnswered) as refused:
        change_poll(poll=poll, question=question(territory, options=("A", "B")), clock=territory.clock)
    assert refused.value.status == 409
    assert [option.label for option in poll.options.all()] == list(OPTIONS)


def test_one_ends_a_question_in_public_with_a_reason_and_nobody_answers_after(territory):
    poll = asked(territory)
    with pytest.raises(Refusal):
        end_poll(poll=poll, reason=" ", function="Service jeunesse", clock=territory.clock)
    end_poll(poll=poll, reason="La ligne est votée.", function="Service jeunesse", clock=territory.clock)
    with pytest.raises(PollClosed):
        answered(poll, territory, 1)
    with pytest.raises(Conflict):
        end_poll(poll=poll, reason="Encore.", function="", clock=territory.clock)
    assert Entry.objects.get(record=poll.pk, kind="poll_ended").openings.get(part="reason").value


def test_it_closes_with_its_stage_to_the_microsecond(territory):
    poll, person = asked(territory), welcome_guest()
    end = at_closing(poll)
    answer_poll(poll_id=poll.pk, rank=1, person=person, clock=just_before(end))
    with pytest.raises(PollClosed):
        answer_poll(poll_id=poll.pk, rank=2, person=person, clock=end)
    assert poll.answers.get().option.rank == 1


def test_a_draft_is_not_answered(territory):
    poll = drafted(territory)
    with pytest.raises(PollClosed):
        answered(poll, territory, 1)
    assert poll.record.visibility == Visibility.DRAFT
