"""The words of many texts at once, by arithmetic on their characters.

``analysis`` says what a word is. This module says the same for a whole batch, as far as its
texts are written in letters that fold to a-z; all other texts are analysed one by one. Every
character becomes one byte (a folded letter, a digit, a join, a space), so places stay what they
were; where bytes of words begin and end, words do. Equal words are found by a hash of their
bytes (a polynomial over all prefixes, as in Karp and Rabin, "Efficient randomized
pattern-matching algorithms", 1987), which is 64 bits wide and compared in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index import analysis
from treatybody.index.flat.inverting import Longs, ranges

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_OTHER = 255  # a character that needs analysis of the whole text
_SHORT = 16  # bits; texts of fewer characters share their tables with these
_BREAK = 10  # a line feed: no word, no join
_FACTOR = 0x9E3779B97F4A7C15
_TABLED = [range(0x80, 0x250), range(0x1E00, 0x1F00), range(0x2000, 0x2C00)]


class Tokens:
    """The words of the texts that could be analysed together, in order.

    Arguments:
        texts: int64, shape (texts,): where each begins in ``folded``.
        done: bool, shape (texts,): true where the text was analysed here.
        counts: int64, shape (texts,): how many words each has; 0 where it was not.
        folded: uint8, shape (characters,): all texts, one behind the other.
        starts, ends: int64, shape (words,): where each word stands in ``folded``.
    """

    def __init__(
        self, texts: Longs, done: Mask, counts: Longs, folded: Bytes, starts: Longs, ends: Longs
    ) -> None:
        self.texts = texts
        self.done = done
        self.counts = counts
        self.folded = folded
        self.starts = starts
        self.ends = ends

    @cached_property
    def joins(self) -> Bytes:
        """uint8, shape (words,): what joins each to the word before, or 0."""
        return _joins(self.folded, self.starts, self.ends)

    @cached_property
    def firsts(self) -> Longs:
        """int64, shape (texts + 1,): the number of the first word of each text, and of the end."""
        return np.append(0, np.cumsum(self.counts))

    def owner(self, words: Longs) -> Longs:
        """The text that each of some words is of, all given by their numbers."""
        return self.firsts.searchsorted(words, side="right") - 1


class Vocabulary(NamedTuple):
    """The distinct words of a batch: what they are, and which each word is (int64)."""

    words: list[bytes]
    ids: Longs


@lru_cache(maxsize=1)
def _bytes() -> Bytes:
    """For each character below 0x10000 its byte."""
    table = np.full(0x10000, _OTHER, np.uint8)
    for code in [*range(0x80), *(code for some in _TABLED for code in some)]:
        table[code] = _byte(chr(code))
    return table


def _byte(character: str) -> int:
    join = analysis._LEVELLED.get(character)
    if join is not None:
        return ord(join)
    if not character.isalnum() and character.isascii():
        return ord(" ") if character != "\n" else _BREAK
    found = analysis.words(character)
    if not found:
        # what is left out inside of words needs a look at its neighbours
        return ord(" ") if len(analysis.words(f"a{character}a")) == 2 else _OTHER
    folded = found[0].text
    plain = len(folded) == 1 and folded.isascii() and folded.isalnum()
    same = character.isascii() or (character.isalpha() and folded.isalpha())
    return ord(folded) if plain and same else _OTHER


@lru_cache(maxsize=1)
def _plain() -> bytes:
    """The bytes of the characters below 0x80; those above are looked up one by one."""
    return _bytes()[:0x80].tobytes() + bytes([_OTHER]) * 0x80


def _digits(folded: Bytes) -> Mask:
    # one comparison: what is below a zero is far above it without a sign
    found: Mask = folded - np.uint8(ord("0")) < 10
    return found


def _letters(folded: Bytes) -> Mask:
    """Which bytes are of words: folded letters, and digits."""
    found: Mask = (folded - np.uint8(ord("a")) < 26) | _digits(folded)
    return found


@lru_cache(maxsize=1)
def _joining() -> Bytes:
    """For each byte the join that it makes."""
    joins = np.zeros(256, np.uint8)
    for join in analysis.JOINS:
        joins[ord(join)] = ord(join)
    return joins


def tokens(texts: Sequence[str]) -> Tokens:
    """The words of some texts.

    >>> found = tokens(["Non-State", "party’s 7,210"])
    >>> [bytes(found.folded[a:b]) for a, b in zip(found.starts, found.ends)]
    [b'non', b'state', b'party', b's', b'7,210']
    >>> found.counts.tolist(), bytes(found.joins)
    ([2, 3], b"\\x00-\\x00'\\x00")
    """
    joined = "\n".join(texts) + "\n"
    folded = _folded(joined)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    ends_of_texts = np.cumsum(sizes)
    texts_start = ends_of_texts - sizes
    done = np.ones(len(texts), bool)
    others = np.flatnonzero(folded == _OTHER)
    if len(others):
        done[ends_of_texts.searchsorted(others, side="right")] = False
        folded[ranges(texts_start[~done], sizes[~done])] = _BREAK
    starts, ends = _words(folded)
    longest = np.flatnonzero(ends - starts > analysis.LONGEST_WORD)
    if len(longest):
        done[ends_of_texts.searchsorted(starts[longest], side="right")] = False
        folded[ranges(texts_start[~done], sizes[~done])] = _BREAK
        starts, ends = _words(folded)
    counts = starts.searchsorted(ends_of_texts)
    counts[1:] -= counts[:-1].copy()
    return Tokens(texts_start, done, counts, folded, starts, ends)


def _folded(text: str) -> Bytes:
    """A byte for each character."""
    if text.isascii():
        return np.frombuffer(bytearray(text.encode()).translate(_plain()), np.uint8)
    codes = _codes(text)
    folded = np.frombuffer(bytearray(codes.astype(np.uint8)).translate(_plain()), np.uint8)
    wide = np.flatnonzero(codes >= 0x80)
    folded[wide] = _bytes()[codes[wide]]
    return folded


def _codes(text: str) -> NDArray[np.uint16]:
    """The characters of a text as numbers; all beyond 0xFFFE are 0xFFFF."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    folded: NDArray[np.uint16] = np.minimum(wide, 0xFFFF).astype(np.uint16)
    return folded


def _words(folded: Bytes) -> tuple[Longs, Longs]:
    inside = np.zeros(len(folded) + 1, bool)  # shifted by one: before the first character is none
    inside[1:] = _letters(folded)
    dotted = (folded == ord(".")) | (folded == ord(","))
    for first, last in _numbers(folded, inside[1:], dotted):
        inside[first + 1 : last + 1] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1])  # the last character is no word's
    return edges[0::2], edges[1::2]


def _numbers(folded: Bytes, letters: Mask, dotted: Mask) -> Iterator[tuple[int, int]]:
    """Where numbers stand that hold points or commas.

    Arguments:
        folded: uint8, shape (characters,).
        letters, dotted: which of them are of words, and which are points or commas.
    """
    points = np.flatnonzero(dotted[1:-1]) + 1
    points = points[_digits(folded[points - 1]) & _digits(folded[points + 1])]
    if not len(points):
        return
    parts, last = (letters | dotted | (folded == ord("_"))).tobytes(), 0
    for point in points.tolist():
        if point >= last:
            first, last = parts.rfind(0, 0, point) + 1, parts.find(0, point)
            for match in analysis.plain_word().finditer(folded[first:last].tobytes().decode()):
                yield first + match.start(), first + match.end()


def _joins(folded: Bytes, starts: Longs, ends: Longs) -> Bytes:
    joins = np.zeros(len(starts), np.uint8)
    if len(starts) < 2:
        return joins
    found = _joining()[folded[ends[:-1]]]
    found[starts[1:] != ends[:-1] + 1] = 0
    comma = np.flatnonzero(found == ord(","))
    numeric = _digits(folded[ends[comma] - 1]) & _digits(folded[starts[comma + 1]])
    found[comma[~numeric]] = 0
    joins[1:] = found
    return joins


def vocabulary(folded: Bytes, starts: Longs, ends: Longs) -> Vocabulary:
    """The distinct stretches of bytes among some.

    >>> text = np.frombuffer(b"to be or not to be", np.uint8)
    >>> found = vocabulary(text, np.array([0, 3, 13]), np.array([2, 5, 15]))
    >>> [found.words[number] for number in found.ids]
    [b'to', b'be', b'to']
    """
    hashes = _hashes(folded, starts, ends)
    order = _order(hashes)
    ordered = hashes[order]
    new = np.ones(len(order), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    ids = np.empty(len(order), np.int64)
    ids[order] = np.cumsum(new) - 1
    first = order[new]
    data = folded.tobytes()
    places = zip(starts[first].tolist(), ends[first].tolist(), strict=True)
    return Vocabulary([data[start:end] for start, end in places], ids)


def _order(hashes: NDArray[np.uint64]) -> Longs:
    """An order in which equal hashes stand together, in the order in which they came.

    Sorting values is several times faster than sorting places, so the place is put below the
    upper bits of the hash; where these are not enough to tell two hashes apart, it is not done.
    """
    bits = np.uint64(max(1, len(hashes)).bit_length())
    packed = (hashes >> bits) << bits | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    order = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    ordered = hashes[order]
    upper = packed >> bits
    if np.any((ordered[1:] != ordered[:-1]) & (upper[1:] == upper[:-1])):
        return np.argsort(hashes, kind="stable")
    return order


def _hashes(folded: Bytes, starts: Longs, ends: Longs) -> NDArray[np.uint64]:
    powers, inverse, letters = _powers(1 << max(_SHORT, len(folded).bit_length()))
    sums = np.zeros(len(folded) + 1, np.uint64)
    np.cumsum(letters[folded] * powers[: len(folded)], out=sums[1:])
    return (sums[ends] - sums[starts]) * inverse[starts]


@lru_cache(maxsize=4)
def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]:
    """Powers of an odd factor and of its inverse modulo 2**64, and a number for each byte."""
    made = []
    for factor in (_FACTOR, pow(_FACTOR, -1, 1 << 64)):
        powers = np.full(size, factor, np.uint64)
        powers[0] = 1
        made.append(np.cumprod(powers, dtype=np.uint64))
    letters = np.random.Generator(np.random.PCG64(20150423)).integers(
        1, 1 << 64, 256, dtype=np.uint64
    )
    return made[0], made[1], letters
