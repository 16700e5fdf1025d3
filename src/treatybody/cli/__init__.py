"""The command line: flags in, one library call, one rendering out."""

from __future__ import annotations


def main() -> None:
    """Run ``tb``; every ending is one of the exit codes of the contract."""
    import gc
    import os
    import sys

    # While modules load nothing becomes garbage; looking for it every 700 objects only costs time.
    gc.set_threshold(50_000)
    try:
        from treatybody.cli.endings import interrupt_again, run

        sys.unraisablehook = interrupt_again
        code = run(sys.argv[1:], at_once=os._exit)
    except KeyboardInterrupt:  # while the program was still loading, or already closing
        code = 130
    sys.exit(code)
