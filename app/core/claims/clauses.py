"""The statements that one claim holds: "10 people died, 50 were hurt and the roof, built in 1960, fell in" holds four.

By the dependency parse: what hangs on a verb of its own (joined main clauses, clauses that lean on another, relative clauses,
participles that tell what else happened) or stands in apposition, if it says enough. Words that no such part takes belong to
the part before them. A claim read without a parse is one statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.language import Parsed, Token
from app.core.records import Span
from app.core.thresholds import CLAUSE_STATES_WORDS

__all__ = ["clauses_of"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_VERBS = frozenset({"VERB", "AUX"})


def clauses_of(parsed: Parsed, start: int, whole: Span, stated: Sequence[Span]) -> tuple[Span, ...]:
    """The statements of a claim as spans of the source, in order; one at least.

    `parsed` is the sentence that the claim stands in, beginning at `start`; `whole` the claim, `stated` what it states without
    its reporting frame. Spans lie in `whole`, may hold one another (a relative clause inside its sentence), and together they
    take in every word of what is stated.
    """
    low, high = min(s for s, _ in stated), max(e for _, e in stated)
    low, high = max(low, whole[0]), min(high, whole[1])
    if not parsed.has_dependencies or low >= high:
        return (whole,)
    found = []
    for first, last in _parts(parsed):
        a, b = start + parsed.tokens[first].start, start + parsed.tokens[last].end
        a, b = max(a, low), min(b, high)
        if b > a and _says_enough(parsed, start, a, b):
            found.append((a, b))
    kept = sorted(set(found))
    if len(kept) < 2:
        return (whole,)
    words = [
        (start + t.start, start + t.end)
        for t in parsed.tokens
        if t.text[0].isalnum() and t.pos not in {"CCONJ", "SCONJ"}
    ]
    return _covering(kept, words, low, high)


def _parts(parsed: Parsed) -> list[tuple[int, int]]:
    """The parts of a sentence, as first and last token."""
    tokens = parsed.tokens
    below = parsed.children()
    heads = {t.i for t in tokens if t.head == t.i} | {t.i for t in tokens if _heads_a_part(t, tokens, below)}
    own: dict[int, list[int]] = {}
    for token in tokens:
        own.setdefault(_head_of(token, tokens, heads), []).append(token.i)
    out = []
    for words in own.values():
        first, last = 0, len(words) - 1
        while first < last and tokens[words[first]].pos in {"PUNCT", "CCONJ"}:
            first += 1
        while last > first and tokens[words[last]].pos in {"PUNCT", "CCONJ", "SCONJ"}:
            last -= 1
        out.append((words[first], words[last]))
    return out


def _head_of(token: Token, tokens: Sequence[Token], heads: set[int]) -> int:
    at, steps = token, 0
    while at.i not in heads and at.head != at.i and steps < len(tokens):
        at, steps = tokens[at.head], steps + 1
    return at.i


def _heads_a_part(token: Token, tokens: Sequence[Token], below: Sequence[Sequence[int]]) -> bool:
    least = CLAUSE_STATES_WORDS
    match token.dep:
        case "conj":
            heads = token.pos in _VERBS and tokens[token.head].pos in _VERBS
            least -= 1
        case "advcl":
            heads = token.pos in _VERBS
            least -= 1
        case "relcl" | "appos":
            heads = True
            least -= 1
        case "acl":
            heads = token.tag in {"VBG", "VBN"}
        case "ccomp" | "parataxis":
            heads = token.pos in _VERBS and any(tokens[k].dep in _SUBJECTS for k in below[token.i])
        case _:
            heads = False
    return heads and _words_below(token.i, tokens, below, least) >= least


def _words_below(at: int, tokens: Sequence[Token], below: Sequence[Sequence[int]], enough: int) -> int:
    """Words that hang on a token, itself included, counted no further than `enough`."""
    found, waiting = 0, [at]
    while waiting and found < enough:
        k = waiting.pop()
        found += tokens[k].text[0].isalnum()
        waiting.extend(below[k])
    return found


def _says_enough(parsed: Parsed, start: int, a: int, b: int) -> bool:
    words = [t for t in parsed.tokens if a <= start + t.start and start + t.end <= b and t.text[0].isalnum()]
    return len(words) >= CLAUSE_STATES_WORDS or (
        len(words) > 1 and any(any(c.isdigit() for c in t.text) for t in words)
    )


def _covering(kept: Sequence[Span], words: Sequence[Span], low: int, high: int) -> tuple[Span, ...]:
    """The parts, each reaching on over the words behind it that no part takes; the first takes those before it too."""
    out = []
    for a, b in kept:
        after = min((s for s, _ in kept if s >= b), default=high)
        taken = any(s <= b < e for s, e in kept if (s, e) != (a, b))
        behind = [] if taken else [e for s, e in words if b <= s and e <= after]
        out.append((a, max(behind, default=b)))
    ahead = [s for s, e in words if low <= s and e <= out[0][0]]
    out[0] = (min(ahead, default=out[0][0]), out[0][1])
    return tuple(sorted(set(out)))
