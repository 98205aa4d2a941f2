"""Erased means nowhere: a word of her own in every text, then looked for in all that is written down."""

import json

import pytest
from allauth.account.models import EmailAddress
from canaries import OURS, plant, text_columns, where
from django.core.cache import cache
from django.test import Client

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.idempotency import once
from democratic.kernel.limits import Limit, spend
from democratic.kernel.models import IdempotencyKey, RateCount
from democratic.kernel.personal_data import label_of
from democratic.messaging.delivery import deliver
from democratic.messaging.mailbox import newest_mails
from democratic.messaging.models import Correspondent, OutgoingMessage
from democratic.people.actions import claim_person, leave_address, prove_address, stop_address, welcome_guest
from democratic.people.models import Account, AgeBand, Consent, ContactAddress, Person, StoppedAddress
from democratic.stewardship.actions import StillOwing
from democratic.stewardship.erasure import erase_account, erase_guest, erase_name
from democratic.stewardship.guests import NotAGuest
from democratic.thread.actions import Words, follow, post_comment, support
from democratic.thread.models import ClaimSecret, Entry, Follow, Opening, Record, ShelfCount, Support

WORD, EMAIL, NAME = "zyxcanari", "zyxmoi@example.org", "Zyxandrine"


def speak(territory, person, *, text=f"{WORD} le bus", byline=NAME, place="Zyxville"):
    return territory.say(text, author=person, byline=byline, place=place, age_band=AgeBand.ADULT).idea.record


def leave(territory, person, email=EMAIL):
    address = leave_address(
        person=person, email=email, purpose="notices", wording="Oui.", language="fr", clock=territory.clock
    )
    prove_address(address=address, clock=territory.clock)
    return ContactAddress.objects.select_related("person").get(pk=address.pk)


@pytest.fixture
def mails_are_files(settings):
    settings.EMAIL_BACKEND = "democratic.messaging.mailbox.MailboxBackend"


@pytest.fixture
def her(live_territory, mails_are_files):
    """An account and a claimed guest who did all that one can do."""
    account = live_territory.citizen
    Account.objects.filter(pk=account.pk).update(email=EMAIL)
    EmailAddress.objects.filter(user=account).update(email=EMAIL)
    account.refresh_from_db()
    guest = welcome_guest(name=NAME)
    idea = speak(live_territory, guest)
    claim_person(guest=guest, by=account.person)
    other = live_territory.say("Le pont.").idea.record
    comment = post_comment(
        subject=other, author=account.person, words=Words(text=f"{WORD} oui", byline=NAME),
        clock=live_territory.clock,
    ).record  # fmt: skip
    for person in (guest, account.person):
        support(record=other, person=person)
        follow(record=other, person=person)
    address = leave(live_territory, guest)
    for purpose in ("confirm", "notice"):
        OutgoingMessage.objects.create(
            authority=live_territory.authority,
            address=address,
            purpose=purpose,
            subject=WORD,
            body=f"{WORD} {idea.code}",
        )
    Correspondent.objects.create(
        authority=live_territory.authority, kind="sms", address="…", address_print="p", person=guest,
        heard_at=live_territory.clock.now(),
    )  # fmt: skip
    deliver()
    return account, [account.person_id, guest.pk], [idea, comment], other


def traces(account, ids, idea):
    """A session, a waiting code, a count and a first answer, as a visit leaves them."""
    signed_in, waiting = Client(), Client()
    signed_in.force_login(account)
    session = waiting.session
    session["account_login_code"] = {"email": EMAIL}
    session.save()
    for subject in (str(ids[0]), EMAIL):
        spend(Limit("tries", 5, 600), subject)
    once(sender="form", key="k", fields={}, act=lambda: f"/confirmation/{idea.code}/xyz")
    return signed_in, waiting


def test_each_text_that_someone_can_type_is_tried_and_each_exception_exists():
    columns = {f"{label_of(model)}.{field.attname}" for model, field in text_columns()}
    assert {"thread.Wording.text", "people.Person.name", "thread.Record.place"} <= columns
    assert not columns & set(OURS)


def test_erased_with_her_words_she_is_nowhere_any_more(live_territory, her, client):
    account, ids, said, other = her
    planted = plant(ids, WORD)
    assert {"thread.Wording.title", "thread.Wording.text", "thread.Record.byline", "people.Person.name",
            "messaging.OutgoingMessage.body", "messaging.Correspondent.address"} <= set(planted)  # fmt: skip
    signed_in, waiting = traces(account, ids, said[0])
    words = [WORD, EMAIL, NAME, "zyxville", *planted.values()]
    before = where(words)
    assert {word for word, _place in before} >= {WORD, EMAIL, *planted.values()}, "the test can fail"
    assert any(place.endswith(".eml") for _word, place in before)
    client.get(f"/idees/{said[0].code}")  # its page is stored

    erase_account(account=account, with_words=True, clock=DATABASE_CLOCK)

    pages = [client.get(path, follow=True).content.decode() for path in (
        f"/idees/{said[0].code}", f"/fil/{said[0].code}", f"/idees/{other.code}", "/concertations/bouger/idees",
        "/recherche?q=bus", "/journal",
    )]  # fmt: skip
    assert where(words, pages=pages) == []
    assert signed_in.get("/compte").status_code == 302
    assert "account_login_code" not in waiting.session
    assert not RateCount.objects.filter(bucket__startswith="tries").exists()
    assert not IdempotencyKey.objects.exists()


def test_the_journal_keeps_its_entries_and_no_opening_of_hers(live_territory, her):
    account, _ids, said, _other = her
    kept = list(Entry.objects.filter(record__in=said).values_list("pk", "commitments"))
    erase_account(account=account, with_words=True, clock=live_territory.clock)
    for pk, commitments in kept:
        assert Entry.objects.get(pk=pk).commitments == commitments
    assert not Opening.objects.filter(entry__record__in=said).exists()
    assert Entry.objects.filter(record__in=said, kind="words_erased").count() == 2


def test_her_supports_are_counted_no_more_and_nobody_elses_change(live_territory, her):
    account, _ids, _said, other = her
    friend = welcome_guest()
    support(record=other, person=friend)
    erase_account(account=account, with_words=False, clock=live_territory.clock)
    assert list(Support.objects.values_list("person", flat=True)) == [friend.pk]
    assert not Follow.objects.exists()


def test_without_her_words_they_stay_signed_by_nobody_and_tied_to_nobody(live_territory, her):
    account, ids, said, _other = her
    erase_account(account=account, with_words=False, clock=live_territory.clock)
    for record in Record.objects.filter(pk__in=[each.pk for each in said]):
        assert (record.byline, record.author, record.visibility) == ("", None, "public")
        assert WORD in record.text
    assert {person.name for person in Person.objects.filter(pk__in=ids)} == {""}
    assert said[0].idea.__class__.objects.get(pk=said[0].pk).age_band == AgeBand.UNSAID
    assert ClaimSecret.objects.filter(record=said[0]).exists(), "her key still takes it back"


def test_the_proof_of_her_consent_outlives_her_address_for_its_year(live_territory, her):
    account, ids, _said, _other = her
    erase_account(account=account, with_words=True, clock=live_territory.clock)
    proofs = Consent.objects.filter(person__in=ids)
    assert proofs.exists()
    assert {(proof.address, proof.withdrawn_by) for proof in proofs} == {(None, "left")}
    assert EMAIL not in json.dumps(list(proofs.values()), default=str)
    assert not StoppedAddress.objects.exists(), "nobody said STOP"


def test_what_others_were_told_of_her_words_is_emptied_and_the_rest_of_their_mail_stays(
    live_territory, mails_are_files
):
    neighbour, her = welcome_guest(), welcome_guest()
    idea = speak(live_territory, her)
    address = leave(live_territory, neighbour, "voisin@example.org")
    entry = Entry.objects.get(record=idea, kind="idea_submitted")
    quoting = OutgoingMessage.objects.create(
        authority=live_territory.authority,
        address=address,
        entry=entry,
        purpose="answer",
        subject=WORD,
        body=WORD,
    )
    other = OutgoingMessage.objects.create(
        authority=live_territory.authority, address=address, purpose="confirm", subject="Autre", body="Autre"
    )
    deliver()
    waiting = OutgoingMessage.objects.create(
        authority=live_territory.authority,
        address=address,
        entry=entry,
        purpose="again",
        subject=WORD,
        body=WORD,
    )
    erase_guest(guest=her, with_words=True, clock=live_territory.clock)
    quoting.refresh_from_db()
    other.refresh_from_db()
    assert (quoting.state, quoting.subject, quoting.body) == ("sent", "", "")
    assert other.body == "Autre"
    assert not OutgoingMessage.objects.filter(pk=waiting.pk).exists()
    assert [mail.subject for mail in newest_mails()] == ["Autre"]


def test_a_place_that_nobody_names_any_more_leaves_no_count_behind(territory):
    alone, shared = welcome_guest(), welcome_guest()
    speak(territory, alone, place="Zyxville")
    speak(territory, shared, place="Vaubrun")
    speak(territory, welcome_guest(), place="Vaubrun")
    for person in (alone, shared):
        erase_guest(guest=person, with_words=True, clock=territory.clock)
    counts = {}
    for value, n in ShelfCount.objects.filter(facet="place").values_list("value", "n"):
        counts[value] = counts.get(value, 0) + n
    assert counts.get("Vaubrun") == 1
    assert "Zyxville" not in counts


def test_only_her_name_goes_when_she_asks_for_that_alone(territory):
    person = territory.citizen.person
    record = speak(territory, person)
    assert erase_name(person_ids=[person.pk], clock=territory.clock) == 1
    record.refresh_from_db()
    person.refresh_from_db()
    assert (record.byline, record.author_id, person.name, person.erased_on) == ("", person.pk, "", None)
    assert WORD in Record.objects.get(pk=record.pk).text
    assert Account.objects.filter(pk=territory.citizen.pk).exists()


def test_who_still_owes_something_hands_it_over_first(territory):
    with pytest.raises(StillOwing):
        erase_account(account=territory.agent, with_words=True, clock=territory.clock)
    assert Account.objects.filter(pk=territory.agent.pk).exists()


def test_a_key_erases_a_guest_and_never_what_an_account_holds(territory):
    guest = welcome_guest()
    claim_person(guest=guest, by=territory.citizen.person)
    for person in (guest, territory.citizen.person):
        with pytest.raises(NotAGuest):
            erase_guest(guest=person, with_words=True, clock=territory.clock)


def test_a_guest_erased_twice_is_told_that_nothing_ties_her_any_more(territory):
    guest = welcome_guest()
    speak(territory, guest)
    erase_guest(guest=guest, with_words=True, clock=territory.clock)
    with pytest.raises(NotAGuest):
        erase_guest(guest=guest, with_words=True, clock=territory.clock)


def test_the_address_that_said_stop_is_known_again_by_its_print_alone(territory):
    guest = welcome_guest()
    stop_address(address=leave(territory, guest), clock=territory.clock)
    erase_guest(guest=guest, with_words=True, clock=territory.clock)
    assert not ContactAddress.objects.exists()
    assert leave(territory, welcome_guest(), EMAIL.upper()).stopped_at is not None


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()
