"""Outlines, gazetteer and points: what is kept, how finely, and what goes with whom."""

from decimal import Decimal
from math import cos, sin

import pytest
from django.db import IntegrityError, connection, transaction

from democratic.config.backup.again import erase_again
from democratic.kernel.erasures import Erased
from democratic.kernel.models import Erasure
from democratic.kernel.pages import stamp_of
from democratic.participation.ideas.actions import take_back_idea
from democratic.stewardship.erasure import erase_guest
from democratic.thread.actions import CannotImport, erase_points, erase_words, keep_point
from democratic.thread.actions.places import SHOWN_POINTS
from democratic.thread.models import Entry, Opening, Outline, Place, RecordPoint, Visibility
from democratic.thread.queries.facets import Chosen, Shelf
from democratic.thread.queries.places import (
    areas_of,
    has_map,
    official_names,
    places_of,
    points_of,
    points_on,
    said_where,
)
from factories import build_territory
from outlines import IN_MONTSEC, IN_VAUBRUN, VAUBRUN, draw, square

HOME = (5.251_432, 46.249_987)


def shelf(territory):
    record = territory.process.record
    return Shelf(record.pk, "idea", record.audience_id)


def test_an_outline_makes_the_gazetteer(territory):
    done = draw(territory)
    assert (done.areas, done.places, done.points, done.shown) == (2, 2, 10, 10)
    assert [(place.name, place.at) for place in places_of(territory.authority)] == [
        ("Montsec", (6.5, 46.5)),
        ("Vaubrun", (5.5, 46.5)),
    ]
    assert official_names(territory.authority) == ["Montsec", "Vaubrun"]
    assert [area.name for area in areas_of(territory.authority)] == ["Vaubrun", "Montsec"]


def test_another_outline_replaces_it_and_keeps_what_was_said_there_on_the_map(territory):
    draw(territory)
    montsec = Place.objects.get(slug="montsec").pk
    draw(territory, VAUBRUN, ("Lurey", square(7, 46)))
    assert Outline.objects.count() == 1
    assert official_names(territory.authority) == ["Lurey", "Vaubrun"]
    assert Place.objects.get(pk=montsec).is_official is False
    assert Place.objects.get(pk=montsec).latitude is not None


def test_the_same_outline_twice_is_the_same(territory):
    draw(territory)
    before = list(Place.objects.order_by("pk").values())
    draw(territory)
    assert list(Place.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("names", [("Saint-Maurin", "Saint Maurin"), ("x" * 81,), ("——",)])
def test_a_name_that_a_gazetteer_cannot_hold_is_refused_and_nothing_changes(territory, names):
    with pytest.raises(CannotImport):
        draw(territory, *((name, square(n, 0)) for n, name in enumerate(names)))
    assert not has_map(territory.authority)
    assert not Place.objects.exists()


def test_a_detailed_outline_is_drawn_with_fewer_points(territory):
    ring = [[5 + cos(n / 2000), 46 + 0.5 * sin(n / 2000)] for n in range(12_000)]
    done = draw(territory, ("Rond", [*ring, ring[0]]))
    assert done.points == 12_001
    assert done.shown <= SHOWN_POINTS + 1


def test_maps_that_were_stored_are_drawn_again(territory):
    scopes = [territory.authority.pk, territory.process.pk]
    before = [stamp_of(scope).version for scope in scopes]
    draw(territory)
    assert all(stamp_of(scope).version > old for scope, old in zip(scopes, before, strict=True))


def test_a_point_is_rounded_to_100_metres_before_it_is_kept(territory):
    point = territory.say(point=HOME).idea.record.point
    assert (point.longitude, point.latitude) == (Decimal("5.251"), Decimal("46.250"))


@pytest.mark.parametrize(("latitude", "longitude"), [("46.2501", "5.25"), ("46.25", "5.2501"), ("91", "5")])
def test_the_database_itself_refuses_a_finer_point(territory, latitude, longitude):
    record = territory.say().idea.record
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordPoint.objects.create(record=record, latitude=latitude, longitude=longitude)


def test_a_point_never_enters_the_journal(territory):
    record = territory.say("Un banc.", point=HOME).idea.record
    said = repr([*Entry.objects.filter(record=record).values(), *Opening.objects.values()])
    assert not [part for part in ("46.25", "5.251", "latitude") if part in said]


def test_who_takes_back_her_words_takes_back_her_point(territory):
    record = territory.say(point=HOME).idea.record
    take_back_idea(record=record, clock=territory.clock)
    assert not RecordPoint.objects.exists()


def test_words_that_are_erased_take_their_point_with_them(territory):
    record = territory.say(point=HOME).idea.record
    erase_words(record=record, clock=territory.clock)
    assert not RecordPoint.objects.exists()


@pytest.mark.parametrize("with_words", [True, False])
def test_nobody_who_is_erased_leaves_a_point(territory, with_words):
    record = territory.say(point=HOME, place="Vaubrun").idea.record
    erase_guest(guest=record.author, with_words=with_words, clock=territory.clock)
    record.refresh_from_db()
    assert not RecordPoint.objects.exists()
    assert record.place == ("" if with_words else "Vaubrun")


def test_a_point_that_came_back_with_a_backup_is_erased_again(territory):
    record = territory.say(point=HOME).idea.record
    erase_points(records=[record.pk])
    known = list(Erasure.objects.values_list("kind", "target"))
    assert known == [("point", record.pk)]
    keep_point(record=record, point=HOME)
    with connection.cursor() as cursor:
        cursor.execute("truncate kernel_erasure")  # as the older database was: nothing deletes a row of it
    done = erase_again([Erased(*known[0])], clock=territory.clock)
    assert (done["point"], RecordPoint.objects.count()) == (1, 0)


def test_points_are_read_from_north_to_south_without_their_author(territory):
    south = territory.say("Au sud", point=IN_VAUBRUN, byline="Lina").idea.record
    north = territory.say("Au nord", point=IN_MONTSEC).idea.record
    found = points_on(shelf(territory), Chosen()).points
    assert [point.code for point in found] == [north.code, south.code]
    assert "Lina" not in repr(found)


def test_points_follow_what_is_ticked(territory):
    street = territory.say("Dans la rue", point=IN_VAUBRUN, origin="street").idea.record
    territory.say("Sur le web", point=IN_VAUBRUN)
    found = points_on(shelf(territory), Chosen(origins=("street",))).points
    assert [point.code for point in found] == [street.code]


def test_beyond_what_a_map_can_show_no_point_is_given(territory):
    for n in range(3):
        territory.say(f"Idée {n}", point=IN_VAUBRUN)
    assert len(points_on(shelf(territory), Chosen(), most=3).points) == 3
    summed = points_on(shelf(territory), Chosen(), most=2)
    assert (summed.points, summed.is_summed) == ([], True)


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.DRAFT, Visibility.WITHDRAWN])
def test_what_is_not_shown_has_no_point_on_any_map(territory, visibility):
    record = territory.say(point=IN_VAUBRUN).idea.record
    type(record).objects.filter(pk=record.pk).update(visibility=visibility)
    assert points_on(shelf(territory), Chosen()).points == []
    assert points_of(territory.authority.pk).points == []


def test_an_authority_reads_its_own_points_alone(territory):
    other = build_territory(slug="voisin", host="voisin.example")
    mine = territory.say("Ici", point=IN_VAUBRUN).idea.record
    other.say("Là", point=IN_VAUBRUN)
    draw(other)
    assert [point.code for point in points_of(territory.authority.pk).points] == [mine.code]
    assert not has_map(territory.authority)
    assert places_of(territory.authority) == []


def test_nothing_is_counted_in_a_process_that_is_not_shown(territory):
    territory.say("Ici", point=IN_VAUBRUN, place="Vaubrun")
    assert [(each.place, each.n) for each in said_where(territory.viewer())] == [("Vaubrun", 1)]
    record = territory.process.record
    type(record).objects.filter(pk=record.pk).update(visibility=Visibility.HIDDEN)
    assert said_where(territory.viewer()) == []
    assert points_of(territory.authority.pk).points == []


def test_a_record_has_one_point(territory):
    record = territory.say(point=HOME).idea.record
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_point(record=record, point=HOME)
