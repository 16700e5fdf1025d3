from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def _share(name: str) -> None:
    """Make a file of this folder importable: --import-mode=importlib collects tests one by one."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"index_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"index_{name}"] = module
    spec.loader.exec_module(module)


for _name in ("records", "oracle"):
    _share(_name)
