"""Hits to files. Each file of this folder is one format; the list of formats is the folder.

A format is a module with ``NAME``, ``SUFFIXES`` and
``write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None``. It takes rows as they
come and keeps none, so that an export of any size passes through. ``out`` is a binary file that
need not be seekable. Every format passes ``tests/exporters/test_contract.py``.
"""
