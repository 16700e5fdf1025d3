"""``tb save``: keep a query under a name."""

from __future__ import annotations

from typing import Any

import click

from treatybody.cli import plain
from treatybody.cli.completing import query_words
from treatybody.cli.filters import chosen, filter_options, joined
from treatybody.cli.session import corpus, corpus_options, say


@click.command(name="save", short_help="Keep a query with its filters under a name.")
@click.argument("name", required=False)
@click.argument("query", nargs=-1, shell_complete=query_words)
@filter_options
@click.option("--note", help="What the query is for.")
@click.option("--force", is_flag=True, help="Replace a query of this name.")
@click.option("--remove", is_flag=True, help="Forget the query NAME.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON Lines.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, /, name: str | None, query: tuple[str, ...], **options: Any) -> int:
    """Keep QUERY with its filters as NAME, in corpus/queries.toml; `query:NAME` uses it.

    Without a name, the saved queries are listed. `tb watch NAME` tells what is new for one.

    \b
    Examples:
      tb save suspensive '"suspensive effect"' --note 'appeals against expulsion'
      tb save co-trafficking 'traffick*' --type CO --since 2015
      tb search 'query:suspensive state:PER'
      tb save
      tb save --remove suspensive
    """
    from treatybody.cycle import saved

    place = corpus(ctx).queries
    if options["remove"]:
        _name_alone(name, query)
    if name is None:
        return _list(place, options["as_json"])
    if options["remove"]:
        saved.remove(place, name)
        say(f"query:{name} is forgotten")
        return 0
    if options["no_synonyms"]:
        raise click.UsageError("--no-synonyms can't be kept; quote the words instead")
    kept = saved.SavedQuery(name, joined(query), chosen(options), options["note"])
    if not kept.text.strip() and not kept.filters:
        raise click.UsageError("write the query after its name")
    replaced = saved.save(place, kept, force=options["force"])
    say(f"query:{name} {'replaced' if replaced else 'kept'} in {place}")
    return 0


def _name_alone(name: str | None, query: tuple[str, ...]) -> None:
    """What is to be forgotten must be one name: words behind it may be names, too."""
    if name is None:
        raise click.UsageError("--remove needs the name of a query; `tb save` lists them")
    if query:
        raise click.UsageError(
            f"--remove takes one name, and `{joined(query)}` stands behind it; "
            "nothing was forgotten: remove one at a time"
        )


def _list(place: Any, as_json: bool) -> int:
    from treatybody.cycle import saved

    found = saved.read(place) if place.is_file() else []
    if not found:
        say("no queries are saved; keep one with: tb save NAME QUERY")
        return 1
    if as_json:
        plain.write_lines(
            plain.json_line({"name": o.name, "query": o.text, "filters": o.filters, "note": o.note})
            for o in found
        )
    else:
        plain.write_lines(
            "\t".join(map(plain.one_line, (o.name, o.whole(), o.note or ""))).rstrip("\t")
            for o in found
        )
    return 0
