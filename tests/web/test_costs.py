"""No page and no list runs a number of statements that grows with what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

V1 = "/api/v1"
PATHS = {
    "front page": "/",
    "stories page": "/stories?q=bridge&order=conflicts&relation=conflict",
    "articles page": "/articles?q=report&order=name",
    "actors page": "/actors?q=ruiz&kind=person",
    "outlets page": "/outlets?q=herald",
    "outlet page": "/outlets/island-herald",
    "story page": "/stories/the-bridge",
    "story page, filtered": "/stories/the-bridge?status=conflict&actor=ana-ruiz",
    "story page, printed": "/stories/the-bridge/print",
    "story, in every format": "/stories/the-bridge/export.zip",
    "alignment page": "/alignments/{row}",
    "article page": "/articles/{article}",
    "two articles in full": "/articles/{article}/with/{other}",
    "actor page": "/actors/ana-ruiz",
    "search page": "/search?q=bridge",
    "conflicts page": "/conflicts",
    "stories": f"{V1}/stories",
    "story": f"{V1}/stories/the-bridge",
    "alignments": f"{V1}/stories/the-bridge/alignments?limit=200",
    "alignment": f"{V1}/alignments/{{row}}",
    "articles": f"{V1}/articles?limit=200",
    "article": f"{V1}/articles/{{article}}",
    "claims": f"{V1}/claims?limit=200",
    "claims with words": f"{V1}/claims?q=bridge&limit=200",
    "claims of an actor and a time": f"{V1}/claims?actor=ana-ruiz&from=2024-05-01&to=2024-05-31&limit=200",
    "actors": f"{V1}/actors?limit=200",
    "actor": f"{V1}/actors/ana-ruiz?limit=200",
    "outlets": f"{V1}/outlets?limit=200",
    "outlet": f"{V1}/outlets/island-herald?limit=200",
    "conflicts": f"{V1}/conflicts?limit=200",
}


@contextmanager
def statements() -> Iterator[list[str]]:
    run: list[str] = []

    def note(_connection, _cursor, statement, *_):
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def few(filled, serving):
    return serving(filled(10))


@pytest.fixture(scope="module")
def many(filled, serving):
    return serving(filled(100, articles=6))


def count(client, path: str) -> int:
    row = client.get(f"{V1}/stories/the-bridge/alignments?status=conflict").json()["items"][0]["id"]
    article, other, *_ = (a["id"] for a in client.get(f"{V1}/articles").json()["items"])
    address = path.format(row=row, article=article, other=other)
    client.get(address)  # the first asks for what is then remembered: the schema, compiled templates
    with statements() as run:
        answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return len(run)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_as_many_statements_for_100_rows_as_for_10(few, many, path):
    assert count(few, path) == count(many, path) <= 45
