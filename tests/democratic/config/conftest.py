"""An installation with a territory, words, a file and a signed journal; and an empty one beside it."""

import hashlib
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from courses import whole_course
from democratic.config.commands.signer import installation_signer
from democratic.config.places import Places
from democratic.config.secrets import secret
from democratic.config.server.throwaway import throwaway_postgres
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.models import StoredFile
from democratic.thread.journal import drain
from installations import PASSPHRASE, Installation, url_of


def keep_a_file(place, content):
    """The storage of tests is not in this folder: the file is put there as the product would."""
    sha256 = hashlib.sha256(content).hexdigest()
    StoredFile.objects.create(sha256=sha256, size=len(content), content_type="application/pdf")
    path = place.files / sha256[:2] / sha256
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


@pytest.fixture
def installation(live_territory, settings, tmp_path, monkeypatch):
    """A course from sentences to evidence, a file, a signed journal."""
    monkeypatch.setenv("DEMOCRATIC_VAR", str(settings.VAR))
    passphrase_file = tmp_path / "passphrase"
    passphrase_file.write_bytes(PASSPHRASE + b"\n")
    whole_course(live_territory)
    keep_a_file(Places(Path(settings.VAR)), b"%PDF-1.7 what was promised")
    secret("django")
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    return Installation(Places(Path(settings.VAR)), url_of(connection.settings_dict), passphrase_file)


@pytest.fixture(scope="session")
def cluster():
    """A server that keeps what it acknowledges: our commands refuse the hurried one of other tests."""
    with throwaway_postgres(durable=True) as server:
        yield server


@contextmanager
def database_on(cluster, template="template1"):
    name = f"made_{uuid4().hex[:12]}"
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as asked:
        asked.execute(f"create database {name} template {template}")
    yield name
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as asked:
        asked.execute(f"drop database {name} with (force)")


@pytest.fixture
def empty(tmp_path, installation, cluster):
    """Another one, on a fresh database, with nothing in it."""
    with database_on(cluster) as name:
        yield Installation(Places(tmp_path / "elsewhere"), cluster.url(name), installation.passphrase_file)


@pytest.fixture
def without_tables(cluster, monkeypatch):
    """The address of a database that commands are given, and that has nothing at all."""
    with database_on(cluster) as name:
        monkeypatch.setenv("DATABASE_URL", cluster.url(name))
        yield cluster.url(name)


@pytest.fixture(scope="session")
def tables(cluster, tmp_path_factory):
    """A database with its tables and nothing in them, made once to be copied."""
    folder = tmp_path_factory.mktemp("tables")
    with database_on(cluster) as name:
        Installation(Places(folder), cluster.url(name), folder).command("migrate")
        yield name, folder / "static"


@pytest.fixture
def ready(tmp_path, installation, cluster, tables):
    """An installation that was started once: its tables are there, and nobody's words."""
    template, static = tables
    place = Places(tmp_path / "elsewhere").prepare()
    (place.var / "static").symlink_to(static)
    with database_on(cluster, template) as name:
        yield Installation(place, cluster.url(name), installation.passphrase_file)
