"""Reporting frames that word order and marks alone give away: beside a quotation, between commas, before a colon.

They stand beside the parse's candidates (a parser is often lost around quotations) and are all there is when no
language model is installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.claims.cues import Cues, CueWord
from app.core.claims.frames_types import Frame
from app.core.claims.patterns.around import (
    has_verb,
    in_quote,
    quote_ending_before,
    quote_ending_within,
    rest_of_sentence,
    tail_after,
)
from app.core.claims.patterns.labels import colon_frames, label_frames
from app.core.claims.patterns.making import frame_of
from app.core.claims.patterns.phrases import head_of, last_word, left_phrase, right_phrase
from app.core.claims.patterns.words import STOPS, SUBJECTS, SUBORDINATORS, TIMES, base_verb, is_finite, is_passive
from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.text import Quote
from app.core.thresholds import FRAME_REACH

__all__ = ["TIMES", "base_verb", "colon_frames", "head_of", "left_phrase", "pattern_frames", "right_phrase"]


def pattern_frames(read: ReadSentence, quotes: Sequence[Quote], cues: Cues) -> Iterator[Frame]:
    """Candidates by pattern, in order of their cue."""
    tokens = read.parsed.tokens
    for token in tokens:
        behind = token.i > 1 and tokens[token.i - 1].text == '"' and tokens[token.i - 2].text in {",", "?", "!"}
        lemma = base_verb(token, cues, sure=behind)
        if lemma is None or lemma == "make":
            continue
        word = cues.verbs[lemma]
        if not (is_finite(token) or behind) or is_passive(tokens, token.i):
            continue
        if token.i + 1 < len(tokens) and tokens[token.i + 1].text.lower() in cues.never_particles.get(lemma, ()):
            continue
        if word.family in ("say", "claim", "think", "ask", "show", "deny", "call"):
            yield from _beside(read, token, word, quotes)
    yield from label_frames(read)


# --- around a verb --------------------------------------------------------------------------------------------------


def _beside(read: ReadSentence, verb: Token, word: CueWord, quotes: Sequence[Quote]) -> Iterator[Frame]:
    tokens = read.parsed.tokens
    v = verb.i
    left = left_phrase(tokens, v)
    after_quote = quote_ending_before(read, (left[0] if left else v), quotes)
    if after_quote is None and left is None:
        stretched = quote_ending_within(read, v, quotes)
        if stretched is not None:
            left = (stretched, last_word(tokens, v - 1))
            after_quote = stretched
    inverted = right_phrase(tokens, v) if left is None else None
    source = left or inverted
    frame_start = left[0] if left else v
    frame_end = max(v, inverted[1] if inverted else v)
    tail = tail_after(tokens, frame_end)
    if source is not None and frame_start > 0:
        before = tokens[frame_start - 1].text
        closed = after_quote is not None
        comma = before in (",", "—", "-", "--", "?", "!") or closed
        ends = tail is None or tokens[tail].text in (",", ".", ":", ";", "?", "!", "—", '"', "--")
        opening = next((t for t in tokens if t.pos not in ("CCONJ", "ADV", "PUNCT")), tokens[0])
        setting = not closed and opening.pos == "ADP" and not has_verb(tokens, 0, frame_start - 1)
        leaning = opening.text.lower() in SUBORDINATORS or not has_verb(tokens, 0, frame_start - 1)
        if (
            comma and (ends or closed) and frame_start >= 2 and not setting
        ):  # "In her book, she noted": no words of hers
            content = [(0, frame_start - 1)]
            extra = []
            rest = rest_of_sentence(tokens, tail, bare=not closed and leaning)
            if rest is not None:
                content.append(rest)
                extra.append("medial")
            kind = "p-after-quote" if closed else "p-comma"
            if not closed and not inverted and _holds_a_clause(tokens, source):
                return  # "Ana, and Ben were guests there, said Cem": no apposition
            if inverted:
                extra.append("inverted")
            if tail is None:
                extra.append("final")
            yield frame_of(read, kind, verb, word, source, content, extra)
    if left is not None and left[0] > 0 and tokens[left[0] - 1].text.lower() == "as" and tail is not None:
        yield from _as(read, verb, word, left, tail)
    if left is not None:
        mark = next((t.i for t in tokens[v + 1 : v + 1 + FRAME_REACH] if t.text in (",", ":") or t.text == '"'), None)
        if mark is not None:
            first = mark if tokens[mark].text == '"' else mark + 1
            closing = tokens[first].text == '"' and not _opens(read, first, quotes) if first < len(tokens) else True
            if not closing and (tokens[first].text == '"' or in_quote(read, first, quotes)):
                gap = "near" if mark - v <= 3 else "far"
                yield frame_of(read, "p-before-quote", verb, word, left, [(first, len(tokens) - 1)], ["gap=" + gap])
            elif tokens[mark].text == ":" and first < len(tokens):
                yield frame_of(read, "p-colon", verb, word, left, [(first, len(tokens) - 1)], [])
    if left is not None and read.parsed.has_dependencies and word.family in ("say", "claim"):
        for k in range(v + 2, min(v + FRAME_REACH, len(tokens) - 2)):
            low, after = tokens[k].text.lower(), tokens[k + 1]
            if low in ('"', ":", ";") or (low == "," and after.text.lower().endswith("ing")):
                break
            if low == "that" or (
                word.lemma != "continue" and low in SUBJECTS and after.tag in ("VBD", "VBZ", "VBP", "MD")
            ):
                yield frame_of(
                    read, "p-that", verb, word, left, [(k, len(tokens) - 1)], ["that"] if low == "that" else []
                )
                break
    if not read.parsed.has_dependencies and left is not None:
        yield from _plain(read, verb, word, left)


def _opens(read: ReadSentence, mark: int, quotes: Sequence[Quote]) -> bool:
    """Whether a quotation mark opens a quotation; one inside a quotation that closes elsewhere may open another."""
    at = read.start + read.parsed.tokens[mark].start
    return not any(q.end - 2 <= at < q.end for q in quotes)


def _holds_a_clause(tokens: Sequence[Token], source: tuple[int, int]) -> bool:
    inside = tokens[source[0] : source[1] + 1]
    finite = next((t.i for t in inside if t.tag in ("VBD", "VBZ", "VBP", "MD")), None)
    opens = ("who", "which", "that", "whose", "whom", "where", "when")
    return finite is not None and not any(t.text.lower() in opens for t in inside if t.i < finite)


def _as(read: ReadSentence, verb: Token, word: CueWord, left: tuple[int, int], tail: int) -> Iterator[Frame]:
    """`As the aide said before, ...` and `..., as the aide said, ...`."""
    tokens = read.parsed.tokens
    at = left[0] - 1
    content = []
    if at > 1 and tokens[at - 1].text == ",":
        content.append((0, at - 2))
    if tokens[tail].text == "," and tail + 2 < len(tokens) and (not content or tokens[tail + 1].text[0].islower()):
        content.append((tail + 1, len(tokens) - 1))
    if content and (at <= 2 or content[0][0] == 0):
        yield frame_of(read, "p-as", verb, word, left, content, [])


def _plain(read: ReadSentence, verb: Token, word: CueWord, left: tuple[int, int]) -> Iterator[Frame]:
    """`X said (that) ...` without a parse: what follows the verb, a time word apart, to the sentence's end."""
    tokens = read.parsed.tokens
    first = verb.i + 1
    if first >= len(tokens) - 1 or tokens[first].text in STOPS:
        return
    low = tokens[first].text.lower()
    if word.family in ("say", "claim", "think", "show", "deny") and "clause" in word.takes:
        that = next((k for k in range(first, min(first + 5, len(tokens))) if tokens[k].text.lower() == "that"), None)
        yield frame_of(
            read,
            "clause",
            verb,
            word,
            left,
            [(that if that is not None else first, len(tokens) - 1)],
            ["that"] if that is not None else [],
        )
    elif word.family in ("ask", "want", "decline") and low == "to":
        yield frame_of(read, "infinitive", verb, word, left, [(first, len(tokens) - 1)], [])
