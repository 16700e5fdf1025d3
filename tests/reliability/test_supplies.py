"""What is shipped is what is locked: the bill of materials, and hashes for everything."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_bill_names_every_locked_package():
    if not Path("/bin/sh").exists():
        pytest.skip("the scripts run under a POSIX shell")
    made = subprocess.run([ROOT / "scripts" / "sbom"], capture_output=True, check=True)
    bill = json.loads(made.stdout)
    lock = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")
    pinned = {
        (re.sub(r"[-_.]+", "-", name).lower(), version)
        for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", lock)
    }
    assert {(one["name"], one["version"]) for one in bill["components"]} == pinned
    assert all(one["hashes"] for one in bill["components"])
    assert bill["bomFormat"] == "CycloneDX"


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda lock: lock.stem
)
def test_every_pin_has_a_hash(lock):
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text("utf-8")):
        if "==" in entry:
            assert "--hash=sha256:" in entry
