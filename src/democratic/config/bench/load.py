"""Load by wrk on loopback, bounded in time; its Lua script prints the percentiles that wrk leaves out."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from democratic.config.server.errors import CannotStart

_DONE = """
done = function(summary, latency, requests)
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  io.write(string.format('\\n@{"requests":%d,"duration":%d,"p50":%f,"p95":%f,"p99":%f,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, errors))
end
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """Requests a second, and milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int


def measure(url: str, *, seconds: int, connections: int = 8, script: str = "", cookie: str = "") -> Measure:
    """A closed loop of ``connections`` clients. CannotStart: wrk is not installed."""
    program = shutil.which("wrk")
    if program is None:
        raise CannotStart("Il faut wrk pour mesurer : sudo apt install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        Path(lua.name).write_text(script + _DONE)
        headers = ["-H", f"Cookie: {cookie}"] if cookie else []
        command = [program, "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "-s", lua.name]
        run = subprocess.run(  # noqa: S603  our own arguments, on loopback
            [*command, "-H", "Accept-Encoding: gzip", *headers, url],
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + 30,
        )
    said = json.loads(next(line[1:] for line in run.stdout.splitlines() if line.startswith("@")))
    rate = said["requests"] / (said["duration"] / 1_000_000)
    return Measure(rate, said["p50"], said["p95"], said["p99"], said["errors"])


_COUNT = "local n = math.random(1, 1000000000)"


def asking(path: str) -> str:
    """A script that reads ``path``; ``%d`` in it is a number that never comes twice."""
    return f"""
{_COUNT}
request = function()
  n = n + 1
  return wrk.format("GET", string.format({json.dumps(path)}, n))
end
"""


def posting(body: str) -> str:
    """A script that posts ``body``, numbered in the same way."""
    return f"""
{_COUNT}
request = function()
  n = n + 1
  return wrk.format("POST", nil, {{
    ["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin"
  }}, string.format({json.dumps(body)}, n))
end
"""
