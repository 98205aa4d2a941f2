"""What the desk is measured on: as an agent reads it, and within the twelve questions that a page of it may ask."""

import pytest

from democratic.config.bench.desk import agent_cookie, desk_paths
from democratic.config.bench.desk_fill import fill_desk
from democratic.config.bench.fill import fill
from democratic.config.bench.pages import cost_of
from democratic.config.bench.size import Size
from democratic.thread.journal.heads import ensure_head

MOST = 12


@pytest.fixture
def filled(transactional_db):
    ensure_head()
    filled = fill(Size(40, comments=0, supports=0))
    fill_desk(filled, ideas=40)
    return filled


def test_every_page_of_the_desk_is_there_and_asks_at_most_twelve_questions(filled):
    cookie = agent_cookie(filled)
    for name, path in desk_paths(filled).items():
        queries, size = cost_of(path, cookie=cookie)
        assert queries <= MOST, (name, queries)
        assert size > 100, name
