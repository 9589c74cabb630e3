"""Which parts of a sentence become claims: each utterance, and what the outlet says in its own voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.core.claims.attribution import UtteranceFrame
from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.records import Attribution, Cue, Span, Speaker, Stance
from app.core.text import Quote, touching
from app.core.thresholds import CLAUSE_WORDS, QUOTED_SHARE

__all__ = ["ClaimDraft", "drafts_of", "ends_in_colon", "unplaced"]


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A claim before it has its id: `home` is the sentence its words stand in."""

    span: Span
    home: int
    chain: tuple[Attribution, ...]
    utterance: UtteranceFrame | None
    outer: UtteranceFrame | None = None


def ends_in_colon(u: UtteranceFrame) -> bool:
    """The frame stands in one sentence, the first of what it reports in the next: both are one claim."""
    return u.frame is not None and u.frame.kind == "colon-end"


def unplaced(speaker: Speaker | None) -> Speaker | None:
    return replace(speaker, start=0, end=0, text="") if speaker else None


# --- spans ----------------------------------------------------------------------------------------------------------


def drafts_of(
    source: str,
    i: int,
    sentence: ReadSentence,
    quotes: Sequence[Quote],
    utterances: Sequence[UtteranceFrame],
    speakers: dict[int, Speaker | None],
) -> list[ClaimDraft]:
    here = [u for u in utterances if u.home == i and u.frame is not None]
    running = [u for u in utterances if i in u.further and not (ends_in_colon(u) and i == u.home + 1)]
    drafts: list[ClaimDraft] = []
    for u in running:
        span = (sentence.start, sentence.end)
        chain = _chain(source, u, quotes, speakers, only=i)
        drafts.append(ClaimDraft(span, i, chain, u, u.outer or None))
    tops = [u for u in here if u.outer is None or u.outer.home != i]
    whole = len(tops) == 1 and not running
    covered = []
    for u in here:
        reach = _reach(u, sentence, speakers.get(id(u)))
        nested = u not in tops
        span = (
            (sentence.start, sentence.end)
            if whole and not nested and not _leaves_a_clause(u, sentence) and not ends_in_colon(u)
            else reach
        )
        covered.append(span)
        drafts.append(ClaimDraft(span, i, _chain(source, u, quotes, speakers, only=None), u, u.outer))
    if not running and (not tops or all(_leaves_a_clause(u, sentence) for u in tops)):
        if not tops:
            drafts.extend(ClaimDraft(s, i, (), None) for s in _own_voice(sentence))
        else:
            drafts.append(ClaimDraft(_left_over(sentence, covered), i, (), None))
    return drafts


def _reach(u: UtteranceFrame, sentence: ReadSentence, speaker: Speaker | None) -> Span:
    frame = u.frame
    assert frame is not None
    spans = [frame.cue, *frame.content, *([(speaker.start, speaker.end)] if speaker and speaker.end else [])]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    source = sentence.text
    if end < sentence.end and not source[end - sentence.start :].strip(" .!?…\"”’'"):
        end = sentence.end
    return start, end


def _leaves_a_clause(u: UtteranceFrame, sentence: ReadSentence) -> bool:
    """The frame hangs on a main clause of its own that is neither frame nor content ("He welcomed it, saying ...")."""
    frame = u.frame
    if frame is None or (frame.kind == "noun-that" and frame.stance in {Stance.RETRACTS, Stance.DENIES}):
        return False
    tokens = sentence.parsed.tokens
    root = next((t for t in tokens if t.head == t.i and t.dep), None)
    if root is None or root.i == frame.verb or root.pos not in ("VERB", "AUX"):
        return False
    at = sentence.start + root.start
    if any(s <= at < e for s, e in [*frame.content, frame.cue]):
        return False
    return any(t.head == root.i and t.dep in ("nsubj", "nsubjpass") for t in tokens)


def _left_over(sentence: ReadSentence, covered: Sequence[Span]) -> Span:
    """What the outlet itself states beside a frame: the clause before it when a comma parts them, else the sentence."""
    left = sentence.text[: min(s for s, _ in covered) - sentence.start].rstrip()
    clause = left.rstrip(" ,;—–-")
    cut = left != clause and any(t.head == t.i and t.dep and t.end <= len(clause) for t in sentence.parsed.tokens)
    return (sentence.start, sentence.start + len(clause)) if cut else (sentence.start, sentence.end)


def _own_voice(sentence: ReadSentence) -> list[Span]:
    """A sentence in the outlet's voice, cut between joined main clauses that each stand on their own.

    Each side has its own subject and verb and enough words, and a comma, semicolon or dash parts them; a clause that
    leans on another ("when ...", "which ...") is never cut off.
    """
    parsed = sentence.parsed
    whole = (sentence.start, sentence.end)
    if not parsed.has_dependencies:
        return [whole]
    tokens = parsed.tokens
    root = next((t for t in tokens if t.head == t.i and t.dep), None)
    if root is None or not _has_subject(tokens, root.i):
        return [whole]
    cuts = []
    heads = {root.i}
    for t in tokens[root.i + 1 :]:
        if t.dep != "conj" or t.head not in heads or t.pos not in ("VERB", "AUX") or not _has_subject(tokens, t.i):
            continue
        cc = next((c for c in tokens if c.dep == "cc" and c.head in heads and c.i < t.i and c.i > max(heads)), None)
        left = min((c.i for c in tokens if c.head == t.i and c.i < t.i), default=t.i)
        at = cc.i if cc is not None and cc.i <= left else left
        if at > 0 and (tokens[at - 1].text in (",", ";", "—", "-", "--") or tokens[at].text == ";"):
            cuts.append(at)
            heads.add(t.i)
    bounds = [0, *cuts, len(tokens)]
    pieces = []
    for a, b in pairwise(bounds):
        first, last = a, b - 1
        while first < last and (tokens[first].dep in ("cc", "punct") and a > 0):
            first += 1
        while last > first and b < len(tokens) and tokens[last].text in (",", ";", "—", "-", "--"):
            last -= 1
        pieces.append((first, last))
    if any(last - first + 1 < CLAUSE_WORDS for first, last in pieces):
        return [whole]
    spans = [(sentence.start + tokens[f].start, sentence.start + tokens[e].end) for f, e in pieces]
    return [(sentence.start, spans[0][1]), *spans[1:-1], (spans[-1][0], sentence.end)] if len(spans) > 1 else [whole]


def _has_subject(tokens: Sequence[Token], verb: int) -> bool:
    return any(t.head == verb and t.dep in ("nsubj", "nsubjpass", "expl", "csubj") for t in tokens)


def _chain(
    source: str, u: UtteranceFrame, quotes: Sequence[Quote], speakers: dict[int, Speaker | None], only: int | None
) -> tuple[Attribution, ...]:
    """Attributions from the outermost speaker inwards; in a sentence that only goes on quoting, without offsets."""
    line: list[UtteranceFrame] = []
    at: UtteranceFrame | None = u
    while at is not None and at not in line:
        line.append(at)
        at = at.outer
    chain = []
    for step in reversed(line):
        frame = step.frame
        speaker = speakers.get(id(step))
        content: tuple[Span, ...] = frame.content if frame else ()
        cue = Cue(source[frame.cue[0] : frame.cue[1]], *frame.cue, frame.stance) if frame else None
        if only is not None and (frame is None or only != step.home):
            content = (step.further[only],) if only in step.further else content
            speaker, cue = unplaced(speaker), None
        chain.append(Attribution(speaker, cue, content, _quoted(content, quotes)))
    return tuple(chain)


def _quoted(content: Sequence[Span], quotes: Sequence[Quote]) -> bool:
    length = sum(e - s for s, e in content)
    inside = sum(min(e, q.end) - max(s, q.start) for s, e in content for q in touching(quotes, s, e))
    return length > 0 and inside >= QUOTED_SHARE * length
