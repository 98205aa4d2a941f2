"""Two questions that ask the same: merged in public, counted once a person, split back; and the bin, with its appeal."""

import pytest

from at_the_wall import ELUE, IN_IT, asked, closed, fresh, live
from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.participation.meetings.wall.actions import (
    merge_questions,
    put_question,
    read_questions_first,
    support_question,
    take_back_question,
    unmerge_question,
)
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import Shelf, wall_counts
from democratic.people.actions import welcome_guest
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.keys import claim_said, withdraw_by_secret
from democratic.stewardship.moderation.actions import Finding, answer_appeal, appeal, rule_on, standing_of
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.queries.public import bin_of_meeting
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import Words
from democratic.thread.journal import drain
from democratic.thread.journal.marks import coalesce_marks
from democratic.thread.models import Entry, Link, LinkKind, RecordFigures, Support, Visibility

OFF_TOPIC = Finding(Outcome.HIDDEN, Rule.SPAM, "Elle vend des vélos.")


def reread(question):
    return WallQuestion.objects.select_related("record").get(pk=question.pk)


def shown(meeting):
    return {
        each.title: (each.supports, each.merged)
        for each in wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=20)
    }


@pytest.fixture
def merged(territory):
    """Three people, of whom one supports both."""
    meeting = live(territory)
    stays, goes = asked(meeting, "Combien coûte un arrêt ?"), asked(meeting, "Quel est le prix d’un arrêt ?")
    both, one, other = (welcome_guest() for _n in range(3))
    for question, people in ((stays, (both, one)), (goes, (both, other))):
        for person in people:
            support_question(question=question, person=person)
    merge_questions(into=stays, merged=[goes], function=ELUE, clock=IN_IT)
    return meeting, stays, goes


def test_supports_follow_and_each_person_counts_once_as_the_journal_counts(merged):
    meeting, stays, goes = merged
    assert shown(meeting) == {"Combien coûte un arrêt ?": (3, 1)}
    assert reread(goes).record.state == "merged"
    coalesce_marks(IN_IT.now())
    drain(clock=IN_IT)
    assert RecordFigures.objects.get(record=stays.record).supports == 3
    entry = Entry.objects.get(record=goes.record, kind="question_merged")
    assert entry.data == {"into": stays.record.code}


def test_a_claimed_guest_who_supported_both_is_one_person(merged, territory):
    meeting, stays, goes = merged
    only_one = Support.objects.filter(record=goes.record).exclude(
        person__in=Support.objects.filter(record=stays.record).values("person")
    )
    words, guest = Words(title="Et la nuit ?"), only_one.get().person
    key = put_question(meeting=meeting, words=words, author=guest, clock=IN_IT).claim_secret
    theirs = Support.objects.filter(record=stays.record).first().person
    claim_said(secret=key, person=theirs, clock=IN_IT)
    assert shown(meeting) == {"Combien coûte un arrêt ?": (2, 1), "Et la nuit ?": (0, 0)}


def test_a_question_taken_back_by_its_key_leaves_the_wall_and_what_it_stood_for_stands(territory):
    meeting = live(territory)
    words = Words(title="Combien coûte un arrêt ?")
    hers = put_question(meeting=meeting, words=words, author=welcome_guest(), clock=IN_IT)
    merge_questions(into=hers.question, merged=[asked(meeting, "À quel prix ?")], function=ELUE, clock=IN_IT)
    withdraw_by_secret(secret=hers.claim_secret, clock=IN_IT)
    assert shown(meeting) == {"À quel prix ?": (0, 0)}


def test_who_is_erased_is_counted_no_more_in_what_she_supported(merged):
    meeting, stays, _goes = merged
    both = Support.objects.filter(record=stays.record).order_by("pk").first().person
    erase_guest(guest=both, with_words=False, clock=IN_IT)
    assert shown(meeting) == {"Combien coûte un arrêt ?": (2, 1)}


def test_what_was_merged_and_is_erased_with_its_words_counts_no_more(territory):
    meeting, author = live(territory), welcome_guest()
    stays, goes = asked(meeting), asked(meeting, "Quel est le prix d’un arrêt ?", author)
    support_question(question=goes, person=welcome_guest())
    merge_questions(into=stays, merged=[goes], function=ELUE, clock=IN_IT)
    assert shown(meeting) == {"Combien coûte un arrêt ?": (1, 1)}
    erase_guest(guest=author, with_words=True, clock=IN_IT)
    assert shown(meeting) == {"Combien coûte un arrêt ?": (0, 0)}


def test_split_back_each_has_its_own_supports_again(merged):
    meeting, _stays, goes = merged
    unmerge_question(question=goes, function=ELUE, clock=IN_IT)
    assert shown(meeting) == {"Combien coûte un arrêt ?": (2, 0), "Quel est le prix d’un arrêt ?": (2, 0)}
    assert not Link.objects.filter(kind=LinkKind.MERGED_INTO, ended_by=None).exists()


def test_merges_are_one_step_deep_and_within_one_meeting(merged, territory):
    meeting, stays, goes = merged
    third = asked(meeting, "Et le dimanche ?")
    with pytest.raises(Conflict, match="choisissez-la comme celle qui reste"):
        merge_questions(into=third, merged=[reread(stays)], function=ELUE, clock=IN_IT)
    with pytest.raises(Conflict):
        merge_questions(into=reread(goes), merged=[third], function=ELUE, clock=IN_IT)


def test_when_the_one_that_stays_is_taken_back_the_other_is_on_the_wall_again(merged):
    meeting, stays, _goes = merged
    take_back_question(question=stays, clock=IN_IT)
    assert shown(meeting) == {"Quel est le prix d’un arrêt ?": (2, 0)}


def test_binned_it_is_readable_with_its_reason_and_an_appeal_brings_it_back(territory):
    meeting = live(territory)
    receipt = put_question(
        meeting=meeting, words=Words(title="Voulez-vous un vélo ?"), author=welcome_guest(), clock=IN_IT
    )
    question = receipt.question
    ruling = rule_on(
        record=question.record,
        finding=OFF_TOPIC,
        ruled_by=territory.agent.person,
        clock=IN_IT,
        is_unasked=True,
    )
    assert (reread(question).record.state, reread(question).record.visibility) == (
        "binned",
        Visibility.HIDDEN,
    )
    assert wall_counts(meeting).all == 0
    (binned,), total = bin_of_meeting(territory.viewer(), meeting.pk)
    assert (binned.record.title, binned.ruling.rule, binned.is_readable, total) == (
        "Voulez-vous un vélo ?", Rule.SPAM, True, 1,
    )  # fmt: skip
    standing = standing_of(ruling, None, receipt.claim_secret)
    appeal(ruling=ruling, standing=standing, text="C’est le sujet.", clock=IN_IT)
    kept = Finding(Outcome.KEPT, Rule.SPAM, "Le vélo est du sujet.")
    with pytest.raises(NotAllowed):
        answer_appeal(ruling=ruling, finding=kept, ruled_by=territory.agent.person, clock=IN_IT)
    answer_appeal(ruling=ruling, finding=kept, ruled_by=territory.elected.person, clock=IN_IT)
    assert (reread(question).record.state, reread(question).record.visibility) == (
        "published", Visibility.PUBLIC,
    )  # fmt: skip


def test_one_that_was_refused_before_it_was_published_is_published_by_its_appeal(territory):
    meeting = live(territory)
    read_questions_first(meeting=meeting, is_on=True, clock=IN_IT)
    author = welcome_guest()
    question = asked(fresh(meeting), author=author)
    refused = Finding(Outcome.REFUSED, Rule.SPAM, "Hors sujet.")
    ruling = rule_on(record=question.record, finding=refused, ruled_by=territory.agent.person, clock=IN_IT)
    appeal(ruling=ruling, standing=standing_of(ruling, author), text="Si.", clock=IN_IT)
    kept = Finding(Outcome.KEPT, Rule.SPAM, "Du sujet.")
    answer_appeal(ruling=ruling, finding=kept, ruled_by=territory.elected.person, clock=IN_IT)
    assert reread(question).record.state == "published"
    assert Entry.objects.filter(record=question.record, kind="question_put").count() == 1


def test_erased_with_her_words_a_person_leaves_no_question_and_no_mark(territory):
    meeting, lina = live(territory), welcome_guest()
    question = asked(meeting, author=lina, name="Lina")
    other = asked(meeting, "Autre chose ?")
    support_question(question=other, person=lina)
    erase_guest(guest=lina, with_words=True, clock=IN_IT)
    gone = reread(question).record
    assert (gone.author, gone.byline, gone.visibility, gone.title) == (None, "", Visibility.WITHDRAWN, "")
    assert shown(meeting) == {"Autre chose ?": (0, 0)}


def test_split_back_after_the_end_it_is_owed_as_the_rest(merged):
    meeting, _stays, goes = merged
    closed(meeting)
    unmerge_question(question=goes, function=ELUE, clock=IN_IT)
    assert reread(goes).record.state == "owed"
