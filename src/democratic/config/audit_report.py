"""What pip-audit wrote, told in a few lines and an exit code. Run by bin/audit."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from democratic.config.server.progress import say


def main(argv: list[str]) -> int:
    packages = _read(Path(argv[0]))
    weak = [each for each in packages if each.get("vulns")]
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    for each in weak:
        for vuln in each["vulns"]:
            mended = ", ".join(vuln["fix_versions"]) or "none yet"
            say(f"{each['name']} {each['version']}: {vuln['id']}, mended in {mended}")
    if weak:
        return 1
    if unknown or not packages:
        which = f"{len(unknown)} of {len(packages)} packages" if packages else "any package"
        say(f"NOT AUDITED: the database of weaknesses could not be asked about {which}.")
        return 2 if os.environ.get("CI") == "true" else 0
    say(f"{len(packages)} packages were looked up: none is known to be weak.")
    return 0


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_text())["dependencies"]
    except (OSError, ValueError, KeyError):
        return []
    return list(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
