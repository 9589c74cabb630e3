"""What is reported: what stands before the frame, what after it, and the quotations it takes along."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.cues import Cues
from app.core.claims.frames.subjects import SIDE
from app.core.claims.tree import Tree
from app.core.records import Span
from app.core.text import Quote
from app.core.thresholds import FRAME_REACH

__all__ = ["content_before", "cut_side", "rest_after", "take_quotes", "trimmed"]


def content_before(tree: Tree, v: int, head: int | None, before: list[int], *, inverted: bool) -> Span | None:
    """Tokens of the reported words that stand before a frame ("..., she said", "..., said the aide")."""
    found = _before(tree, v, head, before, inverted=inverted)
    return None if found is not None and _only_says_when(tree, v, *found) else found


def _only_says_when(tree: Tree, v: int, left: int, right: int) -> bool:
    """A phrase set before the frame that says when, where or although what: "In his book, he argued ...", no words of it."""
    tokens = tree.tokens
    tops = [t for t in tokens[left : right + 1] if not left <= t.head <= right or t.head == t.i]
    return (
        bool(tops)
        and all(t.head == v and t.dep in ("prep", "advcl", "npadvmod", "advmod", "punct", "cc", "mark") for t in tops)
        and tokens[left].text not in ('"', "'")
    )


def _before(tree: Tree, v: int, head: int | None, before: list[int], *, inverted: bool) -> Span | None:
    tokens = tree.tokens
    if inverted:
        return 0, v - 1
    frame_left = min([v, *([tree.extent(head)[0]] if head is not None and head < v and tokens[head].head == v else [])])
    if before:
        left, right = tree.extent(before[0])
        left = min(left, before[0])
        right = min(right, frame_left - 1)
        # what precedes the clause up to the sentence's start belongs to it when the frame is the root
        if tokens[v].dep in ("ROOT", "ccomp") and (tokens[v].head == v or tokens[v].head == before[0]):
            left = 0
        return (left, right) if right >= left else None
    if tokens[v].dep == "parataxis" or (
        tokens[v].dep in ("ccomp", "advcl", "conj", "dep")
        and frame_left > 0
        and tokens[frame_left - 1].text in (",", '"', "?", "!", "—", "'")
    ):
        head_verb = tokens[v].head
        if (
            head_verb < v
            and frame_left > 0
            and tokens[frame_left - 1].text in (",", '"', "?", "!", "—", "'")
            and not any(c > v for c in tree.kids(v, "ccomp", "xcomp", "dobj"))
        ):
            left = tree.extent(head_verb, without=[v])[0]
            return left, frame_left - 1
        if head_verb > v and tokens[v].dep == "parataxis" and frame_left > 0:
            return tree.extent(head_verb)[0], frame_left - 1
    if frame_left > 0 and tokens[frame_left - 1].text == '"' and not any(c > v for c in tree.kids(v, "ccomp")):
        return 0, frame_left - 1
    return None


def rest_after(tree: Tree, v: int, head: int | None, words: set[int]) -> Span | None:
    """Tokens after a frame that stands in the middle of what it reports."""
    tokens = tree.tokens
    end = max(words)
    if tokens[v].dep == "parataxis" and tokens[v].head > v + 1 and tokens[v + 1].text == ",":
        return v + 2, len(tokens) - 1  # "At the same time, he said, the situation has grown worse"
    if head is not None and head > v:
        end = max(end, tree.extent(head)[1])
    for c in tree.kids(v, "npadvmod", "prep", "dative", "dobj"):
        if c > v and c - end < FRAME_REACH:
            end = max(end, tree.extent(c)[1])
    k = end + 1
    n = len(tokens)
    if k < n and tokens[k].text == ",":
        j = k + 1
        if j < n and tokens[j].text == '"':
            return j, n - 1
        if (
            j < n - 1
            and tokens[j].tag != "VBG"
            and tokens[j].text[0].islower()
            and tokens[j].text
            not in ("who", "which", "and", "but", "a", "an", "the", "citing", "as", "while", "according")
        ):
            return j, n - 1
    return None


def cut_side(tree: Tree, c: int, right: int, cues: Cues) -> int:
    """End the content before a trailing participle that reports on ("..., adding that ...") or a second frame."""
    tokens = tree.tokens
    for i in range(c + 1, right + 1):
        if (
            tokens[i].tag == "VBG"
            and tokens[i].dep in SIDE
            and i > 0
            and tokens[i - 1].text == ","
            and tokens[i].lemma in cues.verbs
            and cues.verbs[tokens[i].lemma].family in ("say", "claim", "call", "show", "judge")
        ):
            return i - 2
        if tree.low[i] == "according" and tokens[i - 1].text == ",":
            return i - 2
    return right


def trimmed(tree: Tree, left: int, right: int) -> Span | None:
    tokens = tree.tokens
    while right >= left and (tokens[right].text in (",", ";", ":", "—", "-", ".") or not tokens[right].text.strip()):
        right -= 1
    while left <= right and (tokens[left].text in (",", ";", ":", "—", "-") or not tokens[left].text.strip()):
        left += 1
    if right < left:
        return None
    return tree.span(left, right)


def take_quotes(tree: Tree, spans: tuple[Span, ...], quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """A quotation that the content cuts into is taken whole (within this sentence)."""
    start, end = tree.start, tree.start + tree.tokens[-1].end
    out = []
    for left, right in spans:
        s, e = left, right
        for q in quotes:
            qs, qe = max(q.start, start), min(q.end, end)
            if qs < e and s < qe:
                if qs < s and s - qs <= 2:
                    s = qs
                if e < qe and (qe - e <= 2 or s <= qs):
                    e = qe
        out.append((s, e))
    return tuple(out)
