import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from democratic.kernel.models import PageVersion
from democratic.kernel.refusals import Conflict
from democratic.thread import events
from democratic.thread.events import Event
from democratic.thread.journal import CannotReplay, Projection, projections, replay, retry_parked
from democratic.thread.journal.projections import advance, catch_up, ensure_cursors
from democratic.thread.models import Cursor, ParkedEntry, Tag
from democratic.thread.views import FIGURES, PAGES

WAIT = 30


class Notebook:
    """A handler that writes one row a line, and fails on the words that it is told to."""

    def __init__(self, town) -> None:
        self.town, self.batches, self.faults = town, [], {}

    def handle(self, lines) -> None:
        self.batches.append([line.position for line in lines])
        for line in lines:
            name = str(line.position)
            Tag.objects.create(authority=self.town.authority, name=name, slug=name)
            if fault := self.faults.get(line.words.get("text")):
                raise fault

    def forget(self) -> None:
        Tag.objects.all().delete()

    @property
    def written(self) -> list[int]:
        return sorted(int(tag.name) for tag in Tag.objects.all())


@pytest.fixture
def notebook(town) -> Notebook:
    return Notebook(town)


@pytest.fixture
def view(notebook, monkeypatch) -> Projection:
    return _named(Projection("notebook", notebook.handle, reset=notebook.forget, batch=3), monkeypatch)


@pytest.fixture
def effect(notebook, monkeypatch) -> Projection:
    return _named(Projection("letters", notebook.handle, is_effect=True), monkeypatch)


def _named(projection, monkeypatch) -> Projection:
    monkeypatch.setattr("democratic.thread.journal.projections.projections", lambda: [projection])
    return projection


def _cursor(projection) -> int:
    return Cursor.objects.get(name=projection.name).position


def test_a_view_reads_all_from_the_beginning_in_batches(town, view, notebook):
    for _ in range(5):
        town.say()
    town.sequence()
    assert catch_up(view) == 5
    assert notebook.batches == [[0, 1, 2], [3, 4]]
    assert (notebook.written, _cursor(view)) == ([0, 1, 2, 3, 4], 5)


def test_a_line_says_all_that_a_projection_may_need(town, monkeypatch):
    process = town.say()
    idea = town.say("Des vélos.", process=process)
    town.sequence()
    seen = []
    catch_up(Projection("seen", seen.extend))
    line = seen[-1]
    assert (line.position, line.kind, line.origin, line.at) == (1, "said_in_a_test", "web", None)
    assert (line.record_id, line.process_id, line.authority_id) == (idea.pk, process.pk, town.authority.pk)
    assert line.words == {"title": "Une idée", "text": "Des vélos.", "byline": "Lina, 17 ans"}
    assert line.data["kind"] == "idea"
    assert line.day.isoformat() == "2026-03-01"
    assert line.entry_id == idea.entries.get().pk


def test_what_waits_for_its_position_is_not_read(town, view, notebook):
    town.say()
    assert advance(view) == 0
    town.sequence()
    assert advance(view) == 1


def test_old_data_are_read_in_today_s_shape(town, monkeypatch):
    kind = "shape_changed"
    monkeypatch.setitem(events._events, kind, Event(kind, 1))
    town.tell(Event(kind, 1), town.say(), colour="bleu")
    monkeypatch.setitem(events._events, kind, Event(kind, 2))
    monkeypatch.setitem(events._upcasters, (kind, 1), lambda data: {"color": data["colour"]})
    town.sequence()
    seen = []
    catch_up(Projection("seen", seen.extend))
    assert seen[-1].data == {"color": "bleu"}


def test_a_view_s_cursor_and_rows_are_written_together_or_not_at_all(town, view, monkeypatch):
    town.say()
    town.sequence()
    ensure_cursors([view])

    def crash(*_):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(projections, "_move", crash)
        with pytest.raises(RuntimeError):
            advance(view)
    assert (Tag.objects.count(), _cursor(view)) == (0, 0)


def test_a_poison_entry_is_parked_with_its_reason_and_blocks_nothing(town, view, notebook):
    for text in ("bon", "poison", "bon"):
        town.say(text)
    notebook.faults["poison"] = ValueError("I cannot read this\nLina Martin, 06 12 34 56 78")
    town.sequence()
    assert catch_up(view) == 3
    assert notebook.written == [0, 2]
    parked = ParkedEntry.objects.get()
    assert (parked.projection, parked.position) == ("notebook", 1)
    assert parked.reason == "ValueError: I cannot read this"


def test_a_broken_constraint_is_a_poison_too(town, view, notebook):
    town.say("bon")
    town.say("poison")
    notebook.faults["poison"] = IntegrityError("duplicate key")
    town.sequence()
    catch_up(view)
    assert (notebook.written, ParkedEntry.objects.get().position) == ([0], 1)


def test_a_kind_that_this_version_does_not_know_is_parked(town, view, notebook):
    idea = town.say()
    town.tell(Event("told_by_a_later_version"), idea)
    town.tell(Event("said_in_a_test", version=9), idea)
    town.sequence()
    catch_up(view)
    assert notebook.written == [0]
    parked = ParkedEntry.objects.order_by("position").values_list("position", "reason")
    assert [(place, reason.split(" is ")[0]) for place, reason in parked] == [
        (1, "told_by_a_later_version v1"),
        (2, "said_in_a_test v9"),
    ]


def test_a_fault_of_the_database_parks_nothing_and_is_tried_again(town, view, notebook):
    town.say("bon")
    town.sequence()
    notebook.faults["bon"] = _cut_connection()
    with pytest.raises(OperationalError), transaction.atomic():
        advance(view)
    assert not ParkedEntry.objects.exists()
    notebook.faults.clear()
    assert advance(view) == 1


def _cut_connection() -> OperationalError:
    fault = OperationalError("the connection was lost")
    fault.__cause__ = psycopg.OperationalError("the connection was lost")
    return fault


def test_a_replayed_view_writes_the_same_again(town, view, notebook):
    for text in ("un", "poison", "trois", "quatre"):
        town.say(text)
    notebook.faults["poison"] = ValueError("no")
    town.sequence()
    catch_up(view)
    notebook.faults.clear()
    assert replay("notebook") == 4
    assert (notebook.written, _cursor(view)) == ([0, 1, 2, 3], 4)
    assert not ParkedEntry.objects.exists()


def test_an_effect_starts_at_the_head(town, effect, notebook):
    town.say("d’avant")
    town.sequence()
    assert catch_up(effect) == 0
    town.say("d’après")
    town.sequence()
    assert catch_up(effect) == 1
    assert notebook.written == [1]


def test_an_effect_is_never_replayed(town, effect, notebook):
    town.drain(effect)
    town.say()
    town.drain(effect)
    with pytest.raises(CannotReplay, match="deux fois"):
        replay("letters")
    assert (notebook.written, _cursor(effect)) == ([0], 1)


def test_what_an_effect_parked_can_be_tried_again(town, effect, notebook):
    town.drain(effect)
    for text in ("poison", "venin", "bon"):
        town.say(text)
    notebook.faults = {"poison": ValueError("no"), "venin": ValueError("never")}
    town.drain(effect)
    assert notebook.written == [2]
    del notebook.faults["poison"]
    assert retry_parked("letters") == 1
    assert notebook.written == [0, 2]
    assert ParkedEntry.objects.get().position == 1


def test_what_a_view_parked_waits_for_its_replay(view):
    with pytest.raises(Conflict):
        retry_parked("notebook")


def test_a_projection_never_reads_what_the_one_before_it_has_not(town, notebook):
    first = Projection("first", lambda _lines: None, batch=2)
    second = Projection("second", notebook.handle, after="first")
    for _ in range(3):
        town.say()
    town.sequence()
    assert advance(second) == 0
    advance(first)
    assert (advance(second), notebook.batches) == (2, [[0, 1]])


def test_two_readers_of_one_view_never_read_a_line_twice(live_town):
    notebook = Notebook(live_town)
    view = Projection("notebook", notebook.handle, batch=2)
    for _ in range(20):
        live_town.say()
    live_town.sequence()
    start = threading.Barrier(2)

    def read(_):
        start.wait(WAIT)
        try:
            return catch_up(view)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(read, range(2), timeout=WAIT)) == 20
    assert notebook.written == list(range(20))


def _version(scope) -> int:
    return PageVersion.objects.get(scope=scope.pk).version


def test_pages_of_touched_processes_and_authorities_become_stale_once_a_batch(town):
    process = town.say()
    for _ in range(3):
        town.say(process=process)
    town.drain(FIGURES, PAGES)
    assert (_version(town.authority), _version(process)) == (2, 2)


def test_a_comment_outside_a_process_makes_the_page_of_its_subject_stale(town):
    mandate = town.say()
    town.drain(FIGURES, PAGES)
    before = _version(mandate)
    town.comment(mandate)
    town.drain(FIGURES, PAGES)
    assert _version(mandate) == before + 1
