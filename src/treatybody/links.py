"""Where the United Nations publishes a document."""

from __future__ import annotations

import re
from urllib.parse import quote


def official_link(symbol: str | None) -> str | None:
    """The address of a document in the UN's own document system.

    Source: https://undocs.org, the symbol as path.

    >>> official_link("CMW/C/PER/CO/1")
    'https://undocs.org/CMW/C/PER/CO/1'
    """
    return f"https://undocs.org/{quote(symbol)}" if symbol else None


def without_address(text: str) -> str:
    """A text with the symbol alone where it names a document by its address.

    >>> without_address("https://undocs.org/en/CMW/C/PER/CO/1, para. 33")
    'CMW/C/PER/CO/1, para. 33'
    """
    return re.sub(r"(?:https?://)?(?:www\.)?undocs\.org/(?:[a-z]{2}/)?", "", text, flags=re.I)
