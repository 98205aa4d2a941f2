"""A sheet of thousands of answers whose worker is killed, again and again: each line is written once, none is lost."""

import random
import re
import threading
import time
from dataclasses import astuple, dataclass, field
from uuid import uuid4

import pytest
from real_product import open_process, running_product, tell, wait_until

LINES, KILLS = 6000, 3  # kills while it is read, and as many while it is written
READ_AT_ONCE, WRITTEN_AT_ONCE = 1000, 500

pytestmark = pytest.mark.prove

FILL = """
from democratic.config.bench.answers import filled_in
from democratic.config.bench.fill import write_ideas
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.processes.models import Process
from democratic.participation.sheets.actions import receive_sheet
from democratic.participation.sheets.writing import write_xlsx
from democratic.people.models import Account
from democratic.thread.models import Record
process = Process.objects.select_related('record__authority').get(slug='{slug}')
write_ideas(process, {lines})
Record.objects.filter(process=process.record, kind='idea').update(state='received', theme=None)
filled = filled_in(process)
sheet = receive_sheet(
    process=process, uploader=Account.objects.get(email='nathalie@valdorbe.example').person,
    name='transports.xlsx', chunks=[write_xlsx(filled)], clock=DATABASE_CLOCK)
print('@' + str(sheet.pk))
print('@' + str(len(filled)))
print('@' + filled[0].key.code)
"""
# In one statement, so that all of it is of one moment.
STANDS = """
select s.state, s.lines_read, s.applied_to, s.written,
  (select count(*) from participation_sheetrow r where r.sheet_id = s.id),
  (select count(*) from participation_sheetrow r where r.sheet_id = s.id and r.answer_id is not null)
from participation_answersheet s where s.id = %s
"""
# Each counts what must not be.
WRONG = {
    "a line written as another answer, or as another text": """
        select count(*) from participation_sheetrow r join participation_answer a on a.record_id = r.answer_id
        join thread_record d on d.id = a.record_id join thread_wording w on w.id = d.wording_id
        where r.sheet_id = %s and (a.subject_id <> r.subject_id or w.text <> r.reason or a.version <> 1)""",
    "a subject with two answers": """
        select count(*) from (select from participation_answer a join participation_sheetrow r
        on r.subject_id = a.subject_id where r.sheet_id = %s
        group by a.subject_id having count(distinct a.record_id) > 1) t""",
    "a draft with two versions, or none": """
        select count(*) from participation_sheetrow r where r.sheet_id = %s and r.answer_id is not null
        and (select count(*) from thread_wording w where w.record_id = r.answer_id) <> 1""",
    "a draft that nobody wrote, or that was written twice": """
        select count(*) from participation_sheetrow r where r.sheet_id = %s and r.answer_id is not null
        and (select count(*) from participation_answerhand h where h.answer_id = r.answer_id) <> 1""",
    "a draft that is public": """
        select count(*) from participation_sheetrow r join thread_record d on d.id = r.answer_id
        where r.sheet_id = %s and d.visibility <> 'draft'""",
    "two lines of one number": """
        select count(*) from (select from participation_sheetrow where sheet_id = %s
        group by number having count(*) > 1) t""",
}


@dataclass(frozen=True, slots=True)
class Stand:
    state: str
    read: int
    applied_to: int
    written: int
    kept: int
    answered: int


@dataclass(slots=True)
class Life:
    """A sheet of which each moment that was seen is kept."""

    product: object
    sheet: str
    seen: list[Stand] = field(default_factory=list)

    def look(self):
        now = Stand(*self.product.rows(STANDS, self.sheet)[0])
        if not self.seen or astuple(self.seen[-1]) != astuple(now):
            self.seen.append(now)
        return now

    def wait_for(self, found, what):
        wait_until(lambda: found(self.look()), what)
        return self.look()

    def killed(self, chosen, of, until):
        """As often as said: once it has moved on, and at some moment of the next batch, so that a batch is cut."""
        for _kill in range(KILLS):
            before = of(self.look())
            now = self.wait_for(lambda at, before=before: of(at) > before or at.state == until, "a batch")
            if now.state == until:
                pytest.fail("the sheet was over before it could be cut: more lines are needed")
            threading.Event().wait(chosen.uniform(0.0, 0.3))
            self.product.kill("cli worker")
            tell(f"killed: {self.look()}")
        return self.wait_for(lambda at: at.state == until, until)


@pytest.fixture(scope="module")
def over():
    """One life for all the looks below; ``kept``: what a colleague wrote at the desk between the two halves."""
    with running_product() as product:
        slug = open_process(product)[0]
        sheet, lines, taken = product.shell(FILL.format(slug=slug, lines=LINES))
        life, chosen, began = Life(product, sheet), random.Random(20261129), time.monotonic()
        ready = life.killed(chosen, lambda at: at.read, "ready")
        tell(f"read, with {KILLS} kills, in {time.monotonic() - began:.0f} s: {ready}")
        cookie = entered(product)
        kept = written_at_the_desk(product, cookie, taken)
        began = time.monotonic()
        path = f"/bureau/concertations/{slug}/feuilles/{sheet}"
        applied = product.asked("POST", f"{path}/appliquer", {}, cookie=cookie)
        assert applied.status == 302, applied.body
        done = life.killed(chosen, lambda at: at.written, "done")
        tell(f"written, with {KILLS} kills, in {time.monotonic() - began:.0f} s: {done}")
        yield life, int(lines), kept, product.asked("GET", path, cookie=cookie).body.decode()


def entered(product):
    answer = product.asked("POST", "/demo/entrer", {"email": "nathalie@valdorbe.example"})
    return "; ".join(each for each in answer.cookies if each.startswith("session="))


def written_at_the_desk(product, cookie, code):
    path = f"/bureau/repondre/{code}"
    page = product.asked("GET", path, cookie=cookie).body.decode()
    signer = re.search(r'name="signer"[^>]*?>.*?<option value="([0-9a-f-]{36})"', page, re.DOTALL)[1]
    text = f"Écrit au bureau {uuid4().hex}."
    fields = {
        "key": uuid4().hex,
        "verdict": "part",
        "reason": text,
        "signer": signer,
        "version": "",
        "passed_to": "",
    }
    answer = product.asked("POST", path, fields, cookie=cookie)
    assert answer.status == 302, answer.body
    return code, text


def test_each_line_is_written_exactly_once(over):
    life, lines, _kept, _page = over
    last = life.look()
    assert (last.state, last.read, last.kept) == ("done", lines, lines)
    assert last.answered == last.written == lines - 1, "all but the one on which a colleague wrote"


@pytest.mark.parametrize("what", WRONG)
def test_nothing_is_written_twice_or_torn(over, what):
    life = over[0]
    assert life.product.rows(WRONG[what], life.sheet) == [(0,)]


def test_progress_never_goes_back_and_is_told_with_what_it_counts(over):
    seen = over[0].seen
    for of in (lambda at: at.read, lambda at: at.applied_to, lambda at: at.written, lambda at: at.kept):
        counts = [of(at) for at in seen]
        assert counts == sorted(counts)
    assert all(at.written == at.answered and at.kept == at.read for at in seen), "at each moment"
    reads, writes = ([of(at) for at in seen] for of in (lambda at: at.read, lambda at: at.written))
    assert all(n % READ_AT_ONCE == 0 for n in reads if n < LINES), "whole batches alone"
    assert all(n % WRITTEN_AT_ONCE in (0, WRITTEN_AT_ONCE - 1) for n in writes if n < LINES), (
        "but for the one left"
    )
    assert len(set(writes)) > KILLS


def test_what_a_colleague_wrote_meanwhile_is_kept_and_shown_beside_the_sheet(over):
    life, _lines, (code, text), page = over
    found = life.product.rows(
        "select w.text, a.version from participation_answer a join thread_record s on s.id = a.subject_id"
        " join thread_record d on d.id = a.record_id join thread_wording w on w.id = d.wording_id where s.code = %s",
        code,
    )
    assert found == [(text, 1)]
    assert text in page
    outcomes = life.product.rows(
        "select outcome, count(*) from participation_sheetrow where sheet_id = %s and answer_id is null group by 1",
        life.sheet,
    )
    assert outcomes == [("conflict", 1)]
