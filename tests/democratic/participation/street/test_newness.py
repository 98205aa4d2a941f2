"""What was said in the street that nobody had said online: compared once, by a rule that anyone can read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.street.models import Newness, StreetCapture
from democratic.participation.street.receiving import receive
from democratic.participation.street.returning import send_to_the_street
from democratic.participation.street.said import count_newness, said_at
from democratic.participation.street.validating import validate_captures
from democratic.thread.models import Origin, Record, Visibility
from democratic.thread.rules import Viewer
from factories import build_territory
from in_the_street import SAID, planned, record, taken_out

ONLINE = "Le dernier bus part à dix-neuf heures : le soir, je rentre à pied."
OTHER = "Une piste cyclable entre le lycée et la gare de Vaubrun, séparée des voitures."


@pytest.fixture
def session(territory):
    return planned(territory)


def brought_back(session, territory, *texts, **more):
    out = taken_out(session, territory)
    sent = [record(text=text, code=code, **more) for text, code in zip(texts, out.codes, strict=False)]
    receive(session=session, device=out.device, records=sent, clock=territory.clock)
    validate_captures(
        session=session, by=territory.elected.person, function="Le Département", clock=territory.clock
    )
    rows = StreetCapture.objects.filter(session=session, uuid__in=[each["uuid"] for each in sent])
    return [next(row for row in rows if str(row.uuid) == each["uuid"]) for each in sent]


def test_a_sentence_that_nobody_said_online_is_new_and_another_names_what_it_is_near_to(territory, session):
    online = territory.say(ONLINE).idea.record
    near, new = brought_back(session, territory, SAID, OTHER)
    assert (near.newness, near.near) == (Newness.NEAR, online)
    assert (new.newness, new.near) == (Newness.NEW, None)


@pytest.mark.parametrize("origin", [Origin.PAPER, Origin.PHONE, Origin.ROOM, Origin.SMS, Origin.STREET])
def test_what_was_said_away_from_the_net_makes_nothing_less_new(territory, session, origin):
    said = territory.say(ONLINE).idea.record
    Record.objects.filter(pk=said.pk).update(origin=origin)
    assert brought_back(session, territory, SAID)[0].newness == Newness.NEW


@pytest.mark.parametrize(("days", "newness"), [(0, Newness.NEAR), (-3, Newness.NEAR), (1, Newness.NEW)])
def test_only_what_was_online_that_day_or_before_counts(territory, session, days, newness):
    said = territory.say(ONLINE).idea.record
    told = session.starts_at + timedelta(days=days, hours=5 if days <= 0 else 0)
    Record.objects.filter(pk=said.pk).update(happened_at=told)
    made_at = session.starts_at.isoformat()
    assert brought_back(session, territory, SAID, made_at=made_at)[0].newness == newness


def test_what_is_hidden_taken_back_or_of_another_consultation_makes_nothing_less_new(territory, session):
    hidden, gone = territory.say(ONLINE).idea.record, territory.say(ONLINE).idea.record
    Record.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)
    take_back_idea(record=gone, clock=territory.clock)
    build_territory(slug="montsec", host="montsec.example").say(ONLINE)
    assert brought_back(session, territory, SAID)[0].newness == Newness.NEW


def test_two_words_are_too_short_to_compare_but_the_same_two_words_are_not(territory, session):
    territory.say("Des abribus !")
    short, same = brought_back(session, territory, "Plus de vélos.", "Des abribus.")
    assert (short.newness, same.newness) == (Newness.SHORT, Newness.NEAR)


def test_a_reaction_to_what_was_read_aloud_is_not_compared(territory, session):
    read = territory.say(OTHER).idea.record
    send_to_the_street(session=session, said=read, clock=territory.clock)
    assert brought_back(session, territory, SAID, about=read.code)[0].newness == ""


def test_where_likenesses_are_switched_off_nothing_is_compared(territory, session, settings):
    settings.SIMILAR_IDEAS = False
    assert brought_back(session, territory, SAID)[0].newness == ""


def test_what_is_near_names_what_it_is_near_to_or_the_database_refuses(territory, session):
    capture = brought_back(session, territory, SAID)[0]
    with pytest.raises(IntegrityError, match="what_is_near"), transaction.atomic():
        StreetCapture.objects.filter(pk=capture.pk).update(newness=Newness.NEAR, near=None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_asks_a_fixed_number_of_questions(territory, session, django_assert_num_queries, count):
    territory.say(ONLINE)
    texts = [f"{SAID} {word}" for word in ("Souvent.", "Toujours.", "Parfois.")][:count]
    brought_back(session, territory, *texts)
    viewer = Viewer(authority=territory.authority)
    with django_assert_num_queries(4):
        beside = count_newness(viewer, session)
        said, total = said_at(viewer, session, newness=Newness.NEAR, offset=0, limit=20)
    assert (beside.near, beside.compared, total) == (count, count, count)
    assert [each.near.text for each in said] == [ONLINE] * count


def test_a_sentence_that_left_the_public_is_counted_no_more_and_what_is_hidden_is_not_named(
    territory, session
):
    online = territory.say(ONLINE).idea.record
    near, new = brought_back(session, territory, SAID, OTHER)
    viewer = Viewer(authority=territory.authority)
    Record.objects.filter(pk__in=[online.pk, new.record_id]).update(visibility=Visibility.HIDDEN)
    beside = count_newness(viewer, session)
    said, _total = said_at(viewer, session, offset=0, limit=20)
    assert (beside.near, beside.new) == (1, 0)
    assert [(each.record.pk, each.newness, each.near) for each in said] == [(near.record_id, "near", None)]
