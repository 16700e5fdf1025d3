"""Content streams: our tokens are those of pdfminer's own parser, or it is left to that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from treatybody.readers.pdfpages.streams import objects


class _Stream(PDFStream):
    """A stream whose data needs no decoding."""

    def __init__(self, data: bytes) -> None:
        super().__init__({}, data)

    def get_data(self) -> bytes:
        return self.rawdata or b""


def _by_pdfminer(data: bytes) -> list[Any]:
    found = []
    try:
        parser = PDFContentParser([_Stream(data)])
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


READ = [
    b"/F1 9 Tf 1 0 0 -1 72.5 .5 Tm [(Pe) -20 (ru)] TJ",
    b"/P <</MCID 0 /Lang (en) /A [1 2]>> BDC EMC",
    b"<00410042> Tj <1> Tj T* (a\\)b\\n\\\\\\101\\0053) ' % remark\nq",
    b"0 0 m\x00 1 -2 l S true false null",
    b"",
    b" \n",
]
LEFT = [
    b"BI /W 1 /H 1 ID xx EI",
    b"(a (b) c) Tj",
    b"(open Tj",
    b"[1 2",
    b"1 ] TJ",
    b"<< 1 2 ] TJ",
    b"<</A>> BDC",
    b"/A#42 gs",
    b"{1 2}",
    b"(\\477)",
    b"1234567890123456789 w",
    b"1 - 2",
    b"\xff\xfe",
    b"<4 1> Tj",
]


@pytest.mark.parametrize("data", READ)
def test_plain_streams_are_read_alike(data: bytes) -> None:
    assert repr(objects(data)) == repr(_by_pdfminer(data))


@pytest.mark.parametrize("data", LEFT)
def test_other_streams_are_left_to_pdfminer(data: bytes) -> None:
    assert objects(data) is None


PARTS = st.sampled_from(
    [part for data in READ + LEFT for part in data.split(b" ")]
    + [b"[", b"]", b"<<", b">>", b"<", b">", b"(", b")", b"\\", b"+.5", b"-.", b"1.2.3", b"1e5"]
    + [b"\\8", b"Tj", b"/", b"//", b"'", b'"', b"%", b"\r", b"\x00", b"\\\r\n", b"--1", b"*"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PARTS, max_size=12), st.sampled_from([b" ", b"", b"\n"]))
def test_never_another_reading(parts: list[bytes], blank: bytes) -> None:
    data = blank.join(parts)
    found = objects(data)
    if found is not None:
        assert repr(found) == repr(_by_pdfminer(data))
