"""The real web process, behind the real proxies, on a territory that is committed."""

import shutil
from contextlib import ExitStack

import pytest

from entry_server import committed_territory, entry_server
from reverse_proxies import AS_IN_PRODUCTION, PROXIES, needs
from streaming import _django_db_helper, here, idea, path, server  # noqa: F401 -- its fixtures


@pytest.fixture(scope="module")
def streaming(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("entry")
    with (
        committed_territory(django_db_blocker) as territory,
        entry_server(folder, **AS_IN_PRODUCTION) as service,
    ):
        yield service, territory


@pytest.fixture(scope="module")
def both(streaming, tmp_path_factory):
    """By name, those that are installed."""
    with ExitStack() as running:
        yield {
            name: running.enter_context(start(tmp_path_factory.mktemp(name), streaming[0].port))
            for name, start in PROXIES.items()
            if shutil.which(name)
        }


@pytest.fixture(params=[pytest.param(name, marks=needs(name)) for name in PROXIES])
def proxy(request, both):
    yield both[request.param]
    both[request.param].hang_up()
