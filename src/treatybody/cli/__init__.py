"""The command line: flags in, one library call, one rendering out."""

from __future__ import annotations


def main() -> None:
    """Run ``tb``; every ending is one of the exit codes of the contract."""
    import sys

    try:
        from treatybody.cli.endings import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while the program was still loading, or already closing
        code = 130
    sys.exit(code)
