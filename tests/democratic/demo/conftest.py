"""The demonstration, loaded once for the tests that only look at it, and taken back after them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from democratic.demo.load import load_demo
from democratic.kernel.clock import FixedClock
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority
from democratic.thread.rules import Viewer


@dataclass
class Demo:
    viewer: Viewer
    now: datetime
    told: list[str]

    @property
    def today(self) -> date:
        return self.now.date()

    def process(self, slug: str = "bouger-15-25") -> Process:
        return Process.objects.select_related("record__authority", "mandate").get(slug=slug)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Read-only: what a test would write here, the next one would find."""
    var, told = tmp_path_factory.mktemp("var"), []
    now = datetime(2026, 10, 15, 9, 30, tzinfo=UTC)  # a Thursday
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": var / "files"},
    }
    with (
        django_db_blocker.unblock(),
        override_settings(VAR=var, STORAGES={**settings.STORAGES, "private": storage}),
        transaction.atomic(),
    ):
        load_demo(clock=FixedClock(now), tell=told.append)
        yield Demo(Viewer(Authority.objects.get()), now, told)
        transaction.set_rollback(True)
