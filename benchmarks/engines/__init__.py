"""The engines of the benchmark, each with the same records and, as far as it goes, analysis.

Every engine answers a query by its name: it returns how many paragraphs match, having fetched the
first ten records with their snippets (or all records, or all counts, where the query says so). An
engine without a way to ask returns None. A new one is one new file and a place in this list.
Xapian is not among the benchmark's requirements: it takes part where its bindings are installed.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from engines.fts5 import Fts5
from engines.ours import Ours
from engines.plain_whoosh import PlainWhoosh
from engines.tantivy import Tantivy
from engines.xapian_peer import Xapian

ALL: list[Any] = [Ours, Tantivy, Fts5, PlainWhoosh, *([Xapian] if find_spec("xapian") else [])]
