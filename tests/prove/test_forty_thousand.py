"""40,000 taps, 6,000 sentences, three agents: what is owed is shown, inherited, overridden; nobody is told twice."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from forty_thousand import (
    AGENTS,
    AUTHORS,
    BOTH,
    FILL,
    FOLLOWERS,
    GROUPED,
    IN_A_THEME,
    OF_ONE,
    OF_THE_THEME,
    SENTENCES,
    SIGN,
    SLUG,
    TAPS,
    THEMES,
    Agent,
    cookie_of,
    counts_of,
    plain,
    ungrouped_at_the_desk,
)
from real_product import PATIENCE, running_product, smtp_server, tell, wait_until

pytestmark = pytest.mark.prove

PROCESS = f"/concertations/{SLUG}"
KILLS = 3
LONG = max(600, PATIENCE)  # seconds
READ = ("K7P-4RM", "K7P-4RN")
RENAMED = "update thread_record set code = %s where code = %s"
CODES = """
select r.code from thread_record r join participation_process p on p.record_id = r.process_id
where p.slug = %s and r.kind = 'idea' and r.visibility = 'public' order by r.code
"""
BY_STATE = """
select r.state, count(*) from thread_record r join participation_process p on p.record_id = r.process_id
where p.slug = %s and r.kind = 'idea' and r.visibility = 'public' group by 1
"""
ALONE = CODES.replace("order by", "and r.theme_id is null order by")
BY_THEME = """
select w.title, count(*) from thread_record r join thread_record t on t.id = r.theme_id
join thread_wording w on w.id = t.wording_id join participation_process p on p.record_id = r.process_id
where p.slug = %s and r.kind = 'idea' group by 1
"""
MAILS = """
select a.email, m.state, m.body like %s, m.id::text from messaging_outgoingmessage m
join people_contactaddress a on a.id = m.address_id where m.purpose like 'answer%%'
"""
LEAVES = "select count(*) from messaging_outgoingmessage where state = 'queued'"


@dataclass(slots=True)
class Course:
    """What the pages and the tables said, at each step."""

    product: object
    postbox: object
    codes: list[str] = field(default_factory=list)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    states: dict[str, dict[str, int]] = field(default_factory=dict)
    ungrouped: list[str] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    kills: int = 0

    def look(self, step):
        self.product.wait_for_the_journal()
        cookie = cookie_of(self.product, AGENTS[0])
        paths = {"heard": f"{PROCESS}/entendu", "answers": f"{PROCESS}/reponses", "desk": f"/bureau{PROCESS}"}
        self.pages[step] = {
            name: self.read(path, cookie if name == "desk" else "") for name, path in paths.items()
        }
        self.states[step] = dict(self.product.rows(BY_STATE, SLUG))
        tell(f"{step}: {self.states[step]}")

    def read(self, path, cookie=""):
        answer = self.product.asked("GET", path, cookie=cookie)
        assert answer.status == 200, (path, answer.status)
        return plain(answer.body.decode())


@pytest.fixture(scope="module")
def course():
    with smtp_server() as (postbox, smtp), running_product(DEMOCRATIC_SMTP=smtp) as product:
        made, began = Course(product, postbox), time.monotonic()
        (poll,) = product.shell(FILL, within=LONG)
        made.codes = [code for (code,) in product.rows(CODES, SLUG)]
        for n, code in enumerate(READ):  # what fills a town gives codes that no page opens
            with product.database(as_admin=True) as connection:
                connection.execute("set session_replication_role = replica")  # a code never changes otherwise
                connection.execute(RENAMED, (code, made.codes[n]))
            made.codes[n] = code
        tell(f"{TAPS} taps and {len(made.codes)} sentences after {time.monotonic() - began:.0f} s")
        made.look("said")
        made.pages["said"]["poll"] = made.read(f"/questions/{poll}")
        _group(made)
        made.look("grouped")
        made.ungrouped = ungrouped_at_the_desk(product, cookie_of(product, AGENTS[0]))
        _sign(made)
        made.look("signed")
        tell(f"the whole course: {time.monotonic() - began:.0f} s")
        yield made


def _group(made):
    """Three agents at the same moment, six themes each; a tenth of what was said is in none."""
    themes = {f"Sujet numéro {n}.": made.codes[n * IN_A_THEME : (n + 1) * IN_A_THEME] for n in range(THEMES)}
    began, titles = time.monotonic(), list(themes)
    for n, who in enumerate(AGENTS):
        own = {title: themes[title] for title in titles[n :: len(AGENTS)]}
        made.agents.append(Agent(made.product, who, own))
    for agent in made.agents:
        agent.start()
    for agent in made.agents:
        agent.join()
    tell(f"{GROUPED} sentences grouped by {len(AGENTS)} agents in {time.monotonic() - began:.0f} s")


def _sign(made):
    """A theme is answered, then one of its sentences apart; the notifier is killed while it tells them."""
    theme = made.product.rows(
        "select t.code from thread_record t join thread_wording w on w.id = t.wording_id where w.title = %s",
        "Sujet numéro 0.",
    )[0][0]
    killer = threading.Thread(target=_kill_while_telling, args=(made,))
    killer.start()
    sign(made.product, theme, "kept", OF_THE_THEME)
    made.product.kill("cli sequencer")
    sign(made.product, made.codes[0], "unkept", OF_ONE)
    killer.join()
    expected = AUTHORS + FOLLOWERS - BOTH + FOLLOWERS + 1  # of the sentence answered apart, its author
    wait_until(lambda: len(told(made.product)) == expected, "the messages queued", within=LONG)
    wait_until(lambda: made.product.rows(LEAVES) == [(0,)], "the messages that wait", within=LONG)


def sign(product, code, verdict, reason):
    product.shell(SIGN.format(slug=SLUG, code=code, verdict=verdict, reason=reason))


def told(product):
    return product.rows(MAILS, f"%{OF_THE_THEME}%")


def _kill_while_telling(made):
    """Each time some more have left: then others are on their way."""
    for n in range(1, KILLS + 1):
        wait_until(lambda n=n: len(made.postbox.mails) >= 40 * n, "mails to leave", within=LONG)
        made.product.kill("cli worker")
        made.kills += 1
        tell(f"the worker killed after {len(made.postbox.mails)} mails")


def test_six_thousand_sentences_are_owed_an_answer_and_forty_thousand_taps_are_counted(course):
    assert course.states["said"] == {"received": SENTENCES}
    assert counts_of(course.pages["said"]["answers"])["voix l’attendent"] == SENTENCES
    desk = counts_of(course.pages["said"]["desk"])
    assert (desk["paroles"], desk["attendent une réponse"]) == (SENTENCES, SENTENCES)
    assert counts_of(course.pages["said"]["heard"])["Sans sujet"] == SENTENCES
    assert "40 000" in course.pages["said"]["poll"]


def test_three_agents_at_once_grouped_each_sentence_once(course):
    assert [agent.refused for agent in course.agents] == [[]] * len(AGENTS)
    assert dict(course.product.rows(BY_THEME, SLUG)) == {
        f"Sujet numéro {n}.": IN_A_THEME for n in range(THEMES)
    }
    moves = course.product.rows(
        "select count(*), count(distinct e.record_id) from thread_entry e join participation_process p"
        " on p.record_id = e.process_id where p.slug = %s and e.kind = 'contribution_grouped'",
        SLUG,
    )
    assert moves == [(GROUPED, GROUPED)]


def test_six_hundred_in_no_theme_are_shown_as_such_to_agents_and_to_everyone(course):
    alone = [code for (code,) in course.product.rows(ALONE, SLUG)]
    assert len(alone) == SENTENCES - GROUPED
    assert sorted(course.ungrouped) == alone, "each once, over the pages of the desk"
    heard = course.pages["grouped"]["heard"]
    assert counts_of(heard)["Sans sujet"] == len(alone)
    assert "5 400 sont rattachées à un sujet, soit 90 %" in heard
    assert "90 %" in course.pages["grouped"]["desk"]


def test_a_theme_s_answer_is_inherited_and_an_own_one_overrides_it(course):
    assert course.states["signed"] == {
        "kept": IN_A_THEME - 1, "unkept": 1, "received": SENTENCES - IN_A_THEME,
    }  # fmt: skip
    answers = counts_of(course.pages["signed"]["answers"])
    assert answers["voix ont leur réponse"] == IN_A_THEME
    assert answers["voix l’attendent"] == SENTENCES - IN_A_THEME
    assert counts_of(course.pages["signed"]["desk"])["attendent une réponse"] == SENTENCES - IN_A_THEME
    own, inheriting = (course.read(f"/idees/{code}") for code in READ)
    assert OF_ONE in own
    assert OF_THE_THEME not in own
    assert OF_THE_THEME in inheriting


def test_nobody_is_told_twice_though_the_notifier_was_killed(course):
    rows = told(course.product)
    states = Counter(state for _to, state, _of, _id in rows)
    tell(f"{course.kills} kills of the worker, 1 of the sequencer; messages {dict(states)}")
    assert course.kills == KILLS
    of_the_theme = [to for to, _state, is_theme, _id in rows if is_theme]
    assert len(of_the_theme) == len(set(of_the_theme)) == AUTHORS + FOLLOWERS - BOTH
    assert len(rows) - len(of_the_theme) == FOLLOWERS + 1, "who follows, and its author"
    assert [key for key, times in course.postbox.sent_to.items() if times > 1] == []
    arrived = {message.strip("<>").split("@")[0] for _to, message in course.postbox.sent_to}
    ids = {state: {pk for _to, at, _of, pk in rows if at == state} for state in states}
    assert ids["sent"] <= arrived
    # What a kill cut in the middle may have left or not: it waits for an agent, and is not sent again.
    assert len(ids.get("sending", ())) <= 2 * KILLS  # two rounds may share the work
    assert arrived & {pk for _to, _at, _of, pk in rows} <= ids["sent"] | ids.get("sending", set())
