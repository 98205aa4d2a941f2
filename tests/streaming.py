"""What tests of live streams start from: a service on a committed territory, an idea, and a comment on it.

A conftest imports the fixtures, and makes ``streaming``: the service and its territory, once a module.
"""

import pytest

from democratic.thread.actions import Words, post_comment
from democratic.thread.journal import drain


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """In place of pytest-django's: what a test writes here is committed, and stays for the service that runs."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def server(streaming):
    yield streaming[0]
    streaming[0].hang_up()


@pytest.fixture
def here(streaming):
    """Its territory."""
    return streaming[1]


@pytest.fixture
def idea(here):
    return here.say("Un bus de nuit.").idea.record


@pytest.fixture
def path(idea):
    return f"/live/idees/{idea.code}"


def comment(here, idea, text="Oui."):
    post_comment(subject=idea, author=idea.author, words=Words(text=text), alignment=1, clock=here.clock)
    drain(clock=here.clock)
