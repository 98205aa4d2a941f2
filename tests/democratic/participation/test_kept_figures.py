"""What pages say of a process comes from kept counts: the same numbers as reading each contribution one by one."""

import random
from collections import Counter

import pytest
from django.db import connection

from courses import answered, grouped
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.models import IdeaState
from democratic.participation.ideas.splitting import Part, split_idea
from democratic.participation.processes.queries import list_processes
from democratic.participation.reports.home import count_voices
from democratic.participation.reports.process_page import figures_of
from democratic.thread.models import Kind, Link, LinkKind, Origin, Record, Visibility
from democratic.thread.queries.places import said_where
from democratic.thread.queries.shelves import count_shelves
from factories import GROUPING, build_territory


@pytest.fixture
def busy(territory):
    """Ideas from several doors and places, some split, grouped, answered, out of the field, gone."""
    draw = random.Random(5)
    said = [
        territory.say(
            f"Le bus part tôt. Il fait noir. ({n})",
            origin=draw.choice([Origin.WEB, Origin.STREET, Origin.PAPER]),
            place=draw.choice(["Vaubrun", "Montsec", ""]),
        ).idea.record
        for n in range(24)
    ]
    for whole in said[:3]:
        parts = [Part("Le bus", "Le bus part tôt."), Part("La nuit", "Il fait noir.")]
        split_idea(record=whole, parts=parts, reason="Deux sujets.", function="Service", clock=GROUPING)
    theme = grouped(territory, said[4:10])
    answered(territory, theme.record, verdict=Verdict.KEPT)
    for record, change in zip(
        said[12:17],
        [{"state": IdeaState.INADMISSIBLE}, *[{"visibility": v} for v in ("withdrawn", "hidden", "draft")]],
        strict=False,
    ):
        Record.objects.filter(pk=record.pk).update(**change)
    return territory


def read_one_by_one(process):
    parts = set(Link.objects.filter(kind=LinkKind.SPLIT_FROM).values_list("source", flat=True))
    ideas = list(Record.objects.filter(process=process.pk, kind=Kind.IDEA))
    shown = [idea for idea in ideas if idea.visibility == Visibility.PUBLIC]
    return [idea for idea in ideas if idea.pk not in parts], [i for i in shown if i.pk not in parts], shown


def test_every_number_is_what_reading_each_contribution_gives(busy):
    voices_ever, voices, shown = read_one_by_one(busy.process)
    page, home = figures_of(busy.viewer(), busy.process.pk), count_voices(busy.viewer())
    states, gone = Counter(idea.state for idea in shown), Counter(idea.visibility for idea in voices_ever)
    assert dict(page.voices) == Counter(idea.origin for idea in voices)
    assert page.total == page.kinds[Kind.IDEA] == home.by_process[busy.process.pk] == len(voices)
    assert page.places == home.by_place == Counter(idea.place for idea in voices if idea.place)
    assert (page.answered, page.waiting) == (states["kept"], states["received"])
    assert (page.inadmissible, page.withdrawn, page.moderated) == (1, gone["withdrawn"], gone["hidden"])
    assert home.by_theme == Counter(idea.theme_id for idea in shown if idea.theme_id)
    assert page.kinds[Kind.THEME] == 1


def test_a_list_of_processes_and_a_map_say_the_same(busy):
    _ever, voices, _shown = read_one_by_one(busy.process)
    (line,), _total = list_processes(busy.viewer(), GROUPING.moment.date(), offset=0, limit=5)
    assert dict(line.voices) == Counter(idea.origin for idea in voices)
    assert {each.place: each.n for each in said_where(busy.viewer())} == Counter(i.place for i in voices)


def test_what_another_authority_was_told_is_in_no_count(busy):
    beside = build_territory(slug="ailleurs", host="ailleurs.example")
    beside.say("Un bus", place="Vaubrun")
    assert {process for process, *_rest in count_shelves(beside.authority)} == {beside.process.pk}
    assert count_shelves(beside.authority, [busy.process.pk]) == Counter()


def test_no_contribution_is_read_to_be_counted(busy):
    asked = []
    with connection.execute_wrapper(lambda run, sql, *rest: (asked.append(sql), run(sql, *rest))[1]):
        count_voices(busy.viewer())
    assert len(asked) == 1
    assert "thread_shelfcount" in asked[0]
