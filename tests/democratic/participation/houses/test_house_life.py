"""What members do at home, and what leaves it: a discussion, an agenda, an opinion, a referral, a hand-over."""

from datetime import timedelta

import pytest

from at_home import NO, YES, at_home
from bodies import opened
from democratic.communities.houses.actions import Owing, give_role_in_turn, open_house
from democratic.communities.houses.models import Role
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.houses.actions import (
    OpinionText,
    PointAnswer,
    add_minority_view,
    answer_referral,
    convene_meeting,
    count_opinion,
    draft_opinion,
    hand_over,
    hold_minority_view,
    open_topic,
    place_point,
    propose_opinion,
    propose_point,
    rate_answer,
    refer,
    say_in_topic,
    set_word_aside,
    support_point,
    tell_rating,
    write_hand_over,
    write_opinion,
)
from democratic.participation.houses.models import MinorityVoice, Opinion, Power, ReferralRating
from democratic.participation.houses.queries import (
    opinion_for,
    points_of,
    referral_for,
    still_open,
    why_set_aside,
)
from democratic.participation.meetings.actions import Moment
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Link, LinkKind, Opening, Record, Visibility
from democratic.thread.rules import visible_records

ALL_OWN = {n: PointAnswer(Power.OWN, "Ce sera fait en mai.") for n in (1, 2, 3)}


@pytest.fixture
def home(territory):
    return at_home(territory)


def answered(home, referral, answers=None, days=10):
    return answer_referral(
        referral=referral,
        answers=answers or ALL_OWN,
        signer=home.territory.official,
        is_by_delegation=False,
        clock=home.clock_in(days),
    )


def test_what_members_say_is_read_by_members_alone(home):
    territory = home.territory
    topic = open_topic(house=home.house, words=Words(title="Les bus"), clock=territory.clock)
    said = say_in_topic(
        topic=topic,
        member=home.members[0],
        text="Trop rares.",
        language="fr",
        byline="Inès",
        clock=territory.clock,
    )
    member = territory.viewer(home.accounts[1].person)
    assert visible_records(member).filter(pk=said.record_id).exists()
    for stranger in (
        territory.viewer(),
        territory.viewer(territory.citizen.person),
        territory.viewer(territory.agent.person),
    ):
        assert not visible_records(stranger).filter(pk__in=(said.record_id, topic.pk)).exists()


def test_a_word_set_aside_says_why_to_members(home):
    clock = home.territory.clock
    topic = open_topic(house=home.house, words=Words(title="Les bus"), clock=clock)
    said = say_in_topic(
        topic=topic, member=home.members[0], text="Idiot.", language="fr", byline="", clock=clock
    )
    with pytest.raises(Refusal):
        set_word_aside(record=said.record, house=home.house, reason=" ", clock=clock)
    set_word_aside(record=said.record, house=home.house, reason="On ne s’insulte pas.", clock=clock)
    assert why_set_aside([said.record_id]) == {said.record_id: "On ne s’insulte pas."}
    assert Record.objects.get(pk=said.record_id).visibility == Visibility.HIDDEN
    with pytest.raises(Conflict):
        set_word_aside(record=topic.record, house=at_home_elsewhere(home), reason="x", clock=clock)


def at_home_elsewhere(home):
    other = opened(home.territory, "Conseil des aînés", "body")
    owing = Owing(home.territory.official.pk, home.territory.service.pk)
    return open_house(organisation=other, is_youth=False, owing=owing, clock=home.territory.clock)


def test_members_build_the_agenda(home):
    clock = home.territory.clock
    now = clock.now()
    less = propose_point(house=home.house, member=home.members[0], title="Le logo", why="", clock=clock)
    more = propose_point(house=home.house, member=home.members[1], title="Les bus", why="", clock=clock)
    support_point(point=more, member=home.members[2], supports=True)
    assert [point.pk for point in points_of(home.house, None)] == [more.pk, less.pk]
    moment = Moment(now + timedelta(days=3), now + timedelta(days=3, hours=2), "Salle du forum")
    meeting = convene_meeting(
        house=home.house, words=Words(title="Réunion de mars"), moment=moment, clock=clock
    )
    item = place_point(point=more, meeting=meeting, minutes=20, clock=clock)
    assert (item.title, item.rank, item.minutes) == ("Les bus", 1, 20)
    assert [point.pk for point in points_of(home.house, None)] == [less.pk]
    with pytest.raises(Conflict):
        support_point(point=more, member=home.members[3], supports=True)
    assert not visible_records(home.territory.viewer()).filter(pk=meeting.pk).exists()


def test_a_meeting_of_grown_ups_is_public(territory):
    home = at_home(territory, ("Ana",), is_youth=False)
    now = territory.clock.now()
    moment = Moment(now + timedelta(days=3), now + timedelta(days=3, hours=2), "Mairie")
    meeting = convene_meeting(
        house=home.house, words=Words(title="Séance"), moment=moment, clock=territory.clock
    )
    assert visible_records(territory.viewer()).filter(pk=meeting.pk).exists()


def test_an_opinion_is_nobody_elses_until_it_is_adopted(home):
    draft = home.opinion(is_adopted=False)
    assert opinion_for(home.territory.viewer(), draft.record.code) is None
    assert not Entry.objects.filter(record=draft.record).exists()
    home.opinion()
    told = Entry.objects.get(kind="opinion_adopted")
    assert told.data["counts"]["yes"] == 6
    assert Opening.objects.get(entry=told, part="points").value[0] == "Un bus à 23 h."
    assert opinion_for(home.territory.viewer(), told.record.code).state == "adopted"
    assert Link.objects.filter(source=told.record, kind=LinkKind.SPOKEN_FOR).exists()


def test_versions_are_written_one_after_another(home):
    clock = home.territory.clock
    draft = home.opinion(is_adopted=False)
    text = OpinionText(Words(title="Des bus de nuit"), ["Un bus à minuit."])
    second = write_opinion(opinion=draft, text=text, version=1, clock=clock)
    assert second.version == 2
    with pytest.raises(Conflict):  # who had read the first one
        write_opinion(opinion=draft, text=text, version=1, clock=clock)
    assert draft.points.filter(version=1).count() == 3
    assert draft.record.wordings.count() == 2


def test_a_refused_opinion_is_written_again(home):
    clock = home.territory.clock
    draft = home.opinion(is_adopted=False)
    asked = propose_opinion(opinion=draft, closes_on=home.today + timedelta(days=2), clock=clock)
    home.all_say(asked.adoption, NO)
    counted = count_opinion(opinion=draft, clock=clock)
    assert counted.state == Opinion.State.REFUSED
    assert not Entry.objects.filter(record=draft.record).exists()
    text = OpinionText(Words(title="Autrement"), ["Un bus."])
    assert write_opinion(opinion=draft, text=text, version=1, clock=clock).state == Opinion.State.DRAFT


def test_a_minority_is_published_beside_and_told_from_five(home):
    clock = home.territory.clock
    draft = home.opinion(is_adopted=False)
    few = add_minority_view(opinion=draft, member=home.members[0], text="Plutôt des vélos.", clock=clock)
    many = add_minority_view(opinion=draft, member=home.members[1], text="Gratuit d’abord.", clock=clock)
    gone = add_minority_view(opinion=draft, member=home.members[1], text="Rien.", clock=clock)
    hold_minority_view(view=gone, member=home.members[1], holds=False)
    for member in home.members[2:]:
        hold_minority_view(view=many, member=member, holds=True)
    asked = propose_opinion(opinion=draft, closes_on=home.today + timedelta(days=2), clock=clock)
    home.all_say(asked.adoption, YES)
    count_opinion(opinion=draft, clock=clock)
    few.refresh_from_db()
    many.refresh_from_db()
    assert (few.voices_told, many.voices_told) == (0, 5)
    assert not MinorityVoice.objects.exists()
    entry = Entry.objects.get(kind="opinion_adopted")
    assert Opening.objects.get(entry=entry, part="minority").value == [
        "Plutôt des vélos.",
        "Gratuit d’abord.",
    ]
    with pytest.raises(Conflict):
        add_minority_view(opinion=draft, member=home.members[0], text="Trop tard.", clock=clock)


def test_a_referral_is_received_at_once_and_owed_by_a_day(home):
    opinion = home.opinion()
    referral = refer(opinion=opinion, clock=home.territory.clock)
    sent = referral_for(home.territory.viewer(), referral.record.code, home.today)
    assert sent.due.due_on == home.today + timedelta(days=60)
    assert sent.due.service == "Service jeunesse"
    late = referral_for(home.territory.viewer(), referral.record.code, home.today + timedelta(days=63))
    assert (late.due.is_late, late.due.days_late) == (True, 3)
    with pytest.raises(Conflict):
        refer(opinion=opinion, clock=home.territory.clock)
    assert Link.objects.get(source=opinion.record, kind=LinkKind.REFERRED_TO).target_id == referral.pk


def test_only_what_was_adopted_is_referred(home):
    with pytest.raises(Conflict):
        refer(opinion=home.opinion(is_adopted=False), clock=home.territory.clock)


def test_each_point_is_answered_with_a_reason_and_in_whose_hands_it_is(home):
    referral = refer(opinion=home.opinion(), clock=home.territory.clock)
    with pytest.raises(Refusal) as refused:
        answered(home, referral, {1: PointAnswer(Power.OWN, "Oui.")})
    assert refused.value.field == "reason_2"
    with pytest.raises(Refusal) as refused:
        answered(home, referral, {**ALL_OWN, 3: PointAnswer(Power.PASSED, "Pas nous.")})
    assert refused.value.field == "passed_to_3"
    said = {
        1: PointAnswer(Power.OWN, "Dès septembre."),
        2: PointAnswer(Power.REFUSED, "Trop cher cette année."),
        3: PointAnswer(Power.PASSED, "Les trains sont à elle.", "La Région"),
    }
    done = answered(home, referral, said)
    told = Entry.objects.get(kind="referral_answered")
    assert (told.data["own"], told.data["passed"], told.data["refused"], told.data["days_late"]) == (
        1,
        1,
        1,
        0,
    )
    assert Opening.objects.get(entry=told, part="function").value == "vice-présidente, jeunesse et mobilités"
    assert referral_for(home.territory.viewer(), done.record.code, home.today).due.met_on is not None
    with pytest.raises(Conflict):
        answered(home, referral)
    refer(opinion=referral.opinion, clock=home.territory.clock)  # once answered, one may ask again


def test_a_late_answer_says_how_late(home):
    referral = refer(opinion=home.opinion(), clock=home.territory.clock)
    answered(home, referral, days=64)
    assert Entry.objects.get(kind="referral_answered").data["days_late"] == 4


def test_an_answer_is_rated_from_five_voices_and_agreeing_is_another_matter(home):
    referral = refer(opinion=home.opinion(), clock=home.territory.clock)
    yes, no = ReferralRating.Answered.YES, ReferralRating.Agrees.NO
    with pytest.raises(Conflict):
        rate_answer(referral=referral, member=home.members[0], answered=yes, agrees=no)
    answered(home, referral)
    for member in home.members[:4]:
        rate_answer(referral=referral, member=member, answered=yes, agrees=no)
    with pytest.raises(Conflict):
        tell_rating(referral=referral, clock=home.clock_in(12))
    rate_answer(referral=referral, member=home.members[4], answered=yes, agrees=no)
    told = tell_rating(referral=referral, clock=home.clock_in(12))
    assert told.rating == {
        "n": 5,
        "answered": {"yes": 5, "part": 0, "no": 0},
        "agrees": {"yes": 0, "no": 5, "unsure": 0},
    }
    assert not ReferralRating.objects.exists()


def test_who_left_rates_no_more(home):
    referral = refer(opinion=home.opinion(), clock=home.territory.clock)
    answered(home, referral)
    gone = home.members[0]
    type(gone.membership).objects.filter(pk=gone.membership_id).update(until=home.today)
    with pytest.raises(NotAllowed):
        rate_answer(
            referral=referral,
            member=gone,
            answered=ReferralRating.Answered.NO,
            agrees=ReferralRating.Agrees.NO,
        )


def test_what_is_open_is_handed_over_and_roles_are_free(home):
    clock = home.territory.clock
    home.charter()
    give_role_in_turn(house=home.house, role=Role.WRITES, clock=clock)
    refer(opinion=home.opinion(), clock=clock)
    draft_opinion(house=home.house, text=OpinionText(Words(title="Les vélos"), ["Des arceaux."]), clock=clock)
    open_now = still_open(home.house, home.today)
    assert (len(open_now.opinions), len(open_now.referrals)) == (1, 1)
    with pytest.raises(Conflict):
        hand_over(house=home.house, clock=clock)
    write_hand_over(house=home.house, text="Tenez bon.", where="La clé est à l’accueil.", clock=clock)
    hand_over(house=home.house, clock=clock)
    home.house.refresh_from_db()
    assert home.house.mandate == 2
    assert Entry.objects.get(kind="mandate_begun").data == {"mandate": 2}
    again = give_role_in_turn(house=home.house, role=Role.WRITES, clock=clock)
    assert again.member.number == 2
