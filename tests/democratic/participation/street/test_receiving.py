"""What was said in the street is kept exactly once, and a bad record stops nothing but itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from democratic.participation.street import receiving
from democratic.participation.street.models import ReservedCode, StreetCapture
from democratic.participation.street.receiving import receive
from democratic.participation.street.states import SessionState
from democratic.thread.models import Entry, Record
from in_the_street import planned, record, taken_out
from many_hands import at_once


def received(session, device, records, territory):
    return receive(session=session, device=device, records=records, clock=territory.clock)


def rows(session):
    return {str(row.uuid): row for row in StreetCapture.objects.filter(session=session)}


def test_the_same_batch_sent_ten_times_at_once_is_kept_once_under_the_same_receipts(live_territory):
    session = planned(live_territory, with_poll=True)
    out = taken_out(session, live_territory)
    batch = [record(code=code) for code in out.codes[:30]] + [record("tap") for _each in range(30)]
    batch += [record(consent=False), record("poem"), {"uuid": "?"}, *batch[:3]]
    acts = [lambda: received(session, out.device, batch, live_territory)] * 10
    first, *others = at_once(*acts)
    assert all(each == first for each in others)
    assert [each.uuid for each in first] == [each["uuid"] for each in batch]
    assert StreetCapture.objects.filter(session=session).count() == 62
    assert [each.state for each in first[60:63]] == ["to_correct"] * 3
    assert received(session, out.device, batch, live_territory) == first


@pytest.mark.parametrize("_turn", range(3))
def test_batches_that_overlap_in_another_order_never_wait_for_each_other_for_ever(live_territory, _turn):
    session = planned(live_territory)
    out = taken_out(session, live_territory)
    batch = [record(code=code) for code in out.codes[:40]]
    halves = [batch, batch[::-1], batch[20:], batch[:20], batch[10:30], batch[30:] + batch[:10]]
    told = at_once(
        *(lambda each=each: received(session, out.device, each, live_territory) for each in halves)
    )
    assert all(receipt.state == "received" for each in told for receipt in each)
    assert StreetCapture.objects.filter(session=session).count() == 40


def test_a_bad_record_stops_nothing_but_itself(territory):
    session = planned(territory)
    out = taken_out(session, territory)
    batch = [record(), record(age_band="unsaid"), record(text="a" * 10_000), 7, None, [], record()]
    told = received(session, out.device, batch, territory)
    assert [each.state for each in told] == ["received", *["to_correct"] * 5, "received"]
    assert [each.field for each in told[1:3]] == ["age_band", "text"]
    assert all(each.error for each in told[1:6])
    assert all(not row.payload for row in rows(session).values() if row.state == "to_correct")


def test_what_the_database_itself_refuses_is_set_apart_alone(territory, monkeypatch):
    session = planned(territory)
    out = taken_out(session, territory)
    read_record = receiving.read_record

    def that_lets_nul_by(raw, known):
        read = read_record(raw, known)
        if raw.get("first_name") == "NUL":
            read.payload["text"] = "\x00"
        return read

    monkeypatch.setattr(receiving, "read_record", that_lets_nul_by)
    told = received(session, out.device, [record(), record(first_name="NUL"), record()], territory)
    assert [each.state for each in told] == ["received", "to_correct", "received"]


def test_what_was_corrected_on_the_device_is_received_under_its_first_identity(territory):
    session = planned(territory)
    out = taken_out(session, territory)
    faulty = record(age_band="unsaid", code=out.codes[0])
    (first,) = received(session, out.device, [faulty], territory)
    (then,) = received(session, out.device, [{**faulty, "age_band": "26_64"}], territory)
    assert (first.state, then.state) == ("to_correct", "received")
    assert rows(session)[faulty["uuid"]].payload["age_band"] == "26_64"
    (again,) = received(session, out.device, [{**faulty, "text": "Autre chose"}], territory)
    assert again == then
    assert rows(session)[faulty["uuid"]].payload["text"] == faulty["text"]


def test_a_code_goes_to_one_record_and_only_where_it_was_reserved(territory):
    session, other = planned(territory), planned(territory)
    out, elsewhere = taken_out(session, territory), taken_out(other, territory)
    batch = [record(code=out.codes[0]), record(code=out.codes[0]), record(code=elsewhere.codes[0])]
    told = received(session, out.device, batch, territory)
    assert [(each.state, each.field) for each in told] == [("received", ""), *[("to_correct", "code")] * 2]


def test_a_second_device_of_the_session_may_send_what_the_first_one_gave_a_code_to(territory):
    session = planned(territory)
    lost, found = taken_out(session, territory), taken_out(session, territory)
    (told,) = received(session, found.device, [record(code=lost.codes[0])], territory)
    assert told.state == "received"


@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_that_is_wrong_by_a_year_puts_what_was_said_at_the_day_of_the_session(territory, years):
    session = planned(territory)
    out = taken_out(session, territory)
    made = (session.starts_at + timedelta(days=365 * years)).isoformat()
    batch = [
        record(made_at=made),
        record(made_at="hier"),
        record(made_at="9999-12-31T23:59:59-14:00"),
        record(made_at=3),
    ]
    received(session, out.device, batch, territory)
    assert {row.happened_at for row in rows(session).values()} == {session.starts_at}


def test_a_clock_that_is_right_is_believed(territory):
    session = planned(territory)
    out = taken_out(session, territory)
    at = session.starts_at + timedelta(minutes=42)
    received(session, out.device, [record(made_at=at.isoformat())], territory)
    assert [row.happened_at for row in rows(session).values()] == [at]


def test_nothing_of_what_was_sent_is_public_before_somebody_read_it(territory):
    session = planned(territory, with_poll=True)
    out = taken_out(session, territory)
    entries, records = Entry.objects.count(), Record.objects.count()
    received(session, out.device, [record(), record("tap"), record("refusal"), record("summary")], territory)
    assert (Entry.objects.count(), Record.objects.count()) == (entries, records)
    session.refresh_from_db()
    assert (session.record.state, session.weather) == (SessionState.HELD, "Grand froid")


def test_no_record_is_born_with_a_code_that_a_device_took_along(territory):
    session = planned(territory)
    out = taken_out(session, territory)
    idea = territory.say().idea
    with pytest.raises(IntegrityError, match="held"), transaction.atomic():
        Record.objects.bulk_create(
            [Record(code=out.codes[0], authority=territory.authority, kind="idea",
                    audience=idea.record.audience, happened_at=territory.clock.now())]
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="borne"), transaction.atomic():
        ReservedCode.objects.create(code=idea.record.code, device=out.device)
    assert len(set(out.codes)) == 100


def test_what_is_tried_before_the_day_was_said_now_and_never_in_the_future(territory):
    now = territory.clock.now()
    session = planned(territory, starts_at=now + timedelta(days=4), ends_at=now + timedelta(days=4, hours=3))
    out = taken_out(session, territory)
    received(session, out.device, [record(made_at=now.isoformat()), record(made_at="hier")], territory)
    assert {row.happened_at for row in rows(session).values()} == {now}
