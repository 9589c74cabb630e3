"""Frames by a sign: "Minister: no", and what a colon opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.claims.actors.names import is_given
from app.core.claims.actors.roles import is_form_of_address
from app.core.claims.cues import Cues
from app.core.claims.frames_types import Following, Frame
from app.core.claims.patterns.around import place
from app.core.claims.patterns.making import frame_of
from app.core.claims.patterns.phrases import bare_phrase, head_of, left_phrase, right_phrase
from app.core.claims.patterns.words import base_verb
from app.core.claims.sentences import ReadSentence
from app.core.claims.source_phrases import person_nouns
from app.core.language import Token
from app.core.lexicon.load import word_set
from app.core.records import Span, Stance
from app.core.text import fold

__all__ = ["colon_frames", "label_frames"]


def colon_frames(read: ReadSentence, following: Following, cues: Cues) -> Iterator[Frame]:
    """`The governor added:` — what is said stands in the next sentence."""
    tokens = read.parsed.tokens
    for token in reversed(tokens):
        lemma = base_verb(token, cues)
        if lemma is None or cues.verbs[lemma].family not in ("say", "claim", "ask", "show"):
            continue
        source = left_phrase(tokens, token.i) or right_phrase(tokens, token.i)
        if source is None and token.i == 0:
            continue
        frame = frame_of(read, "colon-end", token, cues.verbs[lemma], source or (0, token.i - 1), [], [])
        yield replace(frame, content=(following.span,))
        return
    if following.quoted and len(tokens) > 1:
        yield from _from_whom(read, following.span, cues)


_ANSWERS = frozenset("reply response answer reaction word letter post advice verdict".split())


def _from_whom(read: ReadSentence, following: Span, cues: Cues) -> Iterator[Frame]:
    """`And from the mayor:`, `The mayor's reply:` before a quotation: whom, or whose, the words before the colon end with."""
    tokens = read.parsed.tokens
    colon = next(t.i for t in reversed(tokens) if t.text == ":")
    phrase = left_phrase(tokens, colon)
    if phrase is None or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens[:colon]):
        return
    head = tokens[head_of(tokens, *phrase)]
    owner = next((t.i for t in reversed(tokens[phrase[0] : colon]) if t.text in ("'s", "'")), None)
    if owner is not None and owner > phrase[0] and (head.lemma in cues.nouns or head.lemma in _ANSWERS):
        phrase = phrase[0], owner - 1
        head = tokens[head_of(tokens, *phrase)]
    if head.pos != "PROPN" and fold(head.text) not in person_nouns() | word_set("speakers", "organisations"):
        return
    frame = _mark(read, "colon-end", colon, phrase, phrase)
    yield replace(frame, content=(following,))


# --- labels ---------------------------------------------------------------------------------------------------------


def label_frames(read: ReadSentence) -> Iterator[Frame]:
    """`Name: words`, as in transcripts and headlines; `words ― Name` under a quotation."""
    tokens = read.parsed.tokens
    first = 0
    while first < len(tokens) and tokens[first].text == '"':
        first += 1
    colon = next((t.i for t in tokens[first : first + 8] if t.text == ":"), None)
    if colon is not None and colon > first and colon + 1 < len(tokens):
        name = tokens[first:colon]
        quoted = tokens[colon + 1].text == '"'
        if tokens[colon + 1].start > tokens[colon].end and _may_name(name, quoted=quoted):
            yield _mark(read, "label", colon, (first, colon - 1), (colon + 1, len(tokens) - 1))
    dash = next((t.i for t in reversed(tokens) if t.text == "—"), None)
    if (
        dash is not None
        and 1 < dash < len(tokens) - 1
        and len(tokens) - dash <= 8
        and tokens[dash - 1].text == '"'
        and all(t.text[0].isupper() or t.text in (".", ",") for t in tokens[dash + 1 :])
    ):
        yield _mark(
            read, "signature", dash, (dash + 1, bare_phrase(tokens, dash + 1, len(tokens) - 1)[1]), (0, dash - 1)
        )


def _may_name(name: Sequence[Token], *, quoted: bool) -> bool:
    """Whether the words before a colon can be whose words follow: capitals, and no heading ("Photos:", "Read more:")."""
    if not all(
        t.text[0].isupper() or t.text in (".", "-", "'s") or t.text.lower() in ("of", "the", "and") for t in name
    ):
        return False
    words = [t.text.lower() for t in name]
    if word_set("speakers", "credits") & {" ".join(words), words[-1]}:
        return False
    known = person_nouns().union(*(word_set("speakers", field) for field in ("groups", "organisations", "documents")))
    if quoted or words[-1] in known:
        return True
    if all(t.text.isupper() or not t.text[0].isalpha() for t in name) and len(name[-1].text) > 1:
        opening = words[0].capitalize()
        addressed = len(name) > 1 and is_form_of_address(opening)
        return words[0] == "the" or addressed or opening not in word_set("shapes", "never")
    return name[-1].pos == "PROPN" and (name[-1].entity in ("PERSON", "ORG", "GPE", "NORP") or is_given(name[0].text))


def _mark(read: ReadSentence, kind: str, mark: int, source: tuple[int, int], content: tuple[int, int]) -> Frame:
    tokens = read.parsed.tokens
    a, b = bare_phrase(tokens, *content)
    b = max(a, b)
    return Frame(
        kind,
        "mark",
        Stance.ASSERTS,
        ":" if kind == "label" else "—",
        place(read, mark, mark),
        mark,
        place(read, *source),
        head_of(tokens, *source),
        (place(read, a, b),),
        None,
        ("pattern",),
    )
