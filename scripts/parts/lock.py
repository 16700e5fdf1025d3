"""Write requirements/*.txt anew from pyproject.toml: `lock.py ROOT [--upgrade] [PACKAGE...]`.

Without arguments versions stay where they are and only what pyproject.toml no longer allows
moves; `--upgrade` takes the newest of everything, package names the newest of those.

The files are universal: one serves every system and Python from 3.11 on, with markers where they
differ, and the hashes of all wheels. They name packages, versions and hashes, never where
packages come from: that is the machine's pip configuration, which is handed to the resolver.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HEAD = "# Written by scripts/lock from pyproject.toml. Do not edit.\n"
GROUPS = {  # the later ones are held to the versions of the first
    "runtime": ["build"],
    "test": ["build", "test"],
    "benchmark": ["build", "test", "benchmark"],
}
ALONE = {"lock": ["lock"], "whoosh3": ["whoosh3"]}  # without what the project needs
OPTIONS = [
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--no-build", "--no-config"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--quiet"),
]


def main(arguments: list[str]) -> int:
    root = Path(arguments[0])
    upgrades = [f"--upgrade-package={name}" for name in arguments[1:] if name != "--upgrade"]
    if "--upgrade" in arguments:
        upgrades.append("--upgrade")
    with tempfile.TemporaryDirectory() as folder:
        resolver = install_resolver(root, Path(folder))
        for name, groups in (GROUPS | ALONE).items():
            write(root, resolver, name, groups, upgrades)
    return 0


def install_resolver(root: Path, folder: Path) -> Path:
    """The locked resolver, in an environment of its own."""
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    tools = folder / ("Scripts" if os.name == "nt" else "bin")
    python, lock = tools / "python", root / "requirements" / "lock.txt"
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    subprocess.run([python, "-m", "pip", "install", *options], check=True)
    return tools / "uv"


def write(root: Path, resolver: Path, name: str, groups: list[str], upgrades: list[str]) -> None:
    lock = root / "requirements" / f"{name}.txt"
    chosen = [part for group in groups for part in ("--group", group)]
    first = name == "runtime" or name in ALONE
    held = [] if first else ["--constraint", "requirements/runtime.txt"]
    source = [] if name in ALONE else ["pyproject.toml"]
    command = [str(resolver), "pip", "compile", *source, *chosen, *held, *upgrades, *OPTIONS]
    subprocess.run(
        [*command, "--output-file", str(lock.relative_to(root))],
        cwd=root,
        env={**os.environ, **index_of_pip()},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    lock.write_text(HEAD + bare(lock.read_text("utf-8")), "utf-8")
    print(f"wrote {lock.relative_to(root).as_posix()}")


def bare(lock: str) -> str:
    """Requirements and hashes alone: no comment or option may name a host or a path.

    >>> bare("# made here\\n--index-url x\\nclick==8.1 \\\\\\n    --hash=sha256:00\\n")
    'click==8.1 \\\\\\n    --hash=sha256:00\\n'
    """
    kept = [line for line in lock.splitlines() if not line.startswith(("#", "-"))]
    return "\n".join(kept) + "\n"


def index_of_pip() -> dict[str, str]:
    """The package index that this machine's pip is set to, if it is not the usual one."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return {"UV_DEFAULT_INDEX": found} if found else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
