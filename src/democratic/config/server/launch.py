"""The steps of ``bin/run`` between an empty machine and the first page."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from democratic.config.places import ROOT, Places
from democratic.config.server import installation, preparation
from democratic.config.server.audience import is_production
from democratic.config.server.checks import answers_at, examine_database
from democratic.config.server.database import PUBLIC
from democratic.config.server.embedded import embedded_postgres, fresh_log
from democratic.config.server.errors import CannotStart
from democratic.config.server.interrupts import Interrupts
from democratic.config.server.options import Options
from democratic.config.server.postgres import Postgres
from democratic.config.server.processes import bury, has_ended, signal_group, spawn
from democratic.config.server.progress import Progress, say
from democratic.config.server.services import Pages, command, database_service, environment, our_service
from democratic.config.server.supervisor import Supervisor, last_line

ARCHIVE = "DEMOCRATIC_ARCHIVE"
DATABASE_WITHIN = 900.0  # seconds: after a crash it replays what it had acknowledged
WEB_WITHIN = 60.0
STOPPED_WITHIN = 50  # tenths of a second


@dataclass
class Launch:
    options: Options
    place: Places
    supervisor: Supervisor
    interrupts: Interrupts
    progress: Progress
    env: Mapping[str, str] = field(default_factory=dict)
    server: Postgres | None = None

    def go(self) -> None:
        self._refuse_public_demonstration()
        with self.progress.step(2, "Base de données"):
            url = self._open_database()
        self._tell_where()
        self.env = environment(self.place, url, self.options.address)
        installation.note(self.place, public=self.env[PUBLIC])
        with self.progress.step(3, "Mise à jour des tables et des fichiers publiés"):
            self._migrate(url)
            self._refuse_without_authority(url)
            self._refuse_unfit_for_the_public()
        if self.options.demo:
            with self.progress.step(4, "Territoire de démonstration"):
                self._load_demo(url)
        with self.progress.step(5, "Démarrage des services"):
            self._start_services()
        self._welcome()

    def _tell_where(self) -> None:
        """Where a part of the database could not lie in var, the operator must know."""
        if self.server and not self.server.data_dir.is_relative_to(self.place.var):
            say(f"    (dossier fermé aux autres comptes : la base est dans {self.server.data_dir.parent})")
        elif self.server and not self.server.socket_dir.is_relative_to(self.place.var):
            say(f"    (chemin trop long pour une socket : elle est dans {self.server.socket_dir})")

    def _open_database(self) -> str:
        if url := os.environ.get("DATABASE_URL"):
            examine_database(url)
            self.supervisor.ground = partial(answers_at, url)
            installation.note(self.place, database={"external": True})
            return url
        self.server = server = embedded_postgres(self.place)
        server.make_ready_to_spawn(self._wait)
        self.supervisor.start(database_service(server, self.place))
        self._wait_for("base", DATABASE_WITHIN)
        server.ensure_database()
        examine_database(server.url())
        installation.note(self.place, database={"socket_dir": str(server.socket_dir)})
        return server.url()

    def _migrate(self, url: str) -> None:
        if not preparation.is_migrated(self.place, url):
            self._do("migrate", ["migrate"], "Les tables n'ont pas pu être mises à jour")

    def _refuse_public_demonstration(self) -> None:
        if self.options.demo and is_production(os.environ):
            raise CannotStart(
                "La démonstration n'ouvre pas au public : ajoutez --no-demo. Chacun y entre"
                " au bureau sans mot de passe."
            )

    def _refuse_without_authority(self, url: str) -> None:
        if not self.options.demo and not preparation.has_authority(url):
            raise CannotStart(
                "Aucune collectivité n'est encore ouverte ici. Ouvrez la vôtre, puis relancez :"
                " bin/democratic open-authority NOM-COURT --name NOM --kind GENRE"
            )

    def _refuse_unfit_for_the_public(self) -> None:
        """By a program of its own: this one does without Django, and so starts at once when it may."""
        if is_production(os.environ):
            self._do("check", ["check"], "Cette installation ne peut pas ouvrir au public", fresh=True)

    def _load_demo(self, url: str) -> None:
        """Once for this database: afterwards it is no longer empty, and asking would load Django."""
        if preparation.has_demo(self.place, url):
            return
        hint = "Sans elle : bin/run --no-demo. La démonstration n'a pas pu être créée"
        self._do("demo", ["demo", "load", "--if-empty"], hint)
        accounts = self._do("accounts", ["demo", "accounts"], hint, fresh=True)
        preparation.mark_demo(self.place, url, accounts)

    def _do(self, name: str, words: list[str], refusal: str, *, fresh: bool = False) -> str:
        """Run one of our commands to its end; what it wrote."""
        log = fresh_log(self.place.log / f"{name}.log")
        if fresh:
            log.unlink(missing_ok=True)
        start = log.stat().st_size if log.exists() else 0
        process = spawn(command(*words), log=log, env=self.env, cwd=ROOT)
        code = self._finish(process)
        if code:
            raise CannotStart(f"{refusal} : {last_line(log)} (détail : {log})")
        return log.read_bytes()[start:].decode(errors="replace")

    def _finish(self, process: subprocess.Popen[bytes]) -> int:
        try:
            while not has_ended(process):
                self.supervisor.look()
                self.progress.beat()
        except BaseException:
            signal_group(process, signal.SIGTERM)
            self._leave_time_to(process)
            signal_group(process, signal.SIGKILL)
            bury(process)
            raise
        return bury(process)

    def _leave_time_to(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(STOPPED_WITHIN):
            if has_ended(process):
                return
            self.interrupts.pause(0.1)

    def _start_services(self) -> None:
        options = self.options
        web = ["web", "--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
        pages = Pages(options.host, options.port)
        self.supervisor.start(pages.service(command(*web), self.env, self.place))
        # Its first page first: loaded together, the three would share the cores and come later.
        self._wait_for("web", WEB_WITHIN, pages.answer)
        for name in ("worker", "sequencer", *self._beside()):
            self.supervisor.start(our_service(name, command(name), self.env, self.place))
        self._wait_for("web", WEB_WITHIN)
        installation.note(self.place, web=options.address)

    def _beside(self) -> list[str]:
        """What follows the database from a second place: an external one has followers of its own."""
        return ["archiver"] if self.server and os.environ.get(ARCHIVE) else []

    def _wait_for(self, name: str, within: float, found: Callable[[], bool] | None = None) -> None:
        self.supervisor.wait_for(name, found, within=within, beat=self.progress.beat)

    def _welcome(self) -> None:
        say(f"6/6 C'est prêt : {self.options.address}   (Ctrl-C arrête tout)")
        if self.options.demo and (accounts := preparation.demo_accounts(self.place).strip()):
            say(f"\n{accounts}\n")

    def _wait(self, seconds: float) -> None:
        self.progress.beat()
        self.interrupts.pause(seconds)
