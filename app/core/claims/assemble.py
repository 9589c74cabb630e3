"""Claims out of sentences, utterances and speakers: spans, chains of attribution, ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from app.core.claims.actions import find_acts
from app.core.claims.actors.book import ActorBook
from app.core.claims.anaphora import Reported
from app.core.claims.attribution import UtteranceFrame, find_utterances
from app.core.claims.clauses import clauses_of
from app.core.claims.dates import find_dates
from app.core.claims.dates.bounds import done_later
from app.core.claims.dates.events import with_events
from app.core.claims.denials import with_what_is_denied
from app.core.claims.drafts import ClaimDraft, drafts_of, ends_in_colon, unplaced
from app.core.claims.numbers import find_numbers
from app.core.claims.retractions import told_otherwise
from app.core.claims.sentences import ReadSentence
from app.core.claims.speakers import SourceResolver
from app.core.claims.weighing import attributes
from app.core.claims.words import content_words
from app.core.records import ActorKind, ActorMention, Claim, DateMention, Span, Speaker
from app.core.text import Quote, find_quotes

__all__ = ["Where", "claims_of"]


Where = Literal["body", "headline"]


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
    dates = with_events(find_dates(source, published), sentences)
    numbers = find_numbers(source, dates=tuple((d.start, d.end) for d in dates), sentences=sentences)
    dates = tuple(d for d in dates if not _in_name(d, book))
    quotes = find_quotes(source)
    utterances = find_utterances(sentences, quotes, attributes)
    speakers, unnamed = _speakers(source, sentences, book, quotes, utterances)
    book = book.with_mentions(unnamed)
    drafts: list[ClaimDraft] = []
    at: dict[int, list[UtteranceFrame]] = {}
    for u in utterances:
        for i in {u.home, *u.further}:
            at.setdefault(i, []).append(u)
    taken_in = {u.home + 1 for u in utterances if ends_in_colon(u)}
    taken_in |= {u.signed for u in utterances if u.signed is not None}
    for i, sentence in enumerate(sentences):
        if sentence.sentence.subhead and i not in at:
            continue
        made = drafts_of(source, i, sentence, quotes, at.get(i, []), speakers)
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
        told = draft.utterance is not None and ends_in_colon(draft.utterance) and draft.home == draft.utterance.home
        stating = sentences[draft.home + 1] if told else sentence
        spans = _stated(draft)
        acts = done_later(find_acts(stating.parsed, stating.start, book, spans), dates)
        following = sentences[draft.home + 1] if draft.home + 1 < len(sentences) and draft.home + 1 not in at else None
        chain = told_otherwise(draft.chain, acts, sentence, following, book)
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
                attributions=chain,
                actors=book.within(start, end),
                dates=tuple(d for d in dates if start <= d.start and d.end <= end),
                numbers=tuple(x for x in numbers if start <= x.start and x.end <= end),
                actions=tuple(a for a in acts if a.listed),
                acts=acts,
                words=content_words(stating.parsed, stating.start, book, spans),
                clauses=clauses_of(stating.parsed, stating.start, (start, end), spans),
                within=names.get(id(draft.outer)) if draft.outer else None,
                utterance=carrier if carrier != own else None,
            )
        )
    return with_what_is_denied(out, source)


def _in_name(mention: DateMention, book: ActorBook) -> bool:
    """A word for a day or month inside the name of a person or a body dates nothing: "Safe Roads Today", "Theresa May"."""
    named = book.at(mention.start)
    if named is None or named.kind not in (ActorKind.PERSON, ActorKind.ORGANISATION):
        return False
    return mention.end <= named.end and mention.text != named.text  # "in May" may be wrongly taken for Theresa May


_CLAUSAL = frozenset(
    "clause wh before quoted-after according colon-end label turn signature noun-that p-that p-as p-comma p-after-quote p-before-quote p-colon".split()
)


def _stated(draft: ClaimDraft) -> tuple[Span, ...]:
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
    utterances: Sequence[UtteranceFrame],
) -> tuple[dict[int, Speaker | None], list[ActorMention]]:
    """The speaker of each utterance (by its identity), and who is mentioned without a name, in the order of the text."""
    sources = SourceResolver(source, book, quotes)
    at: dict[int, list[UtteranceFrame]] = {}
    for u in utterances:
        at.setdefault(u.home, []).append(u)
    out: dict[int, Speaker | None] = {}
    unnamed: list[ActorMention] = []
    for i, sentence in enumerate(sentences):
        spoke = []
        reported = []
        here = sorted(at.get(i, []), key=lambda u: (_depth(u), u.frame.cue if u.frame else (0, 0)))
        for u in here:
            frame = u.frame
            if frame is None:
                out[id(u)] = unplaced(out.get(id(u.after))) if u.after else None
                continue
            if frame.source is None:
                out[id(u)] = None
                continue
            outer = out.get(id(u.outer)) if u.outer else None
            speaker = sources.resolve(i, sentence, frame.source, frame.source_head, outer, turn=frame.kind == "turn")
            out[id(u)] = speaker
            if speaker is None:
                continue
            spoke.append(replace(speaker, start=0, end=0, text=""))
            sources.spoke(spoke[-1], i)
            reported.append(Reported(spoke[-1], (*frame.content, *u.further.values()), frame.source))
        unnamed += sources.unnamed(i, sentence, reported)
        sources.read(i, sentence)
        for speaker in reversed(spoke):
            sources.spoke(speaker, i)
    return out, unnamed


def _depth(u: UtteranceFrame) -> int:
    depth = 0
    while u.outer is not None and depth < 8:
        u, depth = u.outer, depth + 1
    return depth
