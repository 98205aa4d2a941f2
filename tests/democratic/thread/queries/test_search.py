import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment, withdraw_own
from democratic.thread.models import Audience, Origin, Record, RecordSearch, Visibility
from democratic.thread.models.searchable import ERA
from democratic.thread.queries import search as queries
from democratic.thread.queries.search import (
    MARK_START,
    MARK_STOP,
    Wanted,
    search_records,
)
from democratic.thread.queries.suggestions import suggest_words
from factories import build_territory


def found(territory, words, **ticked):
    return search_records(territory.authority, Wanted(words, **ticked))


def titles(result):
    return {hit.title for hit in result.hits}


def counted(boxes):
    return {box.value: box.n for box in boxes}


@pytest.mark.parametrize("words", ["éclairer", "eclairer", "ÉCLAIRÉ", "abri", "abris éclairés"])
def test_accents_case_and_endings_do_not_count(territory, words):
    territory.say("Éclairer les abris")
    assert titles(found(territory, words)) == {"Éclairer les abris"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Des vélos", "vélo"),
        ("Des vélos", "VÉLO"),
        ("Un vélo", "VÉLOS"),
        ("Un vélo", "vélos gratuits or vélo"),
    ],
)
def test_plurals_that_french_stemming_leaves_are_found_too(territory, said, words):
    territory.say(said)
    assert found(territory, words.split(" or ")[-1]).total == 1


def test_every_kind_is_searched(territory):
    idea = territory.say("La navette du soir").idea.record
    post_comment(
        subject=idea, author=welcome_guest(), words=Words(text="Une navette, oui"), clock=territory.clock
    )
    result = found(territory, "navette")
    assert counted(result.kinds) == {"idea": 1, "comment": 1}
    assert counted(found(territory, "mobilité").kinds) == {"mandate": 1}
    assert counted(found(territory, "bouger").kinds) == {"process": 1}


def test_quotes_and_a_dash_are_understood(territory):
    territory.say("Le bus du soir")
    territory.say("Le soir, le bus est plein")
    assert found(territory, '"bus du soir"').total == 1
    assert found(territory, "bus -plein").total == 1


@pytest.mark.parametrize(
    "words", ["", "le la les", "' & | ! ( ) : *", '"', "-", "\\", "%", "\ufffd", "a" * 5000]
)
def test_no_words_break_the_search(territory, words):
    assert found(territory, words).total == 0


def test_facets_are_counted_without_their_own_filter(territory):
    territory.say("Un bus", origin=Origin.STREET)
    territory.say("Deux bus", origin=Origin.WEB)
    result = found(territory, "bus", origins=("street",))
    assert result.total == 1
    assert counted(result.origins) == {"street": 1, "web": 1}
    assert counted(result.kinds) == {"idea": 1}
    process = territory.process.record
    assert [(box.value, box.label, box.n) for box in result.processes] == [
        (process.code, "Bouger à 15-25 ans", 1)
    ]
    assert found(territory, "bus", processes=(process.code,)).total == 2
    assert found(territory, "bus", processes=("K7P-4RM",)).total == 0


def test_what_is_not_public_is_not_found(territory):
    hidden = territory.say("Un bus caché").idea.record
    Record.objects.filter(pk=hidden.pk).update(visibility="hidden")
    closed = territory.say("Un bus réservé").idea.record
    audience = Audience.objects.create(authority=territory.authority)
    Record.objects.filter(pk=closed.pk).update(audience=audience)
    gone = territory.say("Un bus retiré").idea.record
    withdraw_own(record=gone, clock=territory.clock)
    assert found(territory, "bus").total == 0


def test_another_authority_is_another_world(territory):
    other = build_territory(slug="autre", host="autre.example")
    other.say("Un bus")
    assert found(territory, "bus").total == 0
    assert found(other, "bus").total == 1


def test_counts_stop_at_their_cap_and_say_so(territory, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    for n in range(6):
        territory.say(f"Un bus {n}")
    result = found(territory, "bus")
    assert (result.total, result.is_capped) == (4, True)
    assert counted(result.kinds) == {"idea": 3}


def test_when_the_newest_are_not_ours_all_are_looked_at(territory, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    territory.say("Un bus à nous")
    other = build_territory(slug="autre", host="autre.example")
    for n in range(3):
        other.say(f"Un bus ailleurs {n}")
    result = found(territory, "bus")
    assert (titles(result), result.total, result.is_capped) == ({"Un bus à nous"}, 1, False)


def test_only_the_newest_are_ranked(territory, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    territory.say("Bus bus bus")
    territory.say("Un mot sur le bus, et bien d’autres sur autre chose")
    result = found(territory, "bus")
    assert result.total == 2
    assert [hit.title for hit in result.hits] == ["Un mot sur le bus, et bien d’autres sur autre chose"]


def test_pages_go_on_and_stop_at_the_last(territory, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for n in range(5):
        territory.say(f"Un bus {n}")
    pages = [[hit.code for hit in found(territory, "bus", page=page).hits] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({code for page in pages for code in page}) == 5


def test_the_words_found_are_marked_in_the_excerpt(territory):
    territory.say("Le dernier bus part à 18 h 50", title="Rentrer")
    excerpt = found(territory, "bus").hits[0].excerpt
    assert f"{MARK_START}bus{MARK_STOP}" in excerpt


def test_a_search_is_one_query(territory, django_assert_num_queries):
    territory.say("Un bus")
    with django_assert_num_queries(1):
        found(territory, "bus", origins=("web",))


def test_the_plan_of_a_search_is_kept(territory):
    """To plan it costs the database a fifth of what it does for a search."""
    for n in range(12):
        found(territory, f"bus {n}")
    with connection.cursor() as cursor:
        cursor.execute(
            "select sum(generic_plans) from pg_prepared_statements where statement like %s",
            ["%thread_recordsearch_rows%"],
        )
        assert cursor.fetchone()[0] > 0


@pytest.mark.parametrize("typed", ["mobil", "mobilte", "MOBILITE"])
def test_a_beginning_or_a_slip_finds_the_word(territory, typed):
    assert suggest_words(territory.authority, typed) == "mobilité"


def test_short_words_are_left_as_they_are(territory):
    assert suggest_words(territory.authority, "la mobilte") == "la mobilité"


@pytest.mark.parametrize("typed", ["", "   ", "mobilité", "zzzzzz", "'; drop table thread_record; --"])
def test_nothing_alike_suggests_nothing(territory, typed):
    assert suggest_words(territory.authority, typed) == ""


def test_every_era_is_read_until_there_is_enough_the_newest_first(territory, monkeypatch):
    old, recent = territory.say("La navette d’avant").idea.record, territory.say("La navette").idea.record
    with connection.cursor() as cursor:
        cursor.execute("select setval('thread_recordsearch_rows', %s)", [3 * ERA])
    newest = territory.say("La navette d’après").idea.record
    RecordSearch.objects.filter(record=recent).update(era=1)
    RecordSearch.objects.filter(record=old).update(era=0)
    assert RecordSearch.objects.get(record=newest).era == 3
    assert found(territory, "navette").total == 3
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    result = found(territory, "navette")
    assert (titles(result), result.total) == ({"La navette d’après"}, 2)


def test_what_neighbours_say_costs_a_search_nothing(territory, monkeypatch):
    territory.say("La navette")
    beside = build_territory(slug="ailleurs", host="ailleurs.example")
    for n in range(4):
        beside.say(f"La navette d’ailleurs ({n})")
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    with CaptureQueriesContext(connection) as asked:
        assert found(territory, "navette").total == 1
    assert len(asked) == 1


def test_what_a_search_filters_by_stands_beside_the_words_as_the_record_says_it(territory):
    """The database copies it, whoever writes: an action, an import, a hand at the console."""
    record = territory.say("La navette").idea.record
    copied = ("authority_id", "process_id", "audience_id", "kind", "origin", "state", "visibility")

    def beside():
        return RecordSearch.objects.values(*copied).get(record=record)

    assert beside() == Record.objects.values(*copied).get(pk=record.pk)
    Record.objects.filter(pk=record.pk).update(state="kept", origin="street")
    assert (beside()["state"], beside()["origin"]) == ("kept", "street")
    assert counted(found(territory, "navette").states) == {"kept": 1}
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.HIDDEN)
    assert found(territory, "navette").total == 0


def test_a_box_that_is_ticked_looks_further_than_the_newest_counted(territory, monkeypatch):
    old = territory.say("La navette d’avant").idea.record
    Record.objects.filter(pk=old.pk).update(origin="paper")
    for n in range(4):
        territory.say(f"La navette {n}")
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    assert titles(found(territory, "navette", origins=("paper",))) == {"La navette d’avant"}


def test_within_an_era_the_index_knows_whose_when_and_the_words(territory):
    """A number of another width would be filtered row by row: the index is asked for all at once."""
    territory.say("La navette du soir")
    asked = []
    with connection.execute_wrapper(
        lambda run, sql, params, *rest: (asked.append((sql, params)), run(sql, params, *rest))[1]
    ):
        found(territory, "navette")
    sql, params = asked[0]
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")  # few rows: forced
        cursor.execute(f"explain {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert re.search(
        r"Index Cond: \(\(hashtextextended\(.+\) = hashtextextended\(.+\)\) AND \(vector @@ ", plan
    ), plan
