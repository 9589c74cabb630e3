"""Which words a claim is compared by: content words in one spelling, function words left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.core.claims.actors.book import ActorBook
from app.core.language import Parsed, Token
from app.core.lexicon.load import word_set
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Span, Word, WordKind
from app.core.text import stem

__all__ = ["FUNCTION", "canonical_lemma", "content_words"]

_KIND: dict[str, WordKind] = {
    "VERB": "verb",
    "NOUN": "noun",
    "PROPN": "name",
    "ADJ": "other",
    "ADV": "other",
    "NUM": "other",
}

# Words of every sentence, whatever their part of speech: they tell no proposition from another.
FUNCTION = word_set("closed", "words_function")
_VERBAL_FUNCTION = frozenset({"keep", "give", "use", "set", "put", "take", "come", "make"})


@lru_cache(maxsize=65536)
def canonical_lemma(word: str) -> str:
    """The form that stands for all spellings of a word: labor for labour, apologize for apologise; lower case.

    >>> canonical_lemma("Labour"), canonical_lemma("apologise"), canonical_lemma("South‘s")
    ('labor', 'apologize', 'south')
    """
    lower = re.sub(r"['’‘`´]s?$", "", word.lower())
    return canonical_spelling(lower.replace("’", "'").replace("‘", "'"))


def content_words(
    parsed: Parsed, offset: int = 0, book: ActorBook | None = None, spans: Sequence[Span] | None = None
) -> tuple[Word, ...]:
    """Content words in order, function words left out; with `spans` (text offsets) only those inside them.

    A word of an actor's name has kind "name"; its lemma stays its own, so that names can be compared as words too.
    """
    return tuple(
        Word(_lemma(t, parsed), _kind(t, offset, book), t.start + offset, t.end + offset)
        for t in parsed.tokens
        if _counts(t, parsed)
        and (spans is None or any(a <= t.start + offset and t.end + offset <= b for a, b in spans))
    )


def _lemma(token: Token, parsed: Parsed) -> str:
    # Without a model the lemma is a stem for verbs and the bare word else: the stem of all makes forms meet.
    if not parsed.has_dependencies:
        return stem(canonical_lemma(token.text))
    return canonical_lemma(token.lemma or token.text)


def _kind(token: Token, offset: int, book: ActorBook | None) -> WordKind:
    if book is not None and book.at(token.start + offset) is not None:
        return "name"
    return _KIND.get(token.pos, "other")


def _counts(token: Token, parsed: Parsed) -> bool:
    if token.pos not in _KIND and not (token.pos in {"INTJ", "X", "SYM"} and token.text.isalpha()):
        return False
    if not any(c.isalnum() for c in token.text):
        return False
    lower, lemma = token.text.lower(), (token.lemma or token.text).lower()
    if lower in FUNCTION or lemma in FUNCTION:
        return token.pos == "VERB" and lemma in _VERBAL_FUNCTION and parsed.has_dependencies
    return True
