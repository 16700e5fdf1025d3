"""SQLite's FTS5 in the benchmark."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from corpus import Corpus

from engines.records import Answer, Replacing, rows
from treatybody.model import Paragraph


class Fts5:
    """SQLite's FTS5, with Porter stems."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite"

    def build(self, corpus: Corpus) -> None:
        self.path.unlink(missing_ok=True)
        base = sqlite3.connect(self.path)
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA synchronous=OFF")
        base.execute(
            "CREATE TABLE r (id INTEGER PRIMARY KEY, state, type, document, day, record, text)"
        )
        base.execute(
            "CREATE VIRTUAL TABLE f USING fts5(text, content='r', content_rowid='id', "
            "tokenize='porter unicode61')"
        )
        base.executemany(
            "INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (n, about.state, about.type, about.document, about.date, line, paragraph.text)
                for n, about, paragraph, line in rows(corpus)
            ),
        )
        base.execute("INSERT INTO f(f) VALUES ('rebuild')")
        base.execute("INSERT INTO f(f) VALUES ('optimize')")
        base.execute("CREATE INDEX by_document ON r(document)")
        base.commit()
        base.close()

    def replacing(self, corpus: Corpus) -> Replacing:
        base = sqlite3.connect(self.path, isolation_level=None)

        def replace(paragraphs: list[Paragraph]) -> None:
            key = paragraphs[0].document
            about = corpus.documents()[key]
            row = key, about.state, about.type, about.date
            base.execute("BEGIN")
            base.execute(
                "INSERT INTO f(f, rowid, text) SELECT 'delete', id, text FROM r WHERE document = ?",
                (key,),
            )
            base.execute("DELETE FROM r WHERE document = ?", (key,))
            for paragraph in paragraphs:
                said = *row, msgspec.json.encode(paragraph), paragraph.text
                sql = "INSERT INTO r(document, state, type, day, record, text) VALUES "
                added = base.execute(sql + "(?, ?, ?, ?, ?, ?)", said)
                base.execute(
                    "INSERT INTO f(rowid, text) VALUES (?, ?)", (added.lastrowid, paragraph.text)
                )
            base.execute("COMMIT")

        return replace

    def open(self) -> None:
        self.base = sqlite3.connect(self.path)

    def _match(self, query: Any) -> str | None:
        match query:
            case (("word" | "sort" | "facet" | "export"), word):
                return word
            case ("filter", word, _, _):
                return word
            case ("and", *words):
                return " AND ".join(words)
            case ("or", *words):
                return " OR ".join(words)
            case ("phrase", *words):
                return '"' + " ".join(words) + '"'
            case ("near", left, right):
                return f"NEAR({left} {right}, 9)"
            case ("prefix", start):
                return start + "*"
        return None

    def answer(self, query: Any) -> Answer | None:
        found = self._match(query)
        if found is None:
            return None
        ask = self.base.execute
        one = "SELECT count(*) FROM f WHERE f MATCH ?"
        join = "FROM f JOIN r ON r.id = f.rowid WHERE f MATCH ?"
        if query[0] == "facet":
            sql = f"SELECT substr(day, 1, 4), count(*) {join} GROUP BY 1"
            return lambda: sum(count for _, count in ask(sql, (found,)))
        if query[0] == "export":
            sql = f"SELECT record {join}"
            return lambda: sum(len(row[0]) > 0 for row in ask(sql, (found,)))
        if query[0] == "filter":
            where = f"{join} AND state = ? AND type = ?"
            args = (found, *query[2:])
            top = f"SELECT record, snippet(f, 0, '', '', '', 20) {where} ORDER BY rank LIMIT 10"
            return lambda: (
                ask(top, args).fetchall() and None,
                ask(f"SELECT count(*) {where}", args).fetchone()[0],
            )[1]
        order = "day DESC" if query[0] == "sort" else "rank"
        top = f"SELECT record, snippet(f, 0, '', '', '', 20) {join} ORDER BY {order} LIMIT 10"
        return lambda: (ask(top, (found,)).fetchall(), ask(one, (found,)).fetchone()[0])[1]
