import pytest

from entry_server import committed_territory, entry_server
from meeting_streams import meeting  # noqa: F401 -- its fixture
from streaming import _django_db_helper, here, server  # noqa: F401 -- its fixtures


@pytest.fixture(scope="module")
def streaming(django_db_setup, django_db_blocker, tmp_path_factory):
    """A territory that is committed, and the real service on it, for all tests of a module."""
    folder = tmp_path_factory.mktemp("entry")
    with committed_territory(django_db_blocker) as territory, entry_server(folder) as service:
        yield service, territory
