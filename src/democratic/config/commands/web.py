"""``democratic web``: the pages, by granian, through the entry that ``config.asgi`` names."""

import os
import shutil

from democratic.config.logs import logging_settings
from democratic.config.places import places
from democratic.config.server.open_files import raise_open_files
from democratic.config.server.options import refuse_no_workers
from democratic.config.server.parser import Parser

BACKLOG, BACKPRESSURE = 4096, 12000
LARGEST_HEAD = 8192  # bytes: what nginx takes too; with more, each open stream weighs 10 kB more


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    refuse_no_workers(options.workers)
    raise_open_files()
    _count_together()
    from granian import Granian  # noqa: PLC0415  heavy: only this command serves
    from granian.constants import Interfaces, Loops  # noqa: PLC0415
    from granian.http import HTTP1Settings  # noqa: PLC0415

    Granian(
        "democratic.config.asgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=options.workers,
        backlog=BACKLOG,
        # Granian answers backlog / workers requests at once unless this is said.
        backpressure=BACKPRESSURE,
        http1_settings=HTTP1Settings(max_buffer_size=LARGEST_HEAD),
        websockets=False,
        log_access=False,
        log_dictconfig=logging_settings(),
        respawn_failed_workers=True,
    ).serve()
    return 0


def _count_together() -> None:
    """An empty folder where the processes that answer keep their counts, for /metrics to add up."""
    folder = places().run / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # read when prometheus_client is imported


def _parser() -> Parser:
    parser = Parser("web", "Servir les pages, avec une base que d'autres tiennent.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port des pages (8000)")
    parser.add_argument("--workers", type=int, default=2, help="processus (2)")
    return parser
