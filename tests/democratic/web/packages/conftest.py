"""A process whose report is done, long after, with a commitment that is late; and the journal signed or not."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from courses import whole_course
from democratic.participation.processes.actions import finish_stage
from democratic.stewardship.models import Fate
from democratic.stewardship.packages.actions import Terms, close_process
from democratic.thread.journal import Signer, sequence_once, sign_now
from democratic.web.packages.making import make_packages
from factories import clock_at, signed_in_at

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
AFTER = date(2027, 12, 1)


@pytest.fixture
def terms():
    return Terms(10, "Le temps des recours.", Fate.KEEP, "Elle témoigne de la vie locale.")


class Desk:
    """Who closes, who seals the journal, and the worker."""

    key = KEY.public_key()

    def __init__(self, territory, terms):
        self.territory, self.terms, self.clock = territory, terms, clock_at(AFTER)

    def enters(self, client, account):
        """Signed in at the hour of this clock: closing asks « is it still you? »."""
        client.force_login(account)
        signed_in_at(client, account, self.clock.now().timestamp())

    def report(self):
        stage = self.territory.process.stages.get(step="report")
        finish_stage(stage=stage, clock=self.clock)

    def close(self):
        return close_process(
            process=self.territory.process, terms=self.terms, function="Val-d’Orbe", clock=self.clock
        )

    def seal(self):
        while sequence_once():
            pass
        sign_now(Signer("journal.example", KEY), self.clock.now())

    def work(self):
        return make_packages(self.clock)

    def packed(self):
        self.report()
        closure = self.close()
        self.seal()
        assert self.work() == 1
        return closure.packages.get()


@pytest.fixture
def desk(territory, terms, settings, monkeypatch, tmp_path):
    settings.VAR = tmp_path / "var"
    settings.JOURNAL_PUBLIC_KEY = KEY.public_key().public_bytes_raw().hex()
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock_at(AFTER))
    whole_course(territory)
    return Desk(territory, terms)
