"""What a date dates: the verb that it stands with, or the noun ("the Aug. 15 speech"), by the sentence's grammar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.lexicon.load import load
from app.core.records import DateMention, Span

__all__ = ["with_events"]

_MODIFIES = frozenset({"compound", "poss", "nmod", "npadvmod", "amod", "nummod"})
_CLIMB = 8


def with_events(dates: Sequence[DateMention], sentences: Sequence[ReadSentence]) -> tuple[DateMention, ...]:
    """The dates, each with the lemma of what it dates and where that stands; unchanged where no grammar was read."""
    starts = [s.start for s in sentences]
    out = []
    for mention in dates:
        at = bisect_right(starts, mention.start) - 1
        inside = at >= 0 and mention.end <= sentences[at].end and sentences[at].parsed.has_dependencies
        found = _event(sentences[at], (mention.start, mention.end)) if inside else None
        out.append(replace(mention, event=found.lemma, event_at=found.start + starts[at]) if found else mention)
    return tuple(out)


def _event(sentence: ReadSentence, span: Span) -> Token | None:
    tokens = sentence.parsed.tokens
    within = [t for t in tokens if span[0] < t.end + sentence.start and t.start + sentence.start < span[1]]
    top = next((t for t in within if tokens[t.head] not in within), None)
    if top is None:
        return None
    token = top
    for _ in range(_CLIMB):
        head = tokens[token.head]
        if head is token:
            return None
        if head.pos in {"VERB", "AUX"}:
            return head if head.pos == "VERB" else _meant(head, tokens)
        direct = token is top and token.dep in _MODIFIES and head.lemma != "time"
        if head.pos == "NOUN" and (direct or is_happening(head.lemma)):
            return head
        token = head
    return None


def _meant(verb: Token, tokens: Sequence[Token]) -> Token:
    """Of "the vote is on Friday" the vote: to be is no event of its own."""
    subject = (t for t in tokens if t.head == verb.i and t.dep == "nsubj" and t.pos == "NOUN")
    return next(subject, verb)


@lru_cache(maxsize=4096)
def is_happening(noun: str) -> bool:
    """Whether a noun names something that happens: a meeting, an attack."""
    table = load("dates")["happenings"]
    return noun in table["nouns"] or noun.endswith(tuple(table["endings"]))
