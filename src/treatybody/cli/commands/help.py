"""``tb help``: pages that come with the package, and the commands' own help."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from treatybody.cli.session import on_terminal

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _topics(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from treatybody.cli.pages import pages

    names = {**pages(), "man": "the manual page", **_commands(ctx)}
    return [
        CompletionItem(name, help=what) for name, what in names.items() if name.startswith(typed)
    ]


@click.command(name="help", short_help="Show a page about a topic, or the help of a command.")
@click.argument("topic", required=False, shell_complete=_topics)
@click.pass_context
def command(ctx: click.Context, topic: str | None) -> int:
    """Show a page about TOPIC, or the help of a command; without one, what there is.

    `tb help man` prints the manual page (roff): `tb help man | man -l -`, or into a file tb.1.

    \b
    Examples:
      tb help
      tb help query
      tb help exports
      tb help search
      tb help man
    """
    from treatybody.cli.pages import page, pages

    if topic is None:
        click.echo(_overview(ctx))
    elif topic in pages():
        _show(page(topic))
    elif topic == "man":
        from treatybody.cli.manual import manual

        click.echo(manual(ctx.find_root()), nl=False)
    elif topic in _commands(ctx):
        click.echo(_help_of(ctx, topic))
    else:
        raise click.UsageError(_unknown(topic, [*pages(), "man", *_commands(ctx)]))
    return 0


def _commands(ctx: click.Context) -> dict[str, str]:
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    return {name: short_help(group, ctx, name) for name in group.list_commands(ctx)}


def short_help(group: click.Group, ctx: click.Context, name: str) -> str:
    """One line about a command."""
    found = group.get_command(ctx, name)
    return found.get_short_help_str(80) if found else ""


def _overview(ctx: click.Context) -> str:
    from treatybody.cli.pages import pages

    topics = {**pages(), "man": "The manual page of all commands"}
    formatter = click.HelpFormatter(width=100)
    with formatter.section("Topics (tb help TOPIC)"):
        formatter.write_dl(list(topics.items()))
    with formatter.section("Commands (tb COMMAND --help)"):
        formatter.write_dl(list(_commands(ctx).items()))
    return formatter.getvalue().rstrip("\n")


def _help_of(ctx: click.Context, name: str) -> str:
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    found = root.command.get_command(root, name)
    assert found is not None
    return found.get_help(click.Context(found, info_name=name, parent=root))


def _show(text: str) -> None:
    """A page; on a terminal its headings are bold."""
    if on_terminal():
        from treatybody.cli.render import page

        page(text)
    else:
        sys.stdout.write(text)


def _unknown(topic: str, known: list[str]) -> str:
    from treatybody.query.nearest import did_you_mean, nearest

    meant = did_you_mean(nearest(topic, {name: name for name in known}), "`tb help {}`")
    return f"there is no page `{topic}`{meant or '; `tb help` lists all'}"
