"""Statements, names and questions on PostgreSQL mean what they mean on SQLite."""

from __future__ import annotations

import pytest
from made_up import the_readings
from sqlalchemy import text

from app.store import Store


@pytest.mark.parametrize(
    ("statement", "value"),
    {
        "text by its characters' numbers": ("SELECT CASE WHEN min(name) = 'Zeta' THEN 1 END FROM outlets", 1),
        "the last characters": ("SELECT substr('abcdef', -3)", "def"),
        "some of the last": ("SELECT substr('abcdef', -3, 2)", "de"),
        "the first ones": ("SELECT substr('abcdef', 2, 2)", "bc"),
        "the smaller of two": ("SELECT min(2, (SELECT count(*) FROM outlets))", 2),
        "like, whatever the case": ("SELECT CASE WHEN 'ABC' LIKE 'a%' THEN 1 END", 1),
        "a place in a list": ("SELECT json_extract('[1,[\"x\",{\"y\":7}]]', '$[1][1].y') || ''", "7"),
        "nothing there": ("SELECT json_extract('{}', '$.a.b')", None),
        "percent": ("SELECT '5 %' || :sign", "5 %!"),
        "a colon in words": ("SELECT ' :sign' || :sign", " :sign!"),
        "null is null": ("SELECT CASE WHEN NULL IS :none THEN 1 END", 1),
        "a sum is a whole number": ("SELECT sum(id) FROM outlets", 3),
    }.values(),
)  # fmt: skip
def test_a_statement_means_the_same_on_both(store: Store, statement: str, value: object) -> None:
    from app.store.sql import tuples

    with store.write() as session:
        for name in ("alpha", "Zeta"):
            session.connection().execute(text("INSERT INTO outlets (key, name) VALUES (:n, :n)"), {"n": name})
    with store.reading() as connection:
        ((found,),) = tuples(connection, statement, sign="!", none=None)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "title",
    ["Café «Zürich»", "STRASSE Straße", "문재인 安倍", "it’s", "", "'; DROP TABLE stories --", "a\\b", "x" * 3000],
)
def test_names_are_compared_as_our_own_program_does(kept: Store, title: str) -> None:
    from app.core.text import fold
    from app.store.search import has_words
    from app.store.sql import tuples

    with kept.write() as session:
        connection = session.connection()
        connection.execute(text("INSERT INTO outlets (key, name) VALUES ('k', :title)"), {"title": title})
        for q in ("zurich", "stras", "재인", "its", "drop", "", "x"):
            ((found, has),) = tuples(connection, "SELECT fold(name), has_words(name, :q) FROM outlets", q=q)
            assert (found, has) == (fold(title), has_words(title, q)), q
    with kept.reading() as connection:
        assert tuples(connection, "SELECT fold(name) FROM outlets") == [(fold(title),)]


@pytest.mark.parametrize(
    "asked",
    ['"', "'", "\\", "a:b", "c++", "don't", '"one two" OR three', "x*", "安", "a & b | !c <-> d", "U.S.", "1,000.5", "word " * 90],
)  # fmt: skip
def test_whatever_is_typed_is_a_question(kept: Store, asked: str) -> None:
    from app.store.views import Query

    kept.articles.keep_article(the_readings()[0])
    kept.library.search(Query(asked))
