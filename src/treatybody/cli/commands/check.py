"""``tb check``: what the texts themselves contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index, say

if TYPE_CHECKING:
    from treatybody.cycle.check import Finding


@click.command(name="check", short_help="Look for contradictions in one document or in all.")
@click.argument("symbol", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, symbol: str | None, as_json: bool) -> int:
    """Look for contradictions in one document or in all: misprinted symbols, broken number
    sequences, shares that don't make a whole, one instrument with two dates.

    It reports and never corrects. Exit code 1 says that there are findings.

    \b
    Examples:
      tb check
      tb check CMW/C/PER/2
    """
    from treatybody.cli.family import cycle_of, whole_corpus
    from treatybody.cli.lookup import one_document
    from treatybody.cycle.check import check

    index = open_index(ctx)
    key = one_document(index, symbol).document if symbol else None
    findings = check(cycle_of(index, key) if key else whole_corpus(index), key)
    if as_json:
        plain.write_lines(plain.json_line(msgspec.to_builtins(finding)) for finding in findings)
    else:
        plain.write_lines(map(_line, findings))
        if not findings:
            say("nothing found that the texts themselves contradict")
    return 1 if findings else 0


def _line(finding: Finding) -> str:
    from treatybody.cli.linklines import place_in_words

    places = "; ".join(dict.fromkeys(map(place_in_words, finding.places)))
    evidence = " … ".join(f"“{words}”" for words in finding.evidence)
    cells = (places, finding.kind, finding.says, evidence)
    return "\t".join(plain.one_line(cell) for cell in cells)
