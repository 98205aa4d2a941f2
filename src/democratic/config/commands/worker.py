"""``democratic worker``: the jobs, one process; more of them may run on more machines."""

import os

import django

from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    Parser("worker", "Fait les tâches : courriels, oublis promis, entretien.").parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "democratic.config.settings")
    django.setup()
    from procrastinate import PsycopgConnector  # noqa: PLC0415
    from procrastinate.contrib.django import app, connector_params  # noqa: PLC0415  after django.setup()

    # Its own asynchronous connector: LISTEN needs a direct connection, kept open.
    with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as worker_app:
        # A job done leaves no row: there is one every five seconds.
        worker_app.run_worker(concurrency=2, shutdown_graceful_timeout=10, delete_jobs="successful")
    return 0
