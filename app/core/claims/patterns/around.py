"""Quotations and the rest of the sentence around a frame."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.patterns.words import NOT_CONTENT
from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.records import Span
from app.core.text import Quote
from app.core.thresholds import FRAME_REACH, PHRASE_REACH

__all__ = [
    "has_verb",
    "in_quote",
    "place",
    "quote_ending_before",
    "quote_ending_within",
    "rest_of_sentence",
    "tail_after",
]


def quote_ending_before(read: ReadSentence, i: int, quotes: Sequence[Quote]) -> int | None:
    """Index `i` when a quotation that stops with a mark ends right before token `i`."""
    tokens = read.parsed.tokens
    if i <= 0:
        return None
    at = read.start + tokens[i].start
    for q in quotes:
        gap = at - q.end
        if 0 <= gap <= 3 and not q.open:
            inner = read.text[max(0, q.end - read.start - 3) : q.end - read.start]
            between = read.text[max(0, q.end - read.start) : tokens[i].start]
            if any(c in inner for c in ",.?!—…-") or "," in between or "—" in between:
                return i
    return None


def quote_ending_within(read: ReadSentence, v: int, quotes: Sequence[Quote]) -> int | None:
    """The token after the last quotation that ends shortly before the verb: between them stands a long source phrase."""
    tokens = read.parsed.tokens
    at = read.start + tokens[v].start
    ending = [q for q in quotes if q.end <= at and not q.open]
    if not ending or any(q.start < at < q.end for q in quotes):
        return None
    q = ending[-1]
    inside = [t for t in tokens if q.end <= read.start + t.start < at]
    if not inside or len(inside) > 3 * PHRASE_REACH:
        return None
    first = inside[0].i + (1 if inside[0].text in (",", '"') else 0)
    if first >= v or quote_ending_before(read, first, quotes) is None:
        return None
    if not (tokens[first].pos in ("PROPN", "NOUN", "DET", "PRON", "ADJ") or tokens[first].text[0].isupper()):
        return None
    return first


def tail_after(tokens: Sequence[Token], end: int) -> int | None:
    """The mark that ends the frame's own words after its last ("told reporters on Friday,"), None at the sentence's end."""
    for k in range(end + 1, min(len(tokens), end + 1 + FRAME_REACH)):
        if tokens[k].text in (",", ".", ":", ";", "?", "!", "—", '"', "--"):
            return None if tokens[k].text == "." and k >= len(tokens) - 2 else k
    return None if end + 1 + FRAME_REACH >= len(tokens) else end + 1


def has_verb(tokens: Sequence[Token], a: int, b: int) -> bool:
    return any(
        t.tag in ("VBD", "VBZ", "VBP", "MD") or (not t.tag and t.pos in ("VERB", "AUX")) for t in tokens[a : b + 1]
    )


def rest_of_sentence(tokens: Sequence[Token], tail: int | None, *, bare: bool) -> tuple[int, int] | None:
    """What goes on after a frame in the middle."""
    if tail is None or tokens[tail].text not in (",", ":", "—", "--", '"'):
        return None
    k = tail if tokens[tail].text == '"' else tail + 1
    if k >= len(tokens) - 1:
        return None
    if tokens[k].text == '"':
        return k, len(tokens) - 1
    if tokens[tail].text != ",":
        return None
    if bare and tokens[k].text[0].isalnum():
        return k, len(tokens) - 1
    if (
        tokens[k].text[0].islower()
        and tokens[k].text.lower() not in NOT_CONTENT
        and tokens[k].tag != "VBG"
        and not tokens[k].text.endswith("ing")
    ):
        return k, len(tokens) - 1
    return None


def in_quote(read: ReadSentence, i: int, quotes: Sequence[Quote]) -> bool:
    at = read.start + read.parsed.tokens[i].start
    return any(q.start <= at < q.end and at - q.start <= 2 for q in quotes)


def place(read: ReadSentence, i: int, j: int) -> Span:
    tokens = read.parsed.tokens
    return read.start + tokens[i].start, read.start + tokens[j].end
