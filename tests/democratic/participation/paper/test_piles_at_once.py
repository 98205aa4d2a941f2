"""Several hands at one pile at the same moment: it is told once, and a sheet is in one pile."""

from functools import partial

import pytest

from asking import asked
from democratic.kernel.refusals import Refusal
from democratic.participation.ideas.models import Idea
from democratic.participation.paper.actions import check_entry, finish_entry, keep_draft, receive_scan
from democratic.participation.paper.models import PaperBatch, PaperRow, ScanPage
from democratic.participation.paper.printing import sheets_of
from democratic.participation.paper.states import BatchState
from democratic.participation.paper.working import work
from democratic.participation.polls.models import PollTally
from democratic.people.actions import welcome_guest
from many_hands import at_once
from paper_piles import WORDS, cells, pile, printed, ticked_page
from scanned_forms import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


def entered(territory, poll, rows):
    batch = pile(territory, poll)
    keep_draft(batch=batch, rows=rows, by=territory.agent.person)
    return finish_entry(batch=batch, by=territory.agent.person, clock=territory.clock)


def test_two_agents_who_enter_a_pile_again_at_once_count_it_once(live_territory):
    territory = live_territory
    poll = asked(territory)
    [sheet] = sheets_of(printed(territory, poll, 1))
    rows = {1: cells(sheet, consents=True, text=WORDS)}
    batch = entered(territory, poll, rows)
    check = partial(
        check_entry, batch=batch, sheets=1, rows=rows, function="Accueil", clock=territory.clock
    )  # fmt: skip
    outcomes = at_once(*(partial(check, by=welcome_guest()) for _each in range(4)))
    assert sum(isinstance(each, PaperBatch) for each in outcomes) == 1
    assert sum(isinstance(each, Refusal) for each in outcomes) == 3
    assert PollTally.objects.get().total == 1
    assert Idea.objects.count() == 1
    assert PaperBatch.objects.get().state == BatchState.COUNTED


def test_a_sheet_typed_into_two_piles_at_once_is_in_one(live_territory):
    territory = live_territory
    [sheet] = sheets_of(printed(territory, copies=1))
    piles = [pile(territory, name=f"Lot {n}", by=welcome_guest()) for n in (1, 2)]
    outcomes = at_once(
        *(partial(keep_draft, batch=each, rows={1: cells(sheet)}, by=each.entered_by) for each in piles)
    )
    assert sum(isinstance(each, Refusal) for each in outcomes) == 1
    assert PaperRow.objects.count() == 1


def test_two_workers_at_one_scan_read_each_page_once(live_territory):
    territory = live_territory
    run, batch = printed(territory, copies=3), pile(territory)
    sent = [(f"{n}.jpg", [jpeg(ticked_page(run, n, age="26_64"))]) for n in (1, 2, 3)]
    receive_scan(batch=batch, sent=sent, by=territory.agent.person, clock=territory.clock)
    done = at_once(partial(work, territory.clock), partial(work, territory.clock))
    assert sum(done) == 3
    assert ScanPage.objects.filter(problem="").count() == 3
    assert sorted(row.sheet.serial for row in PaperRow.objects.all()) == [1, 2, 3]
