"""The drill: a product at work is saved, goes on, is lost, and comes back; what was lost is counted in acts and seconds."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from people_at_work import Speaker
from real_product import DEFERRED, ROOT, Product, children_of, open_process, running_product, tell, wait_until

from object_store import s3_server

SAID = "select split_part(text, ' ', 2) from thread_wording where text like 'Phrase %%'"
PASSPHRASE = "cinq mots pris au hasard\n"
CANARY = "Canari du bord de l’eau"
ERASE = f"""
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.actions import erase_words
from democratic.thread.models import Record
erase_words(record=Record.objects.get(wording__text__startswith={CANARY!r}), clock=DATABASE_CLOCK)
"""
# Two photos, of which the second is erased by its own act once it is told to.
SHOW = """
import io
from PIL import Image
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.files import hold_file, store_file
for side in (40, 60):
    photo = io.BytesIO()
    Image.new("RGB", (side, side)).save(photo, "JPEG")
    file = store_file([photo.getvalue()], clock=DATABASE_CLOCK)
    hold_file(file)
    print("@" + file.pk)
"""
RELEASE = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.files import release_files
release_files([{!r}], now=DATABASE_CLOCK.now())
"""
# Words that no compression shortens, as versions of one text: the weight of a large territory.
FILL = """
insert into thread_wording (id, record_id, version, language, title, text, created_at)
select gen_random_uuid(), r.id, 1000 + n, 'fr', 'Version ' || n,
  (select string_agg(md5(random()::text || n || i), ' ') from generate_series(1, 24) i), now()
from generate_series(1, %s) n, (select id from thread_record where kind = 'idea' order by id limit 1) r
"""
GIGABYTE, ROWS_OF_A_GIGABYTE = 1_000_000_000, 1_000_000
RTO, RPO = 15 * 60, 5 * 60  # seconds, both

pytestmark = pytest.mark.prove


class Timed(Speaker):
    """``at``: when each sentence was acknowledged."""

    def __init__(self, *words):
        super().__init__(*words)
        self.at = {}

    def work(self, key):
        super().work(key)
        if key in self.acknowledged:
            self.at[key] = time.monotonic()


@contextmanager
def at_work(product, slug, people=3):
    over = threading.Event()
    everyone = [Timed(product, over, slug) for _ in range(people)]
    for each in everyone:
        each.start()
    try:
        yield everyone
    finally:
        over.set()
        for each in everyone:
            each.join()


def times_of(people):
    return {key: at for each in people for key, at in dict(each.at).items()}


def command(env, *words, within=1800):
    """Its output, and its seconds."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "democratic.config.cli", *map(str, words)],
        env=env, capture_output=True, text=True, timeout=within, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, time.monotonic() - began


@contextmanager
def open_folder(prefix):
    """Open to PostgreSQL's own account, as pytest's are not when we are root."""
    folder = Path(tempfile.mkdtemp(prefix=prefix)).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def kept():
    """Another disk, as it were: a passphrase, backups, the second place."""
    with open_folder("democratic-kept-") as folder:
        (folder / "passphrase").write_text(PASSPHRASE)
        yield folder


@pytest.fixture
def product(kept):
    with running_product(DEMOCRATIC_ARCHIVE=str(kept / "second")) as running:
        yield running


@contextmanager
def restored(kept, archive, *words):
    """Another installation from it, on a cluster of its own, started once it is there."""
    with open_folder("democratic-restored-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith(DEFERRED)}
        env["PYTHONPATH"] = str(ROOT / "src")
        said, seconds = command(
            env,
            "restore",
            archive,
            "--into",
            folder / "var",
            "--passphrase-file",
            kept / "passphrase",
            *words,
        )
        tell(f"{said}restored in {seconds:.0f} s")
        again = Product(folder / "var")
        try:
            again.wait_ready()
            yield again, said, seconds
        finally:
            again.stop()


def back_up(product, kept, *words):
    said, seconds = command(product.env, "backup", *words, "--passphrase-file", kept / "passphrase")
    tell(f"{said}saved in {seconds:.0f} s")
    return Path(re.search(r"^✓ (\S+) :", said, re.MULTILINE)[1]), seconds


def say(product, slug, text):
    fields = {"key": "a" * 32, "text": text, "age_band": "26_64"}
    assert product.asked("POST", f"/concertations/{slug}/dire", fields).status == 302


def lose(product):
    """Every process at once, by SIGKILL; then the disk."""
    pids = [product.process.pid, *(pid for pid, _words in children_of(product.process.pid))]
    for signum in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            os.kill(pid, signum)
    lost_at = time.monotonic()
    product.process.wait()
    shutil.rmtree(product.var)
    return lost_at


def everything_kept(product):
    """All the text of the database, and of the files."""
    tables = product.rows(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    rows = [row for (name,) in tables for row in product.rows(f'select t::text from "{name}" t')]
    files = [path.read_bytes() for path in (product.var / "files").rglob("*") if path.is_file()]
    return "\n".join(text for (text,) in rows).encode() + b"".join(files)


def test_what_a_backup_under_load_promises_comes_back_and_what_was_erased_since_stays_erased(product, kept):
    slug, _code = open_process(product)
    say(product, slug, f"{CANARY}, et son adresse.")
    with at_work(product, slug) as people:
        wait_until(lambda: len(times_of(people)) > 30, "thirty sentences")
        before = set(times_of(people))
        archive, _seconds = back_up(product, kept, "--to", kept / "backups")
        wait_until(lambda: len(times_of(people)) > len(before) + 30, "thirty more")
    product.shell(ERASE)
    product.wait_for_the_journal()
    wait_until(lambda: (product.var / "erasures.jsonl").read_text().count("words") >= 1, "the register")
    register, head = (shutil.copy(product.var / name, kept) for name in ("erasures.jsonl", "head.json"))
    lose(product)

    with restored(kept, archive, "--erasures", register, "--head", head) as (again, said, _seconds):
        assert "chacune a les lignes et l'empreinte" in said
        assert "Le journal est entier" in said
        assert "tous égaux" in said
        assert before - {key for (key,) in again.rows(SAID)} == set()
        assert "1 paroles" in said
        assert CANARY.encode() not in everything_kept(again)
        assert "journal new-epoch" in said  # facts that were signed after the backup are lost, and said to be
        again.command("journal", "new-epoch", "--reason", "Un exercice de restauration.")
        again.wait_for_the_journal()
        wait_until(lambda: '"epoch":2' in (again.var / "head.json").read_text(), "a head of the second epoch")


def test_with_a_second_place_a_lost_machine_loses_seconds_and_any_moment_can_be_had_again(product, kept):
    slug, _code = open_process(product)
    base, _seconds = back_up(product, kept, "--base")
    with at_work(product, slug) as people:
        wait_until(lambda: len(times_of(people)) > 40, "forty sentences")
        moment = product.rows("select clock_timestamp()::text")[0][0]
        halfway = set(times_of(people))
        wait_until(lambda: len(times_of(people)) > len(halfway) + 40, "forty more")
        lost_at = lose(product)
        at = times_of(people)
    acknowledged = {key: when for key, when in at.items() if when < lost_at}

    with restored(kept, base, "--second-place", kept / "second") as (again, said, _seconds):
        assert "Le journal est entier" in said
        missing = acknowledged.keys() - {key for (key,) in again.rows(SAID)}
        lost = max((lost_at - acknowledged[key] for key in missing), default=0.0)
        tell(
            f"RPO: {len(missing)} of {len(acknowledged)} acknowledged acts are lost, the oldest {lost:.2f} s old"
        )
        assert lost < RPO
        assert lost < 5  # what we promise ourselves
        assert "new-epoch" not in said or missing  # the second place's head is never ahead of its log
    with restored(kept, base, "--second-place", kept / "second", "--until", moment) as (
        again,
        _said,
        _seconds,
    ):
        then = {key for (key,) in again.rows(SAID)}
        assert halfway - then == set()
        assert len(then) < len(acknowledged)


def test_the_files_of_a_bucket_follow_into_the_second_place_and_come_back_without_those_that_were_erased(
    kept,
):
    second = kept / "second"
    with (
        s3_server(kept / "s3") as bucket,
        running_product(DEMOCRATIC_ARCHIVE=str(second), DEMOCRATIC_S3=bucket) as product,
    ):
        erased, stays = product.shell(SHOW)[-2:]
        there = [second / "files" / name[:2] / name for name in (erased, stays)]
        wait_until(lambda: all(path.exists() for path in there), "both files in the second place")
        base, _seconds = back_up(product, kept, "--base")
        product.shell(RELEASE.format(erased))
        wait_until(lambda: not there[0].exists(), "the erased one to leave the second place")
        lose(product)
    with restored(kept, base, "--second-place", second) as (again, said, _seconds):
        assert "tous égaux" in said
        names = {path.name for path in (again.var / "files").glob("??/*")}
        assert stays in names  # into the folder: this installation has no bucket
        assert erased not in names


def test_a_gigabyte_is_back_within_a_quarter_of_an_hour(product, kept):
    with product.database() as connection:
        connection.execute(FILL, [ROWS_OF_A_GIGABYTE])
        size = connection.execute("select pg_database_size(current_database())").fetchone()[0]
    assert size > 0.9 * GIGABYTE
    archive, saving = back_up(product, kept, "--to", kept / "backups")
    tell(f"{size / 1e6:.0f} MB saved in {saving:.0f} s, {archive.stat().st_size / 1e6:.0f} MB")
    product.stop()
    began = time.monotonic()
    with restored(kept, archive):
        seconds = time.monotonic() - began
        tell(f"RTO: {size / 1e6:.0f} MB answer again after {seconds:.0f} s")
    assert seconds < RTO
