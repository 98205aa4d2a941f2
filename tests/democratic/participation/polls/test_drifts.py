"""What the night finds: a question whose published totals are not what was answered."""

import pytest
from procrastinate.contrib.django import app

from asking import answered, asked, at_closing
from democratic.participation.jobs import compare_polls
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.drifts import count_drifting, note_drifts
from democratic.participation.polls.models import Poll, PollAnswer
from democratic.web.metrics import readings


@pytest.fixture
def bent(territory):
    """Counted for good, then one row of it was changed by hand."""
    poll = asked(territory)
    people = answered(poll, territory, *[1] * 6)
    count_polls(at_closing(poll).now())
    PollAnswer.objects.filter(person=people[0]).update(option=poll.options.get(rank=2))
    return poll


def test_the_night_says_since_when_a_question_drifts_and_forgets_it_once_it_is_right(territory, bent):
    clock = at_closing(bent)
    assert note_drifts(clock) == [bent.record.code]
    assert note_drifts(at_closing(bent)) == [bent.record.code]
    assert Poll.objects.get().drifting_since == clock.moment
    PollAnswer.objects.update(option=bent.options.get(rank=1))
    assert (note_drifts(clock), count_drifting()) == ([], 0)


def test_the_job_is_planned_each_night_names_the_question_and_metrics_count_it(bent, caplog):
    assert compare_polls.name in {each.task.name for each in _planned()}
    compare_polls(timestamp=0)
    assert bent.record.code in caplog.text
    (told,) = [each for each in readings._questions() if each.name == "democratic_polls_drifting"]
    assert told.values == {"": 1}


def _planned():
    return app.periodic_registry.periodic_tasks.values()


def test_the_job_leaves_a_read_only_installation_as_it_is(bent, monkeypatch):
    monkeypatch.setattr("democratic.participation.jobs.read_only", lambda: "restore")
    compare_polls(timestamp=0)
    assert count_drifting() == 0
