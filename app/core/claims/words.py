"""Which words a claim is compared by."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actors.book import ActorBook
from app.core.language import Parsed
from app.core.records import Span, Word, WordKind

__all__ = ["canonical_lemma", "content_words"]

_KIND: dict[str, WordKind] = {
    "VERB": "verb",
    "NOUN": "noun",
    "PROPN": "name",
    "ADJ": "other",
    "ADV": "other",
    "NUM": "other",
}


def canonical_lemma(word: str) -> str:
    """The lemma that stands for all spellings of a word: labor for labour, apologize for apologise."""
    return word.lower()


def content_words(
    parsed: Parsed, offset: int = 0, book: ActorBook | None = None, spans: Sequence[Span] | None = None
) -> tuple[Word, ...]:
    """Content words in order, function words left out; with `spans` (text offsets) only those inside them."""
    return tuple(
        Word(canonical_lemma(t.lemma), _KIND[t.pos], t.start + offset, t.end + offset)
        for t in parsed.tokens
        if t.pos in _KIND
        and t.text[0].isalnum()
        and (spans is None or any(a <= t.start + offset and t.end + offset <= b for a, b in spans))
    )
