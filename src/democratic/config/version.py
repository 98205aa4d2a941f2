"""The version of this very code, as its one manifest says it."""

import tomllib

from democratic.config.places import ROOT

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
