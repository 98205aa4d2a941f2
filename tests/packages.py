"""The export of an authority, opened and changed by who carries it."""

import hashlib
import json
import zipfile

from democratic.config.portable.container import MANIFEST


def members(path):
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rewritten(path, change):
    """Someone changes members, and the manifest with them."""
    found = members(path)
    before = dict(found)
    change(found)
    assert found != before
    manifest = json.loads(found[MANIFEST])
    manifest["sha256"] = {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name != MANIFEST
    }
    found[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as written:
        for name, content in found.items():
            written.writestr(name, content)
