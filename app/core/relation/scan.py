"""One statement's words as guards see them: tokens by stem, and predicates with their sign and modality.

Works on the words alone, so that it holds for a bare sentence, for a claim read with a model and for one read by rules.
Offsets are into the statement's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.core.relation.predicates import Predicate, Word, modality_of, negated, negated_words, predicates_of
from app.core.relation.wordlists import load_lists, stem
from app.core.text import normalise

__all__ = ["Predicate", "Scan", "Word", "modality_of", "negated", "scan"]

_ONGOING = re.compile(r"\b(?:still|(?:is|are|was|were|remains?|keeps?)\s+(?:\w+ly\s+)?\w+ing)\b")
_TOKEN = re.compile(r"n't\b|[^\W_]+?(?=n't\b)|[^\W_]+(?:[.'-][^\W_]+)*|\S")


@dataclass(frozen=True, slots=True)
class Scan:
    text: str  # in one typography
    origin: tuple[int, ...]  # where each of its characters stands in the source
    words: tuple[Word, ...]
    predicates: tuple[Predicate, ...]
    negated: tuple[int, ...]  # indices of the words that a negation hits first
    stopped: frozenset[int]  # those of them that "stopped", "postponed" or "no longer" hits
    denial: int | None  # where "denied that" ends
    later: bool  # says itself that things changed
    ongoing: bool  # says that it goes on ("is still", "are filling"): may end any day
    conditional: tuple[int, int] | None  # "as long as ..."

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into `text` as offsets into the source."""
        return self.origin[start], self.origin[end - 1] + 1

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(w.stem for w in self.words if w.content)


@lru_cache(maxsize=8192)
def scan(source: str) -> Scan:
    """Read one statement. Cached: a claim stands in many pairs."""
    norm = normalise(source)
    lower = norm.text.casefold()
    if len(lower) != len(norm.text):  # a few letters grow when folded; offsets go first
        lower = norm.text.lower() if len(norm.text.lower()) == len(norm.text) else norm.text
    lists = load_lists()
    words = []
    for m in _TOKEN.finditer(norm.text):
        low = lower[m.start() : m.end()]
        start, end = norm.span(m.start(), m.end())
        possessive = low.endswith("'s")
        bare = low[:-2] if possessive else low
        content = low[0].isalnum() and bare not in lists.function and len(bare) > 1
        words.append(Word(m.group(), bare, stem(bare), start, end, content, possessive))
    found = tuple(words)
    conditional = None
    for kind, pattern in lists.modality:
        if kind == "conditional" and (m2 := pattern.search(lower)):
            conditional = norm.span(m2.start(), m2.end())
    denial = lists.denial.search(lower)
    if denial and lists.negation.search(" ".join(lower[: denial.start()].replace("n't", " n't").split()[-3:])):
        denial = None  # "did not deny" denies nothing
    hit = negated_words(found)
    return Scan(
        text=norm.text,
        origin=norm.origin,
        words=found,
        predicates=predicates_of(found),
        negated=tuple(i for i, _ in hit),
        stopped=frozenset(i for i, shifted in hit if shifted),
        denial=norm.span(denial.start(), denial.end())[1] if denial else None,
        later=bool(lists.later.search(lower)),
        ongoing=bool(_ONGOING.search(lower)),
        conditional=conditional,
    )
