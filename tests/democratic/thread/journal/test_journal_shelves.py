"""Counts of shelves: what triggers add up is what there is, summed or not, and what drifted is mended."""

import random

import pytest
from django.db import connection

from democratic.participation.answers.actions import group_contributions, open_theme
from democratic.thread.actions import Words
from democratic.thread.journal import shelves
from democratic.thread.models import Kind, Origin, Record, ShelfCount, Visibility
from democratic.thread.queries.facets import Chosen, Shelf, count_facets
from factories import GROUPING

# Ticking every state is no filter, and is counted row by row.
EVERY_STATE = Chosen(states=("received", "kept", "part", ""))


@pytest.fixture
def shelf(territory):
    record = territory.process.record
    return Shelf(record.pk, Kind.IDEA, record.audience_id)


def both_ways(shelf):
    """(by the triggers' rows, by looking at each Record): values and counts of each facet."""
    kept, looked = count_facets(shelf, Chosen()), count_facets(shelf, EVERY_STATE)
    return tuple(
        [facets.everything]
        + [
            sorted((box.value, box.everything) for box in boxes)
            for boxes in (facets.states, facets.origins, facets.places, facets.themes)
        ]
        for facets in (kept, looked)
    )


def some_life(territory, chosen, times=60):
    theme = open_theme(process=territory.process, words=Words(title="Le soir"), author=None, clock=GROUPING)
    for _ in range(times):
        said = list(Record.objects.filter(kind=Kind.IDEA).order_by("code"))
        act = chosen.choice(["say", "say", "move", "hide", "show", "group", "delete"])
        if act == "say" or not said:
            origin, place = chosen.choice([Origin.WEB, Origin.STREET]), chosen.choice(["Vaubrun", ""])
            territory.say("Le bus du soir", origin=origin, place=place)
            continue
        one = Record.objects.filter(pk=chosen.choice(said).pk)
        if act == "move":
            Record.objects.filter(kind=Kind.IDEA).update(state=chosen.choice(["kept", "part"]))
        elif act == "hide":
            one.update(visibility=Visibility.HIDDEN)
        elif act == "show":
            one.update(visibility=Visibility.PUBLIC)
        elif act == "group":
            one.update(theme=theme.record)
        else:
            one.update(place="Montsec", byline="Lina")


@pytest.mark.parametrize("seed", range(5))
def test_kept_counts_are_what_there_is_whatever_happens(territory, shelf, seed):
    some_life(territory, random.Random(seed))
    kept, looked = both_ways(shelf)
    assert kept == looked
    assert kept[0] > 3


def test_summing_changes_no_count_and_leaves_a_row_a_value(territory, shelf, monkeypatch):
    monkeypatch.setattr(shelves, "WORTH_SUMMING", 10)
    some_life(territory, random.Random(7))
    before = both_ways(shelf)
    assert shelves.sum_shelves() >= 1
    assert both_ways(shelf) == before
    rows = ShelfCount.objects.filter(process_id=shelf.process_id, kind=Kind.IDEA)
    assert rows.count() == rows.values("facet", "value").distinct().count()
    assert shelves.sum_shelves() == 0


def test_a_short_shelf_is_left_as_it_is(territory):
    territory.say("Le bus du soir")
    assert shelves.sum_shelves() == 0


def test_comments_and_drafts_stand_on_no_shelf(territory, shelf):
    idea = territory.say("Le bus du soir").idea.record
    Record.objects.filter(pk=idea.pk).update(visibility=Visibility.DRAFT)
    assert not ShelfCount.objects.filter(kind=Kind.COMMENT).exists()
    assert count_facets(shelf, Chosen()).everything == 0


def test_what_drifted_is_found_and_mended(territory, shelf):
    some_life(territory, random.Random(3))
    assert shelves.recount_shelves() == 0
    ShelfCount.objects.filter(facet="origin", kind=Kind.IDEA).delete()
    ShelfCount.objects.create(
        process_id=shelf.process_id,
        kind=Kind.IDEA,
        audience_id=shelf.audience_id,
        facet="place",
        value="Ys",
        n=3,
    )
    kept, looked = both_ways(shelf)
    assert kept != looked
    assert shelves.recount_shelves() > 0
    kept, looked = both_ways(shelf)
    assert kept == looked
    assert shelves.recount_shelves() == 0


def test_an_unfiltered_list_is_counted_without_looking_at_its_records(territory, shelf):
    territory.say("Le bus du soir")
    asked = []
    with connection.execute_wrapper(lambda run, sql, *rest: (asked.append(sql), run(sql, *rest))[1]):
        count_facets(shelf, Chosen())
    assert len(asked) == 1
    assert "thread_shelfcount" in asked[0]


def test_grouping_moves_an_idea_from_no_theme_to_its_theme(territory, shelf):
    idea = territory.say("Le bus du soir").idea
    theme = open_theme(process=territory.process, words=Words(title="Le soir"), author=None, clock=GROUPING)
    group_contributions(theme=theme, contributions=[idea.record], clock=GROUPING)
    (box,) = count_facets(shelf, Chosen()).themes
    assert (box.value, box.label, box.n) == (theme.record.code, "Le soir", 1)
