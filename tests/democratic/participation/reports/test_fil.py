"""Le fil, in facts: what each Record's story tells, both ways, holes included."""

from datetime import date

import pytest

from courses import answered, decided, grouped, promised, said, shown, whole_course
from democratic.participation.answers.actions import declare_inadmissible
from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.debates.actions import open_debate
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.reports.fil import Missing, Tells, fil_back_of, fil_of, find_start
from democratic.thread.actions import Words, link, post_comment, withdraw_by_authority, withdraw_own
from democratic.thread.models import LinkKind, Record
from democratic.thread.queries import RecordNotFound
from factories import clock_at

TODAY = date(2026, 9, 10)


def fil(territory, record, today=TODAY):
    viewer = territory.viewer()
    return fil_of(viewer, find_start(viewer, record.code), today)


def back(territory, record, today=TODAY):
    viewer = territory.viewer()
    return fil_back_of(viewer, find_start(viewer, record.code), today)


def told(story):
    return [knot.tells for knot in story.knots]


def holes(story):
    return [knot.missing for knot in story.knots if knot.tells == Tells.MISSING]


def test_a_sentence_s_fil_goes_to_its_evidence_and_on_to_what_is_still_to_come(territory):
    course = whole_course(territory)
    story = fil(territory, course.ideas[0], today=date(2026, 8, 1))
    assert told(story) == [
        Tells.SAID, Tells.THEME, Tells.MEETING, Tells.ANSWER, Tells.DECISION, Tells.COMMITMENT,
        Tells.ACTIONS, Tells.EVIDENCE, Tells.AHEAD, Tells.AHEAD, Tells.AHEAD,
    ]  # fmt: skip
    assert [knot.due.owed for knot in story.knots[-3:]] == [Owed.ACTION, Owed.COMMITMENT, Owed.REPORT]


def test_the_voices_grouped_with_it_are_counted_by_origin(territory):
    course = whole_course(territory, voices=6)
    theme = fil(territory, course.ideas[0]).knots[1]
    assert dict(theme.voices) == {"street": 2, "chat": 2, "web": 1, "room": 1}


def test_every_kind_of_record_has_a_fil_both_ways(territory):
    course = whole_course(territory)
    comment = post_comment(
        subject=course.ideas[0], author=territory.citizen.person, words=Words(text="Oui."),
        clock=territory.clock,
    )  # fmt: skip
    debate = open_debate(process=territory.process, words=Words(title="Débat"), clock=territory.clock)
    records = [
        territory.mandate.record, territory.process.record, course.ideas[0], comment.record, debate.record,
        course.meeting.record, course.theme.record, course.answer.record, course.decision.record,
        course.commitments[0].record, course.actions[0].record, course.evidence[0].record,
    ]  # fmt: skip
    for record in records:
        assert fil(territory, record).knots, record.kind
        assert back(territory, record).knots, record.kind


def test_read_back_evidence_leads_to_the_first_voice_and_to_the_order(territory):
    course = whole_course(territory)
    story = back(territory, course.evidence[0].record)
    assert told(story) == [
        Tells.EVIDENCE, Tells.COMMITMENT, Tells.DECISION, Tells.ANSWER, Tells.MEETING, Tells.THEME,
        Tells.SAID, Tells.PROCESS, Tells.ORDER,
    ]  # fmt: skip
    assert story.knots[6].record.pk == course.ideas[0].pk
    assert sum(story.knots[5].voices.values()) == 3


def test_a_sentence_without_a_theme_shows_the_hole_and_whose_turn_it_is(territory):
    idea = said(territory, 1)[0]
    story = fil(territory, idea, today=date(2026, 3, 10))
    assert told(story)[:2] == [Tells.SAID, Tells.MISSING]
    assert (story.knots[1].missing, story.knots[1].who, story.knots[1].on) == (
        Missing.THEME, "Service jeunesse", date(2026, 2, 14),
    )  # fmt: skip


def test_an_answer_still_in_time_is_to_come_and_a_late_one_is_a_hole_with_its_days(territory):
    idea = said(territory, 1)[0]
    grouped(territory, [idea])
    in_time = fil(territory, idea, today=date(2026, 6, 12)).knots[2]
    late = fil(territory, idea, today=date(2026, 6, 27)).knots[2]
    assert (in_time.tells, in_time.on) == (Tells.AHEAD, date(2026, 6, 12))
    assert (late.tells, late.missing, late.lost, late.on) == (
        Tells.MISSING, Missing.ANSWER, 15, date(2026, 6, 12),
    )  # fmt: skip
    assert late.who == "Odile Vasseur-Thiry, vice-présidente, jeunesse et mobilités"


def test_an_answer_that_keeps_something_waits_for_a_decision_and_one_that_refuses_does_not(territory):
    kept, refused = said(territory, 2)
    answered(territory, kept, verdict=Verdict.KEPT)
    answered(territory, refused, verdict=Verdict.UNKEPT)
    assert holes(fil(territory, kept)) == [Missing.DECISION]
    assert holes(fil(territory, refused)) == []


def test_a_decision_without_a_commitment_is_a_hole(territory):
    idea = said(territory, 1)[0]
    decided(territory, answered(territory, idea))
    assert holes(fil(territory, idea)) == [Missing.COMMITMENT]


@pytest.mark.parametrize(
    ("state", "expected"),
    [(None, []), (CommitmentState.DOING, []), (CommitmentState.KEPT, [Missing.EVIDENCE])],
)
def test_a_commitment_said_kept_without_evidence_is_a_hole_and_one_under_way_is_to_come(
    territory, state, expected
):
    idea = said(territory, 1)[0]
    commitment = promised(territory, decided(territory, answered(territory, idea)))
    if state:
        move_commitment(
            commitment=commitment, to=state, note="n", function="f", clock=clock_at(date(2026, 8, 1))
        )
    assert holes(fil(territory, idea, today=date(2026, 8, 2))) == expected


def test_evidence_fills_the_hole(territory):
    idea = said(territory, 1)[0]
    commitment = promised(territory, decided(territory, answered(territory, idea)))
    shown(commitment.record)
    assert holes(fil(territory, idea)) == []


def test_an_individual_answer_is_told_instead_of_the_theme_s(territory):
    course = whole_course(territory)
    own = answered(territory, course.ideas[1], verdict=Verdict.UNKEPT, day=date(2026, 6, 20))
    told_answers = [
        [knot.record.code for knot in fil(territory, idea).knots if knot.tells == Tells.ANSWER]
        for idea in course.ideas[:2]
    ]
    assert told_answers == [[course.answer.record.code], [own.record.code]]


def test_an_answer_signed_late_says_how_many_days_were_lost_and_why(territory):
    owed = obligation_of(territory.process.record, Owed.ANSWER)
    postpone(
        obligation=owed, new_on=date(2026, 7, 1), reason="Paroles de rue arrivées tard.",
        function="Service jeunesse", clock=territory.clock,
    )  # fmt: skip
    idea = said(territory, 1)[0]
    answered(territory, idea, day=date(2026, 6, 20))
    knot = next(knot for knot in fil(territory, idea).knots if knot.tells == Tells.ANSWER)
    assert (knot.lost, knot.promised_on, knot.reason) == (
        8, date(2026, 6, 12), "Paroles de rue arrivées tard.",
    )  # fmt: skip


def test_a_late_commitment_is_dated_on_the_day_it_was_promised_for(territory):
    course = whole_course(territory)
    knot = next(knot for knot in fil(territory, course.ideas[0]).knots if knot.tells == Tells.COMMITMENT)
    assert (knot.standing, knot.on, knot.lost) == ("late", date(2026, 8, 28), 13)


def test_a_withdrawn_commitment_is_told_as_withdrawn_and_nothing_of_it_is_still_to_come(territory):
    course = whole_course(territory)
    withdraw_by_authority(
        record=course.commitments[0].record, reason="Marché infructueux.", function="Présidence",
        clock=clock_at(date(2026, 8, 1)),
    )  # fmt: skip
    story = fil(territory, course.ideas[0], today=date(2026, 8, 2))
    knot = next(knot for knot in story.knots if knot.tells == Tells.COMMITMENT)
    assert (knot.standing, knot.lost, knot.on) == ("withdrawn", 0, date(2026, 8, 1))
    assert course.commitments[0].pk not in {
        knot.record.pk for knot in story.knots if knot.tells == Tells.AHEAD and knot.record
    }


def test_many_commitments_are_told_whole_up_to_four_and_then_counted(territory):
    course = whole_course(territory, commitments=6)
    story = fil(territory, course.ideas[0])
    assert told(story).count(Tells.COMMITMENT) == 4
    rest = next(knot for knot in story.knots if knot.tells == Tells.COMMITMENTS)
    assert (len(rest.records), dict(rest.counts)) == (2, {"late": 2})


def test_what_is_out_of_the_field_is_told_nothing_more(territory):
    idea = said(territory, 1)[0]
    declare_inadmissible(contribution=idea, reason="Autre sujet.", function="f", clock=territory.clock)
    story = fil(territory, Record.objects.get(pk=idea.pk), today=date(2026, 3, 10))
    assert told(story) == [Tells.SAID, Tells.AHEAD]
    assert story.knots[-1].due.owed == Owed.REPORT


def test_other_records_of_the_same_decision_cross_this_fil(territory):
    course = whole_course(territory)
    other = grouped(territory, said(territory, 2, text="Et le dimanche ?"), title="Le week-end")
    entry = course.decision.record.entries.first()
    second = answered(territory, other.record)
    link(source=second.record, kind=LinkKind.DECIDED_BY, target=course.decision.record, entry=entry)
    crossings = fil(territory, course.ideas[0]).crossings
    assert [(each.record.pk, each.kind) for each in crossings] == [(other.pk, LinkKind.DECIDED_BY)]


def test_a_link_aside_is_a_crossing_not_a_cause(territory):
    course = whole_course(territory)
    other = territory.say("Un bus le matin.").idea.record
    link(source=other, kind=LinkKind.INSPIRED, target=course.ideas[0], entry=other.entries.first())
    story = fil(territory, course.ideas[0])
    assert [(each.record.pk, each.kind) for each in story.crossings] == [(other.pk, LinkKind.INSPIRED)]
    assert other.pk not in {knot.record.pk for knot in story.knots if knot.record}


def test_a_process_s_fil_shows_its_themes_as_strands_and_counts_its_answers(territory):
    course = whole_course(territory)
    other = grouped(territory, said(territory, 2, text="Et le dimanche ?"), title="Le week-end")
    story = fil(territory, territory.process.record)
    assert told(story)[:4] == [Tells.ORDER, Tells.PROCESS, Tells.HEARD, Tells.THEME]
    assert (story.knots[3].groups, [record.pk for record in story.knots[3].records]) == (
        (3, 2), [course.theme.pk, other.pk],
    )  # fmt: skip
    answers = next(knot for knot in story.knots if knot.tells == Tells.ANSWERS)
    assert dict(answers.counts) == {"part": 1}
    assert [knot.counts["owed"] for knot in story.knots if knot.missing == Missing.ANSWER] == [2]


def test_an_order_s_fil_is_that_of_the_process_it_led_to(territory):
    whole_course(territory)
    assert told(fil(territory, territory.mandate.record)) == told(fil(territory, territory.process.record))


def test_its_days_run_from_the_first_knot_to_the_last_that_is_done(territory):
    course = whole_course(territory)
    assert fil(territory, course.ideas[0]).days == (date(2026, 9, 5) - date(2026, 2, 14)).days


def test_what_its_author_withdrew_has_no_fil(territory):
    idea = said(territory, 1)[0]
    withdraw_own(record=idea, clock=territory.clock)
    with pytest.raises(RecordNotFound):
        fil(territory, idea)


def test_the_history_tells_each_public_fact_in_order_with_the_function_that_did_it(territory):
    course = whole_course(territory)
    move_commitment(
        commitment=course.commitments[0], to=CommitmentState.DOING, note="Deux conducteurs recrutés.",
        function="Service jeunesse", clock=clock_at(date(2026, 8, 1)),
    )  # fmt: skip
    history = fil(territory, course.commitments[0].record).history
    assert [line.kind for line in history] == [
        "commitment_made", "obligation_opened", "commitment_moved",
    ]  # fmt: skip
    assert history[-1].words == {"note": "Deux conducteurs recrutés.", "function": "Service jeunesse"}


@pytest.mark.parametrize("n", [1, 3])
def test_a_fil_asks_the_database_a_fixed_number_of_questions(territory, n, django_assert_num_queries):
    course = whole_course(territory, voices=n, commitments=n)
    viewer = territory.viewer()
    for record, onward, backward in (
        (course.ideas[0], 9, 7),
        (course.theme.record, 9, 9),
        (course.commitments[0].record, 8, 9),
        (course.evidence[0].record, 8, 9),
        (territory.process.record, 9, 9),
        (territory.mandate.record, 9, 9),
    ):
        with django_assert_num_queries(onward):
            fil_of(viewer, find_start(viewer, record.code), TODAY)
        with django_assert_num_queries(backward):
            fil_back_of(viewer, find_start(viewer, record.code), TODAY)
