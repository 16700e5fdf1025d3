"""Make the checkout's `.venv` from a lock file: `environment.py ROOT runtime|test|benchmark`.

Runs on a bare Python 3.11 (standard library only), under whatever interpreter was found.
Everything is installed from `requirements/*.txt`, whose hashes pip checks, as wheels only: no
package's own build code runs, and nothing that is not in the lock is downloaded. The project
itself is installed last, editable, with the locked build backend and without the network.

What the environment was made from is kept in `.venv/made-from/`, written last: an interrupted
run leaves none, and the next one starts over. One lock file admits one maker at a time; the
operating system frees it when its holder dies.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = ("runtime", "test", "benchmark")


class EnvironmentProblem(Exception):
    """What could not be done, and what to do about it, in one sentence."""


def main(arguments: list[str]) -> int:
    root, kind = Path(arguments[0]), arguments[1]
    try:
        with one_at_a_time(root / ".venv.lock"):
            if not stands(root, kind):
                make(root, kind)
    except EnvironmentProblem as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        say("interrupted; the next run makes the environment anew")
        return 130
    return 0


def make(root: Path, kind: str) -> None:
    """Bring `.venv` to what `requirements/<kind>.txt` and pyproject.toml say."""
    stamps = root / ".venv" / "made-from"
    fresh = not keeps(root, "root", root.as_posix() + "\n") or not locked(root, "runtime")
    had = [] if fresh else [name for name in KINDS if locked(root, name)]
    shutil.rmtree(stamps, ignore_errors=True)
    if fresh:
        create(root)
    if kind not in had:
        install(root, kind)
    install_project(root)
    write_stamps(root, {*had, kind, "runtime"})


def create(root: Path) -> None:
    say(f"making the environment in {root / '.venv'} (once; about a minute)")
    try:
        venv.create(root / ".venv", clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise EnvironmentProblem(
            f"making {root / '.venv'} failed ({error}); this Python needs its venv and ensurepip "
            "modules (Debian and Ubuntu: apt-get install python3-venv), and the folder must be "
            "writable"
        ) from error


def install(root: Path, kind: str) -> None:
    lock = root / "requirements" / f"{kind}.txt"
    say(f"installing what {lock.relative_to(root).as_posix()} names, hashes checked")
    pip(root, "--require-hashes", "--only-binary", ":all:", "-r", str(lock))


def install_project(root: Path) -> None:
    pip(root, "--no-build-isolation", "--no-deps", "--no-index", "-e", str(root))


def pip(root: Path, *arguments: str) -> None:
    """Run the environment's `pip install` quietly, with the machine's own pip settings."""
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PIP_NO_INPUT": "1"}
    command = [str(interpreter(root)), "-m", "pip", "install", "--quiet", *arguments]
    done = subprocess.run(
        command,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)  # warnings of a run that went well are left out
        raise EnvironmentProblem(
            f"pip stopped with code {done.returncode} (its message stands above); the package "
            "index must be reachable the first time; run the same command again afterwards"
        )


def interpreter(root: Path) -> Path:
    windows = root / ".venv" / "Scripts" / "python.exe"
    return windows if windows.exists() else root / ".venv" / "bin" / "python"


def stands(root: Path, kind: str) -> bool:
    """Whether another process has meanwhile made what is asked for."""
    return (
        keeps(root, "root", root.as_posix() + "\n")
        and locked(root, kind)
        and keeps(root, "pyproject.toml", text(root / "pyproject.toml"))
    )


def locked(root: Path, kind: str) -> bool:
    return keeps(root, f"{kind}.txt", text(root / "requirements" / f"{kind}.txt"))


def keeps(root: Path, name: str, expected: str) -> bool:
    stamp = root / ".venv" / "made-from" / name
    return interpreter(root).exists() and stamp.is_file() and text(stamp) == expected


def write_stamps(root: Path, kinds: set[str]) -> None:
    """Copies of what the environment was made from; `root` last, since it makes them count."""
    stamps = root / ".venv" / "made-from"
    stamps.mkdir()
    for name in sorted(kinds):
        shutil.copyfile(root / "requirements" / f"{name}.txt", stamps / f"{name}.txt")
    shutil.copyfile(root / "pyproject.toml", stamps / "pyproject.toml")
    (stamps / "root").write_bytes(f"{root.as_posix()}\n".encode())


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold `path` alone; a second process says so and waits."""
    try:
        file = path.open("a+")
    except OSError as error:
        raise EnvironmentProblem(
            f"making the environment needs to write {path} ({error.strerror}); make the checkout "
            "writable, or take one of your own"
        ) from error
    with file:
        if not take(file.fileno(), wait=False):
            say("another process is making the environment; waiting for it")
            take(file.fileno(), wait=True)
        yield


def take(descriptor: int, *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        if wait:
            raise
        return False
    return True


def say(message: str) -> None:
    print(f"treatybody: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
