"""Nobody of the authority, administrators included, has a hand in what an observatory is or says: each way is tried."""

import pytest
from django.db import DatabaseError, connection, transaction

from democratic.communities.actions import appoint_official, create_service, give_account
from democratic.communities.models import Organisation
from democratic.communities.organisations.actions import open_organisation
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.observatory.actions import (
    Act,
    Finding,
    Held,
    accept_seat,
    close_observatory,
    correct_hearing,
    end_seat,
    give_verdict,
    offer_seat,
    publish_hearing,
    resign,
)
from democratic.observatory.models import Closing, Hearing, Seat, Verdict
from democratic.observatory.states import Says
from democratic.thread import actions as thread
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Attachment, Link, Opening, Record, Role, Withdrawal, Wording
from factories import staff_account, verified_account
from judging import BENCHES, founded, seated, speaking_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def court(db):
    return BENCHES.one_more()


@pytest.fixture
def judged(court):
    return court.find(minority="C’est trop tôt.", dissenters=[court.seats[2]], votes_against=1)


def roles_of(court):
    """Every hand of the authority: each of its roles, and who holds an office or a service."""
    authority, clock = court.territory.authority, court.clock
    for role in Role:
        account = staff_account(f"{role}@main.example", str(role.value), password=None)
        give_role(person=account.person, role=role, authority=authority, clock=clock)
        yield role.value, account
    yield "the agent who owes it", court.territory.agent
    yield "the official who signs", court.territory.elected


def is_refused(act):
    try:
        with transaction.atomic():
            act()
    except NotAllowed:
        return True
    return False


def acts(court, account):
    """What only members, or the body, do; tried by this account."""
    ids, clock, observatory = [account.person_id], court.clock, court.observatory
    hearing, finding = court.hearing, Finding(Says.KEPT, "Tout va bien.", court.today, 1)
    held = Held(Words(title="X"), court.today, "Ici", "Nous", court.commitments)
    act = Act(on=court.today, reference="Arrêté")
    judge = {"observatory": observatory, "person_ids": ids, "clock": clock}
    yield "judge", lambda: give_verdict(commitment=court.commitments[1], finding=finding, **judge)
    yield "hear", lambda: publish_hearing(held=held, **judge)
    yield "correct", lambda: correct_hearing(hearing=hearing, note="Non", person_ids=ids, clock=clock)
    yield (
        "strike",
        lambda: correct_hearing(hearing=hearing, note="Non", strike="mâts", person_ids=ids, clock=clock),
    )
    yield "appoint", lambda: offer_seat(observatory=observatory, by=account.person, act=act, clock=clock)
    yield "dismiss", lambda: end_seat(seat=court.seats[0], by=account.person, reason="Gênant", clock=clock)
    yield "resign for her", lambda: resign(seat=court.seats[0], person_ids=ids, reason="", clock=clock)


def test_no_role_of_the_authority_does_what_members_or_the_body_do(court, judged):
    court.hearing = court.hear()
    tried = 0
    for who, account in roles_of(court):
        for what, act in acts(court, account):
            assert is_refused(act), f"{who} could {what}"
            tried += 1
    assert tried == 7 * (len(Role) + 2)
    assert Verdict.objects.count() == 1
    assert court.observatory.seats.filter(until=None).count() == 3


def test_who_speaks_for_the_body_and_is_given_a_role_appoints_nobody_any_more(court):
    give_role(
        person=court.speaker.person, role=Role.AGENT, authority=court.territory.authority, clock=court.clock
    )
    with pytest.raises(NotAllowed, match="jugé"):
        offer_seat(
            observatory=court.observatory,
            by=court.speaker.person,
            act=Act(court.today, "Tirage"),
            clock=court.clock,
        )


@pytest.mark.parametrize("role", list(Role))
def test_a_member_is_given_no_role_while_she_sits(court, role):
    with pytest.raises(Conflict, match="siège à l’observatoire"):
        give_role(
            person=court.members[0].person,
            role=role,
            authority=court.territory.authority,
            clock=court.clock,
        )


def test_a_member_is_given_no_role_over_one_process_either(court):
    with pytest.raises(Conflict):
        give_role(
            person=court.members[0].person,
            role=Role.AGENT,
            authority=court.territory.authority,
            process=court.territory.process.record,
            clock=court.clock,
        )


def test_a_member_is_given_no_office_and_no_service(court):
    authority, person, clock = court.territory.authority, court.members[0].person, court.clock
    with pytest.raises(Conflict):
        appoint_official(authority=authority, name="Jurée", function="maire", person=person, clock=clock)
    office = appoint_official(authority=authority, name="Jurée", function="maire", clock=clock)
    with pytest.raises(Conflict):
        give_account(official=office, person=person)
    with pytest.raises(Conflict):
        create_service(authority=authority, name="Cabinet", titular=person)


def test_once_her_mandate_is_over_she_may_be_given_a_role_and_judges_no_more(court):
    resign(seat=court.seats[0], person_ids=court.ids(), reason="", clock=court.clock)
    give_role(
        person=court.members[0].person,
        role=Role.AGENT,
        authority=court.territory.authority,
        clock=court.clock,
    )
    with pytest.raises(NotAllowed):
        court.find()


@pytest.mark.parametrize("role", list(Role))
def test_who_holds_a_role_does_not_accept_a_seat(court, role):
    account = staff_account("role@main.example", "Rôle", password=None)
    give_role(person=account.person, role=role, authority=court.territory.authority, clock=court.clock)
    with pytest.raises(NotAllowed, match="jugé"):
        seated(court.observatory, court.speaker, account, "Rôle", court.clock)


def test_the_one_who_appoints_does_not_appoint_herself(court):
    with pytest.raises(NotAllowed, match="soi-même"):
        seated(court.observatory, court.speaker, court.speaker, "Moi", court.clock)


def test_the_founder_has_no_seat_to_give_or_take(court):
    """Whoever founds it is an administrator: neither appointing nor sitting is open to that hand."""
    founder = staff_account("fondatrice@main.example", "Fondatrice", password=None)
    give_role(
        person=founder.person, role=Role.ADMINISTRATOR, authority=court.territory.authority, clock=court.clock
    )
    with pytest.raises(NotAllowed):
        offer_seat(
            observatory=court.observatory, by=founder.person, act=Act(court.today, "X"), clock=court.clock
        )
    offered = offer_seat(
        observatory=court.observatory, by=court.speaker.person, act=Act(court.today, "X"), clock=court.clock
    )
    with pytest.raises(NotAllowed):
        accept_seat(seat=offered.seat, account=founder, name="F", consents=True, clock=court.clock)


def test_who_speaks_for_another_body_appoints_nobody_here(court):
    other = open_organisation(
        authority=court.territory.authority,
        sort=Organisation.Sort.BODY,
        words=Words(title="Conseil des sages"),
        clock=court.clock,
    )
    stranger = verified_account("sage@main.example", "Sage")
    speaking_for(other, stranger, court.clock)
    with pytest.raises(NotAllowed):
        offer_seat(
            observatory=court.observatory, by=stranger.person, act=Act(court.today, "X"), clock=court.clock
        )


def test_a_member_of_another_observatory_judges_nothing_here(court):
    other, speaker = founded(court.territory, court.clock, title="Observatoire du budget")
    account = verified_account("budget@main.example", "Budget")
    seated(other, speaker, account, "Budget", court.clock)
    with pytest.raises(NotAllowed):
        give_verdict(
            observatory=court.observatory,
            commitment=court.commitments[0],
            finding=Finding(Says.KEPT, "Si.", court.today, 1),
            person_ids=[account.person_id],
            clock=court.clock,
        )


ACTS_OF_THE_THREAD = {
    "withdraw": lambda record, clock: thread.withdraw_by_authority(
        record=record, reason="Gênant", function="Maire", clock=clock
    ),
    "withdraw as its author": lambda record, clock: thread.withdraw_own(record=record, clock=clock),
    "erase": lambda record, clock: thread.erase_words(record=record, clock=clock),
    "reword": lambda record, clock: thread.reword_record(
        record=record, words=Words(title="Tenu"), clock=clock
    ),
    "change its state": lambda record, clock: thread.set_state(
        record, "kept" if record.state != "kept" else "due"
    ),
}


@pytest.mark.parametrize("kind", ["verdict", "hearing", "observatory"])
@pytest.mark.parametrize("name", ACTS_OF_THE_THREAD)
def test_what_hides_or_rewrites_other_records_is_refused_by_the_database_itself(court, judged, kind, name):
    record = {"verdict": judged, "hearing": court.hear(), "observatory": court.observatory}[kind].record
    with pytest.raises(DatabaseError, match=r"stays|insert-only"), transaction.atomic():
        ACTS_OF_THE_THREAD[name](record, court.clock)
    again = Record.objects.get(pk=record.pk)
    assert (again.visibility, again.state, again.title) == ("public", record.state, record.title)
    assert not Withdrawal.objects.filter(record=record).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "update thread_record set visibility = 'hidden' where kind = 'verdict'",
        "update thread_record set state = 'kept' where kind = 'verdict'",
        "update thread_record set kind = 'comment' where kind = 'verdict'",
        "delete from thread_record where kind = 'hearing'",
        "update thread_wording set text = '' where record_id in (select record_id from observatory_verdict)",
        "update observatory_verdict set says = 'kept'",
        "update observatory_verdict set minority = ''",
        "delete from observatory_verdict",
        "delete from observatory_dissenter",
        "update observatory_hearing set transcript = ''",
        "update observatory_hearing set heard = 'Personne'",
        "delete from observatory_hearing",
        "update observatory_observatory set body_id = body_id",
        "update observatory_seat set since = since - 1",
        "update observatory_seat set name = 'Un autre'",
        "update observatory_seat set act_reference = 'Arrêté du maire'",
        "delete from observatory_seat",
        "delete from thread_opening where part = 'minority'",
        "delete from thread_opening where part = 'transcript'",
        "delete from thread_link where kind = 'judged_by'",
    ],
)
def test_a_hand_in_the_database_is_refused_too(court, judged, statement):
    court.hear()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_door_of_one_hearing_opens_no_other(court):
    first, second = court.hear(), court.hear(recording_url="")
    with connection.cursor() as cursor:
        cursor.execute("select set_config('democratic.strikes', %s, true)", [str(first.pk)])
    with pytest.raises(DatabaseError), transaction.atomic():
        Hearing.objects.filter(pk=second.pk).update(transcript="")


def test_other_records_are_withdrawn_erased_and_reworded_as_before(court):
    idea = court.territory.say("À retirer").idea.record
    thread.withdraw_by_authority(
        record=court.commitments[0].record, reason="R", function="F", clock=court.clock
    )
    thread.reword_record(record=idea, words=Words(text="Autrement"), clock=court.clock)
    thread.erase_words(record=idea, clock=court.clock)
    assert Wording.objects.filter(record=idea, text="").count() == 2


def test_closing_it_ends_mandates_and_erases_nothing(court, judged):
    hearing = court.hear()
    before = (
        Verdict.objects.count(),
        Link.objects.count(),
        Opening.objects.count(),
        Attachment.objects.count(),
    )
    close_observatory(
        observatory=court.observatory, reason="Fin du plan.", function="La présidence", clock=court.clock
    )
    assert before[0] == Verdict.objects.count()
    assert Link.objects.count() == before[1]
    assert Opening.objects.count() >= before[2]
    assert set(Seat.objects.values_list("until", flat=True)) == {court.today}
    assert Record.objects.get(pk=hearing.pk).visibility == "public"
    with pytest.raises(Conflict, match="dissous"):
        court.find()
    with pytest.raises(Conflict):
        close_observatory(observatory=court.observatory, reason="Encore", function="", clock=court.clock)


def test_closing_without_a_reason_is_refused(court):
    with pytest.raises(Refusal) as refused:
        close_observatory(observatory=court.observatory, reason=" \u200b ", function="", clock=court.clock)
    assert refused.value.field == "reason"
    assert not Closing.objects.exists()
