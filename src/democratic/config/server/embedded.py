"""The installation's own PostgreSQL, put together from its places, programs and secrets."""

from pathlib import Path

from democratic.config.places import Places
from democratic.config.secrets import secret
from democratic.config.server.binaries import find_binaries, make_reachable
from democratic.config.server.homes import find_home, find_socket_dir
from democratic.config.server.postgres import Postgres

KEPT_LOG = 20_000_000  # bytes: above, the log of the life before is put aside at start
PASSWORD, ADMIN_PASSWORD = "database-password", "database-admin-password"


def embedded_postgres(place: Places) -> Postgres:
    home = find_home(place)
    found = make_reachable(find_binaries(home.major), home.user, home.folder)
    return Postgres(
        data_dir=home.data,
        socket_dir=find_socket_dir(home, place),
        bin_dir=found.folder,
        user=home.user,
        log=fresh_log(place.log / "postgresql.log"),
        password=secret(PASSWORD),
        admin_password=secret(ADMIN_PASSWORD),
    )


def fresh_log(path: Path) -> Path:
    if path.exists() and path.stat().st_size > KEPT_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path
