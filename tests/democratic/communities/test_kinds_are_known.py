"""Every program that reads the journal knows every kind of Entry, whatever else it imports."""

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src"
ASK = """
import django, pathlib, re, sys
django.setup()
from democratic.thread.events import upcast
declared = {
    kind for path in pathlib.Path(sys.argv[1]).rglob("*.py") if "migrations" not in path.parts
    for kind in re.findall(r'= event\\(\\s*"([a-z_]+)"', path.read_text())
}
unknown = []
for kind in sorted(declared):
    try:
        upcast(kind, 1, {})
    except KeyError as fault:
        if fault.args == (kind,):
            unknown.append(kind)
print(len(declared), unknown)
"""


def test_django_alone_declares_every_kind():
    asked = [sys.executable, "-c", ASK, str(SOURCE / "democratic")]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout.split(" ", 1)
    assert int(said[0]) >= 30
    assert said[1].strip() == "[]"
