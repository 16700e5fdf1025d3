"""The query language: text to a tree of our own, which the index executes."""
