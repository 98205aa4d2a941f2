"""What the pages of documentation write down exists: links, commands, settings, addresses, words of the interface."""

import ast
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import TypeGuard

import pytest
from django.urls import Resolver404, resolve

from democratic.config import cli

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/democratic"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLLOWED = [
    page for page in PAGES if page.parent.name in {"users", "operate", "developers", "howto", ROOT.name}
]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
QUOTED = re.compile(r"«[\s\u00a0]*([^»]+?)[\s\u00a0]*»|“([^”]+)”")


def said(page: Path) -> str:
    """The page without its blocks of code."""
    return FENCE.sub("", page.read_text())


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def each_code() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        yield from ((page, code) for code in CODE.findall(said(page)))
        for _language, block in FENCE.findall(page.read_text()):
            yield from ((page, line) for line in block.replace("\\\n", " ").splitlines())


# --- links


def anchors_of(page: Path) -> set[str]:
    """As forges make them of titles."""
    titles = re.findall(r"^#+ (.+)$", said(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def is_followed(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    there = page.parent / path if path else page
    return there.exists() and (not anchor or anchor in anchors_of(there))


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(page):
    ours = [target for _label, target in LINK.findall(said(page)) if not re.match(r"\w+:", target)]
    assert [target for target in ours if not is_followed(page, target)] == []


def test_a_link_to_a_decision_says_its_number():
    wrong = []
    for page in PAGES:
        for label, target in LINK.findall(said(page)):
            told, is_so = re.search(r"(?:decision|ADR) (\d+)", label), re.search(r"/(\d{4})-", target)
            if told and is_so and int(told[1]) != int(is_so[1]):
                wrong.append(f"{named(page)}: [{label}]({target})")
    assert wrong == []


# --- commands

OTHERS = {"manage", "db"}  # whose words are Django's, or psql's


def commands_in(line: str) -> Iterator[list[str]]:
    """Each command of ours in a line, word by word: « A=b bin/run --port 1  # why » holds one."""
    typed = re.sub(r"^democratic (?=[a-z-]+(?: |$))", "bin/democratic ", line.partition(" #")[0])
    for words in re.findall(r"(?<![\w./-])bin/[a-z][^|&;()<]*", typed):
        try:
            yield shlex.split(words)
        except ValueError:  # an apostrophe that opens nothing
            yield words.split()


@cache
def help_of(words: tuple[str, ...]) -> str:
    """Empty when these words are not understood."""
    with redirect_stdout(StringIO()) as told, redirect_stderr(StringIO()), suppress(SystemExit):
        cli.main([*words, "--help"])
    return told.getvalue()


def not_understood(program: str, *words: str) -> list[str]:
    if not (ROOT / program).is_file():
        return [program]
    if program not in {"bin/democratic", "bin/run"} or not words:
        return []
    asked = words if program == "bin/democratic" else ("run", *words)
    if asked[0].startswith(("-", "$@")) or asked[0] in OTHERS:
        return []
    if asked[0] not in cli.COMMANDS:
        return [asked[0]]
    before = tuple(takewhile(lambda word: not word.startswith("-"), asked))
    helped = help_of(before)
    flags = [word.partition("=")[0].rstrip(".,:") for word in asked if re.match("--[a-z]", word)]
    if not flags and not help_of(asked[:1]):
        return []  # it takes none, and says no more
    return [flag for flag in flags if flag not in helped] if helped else [" ".join(before)]


def test_every_command_of_the_pages_is_understood():
    wrong = {
        f"{named(page)}: {code}": refused
        for page, code in each_code()
        for words in commands_in(code)
        if (refused := not_understood(*words))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("A=b bin/run --no-demo --port 8001   # each start", []),
        ("bin/run --prot 8001", ["--prot"]),
        ('bin/democratic journal new-epoch --reason "…"', []),
        ("bin/democratic journal new-era", ["journal new-era"]),
        ("democratic jurnal", ["jurnal"]),
        ("bin/nothing", ["bin/nothing"]),
    ],
)
def test_a_command_that_is_wrong_would_be_told(line, refused):
    assert [each for words in commands_in(line) for each in not_understood(*words)] == refused


# --- settings

VARIABLE = re.compile(r"\bDEMOCRATIC_[A-Z0-9_]*[A-Z0-9]\b")
INNER = {"DEMOCRATIC_LIFE", "DEMOCRATIC_LIMITS_FACTOR"}  # of the supervisor for its own, and of benches


@cache
def variables_read() -> set[str]:
    return {name for path in SOURCE.rglob("*.py") for name in VARIABLE.findall(path.read_text())}


def test_every_setting_of_the_pages_is_read():
    read = variables_read() | set(
        VARIABLE.findall("".join(map(Path.read_text, (ROOT / "tests").rglob("*.py"))))
    )
    assert [
        f"{named(page)}: {name}"
        for page in PAGES
        for name in VARIABLE.findall(page.read_text())
        if name not in read
    ] == []


def test_every_setting_that_is_read_is_in_the_table_of_install():
    told = set(re.findall(r"`(DEMOCRATIC_\w+)`", (ROOT / "docs/operate/install.md").read_text()))
    assert sorted(variables_read() - INNER - told) == []


# --- addresses

SAMPLES = {
    r"CODE|<code>|…": "K7P-4RM",
    r"<secret>|SLUG|<slug>|<name>": "bouger",
    r"^/c/[\w-]+(?=/|$)|^/en(?=/|$)": "",
}
# Files of this machine, what follows a longer address in a row, what a proxy or another program answers.
ELSEWHERE = re.compile(
    r"(?:/en|/c/…)?/live/|/journal/export/?$|/(?:etc|srv|mnt|opt|usr|var|tmp|static|realms)\b"
)


def addresses_in(page: Path) -> Iterator[str]:
    for code in CODE.findall(said(page)):
        for address in code.split(", "):
            if re.fullmatch(r"/[a-z.][\w./…<>?=-]*", address) and not ELSEWHERE.match(address):
                yield address


def is_answered(address: str) -> bool:
    path = address.partition("?")[0]
    for pattern, sample in SAMPLES.items():
        path = re.sub(pattern, sample, path)
    try:
        resolve(path or "/")
    except Resolver404:
        return False
    return True


def test_every_address_of_the_pages_is_one_of_ours():
    assert [
        f"{named(page)}: {address}"
        for page in FOLLOWED
        for address in addresses_in(page)
        if not is_answered(address)
    ] == []


# --- words of the interface

READERS = sorted([ROOT / "README.md", *(ROOT / "docs/users").glob("*.md")])
NOT_OURS = {
    "Améliorer la mobilité des 15-25 ans",
    "improve young people's mobility",
    "no",
}  # what people said


def plain(text: str) -> str:
    spaced = re.sub(r"[\s\u00a0]+", " ", re.sub(r"<[^>]+>", "", text))
    return spaced.replace("’", "'").strip(" .…,").lower()


@cache
def sentences() -> set[str]:
    """Every sentence of the interface, in both languages."""
    found = set()
    for block in (SOURCE / "locale/en/LC_MESSAGES/django.po").read_text().split("\n\n"):
        for part in re.split(r"^msg\w+(?:\[\d\])? ", block, flags=re.MULTILINE):
            found.add(plain("".join(ast.literal_eval(line) for line in part.splitlines() if line[:1] == '"')))
    return found


@pytest.mark.parametrize("page", READERS, ids=[page.name for page in READERS])
def test_what_a_page_quotes_of_the_interface_is_said_there(page):
    quoted = {french or english for french, english in QUOTED.findall(CODE.sub("", said(page)))} - NOT_OURS
    assert sorted(words for words in quoted if plain(words) not in sentences()) == []


# --- refusals

TROUBLES = ROOT / "docs/operate/troubleshooting.md"
# Benches are for who changes the product; the detail of a log, and a row of a file, complete another line.
LEFT_OUT = ("config/bench/", "config/server/launch.py")


ENOUGH = 18  # signs: the page may cut a line short


def bare(text: str) -> str:
    """The words alone: what a line quotes or fills in differs from the page's punctuation."""
    return " ".join(re.findall(r"[\w-]+", text.lower()))


def literals_of(said: ast.expr) -> list[str]:
    parts = said.values if isinstance(said, ast.JoinedStr) else [said]
    return [bare(str(part.value)) for part in parts if isinstance(part, ast.Constant)]


def is_refusal(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "CannotStart"
        and bool(node.args)
    )


def refusals() -> Iterator[tuple[str, list[str]]]:
    """Each refusal of a command, by the pieces of it that never vary."""
    for path in sorted((SOURCE / "config").rglob("*.py")):
        where = str(path.relative_to(SOURCE))
        if not where.startswith(LEFT_OUT):
            calls = filter(is_refusal, ast.walk(ast.parse(path.read_text())))
            yield from ((f"{where}:{call.lineno}", literals_of(call.args[0])) for call in calls)


def test_every_refusal_of_a_command_is_in_the_page_of_troubles():
    page = bare(TROUBLES.read_text())
    assert [
        f"{where}: {' … '.join(pieces)}"
        for where, pieces in refusals()
        if (long := [piece for piece in pieces if len(piece) > 6])
        and not any(piece[:ENOUGH] in page for piece in long)
    ] == []


def test_every_line_of_the_page_of_troubles_is_said_by_a_program():
    """Cut at what varies, and at the commas between several lines: a piece of each must be in the sources."""
    folders = ("config", "demo", "thread/journal", "participation/imports")
    sources = [
        *(path for folder in folders for path in (SOURCE / folder).rglob("*.py")),
        ROOT / "bin/democratic",
    ]
    programs = bare(" ".join(path.read_text() for path in sources))
    lines = re.findall(
        r"^\| (?!Line|--)(.+?) \|", TROUBLES.read_text().partition("## On the pages")[0], re.MULTILINE
    )
    told = [
        piece
        for line in lines
        for each in line.split(", ")
        for piece in [max(map(bare, each.split("…")), key=len)]
    ]
    assert [piece for piece in told if piece[:ENOUGH] not in programs] == []
