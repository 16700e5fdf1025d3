"""``tb verify``: records against sources, index against records."""

from __future__ import annotations

import click

from treatybody.cli import plain
from treatybody.cli.session import corpus as session_corpus
from treatybody.cli.session import corpus_options


@click.command(name="verify", short_help="Compare records and index with the sources.")
@click.option("--workers", type=click.IntRange(1, 64), help="Reader processes (one a core).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, workers: int | None, as_json: bool) -> int:
    """Read every source again and compare records and index with it; nothing is changed.

    Exit code 1 says that there are findings.

    \b
    Examples:
      tb verify
      tb verify --json
    """
    import msgspec

    from treatybody.build import Options
    from treatybody.cli.reports import progress
    from treatybody.verify import verify

    with progress(as_json) as show:
        findings = verify(session_corpus(ctx), Options(workers=workers), show)
    if as_json:
        plain.write_lines(plain.json_line(msgspec.to_builtins(finding)) for finding in findings)
    else:
        plain.write_lines(
            f"{plain.one_line(finding.place)}\t{plain.one_line(finding.message)}"
            for finding in findings
        )
        click.echo(_summary(len(findings)), err=True)
    return 1 if findings else 0


def _summary(findings: int) -> str:
    if not findings:
        return "records and index are exactly what the sources make"
    return f"{findings} findings" if findings > 1 else "1 finding"
