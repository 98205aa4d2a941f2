"""Programs that we start and that never outlive us."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from democratic.config.places import LIFE
from democratic.config.server.system_user import SystemUser

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
LIBC = ctypes.CDLL(None, use_errno=True)


def spawn(
    argv: Iterable[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: SystemUser | None = None,
    death_signal: int = signal.SIGTERM,
    cwd: str | Path = "/",
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we choose the order.

    The kernel sends it ``death_signal`` when we die, even by kill -9. It watches the *thread* that starts
    it: only ever call this from the main thread.
    """
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603 -- every argv is built in this package
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_bound_to(os.getpid(), death_signal),  # noqa: PLW1509 -- we have one thread
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
    finally:
        if log:
            os.close(output)


def _bound_to(parent: int, death_signal: int) -> Callable[[], None]:
    def bind() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # it died before we asked to be told
            os._exit(1)

    return bind


def end_with_our_starter(death_signal: int = signal.SIGTERM) -> None:
    """For a program that others start by usual ways: the kernel sends it the signal when they die, by kill -9 too."""
    starter = os.getppid()
    LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))
    if os.getppid() != starter:
        os.kill(os.getpid(), death_signal)


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has ended, without reaping it: its number, and so its group's, stays taken."""
    if process.returncode is not None:
        return True
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def signal_group(process: subprocess.Popen[bytes], signum: int) -> None:
    """To the program and to all that it started. Only before it is reaped."""
    if process.returncode is None:
        try:
            os.killpg(process.pid, signum)
        except (ProcessLookupError, PermissionError):
            process.send_signal(signum)


def bury(process: subprocess.Popen[bytes], *, whole_group: bool = True) -> int:
    """Reap a program that has ended, after ending what it left behind (workers that hold its port)."""
    if whole_group:
        signal_group(process, signal.SIGKILL)
    return process.wait()


def survivors(var: Path) -> list[int]:
    """Services of an earlier life on this folder, found by the mark in their environment."""
    mark = f"{LIFE}={var}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue  # gone, or another account's
        if mark in environment.split(b"\0") and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def end_survivors(var: Path, pause: Callable[[float], None], *, patience: int = 50) -> None:
    """Ask, then oblige: ``patience`` looks a tenth of a second apart."""
    for look in range(patience + 10):
        left = survivors(var)
        if not left:
            return
        for pid in left:
            try:
                os.kill(pid, signal.SIGTERM if look < patience else signal.SIGKILL)
            except ProcessLookupError:
                continue
        pause(0.1)
