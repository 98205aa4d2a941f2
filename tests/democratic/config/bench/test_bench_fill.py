"""What pages are measured on: as many ideas, comments and supports as was said, in the journal and in the counts."""

import pytest

from democratic.config.bench.crowd import THREAD
from democratic.config.bench.fill import fill
from democratic.config.bench.pages import cost_of, reading_paths, session_cookie
from democratic.config.bench.size import Size
from democratic.thread.journal.heads import ensure_head, read_head
from democratic.thread.models import Comment, Entry, Kind, Record, RecordFigures, Support
from democratic.thread.queries.shelves import count_shelves


@pytest.fixture
def filled(transactional_db):
    ensure_head()
    return fill(Size(40, comments=2, supports=3, neighbours=1))


def test_a_filled_installation_holds_what_was_said(filled):
    ideas = Record.objects.filter(authority=filled.authority, kind=Kind.IDEA)
    assert ideas.count() == 41
    assert count_shelves(filled.authority)[filled.process.pk, Kind.IDEA, "all", ""] == 41
    assert Comment.objects.filter(record__authority=filled.authority).count() == 80 + THREAD
    assert Support.objects.filter(record__in=ideas).count() == 120
    figures = RecordFigures.objects.get(record__code=filled.idea_code)
    assert figures.comments >= THREAD
    assert read_head().size == Entry.objects.count() > 300


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_every_page_measured_is_there_and_asks_few_questions(filled, is_signed_in):
    cookie = session_cookie(filled) if is_signed_in else ""
    for name, path in reading_paths(filled).items():
        queries, size = cost_of(path, cookie=cookie)
        assert queries <= 8, name
        assert size > 100, name
