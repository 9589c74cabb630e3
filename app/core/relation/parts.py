"""Who plays which part: the same deed with the actors swapped, or given to another where only one can have done it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core import thresholds
from app.core.records import Claim, Dimension, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.relation.likeness import coverage, names_before
from app.core.relation.scan import Scan, scan

__all__ = ["compare_parts"]

_ONLY_ONE = frozenset(
    "won win wins winning beat beats defeated defeats elected appointed crowned knocked clinched".split()
)
_BY = frozenset(
    "led brokered written designed founded directed invented painted composed scored built signed fired launched hosted chaired headed".split()
)


@dataclass(frozen=True, slots=True)
class _Mention:
    key: str
    start: int
    end: int


def compare_parts(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when "X beat Y" meets "Y beat X", or "X won" meets "Y won"; "led by X" and "led by Y" alike."""
    if coverage(a, b) < thresholds.NEGATION_COVERAGE:
        return None
    return (_swapped(a, b, context) if coverage(a, b) >= thresholds.SWAP_COVERAGE else None) or _doer(a, b, context)


def _swapped(a: Claim, b: Claim, context: Context) -> Reason | None:
    """Two actors on either side of one active verb, the other way round in the other statement."""
    order = [_around(c) for c in (a, b)]
    for (stem_a, x, y, passive_a), (stem_b, u, v, passive_b) in ((p, q) for p in order[0] for q in order[1]):
        if stem_a != stem_b or passive_a != passive_b:
            continue
        if x.key == v.key and y.key == u.key and x.key != y.key:
            return _say(a, b, (x.start, x.end), (u.start, u.end), context)
    return None


def _around(claim: Claim) -> list[tuple[str, _Mention, _Mention, bool]]:
    read = scan(claim.text)
    verbs = {w.start - claim.start for w in claim.words if w.kind == "verb"}
    out = []
    mentions = [_Mention(m.key, m.start, m.end) for m in claim.actors]
    for i, word in enumerate(read.words):
        if word.start not in verbs and word.lower not in _ONLY_ONE:
            continue
        start = claim.start + word.start
        before = [m for m in mentions if m.end <= start]
        after = [m for m in mentions if m.start >= start]
        if before and after:
            follows = read.words[i + 1].lower if i + 1 < len(read.words) else ""
            out.append((word.stem, before[-1], after[0], follows in ("by", "to")))
    return out


def _doer(a: Claim, b: Claim, context: Context) -> Reason | None:
    read_a, read_b = scan(a.text), scan(b.text)
    for i, word in enumerate(read_a.words):
        for j, other in enumerate(read_b.words):
            if word.stem != other.stem:
                continue
            spans = _winners(a, b, read_a, read_b, i, j) or _makers(a, b, read_a, read_b, i, j)
            if spans:
                return _say(a, b, *spans, context)
    return None


def _winners(a: Claim, b: Claim, read_a: Scan, read_b: Scan, i: int, j: int) -> tuple[Span, Span] | None:
    if read_a.words[i].lower not in _ONLY_ONE or read_b.words[j].lower not in _ONLY_ONE:
        return None
    first, second = names_before(a, i, read_a), names_before(b, j, read_b)
    if not first or not second or first & second:
        return None
    rest_a = {w.stem for w in read_a.words[i + 1 :] if w.content}
    rest_b = {w.stem for w in read_b.words[j + 1 :] if w.content}
    if not rest_a & rest_b:
        return None
    return _span(a, read_a, first, 0, i), _span(b, read_b, second, 0, j)


def _makers(a: Claim, b: Claim, read_a: Scan, read_b: Scan, i: int, j: int) -> tuple[Span, Span] | None:
    if read_a.words[i].lower not in _BY:
        return None
    after = [
        frozenset(w.stem for w in r.words[k + 2 : k + 8] if w.content and w.text[0].isupper())
        if k + 1 < len(r.words) and r.words[k + 1].lower == "by"
        else frozenset()
        for r, k in ((read_a, i), (read_b, j))
    ]
    if not after[0] or not after[1] or after[0] & after[1]:
        return None
    return _span(a, read_a, after[0], i, len(read_a.words)), _span(b, read_b, after[1], j, len(read_b.words))


def _span(claim: Claim, read: Scan, names: frozenset[str], first: int, last: int) -> Span:
    found = [w for w in read.words[first:last] if w.stem in names]
    return where(claim, found[0].start, found[-1].end) if found else where(claim, 0, 0)


def _say(a: Claim, b: Claim, a_span: Span, b_span: Span, context: Context) -> Reason:
    names = between_names(a, b, context)
    words = a.text[a_span[0] - a.start : a_span[1] - a.start], b.text[b_span[0] - b.start : b_span[1] - b.start]
    say = f"{names[0]} says that it was {words[0]}; {names[1]} that it was {words[1]}."
    return reason(Dimension.ROLE, Outcome.EXCLUDES, a, b, a_span, b_span, say)
