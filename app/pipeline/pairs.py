"""Stages 3 to 5 for bare statements: lines {id, a, b, story?, a_article?, ...} scored and judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.core.alignment import StatementPair, score_statements
from app.core.claims import read_statements
from app.core.records import Article, Between, Claim, PairScore, Reading, Reason, RelationKind
from app.core.relation import PairInContext, relate_all, stances
from app.errors import BadInput
from app.pipeline.chosen import encoder, own_model, reader, weights
from app.sources import day_from, field_text

Answer = tuple[str | int | None, PairScore, RelationKind | None, Between, tuple[Reason, ...]]


def answer_pairs(asked: Sequence[Mapping[str, Any]], articles: Mapping[str, Article]) -> Iterator[Answer]:
    """Answers for lines {id, a, b, story?, a_article?, ...} in order. Each distinct statement is read once."""
    pairs = statement_pairs(asked, articles)
    own = weights()
    scores = score_statements(pairs, articles, encoder(), own.pairs if own else None)
    related = relate_all(
        [
            PairInContext(_main(pair.a), _main(pair.b), pair.a.article, pair.b.article, score, stance)
            for pair, score, stance in zip(pairs, scores, stances(pairs, encoder()), strict=True)
        ],
        own_model(),
        encoder(),
    )
    for pair, score, judged in zip(pairs, scores, related, strict=True):
        yield (pair.id, score, *judged)


def statement_pairs(asked: Sequence[Mapping[str, Any]], articles: Mapping[str, Article]) -> list[StatementPair]:
    """Lines {id, a, b, story?, a_article?, ...} read, in order. Raises `BadInput` for a line that makes no sense."""
    statements = list(dict.fromkeys(_statement(row, side) for row in asked for side in ("a", "b")))
    texts, published, outlet_names = zip(*statements, strict=True) if statements else ((), (), ())
    read = dict(zip(statements, read_statements(texts, reader(), published, outlet_names), strict=True))
    return [
        StatementPair(
            id=row["id"],
            a=read[_statement(row, "a")],
            b=read[_statement(row, "b")],
            story=str(row["story"]) if row.get("story") is not None else None,
            a_article=_known(row, "a_article", articles),
            b_article=_known(row, "b_article", articles),
        )
        for row in asked
    ]


def check_pair(row: Mapping[str, Any], articles: Mapping[str, Article]) -> None:
    """Raises `BadInput` for a line {id, a, b, ...} that makes no sense."""
    for side in ("a", "b"):
        _statement(row, side)
        _known(row, f"{side}_article", articles)


def _statement(row: Mapping[str, Any], side: str) -> tuple[str, date | None, str | None]:
    where = f"id {row['id']}"
    text = field_text(row, side, where)
    if text is None:
        raise BadInput(f"{side} is missing", where=where, mend="Give both statements, a and b.")
    when = day_from(field_text(row, f"{side}_published", where), where)
    return text, when, field_text(row, f"{side}_outlet", where)


def _main(statement: Reading) -> Claim:
    """The claim that stands for a bare statement: the outermost and longest; all its mentions are the statement's own."""
    claims = [c for c in statement.claims if c.where == "body"]
    if not claims:
        text = statement.article.text
        return Claim(id="c1", start=0, end=len(text), text=text, sentence=(0, len(text)))
    return max(claims, key=lambda c: (c.within is None, c.end - c.start, -c.start))


def _known(row: Mapping[str, Any], name: str, articles: Mapping[str, Article]) -> str | None:
    key = row.get(name)
    if key is None or not articles:
        return None
    if str(key) not in articles:
        raise BadInput(f"{name} {key!r} is not among the articles given", where=f"id {row['id']}")
    return str(key)
