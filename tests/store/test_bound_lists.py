"""Lists that statements are given: what one holds is said where it is read, whatever the name it is bound under."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from app.store import Store
from app.store.sql import tuples

READ = {
    "SELECT id FROM claims WHERE id IN (SELECT value FROM ids_of(:given)) ORDER BY id": [1, 2],
    "SELECT value + 0 FROM ids_of(:words) AS under_a_name_of_words ORDER BY value": [1, 2],
    "SELECT value FROM words_of(:named) AS w ORDER BY value": ["alpha-wire", "nobody"],
    "SELECT outlets.key FROM outlets JOIN words_of(:ids) AS under_a_name_of_ids ON value = outlets.key": ["alpha-wire"],
    "SELECT count(*) FROM ids_of(:given) AS i CROSS JOIN words_of(:ids) AS w WHERE i.value > 1 AND w.value > 'b'": [1],
}
UNSAID = (
    "SELECT value FROM json_each(:ids)",
    "SELECT value FROM json_each( :words ) AS w",
    "SELECT 1 FROM json_each(\n:x)",
)


def test_a_list_is_read_as_what_it_is_said_to_hold(filled: Store) -> None:
    ids, words = json.dumps([1, 2]), json.dumps(["alpha-wire", "nobody"])
    values = {"given": ids, "words": ids, "named": words, "ids": words}
    with filled.reading() as connection:
        found = {asked: [value for (value,) in tuples(connection, asked, **values)] for asked in READ}
    assert found == READ


def test_a_list_that_is_bound_without_saying_what_it_holds_is_refused(filled: Store) -> None:
    with filled.reading() as connection:
        for statement in UNSAID:
            with pytest.raises(ValueError, match="ids_of"):
                tuples(connection, statement, ids="[]", words="[]", x="[]")
            with pytest.raises(ValueError, match="ids_of"):
                connection.execute(text(statement), {"ids": "[]", "words": "[]", "x": "[]"})
