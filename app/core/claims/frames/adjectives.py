"""Frames of an adjective: "she is sure that", "he was critical of", "they are reluctant to"."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.claims.cues import Cues
from app.core.claims.frames.contents import cut_side, trimmed
from app.core.claims.frames.subjects import source_span, subject_of
from app.core.claims.frames_types import Frame
from app.core.claims.tree import Tree
from app.core.language import Token

__all__ = ["adjective_frames"]

_ABOUT = frozenset("about of over at with to for by against".split())


def adjective_frames(tree: Tree, token: Token, cues: Cues) -> Iterator[Frame]:
    """What somebody is sure, afraid, critical of; nothing without a subject."""
    tokens = tree.tokens
    a = token.i
    verb = token.head if tokens[token.head].pos in ("AUX", "VERB") else a
    source, how = subject_of(tree, verb)
    if source is None or source >= a:
        return
    lemma = token.text.lower()
    for kind, left, right in _contents(tree, a, verb):
        span = trimmed(tree, left, cut_side(tree, left, right, cues))
        if span is None:
            continue
        yield Frame(
            kind=kind,
            family="adjective",
            stance=cues.adjectives[lemma],
            lemma=lemma,
            cue=tree.span(min(verb, a), a),
            verb=a,
            source=source_span(tree, source, a),
            source_head=source,
            content=(span,),
            parent=token.head if token.head != a else None,
            features=("subj=" + how, "adj-dep=" + token.dep),
        )


def _contents(tree: Tree, a: int, verb: int) -> Iterator[tuple[str, int, int]]:
    tokens = tree.tokens
    for c in dict.fromkeys([*tree.kids(a, "ccomp", "xcomp"), *tree.kids(verb, "ccomp")]):
        if c > a:
            left, right = tree.extent(c)
            left = max(left, a + 1)
            yield ("adj-to" if tree.low[left] == "to" else "adj-that"), left, right
    for p in dict.fromkeys([*tree.kids(a, "prep"), *tree.kids(verb, "prep")]):
        if p == a + 1 and tree.low[p] in _ABOUT and p + 1 < len(tokens):
            yield "adj-about", p + 1, tree.extent(p)[1]
