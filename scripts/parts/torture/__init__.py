"""Proofs of docs/reliability.md: kills, failing calls, damage, load, fuzzing. Needs fork (POSIX).

`scripts/torture` runs them at full length and writes the figures into that page; the tests under
tests/reliability run a few cases of each.
"""
