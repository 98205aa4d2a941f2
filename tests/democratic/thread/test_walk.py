"""The walk over Links: what it reaches, what stops it."""

import pytest

from courses import whole_course
from democratic.thread.actions import link, withdraw_own
from democratic.thread.models import Link, LinkKind, Record, Visibility
from democratic.thread.queries import walk as walking
from democratic.thread.queries.walk import walk

ONWARD = tuple(LinkKind)


def reached(steps):
    return {step.target_id for step in steps}


def test_a_walk_onward_goes_from_a_sentence_to_its_evidence_in_one_query(
    territory, django_assert_num_queries
):
    course = whole_course(territory)
    with django_assert_num_queries(1):
        steps = walk([course.ideas[0].pk], authority=territory.authority, onward=ONWARD)
    assert course.evidence[0].pk in reached(steps)
    assert [step.kind for step in steps if step.depth == 1] == [LinkKind.GROUPED_IN]


def test_a_walk_back_goes_from_evidence_to_every_voice(territory):
    course = whole_course(territory)
    steps = walk([course.evidence[0].pk], authority=territory.authority, back=ONWARD)
    assert {idea.pk for idea in course.ideas} <= {step.source_id for step in steps}


def test_a_walk_follows_the_kinds_that_were_asked_for_and_no_other(territory):
    course = whole_course(territory)
    steps = walk([course.ideas[0].pk], authority=territory.authority, onward=[LinkKind.GROUPED_IN])
    assert reached(steps) == {course.theme.pk}


def test_what_was_withdrawn_ends_the_walk_and_hides_what_lies_behind(territory):
    course = whole_course(territory)
    Record.objects.filter(pk=course.theme.pk).update(visibility=Visibility.HIDDEN)
    assert walk([course.ideas[0].pk], authority=territory.authority, onward=ONWARD) == []


def test_a_withdrawn_voice_is_not_walked_back_to(territory):
    course = whole_course(territory)
    withdraw_own(record=course.ideas[1], clock=territory.clock)
    steps = walk([course.theme.pk], authority=territory.authority, back=[LinkKind.GROUPED_IN])
    assert {step.source_id for step in steps} == {course.ideas[0].pk, course.ideas[2].pk}


def test_a_link_that_ended_is_not_walked(territory):
    course = whole_course(territory)
    entry = course.theme.record.entries.first()
    Link.objects.filter(source=course.ideas[0], kind=LinkKind.GROUPED_IN).update(ended_by=entry)
    assert walk([course.ideas[0].pk], authority=territory.authority, onward=ONWARD) == []


def test_a_circle_of_links_ends(territory):
    one, other = territory.say().idea.record, territory.say().idea.record
    entry = one.entries.first()
    link(source=one, kind=LinkKind.INSPIRED, target=other, entry=entry)
    link(source=other, kind=LinkKind.INSPIRED, target=one, entry=entry)
    steps = walk([one.pk], authority=territory.authority, onward=[LinkKind.INSPIRED])
    assert len({(step.source_id, step.target_id) for step in steps}) == 2
    assert max(step.depth for step in steps) <= walking.DEEPEST


@pytest.mark.parametrize(("most", "expected"), [(2, 2), (60, 3)])
def test_a_record_with_many_links_gives_a_bounded_number(territory, most, expected):
    course = whole_course(territory)
    steps = walk(
        [course.theme.pk], authority=territory.authority, back=[LinkKind.GROUPED_IN], most_from_one=most
    )
    assert len(steps) == expected


def test_the_whole_walk_is_bounded_too(territory, monkeypatch):
    course = whole_course(territory)
    monkeypatch.setattr(walking, "MOST_STEPS", 2)
    assert len(walk([course.evidence[0].pk], authority=territory.authority, back=ONWARD)) == 2
