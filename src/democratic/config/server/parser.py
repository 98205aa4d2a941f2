"""Options of our commands, refused in one French line."""

import argparse
from typing import NoReturn

from democratic.config.server.errors import CannotStart


class Parser(argparse.ArgumentParser):
    """``name`` is the command's, as in the table of ``cli``. CannotStart: an option is not understood."""

    def __init__(self, name: str, description: str) -> None:
        prog = "bin/run" if name == "run" else f"bin/democratic {name}"
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        raise CannotStart(f"Option non comprise ({message}) : « {self.prog} --help » les montre toutes.")
