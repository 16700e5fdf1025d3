"""What the quick looks of finding rest on."""

from __future__ import annotations

import re

from treatybody.references import treaties


def test_every_name_of_a_treaty_begins_with_a_capital_or_a_year() -> None:
    firsts = {form.removeprefix("(?:")[0] for form in treaties._forms()}
    assert all(re.match(r"[A-Z\d]", first) for first in firsts)
