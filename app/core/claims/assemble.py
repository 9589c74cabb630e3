"""Claims out of sentences, utterances and speakers: spans, chains of attribution, ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from app.core.claims.actions import find_actions
from app.core.claims.actors.book import ActorBook
from app.core.claims.attribution import Utterance, find_utterances
from app.core.claims.dates import find_dates
from app.core.claims.numbers import find_numbers
from app.core.claims.quotes import Quote, find_quotes, touching
from app.core.claims.sentences import ReadSentence
from app.core.claims.speakers import SpeakerMemory
from app.core.claims.weighing import attributes
from app.core.claims.words import content_words
from app.core.language import Token
from app.core.records import Attribution, Claim, Cue, Span, Speaker
from app.core.thresholds import CLAUSE_WORDS, QUOTED_SHARE

__all__ = ["claims_of"]

Where = Literal["body", "headline"]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before it has its id: `home` is the sentence its words stand in."""

    span: Span
    home: int
    chain: tuple[Attribution, ...]
    utterance: Utterance | None
    outer: Utterance | None = None


def claims_of(
    source: str,
    sentences: Sequence[ReadSentence],
    book: ActorBook,
    published: date | None,
    where: Where = "body",
    first: int = 1,
) -> tuple[Claim, ...]:
    """The claims of a body or headline in order of offset; ids count on from `first`."""
    # Once for the whole text: "the next day" counts from the date named before it.
    dates = find_dates(source, published)
    numbers = find_numbers(source, dates=tuple((d.start, d.end) for d in dates))
    quotes = find_quotes(source)
    utterances = find_utterances(sentences, quotes, attributes)
    speakers = _speakers(source, sentences, book, quotes, utterances)
    drafts: list[_Draft] = []
    at: dict[int, list[Utterance]] = {}
    for u in utterances:
        for i in {u.home, *u.further}:
            at.setdefault(i, []).append(u)
    taken_in = {u.home + 1 for u in utterances if _ends_in_colon(u)}
    for i, sentence in enumerate(sentences):
        if sentence.sentence.subhead and i not in at:
            continue
        made = _drafts(source, i, sentence, quotes, at.get(i, []), speakers)
        drafts.extend(d for d in made if i not in taken_in or d.chain)
    drafts.sort(
        key=lambda d: (
            d.span[0],
            -d.span[1],
            len(d.chain),
            d.utterance.frame.cue if d.utterance and d.utterance.frame else (0, 0),
        )
    )
    names: dict[int, str] = {}
    for n, draft in enumerate(drafts):
        if draft.utterance is not None and draft.home == draft.utterance.home:
            names.setdefault(id(draft.utterance), f"c{first + n}")
    out = []
    for n, draft in enumerate(drafts):
        start, end = draft.span
        sentence = sentences[draft.home]
        told = draft.utterance is not None and _ends_in_colon(draft.utterance) and draft.home == draft.utterance.home
        stating = sentences[draft.home + 1] if told else sentence
        spans = _stated(draft)
        carrier = names.get(id(draft.utterance)) if draft.utterance else None
        own = f"c{first + n}"
        out.append(
            Claim(
                id=own,
                start=start,
                end=end,
                text=source[start:end],
                where=where,
                sentence=(sentence.start, sentence.end),
                attributions=draft.chain,
                actors=book.within(start, end),
                dates=tuple(d for d in dates if start <= d.start and d.end <= end),
                numbers=tuple(x for x in numbers if start <= x.start and x.end <= end),
                actions=find_actions(stating.parsed, stating.start, book, spans),
                words=content_words(stating.parsed, stating.start, book, spans),
                within=names.get(id(draft.outer)) if draft.outer else None,
                utterance=carrier if carrier != own else None,
            )
        )
    return tuple(out)


_CLAUSAL = frozenset(
    "clause wh before quoted-after according colon-end label signature noun-that p-that p-as p-comma p-after-quote p-before-quote p-colon".split()
)


def _stated(draft: _Draft) -> tuple[Span, ...]:
    """The words that make the statement: the reported clause; the whole claim when the frame is part of what is stated.

    "said that they left" states that they left; "urged them to leave", "welcomed the move" state urging and welcoming.
    """
    u = draft.utterance
    if u is None or not draft.chain:
        return (draft.span,)
    if u.frame is not None and u.frame.kind not in _CLAUSAL and draft.home == u.home:
        return (draft.span,)
    return draft.chain[-1].content


def _speakers(
    source: str,
    sentences: Sequence[ReadSentence],
    book: ActorBook,
    quotes: Sequence[Quote],
    utterances: Sequence[Utterance],
) -> dict[int, Speaker | None]:
    """The speaker of each utterance (by its identity), resolved in the order of the text."""
    memory = SpeakerMemory(source, book, quotes)
    at: dict[int, list[Utterance]] = {}
    for u in utterances:
        at.setdefault(u.home, []).append(u)
    out: dict[int, Speaker | None] = {}
    for i, sentence in enumerate(sentences):
        heard = []
        here = sorted(at.get(i, []), key=lambda u: (_depth(u), u.frame.cue if u.frame else (0, 0)))
        for u in here:
            frame = u.frame
            if frame is None:
                out[id(u)] = _unplaced(out.get(id(u.after))) if u.after else None
                continue
            if frame.source is None:
                out[id(u)] = None
                continue
            outer = out.get(id(u.outer)) if u.outer else None
            speaker = memory.resolve(i, sentence, frame.source, frame.source_head, outer)
            out[id(u)] = speaker
            words = source[frame.source[0] : frame.source[1]]
            memory.spoke(replace(speaker, start=0, end=0, text=""), i, words)
            heard.append((speaker, words))
        memory.read(i, sentence)
        for speaker, words in reversed(heard):
            memory.spoke(replace(speaker, start=0, end=0, text=""), i, words)
    return out


def _ends_in_colon(u: Utterance) -> bool:
    """The frame stands in one sentence, the first of what it reports in the next: both are one claim."""
    return u.frame is not None and u.frame.kind == "colon-end"


def _depth(u: Utterance) -> int:
    depth = 0
    while u.outer is not None and depth < 8:
        u, depth = u.outer, depth + 1
    return depth


def _unplaced(speaker: Speaker | None) -> Speaker | None:
    return replace(speaker, start=0, end=0, text="") if speaker else None


# --- spans ----------------------------------------------------------------------------------------------------------


def _drafts(
    source: str,
    i: int,
    sentence: ReadSentence,
    quotes: Sequence[Quote],
    utterances: Sequence[Utterance],
    speakers: dict[int, Speaker | None],
) -> list[_Draft]:
    here = [u for u in utterances if u.home == i and u.frame is not None]
    running = [u for u in utterances if i in u.further and not (_ends_in_colon(u) and i == u.home + 1)]
    drafts: list[_Draft] = []
    for u in running:
        span = (sentence.start, sentence.end)
        chain = _chain(source, u, quotes, speakers, only=i)
        drafts.append(_Draft(span, i, chain, u, u.outer or None))
    tops = [u for u in here if u.outer is None or u.outer.home != i]
    whole = len(tops) == 1 and not running
    covered = []
    for u in here:
        reach = _reach(u, sentence, speakers.get(id(u)))
        nested = u not in tops
        span = (
            (sentence.start, sentence.end)
            if whole and not nested and not _leaves_a_clause(u, sentence) and not _ends_in_colon(u)
            else reach
        )
        covered.append(span)
        drafts.append(_Draft(span, i, _chain(source, u, quotes, speakers, only=None), u, u.outer))
    if not running and (not tops or all(_leaves_a_clause(u, sentence) for u in tops)):
        if not tops:
            drafts.extend(_Draft(s, i, (), None) for s in _own_voice(sentence))
        else:
            drafts.append(_Draft(_left_over(sentence, covered), i, (), None))
    return drafts


def _reach(u: Utterance, sentence: ReadSentence, speaker: Speaker | None) -> Span:
    frame = u.frame
    assert frame is not None
    spans = [frame.cue, *frame.content, *([(speaker.start, speaker.end)] if speaker and speaker.end else [])]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    source = sentence.text
    if end < sentence.end and not source[end - sentence.start :].strip(" .!?…\"”’'"):
        end = sentence.end
    return start, end


def _leaves_a_clause(u: Utterance, sentence: ReadSentence) -> bool:
    """The frame hangs on a main clause of its own that is neither frame nor content ("He welcomed it, saying ...")."""
    frame = u.frame
    if frame is None:
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
    source: str, u: Utterance, quotes: Sequence[Quote], speakers: dict[int, Speaker | None], only: int | None
) -> tuple[Attribution, ...]:
    """Attributions from the outermost speaker inwards; in a sentence that only goes on quoting, without offsets."""
    line: list[Utterance] = []
    at: Utterance | None = u
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
            speaker, cue = _unplaced(speaker), None
        chain.append(Attribution(speaker, cue, content, _quoted(content, quotes)))
    return tuple(chain)


def _quoted(content: Sequence[Span], quotes: Sequence[Quote]) -> bool:
    length = sum(e - s for s, e in content)
    inside = sum(min(e, q.end) - max(s, q.start) for s, e in content for q in touching(quotes, s, e))
    return length > 0 and inside >= QUOTED_SHARE * length
