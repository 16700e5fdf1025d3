"""How a segment lies on disk: one immutable file of arrays, ``segment.flat``.

    +--------------------------------------------------------------+
    | "tbflat\\r\\n"                                                 |  8 bytes
    | section  section  section ...   each padded to 8 bytes       |
    | directory: JSON, {section: [type, offset, count]}            |
    | CRC-32 of every block of 64 KiB before this table, uint32    |
    | footer: version, directory's offset and size, CRC-32         |  32 bytes
    +--------------------------------------------------------------+

All numbers are little-endian. For the documents, in the order of the segment:

    documents        uint8    their facts as JSON Lines
    document_ends    uint     where the facts of each end
    document_first   uint32   the number of each one's first paragraph
    keys             uint8    their keys: one list in JSON
    fingerprints     uint8    the fingerprints of the records that they were made from: the same
    A_values         uint8    for each fact A of ``FACTS`` its values, sorted: the same
    A_codes          uint     for each document the place of its value among them, plus 1, or 0

For the paragraphs, document by document:

    lines       uint8    their records as JSON Lines, each a Zstandard frame (see ``packing``)
    ends        uint     where each record ends
    sizes       uint     how many bytes each has when it is unpacked
    dictionary  uint8    the Zstandard dictionary that they were packed with, if any
    kind        uint8    its kind, as a place in ``columns.KINDS``
    F_words     uint32   the length of field F in words
    F_total     uint64   the sum of these lengths, and how many are above 0
    printed     uint8    the printed number of each, or null: one list in JSON

For each text field F (text, note, section, speaker), and for its two lists of terms D (``exact``
and ``stem``):

    F.D.terms   uint8    the terms in UTF-8, sorted by bytes, one behind the other
    F.D.ends    uint     where each term ends in ``terms``
    F.exact.letters  uint32  which characters each has: bit c % 31 for ASCII, bit 31 for others
    F.D.df      uint32   in how many paragraphs each term stands
    F.D.first   uint     the number of its first posting
    F.D.occ     uint     the number of its first occurrence

A *posting* is one term in one paragraph, an *occurrence* one of its positions there. Postings of
both lists of a field are numbered together: those of rare terms come first, then, from
``rare`` on, those of common ones (in more than one of 128 paragraphs). A stem whose postings
equal those of one exact term has the same numbers, and they are stored once.

    F.docs      uint32   paragraph of each posting of a rare term
    F.gaps      patched  paragraphs skipped before each posting of a common term, from ``rare`` on
    F.counts    patched  occurrences of each posting, minus 1 (4 bits, two in a byte)
    F.places    patched  position of each occurrence

That few of many postings can be found without the others, *skip pointers* lie beside those of
common terms (Moffat and Zobel, "Self-indexing inverted files for fast text retrieval", 1996), one
for each 64th posting from ``rare`` on:

    F.skips.docs    uint32  its paragraph
    F.skips.occ     uint    the number of its first occurrence

Of common terms with 1,024 postings or more, the *champions* (see ``champions``), term by term,
those first in which the term is most frequent for the length of the field:

    F.champions.of      uint64  the number of the first posting of each such term, ascending
    F.champions.ends    uint    where the champions of each end
    F.champions.rest    uint32  the bound for all others, in 65,536ths, rounded up
    F.champions.total   uint64  occurrences of each such term
    F.champions.docs    uint32  the paragraphs of the champions
    F.champions.counts  uint    occurrences in each of them
    F.champions.lengths uint    the length of the field in each of them

*Patched* numbers keep their low bits in a plain array and the rest of the few large ones beside
it, so that any stretch is decoded by one copy and one scatter (patched coding: Zukowski, Heman,
Nes and Boncz, "Super-scalar RAM-CPU cache compression", 2006):

    X.low       uint8    the low 8 (4) bits
    X.at        uint     the numbers of those that have high bits, ascending
    X.high      uint     their high bits
    X.skip      uint32   how many of ``at`` lie before each 4096th number
"""

from __future__ import annotations

import struct
from typing import NamedTuple

NAME = "segment.flat"
MAGIC = b"tbflat\r\n"
VERSION = 8
BLOCK = 1 << 16
STRIDE = 4096
SKIPPED = 64  # postings from one skip pointer to the next
COMMON = 128  # a term in more than one of so many paragraphs is common
LISTS = ("exact", "stem")
UNIT = 1 << 16  # bounds of champions are kept in such parts of 1
FACTS = ("state", "type", "committee", "language", "session", "cycle", "date")
BITS = {"gaps": 8, "counts": 4, "places": 8}
FOOTER = struct.Struct("<IIQQII")  # version, 0, directory's offset, its size, CRC of both, 0


class Section(NamedTuple):
    """Where an array lies: its numpy type, its first byte, how many numbers it has (``size``)."""

    type: str
    offset: int
    size: int
