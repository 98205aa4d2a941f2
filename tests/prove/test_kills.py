"""kill -9 of each process, twenty times under load: nothing acknowledged is missing, and nothing is there twice."""

import random
import re
import threading
from collections import Counter

import pytest
from people_at_work import Clerk, Speaker, Supporter, make_followers, say_one
from real_product import open_process, running_product, smtp_server, tell, wait_until

from democratic.config.server.errors import CannotStart

KILLS, SPEAKERS, FOLLOWERS = 20, 3, 4
# Our name for each process, how its command line is known, and which of those that answer to it.
PROCESSES = {
    "web": ("cli web", 0),
    "web worker": ("cli web", -1),
    "sequencer": ("cli sequencer", 0),
    "worker": ("cli worker", 0),
    "postgres": ("postgres", 0),
}

pytestmark = pytest.mark.prove

DATED = """
select r.code, o.owed from participation_obligation o join thread_record r on r.id = o.record_id
join thread_record process on process.code = %s and process.id in (r.id, r.process_id)
where o.met_on is null and o.ended_on is null and r.visibility = 'public' order by r.code limit 1
"""
SAID = "select split_part(text, ' ', 2), count(*) from thread_wording where text like 'Phrase %%' group by 1"
PUT_OFF = """
select split_part(reason, ' ', 2), count(*) from participation_postponement
where reason like 'Motif %%' group by 1
"""
TOLD = """
select a.email, split_part(substring(m.body from 'Motif [0-9a-f]{32}'), ' ', 2), m.state, m.id::text
from messaging_outgoingmessage m join people_contactaddress a on a.id = m.address_id
"""
# Each counts halves: what has one side of a pair and not the other.
TORN = {
    "a public idea without its entry": """select count(*) from thread_record r where r.kind = 'idea' and
        not exists (select from thread_entry e where e.record_id = r.id)""",
    "a record without its wording": """select count(*) from thread_record r where
        not exists (select from thread_wording w where w.id = r.wording_id and w.record_id = r.id)""",
    "an idea that no search finds": """select count(*) from thread_record r where r.kind = 'idea' and
        r.visibility = 'public' and not exists (select from thread_recordsearch s where s.record_id = r.id)""",
    "an idea without its own row": """select count(*) from thread_record r where r.kind = 'idea' and
        not exists (select from participation_idea i where i.record_id = r.id)""",
    "a form taken whose answer is not known": "select count(*) from kernel_idempotencykey where location = ''",
    "a date put off without its entry": """select (select count(*) from participation_postponement)
        - (select count(*) from thread_entry where kind = 'obligation_postponed')""",
    "an entry that waits nowhere and stands nowhere": """select count(*) from thread_entry e where
        not exists (select from thread_position p where p.entry_id = e.id) and
        not exists (select from thread_pendingentry p where p.entry_id = e.id)""",
    "a hole in the positions": "select count(*) - coalesce(max(position) + 1, 0) from thread_position",
}
FIGURES = "select * from thread_recordfigures order by record_id"
SCOPES = "select scope from kernel_pageversion order by scope"


@pytest.fixture(scope="module")
def under_load():
    """One life for all the looks below: the product, who was at work in it, and the mails that left it."""
    with smtp_server() as (postbox, smtp), running_product(DEMOCRATIC_SMTP=smtp) as product:
        slug, process = open_process(product)
        idea = say_one(product, slug)
        followers = make_followers(product, postbox, process, FOLLOWERS)
        over = threading.Event()
        people = [
            *(Speaker(product, over, slug) for _ in range(SPEAKERS)),
            Supporter(product, over, idea),
            Clerk(product, over, *product.rows(DATED, process)[0]),
        ]
        for each in people:
            each.start()
        try:
            _kill_each(product, random.Random(20260301))
        finally:
            over.set()
            for each in people:
                each.join()
        _wait_for_the_marks(product)
        product.wait_for_the_journal()
        _wait_for_the_mails(product)
        yield product, people, postbox, followers


def _kill_each(product, chosen):
    names = list(PROCESSES) * KILLS
    chosen.shuffle(names)
    for n, name in enumerate(names, 1):
        threading.Event().wait(chosen.uniform(0.1, 1.5))
        product.kill(*PROCESSES[name])
        product.wait_ready()
        if n % 10 == 0:
            tell(f"{n} kills of {len(names)}")


def _wait_for_the_marks(product):
    """Supports are told in one fact a minute: the last of them comes once the minute is over."""
    waiting = "select count(*) from thread_markedrecord where is_stale"
    wait_until(lambda: product.rows(waiting)[0][0] == 0, "the marks that wait")


def _wait_for_the_mails(product):
    waiting = "select count(*) from messaging_outgoingmessage where state = 'queued'"
    wait_until(lambda: product.rows(waiting)[0][0] == 0, "the mails that wait")


def acknowledged(people, kind):
    return {key for each in people if isinstance(each, kind) for key in each.acknowledged}


@pytest.mark.parametrize(("kind", "question"), [(Speaker, SAID), (Clerk, PUT_OFF)], ids=["said", "put_off"])
def test_all_that_was_acknowledged_is_there_once(under_load, kind, question):
    product, people, _postbox, _followers = under_load
    done, kept = acknowledged(people, kind), dict(product.rows(question))
    tell(f"{kind.__name__}: {len(done)} acknowledged, {len(kept)} kept")
    assert len(done) > KILLS
    assert done - kept.keys() == set()
    assert [key for key, times in kept.items() if times > 1] == []


def test_the_supports_acknowledged_are_counted(under_load):
    product, people, _postbox, _followers = under_load
    taps = next(each for each in people if isinstance(each, Supporter))
    code = taps.path.split("/")[2]
    kept = product.rows(
        "select count(*) from thread_support s join thread_record r on r.id = s.record_id where r.code = %s",
        code,
    )[0][0]
    tell(f"Supporter: {len(taps.acknowledged)} acknowledged, {kept} kept")
    assert len(taps.acknowledged) > KILLS
    # One that was not acknowledged may have been kept: no cookie tells these guests apart.
    assert kept >= len(taps.acknowledged)


@pytest.mark.parametrize("what", TORN)
def test_nothing_is_torn(under_load, what):
    assert under_load[0].rows(TORN[what]) == [(0,)]


def test_no_mail_left_twice_and_each_that_is_said_sent_arrived(under_load):
    product, _people, postbox, _followers = under_load
    assert [key for key, times in postbox.sent_to.items() if times > 1] == []
    arrived = {message_id.strip("<>").split("@")[0] for _to, message_id in postbox.sent_to}
    states = {message: state for _to, _key, state, message in product.rows(TOLD)}
    tell(f"mails: {len(arrived)} arrived, {dict(Counter(states.values()))}")
    assert {message for message, state in states.items() if state == "sent"} <= arrived
    # What a kill cut in the middle may have left or not: it waits for an agent, and is not sent again.
    unsure = {message for message, state in states.items() if state == "sending"}
    assert len(unsure) <= 2 * KILLS  # one at most for each kill of the worker or of its database
    assert arrived <= {message for message, state in states.items() if state == "sent"} | unsure


def test_each_follower_is_owed_one_message_for_each_public_fact(under_load):
    product, people, _postbox, followers = under_load
    owed = {(who, key) for who in followers for key in acknowledged(people, Clerk)}
    queued = Counter((who, key) for who, key, _state, _id in product.rows(TOLD) if key)
    assert owed <= queued.keys()
    assert [each for each, times in queued.items() if times > 1] == []


def test_no_fact_was_set_aside_by_a_view_or_an_effect(under_load):
    assert set(under_load[0].journal()["parked"].values()) == {0}


def test_the_figures_replayed_are_the_same_rows(under_load):
    product = under_load[0]
    before = product.rows(FIGURES)
    assert len(before) > KILLS
    said = product.command("journal", "replay", "figures")
    assert int(re.search(r"(\d+) faits relus", said)[1]) > 0  # the sequencer, which runs, reads its share
    product.wait_for_the_journal()
    assert product.rows(FIGURES) == before


def test_the_scopes_of_stored_pages_replayed_are_the_same(under_load):
    """Their versions only ever grow: which pages are told apart is what the journal decides."""
    product = under_load[0]
    before = product.rows(SCOPES)
    product.command("journal", "replay", "pages")
    product.wait_for_the_journal()
    assert product.rows(SCOPES) == before


def test_the_notices_are_never_replayed(under_load):
    product, before = under_load[0], under_load[0].rows(TOLD)
    assert "deux fois" in product.command("journal", "replay", "notices", expected=CannotStart.exit_code)
    assert set(product.rows(TOLD)) == set(before)


def test_the_exported_journal_is_sound(under_load, tmp_path):
    product = under_load[0]
    product.command("journal", "export", str(tmp_path / "journal"))
    said = product.command("audit", str(tmp_path / "journal"))
    assert "Le journal est entier" in said
    assert int(re.search(r"(\d+) faits", said)[1]) == product.journal()["size"]
