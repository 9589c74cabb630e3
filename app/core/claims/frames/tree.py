"""A sentence as a tree of words, with what a rule asks of it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.sentences import ReadSentence
from app.core.records import Span

__all__ = ["Tree"]


class Tree:
    """A sentence's tokens with their children and the extent of each subtree."""

    def __init__(self, read: ReadSentence) -> None:
        self.read = read
        self.tokens = read.parsed.tokens
        self.children = read.parsed.children()

    def extent(self, i: int, *, without: Sequence[int] = ()) -> Span:
        """First and last token of the subtree of `i` (inclusive), leaving out the subtrees named."""
        left = right = i
        stack = [i]
        while stack:
            j = stack.pop()
            left, right = min(left, j), max(right, j)
            stack.extend(c for c in self.children[j] if c not in without)
        return left, right

    def inside(self, i: int) -> set[int]:
        out, stack = set(), [i]
        while stack:
            j = stack.pop()
            out.add(j)
            stack.extend(self.children[j])
        return out

    def span(self, left: int, right: int) -> Span:
        """Source offsets of tokens left..right (inclusive)."""
        return self.read.start + self.tokens[left].start, self.read.start + self.tokens[right].end

    def kids(self, i: int, *deps: str) -> list[int]:
        return [c for c in self.children[i] if self.tokens[c].dep in deps]
