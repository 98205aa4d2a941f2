"""A browser at the day that a test says, whose pages are read with their blanks folded."""

from datetime import timedelta

import pytest

from democratic.kernel.clock import FixedClock
from factories import NOW

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def at(monkeypatch):
    """The clock of every request, from now on."""

    def put(moment):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    put(NOW + timedelta(minutes=1))
    return put


@pytest.fixture
def read(client, at):
    def read(path, status=200):
        page = client.get(path)
        assert page.status_code == status, (path, page.status_code)
        return main_of(page)

    return read


@pytest.fixture
def send(client, at):
    def send(path, status=302, **fields):
        page = client.post(path, fields, **HERE)
        assert page.status_code == status, (path, page.status_code, main_of(page))
        return page

    return send


def main_of(page):
    html = (
        page.content.decode()
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("&nbsp;", " ")
        .replace("&#x27;", "'")
    )
    main = html[html.index("<main") : html.index("</main>")] if "<main" in html else html
    return " ".join(main.split())
