"""``democratic bench pages``: requests a second, latencies, queries and bytes, on a throw-away installation."""

import argparse
import sys
from multiprocessing import get_context

PAGES_HELP = "home, process, list, idea, fil, search, commitments, map, and three acts"


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    for count in options.ideas:
        # A process for each size: Django's settings are read once, and each size has its own database.
        child = get_context("spawn").Process(target=_measure, args=(count, options))
        child.start()
        child.join()
        if child.exitcode:
            return child.exitcode
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="democratic bench")
    parser.add_argument("what", choices=["pages"], help=PAGES_HELP)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--each", type=int, default=5, help="comments, and supports, of each idea")
    parser.add_argument("--neighbours", type=int, default=0, help="other authorities, as large")
    parser.add_argument("--seconds", type=int, default=4, help="of each measure")
    parser.add_argument("--workers", type=int, default=2)
    return parser


def _measure(ideas: int, options: argparse.Namespace) -> None:
    from democratic.config.bench.installation import prepared, running  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.fill import Size, fill  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.pages import measured  # noqa: PLC0415

        size = Size(ideas, options.each, options.each, options.neighbours)
        filled = fill(size)
        say = sys.stdout.write
        say(f"\n## {size}, {options.workers} workers, 8 connections\n\n")
        say("| page or act | req/s | p50 ms | p95 ms | p99 ms | errors | SQL, warm | bytes, gzip |\n")
        say("|---|---|---|---|---|---|---|---|\n")
        with running(options.workers) as installation:
            for row in measured(installation.base, filled, seconds=options.seconds):
                m = row.measure
                cells = (f"{m.per_second:.0f}", f"{m.p50:.1f}", f"{m.p95:.1f}", f"{m.p99:.1f}", m.errors)
                say(
                    f"| {row.what} | {' | '.join(map(str, cells))} | {_or_dash(row.queries)} | {_or_dash(row.bytes)} |\n"
                )
                sys.stdout.flush()


def _or_dash(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"
