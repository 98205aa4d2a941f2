"""What ``bin/run`` may be asked."""

import argparse
import os
from dataclasses import dataclass
from typing import NoReturn

from democratic.config.server.errors import CannotStart

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


class NotUnderstood(Exception):
    pass


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NotUnderstood(message)


def parse(argv: list[str]) -> Options:
    parser = Parser(
        prog="bin/run",
        description="Démarre démocraTIC. Ctrl-C arrête tout.",
        add_help=False,
        allow_abbrev=False,
    )
    options = parser.add_argument_group("options")
    options.add_argument("-h", "--help", action="help", help="montrer cette aide")
    options.add_argument("--port", type=int, default=8000, help="port des pages (8000)")
    options.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    options.add_argument("--no-demo", action="store_true", help="sans territoire de démonstration")
    options.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processus web (un par cœur)"
    )
    try:
        found = parser.parse_args(argv)
    except NotUnderstood:
        words = " ".join(argv)
        raise CannotStart(f"Options non comprises : « {words} ». Elles sont dans bin/run --help") from None
    refuse_no_workers(found.workers)
    return Options(found.port, found.host, demo=not found.no_demo, workers=found.workers)


def refuse_no_workers(workers: int) -> None:
    if workers < 1:
        raise CannotStart(f"Il faut au moins un processus web : --workers {workers} n'en lance aucun.")
