"""What we never do, looked for in the source itself."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from democratic.kernel.personal_data import NoPersonalData, PersonalData

ROOT = Path(__file__).parents[2]
SOURCE = sorted(p for p in (ROOT / "src").rglob("*.py") if "/migrations/" not in str(p))
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
OURS = ("kernel", "people", "thread", "messaging", "communities", "participation", "stewardship")


MIGRATIONS = sorted((ROOT / "src").rglob("migrations/0*.py"))
# What a migration takes away and a program of the version before may still ask for: before the first version only.
CONTRACTED = {
    "0002_no_inadmissible_reason.py": "before 0.1.0",
    "0003_evidence_shows_attachments.py": "before 0.1.0: what evidence shows went to thread_attachment",
    "0002_shared_cache.py": "before 0.1.0: the way back alone",
}


def offenders(pattern: str, paths: list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if found.search(line)
    ]


def test_a_migration_takes_nothing_away_from_the_program_that_runs_beside_it():
    """docs/operate/upgrade.md: a version expands, a later one contracts and says so in this list."""
    pattern = r"(Remove|Rename)Field|(Delete|Rename)Model|(?i:drop (column|table)|rename (column|to))"
    taken = {Path(place.split(":")[0]).name for place in offenders(pattern, MIGRATIONS)}
    assert taken == set(CONTRACTED)


@pytest.mark.parametrize(
    "pattern",
    [
        r"post_save|pre_save|post_delete|pre_delete|@receiver",
        r"GenericForeignKey|GenericRelation",
        r"def save\(self",
        r"except Exception:\s*pass",
        r"\bTODO\b|\bFIXME\b|\bXXX\b",
        r"\.raw\(|\.extra\(",
    ],
)
def test_the_source_never_does_this(pattern):
    no_model = "src/democratic/web/sessions.py"  # the interface of Django's session stores
    assert [o for o in offenders(pattern, SOURCE) if not o.startswith(no_model)] == []


def test_an_attribute_prints_words_without_the_tag_that_says_their_language():
    in_attribute = (
        r'(aria-label|title|alt|content|placeholder)="(?![^"]*blocktranslate)[^"]*{{ (?![^}]*\|plain }})'
    )
    assert offenders(in_attribute, TEMPLATES) == []


def test_the_domain_reads_the_time_from_its_clock_alone():
    domain = [path for path in SOURCE if "config" not in path.parts]
    assert offenders(r"datetime\.now\(|timezone\.now\(|date\.today\(|time\.time\(\)", domain) == []


def test_no_import_inside_a_function_without_its_reason():
    bare = []
    for path in SOURCE:
        lines = path.read_text().splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                bare += [
                    f"{path.relative_to(ROOT)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                    and "noqa: PLC0415" not in "".join(lines[inner.lineno - 1 : inner.end_lineno])
                ]
    assert bare == []


def test_no_template_carries_a_style_or_a_script_of_its_own():
    pages = [path for path in TEMPLATES if "email" not in path.parts]
    assert offenders(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:", pages) == []


def test_no_page_asks_a_third_party():
    assert offenders(r"(?:src|href|action)=\"(?:https?:)?//", TEMPLATES) == []


def test_no_template_marks_text_as_safe():
    allowed = {"shell.html"}
    assert [
        o
        for o in offenders(r"\|\s*safe\b|autoescape off", TEMPLATES)
        if Path(o.split(":")[0]).name not in allowed
    ] == []


@pytest.mark.parametrize("label", OURS)
def test_every_model_declares_on_itself_what_personal_data_it_keeps(label):
    silent = [
        model.__name__
        for model in apps.get_app_config(label).get_models()
        if not isinstance(getattr(model, "personal_data", None), PersonalData | NoPersonalData)
    ]
    assert silent == []


def test_no_two_jobs_wait_in_the_same_place():
    """Of two jobs with one queueing lock, the second is not put off while the first waits."""
    source = "".join(path.read_text() for path in SOURCE)
    locks = re.findall(r'queueing_lock="(\w+)"', source)
    assert len(locks) > 10
    assert sorted(locks) == sorted(set(locks))


def test_no_program_but_a_worker_at_work_loads_what_computes():
    """Numbers bring threads (numpy), which signals reach, and 30 MB that pages need nothing of."""
    ask = (
        "import sys, django; django.setup(); import democratic.config.urls;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "heavy = {'numpy', 'scipy', 'openpyxl', 'typst', 'vl_convert', 'cv2', 'zxingcpp', 'pypdfium2'};"
        "print(*sorted(heavy & sys.modules.keys()))"
    )
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == ""


def test_two_test_files_never_share_a_name():
    """They are imported by it: the second of them would not be collected."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, n in names.items() if n > 1] == []
