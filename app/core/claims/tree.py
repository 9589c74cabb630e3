"""A sentence as a tree of words, with what a rule asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from app.core.language import Parsed
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Span

__all__ = ["FINITE", "SUBJECTS", "Tree"]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Tree:
    """A sentence's tokens with what hangs on each; `start` is where the sentence begins in the source."""

    def __init__(self, parsed: Parsed, start: int = 0) -> None:
        self.start = start
        self.parsed = parsed
        self.tokens = parsed.tokens
        self.children = parsed.children()
        self.low = [t.text.lower() for t in self.tokens]
        self._forms: dict[int, str] = {}

    def form(self, i: int) -> str:
        """The lower-case lemma of a token in the spelling that stands for all."""
        if i not in self._forms:
            self._forms[i] = canonical_spelling(self.tokens[i].lemma or self.low[i])
        return self._forms[i]

    def extent(self, i: int, *, without: Sequence[int] = ()) -> Span:
        """First and last token of the subtree of `i` (inclusive), leaving out the subtrees named."""
        if not without:
            return self._extents[i]
        inside = self.inside(i, without=without)
        return min(inside), max(inside)

    @cached_property
    def _extents(self) -> list[Span]:
        """Of every token, for all of them at once."""
        first, last = list(range(len(self.tokens))), list(range(len(self.tokens)))
        for i, token in enumerate(self.tokens):
            at, head = i, token.head
            while head != at:
                first[head], last[head] = min(first[head], i), max(last[head], i)
                at, head = head, self.tokens[head].head
        return list(zip(first, last, strict=True))

    def inside(self, i: int, *, without: Sequence[int] = ()) -> set[int]:
        out, stack = set(), [i]
        while stack:
            j = stack.pop()
            out.add(j)
            stack.extend(c for c in self.children[j] if c not in without)
        return out

    def span(self, left: int, right: int) -> Span:
        """Source offsets of tokens left..right (inclusive)."""
        return self.start + self.tokens[left].start, self.start + self.tokens[right].end

    def kids(self, i: int, *deps: str) -> list[int]:
        return [c for c in self.children[i] if self.tokens[c].dep in deps]

    def words(self, i: int, *deps: str) -> set[str]:
        """The words that hang on a token by these dependencies, in small letters."""
        return {self.low[c] for c in self.kids(i, *deps)}

    def is_verbal(self, i: int) -> bool:
        return self.tokens[i].pos in {"VERB", "AUX"}
