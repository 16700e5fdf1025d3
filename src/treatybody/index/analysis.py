"""From text to words and positions: the base that searching, ranking and marking stand on.

A text is a run of words; each has one position. Words are folded (case, accents, quote and
hyphen styles), and nothing is dropped: stop words and single letters count like all others.

What stands joined without a space is one word a part, and the join is remembered:

    non-governmental     two words, "non" and "governmental", joined by "-"
    CMW/C/PER/CO/1       five words, joined by "/"
    party's, l'État      two words each, joined by "'" (right single quotes are levelled)
    7,210  24.1          one word each; 7,210 is found as 7210 too
    20 per cent          three words
    难民                  one word a character, with nothing between

Two sets of terms stand at the same positions. The *exact* terms of a word are the folded word
itself; the whole of a joined run at its first part (``non-governmental``); and, for a part that
is joined to the one before it, a marked form with the join and one without (``\\x1f-governmental``
and ``\\x1fgovernmental``), so that a phrase can demand a hyphen, or demand that there is none.
Marked forms sort before all words and are never shown. The *stem* terms carry the language
(``en:govern``): Snowball stems, and for Chinese and Japanese script overlapping character pairs.

Sources: the Snowball stemmers of PyStemmer (https://snowballstem.org); character pairs for
Chinese after Nie, Gao, Zhang and Zhou, "On the use of words and n-grams for Chinese
information retrieval" (2000).

>>> [(word.join, word.text) for word in words("Non‑governmental: 7,210")]
[('', 'non'), ('-', 'governmental'), ('', '7,210')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

MARK = "\x1f"
LONGEST_WORD = 120
LONGEST_WHOLE = 240

_CJK = "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
_CJK += "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_COMBINING = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a"
_COMBINING += "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
# whole blocks of scripts that write vowels as marks, without their punctuation and digits
_COMBINING += "\u0900-\u0963\u0971-\u09e3\u0a01-\u0a63\u0a70-\u0ae3\u0b01-\u0b63\u0b82-\u0bd7"
_COMBINING += "\u0c00-\u0c63\u0c80-\u0ce3\u0d00-\u0d63\u0d82-\u0ddf\u0df2\u0df3\u0e01-\u0e3a"
_COMBINING += "\u0e40-\u0e4e\u0e81-\u0ecd\u0f35\u0f37\u0f39\u0f40-\u0fbc\u1000-\u103f\u1050-\u108f"
_COMBINING += "\u1780-\u17d3\u3099\u309a"
_IGNORED = "\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0640"

_NUMBERS = r"""
    (?<!\w)\d{1,3}(?:[,.]\d{3}){1,6}(?:[.,]\d+)?(?!\w)  # 7,210  1.250.000,50
    | (?<!\w)\d+(?:\.\d+){1,9}(?!\w)                   # 24.1  3.5
"""


@cache
def plain_word() -> re.Pattern[str]:
    """A word of Western European letters."""
    return re.compile(rf"{_NUMBERS} | [^\W_]+", re.VERBOSE)


@cache
def _any_word() -> re.Pattern[str]:
    """A word of any script; compiling it takes longer than a search, so only when needed."""
    word = rf"[^\W_\u02bc{_CJK}]+(?:[{_COMBINING}{_IGNORED}]+[^\W_\u02bc{_CJK}]*)*"
    return re.compile(rf"{_NUMBERS} | [{_CJK}] | {word}", re.VERBOSE)


def pattern(text: str) -> re.Pattern[str]:
    """What finds the words of a text.

    Western European letters and signs (Windows-1252) need none of the rules for other scripts:
    none of them is combining, ignored (but for the soft hyphen) or a word by itself.
    """
    if not text.isascii():
        try:
            text.encode("cp1252")
        except UnicodeEncodeError:
            return _any_word()
        if "\u00ad" in text:
            return _any_word()
    return plain_word()


def beginning(text: str, initials: str) -> Iterator[re.Match[str]]:
    """The words of a text, or fewer: at least those that are equal, or have equal terms, to some.

    No stemmer takes away the first letter of a Western European word.

    Arguments:
        initials: the first characters of the folded words that are wanted.

    >>> [found.span() for found in beginning("The État, a State, 7,210", "e")]
    [(4, 8)]
    """
    if not (initials.isascii() and initials.isalpha()):
        return pattern(text).finditer(text)
    if text.isascii():
        return _beginning(initials).finditer(text.lower())
    found = pattern(text)
    return (_western(initials) if found is plain_word() else found).finditer(text)


@cache
def _beginning(letters: str) -> re.Pattern[str]:
    """The plain words that begin with some letters: other characters are passed over quickly."""
    return re.compile(rf"[{letters}](?<![^\W_].)[^\W_]*", re.DOTALL)


@cache
def _western(initials: str) -> re.Pattern[str]:
    """Those that begin, once folded, with some letters."""
    every = bytes(range(256)).decode("cp1252", "ignore")
    return _beginning("".join(c for c in every if c.isalpha() and fold(c)[0] in initials))


@cache
def _grouped() -> re.Pattern[str]:
    return re.compile(r"\d{1,3}(?:[,.]\d{3})+")


_LEVELLED = dict.fromkeys("-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
_LEVELLED |= dict.fromkeys("'\u2019\u2018\u02bc\u2032\uff07", "'")
_LEVELLED |= {"/": "/", "\u2044": "/", "\uff0f": "/", ".": ".", "&": "&", "@": "@", "_": "_"}
_LEVELLED |= {":": ":", "+": "+", ",": ","}
JOINS = "".join(sorted(set(_LEVELLED.values())))


@cache
def _dropped() -> re.Pattern[str]:
    """What folding leaves out of a decomposed word."""
    return re.compile(
        # й is a letter of its own, not an и with an accent
        rf"[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05c2\u0610-\u061a\u064b-\u065f"
        rf"\u0670\u06d6-\u06ed{_IGNORED}{re.escape(JOINS)}]|(?<![\u0438\u0418])\u0306"
    )


@cache
def _cjk_character() -> re.Pattern[str]:
    return re.compile(rf"[{_CJK}]")


class Token(NamedTuple):
    """A word: folded, its place in the text in code points, and what joins it to the one before.

    ``join`` is empty where a space or other punctuation stands between, or nothing at all.
    """

    text: str
    start: int
    end: int
    join: str


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without case and accents; digits of all scripts become 0-9.

    >>> fold("Muñoz"), fold("ÉTAT"), fold("Straße"), fold("йод")
    ('munoz', 'etat', 'strasse', 'йод')
    """
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    if word[0].isdecimal():
        word = "".join(str(unicodedata.decimal(c, c)) for c in word)
        if word.isascii():
            return word.lower()[:LONGEST_WORD]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = unicodedata.normalize("NFC", _dropped().sub("", decomposed))
    if not _is_one_word(plain):  # such as ½, which would come apart into 1 and 2
        plain = unicodedata.normalize("NFC", re.sub(f"[{_IGNORED}]", "", word).lower())
    return (plain or word)[:LONGEST_WORD]


def _is_one_word(text: str) -> bool:
    match = pattern(text).match(
        text
    )  # not fullmatch: it would try all ways to part letters and marks
    return match is not None and match.end() == len(text)


def words(text: str) -> list[Token]:
    """The words of a text in order; a word's index is its position.

    >>> [word.text for word in words("the State party’s art. 16 (1)")]
    ['the', 'state', 'party', 's', 'art', '16', '1']
    """
    found: list[Token] = []
    end = -2
    for match in pattern(text).finditer(text):
        start = match.start()
        join = _LEVELLED.get(text[end], "") if start == end + 1 else ""
        if join == "," and not (text[end - 1].isdecimal() and text[start].isdecimal()):
            join = ""
        end = match.end()
        found.append(Token(fold(match.group()), start, end, join))
    return found


def plain_number(word: str) -> str:
    """A number without thousands separators; any other word as it is.

    >>> plain_number("7,210"), plain_number("24.1"), plain_number("co")
    ('7210', '24.1', 'co')
    """
    if word[0].isdecimal() and not word.isdecimal() and _grouped().fullmatch(word):
        return word.replace(",", "").replace(".", "")
    return word


def runs(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Each joined run of two or more parts: the position of the first, and the whole.

    >>> list(runs(words("of CMW/C/PER/CO/1")))
    [(1, 'cmw/c/per/co/1')]
    """
    first = 0
    for place in range(1, len(tokens) + 1):
        if place < len(tokens) and tokens[place].join:
            continue
        if place - first > 1:
            whole = "".join(token.join + token.text for token in tokens[first:place])
            yield first, whole.lstrip(JOINS) if tokens[first].join else whole
        first = place


@lru_cache(maxsize=1 << 16)
def width(term: str) -> int:
    """How many positions an exact term takes: more than one for the whole of a joined run."""
    if term.isalnum():
        return 1
    return max(1, len(words(term)))


def exact_terms(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """All exact terms of a text with their positions, in the order of the positions by kind."""
    for position, token in enumerate(tokens):
        for form in {token.text: None, plain_number(token.text): None}:
            yield form, position
            if token.join:
                yield MARK + form, position
                yield MARK + token.join + form, position
    for position, whole in runs(tokens):
        if len(whole) <= LONGEST_WHOLE:
            yield whole, position


def stem_terms(tokens: Sequence[Token], language: str) -> Iterator[tuple[str, int]]:
    """All stem terms of a text with their positions."""
    stem = stemmer(language)
    for position, token in enumerate(tokens):
        if not is_cjk(token.text):
            yield stem(token.text), position
            continue
        after = tokens[position + 1] if position + 1 < len(tokens) else None
        before = tokens[position - 1] if position else None
        if after and after.start == token.end and is_cjk(after.text):
            yield "zh:" + token.text + after.text, position
        elif not (before and before.end == token.start and is_cjk(before.text)):
            yield "zh:" + token.text, position


def is_cjk(word: str) -> bool:
    """Whether a word is one character of Chinese or Japanese script."""
    if word < "\u3005":  # the first of them
        return False
    return _cjk_character().match(word) is not None


# The stemmers get folded words, so that accents never matter; what folding would part is mended.
_SNOWBALL = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
_MENDED = {"fr": ("ees", "ee")}  # these ends become "e"


@lru_cache(maxsize=32)
def stemmer(language: str) -> Callable[[str], str]:
    """The function that makes a folded word's stem term in a language.

    A language without a stemmer keeps its words whole.

    >>> stemmer("en")("workers"), stemmer("fr")("refugiees"), stemmer("xx")("workers")
    ('en:worker', 'fr:refug', 'xx:workers')
    """
    prefix = language + ":"
    snowball = _snowball(language)
    mended = _MENDED.get(language, ())

    @lru_cache(maxsize=1 << 16)
    def stem(word: str) -> str:
        if any(character.isdecimal() for character in word):
            return prefix + plain_number(word)
        end = next((one for one in mended if word.endswith(one)), None)
        return prefix + snowball(word.removesuffix(end) + "e" if end else word)

    return stem


def _snowball(language: str) -> Callable[[str], str]:
    if language not in _SNOWBALL:
        return str
    import Stemmer

    made = Stemmer.Stemmer(_SNOWBALL[language])
    stem: Callable[[str], str] = made.stemWord
    return stem


# Clitics that a word query leaves out: the English possessive, the French and Spanish elisions.
_POSSESSIVE = "s"
_ELIDED = frozenset(
    ["c", "d", "j", "l", "m", "n", "qu", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu"]
)


def spoken(tokens: list[Token]) -> list[Token]:
    """The words of a query word without its clitics.

    >>> [t.text for t in spoken(words("party's"))], [t.text for t in spoken(words("l'État"))]
    (['party'], ['etat'])
    """
    if len(tokens) > 1 and tokens[-1].join == "'" and tokens[-1].text == _POSSESSIVE:
        tokens = tokens[:-1]
    while len(tokens) > 1 and tokens[1].join == "'" and tokens[0].text in _ELIDED:
        tokens = [tokens[1]._replace(join=tokens[0].join), *tokens[2:]]
    return tokens


def single(text: str, *, clitics: bool) -> str | None:
    """The one word that a text is, folded; None where it is several.

    Arguments:
        clitics: whether they count as words, as they do in what must stand as typed.

    >>> single("l'État", clitics=False), single("l'État", clitics=True)
    ('etat', None)
    """
    if text.isascii() and text.isalnum():
        return fold(text)
    tokens = words(text) if clitics else spoken(words(text))
    return tokens[0].text if len(tokens) == 1 else None
