"""What was said in the street becomes public once an agent has read it, each thing as what it is."""

from datetime import timedelta

import pytest
from django.db import connection

from copies import _every_row
from democratic.kernel.clock import FixedClock
from democratic.kernel.files import erase_due_files
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.polls.models import PollAnswer, PollTally
from democratic.participation.street.files import keep_street_file
from democratic.participation.street.forgetting import forget_old_captures
from democratic.participation.street.models import StreetCapture, StreetFile
from democratic.participation.street.queries import slip_of, texts_of
from democratic.participation.street.receiving import receive
from democratic.participation.street.returning import keep_from_the_street, send_to_the_street
from democratic.participation.street.states import SessionState
from democratic.participation.street.validating import correct_capture, set_aside, validate_captures
from democratic.people.models import Person
from democratic.thread.models import Attachment, Comment, Entry, Kind, Link, LinkKind, Origin, Record
from factories import Territory
from in_the_street import SAID, planned, record, taken_out
from many_hands import at_once
from pictures import picture


class Street:
    """A session with its device, what came back of it, and the agent who reads it."""

    def __init__(self, territory: Territory, **more):
        self.territory = territory
        self.session = planned(territory, with_poll=True, **more)
        self.out = taken_out(self.session, territory)

    def send(self, *records):
        told = receive(
            session=self.session, device=self.out.device, records=records, clock=self.territory.clock
        )
        assert [each.state for each in told] == ["received"] * len(records)
        return [StreetCapture.objects.get(session=self.session, uuid=each["uuid"]) for each in records]

    def validate(self, by=None, **more):
        by = by or self.territory.elected.person
        more.setdefault("clock", self.territory.clock)
        return validate_captures(session=self.session, by=by, function="Le Département", **more)


@pytest.fixture
def street(territory):
    return Street(territory)


def test_a_sentence_becomes_a_contribution_with_the_code_of_its_slip(street):
    code = street.out.codes[4]
    street.send(record(code=code))
    assert slip_of(street.territory.authority, code).is_waiting
    street.validate()
    said = Record.objects.select_related("wording", "idea").get(code=code)
    assert (said.kind, said.origin, said.byline, said.text) == (Kind.IDEA, Origin.STREET, "Léa", SAID)
    assert (said.place, said.idea.age_band) == ("Place de la Gare", "18_25")
    assert Link.objects.filter(source=street.session.pk, kind=LinkKind.SAID_IN, target=said).exists()
    assert slip_of(street.territory.authority, code) is None
    street.session.record.refresh_from_db()
    assert street.session.record.state == SessionState.VALIDATED


def test_a_session_that_has_not_begun_stays_announced_whatever_is_tried(territory):
    starts_at = territory.clock.now() + timedelta(days=4)
    street = Street(territory, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    quote, other, _end = street.send(record(), record(), record("summary"))
    with pytest.raises(Conflict):
        street.validate(only=[quote.pk])
    set_aside(capture=other, reason="Un essai.", clock=territory.clock)
    street.session.refresh_from_db()
    assert (street.session.record.state, street.session.weather) == (SessionState.PLANNED, "")
    assert not Record.objects.filter(kind=Kind.IDEA).exists()
    street.validate(clock=FixedClock(starts_at + timedelta(hours=4)))
    street.session.record.refresh_from_db()
    assert street.session.record.state == SessionState.VALIDATED


def test_its_words_stay_in_one_place_alone(street):
    (capture,) = street.send(record())
    street.validate()
    capture.refresh_from_db()
    assert capture.payload == {"age_band": "18_25", "in_no_body": True}


def test_two_agents_who_validate_at_once_publish_each_sentence_once(live_territory):
    street = Street(live_territory)
    street.send(
        *[record(code=code) for code in street.out.codes[:12]], *[record("tap") for _each in range(12)]
    )
    outcomes = at_once(street.validate, street.validate, street.validate)
    assert sorted(each.validated for each in outcomes) == [0, 0, 24]
    assert Record.objects.filter(kind=Kind.IDEA, process=street.session.process_id).count() == 12
    assert PollAnswer.objects.count() == 12


def test_devices_that_send_while_an_agent_validates_never_wait_for_ever(live_territory):
    street = Street(live_territory)
    batch = [record(code=code) for code in street.out.codes[:40]]
    street.send(*batch)
    sends = [lambda: [street.send(*batch) for _often in range(4)]] * 3
    at_once(street.validate, *sends, street.validate)
    assert Record.objects.filter(kind=Kind.IDEA, process=street.session.process_id).count() == 40


def test_taps_are_answers_of_people_of_whom_nothing_is_known(street):
    street.send(*[record("tap", rank=rank, age_band="under_15") for rank in (1, 1, 3)])
    street.validate()
    answers = PollAnswer.objects.filter(poll=street.session.poll).select_related("person", "option")
    assert sorted(each.option.rank for each in answers) == [1, 1, 3]
    assert {(each.origin, each.person.name, each.person.age_band) for each in answers} == {
        ("street", "", "unsaid")
    }


def test_stickers_are_a_batch_counted_by_one_and_verified_by_another(street):
    street.send(record("tally"))
    street.validate()
    tally = PollTally.objects.get()
    assert (tally.counts, tally.origin) == ({"1": 4, "3": 2}, Origin.STREET)
    assert (tally.entered_by, tally.verified_by) == (
        street.territory.agent.person,
        street.territory.elected.person,
    )


def test_stickers_validated_by_who_counted_them_wait_for_somebody_else(street):
    street.send(record("tally"))
    street.validate(by=street.territory.agent.person)
    assert PollTally.objects.get().verified_at is None


def test_one_that_cannot_be_published_stays_with_its_reason_and_the_others_go_on(street):
    gone_by = record("engagement", official=str(street.territory.official.pk), text="Avant hier.", due_on="2026-01-01",
                     signature="Odile")  # fmt: skip
    wall, quote, late = street.send(record("wall"), record(), gone_by)
    outcome = street.validate()
    assert (outcome.validated, outcome.refused) == (1, 2)
    for each in (wall, quote, late):
        each.refresh_from_db()
    assert "pas encore arrivée" in wall.reason
    assert "date est passée" in late.reason
    assert quote.state == StreetCapture.State.VALIDATED
    street.session.record.refresh_from_db()
    assert street.session.record.state == SessionState.HELD


def test_the_photo_of_the_wall_is_shown_by_the_session_and_that_of_a_card_by_its_sentence(street):
    wall, quote = street.send(record("wall"), record(has_photo=1, has_voice=1))
    for capture, colour in ((wall, (1, 2, 3)), (quote, (200, 30, 30))):
        keep_street_file(
            capture=capture, n=1, content_type="image/jpeg", content=picture(colour=colour),
            clock=street.territory.clock,
        )  # fmt: skip
    voice = b"OggS" + bytes(500)
    keep_street_file(
        capture=quote, n=2, content_type="audio/ogg", content=voice, clock=street.territory.clock
    )
    street.validate()
    quote.refresh_from_db()
    assert Attachment.objects.get(record=street.session.pk).alternative == "Le mur, couvert de cartes."
    assert SAID in Attachment.objects.get(record=quote.record_id).alternative
    assert not StreetFile.objects.exists()
    erase_due_files(street.territory.clock)
    assert not StoredFile.objects.filter(content_type="audio/ogg").exists()
    assert StoredFile.objects.count() == 2


def test_two_files_that_come_at_once_are_never_more_than_was_announced(live_territory):
    street = Street(live_territory)
    (quote,) = street.send(record(has_photo=1))

    def put(n):
        keep_street_file(
            capture=quote, n=n, content_type="image/jpeg", content=picture(colour=(n, 2, 3)),
            clock=live_territory.clock,
        )  # fmt: skip

    outcomes = at_once(*[lambda n=n: put(n) for n in range(1, 7)])
    assert StreetFile.objects.filter(capture=quote).count() == 1
    assert sum(isinstance(each, Refusal) for each in outcomes) == 5


def test_what_a_child_says_is_in_no_table_whatever_the_device_sends(street):
    said = "zanzibarchild"
    batch = [
        record(age_band=band, text=f"Je m’appelle {said}", first_name=said, notes=said, code=code)
        for band, code in zip(("under_15", "unsaid", None), street.out.codes, strict=False)
    ]
    batch += [record("tap", age_band="under_15", text=said, first_name=said)]
    receive(session=street.session, device=street.out.device, records=batch, clock=street.territory.clock)
    street.validate()
    held = [table for table, rows in _every_row().items() if any(said in row for row in rows)]
    assert held == []
    assert StreetCapture.objects.filter(state="to_correct").count() == 3


def test_nothing_is_kept_of_who_does_not_agree(street):
    said = "zanzibarrefusal"
    batch = [record(consent=False, text=said, first_name=said)]
    receive(session=street.session, device=street.out.device, records=batch, clock=street.territory.clock)
    assert [table for table, rows in _every_row().items() if any(said in row for row in rows)] == []


def test_refusals_are_counted_and_ages_told_of_five_people_at_least(street):
    street.send(*[record("refusal") for _each in range(3)], *[record("tap") for _each in range(6)], record())
    street.validate()
    street.session.refresh_from_db()
    told = street.session.counted
    assert (told["said"], told["answered"], told["refused"]) == (1, 6, 3)
    # Six of one band and one of another: to tell six would tell the other.
    assert told["bands"] == {"15_17": None, "18_25": None}
    entry = Entry.objects.get(kind="street_session_told")
    assert entry.data == told


def test_a_sentence_is_corrected_before_it_is_published_and_never_after(street):
    (capture,) = street.send(record())
    correct_capture(capture=capture, text="Le dernier bus part trop tôt.", first_name="")
    with pytest.raises(Refusal):
        correct_capture(capture=capture, text=" ", first_name="")
    street.validate()
    capture.refresh_from_db()
    assert (capture.record.text, capture.record.byline) == ("Le dernier bus part trop tôt.", "")
    with pytest.raises(Conflict):
        correct_capture(capture=capture, text="Autre chose.", first_name="")


def test_what_is_set_aside_needs_a_reason_and_is_never_published(street):
    capture, _other = street.send(record(code=street.out.codes[0]), record())
    with pytest.raises(Refusal):
        set_aside(capture=capture, reason=" ", clock=street.territory.clock)
    set_aside(capture=capture, reason="Nomme un voisin.", clock=street.territory.clock)
    assert street.validate().validated == 1
    street.session.refresh_from_db()
    assert street.session.counted["aside"] == 1
    assert not Record.objects.filter(code=street.out.codes[0]).exists()
    told = receive(
        session=street.session, device=street.out.device, records=[record(uuid=str(capture.uuid))],
        clock=street.territory.clock,
    )  # fmt: skip
    assert told[0].state == "received"


def test_a_session_is_told_when_the_last_that_waited_is_set_aside(street):
    one, last = street.send(record(), record())
    street.validate(only=[one.pk])
    street.session.record.refresh_from_db()
    assert street.session.record.state == SessionState.HELD
    set_aside(capture=last, reason="Nomme un voisin.", clock=street.territory.clock)
    street.session.refresh_from_db()
    assert street.session.record.state == SessionState.VALIDATED
    assert (street.session.counted["said"], street.session.counted["aside"]) == (1, 1)


def test_what_is_set_aside_late_is_told_again_and_what_changes_no_count_is_not(street):
    street.send(record())
    street.validate()
    (late,) = street.send(record())
    set_aside(capture=late, reason="Nomme un voisin.", clock=street.territory.clock)
    street.validate()
    told = Entry.objects.filter(kind="street_session_told").order_by("id")
    assert [each.data["aside"] for each in told] == [0, 1]
    street.session.refresh_from_db()
    assert street.session.counted["aside"] == 1


def test_a_session_in_which_all_was_read_and_nothing_was_told_is_told_by_asking_again(street):
    street.send(record())
    StreetCapture.objects.update(state="set_aside", reason="Un essai.", payload={})
    assert street.validate().validated == 0
    street.session.record.refresh_from_db()
    assert street.session.record.state == SessionState.VALIDATED


def test_what_is_read_aloud_in_the_street_comes_home_as_a_comment(territory):
    idea = territory.say("Un bus de nuit le samedi.").idea.record
    street = Street(territory)
    send_to_the_street(session=street.session, said=idea, clock=territory.clock)
    assert [text.code for text in texts_of(street.session)] == [idea.code]
    street.send(record(about=idea.code, text="Le vendredi aussi."))
    street.validate()
    comment = Comment.objects.select_related("record__wording").get(subject=idea)
    assert (comment.record.text, comment.record.origin) == ("Le vendredi aussi.", Origin.STREET)
    assert Link.objects.filter(source=street.session.pk, target=comment.record).exists()


def test_a_text_is_taken_back_from_the_street_before_the_day_alone(territory):
    idea = territory.say("Un bus de nuit le samedi.").idea.record
    street = Street(territory)
    for _twice in range(2):
        send_to_the_street(session=street.session, said=idea, clock=territory.clock)
    keep_from_the_street(session=street.session, said=idea, clock=territory.clock)
    assert texts_of(street.session) == []
    street.send(record())
    street.validate()
    with pytest.raises(Conflict):
        send_to_the_street(session=street.session, said=idea, clock=territory.clock)


def test_what_was_said_while_the_consultation_listened_is_published_after(street):
    street.send(record())
    after = FixedClock(street.territory.clock.now() + timedelta(days=200))
    assert street.validate(clock=after).validated == 1


def test_what_nobody_published_is_forgotten_at_its_term(street):
    old, young = street.send(record(), record())
    StreetCapture.objects.filter(pk=old.pk).update(
        received_at=street.territory.clock.now() - timedelta(days=900)
    )
    with connection.cursor() as cursor:
        cursor.execute("update participation_streetcapture set received_at = now() where id = %s", [young.pk])
    assert forget_old_captures() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.payload, bool(young.payload)) == ({}, True)
    assert forget_old_captures() == 0


def test_a_phone_that_comes_back_late_adds_to_what_was_told(street):
    street.send(record())
    street.validate()
    street.send(record())
    street.validate()
    assert [e.data["said"] for e in Entry.objects.filter(kind="street_session_told").order_by("id")] == [1, 2]
    assert Person.objects.filter(name="Léa").count() == 2
