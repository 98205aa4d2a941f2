"""Who was seen at the desk: private, dated, taken back without a trace; and nothing of the document."""

import io
import json
import zipfile

import pytest

from democratic.kernel.refusals import Refusal
from democratic.people.actions import forget_person
from democratic.people.models import Level, Verification
from democratic.people.verifications import (
    account_at,
    desk_check_by,
    desk_checks_by,
    is_anyone_verified,
    is_verified,
    note_desk_check,
    revoke_desk_check,
)
from democratic.stewardship.archive import write_archive
from democratic.thread.actions import support
from democratic.thread.models import Entry, Opening

HERE, ELSEWHERE = "val-orbe", "ailleurs"


def note(territory, person=None, source=HERE):
    return note_desk_check(
        person=person or territory.citizen.person,
        by=territory.agent.person,
        source=source,
        clock=territory.clock,
    )


def test_a_person_who_was_seen_is_verified_from_then_on_and_the_journal_knows_nothing_of_it(territory):
    before = Entry.objects.count(), Opening.objects.count()
    assert not is_verified(territory.citizen.person)
    noted = note(territory)
    assert is_verified(territory.citizen.person)
    assert is_anyone_verified()
    assert (noted.level, noted.source, noted.on) == (Level.DESK_CHECK, HERE, territory.clock.now().date())
    assert (Entry.objects.count(), Opening.objects.count()) == before


def test_seen_twice_is_once(territory):
    assert note(territory) == note(territory)
    assert Verification.objects.count() == 1


def test_nobody_vouches_for_herself(territory):
    with pytest.raises(Refusal, match="votre propre compte"):
        note(territory, person=territory.agent.person)
    assert not Verification.objects.exists()


def test_taken_back_nothing_is_left(territory):
    revoke_desk_check(verification=note(territory))
    assert not is_verified(territory.citizen.person)
    assert not Verification.objects.exists()


def test_another_authority_neither_sees_nor_takes_back_what_was_noted_here(territory):
    noted = note(territory)
    assert desk_checks_by(ELSEWHERE, offset=0, limit=9) == ([], 0)
    assert desk_check_by(ELSEWHERE, noted.pk) is None
    assert desk_check_by(HERE, noted.pk) == noted


@pytest.mark.parametrize("typed", ["personne@nulle-part.example", "", "%", "' or 1=1"])
def test_an_address_that_is_nobodys_is_refused_in_words(territory, typed):
    with pytest.raises(Refusal, match="Aucun compte"):
        account_at(typed)


def test_a_suspended_account_is_not_verified(territory):
    account = territory.citizen
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(Refusal, match="Aucun compte"):
        account_at(account.email.upper())


def test_erasing_a_person_forgets_that_she_was_seen(territory):
    note(territory)
    forget_person(person_ids=[territory.citizen.person_id], clock=territory.clock)
    assert not Verification.objects.exists()


def test_her_own_data_say_that_she_was_seen_and_where_and_what_she_marked_so(territory):
    note(territory)
    support(record=territory.say("Un bus de nuit").idea.record, person=territory.citizen.person)
    made = io.BytesIO()
    write_archive([territory.citizen.person_id], made)
    told = json.loads(zipfile.ZipFile(made).read("donnees.json"))
    assert [(row["level"], row["source"]) for row in told["people.Verification"]] == [("desk_check", HERE)]
    assert [row["is_verified"] for row in told["thread.Support"]] == [True]
