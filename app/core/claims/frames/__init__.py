"""Reporting frames of one sentence, found over the dependency parse: who, by which word, reports what.

Every construction that *can* attribute becomes a candidate; `weighing.py` decides which of them do. Nothing here looks
beyond its sentence: pronouns and quotations of several sentences are the business of `speakers.py` and `attribution.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.core.claims.cues import Cues, load_cues
from app.core.claims.frames.adjectives import adjective_frames
from app.core.claims.frames.nouns import according_frames, noun_frames
from app.core.claims.frames.verbs import verb_frames
from app.core.claims.frames_types import Following, Frame
from app.core.claims.patterns import colon_frames, pattern_frames
from app.core.claims.sentences import ReadSentence
from app.core.claims.tree import Tree
from app.core.language import Token
from app.core.lexicon.load import word_set
from app.core.text import Quote, one_typography

__all__ = ["Frame", "Tree", "frames_of"]


def frames_of(
    read: ReadSentence, quotes: Sequence[Quote], cues: Cues | None = None, following: Following | None = None
) -> list[Frame]:
    """Candidate frames, in order of their cue. `quotes` are those of the source that touch this sentence.

    `following` is what a frame that ends in a colon reports.
    """
    cues = cues or load_cues()
    out = [f for f in pattern_frames(read, quotes, cues) if f.content]
    if following is not None and read.text.rstrip().endswith(":"):
        out.extend(colon_frames(read, following, cues))
    if read.parsed.has_dependencies:
        out.extend(_parsed_frames(read, quotes, cues))
    out = [f for f in out if f.lemma not in cues.quoted or _stands_by_quotation(f, read, quotes)]
    return sorted((f for f in out if _can_speak(f, read.parsed.tokens)), key=lambda f: (f.cue, f.content))


def _parsed_frames(read: ReadSentence, quotes: Sequence[Quote], cues: Cues) -> Iterator[Frame]:
    tree = Tree(read.parsed, read.start)
    for token in tree.tokens:
        if token.text.lower() == "according":
            yield from according_frames(tree, token, quotes, cues)
        elif token.tag.startswith("VB") or token.pos in ("VERB", "AUX"):
            yield from verb_frames(tree, token, quotes, cues)
        elif token.pos in ("NOUN", "PROPN") and token.lemma in cues.nouns:
            yield from noun_frames(tree, token, cues)
        elif token.dep in ("acomp", "attr", "ROOT", "conj") and token.text.lower() in cues.adjectives:
            yield from adjective_frames(tree, token, cues)


def _can_speak(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Whether the subject is none of what never speaks: "the storm added ten inches", "Hurricane Ada threatened to"."""
    if frame.source_head is None:
        return True
    head, lifeless = tokens[frame.source_head], word_set("speakers", "lifeless")
    if head.pos != "PROPN":
        return head.pos != "NOUN" or head.lemma.lower() not in lifeless
    if head.text.lower() in lifeless:  # "Snow continues", but "Snow said" of a man of that name
        return bool(head.entity) or frame.lemma not in load_cues().bare_object_never
    return head.i == 0 or tokens[head.i - 1].text.lower() not in lifeless or head.entity == "ORG"


def _stands_by_quotation(frame: Frame, read: ReadSentence, quotes: Sequence[Quote]) -> bool:
    """A quotation that a mark ends right before the frame ("“Never,” he shrugged"), or that a comma or colon opens behind it."""
    spans = [frame.cue, *([frame.source] if frame.source else [])]
    first, last = min(s for s, _ in spans) - read.start, max(e for _, e in spans) - read.start
    text = one_typography(read.text)
    ended = re.search(r"[,.?!…-][\"']+ ?$", text[:first]) is not None
    return any(
        (ended and text[max(0, q.end - read.start) : first].strip() == "" and q.end - read.start <= first)
        or (last <= q.start - read.start and text[last : q.start - read.start].strip() in {",", ":"})
        for q in quotes
    )
