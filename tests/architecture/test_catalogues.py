"""The catalogues say what the sources say: nothing missing, nothing left over, nothing half translated."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext, override
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/democratic"
LANGUAGES = ("en", "fr")
REMEDY = "run bin/messages, then translate what it says is missing"

SAYS_ONE = {"gettext", "gettext_lazy", "gettext_noop"}
SAYS_MANY = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z]")
MARKUP = re.compile(r"</?[a-z][^>]*>|&\w+;")
FRENCH_TYPE = re.compile(r"[«»]|[ \u00a0\u202f](?:[?!;:]|%%)")


@dataclass
class Entry:
    """One sentence of a catalogue; ``said`` has one form, or one for each plural."""

    one: str = ""
    many: str = ""
    said: list[str] = field(default_factory=list)
    flags: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.one, self.many


# What a line of a catalogue begins with, and its text: « msgid "…" », or « "…" » for more of the same.
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")')


def entries_of(text: str) -> Iterator[Entry]:
    """The entries of a .po file, the header (an empty ``one``) first."""
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if found := LINE.fullmatch(line):
                name = found[1] or name
                parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
        if "msgid" in parts:
            said = [text for name, text in parts.items() if name.startswith("msgstr")]
            flags = " ".join(line for line in block.splitlines() if line.startswith("#,"))
            yield Entry(parts["msgid"], parts.get("msgid_plural", ""), said, flags)


@cache
def catalogue(language: str) -> list[Entry]:
    return list(entries_of((SOURCE / f"locale/{language}/LC_MESSAGES/django.po").read_text()))


def sentences(language: str) -> list[Entry]:
    return [entry for entry in catalogue(language) if entry.one]


def said_in_template(text: str) -> Iterator[tuple[str, str]]:
    """(one, many) of every sentence, read as Django's own extraction reads it."""
    literal = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    for name, arguments in re.findall(rf"\b(n?p?gettext|_)\(({literal}(?:, {literal})*)", templatize(text)):
        said = ast.literal_eval(f"({arguments},)")
        yield said[0], said[1] if name.startswith("n") else ""


@cache
def names_of_gettext(tree: ast.Module) -> dict[str, str]:
    """What a module calls Django's functions: {"_": "gettext_lazy"}."""
    return {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
    }


@cache
def calls_in(tree: ast.Module) -> list[tuple[str, ast.Call]]:
    names = names_of_gettext(tree)
    return [
        (names[node.func.id], node)
        for node in ast.walk(tree)
        if names and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def said_in_python(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for name, call in calls_in(tree):
        said = [each.value for each in call.args if isinstance(each, ast.Constant)]
        if said and name in SAYS_ONE:
            yield said[0], ""
        elif said and name in SAYS_MANY:
            yield said[0], said[1]


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in sorted(SOURCE.rglob("*.py"))}


@cache
def said_in_sources() -> dict[tuple[str, str], str]:
    """Each sentence with a file that says it."""
    found = {}
    for path, tree in modules().items():
        found |= dict.fromkeys(said_in_python(tree), str(path.relative_to(ROOT)))
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        found |= dict.fromkeys(said_in_template(path.read_text()), str(path.relative_to(ROOT)))
    # A sentence said alone and beside its plural is one entry of the catalogue, the one with the plural.
    with_plural = {one for one, many in found if many}
    return {said: path for said, path in found.items() if said[1] or said[0] not in with_plural}


def test_every_sentence_of_the_sources_is_in_the_catalogue():
    known = {entry.key for entry in sentences("en")}
    missing = [
        f"{path}: {one!r}" for (one, many), path in said_in_sources().items() if (one, many) not in known
    ]
    assert missing == [], REMEDY


def test_no_sentence_of_the_catalogue_has_left_the_sources():
    said = said_in_sources()
    assert [entry.one for entry in sentences("en") if entry.key not in said] == [], REMEDY


def test_every_sentence_is_translated():
    assert [entry.one for entry in sentences("en") if not all(entry.said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language):
    assert [entry.one for entry in catalogue(language) if "fuzzy" in entry.flags] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_its_two_forms(language):
    expected = {entry.one: 2 if entry.many else 1 for entry in sentences(language)}
    assert {entry.one: len(entry.said) for entry in sentences(language)} == expected


def values_in(text: str) -> list[str]:
    """What is filled in, and the markup: as many of each, in any order."""
    return sorted(PLACEHOLDER.findall(text) + MARKUP.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_sentence_does(language):
    wrong = []
    for entry in sentences(language):
        # The singular may say its number in a word, « one voice », in either language.
        first_may = {tuple(values_in(entry.one)), tuple(values_in(entry.many or entry.one))}
        last_must = tuple(values_in(entry.many or entry.one))
        if tuple(values_in(entry.said[0])) not in first_may or tuple(values_in(entry.said[-1])) != last_must:
            wrong.append((entry.one, entry.said))
    assert wrong == []


def test_no_english_sentence_keeps_french_typography():
    kept = [text for entry in sentences("en") for text in entry.said if FRENCH_TYPE.search(text)]
    assert kept == []


def test_no_english_sentence_uses_straight_quotes():
    straight = [
        text for entry in sentences("en") for text in entry.said if re.search(r"['\"]", MARKUP.sub("", text))
    ]
    assert straight == []


def test_no_sentence_is_put_together_before_it_is_translated():
    """An f-string or a sum is looked up after it is filled in, and never found."""
    made = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in modules().items()
        for name, call in calls_in(tree)
        if name in SAYS_ONE | SAYS_MANY
        and any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in call.args[: 1 + (name in SAYS_MANY)])
    ]
    assert made == []


def test_no_sentence_stands_inside_an_f_string():
    """There, gettext's extraction does not see it, and bin/messages would drop it from the catalogue."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in modules().items()
        for string in ast.walk(tree)
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and names_of_gettext(tree).get(call.func.id) in SAYS_ONE | SAYS_MANY
    ]
    assert hidden == [], "give it a name on a line of its own first"


def test_no_sentence_asks_for_a_context():
    """None is needed yet. The first one must teach this file to read contexts."""
    asked = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in modules().items()
        for name, call in calls_in(tree)
        if name in WITH_CONTEXT
    ]
    asked += [
        str(path.relative_to(ROOT))
        for path in sorted(SOURCE.rglob("*.html"))
        if re.search(r"\bn?pgettext\(", templatize(path.read_text()))
    ]
    assert asked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    with (SOURCE / f"locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    text: dict[object, str] = {}
    for entry in catalogue(language):
        if entry.many:
            text |= {(entry.one, form): said for form, said in enumerate(entry.said)}
        else:
            text[entry.one] = entry.said[0]
    assert compiled == text, "run bin/messages --compile"


def test_french_catalogue_repeats_the_sources_and_nothing_else():
    said = said_in_sources()
    wrong = [entry for entry in sentences("fr") if entry.said != [*entry.key] or entry.key not in said]
    assert wrong == [], REMEDY


@pytest.mark.parametrize(
    ("language", "one", "many", "n", "expected"),
    [
        ("fr", "%(n)s idée", "%(n)s idées", 0, "%(n)s idée"),
        ("fr", "%(n)s idée", "%(n)s idées", 2, "%(n)s idées"),
        # Said in words, the singular would tell of one voice where there was none.
        ("fr", "Une voix entendue", "%(n)s voix entendues", 0, "%(n)s voix entendues"),
        ("en", "%(n)s idée", "%(n)s idées", 0, "%(n)s ideas"),
        ("en", "%(n)s idée", "%(n)s idées", 1, "%(n)s idea"),
        ("en", "%(n)s idée", "%(n)s idées", 2, "%(n)s ideas"),
    ],
)
def test_nought_is_singular_in_french_and_plural_in_english(language, one, many, n, expected):
    with override(language):
        assert ngettext(one, many, n) == expected


def test_the_interface_speaks_english_to_who_asks_for_it():
    with override("en"):
        assert translated("Mon bureau") == "My desk"
    with override("fr"):
        assert translated("Mon bureau") == "Mon bureau"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Une idée" %}', [("Une idée", "")]),
        ("{% translate 'L’idée, 5 %' as x %}", [("L’idée, 5 %%", "")]),
        (
            "{% blocktranslate count n=n %}{{ n }} voix{% plural %}{{ n }} voix, toutes{% endblocktranslate %}",
            [("%(n)s voix", "%(n)s voix, toutes")],
        ),
        ("<p>gettext('une note')</p>{% comment %}{% translate 'Non' %}{% endcomment %}", []),
    ],
)
def test_a_template_is_read_as_django_reads_it(source, expected):
    assert list(said_in_template(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from django.utils.translation import gettext as _\n_('Une ' 'idée')", [("Une idée", "")]),
        ("from django.utils.translation import gettext_lazy as say\nsay('Oui')", [("Oui", "")]),
        (
            "from django.utils.translation import ngettext\nngettext('%d voix', '%d voix tues', n)",
            [("%d voix", "%d voix tues")],
        ),
        ("def _(text): return text\n_('Une idée')", []),
    ],
)
def test_a_module_is_read_by_its_own_names(source, expected):
    assert list(said_in_python(ast.parse(source))) == expected
