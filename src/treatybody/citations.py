"""How paragraphs are cited: the one place where citations are written and read.

>>> citation = parse("QPR/2 35(f)")
>>> citation.document, citation.places[0].number, citation.places[0].path
('QPR/2', '35', ('(f)',))
>>> cite_id("CMW/C/PER/QPR/2#35(f)")
'CMW/C/PER/QPR/2, para. 35 (f)'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from treatybody.errors import CitationError
from treatybody.frozen import Frozen
from treatybody.places import Path, Place, arabic, from_fragment, in_words, labels_in, same_label

if TYPE_CHECKING:
    from typing import Protocol

    from treatybody.model import Paragraph

    class Cited(Protocol):
        """What :func:`cite` needs of a paragraph; records and hits have it."""

        @property
        def id(self) -> str:
            """The paragraph's id."""
            ...

    class CitedDocument(Protocol):
        """What :func:`cite` needs of a document; records and hits have it."""

        @property
        def symbol(self) -> str | None:
            """The document's UN symbol."""
            ...


class Citation(Frozen):
    """A citation as read: the words that name the document, and the places cited.

    ``places`` is empty when the whole document is meant, ``document`` when none is named.
    """

    document: str
    places: tuple[Place, ...] = ()


# --- writing ---------------------------------------------------------------------------------


def cite(paragraph: Cited, document: CitedDocument, pinpoint: str | None = None) -> str:
    """Write the citation of a paragraph, ready for a footnote.

    Arguments:
        paragraph: a record or hit.
        document: its document (a hit knows enough of it).
        pinpoint: the sub-paragraph, with or without the number: "35 (f)", "(f)".

    >>> from treatybody.model import Paragraph
    >>> record = Paragraph(id="CMW/C/SR.577#p18", document="CMW/C/SR.577", number=None,
    ...     position=20, kind="paragraph", section=[], text="...", subparagraphs=[],
    ...     footnotes=[], table=None, speaker=None, page=None, line=None)
    >>> class Record: symbol = "CMW/C/SR.577"
    >>> cite(record, Record())
    'CMW/C/SR.577, unnumbered, 18th paragraph'
    """
    labels = "".join(labels_in(pinpoint)) if pinpoint else ""
    return cite_id(paragraph.id + labels, numbered=document.symbol is not None)


def cite_id(address: str, *, numbered: bool | None = None) -> str:
    """Write the citation of a paragraph id, with or without a sub-paragraph's letters.

    Arguments:
        address: "CMW/C/PER/CO/1#33", "CMW/C/PER/CO/1@es#11(a)(ii)".
        numbered: whether the document's paragraphs have official numbers, so that an unnumbered
            one must say so; None decides by the key (the letters of rapporteurs have none).

    >>> cite_id("CMW/followup/29/bs#p5")
    'CMW/followup/29/bs, 5th paragraph'
    """
    key, _, fragment = address.rpartition("#") if "#" in address else (address, "", "")
    name = re.sub(r"@([a-z]{2})$", r" [\1]", key) if "@" in key else key
    if not fragment:
        return name
    if numbered is None:
        numbered = not key.startswith("file:")
    place = _place_in_words(fragment, numbered and not _is_letter(key))
    if place is None:
        raise CitationError(f"citing {address[:80]}: {fragment[:40]!r} is no paragraph's address")
    return f"{name}, {place}"


def _is_letter(key: str) -> bool:
    return "/followup/" in key.lower() or "/follow-up/" in key.lower()


@lru_cache(maxsize=1 << 12)  # the same few numbers stand in every document
def _place_in_words(fragment: str, numbered: bool) -> str | None:
    place = from_fragment(fragment)
    return None if place is None else in_words(place, numbered=numbered)


# --- reading ---------------------------------------------------------------------------------

_NUMBER = r"\d+(?:\.\d+)*(?:\s?(?:bis|ter|quater|quinquies)\b)?(?:~\d+)?"
_LABELS = r"(?:(?:\s*\([^()\s]{1,6}\))+|(?:\s*[a-zа-я]{1,5}\)(?!\w))+|(?<=\d)[a-z](?![a-z0-9]))?"


def parse(text: str, keys: Collection[str] = ()) -> Citation:
    """Read a citation, forgiving of its form.

    Arguments:
        keys: documents' keys; a text that is one of them is not taken apart.
        text: "CMW/C/PER/CO/1, para. 33", "PER/CO/1 33", "CO/1 31-33", "SR.577 18", an id
            ("CMW/C/PER/CO/1#33", "#11(a)(ii)"), or whatever :func:`cite` writes.

    Raises ``CitationError`` when nothing of it can be read.

    >>> parse("CMW/C/PER/CO/1, paras. 31-33").places
    (Place(kind='paragraph', number='31', last='33', path=(), ...),)
    """
    written = _levelled(text)
    if not written or len(written) > 500:
        raise CitationError(f"reading a citation: {text[:60]!r} names no document; {_FORM}")
    if text.strip() in keys:
        return Citation(text.strip())
    if "#" in written:
        return _of_id(written)
    found = _grammar().fullmatch(written)
    if found is None:
        return Citation(_document_words(written))
    places = _places(found)
    document = _document_words(found["document"])
    if not document and not places:
        raise CitationError(f"reading a citation: {text[:60]!r} names no document; {_FORM}")
    return Citation(document, places)


_FORM = "write it like CMW/C/PER/CO/1, para. 33"


def _levelled(text: str) -> str:
    """Single blanks, no blank inside "Add. 1", no address before a symbol; the symbol first."""
    from treatybody.links import without_address

    text = without_address(" ".join(text.replace("\x00", " ").split()).strip(" .,;"))
    text = re.sub(r"\b(Add|Corr|Rev|SR)\.\s(?=\d)", r"\1.", text, flags=re.I)
    turned = _places_first().fullmatch(text)
    return f"{turned['document']}, {turned['places']}" if turned else text


@cache
def _places_first() -> re.Pattern[str]:
    """ "paragraph 33 of CMW/C/PER/CO/1": the symbol is the last thing, and has a stroke in it."""
    words = _words()
    return re.compile(
        rf"(?P<places>{words['paragraph']}\s*\d[^/]*?),?\s+(?:{words['of']}\s+)?"
        r"(?P<document>[A-Z]\w*\.?[\w.]*/\S+)",
        re.IGNORECASE,
    )


def _document_words(words: str) -> str:
    words = words.strip(" ,;.:")
    if words.count("(") != words.count(")"):
        words = words.strip("()")
    return re.sub(r"\s*\[([a-z]{2})\]$", r"@\1", words)


def _of_id(written: str) -> Citation:
    document, _, fragment = written.rpartition("#")
    place = from_fragment(re.sub(r"\s+(?=\()", "", fragment))
    if place is None:
        raise CitationError(f"reading a citation: {fragment[:60]!r} is no paragraph; {_FORM}")
    return Citation(_document_words(document), (place,))


def _path(written: str | None) -> Path:
    if written and re.fullmatch(r"\s*[a-z]", written):
        return (f"({written.strip()})",)
    return labels_in(written or "")


@cache
def _words() -> dict[str, str]:
    from treatybody import tables

    rows = tables.load("citation_words")
    return {row["means"]: "(?:" + "|".join(row["forms"]) + ")" for row in rows}


@cache
def _grammar() -> re.Pattern[str]:
    words = _words()
    item = rf"{_NUMBER}{_LABELS}(?:\s*{words['to']}\s*(?:{_NUMBER}{_LABELS}|\([^()\s]{{1,6}}\)))?"
    joint = rf"\s*(?:,\s*{words['and']}?|;|{words['and']})\s*"
    numbers = rf"(?P<numbers>{item}(?:{joint}{item})*)"
    # without a word for "paragraph" the numbers stand apart by a blank or comma
    return re.compile(
        r"(?P<document>.*?)(?:^|(?<=[\s,(]))"
        rf"(?:{words['annex']}\s+(?P<annex>[ivxl]+|\d+),?\s*)?"
        rf"(?:{words['part']}\s+(?P<part>\d+),?\s*)?"
        rf"(?:(?P<title>title)|{words['table']}\s*(?P<table>\d+),?\s+row\s+(?P<row>\d+)"
        r"|(?:unnumbered,?\s*)?(?P<count>\d+)(?:st|nd|rd|th)\s+"
        r"(?P<what>paragraph|procedural line)"
        rf"|(?:{words['paragraph']}\s*)?{numbers}(?:\s*{words['after']})?)"
        rf"(?:\s*\((?P<again>\d+)(?:st|nd|rd|th) so numbered\))?(?P<path>{_LABELS})\s*\)?",
        re.IGNORECASE,
    )


def _places(found: re.Match[str]) -> tuple[Place, ...]:
    if found["numbers"]:
        places = tuple(_items(found["numbers"]))
        places = (*places[:-1], places[-1].changed(path=places[-1].path + _path(found["path"])))
    else:
        places = (_single(found),)
    annex = arabic(found["annex"]) if found["annex"] else None
    again = int(found["again"] or 0)
    return tuple(
        one.changed(annex=annex, part=found["part"], occurrence=again or one.occurrence)
        for one in places
    )


def _single(found: re.Match[str]) -> Place:
    path = _path(found["path"])
    if found["title"]:
        return Place("title", path=path)
    if found["table"]:
        return Place("table", f"{found['table']}.{found['row']}", path=path)
    kind = "unnumbered" if found["what"].lower() == "paragraph" else "procedural"
    return Place(kind, found["count"], path=path)


def _items(written: str) -> Iterable[Place]:
    words = _words()
    item = re.compile(
        rf"(?P<number>{_NUMBER})(?P<path>{_LABELS})"
        rf"(?:\s*{words['to']}\s*(?:(?P<last>{_NUMBER})(?P<last_path>{_LABELS})|(?P<to>\(\w+\))))?",
        re.IGNORECASE,
    )
    for found in item.finditer(written):
        number, _, again = found["number"].partition("~")
        yield Place(
            "paragraph",
            number=number,
            last=_last_number(number, found["last"]),
            path=_path(found["path"]),
            last_path=_path(found["last_path"]) + _path(found["to"]),
            occurrence=int(again or 1),
        )


def _last_number(first: str, last: str | None) -> str | None:
    """A range's end in full: "160-64" ends with 164."""
    if last and first.isdecimal() and last.isdecimal() and int(last) < int(first):
        return first[: max(len(first) - len(last), 0)] + last
    return last


# --- finding what is meant -------------------------------------------------------------------


def match_documents(words: str, keys: Iterable[str]) -> list[str]:
    """Return the documents that a symbol or any run of its parts names, in the order of keys.

    Arguments:
        words: "CMW/C/PER/CO/1", "PER/CO/1", "SR.577"; "@es" asks for an edition.
        keys: the documents' keys.

    The whole key counts before a run that ends the key, that before a run inside it; editions in
    other languages count only where nothing else does or where they are asked for.

    >>> match_documents("CO/1", ["CMW/C/PER/CO/1", "CMW/C/PER/CO/1/Add.1", "CMW/C/PER/QPR/2"])
    ['CMW/C/PER/CO/1']
    """
    wanted, language = _split_key(words)
    if not wanted:
        return []
    ranked = [(_rank(wanted, language, key), key) for key in keys]
    best = min((rank for rank, _ in ranked if rank), default=None)
    return [key for rank, key in ranked if rank is not None and rank == best]


def _split_key(key: str) -> tuple[list[str], str]:
    name, _, language = key.strip().partition("@")
    return [part for part in re.split(r"[/\s_]+", name.casefold()) if part], language.casefold()


def _rank(wanted: Sequence[str], language: str, key: str) -> tuple[int, bool] | None:
    """How well a key fits: (0 whole, 1 end or 2 inside, other edition), or None."""
    parts, edition = _split_key(key)
    if language and language != edition:
        return None
    starts = range(len(parts) - len(wanted) + 1)
    runs = [at for at in starts if parts[at : at + len(wanted)] == wanted]
    if not runs:
        return None
    ends = runs[-1] + len(wanted) == len(parts)
    return (0 if len(parts) == len(wanted) else 1 if ends else 2, edition != language)


def select(
    places: Iterable[Place], paragraphs: Sequence[Paragraph]
) -> tuple[list[tuple[Paragraph, Place]], list[str]]:
    """Return the paragraphs that places of one document mean, and what must be said of it.

    Arguments:
        places: of a citation.
        paragraphs: all of the document, by position.

    A number is one that is printed; only in a document without printed numbers the n-th
    paragraph stands in, and a note says so. What does not exist is left out, with a note.
    """
    found: list[tuple[Paragraph, Place]] = []
    notes: list[str] = []
    for place in places:
        chosen, note = _choose(place, paragraphs)
        found += [(one, place) for one in chosen]
        notes += [note] if note else []
    return found, notes


def _choose(place: Place, paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], str | None]:
    note = None
    if place.kind == "paragraph" and not any(one.number for one in paragraphs):
        place = place.changed(kind="unnumbered")
        note = "its paragraphs have no printed numbers; they are counted here"
    first = _at(place, paragraphs)
    last = _at(place.changed(number=place.last, occurrence=1), paragraphs) if place.last else first
    if not first or not last:
        ends = ((place.number, first), (place.last, last))
        return [], _missing(place, [end for end, found in ends if end is not None and not found])
    if place.last:
        between = _between(first, last, paragraphs)
        return between, note if between else f"{place.number} to {place.last} runs backwards"
    return first, note or _said_of(place, first, paragraphs)


def _said_of(
    place: Place, found: Sequence[Paragraph], paragraphs: Sequence[Paragraph]
) -> str | None:
    if len(found) > 1:
        return f"{len(found)} paragraphs have the number {place.number}"
    doubled = [one.id for one in paragraphs if one.id.startswith(f"{found[0].id}~")]
    return f"the number {place.number} is printed twice; see {doubled[0]} too" if doubled else None


def _missing(place: Place, ends: Sequence[str]) -> str:
    absent = place.changed(path=(), number=ends[0])
    return " to ".join([f"there is no {in_words(absent, numbered=False)}", *ends[1:]])


def _at(place: Place, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraph at an address; else those elsewhere that have the number."""
    fragment = place.changed(path=()).fragment
    exact = [one for one in paragraphs if one.id.rpartition("#")[2] == fragment]
    if exact or place.kind != "paragraph" or place.annex or place.part:
        return exact
    return [one for one in paragraphs if one.number == place.number]


def _between(
    first: Sequence[Paragraph], last: Sequence[Paragraph], paragraphs: Sequence[Paragraph]
) -> list[Paragraph]:
    """From the first to the last, the lines and tables between them too."""
    if not first or not last:
        return []
    low, high = first[0].position, last[-1].position
    return [one for one in paragraphs if low <= one.position <= high]


def span(paragraph: Paragraph, path: Path) -> tuple[int, int] | None:
    """Return where a sub-paragraph stands in the paragraph's text, None when it has none such.

    Arguments:
        path: its labels, outermost first: ``("(a)", "(ii)")``.
    """
    start, end, level = 0, len(paragraph.text), 0
    for label in path:
        inside = [
            one
            for one in paragraph.subparagraphs
            if same_label(one.label, label)
            and one.level == level + 1
            and start <= one.start
            and one.end <= end
        ]
        if not inside:
            return None
        start, end, level = inside[0].start, inside[0].end, inside[0].level
    return start, end
