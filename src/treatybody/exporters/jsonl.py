"""JSON Lines: one hit a line, all fields, as ``tb search --json`` prints them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from treatybody.exporters.rows import Options, Row

NAME = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write rows as JSON Lines; a row of a named query carries the name as ``query``."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        if row.query is None:
            out.write(encoder.encode(row.hit) + b"\n")
        else:
            fields = {name: getattr(row.hit, name) for name in row.hit.__struct_fields__}
            out.write(encoder.encode({**fields, "query": row.query}) + b"\n")
