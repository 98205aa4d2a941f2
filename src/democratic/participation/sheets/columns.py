"""The columns of a sheet of answers, in the order in which they are written; found by their headings when read."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.models import Verdict

LANGUAGES = ("fr", "en")


class Column(StrEnum):
    KEY = "key"
    CODE = "code"
    KIND = "kind"
    SAID = "said"
    VOICES = "voices"
    VERDICT = "verdict"
    PASSED_TO = "passed_to"
    REASON = "reason"


HEADINGS: dict[Column, Promise] = {
    Column.KEY: _("Clé, à ne pas changer"),
    Column.CODE: _("Numéro"),
    Column.KIND: _("Sujet ou parole"),
    Column.SAID: _("Ce qui a été dit"),
    Column.VOICES: _("Voix"),
    Column.VERDICT: _("Réponse"),
    Column.PASSED_TO: _("Transmis à"),
    Column.REASON: _("Raison"),
}
READ = (Column.KEY, Column.VERDICT, Column.PASSED_TO, Column.REASON)
FILLED_IN = (Column.VERDICT, Column.PASSED_TO, Column.REASON)

# A spreadsheet takes a cell that begins so for a formula; an apostrophe in front makes it plain text.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Filled:
    """The three cells that a service fills in, made clean."""

    verdict: str = ""
    passed_to: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.verdict or self.passed_to or self.reason)

    @property
    def print(self) -> str:
        """So that a line which nobody touched is known as such, whoever wrote here meanwhile."""
        said = f"{self.verdict}\x1f{self.passed_to}\x1f{self.reason}"
        return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Key:
    """What a line is about, and what it said when the sheet was made."""

    code: str
    stamp: int
    print: str

    def __str__(self) -> str:
        return f"{self.code}.{self.stamp}.{self.print}"


def read_key(typed: str) -> Key | None:
    parts = clean_line(typed).split(".")
    if len(parts) != len(("code", "stamp", "print")) or not parts[1].isascii() or not parts[1].isdigit():
        return None
    return Key(parts[0].upper(), min(int(parts[1][:9]), 2**31 - 1), parts[2].lower())


def filled_in(verdict: str, passed_to: str, reason: str) -> Filled:
    """``verdict`` as it was typed: its word in either language, or its code; kept as typed when unknown."""
    typed = clean_line(verdict)
    code = verdicts().get(typed.casefold(), typed)
    return Filled(code, clean_line(passed_to)[:160] if code == Verdict.PASSED else "", clean_text(reason))


@cache
def verdicts() -> dict[str, str]:
    """Every way to name a verdict, in small letters, and its code."""
    named = {verdict.value: verdict.value for verdict in Verdict}
    for language in LANGUAGES:
        with override(language):
            named |= {str(verdict.label).casefold(): verdict.value for verdict in Verdict}
    return named


@cache
def headings() -> dict[str, Column]:
    """Every heading in small letters, in each language."""
    named: dict[str, Column] = {}
    for language in LANGUAGES:
        with override(language):
            named |= {clean_line(str(label)).casefold(): column for column, label in HEADINGS.items()}
    return named
