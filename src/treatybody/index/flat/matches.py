"""What a tree matches in the array engine."""

from __future__ import annotations

from functools import cached_property

from treatybody.index.flat.docsets import Docs, index
from treatybody.index.flat.executing import FlatExecutor, countable
from treatybody.index.flat.termlists import Mask
from treatybody.query.tree import Node, Or


class FlatMatches:
    """What a tree matches; of one or two words, all are found only once they are asked for.

    Arguments:
        tree: the query.
        executor: what executes it.
        searched: bool, shape (all numbers,): the paragraphs that are searched; None for all.
    """

    def __init__(self, tree: Node, executor: FlatExecutor, searched: Mask | None = None) -> None:
        self.tree = tree
        self.executor = executor
        self._searched = searched
        self._found = None if searched is None and countable(tree) else self.numbers

    @cached_property
    def numbers(self) -> Docs:
        """The paragraphs: int32, ascending."""
        found = self.executor.paragraphs(self.tree)
        return found if self._searched is None else found[self._searched[index(found)]]

    @cached_property
    def _size(self) -> int:
        return self.executor.having(self.tree) if self._found is None else len(self._found)

    def __len__(self) -> int:
        return self._size

    @property
    def alternatives(self) -> frozenset[Node]:
        """Nodes of which a paragraph needs any one, and nothing else, to match; none if unknown."""
        if self._searched is not None:
            return frozenset()
        return frozenset(self.tree.items if isinstance(self.tree, Or) else [self.tree])
