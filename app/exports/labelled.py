"""What reviewers said of pairs of claims, as JSON lines: what `parallax pairs` reads and `parallax fit --pairs` learns from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from app.exports.parts import in_parts
from app.store.views import LabelledPair

__all__ = ["LABELLED_TYPE", "write_labelled"]

LABELLED_TYPE = "application/jsonl"


def write_labelled(pairs: Iterable[LabelledPair], story: str | None = None) -> Iterator[str]:
    """One object a line: `{id, a, b, a_article, b_article, a_published, b_published, a_outlet, b_outlet, story, same,
    relation, not_relation, by, at}`; `story` (a slug) leaves only its pairs.

    `same`: whether both state one proposition. `relation` is what the two are to each other, null when nobody said;
    `not_relation` one that a reviewer turned down.
    """
    return in_parts(_lines(pairs, story))


def _lines(pairs: Iterable[LabelledPair], story: str | None) -> Iterator[str]:
    for pair in pairs:
        if story is not None and pair.story != story:
            continue
        told = {
            "id": pair.id,
            "a": pair.a,
            "b": pair.b,
            "a_article": pair.a_article,
            "b_article": pair.b_article,
            "a_published": pair.a_published.isoformat() if pair.a_published else None,
            "b_published": pair.b_published.isoformat() if pair.b_published else None,
            "a_outlet": pair.a_outlet,
            "b_outlet": pair.b_outlet,
            "story": pair.story,
            "same": pair.same,
            "relation": pair.relation.value if pair.relation else None,
            "not_relation": pair.not_relation.value if pair.not_relation else None,
            "by": pair.by,
            "at": pair.at.isoformat(),
        }
        yield json.dumps(told, ensure_ascii=False) + "\n"
