"""Where the United Nations publishes a document."""

from __future__ import annotations

from urllib.parse import quote


def official_link(symbol: str | None) -> str | None:
    """The address of a document in the UN's own document system.

    Source: https://undocs.org, the symbol as path.

    >>> official_link("CMW/C/PER/CO/1")
    'https://undocs.org/CMW/C/PER/CO/1'
    """
    return f"https://undocs.org/{quote(symbol)}" if symbol else None
