"""From one source file to its records, in a process of its own, and what was read last time."""
