"""``democratic bench``: pages and acts in requests a second, a sheet of answers in seconds, on throw-away installations."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from multiprocessing import get_context

from democratic.config.bench.size import Size, Step
from democratic.config.server.parser import Parser

KINDS = {
    "pages": "accueil, concertation, liste, idée, fil, recherche, engagements, carte, et quatre actes",
    "sizes": "les mêmes, dans une petite ville et une grande, tour à tour",
    "isolation": "les mêmes, dans une ville seule et une ville qui a des voisines, tour à tour",
    "answers": "une feuille de réponses : faite, lue, écrite en brouillons",
    "kits": "les feuilles à imprimer, composées chaque fois",
    "desk": "le bureau et ses files, lus par un agent",
    "reach": "formulaires numérisés, saisies de la rue, messages reçus, traités et envoyés",
    "live": "une rencontre suivie par des milliers d'écrans, et ses votes",
    "wall": "le mur et la file d'une rencontre, avec deux mille questions et deux mille mains levées",
}


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    if options.what in ("sizes", "isolation"):
        return _compare(options)
    runs = (
        [(measure, 0) for measure in REACHES]
        if options.what == "reach"
        else [(MEASURES[options.what], size) for size in _sizes(options)]
    )
    for measure, size in runs:
        # A process for each: Django's settings are read once, and each has its own database.
        child = get_context("spawn").Process(target=measure, args=(size, options))
        child.start()
        child.join()
        if child.exitcode:
            return child.exitcode
    return 0


def _sizes(options: Namespace) -> list[int]:
    by_kind: dict[str, list[int]] = {"live": options.streams, "wall": [options.questions]}
    sizes: list[int] = by_kind.get(options.what, options.ideas)
    return sizes


def _parser() -> Parser:
    parser = Parser("bench", "Mesurer la vitesse, dans une base à part.")
    what = " ; ".join(f"{kind} : {told}" for kind, told in KINDS.items())
    parser.add_argument("what", choices=list(KINDS), help=what)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1000, 10000], help="par ville (1000 10000)")
    parser.add_argument("--pages", type=int, default=40, help="numérisées, pour reach (40 ; 0 : aucune)")
    parser.add_argument("--street", type=int, default=500, help="saisies de la rue, pour reach (500)")
    parser.add_argument("--messages", type=int, default=5000, help="reçus, pour reach (5000)")
    parser.add_argument("--outbound", type=int, default=10000, help="messages à envoyer, pour reach (10000)")
    parser.add_argument("--rate", type=int, default=200, help="par seconde, que le canal permet (200)")
    parser.add_argument("--each", type=int, default=5, help="commentaires, et soutiens, de chaque idée (5)")
    parser.add_argument("--neighbours", type=int, default=0, help="d'autres collectivités, aussi grandes (0)")
    parser.add_argument("--seconds", type=int, default=4, help="de chaque mesure (4)")
    parser.add_argument(
        "--rounds", type=int, default=7, help="de deux villes : fois que chacune est mesurée (7)"
    )
    parser.add_argument(
        "--streams", type=int, nargs="+", default=[5000, 9500], help="écrans, pour live (5000 9500)"
    )
    parser.add_argument("--events", type=int, default=20, help="d'une rencontre, pour live (20)")
    parser.add_argument("--votes", type=int, default=2000, help="par seconde, pour live (2000 ; 0 : aucun)")
    parser.add_argument("--questions", type=int, default=2000, help="et mains levées, pour wall (2000)")
    parser.add_argument("--workers", type=int, default=2, help="processus (2)")
    return parser


def _measure(ideas: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared, running  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.desk import AT_ONCE, desk_probes  # noqa: PLC0415
        from democratic.config.bench.desk_fill import fill_desk  # noqa: PLC0415
        from democratic.config.bench.fill import fill, sweep  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.pages import probes  # noqa: PLC0415

        size = Size(ideas, options.each, options.each, options.neighbours)
        filled = fill(size)
        if options.what == "desk":
            fill_desk(filled, ideas=ideas)
        probing, at_once = (desk_probes, AT_ONCE) if options.what == "desk" else (probes, 8)
        _say(f"\n## {size}, {options.workers} workers, {at_once} connections\n\n")
        _say("| page or act | req/s | p50 ms | p95 ms | p99 ms | errors | SQL, warm | bytes, gzip |\n")
        _say("|---|---|---|---|---|---|---|---|\n")
        with running(options.workers) as installation:
            sweep()  # what the sequencer and the projections have just written
            for probe in probing(installation.base, filled):
                m = probe.run(options.seconds)
                cells = (f"{m.per_second:.0f}", f"{m.p50:.1f}", f"{m.p95:.1f}", f"{m.p99:.1f}", m.errors)
                known = (_or_dash(probe.queries), _or_dash(probe.bytes))
                _say(f"| {probe.what} | {' | '.join(map(str, (*cells, *known)))} |\n")


def _measure_answers(ideas: int, _options: Namespace) -> None:
    from democratic.config.bench.installation import prepared  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.answers import measure_answers  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.fill import fill_ideas  # noqa: PLC0415

        process = fill_ideas(ideas)
        _say(
            f"\n## {ideas:,} answers on a sheet\n\n"
            "| step | seconds | worked, Python | worked, database | |\n|---|---|---|---|---|\n"
        )
        for step in measure_answers(process):
            took = step.seconds
            cells = f"{took.passed:.1f} | {took.ours:.1f} | {took.database:.1f}"
            _say(f"| {step.what} | {cells} | {step.detail} |\n")


def _measure_kits(ideas: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.fill import fill  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.kits import kits_timed  # noqa: PLC0415

        size = Size(ideas, options.each, options.each, options.neighbours)
        _say(
            f"\n## Kits, {size}\n\n| kit | language | p50 ms | p95 ms | longest ms | bytes |\n|---|---|---|---|---|---|\n"
        )
        for each in kits_timed(fill(size)):
            times = " | ".join(f"{taken * 1000:.0f}" for taken in (each.p50, each.p95, each.longest))
            _say(f"| {each.kit} | {each.language} | {times} | {each.weight:,} |\n")


def _measure_pages(_size: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared  # noqa: PLC0415  heavy

    if not options.pages:
        return
    with prepared():
        from democratic.config.bench.reach import reach_timed  # noqa: PLC0415  needs Django set up

        _say_steps(f"{options.pages} scanned forms", reach_timed(options.pages))


def _measure_street(_size: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared  # noqa: PLC0415  heavy

    if not options.street:
        return
    with prepared():
        from democratic.config.bench.street import street_timed  # noqa: PLC0415  needs Django set up

        _say_steps(f"{options.street} street records", [street_timed(options.street, options.workers)])


def _measure_messages(_size: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared  # noqa: PLC0415  heavy

    if not options.messages:
        return
    with prepared():
        from democratic.config.bench.messages import messages_timed  # noqa: PLC0415  needs Django set up

        timed = messages_timed(options.messages, options.outbound, options.rate)
        _say_steps(f"{options.messages} messages in, {options.outbound} out", timed)


def _measure_live(streams: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared, running  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.live import live_timed, load_of_machine  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.live_meeting import open_meeting  # noqa: PLC0415

        meeting = open_meeting()
        with running(options.workers, "democratic.config.commands.bench_teller") as installation:
            asked = {"streams": streams, "events": options.events, "votes": options.votes}
            steps = live_timed(meeting, installation, **asked, seconds=max(options.seconds, 1))
            _say_steps(f"{streams} screens, {options.workers} workers, load {load_of_machine()}", steps)


def _measure_wall(number: int, options: Namespace) -> None:
    from democratic.config.bench.installation import prepared, running  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.live import load_of_machine  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.live_meeting import open_meeting  # noqa: PLC0415
        from democratic.config.bench.wall import TO_REACH, wall_timed  # noqa: PLC0415

        meeting = open_meeting()
        with running(options.workers) as installation:
            title = (
                f"{number} questions, {number} hands, load {load_of_machine()}; to reach: p95 {TO_REACH} ms"
            )
            steps = wall_timed(meeting, installation.base, number=number, seconds=max(options.seconds, 1))
            _say_steps(title, steps)


def _say_steps(title: str, steps: Iterable[Step]) -> None:
    _say(f"\n## {title}\n\n| step | seconds | |\n|---|---|---|\n")
    for step in steps:
        _say(f"| {step.what} | {step.seconds:.1f} | {step.detail} |\n")


REACHES = (_measure_pages, _measure_street, _measure_messages)
MEASURES = {
    "pages": _measure,
    "desk": _measure,
    "answers": _measure_answers,
    "kits": _measure_kits,
    "live": _measure_live,
    "wall": _measure_wall,
}


def _compare(options: Namespace) -> int:
    from statistics import median  # noqa: PLC0415  heavy, for `--help`

    from democratic.config.bench.turn_by_turn import compared  # noqa: PLC0415

    small, large = min(options.ideas), max(options.ideas)
    first = Size(small, options.each, options.each)
    second = replace(first, ideas=large)
    if options.what == "isolation":
        second = replace(first, neighbours=options.neighbours)
    _say(f"\n## {first}, then {second}\n\n")
    _say(
        f"{options.rounds} turns of {options.seconds} s in each, {options.workers} workers, 8 connections\n\n"
    )
    _say("| page or act | req/s, first | req/s, second | cost | of single pairs |\n|---|---|---|---|---|\n")
    costs = []
    for each in compared(
        first, second, workers=options.workers, rounds=options.rounds, seconds=options.seconds
    ):
        costs.append(median(each.costs))
        between = f"{each.costs[0]:.2f} to {each.costs[-1]:.2f}"
        _say(f"| {each.what} | {each.first:.0f} | {each.second:.0f} | {costs[-1]:.2f} | {between} |\n")
    _say(f"\ncost at the median of pages and acts: {median(costs):.3f}\n")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _or_dash(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"
