"""Resolving: what the found references point at in this corpus.

Needs no texts: the facts of the documents, their references and their outlines. A reference that
can't be resolved is kept and says why; when the document that it means arrives, resolving again
is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from treatybody import symbols
from treatybody.model import Document, Link, LinkStatus
from treatybody.references import cycles, kin, reissues, subjects
from treatybody.references.model import Entry, Outline, Reference
from treatybody.symbols import Symbol


@dataclass(frozen=True)
class Target:
    """What one reference means: a paragraph id, a document or a thing."""

    id: str
    status: LinkStatus
    note: str | None = None


Family = tuple[str | None, str | None]


@dataclass
class Corpus:
    """The documents by key, by symbol, and their outlines by paragraph number."""

    documents: Mapping[str, Document]
    outlines: Mapping[str, Outline]
    by_symbol: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)
    instruments: dict[str, set[str]] = field(default_factory=dict)
    printed: dict[str, list[Symbol]] = field(default_factory=dict)
    families: dict[Family, dict[str, Document]] = field(default_factory=dict)
    meanings: dict[tuple[str, str, frozenset[int]], kin.Meaning] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, document in self.documents.items():
            for symbol in {key, document.symbol, document.reference, *document.also_symbols}:
                if symbol:
                    self.by_symbol.setdefault(symbol, []).append(key)
            family = self.families.setdefault((document.committee, document.state), {})
            family[key] = document

    def meant(self, document: Document, role: str, said: frozenset[int]) -> kin.Meaning:
        """What a role means in a document; only papers of its committee and State are asked."""
        known = (document.document, role, said)
        if known not in self.meanings:
            family = self.families.get((document.committee, document.state), {})
            self.meanings[known] = kin.means(family, document, role, said)
        return self.meanings[known]

    def entries(self, key: str, number: str) -> list[Entry]:
        """The paragraphs of a document that carry a number, or the address "annex-2.4"."""
        if key not in self.numbers:
            numbered: dict[str, list[Entry]] = {}
            for one in self.outlines[key].entries if key in self.outlines else ():
                for name in {one.number, one.id.partition("#")[2]} if one.number else ():
                    numbered.setdefault(str(name), []).append(one)
            self.numbers[key] = numbered
        return self.numbers[key].get(number, [])


def resolve(
    documents: Mapping[str, Document],
    references: Mapping[str, Sequence[Reference]],
    outlines: Mapping[str, Outline],
) -> list[Link]:
    """Resolve all references of a corpus.

    Arguments:
        documents: the documents by key.
        references: what was found in each.
        outlines: the outline of each (:func:`treatybody.references.outline`).

    Returns the links by source, start and target; unresolved ones are among them.
    """
    corpus = Corpus(documents, outlines)
    corpus.instruments = _instruments(references)
    corpus.printed = {key: _printed(some) for key, some in references.items()}
    links = {
        _identity(link): link
        for key in sorted(references)
        if key in documents
        for one in references[key]
        for link in _links(corpus, documents[key], one)
    }
    return sorted(subjects.remark(documents, links.values(), outlines, references), key=order)


def order(link: Link) -> tuple[str, int, str, str, str]:
    """The order of links: source, start, target; kind and place where these agree."""
    return link.source, link.start, link.target, link.kind, link.where


def _identity(link: Link) -> tuple[str, int, int, str, str, str]:
    return link.source, link.start, link.end, link.target, link.kind, link.where


def _links(corpus: Corpus, document: Document, one: Reference) -> Iterator[Link]:
    for source in one.sources:
        for target in _targets(corpus, document, source, one):
            if target.id == source:
                continue
            yield Link(
                source=source,
                target=target.id,
                kind=one.kind,
                evidence=one.evidence,
                start=one.start,
                end=one.end,
                where=one.where,
                explicit=one.kind != "recommends_on",
                status=target.status,
                note=_note(one, target),
            )


def _note(one: Reference, target: Target) -> str | None:
    return "; ".join(part for part in (one.note, target.note) if part) or None


# --- what is meant ---------------------------------------------------------------------------


def _targets(corpus: Corpus, document: Document, source: str, one: Reference) -> Iterable[Target]:
    if one.thing:
        return [_thing(corpus, document, one)]
    if one.point == "-1":
        return [_previous(corpus, document, source)]
    keys, named, note = _documents(corpus, document, one)
    if not keys:
        return [_absent(named, one, note)]
    if len(keys) > 1:
        return [Target(_address(key, one.point), "ambiguous", note) for key in keys]
    if not one.point:
        return [Target(keys[0], "resolved", note)]
    return _points(corpus, keys[0], one.point, note, source)


def _absent(named: str, one: Reference, note: str | None) -> Target:
    if named.startswith("@"):
        return Target(_address(named, one.point), "ambiguous", note)
    return Target(_address(named, one.point), "not in corpus", note)


def _address(document: str, point: str | None) -> str:
    return f"{document}#{point}" if point else document


def _documents(
    corpus: Corpus, document: Document, one: Reference
) -> tuple[list[str], str, str | None]:
    """The keys that a reference's document can mean, the name it goes by, and a remark."""
    named = one.document or "@unnamed"
    if named == "@self" and not reissues.corrected(document.symbol):
        return [document.document], named, None
    if not named.startswith("@"):
        return _editions(corpus, document, named), named, None
    said = cycles.said(one.cue)
    printed = kin.printed_as(document, named, corpus.printed.get(document.document, []), said)
    if printed:
        return _editions(corpus, document, printed), printed, None
    meant = corpus.meant(document, named, said)
    return meant.keys, meant.name, meant.note


def _printed(references: Sequence[Reference]) -> list[Symbol]:
    """The symbols that a document prints anywhere, each once."""
    texts = {one.document for one in references if one.document and one.document[0] != "@"}
    parsed = (symbols.parse(text) for text in sorted(texts))
    return [symbol for symbol in parsed if symbol]


def _editions(corpus: Corpus, document: Document, symbol: str) -> list[str]:
    """The documents with a symbol: of several languages the citing document's own."""
    keys = sorted(corpus.by_symbol.get(symbol, []))
    for language in (document.language, "en"):
        same = [key for key in keys if corpus.documents[key].language == language]
        if same:
            return same[:1] if len(same) > 1 else same
    return keys[:1]


def _points(
    corpus: Corpus, key: str, point: str, note: str | None, source: str = ""
) -> list[Target]:
    expanded = _expanded(corpus, key, point)
    found = [_paragraph(corpus, key, one, note, source) for one in expanded]
    return found or [Target(f"{key}#{point}", "not in corpus", "no such paragraphs there")]


def _expanded(corpus: Corpus, key: str, point: str) -> list[str]:
    """The single numbers of a range that the document has ("16..19", "40..")."""
    low, dots, high = point.partition("..")
    if not dots:
        return [point]
    if not high:
        return [low]
    stem, _, first = low.rpartition(".")
    last = high.rpartition(".")[2]
    joint = f"{stem}." if stem else ""
    return [f"{joint}{number}" for number in range(int(first), int(last) + 1)]


def _near(entries: list[Entry], source: str) -> list[Entry]:
    """Of paragraphs with one number those of the source's own part or annex, else of no annex."""
    if len(entries) < 2:
        return entries
    document = entries[0].id.partition("#")[0]
    for stretch in (_stretch(source), f"{document}#"):
        near = [one for one in entries if _stretch(one.id) == stretch]
        if near:
            return near
    return entries


def _stretch(address: str) -> str:
    """The document, with the annex and part that an address names: "X#annex-1."."""
    found = re.match(r"[^#]*#?(?:annex-[^.#]+\.)?(?:part-[^.#]+\.)?", address)
    return found[0] if found else ""


def _paragraph(corpus: Corpus, key: str, point: str, note: str | None, source: str = "") -> Target:
    number, _, label = point.partition("(")
    entries = _near(corpus.entries(key, number), source)
    if not entries:
        return Target(f"{key}#{point}", "not in corpus", "the document has no such paragraph")
    if len(entries) > 1:
        note = "the number is printed more than once"
        return Target(_with_label(entries[0], label)[0], "ambiguous", note)
    address, known = _with_label(entries[0], label)
    if not known:
        note = f"paragraph {number} has no ({label}"
    return Target(address, "resolved" if known else "not in corpus", note)


def _with_label(entry: Entry, label: str) -> tuple[str, bool]:
    if not label:
        return entry.id, True
    return f"{entry.id}({label}", f"({label}" in entry.labels


def _previous(corpus: Corpus, document: Document, source: str) -> Target:
    outline = corpus.outlines.get(document.document)
    entries = [one for one in outline.entries if one.kind == "paragraph"] if outline else []
    at = next((i for i, one in enumerate(entries) if _holds(one.id, source)), 0)
    if at == 0:
        return Target(f"{document.document}#-1", "ambiguous", "nothing stands before it")
    return Target(entries[at - 1].id, "resolved", None)


def _holds(paragraph: str, source: str) -> bool:
    return source == paragraph or source.startswith(paragraph + "(")


# --- things ----------------------------------------------------------------------------------


def _thing(corpus: Corpus, document: Document, one: Reference) -> Target:
    """Outside targets stand for themselves; a general comment may be a document of the corpus."""
    thing = one.thing or ""
    symbol, _, point = thing.partition("#")
    keys = _editions(corpus, document, symbol)
    if keys:
        return _points(corpus, keys[0], point, None)[0] if point else Target(keys[0], "resolved")
    if one.kind == "names" and thing.count(":") == 2:
        return _instrument(corpus, document.document, thing)
    if thing.startswith("resolution "):
        return Target(thing, "ambiguous")
    status: LinkStatus = "not in corpus" if re.match(r"[A-Z]+/", thing) else "resolved"
    return Target(thing, status)


def _instruments(references: Mapping[str, Sequence[Reference]]) -> dict[str, set[str]]:
    """State and number of every instrument, with the kinds under which it is named.

    And, for each paper, the numbers with a year of each instrument without.
    """
    found: dict[str, set[str]] = {}
    for key, one in ((key, one) for key, some in references.items() for one in some):
        if one.kind == "names" and one.thing and one.thing.count(":") == 2:
            state, kind, number = one.thing.split(":")
            found.setdefault(f"{state}:{number}", set()).add(kind)
            if re.fullmatch(r"\d+/\d{4}", number):
                undated = f"{key} {state}:{kind}:{number.partition('/')[0]}"
                found.setdefault(undated, set()).add(number)
    return found


def _instrument(corpus: Corpus, document: str, key: str) -> Target:
    """ "Decree No. 1350" is the one legislative decree with that number, if there is one.

    "Act No. 15" is the "Act No. 15 of 2016" of the same paper, if that has no other Act No. 15.
    """
    state, kind, number = key.split(":")
    exact = sorted(
        one for one in corpus.instruments.get(f"{state}:{number}", ()) if one.endswith(f"_{kind}")
    )
    if len(exact) == 1:
        note = f"named “{kind}”; the corpus knows one {exact[0].replace('_', ' ')} of this number"
        return Target(f"{state}:{exact[0]}:{number}", "resolved", note)
    dated = sorted(corpus.instruments.get(f"{document} {key}", ()))
    if len(dated) == 1:
        note = f"printed without its year; this document has one {dated[0]}"
        return Target(f"{state}:{kind}:{dated[0]}", "resolved", note)
    if dated:
        return Target(key, "ambiguous", f"printed without its year: {', '.join(dated)}")
    return Target(key, "resolved")
