"""The program that reads one page of a scan: started for that page, bounded, then gone.

``python -I program.py``: on standard input one line of JSON ``{"page", "most", "layouts": {run: layout}}``, then the file;
on standard output one line of JSON, then the bytes of each picture that it names. It is run by its path, with no
environment, and imports nothing of ours but the modules beside it: no secret, no database, no setting.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY, SECONDS, OUTPUT = 900_000_000, 12, 16_000_000


def bind() -> None:
    """Less than the parent allows itself, before a byte is read. Half of the addresses are of libraries."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENCV_OPENCL_RUNTIME="disabled")


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    from opening import open_page  # type: ignore[import-not-found]  # noqa: PLC0415  after the limits, by its path
    from straight import read_page  # type: ignore[import-not-found]  # noqa: PLC0415  likewise

    pages, picture = open_page(content, asked["page"], asked["most"])
    told, parts = read_page(picture, asked["layouts"])
    return {"pages": pages, **told}, parts


def peak_kilobytes() -> int:
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123  one import less
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main() -> None:
    bind()
    sys.path.insert(0, str(Path(__file__).parent))  # -I leaves it out
    parts: list[bytes] = []
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        told, parts = answer(asked, sys.stdin.buffer.read())
    except MemoryError:
        told = {"state": "too_large"}
    except Exception as error:  # noqa: BLE001  whatever a decoder raises on such a file, it cannot be read
        said = str(error) if type(error).__name__ == "Refused" else ""
        is_bomb = type(error).__name__.startswith("DecompressionBomb")
        told = {"state": said or ("too_large" if is_bomb else "broken"), "error": type(error).__name__}
    told |= {"sizes": [len(part) for part in parts], "peak": peak_kilobytes()}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(parts))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
