import pytest
from django.core.management import call_command
from django.db import connections

from democratic.thread.journal.heads import ensure_head
from entry_server import entry_server
from factories import build_territory

# Numbers go on: rows that other tests copy have some of them.
AS_AFTER_ANY_TEST = {
    "verbosity": 0, "interactive": False, "reset_sequences": False, "allow_cascade": True,
    "inhibit_post_migrate": True,
}  # fmt: skip


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """In place of pytest-django's: what a test writes here is committed, and stays for the service that runs."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def streaming(django_db_setup, django_db_blocker, tmp_path_factory):
    """A territory that is committed, and the real service on it, for all tests of a module."""
    with django_db_blocker.unblock():
        ensure_head()
        territory = build_territory()
        with entry_server(tmp_path_factory.mktemp("entry")) as server:
            yield server, territory
        call_command("flush", **AS_AFTER_ANY_TEST)
        ensure_head()
        connections.close_all()


@pytest.fixture
def server(streaming):
    yield streaming[0]
    streaming[0].hang_up()


@pytest.fixture
def here(streaming):
    """Its territory."""
    return streaming[1]
