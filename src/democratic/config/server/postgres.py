"""One PostgreSQL server of ours: made, started, watched and stopped by us, its parent."""

import re
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from democratic.config.server.cluster import (
    ADMIN,
    DATABASE,
    ENVIRONMENT,
    PORT,
    ROLE,
    create_cluster,
    ensure_database,
    socket_url,
)
from democratic.config.server.errors import CannotStart
from democratic.config.server.postmaster import end_orphans, read_postmaster
from democratic.config.server.processes import bury, has_ended, spawn
from democratic.config.server.system_user import SystemUser
from democratic.config.server.tuning import standard_settings

NO_SPACE = "No space left on device"
Pause = Callable[[float], None]


@dataclass
class Postgres:
    """``data_dir`` may not exist yet; ``socket_dir`` must, 0700, at most 92 bytes long.

    The passwords must be those that the data were made with: keep them with the data.
    """

    FAST: ClassVar[int] = signal.SIGINT
    IMMEDIATE: ClassVar[int] = signal.SIGQUIT

    data_dir: Path
    socket_dir: Path
    bin_dir: Path
    user: SystemUser | None = None
    log: Path | None = None
    password: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    admin_password: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _log_start: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self.log = self.log or self.data_dir.parent / "postgresql.log"

    def url(self, dbname: str = DATABASE) -> str:
        return socket_url(self.socket_dir, ROLE, self.password, dbname)

    @property
    def admin_url(self) -> str:
        return socket_url(self.socket_dir, ADMIN, self.admin_password, "postgres")

    def start(self, *, retry_for: float = 15.0, pause: Pause = time.sleep) -> None:
        """Serving when it returns. Call it from the main thread: the server ends with its starter.

        It retries, as processes of an earlier life may hold its memory for a moment, and waits without
        limit while the server replays, after a crash, what it had acknowledged.
        """
        deadline = time.monotonic() + retry_for
        self.make_ready_to_spawn(pause)
        try:
            while not self._serves_soon(pause):
                self._refuse_after(deadline)
                pause(0.2)
        except BaseException:
            self.stop()
            raise
        self.ensure_database()

    def make_ready_to_spawn(self, pause: Pause = time.sleep) -> None:
        create_cluster(self, self._major(), pause)
        self._stop_previous()

    def ensure_database(self) -> None:
        ensure_database(self.admin_url, self.password)

    def spawn(self) -> subprocess.Popen[bytes]:
        self._log_start = self.log_size()
        end_orphans(self.data_dir)
        environment = dict(ENVIRONMENT)
        earlier = read_postmaster(self.data_dir)
        if earlier and earlier.is_someone() and not earlier.serves(self.data_dir):
            # After a reboot another program may bear the number written in postmaster.pid, and PostgreSQL
            # would take it for a living server. It holds this one number for its starter's, never a rival's;
            # its check of shared memory still stands. So nobody has to remove its file, ever.
            environment["PG_GRANDPARENT_PID"] = str(earlier.pid)
        options = [f"--{name}={value}" for name, value in (standard_settings() | dict(self.settings)).items()]
        self.process = spawn(
            [
                self.bin_dir / "postgres",
                "-D",
                self.data_dir,
                "-k",
                self.socket_dir,
                *options,
                f"--port={PORT}",
                "--listen_addresses=",
                "--unix_socket_permissions=0700",
                "--logging_collector=off",
            ],
            log=self.log,
            env=environment,
            user=self.user,
            death_signal=self.FAST,
        )
        return self.process

    def is_ready(self) -> bool:
        now = read_postmaster(self.data_dir)
        return now is not None and self.process is not None and now.pid == self.process.pid and now.is_ready

    def stop(self, *, within: float = 60.0) -> None:
        """Fast stop: no client waited for, everything written. The ever harsher ways lose nothing either."""
        process, self.process = self.process, None
        if process is None:
            return
        for signum, patience in ((self.FAST, within), (self.IMMEDIATE, 10.0), (signal.SIGKILL, 10.0)):
            if not has_ended(process):
                process.send_signal(signum)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
            return

    def why_not(self) -> str:
        words = self.last_words(self._log_start)
        if NO_SPACE in words:
            return "Le disque est plein : libérez au moins 500 Mo, puis relancez. Rien n'est perdu."
        return f"PostgreSQL ne démarre pas : {words} (détail : {self.log})"

    def last_words(self, start: int) -> str:
        """The reason that the log gives, since that byte."""
        with self._log_path().open("rb") as file:
            file.seek(start)
            lines = [line for line in file.read().decode(errors="replace").splitlines() if line.strip()]
        telling = [line for line in lines if re.search(rf"FATAL|PANIC|error:|{NO_SPACE}", line)]
        return re.sub(r"^.*?(FATAL|PANIC|error): *", "", (telling or lines or ["sans un mot"])[-1])

    def log_size(self) -> int:
        path = self._log_path()
        return path.stat().st_size if path.exists() else 0

    def _log_path(self) -> Path:
        return self.log or self.data_dir.parent / "postgresql.log"

    def _major(self) -> int:
        asked = subprocess.run(  # noqa: S603 -- our own server's program
            [self.bin_dir / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return int(re.findall(r"\d+", asked.stdout)[0])

    def _serves_soon(self, pause: Pause) -> bool:
        """False when it ended instead."""
        process = self.spawn()
        while not self.is_ready():
            if has_ended(process):
                bury(process, whole_group=False)
                return False
            pause(0.05)
        return True

    def _refuse_after(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise CannotStart(self.why_not())

    def _stop_previous(self) -> None:
        """A server left on our data by a life that was killed stops cleanly before ours starts."""
        earlier = read_postmaster(self.data_dir)
        if earlier is None or not earlier.serves(self.data_dir):
            return
        stopped = subprocess.run(  # noqa: S603 -- our own server's program
            [self.bin_dir / "pg_ctl", "stop", "-D", self.data_dir, "-m", "fast", "-w", "-t", "60"],
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
            cwd="/",
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
        )
        if stopped.returncode and earlier.serves(self.data_dir):
            raise CannotStart(
                f"Une base oubliée (processus {earlier.pid}) ne s'arrête pas : arrêtez-la, puis relancez."
            )
