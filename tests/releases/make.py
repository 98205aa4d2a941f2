"""A filled database of an earlier commit of this repository, made by that commit's own code.

    python tests/releases/make.py COMMIT NAME

Its demonstration is started, its processes are killed in the middle of their work and come back, and what is left is
dumped to ``NAME.sql.xz``, with its counts and its journal's public key in ``NAME.json``. The upgrade's test starts there.
"""

import json
import lzma
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE.parent), str(HERE.parent / "prove")]

from people_at_work import say_one  # noqa: E402
from real_product import Product, open_process, wait_until  # noqa: E402

from democratic.config.backup import dump  # noqa: E402
from democratic.config.backup.tools import find_tool, output_of  # noqa: E402

ROOT = HERE.parents[1]
KILLS = ("cli web", "cli sequencer", "postgres", "cli worker")

ERASE = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.actions import erase_words
from democratic.thread.models import Record
erase_words(record=Record.objects.filter(kind='idea').order_by('-pk').first(), clock=DATABASE_CLOCK)
"""


class EarlierProduct(Product):
    """The same, with the code of another folder."""

    def __init__(self, var, code):
        self.code = code
        super().__init__(var)

    def start(self):
        self.env["PYTHONPATH"] = str(self.code / "src")
        super().start()


def main(commit, name):
    with tempfile.TemporaryDirectory(prefix="democratic-release-") as folder:
        place = Path(folder).resolve()
        place.chmod(0o755)
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "--detach", place / "code", commit], check=True)
        product = EarlierProduct(place / "var", place / "code")
        try:
            fill(product)
            write(product, commit, HERE / name)
        finally:
            product.process.send_signal(signal.SIGTERM)
            product.process.wait(60)
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", place / "code"], check=True)


def fill(product):
    product.wait_ready()
    slug, _code = open_process(product)
    for which in KILLS:
        say_one(product, slug)
        product.kill(which)
        product.wait_ready()
    product.shell(ERASE)
    product.wait_for_the_journal()
    wait_until(lambda: signed(product), "the last head's signature")


def signed(product):
    return product.rows(
        "select true from thread_head h join thread_signedhead s using (epoch, size) where h.size > 0"
    )


def write(product, commit, path):
    url = product.command("db", "url").strip()
    with dump.snapshot(url) as seen, output_of(
        find_tool("pg_dump", server_major=seen.server_major),
        "--no-owner", "--no-privileges", "--exclude-table-data=django_session", f"--snapshot={seen.name}", url=url,
    ) as stream:  # fmt: skip
        # Lines of psql alone: the fixture is read by any PostgreSQL that we run on.
        lines = [
            line
            for line in stream
            if not line.startswith((b"\\restrict", b"\\unrestrict", b"SET transaction_timeout"))
        ]
        told = {
            "commit": commit,
            "rows": {name: table.rows for name, table in dump.count_tables(seen.connection).items()},
            "journal": dump.journal_of(seen.connection),
            "public_key": json.loads(product.asked("GET", "/journal/export/key.json").body)["public_key"],
        }
    packed = lzma.compress(b"".join(lines), preset=9 | lzma.PRESET_EXTREME)
    path.with_suffix(".sql.xz").write_bytes(packed)
    path.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n")
    sys.stdout.write(f"{len(packed)} bytes\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
