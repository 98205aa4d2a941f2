from datetime import date, timedelta

import pytest

from democratic.kernel.clock import FixedClock
from democratic.people.actions import welcome_guest
from democratic.thread.actions import support
from democratic.thread.journal.marks import coalesce_marks
from democratic.thread.journal.projections import catch_up
from democratic.thread.journal.sequencer import sequence_once
from democratic.thread.models import ImportedTally, Kind
from democratic.thread.queries.facets import Chosen, Shelf
from democratic.thread.queries.ranked import PAGE, page_of
from democratic.thread.queries.ranking import Ranking, drawn, read_cursor
from democratic.thread.views import FIGURES
from factories import NOW

TODAY = date(2026, 3, 1)


@pytest.fixture
def shelf(territory):
    record = territory.process.record
    return Shelf(record.pk, Kind.IDEA, record.audience_id)


def say(territory, count):
    """Each said an hour before the one before."""
    return [
        territory.say(f"Idée {n}", clock=FixedClock(NOW - timedelta(hours=n))).idea.record
        for n in range(count)
    ]


def read_journal():
    coalesce_marks(NOW)
    sequence_once()
    catch_up(FIGURES)


def everything(shelf, ranking, chosen=Chosen(), day=TODAY):  # noqa: B008  a frozen dataclass
    codes, page = [], page_of(shelf, ranking, chosen, today=day)
    while True:
        codes += [row.code for row in page.rows]
        if not page.next:
            return codes
        page = page_of(shelf, ranking, chosen, today=day, cursor=read_cursor(ranking, page.next))


def test_the_most_supported_come_first_then_the_last_made(territory, shelf):
    records = say(territory, 4)
    for supporters, record in zip((1, 3, 0, 2), records, strict=True):
        for _ in range(supporters):
            support(record=record, person=welcome_guest())
    read_journal()
    codes = everything(shelf, Ranking.VOICES)
    assert codes == [records[n].code for n in (1, 3, 0, 2)]


def test_what_the_figures_have_not_read_yet_is_listed_all_the_same(territory, shelf):
    old = say(territory, 2)
    support(record=old[0], person=welcome_guest())
    read_journal()
    fresh = territory.say("Toute neuve").idea.record
    waiting = everything(shelf, Ranking.VOICES)
    assert waiting == [old[0].code, fresh.code, old[1].code]
    sequence_once()  # a position, and still no figures
    assert everything(shelf, Ranking.VOICES) == waiting
    catch_up(FIGURES)
    assert everything(shelf, Ranking.VOICES) == waiting


def test_the_newest_come_first(territory, shelf):
    records = say(territory, 3)
    assert everything(shelf, Ranking.NEWEST) == [record.code for record in records]


def test_the_draw_of_a_day_can_be_done_again_by_anyone_and_changes_with_the_day(territory, shelf):
    records = say(territory, 20)
    codes = everything(shelf, Ranking.RANDOM)
    assert codes == sorted((record.code for record in records), key=lambda code: drawn(TODAY, code))
    assert codes != everything(shelf, Ranking.RANDOM, day=TODAY + timedelta(days=1))


def test_a_draw_goes_on_in_its_own_day_past_midnight(territory, shelf):
    say(territory, 20)
    first = page_of(shelf, Ranking.RANDOM, Chosen(), today=TODAY)
    cursor = read_cursor(Ranking.RANDOM, first.next)
    tomorrow = page_of(shelf, Ranking.RANDOM, Chosen(), today=TODAY + timedelta(days=1), cursor=cursor)
    assert [row.code for row in tomorrow.rows] == everything(shelf, Ranking.RANDOM)[PAGE:]


@pytest.mark.parametrize("ranking", Ranking)
def test_pages_hold_every_row_once_and_lead_back_to_the_first(territory, shelf, ranking):
    say(territory, 2 * PAGE + 3)
    pages = [page_of(shelf, ranking, Chosen(), today=TODAY)]
    while pages[-1].next:
        cursor = read_cursor(ranking, pages[-1].next)
        pages.append(page_of(shelf, ranking, Chosen(), today=TODAY, cursor=cursor))
    assert [(page.first, page.last) for page in pages] == [(1, 15), (16, 30), (31, 33)]
    assert len({row.code for page in pages for row in page.rows}) == 33
    back = page_of(
        shelf,
        ranking,
        Chosen(),
        today=TODAY,
        cursor=read_cursor(ranking, pages[2].previous, is_back=True),
    )
    assert (back.rows, back.first) == (pages[1].rows, 16)
    assert pages[0].previous == ""


@pytest.mark.parametrize("ranking", Ranking)
def test_a_page_stays_where_it_is_while_others_speak(territory, shelf, ranking):
    say(territory, PAGE + 5)
    first = page_of(shelf, ranking, Chosen(), today=TODAY)
    second = page_of(shelf, ranking, Chosen(), today=TODAY, cursor=read_cursor(ranking, first.next))
    for _ in range(3):
        territory.say("Arrivée entre-temps", clock=FixedClock(NOW + timedelta(days=1)))
    again = page_of(shelf, ranking, Chosen(), today=TODAY, cursor=read_cursor(ranking, first.next))
    assert {row.code for row in second.rows} <= {row.code for row in again.rows}
    assert not {row.code for row in first.rows} & {row.code for row in again.rows}


def test_imported_votes_are_told_apart_and_rank_nothing(territory, shelf):
    first, second = say(territory, 2)
    ImportedTally.objects.create(record=first, name="votes", source="participation.example", count=57)
    support(record=second, person=welcome_guest())
    read_journal()
    rows = page_of(shelf, Ranking.VOICES, Chosen(), today=TODAY).rows
    assert [(row.code, row.supports, row.imported) for row in rows] == [
        (second.code, 1, 0),
        (first.code, 0, 57),
    ]


@pytest.mark.parametrize(
    "written",
    ["", "15", "15.x.y", "15.3." + "g" * 32, "-1.3." + "0" * 32, "9" * 40, "15.3." + "0" * 32 + "'", "١.٢.٣"],
)
@pytest.mark.parametrize("ranking", Ranking)
def test_a_cursor_that_we_did_not_write_begins_again(ranking, written):
    assert read_cursor(ranking, written) is None


def test_a_moment_beyond_the_calendar_is_no_cursor():
    assert read_cursor(Ranking.NEWEST, "1.9999999999999999." + "0" * 32) is not None
    assert read_cursor(Ranking.RANDOM, "1.2026-02-31.K7P-4RM") is None


def test_hostile_filters_are_only_values(territory, shelf):
    say(territory, 1)
    nasty = "'; drop table thread_record; --"
    chosen = Chosen(states=(nasty,), themes=(nasty,), words=nasty)
    for ranking in Ranking:
        assert page_of(shelf, ranking, chosen, today=TODAY).rows == ()
    assert len(everything(shelf, Ranking.NEWEST)) == 1


def test_a_page_is_one_query(territory, shelf, django_assert_num_queries):
    say(territory, 3)
    for ranking in Ranking:
        with django_assert_num_queries(1):
            page_of(shelf, ranking, Chosen(words="idée"), today=TODAY)
