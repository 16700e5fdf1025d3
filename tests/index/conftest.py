from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

# the tests are collected one by one (--import-mode=importlib), so what they share is named here
_spec = importlib.util.spec_from_file_location(
    "index_records", Path(__file__).with_name("records.py")
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["index_records"] = _module
_spec.loader.exec_module(_module)
