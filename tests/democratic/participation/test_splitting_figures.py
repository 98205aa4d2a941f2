"""What was split is one voice wherever voices are counted; its parts are what subjects group and answers answer."""

from datetime import date

import pytest

from courses import answered, grouped
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.splitting import Part, split_idea, unsplit_idea
from democratic.participation.processes.queries import _voices
from democratic.participation.reports.balance import ages_of
from democratic.participation.reports.desk import process_figures
from democratic.participation.reports.desk_work import voices_in as voices_of
from democratic.participation.reports.desk_work import work_of
from democratic.participation.reports.figures import in_time, said_in
from democratic.participation.reports.heard import cells_of, heard_in, voices_in
from democratic.participation.reports.home import count_voices
from democratic.participation.reports.process_page import figures_of
from democratic.people.models import AgeBand
from democratic.thread.actions import support
from democratic.thread.journal import drain, replay
from democratic.thread.models import Record, RecordFigures
from democratic.web.suites.reports.heard import csv_rows
from factories import GROUPING, NOW, clock_at

LATER = date(2026, 9, 10)  # nobody may speak any more
BUS, POOL, LAMP = "Le bus part tôt.", "La piscine ferme.", "Il fait noir."


@pytest.fixture
def whole(territory):
    for n in range(5):
        territory.say(f"Autre chose ({n})", origin="web", age_band=AgeBand.ADULT)
    said = f"{BUS} {POOL} {LAMP}"
    return territory.say(said, origin="street", place="Vaubrun", age_band=AgeBand.ADULT).idea.record


def split(whole):
    parts = [Part(f"Part {n}", text) for n, text in enumerate((BUS, POOL, LAMP))]
    return split_idea(record=whole, parts=parts, reason="Oui.", function="Service", clock=GROUPING)


def unsplit(whole):
    unsplit_idea(idea=whole, reason="Non.", function="Service", clock=GROUPING)


def every_total(territory):
    """Each place of the product that says how many voices there are, and by what."""
    viewer, process = territory.viewer(), territory.process
    heard, page = voices_in(cells_of(process)), figures_of(viewer, process.pk)
    home, desk = count_voices(viewer), voices_of(work_of(territory.authority, NOW, since=NOW))
    return {
        "heard": (heard.said, dict(heard.by_origin), dict(heard.by_place), heard.withdrawn, heard.moderated),
        "page": (page.total, dict(page.voices), dict(page.places), page.kinds["idea"], page.withdrawn),
        "home": (home.total, dict(home.by_place)),
        "list": _voices(viewer, [process.pk]),
        "desk": (desk.all, desk.since, desk.outside),
        "figures": in_time(said_in(viewer, process.pk)),
        "all figures": in_time(said_in(viewer)),
        "ages": ages_of(process, viewer, LATER),
    }


def test_no_total_of_voices_moves_when_one_is_split_or_joined_back(territory, whole):
    before = every_total(territory)
    assert before["heard"][0] == 6
    split(whole)
    assert every_total(territory) == before
    unsplit(Record.objects.get(pk=whole.pk))
    assert every_total(territory) == before
    split(Record.objects.get(pk=whole.pk))
    assert every_total(territory) == before


def test_each_part_is_owed_an_answer_and_the_whole_is_owed_none_beside_them(territory, whole):
    assert voices_in(cells_of(territory.process)).owed == 6
    bus, pool, _lamp = split(whole)
    assert voices_in(cells_of(territory.process)).owed == 8
    answered(territory, bus, verdict=Verdict.KEPT)
    theme = grouped(territory, [pool])
    answered(territory, theme.record)
    heard, page = voices_in(cells_of(territory.process)), figures_of(territory.viewer(), territory.process.pk)
    assert (heard.answered, heard.owed) == (page.answered, page.waiting) == (2, 6)
    assert voices_of(work_of(territory.authority, NOW, since=NOW)).unanswered == 6
    assert process_figures(territory.process).unanswered == 6


def test_its_parts_in_three_subjects_are_heard_in_each_and_attach_one_voice(territory, whole):
    for part, name in zip(split(whole), ("Bus", "Piscine", "Lumière"), strict=True):
        grouped(territory, [part], name)
    heard = heard_in(territory.process, territory.viewer())
    assert [theme.voices for theme in heard.themes] == [1, 1, 1]
    assert (heard.voices.said, heard.voices.attached, heard.voices.unattached) == (6, 1, 5)
    assert dict(heard.voices.unattached_by_origin) == {"web": 5}
    head, rows = csv_rows(heard)
    alone = rows[-1]
    assert alone[2] == 5
    assert sum(alone[4:]) == 5
    assert len(head) == len(alone)
    home = count_voices(territory.viewer())
    assert sum(home.by_theme.values()) == 3


def test_joined_back_none_of_its_parts_is_counted_anywhere(territory, whole):
    parts = split(whole)
    grouped(territory, [parts[0]])
    unsplit(Record.objects.get(pk=whole.pk))
    heard = voices_in(cells_of(territory.process))
    assert (heard.said, heard.owed, heard.attached) == (6, 6, 0)
    assert process_figures(territory.process).ideas == 6


def test_replayed_from_nought_the_figures_are_the_same(territory, whole):
    support(record=whole, person=territory.citizen.person)
    parts = split(whole)
    theme = grouped(territory, parts[:2])
    drain(clock=clock_at(GROUPING.moment.date(), 11))
    unsplit(Record.objects.get(pk=whole.pk))
    drain(clock=clock_at(GROUPING.moment.date(), 12))
    kept = list(RecordFigures.objects.order_by("pk").values_list())
    assert RecordFigures.objects.get(pk=theme.pk).grouped == 0
    replay("figures")
    drain(clock=clock_at(GROUPING.moment.date(), 13))
    assert list(RecordFigures.objects.order_by("pk").values_list()) == kept


@pytest.mark.parametrize("count", [2, 3])
def test_what_was_heard_is_asked_in_as_many_questions(territory, whole, count, django_assert_num_queries):
    parts = [Part(f"Part {n}", text) for n, text in enumerate((BUS, POOL, LAMP)[:count])]
    split_idea(record=whole, parts=parts, reason="Oui.", function="Service", clock=GROUPING)
    with django_assert_num_queries(1):
        cells_of(territory.process)
    with django_assert_num_queries(4):
        heard_in(territory.process, territory.viewer())
