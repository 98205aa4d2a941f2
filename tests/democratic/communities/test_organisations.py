"""Organisations, who belongs to them, and who may speak for them."""

from datetime import date, timedelta

import pytest

from democratic.communities.models import JoinLink, Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.actions import (
    accept_to_speak,
    describe_organisation,
    end_mandate_to_speak,
    end_membership,
    forget_old_join_links,
    forget_old_memberships,
    join,
    leave_organisations,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.communities.organisations.queries import (
    mandates_held,
    open_link,
    organisations_for,
    proposed_to,
    said_for,
    speakers_of,
)
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.people.actions import claim_person, welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import AudienceMember, Entry, Link, LinkKind, Opening
from factories import build_territory, verified_account

EDITOR, MEMBER = Membership.Place.EDITOR, Membership.Place.MEMBER


@pytest.fixture
def cyclists(territory):
    return open_organisation(
        authority=territory.authority,
        sort=Organisation.Sort.ASSOCIATION,
        words=Words(title="Vélos du Val", text="Rouler sans peur."),
        clock=territory.clock,
    )


@pytest.fixture
def enrol(territory, cyclists):
    def enrol(account, place=MEMBER):
        link = make_join_link(organisation=cyclists, place=place, by=None, clock=territory.clock).link
        return join(link=link, account=account, clock=territory.clock)

    return enrol


@pytest.fixture
def ines(territory, enrol):
    """Inès speaks for the cyclists."""
    membership = enrol(verified_account("ines@example.org", "Inès Roy"))
    proposed = propose_to_speak(
        membership=membership, name=" Inès  Roy", function="présidente", clock=territory.clock
    )
    return accept_to_speak(mandate=proposed, person_ids=[membership.person_id], clock=territory.clock)


def later(territory, **more):
    return FixedClock(territory.clock.moment + timedelta(**more))


def test_an_organisation_is_a_record_of_its_authority_with_its_own_audience(territory, cyclists):
    assert (cyclists.record.title, cyclists.record.kind) == ("Vélos du Val", "organisation")
    assert cyclists.audience.authority == territory.authority
    assert Entry.objects.filter(kind="organisation_opened", record=cyclists.record).count() == 1
    assert [each.name for each in organisations_for(territory.viewer())] == ["Vélos du Val"]


@pytest.mark.parametrize("title", ["", "\u200e", "VÉLOS DU VAL"])
def test_a_name_is_needed_and_is_one_organisation_s(territory, cyclists, title):
    words, clock = Words(title=title), territory.clock
    with pytest.raises(Refusal) as refusal:
        open_organisation(
            authority=territory.authority, sort=Organisation.Sort.BODY, words=words, clock=clock
        )
    assert refusal.value.field == "title"
    assert Organisation.objects.count() == 1


def test_another_authority_may_have_one_of_the_same_name(territory, cyclists):
    other = build_territory(slug="voisin", host="voisin.example")
    open_organisation(
        authority=other.authority,
        sort=Organisation.Sort.BODY,
        words=Words(title="Vélos du Val"),
        clock=other.clock,
    )
    assert organisations_for(territory.viewer()).count() == organisations_for(other.viewer()).count() == 1


def test_what_it_says_of_itself_has_versions(territory, cyclists):
    words = Words(title="Vélos du Val-d’Orbe", text="Rouler et marcher.")
    describe_organisation(organisation=cyclists, words=words, clock=territory.clock)
    assert cyclists.record.wordings.count() == 2
    assert Organisation.objects.get().name == "Vélos du Val-d’Orbe"


def test_a_link_makes_one_member_once(territory, cyclists):
    joining = make_join_link(organisation=cyclists, place=MEMBER, by=None, clock=territory.clock)
    now = territory.clock.moment
    assert open_link(territory.authority, joining.secret, now) == joining.link
    join(link=joining.link, account=territory.citizen, clock=territory.clock)
    assert open_link(territory.authority, joining.secret, now) is None
    with pytest.raises(Conflict):
        join(link=joining.link, account=territory.agent, clock=territory.clock)
    assert AudienceMember.objects.get(audience=cyclists.audience).person == territory.citizen.person
    assert joining.secret not in JoinLink.objects.get().secret_hash


def test_a_link_expires_and_opens_nothing_elsewhere(territory, cyclists):
    joining = make_join_link(organisation=cyclists, place=MEMBER, by=None, clock=territory.clock)
    assert open_link(territory.authority, joining.secret, later(territory, days=14).moment) is None
    with pytest.raises(Conflict):
        join(link=joining.link, account=territory.citizen, clock=later(territory, days=14))
    other = build_territory(slug="voisin", host="voisin.example")
    assert open_link(other.authority, joining.secret, territory.clock.moment) is None


def test_joining_again_keeps_the_wider_place(territory, enrol):
    enrol(territory.citizen)
    assert enrol(territory.citizen, EDITOR).place == EDITOR
    assert enrol(territory.citizen, MEMBER).place == EDITOR
    assert Membership.objects.count() == 1


def test_nothing_is_public_before_she_accepts(territory, cyclists, enrol):
    membership = enrol(territory.citizen)
    proposed = propose_to_speak(
        membership=membership, name="Gabriel", function="membre", clock=territory.clock
    )
    ids = [territory.citizen.person_id]
    assert proposed_to(ids, territory.authority) == [proposed]
    assert speakers_of(cyclists) == []
    assert mandates_held(ids, territory.authority) == []
    assert not Entry.objects.filter(kind="mandate_to_speak_given").exists()


def test_only_she_accepts_and_once(territory, cyclists, ines):
    assert speakers_of(cyclists) == [ines]
    with pytest.raises(NotAllowed):
        accept_to_speak(mandate=ines, person_ids=[territory.citizen.person_id], clock=territory.clock)
    with pytest.raises(Conflict):
        accept_to_speak(mandate=ines, person_ids=[ines.person_id], clock=territory.clock)
    told = Entry.objects.get(kind="mandate_to_speak_given")
    assert (told.data, set(told.commitments)) == ({"since": "2026-03-01"}, {"name", "function"})
    assert str(ines.person_id) not in str(told.data)


@pytest.mark.parametrize(
    ("name", "function", "field"), [("", "présidente", "name"), ("Inès", " ", "function")]
)
def test_a_mandate_has_a_name_and_a_function(territory, enrol, name, function, field):
    membership = enrol(territory.citizen)
    with pytest.raises(Refusal) as refusal:
        propose_to_speak(membership=membership, name=name, function=function, clock=territory.clock)
    assert refusal.value.field == field


def test_one_mandate_at_a_time(territory, ines):
    membership = Membership.objects.get(person=ines.person)
    with pytest.raises(Conflict):
        propose_to_speak(membership=membership, name="Inès", function="trésorière", clock=territory.clock)


def test_what_is_said_in_its_name_says_so_and_leads_to_it(territory, cyclists, ines):
    idea = territory.say("Une piste le long de la D12.", author=ines.person, speaks_for=ines).idea
    assert idea.record.byline == "Inès Roy, présidente, Vélos du Val"
    said = Link.objects.get(kind=LinkKind.SPOKEN_FOR)
    assert (said.source, said.target) == (idea.record, cyclists.record)
    found, total = said_for(territory.viewer(), cyclists, limit=5)
    assert ([card.code for card in found], total) == ([idea.record.code], 1)


def test_a_claimed_identity_speaks_for_it_too(territory, ines):
    guest = welcome_guest()
    claim_person(guest=guest, by=ines.person)
    guest.refresh_from_db()
    assert territory.say(author=guest, speaks_for=ines).idea.record.byline.startswith("Inès Roy")


@pytest.mark.parametrize("who", ["another", "nobody", "ended", "elsewhere"])
def test_nobody_else_speaks_for_it(territory, ines, who):
    author, place = ines.person, territory
    if who == "another":
        author = territory.citizen.person
    elif who == "nobody":
        author = None
    elif who == "ended":
        end_mandate_to_speak(mandate=ines, clock=territory.clock)
    else:
        place = build_territory(slug="voisin", host="voisin.example")
    with pytest.raises(NotAllowed) as refusal:
        place.say("En son nom.", author=author, speaks_for=ines)
    assert refusal.value.field == "speaks_for"
    assert not Link.objects.filter(kind=LinkKind.SPOKEN_FOR).exists()


def test_a_mandate_that_ended_stays_written_with_its_days(territory, cyclists, ines):
    said = territory.say("Avant.", author=ines.person, speaks_for=ines).idea
    end_mandate_to_speak(mandate=ines, clock=later(territory, days=30))
    (told,) = speakers_of(cyclists)
    assert (told.since.isoformat(), told.until.isoformat()) == ("2026-03-01", "2026-03-31")
    said.record.refresh_from_db()
    assert said.record.byline.endswith("Vélos du Val")
    with pytest.raises(Conflict):
        end_mandate_to_speak(mandate=ines, clock=territory.clock)


def test_a_proposal_taken_back_leaves_no_public_line(territory, enrol):
    proposed = propose_to_speak(
        membership=enrol(territory.citizen), name="Gabriel", function="membre", clock=territory.clock
    )
    end_mandate_to_speak(mandate=proposed, clock=territory.clock)
    assert not Entry.objects.filter(kind__startswith="mandate_to_speak").exists()
    assert not Opening.objects.filter(value="Gabriel").exists()


def test_who_leaves_sees_and_speaks_no_more(territory, cyclists, ines):
    end_membership(membership=Membership.objects.get(person=ines.person), clock=later(territory, days=1))
    assert AudienceMember.objects.filter(audience=cyclists.audience, until=None).count() == 0
    assert SpeakingMandate.objects.get().until is not None
    with pytest.raises(Conflict):
        end_membership(membership=Membership.objects.get(person=ines.person), clock=territory.clock)


def test_the_last_who_keeps_the_page_hands_it_over_first(territory, cyclists, enrol):
    keeper, other = enrol(territory.citizen, EDITOR), enrol(territory.agent)
    with pytest.raises(Conflict):
        end_membership(membership=keeper, clock=territory.clock)
    enrol(territory.agent, EDITOR)
    end_membership(membership=keeper, clock=territory.clock)
    other.refresh_from_db()
    end_membership(membership=other, clock=territory.clock)  # the last of all may go
    assert not cyclists.memberships.filter(until=None).exists()


def test_who_closes_her_account_is_in_no_organisation(territory, cyclists, ines):
    leave_organisations(person_ids=[ines.person_id], without_name=False, clock=territory.clock)
    (told,) = speakers_of(cyclists)
    assert (told.name, told.person, told.until is None) == ("Inès Roy", None, False)
    assert not Membership.objects.exists()


def test_her_name_goes_from_the_page_and_the_journal_when_she_asks_for_it(territory, cyclists, ines):
    leave_organisations(person_ids=[ines.person_id], without_name=True, clock=territory.clock)
    (told,) = speakers_of(cyclists)
    assert (told.name, told.function, told.signature) == ("", "présidente", "présidente, Vélos du Val")
    assert not Opening.objects.filter(value="Inès Roy").exists()
    assert Opening.objects.filter(value="présidente").count() == 2  # given, then ended: both still proved


def test_memberships_are_forgotten_three_years_after_they_ended(territory, enrol):
    ended = enrol(territory.citizen)
    Membership.objects.filter(pk=ended.pk).update(since=date(2020, 1, 1), until=date(2020, 2, 1))
    assert (forget_old_memberships(), Membership.objects.count()) == (1, 0)


def test_links_are_forgotten_ninety_days_after_they_ended(territory, cyclists):
    made = make_join_link(organisation=cyclists, place=MEMBER, by=None, clock=territory.clock).link
    JoinLink.objects.filter(pk=made.pk).update(expires_at=territory.clock.moment - timedelta(days=400))
    assert forget_old_join_links() == 1
