import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.utils.html import strip_tags

from democratic.kernel.clock import FixedClock
from democratic.thread.models import Authority
from democratic.web import authorities, shell

TODAY = date(2026, 9, 10)


@pytest.fixture
def on(monkeypatch):
    """The day that pages believe it is. Stored pages of another day are forgotten."""

    def set_day(day):
        caches["fragments"].clear()
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    set_day(TODAY)
    return set_day


@pytest.fixture
def get(client, on):
    """A page as the browser gets it."""

    def fetch(path, status=200):
        response = client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response

    return fetch


@pytest.fixture
def read(get):
    """The words of a page's ``<main>``, blanks folded, unbreakable ones made ordinary."""

    def words(path, status=200):
        html = get(path, status).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")
        main = html[html.index("<main") : html.index("</main>")]
        return " ".join(strip_tags(re.sub(r"(?=<)|(?<=>)", " ", main)).replace("&#x27;", "'").split())

    return words


@pytest.fixture
def warm():
    """What a process keeps for seconds is known: the authority, the journal's length and the pages in the footer."""

    def know():
        authorities.doors()
        shell.JOURNAL.of()
        for authority in Authority.objects.all():
            shell.FOOT.of(str(authority.pk))

    return know
