"""The system account that PostgreSQL runs as: ourselves, or, as root whom it refuses, one without rights."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from democratic.config.server.errors import CannotStart

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class SystemUser:
    name: str
    uid: int
    gid: int

    def can_reach(self, path: Path, *, to: str = "-x") -> bool:
        """Asked of the kernel as that account, so that every parent folder and ACL has its say."""
        test = subprocess.run(  # noqa: S603 -- a fixed program and a path of ours
            ["/usr/bin/test", to, str(path)],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            check=False,
        )
        return test.returncode == 0


def server_user(data_dir: Path | None = None) -> SystemUser | None:
    """None where PostgreSQL runs as ourselves. Data already there decide: their owner runs them."""
    if os.geteuid() != 0:
        _refuse_data_of_another(data_dir)
        return None
    if data_dir is not None and data_dir.exists():
        owner = data_dir.stat()
        if owner.st_uid != 0:
            return SystemUser(f"uid {owner.st_uid}", owner.st_uid, owner.st_gid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(name, entry.pw_uid, entry.pw_gid)
    raise CannotStart("PostgreSQL refuse de tourner en root : lancez bin/run avec un compte ordinaire.")


def _refuse_data_of_another(data_dir: Path | None) -> None:
    if data_dir is None or not data_dir.exists() or data_dir.stat().st_uid == os.geteuid():
        return
    raise CannotStart(f"Les données de {data_dir} sont à un autre compte : relancez avec lui, ou en root.")


def make_private(folder: Path, user: SystemUser | None) -> None:
    """A folder that only PostgreSQL's account enters, even where others may have made one of that name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    allowed = {os.geteuid()} if user is None else {os.geteuid(), user.uid}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed:
        raise CannotStart(f"{folder} appartient à un autre compte : supprimez-le, puis relancez.")
    if user is not None:
        os.chown(folder, user.uid, user.gid, follow_symlinks=False)
    folder.chmod(0o700)
