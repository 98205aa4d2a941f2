"""kill -9 in the middle of a publication, pressed or scheduled: it is not published or it is whole, and only once."""

import http.client
import threading
from contextlib import contextmanager

import pytest
from forty_thousand import cookie_of
from real_product import running_product, smtp_server, tell, wait_until

pytestmark = pytest.mark.prove

# A publication is held in its middle by a lock on what it is about to write, in the order in which it writes.
PLACES = ("thread_entry", "participation_obligation", "participation_poll", "kernel_pageversion")
HELD = """
select count(*) from pg_stat_activity a join pg_locks l on l.pid = a.pid
where not l.granted and l.relation = %s::regclass
"""
MANY, KILLS = 40, 4
FILL = """
from datetime import timedelta
from democratic.communities.models import Official, Service
from democratic.kernel.clock import DATABASE_CLOCK as clock, local_day
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level
from democratic.participation.polls.actions import Question, draft_poll
from democratic.participation.processes.actions import (
    Draft, Privacy, Promise, draft_process, expect_voices, schedule_publication, settle_privacy)
from democratic.participation.processes.models import Assessment, LegalBasis, Step
from democratic.participation.processes.preflight import preflight
from democratic.people.actions import welcome_guest
from democratic.people.models import Account, ContactAddress
from democratic.thread.actions import Words, follow
from democratic.thread.models import Authority
authority = Authority.objects.get()
agent = Account.objects.get(email='nathalie@valdorbe.example').person
today = local_day(clock.now(), authority.time_zone)
order = Order(
    ordered_by='L’assemblée', ordered_on=today, decidable='Le lieu.', not_decidable='Le budget.',
    level=Level.CONSULT, aimed_at='Tous', answer_due_on=today + timedelta(days=30),
    answerer=Official.objects.filter(authority=authority, until=None).first(),
    service=Service.objects.filter(authority=authority, titular__isnull=False).first())
drafted = draft_mandate(
    authority=authority, words=Words(title='Le marché', text='Où ?'), order=order, author=agent, clock=clock)
mandate = publish_mandate(mandate=drafted, clock=clock)
follower = welcome_guest()
ContactAddress.objects.create(
    person=follower, language='fr', email='voisine@example.org', confirmed_at=clock.now())
follow(record=mandate.record, person=follower)

def prepared(slug):
    process = draft_process(
        mandate=mandate, method='express_consultation', author=agent, clock=clock,
        draft=Draft(Words(title='Le marché ' + slug, text='Où ?'), Promise('Un lieu.', 'Lu.', 'Le budget.'), today,
                    slug=slug, in_clear='Dites où.'))
    expect_voices(process=process, expected=20)
    settle_privacy(
        process=process, privacy=Privacy(LegalBasis.PUBLIC_TASK, 12, Assessment.NOT_NEEDED, 'Rien.', 'aucun'))
    question = Question(
        words=Words(title='Où ?'), options=('Ici', 'Là'), stage=process.stages.get(step=Step.LISTENING))
    draft_poll(process=process, question=question, author=agent, clock=clock)
    blocking = [str(each.title) for each in preflight(process, clock.now()) if each.blocks]
    assert not blocking, blocking
    return process
"""
# What a publication writes, all of it or nothing: public, told once, linked, owed, its stages, its question open.
STANDS = """
select p.slug, r.visibility,
  (select count(*) from thread_entry e where e.record_id = r.id and e.kind = 'process_opened'),
  (select count(*) from thread_link l where l.target_id = r.id and l.kind = 'commissioned'),
  (select count(*) from participation_obligation o where o.record_id = r.id),
  (select count(*) from participation_stage s where s.process_id = r.id) > 0,
  (select array_agg(q.visibility) from participation_poll a join thread_record q on q.id = a.record_id
   where a.process_id = r.id),
  (select count(*) from thread_entry e join participation_poll a on a.record_id = e.record_id
   where a.process_id = r.id and e.kind = 'poll_opened'),
  (select publishes_at is not null from participation_preparation t where t.process_id = r.id)
from participation_process p join thread_record r on r.id = p.record_id where p.slug like %s order by p.slug
"""
WHOLE = ("public", 1, 1, 2, True, ["public"], 1, False)
TOLD_TWICE = """
select count(*) from (select from messaging_outgoingmessage group by address_id, purpose, body
having count(*) > 1) t
"""

OPENED_TWICE = """
select count(*) from (select from thread_entry where kind = 'process_opened' group by record_id having count(*) > 1) t
"""


def stands(product, slugs):
    return {slug: tuple(rest) for slug, *rest in product.rows(STANDS, slugs)}


def nothing_yet(*, is_scheduled):
    return ("draft", 0, 0, 0, True, ["draft"], 0, is_scheduled)


@contextmanager
def held_at(product, table):
    with product.database(as_admin=True) as connection, connection.transaction():
        connection.execute(f"lock table {table} in share row exclusive mode")
        yield


def is_held(product, table):
    return product.rows(HELD, table)[0][0] > 0


@pytest.fixture(scope="module")
def life():
    with smtp_server() as (postbox, smtp), running_product(DEMOCRATIC_SMTP=smtp) as product:
        yield product, postbox


def press(product, slug, cookie):
    try:
        return product.asked("POST", f"/bureau/concertations/{slug}/publier", {}, cookie=cookie).status
    except (OSError, http.client.HTTPException):
        return None


@pytest.mark.parametrize("table", PLACES)
def test_the_web_killed_in_the_middle_of_a_publication_publishes_nothing_and_the_next_press_all(life, table):
    product = life[0]
    slug = f"presse-{table.partition('_')[2]}"
    product.shell(f"{FILL}\nprepared('{slug}')")
    cookie = cookie_of(product, "nathalie")
    with held_at(product, table):
        pressed = threading.Thread(target=press, args=(product, slug, cookie))
        pressed.start()
        wait_until(lambda: is_held(product, table), "the publication in its middle")
        product.kill_every("cli web")
        pressed.join()
    product.wait_ready()
    wait_until(lambda: not is_held(product, table), "the end of what was cut")
    assert stands(product, slug) == {slug: nothing_yet(is_scheduled=False)}
    assert press(product, slug, cookie) == 302
    assert press(product, slug, cookie) == 302  # the double tap: it is told, and nothing is done again
    assert stands(product, slug) == {slug: WHOLE}


@pytest.mark.parametrize("table", PLACES)
def test_the_worker_killed_in_the_middle_of_a_scheduled_publication_does_it_once_when_it_is_back(life, table):
    product = life[0]
    slug = f"heure-{table.partition('_')[2]}"
    soon = "schedule_publication(process=process, at=clock.now() + timedelta(seconds=1), clock=clock)"
    product.shell(f"{FILL}\nprocess = prepared('{slug}')")
    with held_at(product, table):
        # The schedule itself writes none of these tables.
        product.shell(SCHEDULE.format(slugs=slug, soon=soon))
        wait_until(lambda: is_held(product, table), "the publication in its middle")
        product.kill("cli worker")
        assert stands(product, slug) == {slug: nothing_yet(is_scheduled=True)}
    wait_until(lambda: stands(product, slug) == {slug: WHOLE}, "the publication, by the next worker")


SCHEDULE = """
from datetime import timedelta
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.participation.processes.actions import schedule_publication
from democratic.participation.processes.models import Process
for process in Process.objects.filter(slug__startswith='{slugs}').order_by('slug'):
    {soon}
"""


def test_forty_due_at_the_same_hour_are_each_published_once_by_workers_killed_again_and_again(life):
    product, _postbox = life
    product.shell(f"{FILL}\nfor n in range({MANY}):\n    prepared(f'lot-{{n:02}}')")
    at = "schedule_publication(process=process, at=clock.now() + timedelta(seconds=1), clock=clock)"
    product.shell(SCHEDULE.format(slugs="lot-", soon=at))

    def done():
        now = stands(product, "lot-%").values()
        assert all(each in (WHOLE, nothing_yet(is_scheduled=True)) for each in now), "at each moment"
        return sum(each == WHOLE for each in now)

    for _kill in range(KILLS):
        before = done()
        wait_until(lambda before=before: done() > before or before == MANY, "some more publications")
        product.kill("cli worker")
        tell(f"the worker killed after {done()} of {MANY} publications")
    wait_until(lambda: done() == MANY, "all of them")


def test_nobody_is_told_twice(life):
    product, postbox = life
    product.wait_for_the_journal()
    assert product.rows(TOLD_TWICE) == [(0,)]
    assert [key for key, times in postbox.sent_to.items() if times > 1] == []
    assert product.rows(OPENED_TWICE) == [(0,)]
