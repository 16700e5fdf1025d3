"""The tables of ``treatybody/data``: what the UN names and numbers, kept apart from the code.

A ``.tsv`` file has a header line and one row a line; lines that begin with ``#`` are remarks (a
table's source stands there). A ``.toml`` file holds one array of tables, or settings. Each file
is read once a process.

>>> [row["code"] for row in load("committees")][:2]
['CAT', 'CCPR']
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

Row = Mapping[str, Any]

_FOLDER = os.path.join(os.path.dirname(__file__), "data")


@cache
def load(name: str) -> tuple[Row, ...]:
    """Return the rows of ``data/<name>.tsv`` or of the one array of ``data/<name>.toml``.

    Arguments:
        name: the file's name without suffix.

    Values of a ``.tsv`` row are strings; an empty cell is an empty string. Raises
    ``FileNotFoundError`` when there is no such table and ``ValueError`` when it is malformed:
    both are faults of the package, never of a user.

    >>> load("months")[0]["language"]
    'ar'
    """
    if os.path.isfile(os.path.join(_FOLDER, f"{name}.tsv")):
        return _rows(written(f"{name}.tsv"), name)
    arrays = [value for value in settings(name).values() if isinstance(value, list)]
    if len(arrays) != 1:
        raise ValueError(f"data/{name}.toml holds {len(arrays)} arrays of tables instead of one")
    return tuple(MappingProxyType(row) for row in arrays[0])


@cache
def settings(name: str) -> Row:
    """Return all of ``data/<name>.toml`` as a mapping; raises like :func:`load`.

    >>> sorted(settings("committees"))
    ['committee']
    """
    return MappingProxyType(parsed(written(f"{name}.toml")))


def parsed(text: str) -> dict[str, Any]:
    """What a text in TOML says."""
    import tomllib  # most commands need no such table

    return tomllib.loads(text)


def written(name: str) -> str:
    """The text of ``data/<name>``, as it is written."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


@cache
def unread(name: str) -> tuple[str, ...]:
    """The rows of ``data/<name>.toml``, each as it is written: for tables of which few are needed.

    >>> parsed(unread("committees")[0]) == {"committee": [load("committees")[0]]}
    True
    """
    _remarks, *rows = re.split(r"^(?=\[\[\w+\]\]$)", written(f"{name}.toml"), flags=re.MULTILINE)
    return tuple(rows)


def _rows(text: str, name: str) -> tuple[Row, ...]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(_row(header, line, name) for line in lines[1:])


def _row(header: list[str], line: str, name: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(header):
        raise ValueError(f"data/{name}.tsv: {len(cells)} cells instead of {len(header)}: {line!r}")
    return MappingProxyType(dict(zip(header, cells, strict=True)))
