"""A conversation comes along with its process, is read by who approves it, and goes with its draft."""

from datetime import date, datetime, timedelta

import pytest

from chatting import open_flow
from democratic.kernel.refusals import Conflict
from democratic.participation.conversations.drafting import starter
from democratic.participation.conversations.editing import draft_flow, findings
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.conversations.publication import copy_what_was_written, parts_written
from democratic.participation.conversations.queries import open_code
from democratic.participation.paper.printing import print_forms
from democratic.participation.processes.actions import Draft, Promise, draft_process, throw_draft_away
from democratic.participation.processes.methods.files import library
from democratic.participation.processes.methods.tools import missing_tools
from democratic.participation.processes.models import Process
from democratic.participation.street.models import TeamRole
from democratic.participation.street.planning import Outing, plan_session
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Record
from factories import FIRST_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(territory):
    return draft_process(
        mandate=territory.mandate,
        method="order_to_road_map",
        draft=Draft(
            Words(title="Brouillon", text="Rien ?"), Promise("a", "b", "c"), FIRST_DAY, slug="brouillon"
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )


def test_it_is_copied_as_a_draft_without_its_codes(territory, draft):
    open_flow(territory)
    copy_what_was_written(territory.process, draft, None, territory.clock)
    copied = Flow.objects.get(process=draft)
    assert not copied.is_open
    assert FlowCode.objects.count() == 1
    assert copied.draft["steps"][0]["key"] == "evening"


def test_it_goes_with_the_draft_of_its_process(territory, draft):
    draft_flow(process=draft, name="Le soir", content=starter(["fr", "en"], tu=True))
    throw_draft_away(process=draft)
    assert not Process.objects.filter(pk=draft.pk).exists()
    assert not Flow.objects.exists()


def test_who_approves_reads_what_would_be_asked(territory, draft):
    draft_flow(process=draft, name="Le soir", content=starter(["fr", "en"], tu=True))
    ((name, said),) = parts_written(draft)
    assert name == "flow"
    assert "Tu as quel âge" in said
    assert "How old are you?" in said


def test_the_starter_lacks_nothing_but_its_own_words(territory, draft):
    for tu in (True, False):
        flow = draft_flow(process=draft, name=f"Le soir {tu}", content=starter(["fr", "en"], tu=tu))
        assert findings(flow) == []


def test_a_code_opens_nothing_as_long_as_its_process_is_a_draft(territory, draft):
    open_flow(territory)
    Flow.objects.update(process=draft)
    assert open_code(territory.authority, "LYC-BRO", "widget") is None


def test_nothing_is_announced_nor_printed_of_a_process_that_nobody_can_read(territory, draft):
    clock, by = territory.clock, territory.agent.person
    begins = datetime.combine(date(2026, 3, 4), datetime.min.time(), clock.now().tzinfo) + timedelta(hours=14)
    outing = Outing(
        "Et le soir ?", "Place de la gare", begins, begins + timedelta(hours=2), {by.pk: TeamRole.values[0]}
    )
    records, entries = Record.objects.count(), Entry.objects.count()
    with pytest.raises(Conflict, match="Publiez d’abord"):
        plan_session(process=draft, outing=outing, author=by, clock=clock)
    with pytest.raises(Conflict, match="Publiez d’abord"):
        print_forms(process=draft, poll=None, copies=2, by=by, clock=clock)
    assert (Record.objects.count(), Entry.objects.count()) == (records, entries)


@pytest.mark.parametrize("key", ["chat_campaign", "street_campaign"])
def test_the_methods_that_needed_them_can_be_chosen(key):
    assert missing_tools(library().methods[key]) == []
