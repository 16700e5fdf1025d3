"""``python -m treatybody`` is ``tb``."""

from treatybody.cli import main

if __name__ == "__main__":
    main()
