import pytest

from entry_server import committed_territory, entry_server


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """In place of pytest-django's: what a test writes here is committed, and stays for the service that runs."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def streaming(django_db_setup, django_db_blocker, tmp_path_factory):
    """A territory that is committed, and the real service on it, for all tests of a module."""
    folder = tmp_path_factory.mktemp("entry")
    with committed_territory(django_db_blocker) as territory, entry_server(folder) as server:
        yield server, territory


@pytest.fixture
def server(streaming):
    yield streaming[0]
    streaming[0].hang_up()


@pytest.fixture
def here(streaming):
    """Its territory."""
    return streaming[1]
