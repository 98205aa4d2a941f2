"""A house: who comes in, the charter, and rights that end by themselves."""

from datetime import timedelta

import pytest

from at_home import NEITHER, NO, YES, at_home
from bodies import enrolled, opened
from democratic.communities.houses.actions import (
    CharterText,
    Owing,
    count_charter,
    give_up_right,
    join_by_code,
    make_code,
    name_facilitator,
    open_house,
    propose_charter,
    say_on,
    write_charter,
)
from democratic.communities.houses.models import AdoptionVoice, Charter, HouseMember, Right, Way
from democratic.communities.houses.queries import charter_in_force, facilitators_rights, find_code
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.people.models import AgeBand, Person
from democratic.thread.models import Entry, Opening
from factories import verified_account


@pytest.fixture
def home(territory):
    return at_home(territory)


def entries(home, kind):
    return Entry.objects.filter(record=home.house.organisation.record, kind=kind)


def test_an_association_has_no_house(territory):
    owing = Owing(territory.official.pk, territory.service.pk)
    with pytest.raises(Refusal):
        open_house(organisation=opened(territory), is_youth=False, owing=owing, clock=territory.clock)


def test_a_code_serves_a_group_as_often_as_said_and_no_more(territory, home):
    code = make_code(house=home.house, uses=1, days=3, label="", by=None, clock=territory.clock)
    assert len(code.secret.replace("-", "")) == 8
    typed = f" {code.secret.lower()} "
    assert find_code(territory.authority, typed, territory.clock.now()).pk == code.code.pk
    join_by_code(
        code=code.code, account=verified_account("one@x.example", "Une"), name="Une", clock=territory.clock
    )
    assert find_code(territory.authority, code.secret, territory.clock.now()) is None
    with pytest.raises(Conflict):
        join_by_code(
            code=code.code, account=verified_account("two@x.example", "Deux"), name="", clock=territory.clock
        )


def test_a_code_is_over_after_its_days(territory, home):
    code = make_code(house=home.house, uses=9, days=3, label="", by=None, clock=territory.clock)
    later = home.clock_in(4)
    assert find_code(territory.authority, code.secret, later.now()) is None
    with pytest.raises(Conflict):
        join_by_code(code=code.code, account=verified_account("l@x.example", "L"), name="", clock=later)


def test_before_15_one_does_not_join(territory, home):
    code = make_code(house=home.house, uses=9, days=3, label="", by=None, clock=territory.clock)
    child = verified_account("enfant@x.example", "")
    Person.objects.filter(pk=child.person_id).update(age_band=AgeBand.UNDER_15)
    child.person.refresh_from_db()
    with pytest.raises(NotAllowed):
        join_by_code(code=code.code, account=child, name="Zoé", clock=territory.clock)
    assert not HouseMember.objects.filter(membership__person=child.person).exists()


def test_who_comes_twice_keeps_her_number_and_spends_no_use(territory, home):
    code = make_code(house=home.house, uses=2, days=3, label="", by=None, clock=territory.clock).code
    again = join_by_code(code=code, account=home.accounts[0], name="Nina", clock=territory.clock)
    code.refresh_from_db()
    assert (again.number, again.name, code.used) == (1, "Nina", 0)


def test_two_members_do_not_bear_the_same_name(territory, home):
    code = make_code(house=home.house, uses=2, days=3, label="", by=None, clock=territory.clock).code
    with pytest.raises(Refusal):
        join_by_code(
            code=code, account=verified_account("n@x.example", "N"), name="inès", clock=territory.clock
        )


def test_a_charter_is_in_force_once_members_say_yes(home):
    charter = home.charter()
    assert charter.state == Charter.State.IN_FORCE
    told = entries(home, "charter_adopted").get()
    assert told.data["counts"] == {"yes": 6, "no": 0, "neither": 0, "members": 6}
    assert told.at is None  # members' own act: the day, not the moment
    said = Opening.objects.get(entry=told, part="articles").value
    assert said[0] == {"title": "Se parler", "text": "On ne coupe pas la parole."}
    assert not AdoptionVoice.objects.exists()  # who said what is forgotten


def test_what_fewer_than_five_said_is_not_told(territory):
    home = at_home(territory, ("Inès", "Hugo", "Sacha"))
    home.charter()
    assert entries(home, "charter_adopted").get().data["counts"] == {}


@pytest.mark.parametrize(
    ("way", "positions", "is_adopted"),
    [
        (Way.VOTE, (NO, YES, YES, NEITHER), True),
        (Way.VOTE, (NO, NO, YES, YES, NEITHER), False),
        (Way.CONSENT, (NO, YES), False),
        (Way.CONSENT, (NEITHER, YES), True),
        (Way.VOTE, (NEITHER,), False),
    ],
)
def test_a_vote_wants_more_yes_than_no_and_consent_wants_no_no(home, way, positions, is_adopted):
    clock = home.territory.clock
    write_charter(house=home.house, text=CharterText(articles=(("", "Un."),), way=way), clock=clock)
    asked = propose_charter(house=home.house, closes_on=home.today + timedelta(days=2), clock=clock)
    home.all_say(asked.adoption, *positions)
    assert count_charter(house=home.house, clock=clock).adoption.is_adopted is is_adopted


def test_half_of_the_members_must_have_spoken(home):
    clock = home.territory.clock
    write_charter(house=home.house, text=CharterText(articles=(("", "Un."),)), clock=clock)
    asked = propose_charter(house=home.house, closes_on=home.today + timedelta(days=2), clock=clock)
    for member in home.members[:2]:
        say_on(adoption=asked.adoption, member=member, position=YES, clock=clock)
    with pytest.raises(Conflict):  # neither the day nor all the voices
        count_charter(house=home.house, clock=clock)
    with pytest.raises(Conflict):  # too late to speak
        say_on(adoption=asked.adoption, member=home.members[2], position=YES, clock=home.clock_in(3))
    counted = count_charter(house=home.house, clock=home.clock_in(3))
    assert counted.state == Charter.State.REFUSED
    assert entries(home, "charter_refused").exists()


def test_what_is_proposed_is_not_rewritten_under_the_voters(home):
    clock = home.territory.clock
    write_charter(house=home.house, text=CharterText(articles=(("", "Un."),)), clock=clock)
    propose_charter(house=home.house, closes_on=home.today + timedelta(days=2), clock=clock)
    with pytest.raises(Conflict):
        write_charter(house=home.house, text=CharterText(articles=(("", "Deux."),)), clock=clock)


def test_a_right_of_facilitators_ends_by_the_clock_alone(home):
    home.charter(steps={Right.PUBLISH: home.today + timedelta(days=30)})
    agent = home.territory.agent
    assert home.presence(agent, 29).may(Right.PUBLISH)
    assert not home.presence(agent, 30).may(Right.PUBLISH)
    assert home.presence(agent, 30).may(Right.MODERATE)


def test_without_a_charter_rights_end_after_a_year_and_so_does_the_way_in(home):
    agent = home.territory.agent
    assert home.presence(agent, 364).may(Right.POLL)
    assert home.presence(agent, 365) is None


def test_a_facilitator_has_no_voice_and_is_no_member(home):
    presence = home.presence(home.territory.agent)
    assert presence.member is None
    with pytest.raises(Conflict):
        name_facilitator(
            house=home.house, person=home.accounts[0].person, function="x", clock=home.territory.clock
        )


def test_a_right_given_up_is_taken_back_by_a_charter_alone(home):
    clock = home.territory.clock
    home.charter(steps={Right.PUBLISH: home.today + timedelta(days=30)})
    give_up_right(house=home.house, right=Right.PUBLISH, clock=clock)
    assert not home.presence(home.territory.agent).may(Right.PUBLISH)
    assert entries(home, "right_given_up").get().data["right"] == "publish"
    with pytest.raises(Conflict):
        give_up_right(house=home.house, right=Right.PUBLISH, clock=clock)
    home.charter(steps={Right.PUBLISH: home.today + timedelta(days=60)})  # the members' act
    assert home.presence(home.territory.agent).may(Right.PUBLISH)
    assert charter_in_force(home.house).version == 2
    assert [end.ends_on for end in facilitators_rights(home.house) if end.right == Right.PUBLISH] == [
        home.today + timedelta(days=60)
    ]


def test_a_draft_charter_lengthens_nothing(home):
    home.charter(steps={Right.PUBLISH: home.today + timedelta(days=1)})
    later = CharterText(articles=(("", "Un."),), steps={Right.PUBLISH: home.today + timedelta(days=300)})
    write_charter(house=home.house, text=later, clock=home.territory.clock)
    assert not home.presence(home.territory.agent, 1).may(Right.PUBLISH)


def test_a_member_by_a_link_comes_in_under_a_name_first(territory, home):
    account = verified_account("lien@x.example", "Lien")
    enrolled(territory, home.house.organisation, account)
    presence = home.presence(account)
    assert presence.membership is not None
    assert presence.member is None
    assert not presence.rights
