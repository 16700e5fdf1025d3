"""A bill of materials from a lock file: `sbom.py ROOT [LOCK FILE]`, CycloneDX 1.5 JSON.

Names, versions and the hashes of all files that may be installed, as the lock has them; no time
and no machine, so that the same lock gives the same bill. Standard library only.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

_PIN = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+))?"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main(arguments: list[str]) -> int:
    root = Path(arguments[0])
    lock = Path(arguments[1]) if len(arguments) > 1 else root / "requirements" / "runtime.txt"
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    json.dump(bill(project, lock.read_text("utf-8")), sys.stdout, indent=2, ensure_ascii=False)
    print()
    return 0


def bill(project: dict[str, str], lock: str) -> dict[str, object]:
    """The whole bill."""
    own = {"type": "application", "name": project["name"], "version": project["version"]}
    licence = [{"license": {"id": project["license"]}}]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**own, "licenses": licence}},
        "components": list(components(lock)),
    }


def components(lock: str) -> Iterator[dict[str, object]]:
    """One component for each pinned package.

    >>> one = next(components("Click==8.1 ; os_name == 'nt' \\\\\\n    --hash=sha256:" + "0" * 64))
    >>> one["purl"], one["hashes"][0]["alg"], one["properties"][0]["value"]
    ('pkg:pypi/click@8.1', 'SHA-256', "os_name == 'nt'")
    """
    for entry in re.split(r"\n(?=\S)", lock):
        pin = _PIN.match(entry)
        if not pin:
            continue
        name = re.sub(r"[-_.]+", "-", pin["name"]).lower()
        hashes = [{"alg": "SHA-256", "content": found} for found in _HASH.findall(entry)]
        component: dict[str, object] = {
            "type": "library",
            "name": name,
            "version": pin["version"],
            "purl": f"pkg:pypi/{name}@{pin['version']}",
            "hashes": hashes,
        }
        if pin["marker"]:
            marker = {"name": "python:marker", "value": pin["marker"].strip()}
            component["properties"] = [marker]
        yield component


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
