"""Every PostgreSQL process killed at once, under load: durable writes lose nothing, and the same look sees a loss.

A kill leaves the system's own cache as it is: what is lost is what PostgreSQL had acknowledged and held back. So
the second half turns synchronous_commit off, behind the back of the start-up check that refuses it.
"""

import threading

import pytest
from people_at_work import Speaker
from real_product import open_process, running_product, tell, wait_until

SPEAKERS, KILLS, MOST_UNSAFE_KILLS = 3, 10, 3
SAID = "select split_part(text, ' ', 2) from thread_wording where text like 'Phrase %%'"

pytestmark = pytest.mark.prove


def lost_by_kills(product, kills, *, stop_at_first=False):
    """How many sentences were acknowledged, and which of them are no longer there."""
    slug, _code = open_process(product)
    acknowledged, lost = set(), set()
    for n in range(1, kills + 1):
        over = threading.Event()
        speakers = [Speaker(product, over, slug, leaves_address=False) for _ in range(SPEAKERS)]
        for each in speakers:
            each.start()
        wait_until(lambda: min(len(each.acknowledged) for each in speakers) >= 3, "sentences to lose")  # noqa: B023
        product.kill_every("postgres")
        over.set()
        for each in speakers:
            each.join()
        product.wait_ready()
        acknowledged |= {key for each in speakers for key in each.acknowledged}
        lost = acknowledged - {key for (key,) in product.rows(SAID)}
        tell(f"kill {n} of all postgres: {len(acknowledged)} acknowledged, {len(lost)} lost")
        if lost and stop_at_first:
            break
    return acknowledged, lost


@pytest.fixture(scope="module")
def product():
    with running_product() as made:
        yield made


def test_ten_kills_of_every_postgres_at_once_lose_nothing(product):
    acknowledged, lost = lost_by_kills(product, KILLS)
    assert len(acknowledged) >= KILLS * SPEAKERS * 3
    assert lost == set()


def make_unsafe(product):
    """What the start-up check refuses, set once it has passed: for sessions to come, and those that are there end."""
    with product.database(as_admin=True) as admin:
        admin.execute("alter role democratic set synchronous_commit = off")
        admin.execute("alter system set wal_writer_delay = '10s'")  # how long an acknowledged write may wait
        admin.execute("alter system set wal_writer_flush_after = '1GB'")
        admin.execute("alter system set checkpoint_timeout = '1h'")
        admin.execute("select pg_reload_conf()")
        admin.execute("checkpoint")
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'democratic'")
    product.wait_ready()
    assert product.rows("show synchronous_commit") == [("off",)]


def test_the_same_kills_lose_acknowledged_sentences_without_synchronous_commit_and_it_is_refused(product):
    make_unsafe(product)
    acknowledged, lost = lost_by_kills(product, MOST_UNSAFE_KILLS, stop_at_first=True)
    assert lost, f"none of {len(acknowledged)} was lost: this test no longer tells safe from unsafe"
    assert "mettez synchronous_commit = on" in product.command("health", expected=1)
    product.stop()
    product.start()
    assert product.process.wait(120) != 0
    assert "mettez synchronous_commit = on" in product.log_path.read_text().splitlines()[-1]
