"""A frame put together from the places of its parts."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.cues import CueWord
from app.core.claims.frames_types import Frame
from app.core.claims.patterns.phrases import bare_phrase, head_of
from app.core.claims.patterns.words import NOBODY
from app.core.claims.sentences import ReadSentence
from app.core.language import Token

__all__ = ["frame_of"]


def frame_of(
    read: ReadSentence,
    kind: str,
    verb: Token,
    word: CueWord,
    source: tuple[int, int],
    content: Sequence[tuple[int, int]],
    extra: Sequence[str],
) -> Frame:
    tokens = read.parsed.tokens
    spans = []
    for a, b in content:
        a, b = bare_phrase(tokens, a, b)  # noqa: PLW2901
        if b >= a:
            spans.append((read.start + tokens[a].start, read.start + tokens[b].end))
    head = head_of(tokens, *source)
    return Frame(
        kind=kind,
        family=word.family,
        stance=word.stance_where(denied=_is_denied(tokens, verb.i, source[0])),
        lemma=word.lemma,
        cue=(read.start + verb.start, read.start + verb.end),
        verb=verb.i,
        source=(read.start + tokens[source[0]].start, read.start + tokens[source[1]].end),
        source_head=head,
        content=tuple(spans),
        parent=None,
        features=("pattern", *extra),
    )


def _is_denied(tokens: Sequence[Token], v: int, source: int) -> bool:
    first = v
    while first and v - first < 4 and tokens[first - 1].pos in ("AUX", "PART", "ADV"):
        first -= 1
    near = {t.text.lower() for t in tokens[first:v]}
    return bool(near & {"not", "n't", "never"}) or tokens[source].text.lower() in NOBODY | {"not"}
