"""The command line: flags in, one library call, one rendering out."""

from __future__ import annotations


def main() -> None:
    """Run ``tb``; every ending is one of the exit codes of the contract."""
    import sys

    from treatybody.cli.endings import run

    sys.exit(run(sys.argv[1:]))
