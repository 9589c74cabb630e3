"""Records as the JSON of the contract: what `extract`, `compare`, `pairs` and `group` print.

Field names and shapes are promised to people who script against them; fields may be added, none renamed. Offsets are
those of the records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core.records import (
    PROBABILITY_PLACES,
    Action,
    ActorMention,
    Alignment,
    Article,
    Attribution,
    Between,
    Claim,
    ClaimRef,
    Cue,
    DateMention,
    NumberMention,
    PairScore,
    Reading,
    Reason,
    RelationKind,
    Speaker,
)

__all__ = ["alignment_json", "compare_json", "pair_json", "reading_json"]

Json = dict[str, Any]


def reading_json(reading: Reading) -> Json:
    """An article with its claims, as `extract` prints it."""
    article = reading.article
    return {**_article(article), "reader": reading.reader, "claims": [_claim(c) for c in reading.claims]}


def compare_json(readings: Sequence[Reading], rows: Sequence[Alignment], compared_with: str) -> Json:
    """Articles, what compared them, and rows, as `compare --json` prints them."""
    return {
        "articles": [reading_json(r) for r in readings],
        "compared_with": compared_with,
        "rows": [alignment_json(r) for r in rows],
    }


def alignment_json(row: Alignment) -> Json:
    return {
        "id": row.id,
        "label": row.label,
        "status": row.status.value,
        "score": round(row.score, 4),
        "probability": round(row.probability, PROBABILITY_PLACES),
        "claims": [_member(row, i) for i in range(len(row.claims))],
        "relations": [
            {
                "a": _ref(r.a),
                "b": _ref(r.b),
                "score": round(r.score.score, 4),
                "kind": r.kind.value,
                "probability": round(r.probability, PROBABILITY_PLACES),
                "between": r.between.value,
                "reasons": [_reason(x) for x in r.reasons],
            }
            for r in row.relations
        ],
        "utterances": [
            {
                "speaker": {"key": u.speaker, "name": u.name},
                "wordings": [
                    {"claim": _ref(w.claim), "text": w.text, "start": w.start, "end": w.end, "quoted": w.quoted}
                    for w in u.wordings
                ],
                "likeness": round(u.likeness, 4),
                "why": list(u.why),
            }
            for u in row.utterances
        ],
    }


def pair_json(
    asked: str | int | None,
    score: PairScore,
    kind: RelationKind | None,
    between: Between,
    reasons: Sequence[Reason],
) -> Json:
    """One answer of `pairs`: `relation` is null when the two do not speak of the same matter.

    `aligned` when the score says so, or when the two were found to bear on each other: a relation between two statements
    that are not put together would be no answer.
    """
    return {
        "id": asked,
        "score": round(score.score, 6),
        "aligned": score.aligned or kind is not None,
        "relation": kind.value if kind else None,
        "between": between.value if kind else None,
        "reasons": [_reason(r) for r in reasons],
        "parts": [{"name": p.name, "value": round(p.value, 4), "weight": round(p.weight, 4)} for p in score.parts],
    }


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "outlet": article.outlet,
        "headline": article.headline,
        "bylines": list(article.bylines),
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from.value if article.published_from else None,
        "url": article.url,
        "language": article.language,
        "excerpt": article.excerpt,
        "text": article.text,
    }


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "in": claim.where,
        "within": claim.within,
        "utterance": claim.utterance,
        "attributions": [_attribution(a) for a in claim.attributions],
        "actors": [_actor(a) for a in claim.actors],
        "dates": [_date(d) for d in claim.dates],
        "numbers": [_number(n) for n in claim.numbers],
        "action": _action(claim.action) if claim.action else None,
        "actions": [_action(a) for a in claim.actions],
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "speaker": _speaker(attribution.speaker) if attribution.speaker else None,
        "cue": _cue(attribution.cue) if attribution.cue else None,
        "content": [list(span) for span in attribution.content],
        "quoted": attribution.quoted,
    }


def _speaker(speaker: Speaker) -> Json:
    """A speaker known only from context has no offsets: start and end are left out."""
    found: Json = {"key": speaker.key, "name": speaker.name, "kind": speaker.kind.value, "role": speaker.role}
    if speaker.end > speaker.start:
        found |= {"text": speaker.text, "start": speaker.start, "end": speaker.end}
    return found


def _cue(cue: Cue) -> Json:
    return {"text": cue.text, "start": cue.start, "end": cue.end, "stance": cue.stance}


def _actor(actor: ActorMention) -> Json:
    return {
        "key": actor.key,
        "name": actor.name,
        "kind": actor.kind.value,
        "text": actor.text,
        "start": actor.start,
        "end": actor.end,
    }


def _date(mention: DateMention) -> Json:
    return {
        "text": mention.text,
        "value": mention.value,
        "grain": mention.grain,
        "start": mention.start,
        "end": mention.end,
        "upto": mention.upto,
        "approximate": mention.approximate,
        "yearless": mention.yearless,
        "zone": mention.zone,
        "event": mention.event,
    }


def _number(mention: NumberMention) -> Json:
    return {
        "text": mention.text,
        "value": _whole(mention.value),
        "unit": mention.unit,
        "start": mention.start,
        "end": mention.end,
        "hedge": mention.hedge.value,
        "upto": _whole(mention.upto) if mention.upto is not None else None,
        "counts": mention.counts,
        "fate": mention.fate,
        "measure": mention.measure,
        "of": mention.of,
        "per": mention.per,
        "role": mention.role.value,
    }


def _action(action: Action) -> Json:
    return {
        "class": action.cls,
        "polarity": action.polarity.value,
        "modality": action.modality.value,
        "start": action.start,
        "end": action.end,
        "agent": action.agent,
        "target": action.target,
    }


def _reason(reason: Reason) -> Json:
    return {
        "dimension": reason.dimension.value,
        "outcome": reason.outcome.value,
        "a": reason.a,
        "b": reason.b,
        "a_span": list(reason.a_span) if reason.a_span else None,
        "b_span": list(reason.b_span) if reason.b_span else None,
        "say": reason.say,
    }


def _ref(ref: ClaimRef) -> Json:
    return {"article": ref.article, "claim": ref.claim}


def _member(row: Alignment, i: int) -> Json:
    """A claim of a row, with the clause that puts it there: offsets into the text that the claim points into."""
    return {**_ref(row.claims[i]), "clause": list(row.clauses[i]) if row.clauses else None}


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
