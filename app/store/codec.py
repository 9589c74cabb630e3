"""Records as JSON and back, to the letter: what is kept of a reading is the reading.

`decode(encode(x)) == x` holds for every record (a property test says so).
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import TypeAdapter

from app.core.records import Actor, Article, Claim, ScorePart

__all__ = ["read_actors", "read_article", "read_claim", "read_parts", "read_shared", "write_actors", "write_article"]
__all__ += ["write_claim", "write_parts", "write_shared"]

_ARTICLE = TypeAdapter(Article)
_CLAIM = TypeAdapter(Claim)
_ACTORS = TypeAdapter(tuple[Actor, ...])
_PARTS = TypeAdapter(tuple[ScorePart, ...])
_SHARED = TypeAdapter(tuple[str, ...])


def write_article(article: Article) -> str:
    """Everything but the text, which has a column of its own."""
    return _ARTICLE.dump_json(replace(article, text="")).decode()


def read_article(record: str, text: str) -> Article:
    return replace(_ARTICLE.validate_json(record), text=text)


def write_claim(claim: Claim) -> str:
    return _CLAIM.dump_json(claim).decode()


def read_claim(kept: str) -> Claim:
    return _CLAIM.validate_json(kept)


def write_actors(actors: tuple[Actor, ...]) -> str:
    return _ACTORS.dump_json(actors).decode()


def read_actors(kept: str) -> tuple[Actor, ...]:
    return _ACTORS.validate_json(kept)


def write_parts(parts: tuple[ScorePart, ...]) -> str:
    return _PARTS.dump_json(parts).decode()


def read_parts(kept: str) -> tuple[ScorePart, ...]:
    return _PARTS.validate_json(kept)


def write_shared(shared: tuple[str, ...]) -> str:
    return _SHARED.dump_json(shared).decode()


def read_shared(kept: str) -> tuple[str, ...]:
    return _SHARED.validate_json(kept)
