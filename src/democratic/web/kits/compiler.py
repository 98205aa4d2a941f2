"""The program that composes: started for one sheet, then gone, with the memory that its engine takes.

``python -I compiler.py SHEETS FONTS…``: on standard input ``[{"sheet", "data", "at", "form"}, …]`` (``form``: "pdf";
"svg", or "png:PPI", the first page); on standard output each file in turn, after eight bytes that say how long it is. It is
run by its path, with no environment, imports nothing of ours, reads no file but the templates and our fonts, and
downloads no package.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

SECONDS, MEMORY = 20, 2 << 30  # of processor; of addresses, most of which its threads reserve and never use


def main(sheets: str, *fonts: str) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    import typst  # noqa: PLC0415  after the limits

    for asked in json.load(sys.stdin):
        compiler = typst.Compiler(
            str(Path(sheets) / f"{asked['sheet']}.typ"),
            root=sheets,
            font_paths=list(fonts),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(asked["data"])},
            package_path="/nonexistent",
            package_cache_path="/nonexistent",
        )
        made = composed(compiler, asked)
        sys.stdout.buffer.write(len(made).to_bytes(8, "big") + made)


def composed(compiler: Any, asked: dict[str, Any]) -> bytes:
    if asked["form"] == "pdf":  # ISO 14289-1: every mark is tagged, or it refuses
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=asked["at"])
    elif asked["form"].startswith("png"):  # at 72, a point is a pixel
        made = compiler.compile(format="png", ppi=float(asked["form"].partition(":")[2] or 72))
    else:
        made = compiler.compile(format="svg")
    first: bytes = (made[0] if isinstance(made, list) else made) or b""
    return first


if __name__ == "__main__":
    main(*sys.argv[1:])
