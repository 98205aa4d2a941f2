"""An authority whose citizens speak, without anything of the layers above the thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from civics.ledger.tree import root
from democratic.kernel.clock import FixedClock
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread import actions, events
from democratic.thread.events import WORDS, Event
from democratic.thread.journal import Signer, drain, sequence_once, sign_now
from democratic.thread.journal.export import export_journal
from democratic.thread.journal.heads import read_head
from democratic.thread.models import Authority, Comment, Kind, Position, Record

NOW = datetime(2026, 3, 1, 10, 15, 30, tzinfo=UTC)

SAID = Event("said_in_a_test", 1, frozenset(WORDS))
GROUPED = Event("contribution_grouped")
UNGROUPED = Event("contribution_ungrouped")


@dataclass
class Town:
    authority: Authority
    signer: Signer
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))

    def say(self, text: str = "Un bus le soir.", *, process: Record | None = None, **more) -> Record:
        more.setdefault("kind", Kind.IDEA)
        words = actions.Words(title="Une idée", text=text, byline="Lina, 17 ans")
        new = actions.NewRecord(
            authority=self.authority, words=words, event=SAID, author=self.person(), process=process, **more
        )
        return actions.open_record(new, clock=self.clock)

    def comment(self, subject: Record, alignment: int = 0, text: str = "Pareil ici.") -> Comment:
        return actions.post_comment(
            subject=subject,
            author=self.person(),
            words=actions.Words(text=text),
            alignment=alignment,
            clock=self.clock,
        )

    def tell(self, event: Event, record: Record, **data) -> None:
        with transaction.atomic():
            actions.append_entry(event, record=record, now=self.clock.now(), data=data)

    def person(self) -> Person:
        return welcome_guest()

    def sequence(self, batch: int = 2000) -> int:
        """All that waits."""
        done = 0
        while positioned := sequence_once(batch):
            done += positioned
        return done

    def sign(self):
        return sign_now(self.signer, self.clock.now())

    def seal(self) -> int:
        """Sequence all, and sign; the size."""
        self.sequence()
        return self.sign().head.size

    def drain(self, *named) -> None:
        drain(clock=self.clock, signer=self.signer, named=named)

    def export(self, directory: Path):
        return export_journal(directory, self.signer.public_key)


@pytest.fixture(autouse=True)
def _installation_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    settings.PROJECTIONS = ["democratic.thread.views.FIGURES", "democratic.thread.views.PAGES"]


@pytest.fixture(autouse=True)
def _events_of_tests(monkeypatch):
    for event in (SAID, GROUPED, UNGROUPED):
        monkeypatch.setitem(events._events, event.kind, event)


@pytest.fixture
def signer() -> Signer:
    return Signer("journal.example", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))


def _town(signer: Signer) -> Town:
    return Town(actions.open_authority(slug="orbe", name="Orbe", kind_label="la Ville"), signer)


@pytest.fixture
def town(db, signer) -> Town:
    return _town(signer)


@pytest.fixture
def live_town(transactional_db, signer) -> Town:
    """Committed, for tests with several connections."""
    return _town(signer)


@pytest.fixture
def folder(town, tmp_path):
    """Eight facts under three heads, one of which has lost its words."""
    idea, erased = town.say("Un bus le soir."), town.say("Mon adresse est …")
    town.seal()
    town.comment(idea, 1, "Oui !")
    town.comment(idea, -1, "Trop cher.")
    town.seal()
    actions.erase_words(record=erased, clock=town.clock)
    actions.reword_record(record=idea, words=actions.Words(text="Un bus à 23 h."), clock=town.clock)
    town.say("Des pistes cyclables.")
    town.say("Éclairer l’abri.")
    town.seal()
    town.export(tmp_path / "published")
    return tmp_path / "published"


@pytest.fixture
def restored():
    """What is written inside is lost, as by the restore of a backup; the outside head file stays."""

    @contextmanager
    def backup() -> Iterator[None]:
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)

    return backup


@pytest.fixture
def tampered():
    """SQL by someone who owns the tables, and first takes the triggers away."""

    def run(table: str, statement: str, *values) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(statement, values)
            cursor.execute(f"alter table {table} enable trigger user")

    return run


@pytest.fixture
def root_of_leaves():
    """Recomputed from the stored leaf hashes, which must stand at 0, 1, 2 …"""

    def recompute() -> bytes:
        places = list(Position.objects.order_by("position").values_list("position", "leaf_hash"))
        assert [position for position, _ in places] == list(range(read_head().size))
        return root(bytes(leaf) for _, leaf in places)

    return recompute
