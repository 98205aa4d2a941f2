"""What ``bin/run`` may be asked."""

import os
from dataclasses import dataclass

from democratic.config.server.errors import CannotStart
from democratic.config.server.parser import Parser

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 -- asked, not bound


@dataclass(frozen=True, slots=True)
class Options:
    port: int
    host: str
    demo: bool
    workers: int

    @property
    def address(self) -> str:
        host = EVERYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def parse(argv: list[str]) -> Options:
    parser = Parser("run", "Démarre démocraTIC. Ctrl-C arrête tout.")
    parser.add_argument("--port", type=int, default=8000, help="port des pages (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    parser.add_argument("--no-demo", action="store_true", help="sans territoire de démonstration")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processus web (un par cœur)"
    )
    found = parser.parse_args(argv)
    refuse_no_workers(found.workers)
    return Options(found.port, found.host, demo=not found.no_demo, workers=found.workers)


def refuse_no_workers(workers: int) -> None:
    if workers < 1:
        raise CannotStart(f"Il faut au moins un processus web : --workers {workers} n'en lance aucun.")
