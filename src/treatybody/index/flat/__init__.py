"""The array engine: words as flat arrays on disk, query trees as array operations.

layout.py     how the file ``segment.flat`` lies on disk
inverting.py  from paragraphs to runs: what one batch of them says, term by term
tokens.py     the words of many texts at once
writing.py    from runs to ``segment.flat``
champions.py  of long lists of postings those that can come first
sections.py   its sections as they are written
packing.py    its records, packed
documents.py  its documents and their facts
reading.py    ``segment.flat`` through mmap, every block proved when it is first touched
terms.py      its sorted lists of terms
words.py      the words of a field, and their postings as arrays
records.py    its records, unpacked
places.py     arithmetic of positions on arrays
termlists.py  one term in one segment, and what was read of it
postings.py   the words of a whole generation
facts.py      filters and ranges as masks
executing.py  trees to paragraphs
expanding.py  patterns to words
divisors.py   what frequencies are divided by, on arrays
scoring.py    BM25F, and the best hits
selecting.py  the highest of many scores
marking.py    where a query matches in its hits
engine.py     all of it, as the index uses it
cold.py       one word without numpy, for a command that is asked once
lines.py      what such a command prints of each hit
leading.py    the best of a common word, among its champions
wordlists.py  all lists of postings of one word
stretches.py  one list, decoded where it is needed
wordmarks.py  where one word stands in hits
norms.py      what frequencies are divided by
codec.py      the same arrays for Whoosh's own readers and matchers
matching.py   one by one, as these go through them
"""
