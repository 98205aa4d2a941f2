"""``bin/run``: database, migrations, demo, then web, worker and sequencer under one supervisor."""

from democratic.config.server.options import parse


def main(argv: list[str]) -> int:
    options = parse(argv)
    # After the options: their --help needs nothing installed.
    from democratic.config.server.life import live  # noqa: PLC0415

    return live(options)
