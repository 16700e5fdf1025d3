"""From queries to export files: one query, or a batch of them."""

from __future__ import annotations

import codecs
import contextlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from treatybody.cli.filters import chosen, saved_texts, understand
from treatybody.cli.session import on_terminal, open_index, say
from treatybody.errors import QueryError, UsageError
from treatybody.exporters import batches, rows, writing
from treatybody.exporters.batches import Batch
from treatybody.exporters.rows import Options, Row

if TYPE_CHECKING:
    from types import ModuleType

    from treatybody.cycle.saved import SavedQuery
    from treatybody.index import Index
    from treatybody.query.parser import Query
    from treatybody.query.tree import Node

Given = Mapping[str, Any]
_BINARY = ("xlsx", "docx", "sqlite")


def one(ctx: click.Context, text: str, given: Given) -> int:
    """Export the hits of one query; returns the exit code."""
    if not text.strip() and not chosen(given):
        raise click.UsageError("write a query, a filter such as --state, or --queries FILE")
    target = _target(given["output"])
    if target is not None and _is_folder(given["output"]):
        raise UsageError(f"{target} is a folder; name a file in it")
    module = writing.choose(given["format_name"], target)
    options = Options(columns=rows.columns_named(given["columns"]), title=text or "Paragraphs")
    if given["fields"] == "record":
        _check_records(module, given)
    tree = understand(ctx, text, given).tree
    index = open_index(ctx)
    lines = _lines(index, tree, module, given)
    if lines is not None:
        count = _write_lines(module, lines, target, given["force"])
    else:
        batch = Batch(text, text, None, _rows(index, tree, module, given))
        found = (Row(r.hit, r.document) for r in batch.rows)
        _write(module, found, target, options, given["force"])
        count = batch.count
    for notice in index.notices:
        say(notice)
    if target is not None:
        say(f"{_counted(count, given['unit'])} written to {target}")
    return 0 if count else 1


def _check_records(module: ModuleType, given: Given) -> None:
    if module.NAME != "jsonl":
        raise UsageError(f"--fields record writes jsonl, not {module.NAME}; name a .jsonl file")
    for option, value in (("--columns", given["columns"]), ("--unit", given["unit"])):
        if value not in (None, "paragraph"):
            raise UsageError(f"--fields record writes whole records; leave out {option}")


def _lines(index: Index, tree: Node, module: ModuleType, given: Given) -> Iterator[bytes] | None:
    """What an index writes itself, faster than an exporter can: records, and hits as JSON Lines."""
    if given["fields"] == "record":
        return index.records(tree, sort=given["sort"] or "symbol")
    if module.NAME == "jsonl" and given["unit"] == "paragraph":
        return index.lines(tree, sort=given["sort"] or "relevance")
    return None


def _write_lines(
    module: ModuleType, lines: Iterator[bytes], target: Path | None, force: bool
) -> int:
    """Write lines as they are; returns how many."""
    whole = writing.whole_file(target, force) if target else None
    with whole or contextlib.nullcontext(_standard_output(module)) as out:
        return sum(out.write(line) > 0 for line in lines)


def many(ctx: click.Context, queries: Path, given: Given) -> int:
    """Export the hits of many queries; returns the exit code: 1 if none of them found anything."""
    from treatybody.cli import query_files

    if given["fields"] == "record":
        raise UsageError("--fields record exports one query at a time; leave out --queries")
    target = _target(given["output"])
    folder = target is not None and _is_folder(given["output"])
    named = given["format_name"] or ("csv" if folder else None)
    module = writing.choose(named, target)
    title = queries.stem.strip("-") or "Queries"  # - is standard input
    options = Options(columns=rows.columns_named(given["columns"]), title=title)
    if not folder and given["columns"] and "query" not in options.columns:
        options = Options(columns=("query", *options.columns), title=options.title)
    kept = query_files.read(queries)
    if not kept:
        raise UsageError(f"{queries} holds no queries; write NAME = 'QUERY', one a line")
    trees = _understood(ctx, kept, given)
    index = open_index(ctx)
    found = [
        Batch(query.name, query.whole(), query.note, _rows(index, tree, module, given))
        for query, tree in trees
    ]
    if folder:
        assert target is not None
        batches.to_folder(module, found, target, options, given["force"])
    elif module.NAME == "xlsx":
        _write_workbook(module, found, target, options, given["force"])
    else:
        merged = batches.combined(module, found, _place)
        _write(module, merged, target, options, given["force"])
    _report(found, target, given["unit"])
    return 0 if any(batch.count for batch in found) else 1


def _target(output: str) -> Path | None:
    return None if output == "-" else Path(output)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _counted(count: int, unit: str) -> str:
    if unit == "subparagraph":
        return f"{count:,} rows"
    return "1 paragraph" if count == 1 else f"{count:,} paragraphs"


def _report(found: list[Batch], target: Path | None, unit: str) -> None:
    for batch in found:
        say(f"{batch.name}: {_counted(batch.count, unit)}")
    if target is not None:
        queries = "1 query" if len(found) == 1 else f"{len(found)} queries"
        say(f"{queries} written to {target}")


def _understood(
    ctx: click.Context, queries: list[SavedQuery], given: Given
) -> list[tuple[SavedQuery, Node]]:
    """Every query's tree, before anything is written; the command's filters hold for all."""
    from treatybody.query.options import and_filters

    known = saved_texts(ctx) if any("query:" in query.text.lower() for query in queries) else {}
    found = []
    for query in queries:
        with _named(query.name):
            known[query.name] = query.whole()
    for query in queries:
        with _named(query.name):
            read = _read(query, known, given)
        found.append((query, and_filters(read, today=None, **chosen(given)).tree))
    return found


def _read(query: SavedQuery, known: Mapping[str, str], given: Given) -> Query:
    from treatybody.query.parser import parse

    synonyms = not given["no_synonyms"]
    read = parse(query.text, filters=query.filters, saved=known, synonyms=synonyms)
    for note in read.notes:
        say(f"{query.name}: {note}")
    return read


@contextlib.contextmanager
def _named(name: str) -> Iterator[None]:
    """Errors say which query they are about."""
    try:
        yield
    except QueryError as error:
        message = f"query `{name}`: {error}"
        raise QueryError(error.query, error.start, error.end, message) from None
    except UsageError as error:
        raise UsageError(f"query `{name}`: {error}") from None


def _rows(index: Index, tree: Node, module: ModuleType, given: Given) -> Iterator[Row]:
    """The rows of a tree as they come; nothing is searched before the first is taken."""
    grouped = "symbol" if getattr(module, "GROUPED", False) else "relevance"
    split = given["unit"] == "subparagraph"
    for hit in index.search(tree, sort=given["sort"] or grouped):
        row = Row(hit, index.document(hit.document))
        yield from rows.by_subparagraph(row) if split else (row,)


def _place(row: Row) -> tuple[Any, int]:
    """Where a row stands when sorted by symbol."""
    from treatybody.index.orders import natural

    return natural(row.hit.document), row.hit.position


def _write(
    module: ModuleType, found: Iterator[Row], target: Path | None, options: Options, force: bool
) -> None:
    if target is None:
        module.write(found, _standard_output(module), options)
    else:
        writing.to_file(module, found, target, options, force)


def _write_workbook(
    module: ModuleType, found: list[Batch], target: Path | None, options: Options, force: bool
) -> None:
    if target is None:
        module.write_workbook(found, _standard_output(module), options)
        return
    with writing.whole_file(target, force) as out:
        module.write_workbook(found, out, options)


def _standard_output(module: ModuleType) -> BinaryIO:
    """Standard output for bytes; a terminal gets texts alone, and none that steer it."""
    if not on_terminal():
        return sys.stdout.buffer
    if module.NAME in _BINARY:
        raise UsageError(f"{module.NAME} can't be shown on a terminal; write -o FILE, or pipe it")
    return cast("BinaryIO", _Harmless())


class _Harmless:
    """A binary stream that shows its bytes on the terminal, controls replaced."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.closed = False

    def write(self, data: bytes) -> int:
        from treatybody.cli.plain import safe

        text = self._decoder.decode(bytes(data)).replace("\r\n", "\n").lstrip("\ufeff")
        sys.stdout.write(safe(text))
        return len(data)

    def flush(self) -> None:
        sys.stdout.flush()

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False
