"""Six thousand sentences and forty thousand taps: what is owed is counted, answered once, and told once."""

import random
import threading
from collections import Counter

import pytest
from real_product import running_product, smtp_server, tell, wait_until

SAID, TAPS, UNGROUPED, AUTHORS, TOLD, KILLS = 6000, 40_000, 600, 400, 150, 6

pytestmark = pytest.mark.prove

FILLED = """
from django.db import connection
from democratic.config.bench.crowd import _SUPPORTS, _TO_COUNT
from democratic.config.bench.fill import _IDEAS, _PEOPLE, _WORDS
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.answers.grouping import open_theme
from democratic.participation.answers.models import Theme
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.people.models import ContactAddress, Person
from democratic.thread.actions import Words
from democratic.thread.models import Record
now = DATABASE_CLOCK.now()

def answers(each):
    try:
        refuse_before_its_stage(each, Act.ANSWER, now)
    except Exception:
        return False
    return True

process = [each for each in Process.objects.select_related("record__authority") if answers(each)][0]
names = dict(words=_WORDS.split(), many=len(_WORDS.split()), ideas=SAID, first=0, process=process.pk, people=AUTHORS,
    authority=process.authority_id, audience=process.record.audience_id, supports=TAPS)
known = set(Person.objects.values_list("pk", flat=True))
before = set(Record.objects.filter(process=process.record, kind="idea").values_list("pk", flat=True))
with connection.cursor() as cursor:
    for statement in (_PEOPLE, _IDEAS):
        cursor.execute(statement, names)
people = list(Person.objects.exclude(pk__in=known).order_by("pk"))
said = list(Record.objects.filter(process=process.record, kind="idea").exclude(pk__in=before).order_by("code"))
theme = open_theme(process=process, words=Words(title="Rentrer le soir"), author=None, clock=DATABASE_CLOCK)
for n, record in enumerate(said):
    record.author, record.state = people[n % len(people)], "received"
    record.theme = None if n < UNGROUPED else theme.record
Record.objects.bulk_update(said, ["author", "state", "theme"], batch_size=2000)
ContactAddress.objects.bulk_create([
    ContactAddress(person=person, email=f"p{n}@example.org", confirmed_at=now) for n, person in enumerate(people[:TOLD])
])
with connection.cursor() as cursor:
    for statement in (_SUPPORTS, _TO_COUNT):
        cursor.execute(statement, names)
print("@" + process.slug + " " + theme.record.code + " " + said[-1].code)
"""
SIGNED = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.answers.actions import AnswerDraft, draft_answer, sign_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.processes.models import Process
from democratic.thread.models import Record
process = Process.objects.select_related("record__authority", "mandate__answerer").get(slug="SLUG")
official = process.mandate.answerer
for code, verdict, reason in (("APART", "kept", "Pour elle seule."), ("THEME", "unkept", "Pour tout le sujet.")):
    subject = Record.objects.get(code=code)
    draft = AnswerDraft(Verdict(verdict), reason, official, title=subject.title)
    written = draft_answer(process=process, subject=subject, draft=draft, author=None, clock=DATABASE_CLOCK)
    sign_answer(answer=written, signer=official, clock=DATABASE_CLOCK)
"""
OURS = "from thread_record r where r.kind = 'idea' and r.code like 'B0%%'"
STATES = f"select r.state, r.theme_id is null, count(*) {OURS} group by 1, 2"
COUNTED = """
select coalesce(sum(f.supports), 0) from thread_recordfigures f join thread_record r on r.id = f.record_id
where r.kind = 'idea' and r.code like 'B0%%'
"""
WAITING = "select count(*) from messaging_outgoingmessage where state = 'queued'"
MAILS = """
select a.email, m.purpose, m.state, m.entry_id::text, m.id::text from messaging_outgoingmessage m
join people_contactaddress a on a.id = m.address_id where a.email like 'p%%@example.org'
"""


@pytest.fixture(scope="module")
def answered():
    with smtp_server() as (postbox, smtp), running_product(DEMOCRATIC_SMTP=smtp) as product:
        filled = FILLED
        for name, value in {
            "SAID": SAID,
            "TAPS": TAPS,
            "UNGROUPED": UNGROUPED,
            "AUTHORS": AUTHORS,
            "TOLD": TOLD,
        }.items():
            filled = filled.replace(name, str(value))
        slug, theme, apart = product.shell(filled)[0].split()
        owed = product.rows(STATES)
        product.shell(SIGNED.replace("SLUG", slug).replace("THEME", theme).replace("APART", apart))
        _kill_while_it_tells(product)
        product.wait_for_the_journal()
        wait_until(lambda: product.rows(WAITING)[0][0] == 0, "the mails that wait")
        yield product, postbox, owed, apart


def _kill_while_it_tells(product):
    chosen = random.Random(6000)
    for n in range(KILLS):
        threading.Event().wait(chosen.uniform(0.2, 2))
        product.kill("cli worker" if n % 2 else "cli sequencer")
        product.wait_ready()


def test_all_are_owed_an_answer_and_those_in_no_theme_are_visible(answered):
    _product, _postbox, owed, _apart = answered
    counts = {(state, is_alone): n for state, is_alone, n in owed}
    assert counts == {("received", True): UNGROUPED, ("received", False): SAID - UNGROUPED}


def test_a_theme_answer_is_inherited_by_all_but_the_one_answered_apart(answered):
    product, _postbox, _owed, apart = answered
    counts = {(state, is_alone): n for state, is_alone, n in product.rows(STATES)}
    assert counts == {
        ("received", True): UNGROUPED, ("unkept", False): SAID - UNGROUPED - 1, ("kept", False): 1,
    }  # fmt: skip
    assert product.rows("select state from thread_record where code = %s", apart) == [("kept",)]


def test_each_tap_is_counted_once(answered):
    product, _postbox, _owed, _apart = answered
    wait_until(lambda: product.rows(COUNTED)[0][0] == TAPS, f"{TAPS} taps to be counted")


def test_nobody_is_told_twice_and_everyone_owed_is_told_once(answered):
    product, postbox, _owed, _apart = answered
    rows = product.rows(MAILS)
    told = Counter((email, entry) for email, _purpose, _state, entry, _id in rows)
    states = Counter(state for _email, _purpose, state, _entry, _id in rows)
    tell(f"{len(rows)} messages owed, {dict(states)}, {len(postbox.sent_to)} arrived")
    assert max(told.values()) == 1
    assert {email for email, _entry in told} == {f"p{n}@example.org" for n in range(TOLD)}
    assert [key for key, times in postbox.sent_to.items() if times > 1] == []
    arrived = {message_id.strip("<>").split("@")[0] for _to, message_id in postbox.sent_to}
    assert {message for *_more, state, _entry, message in rows if state == "sent"} <= arrived
    assert (
        states["sending"] + states["failed"] <= KILLS
    )  # cut by a kill: an agent is told, and it is not sent again
