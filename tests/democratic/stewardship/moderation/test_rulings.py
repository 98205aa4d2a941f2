"""From a notice to a decision: reasoned, public, by someone who has no part in it; the words stay as they were."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.people.actions import welcome_guest
from democratic.stewardship.models import Notice, Ruling
from democratic.stewardship.moderation.actions import Finding, give_notice, rule_on
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.rules import last_day_to_appeal
from democratic.stewardship.moderation.states import (
    APPEAL_NEXT,
    NOTICE_NEXT,
    AppealState,
    NoticeState,
    Outcome,
)
from democratic.thread.actions import post_comment, support
from democratic.thread.actions.records import Words
from democratic.thread.journal import drain
from democratic.thread.models import Entry, Record, RecordFigures, Support, Visibility, Wording
from moderating import FACTS

pytestmark = pytest.mark.django_db


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def test_anyone_may_signal_and_gets_a_key_that_the_database_cannot_say(bench):
    said = bench.territory.say().idea.record

    received = bench.signal(said)

    assert received.notice.state == NoticeState.RECEIVED
    assert len(received.secret) == 17
    assert received.secret not in str(Notice.objects.values().get())


def test_a_second_tap_finds_the_first_notice(bench):
    said, me = bench.territory.say().idea.record, welcome_guest()
    bench.signal(said, by=me)

    with pytest.raises(Conflict, match="déjà signalée"):
        bench.signal(said, by=me)

    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("rule", "explanation", "field"),
    [("", "Non.", "rule"), ("coordinated", "Non.", "rule"), ("other", " \u200b ", "explanation"),
     ("other", "x" * 2001, "explanation")],
)  # fmt: skip
def test_a_notice_without_a_rule_or_a_reason_is_refused_beside_its_field(bench, rule, explanation, field):
    said = bench.territory.say().idea.record

    with pytest.raises(Refusal) as refused:
        give_notice(
            record=said,
            rule=rule,
            explanation=explanation,
            notifier=welcome_guest(),
            clock=bench.territory.clock,
        )

    assert refused.value.field == field
    assert not Notice.objects.exists()


def test_one_decision_answers_every_notice_and_is_one_public_entry_that_names_nobody(bench):
    said, me = bench.territory.say("Voleuse !").idea.record, welcome_guest()
    bench.signal(said, by=me)
    bench.signal(said, rule="other")
    before = Entry.objects.count()

    ruling = bench.decide(said)

    told = Entry.objects.order_by("-pk").first()
    assert Entry.objects.filter(kind="content_moderated").count() == 1
    assert Entry.objects.count() >= before + 1
    assert set(Notice.objects.values_list("state", "ruling")) == {("followed", ruling.pk)}
    entry = Entry.objects.get(kind="content_moderated")
    words = {each.part: each.value for each in entry.openings.all()}
    assert words == {"title": "Insulte, menace ou haine", "text": FACTS}
    assert entry.data["change"] == "hidden"
    assert entry.data["subject"] == said.code
    whole = json.dumps([entry.data, words]) + str(told)
    for person in (me, bench.first.person, said.author):
        assert str(person.pk) not in whole
    assert "C’est une insulte" not in whole


def test_what_is_hidden_keeps_its_words_its_supports_and_its_entries(bench):
    said = bench.territory.say("Voleuse !").idea.record
    support(record=said, person=welcome_guest())
    words = list(Wording.objects.filter(record=said).values())
    entries = set(said.entries.values_list("pk", flat=True))

    bench.hidden(said)

    assert fresh(said).visibility == Visibility.HIDDEN
    assert list(Wording.objects.filter(record=said).values()) == words
    assert Support.objects.filter(record=said).count() == 1
    assert entries <= set(Entry.objects.filter(record=said).values_list("pk", flat=True))


def test_a_notice_that_is_not_followed_leaves_the_word_where_it_is(bench):
    said = bench.territory.say().idea.record
    bench.signal(said)

    ruling = bench.decide(said, Outcome.KEPT)

    assert fresh(said).visibility == Visibility.PUBLIC
    assert Notice.objects.get().state == NoticeState.REJECTED
    assert ruling.appeal_until == date(2026, 9, 1)


def test_a_hidden_comment_is_counted_no_more(bench):
    said = bench.territory.say().idea.record
    comment = post_comment(
        subject=said,
        author=welcome_guest(),
        words=Words(text="Idiote."),
        alignment=-1,
        clock=bench.territory.clock,
    )
    drain(clock=bench.territory.clock)
    assert RecordFigures.objects.get(record=said).comments_against == 1

    bench.hidden(comment.record)
    drain(clock=bench.territory.clock)

    assert RecordFigures.objects.get(record=said).comments_against == 0


@pytest.mark.parametrize("who", ["author", "notifier"])
def test_neither_the_author_nor_a_notifier_decides(bench, who):
    mine = bench.first.person
    said = bench.territory.say(author=mine if who == "author" else welcome_guest()).idea.record
    bench.signal(said, by=mine if who == "notifier" else None)

    with pytest.raises(NotAllowed, match="une autre personne"):
        bench.decide(said)

    assert not Ruling.objects.exists()


def test_of_two_who_decide_one_after_the_other_the_second_is_told(bench):
    said = bench.territory.say().idea.record
    bench.hidden(said)

    with pytest.raises(Conflict, match="quelqu’un a décidé avant vous"):
        bench.decide(said, ruled_by=bench.second.person)

    assert Ruling.objects.count() == 1


@pytest.mark.parametrize(
    ("rule", "facts", "ground", "field"),
    [("illegal", "Des faits.", "", "ground"), ("", "Des faits.", "", "rule"), ("other", "  ", "", "facts")],
)
def test_a_decision_states_its_rule_its_facts_and_the_law(bench, rule, facts, ground, field):
    said = bench.territory.say().idea.record
    bench.signal(said)

    with pytest.raises(Refusal) as refused:
        rule_on(
            record=said,
            finding=Finding(Outcome.HIDDEN, rule, facts, ground),
            ruled_by=bench.first.person,
            clock=bench.territory.clock,
        )

    assert refused.value.field == field


def test_the_database_itself_wants_another_person_for_the_appeal(bench):
    ruling = bench.hidden(bench.territory.say().idea.record)

    with pytest.raises(IntegrityError, match="an_appeal_is_heard_by_another"), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(second_to=ruling, ruled_first_by=ruling.ruled_by)


def test_whoever_was_refused_five_times_waits_until_a_day_that_is_told_but_a_child_in_danger_is_always_heard(
    bench,
):
    me = welcome_guest()
    for n in range(5):
        said = bench.territory.say(f"Parole {n}").idea.record
        bench.signal(said, by=me)
        bench.decide(said, Outcome.KEPT)
    last = bench.territory.say("Encore une").idea.record

    with pytest.raises(NotAllowed, match="31/03/2026"):
        bench.signal(last, by=me)

    assert bench.signal(last, rule=Rule.MINOR, by=me).notice.pk


@pytest.mark.parametrize(
    ("ruled", "last"),
    [(date(2026, 1, 31), date(2026, 7, 31)), (date(2026, 8, 31), date(2027, 2, 28)),
     (date(2027, 8, 31), date(2028, 2, 29)), (date(2026, 12, 1), date(2027, 6, 1))],
)  # fmt: skip
def test_six_months_are_six_months_of_the_calendar(ruled, last):
    assert last_day_to_appeal(ruled) == last


@pytest.mark.parametrize(("table", "states"), [(NOTICE_NEXT, NoticeState), (APPEAL_NEXT, AppealState)])
def test_every_state_has_its_line_and_what_was_answered_stays_answered(table, states):
    assert set(table) == set(states)
    first = next(iter(states))
    assert all(first not in following for following in table.values())
    assert {state for state, following in table.items() if not following} == set(states) - {first}
