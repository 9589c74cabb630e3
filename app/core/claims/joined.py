"""Quotations that run over several sentences, put together again: one claim an utterance."""

from __future__ import annotations

from dataclasses import replace

from app.core.records import Claim, Reading, Span

__all__ = ["joined_utterances"]


def joined_utterances(reading: Reading) -> Reading:
    """The reading with each quotation of several sentences as one claim, as a list of who says what wants it.

    The claim that carries the frame keeps its id and takes in the sentences that go on with its quotation: its span
    covers them all, its content lists them in order. Rows are built from the sentences apart, where each can be
    compared on its own; here nothing is said twice.
    """
    running: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        if claim.utterance is not None:
            running.setdefault(claim.utterance, []).append(claim)
    if not running:
        return reading
    claims = []
    for claim in reading.claims:
        if claim.id in running:
            claims.append(_joined(claim, running[claim.id], reading))
        elif claim.utterance is None:
            claims.append(claim)
    claims.sort(key=lambda c: (c.where == "body", c.start))
    return replace(reading, claims=tuple(claims))


def _joined(carrier: Claim, others: list[Claim], reading: Reading) -> Claim:
    parts = sorted([carrier, *others], key=lambda c: c.start)
    source = reading.article.text if carrier.where == "body" else reading.article.headline or ""
    start, end = min(c.start for c in parts), max(c.end for c in parts)
    last = carrier.attributions[-1]
    content: list[Span] = sorted({span for c in parts if c.attributions for span in c.attributions[-1].content})
    return replace(
        carrier,
        start=start,
        end=end,
        text=source[start:end],
        sentence=(min(c.sentence[0] for c in parts), max(c.sentence[1] for c in parts)),
        attributions=(*carrier.attributions[:-1], replace(last, content=tuple(content))),
        actors=tuple(m for c in parts for m in c.actors),
        dates=tuple(m for c in parts for m in c.dates),
        numbers=tuple(m for c in parts for m in c.numbers),
        actions=(*carrier.actions, *(a for c in others for a in c.actions)),
        words=tuple(w for c in parts for w in c.words),
    )
