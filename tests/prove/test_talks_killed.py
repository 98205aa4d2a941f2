"""People answer a conversation's pages while each process is killed: what was acknowledged is there, and once."""

import http.client
import random
import re
import threading
from collections import Counter

import pytest
from people_at_work import AtWork
from real_product import running_product, tell, wait_until

KILLS, PEOPLE = 5, 4
PROCESSES = {
    "web": ("cli web", 0),
    "web worker": ("cli web", -1),
    "worker": ("cli worker", 0),
    "postgres": ("postgres", 0),
}
BEGIN = "/r/LYC-VAU"
BUTTON = re.compile(r'name="choice" value="([^"]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')
# One answer for each question: a rank among its buttons, or words.
ANSWERS = (1, "Vaubrun", 2, "Phrase {key}", 1, 0)

pytestmark = pytest.mark.prove

SAID = "select split_part(text, ' ', 2), count(*) from thread_wording where text like 'Phrase %%' group by 1"
ANSWERED = """
select split_part(w.text, ' ', 2), count(*) from participation_flowanswer a
join thread_record r on r.id = a.record_id join thread_wording w on w.id = r.wording_id
where w.text like 'Phrase %%' group by 1
"""
RUNS = """
select c.address, r.state, (select count(*) from participation_flowanswer a where a.run_id = r.id),
(select count(distinct a.step) from participation_flowanswer a where a.run_id = r.id)
from participation_flowrun r join messaging_correspondent c on c.id = r.correspondent_id where c.kind = 'widget'
"""
TORN = {
    "a message that is neither heard nor put aside": """select count(*) from messaging_incomingmessage
        where kind = 'widget' and state <> 'done'""",
    "a sentence without its entry": """select count(*) from thread_record r join thread_wording w
        on w.id = r.wording_id where w.text like 'Phrase %%' and
        not exists (select from thread_entry e where e.record_id = r.id)""",
}


class Walker(AtWork):
    """Goes through one conversation after another, and sends again whatever had no answer, as a browser does.

    ``acknowledged``: by the key that her sentence carries, the key of the conversation's address.
    """

    again = 0

    def work(self, key):
        path = BEGIN
        for answer in ANSWERS:
            path = self._answered(path, answer, key)
        self.acknowledged[key] = path.rpartition("/")[2]

    def _answered(self, path, answer, key):
        page = self._asked("GET", path).body.decode()
        fields = {"key": KEY.search(page)[1]}
        if isinstance(answer, str):
            fields["text"] = answer.format(key=key)
        else:
            fields["choice"] = BUTTON.findall(page)[answer]
        return self._asked("POST", path, fields).location

    def _asked(self, *asked):
        """To the end, even when it is time to stop: what is begun is seen through."""
        while True:
            try:
                got = self.product.asked(*asked)
                if got.status < 500:
                    return got
            except (OSError, http.client.HTTPException):
                pass
            self.again += 1
            threading.Event().wait(0.2)


@pytest.fixture(scope="module")
def over():
    """One life for all the looks below."""
    chosen, ended = random.Random(20261201), threading.Event()
    with running_product() as product:
        wait_until(lambda: product.asked("GET", BEGIN).status == 200, "the demonstration's conversation")
        people = [Walker(product, ended) for _each in range(PEOPLE)]
        for each in people:
            each.start()
        names = list(PROCESSES) * KILLS
        chosen.shuffle(names)
        for name in names:
            threading.Event().wait(chosen.uniform(0.5, 2.5))
            product.kill(*PROCESSES[name])
            product.wait_ready()
            tell(f"{name} killed: {sum(len(each.acknowledged) for each in people)} conversations ended")
        ended.set()
        for each in people:
            each.join()
        product.wait_for_the_journal()
        yield product, people


def test_each_sentence_acknowledged_is_said_once(over):
    product, people = over
    told = {key for each in people for key in each.acknowledged}
    said = dict(product.rows(SAID))
    tell(f"{len(told)} conversations, {sum(each.again for each in people)} forms sent again")
    assert len(told) > KILLS * len(PROCESSES)
    assert said == dict(product.rows(ANSWERED)) == dict.fromkeys(told, 1)


def test_each_conversation_went_to_its_end_with_one_answer_a_question(over):
    product, people = over
    told = {key for each in people for key in each.acknowledged.values()}
    runs = [row for row in product.rows(RUNS) if row[0] in told]
    assert len(runs) == len(told)
    assert Counter((state, answers, steps) for _who, state, answers, steps in runs) == {
        ("done", len(ANSWERS), len(ANSWERS)): len(told)
    }


@pytest.mark.parametrize("what", TORN)
def test_nothing_is_torn(over, what):
    assert over[0].rows(TORN[what]) == [(0,)]
