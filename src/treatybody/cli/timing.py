"""How long each step took, for ``--explain``."""

from __future__ import annotations

from time import perf_counter


class Clock:
    """A stopwatch with a name for each stretch."""

    def __init__(self) -> None:
        self.laps: list[tuple[str, float]] = []
        self._since = perf_counter()

    def stop(self, name: str) -> None:
        """End a stretch; the next one begins."""
        now = perf_counter()
        self.laps.append((name, now - self._since))
        self._since = now

    def __str__(self) -> str:
        """All stretches in milliseconds."""
        return "time: " + ", ".join(f"{name} {1000 * took:.1f} ms" for name, took in self.laps)
