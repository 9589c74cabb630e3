"""What made the rows is said where it is said what read the articles; that another version did is nothing for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.core.records import Comparer
from app.store import Store

ENCODER = "all-MiniLM-L6-v2 int8"


def told(store: Store, comparer: Comparer) -> None:
    """The rows that are there, as made by that."""
    with store.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE stories SET compared_with = ?, compared_by = ?", (comparer.name, comparer.version)
        )


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def store(filled) -> Iterator[Store]:
    return filled()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("words alone", True, id="by words alone"),
        pytest.param(ENCODER, False, id="with the encoder"),
        pytest.param("", False, id="nobody told"),
    ],
)
def test_a_story_says_when_no_encoder_ran(serving, store: Store, name: str, said: bool) -> None:
    told(store, Comparer(name, "another"))
    page = words(serving(store).get("/stories/the-bridge").text)
    assert ("compared by words alone" in page) is said
    assert "read by machine" in page
    assert "another version" not in page
    assert "older version" not in page


def test_the_method_page_says_what_compares_and_how_many_stories_are_old(serving, store: Store) -> None:
    told(store, Comparer("words alone", "another"))
    page = words(serving(store).get("/method").text)
    assert re.search(
        r"Compares statements by (all-MiniLM-L6-v2 int8; the latest story was compared by words alone|words alone)",
        page,
    )
    assert "Stories kept 1, 1 compared by another version" in page


def test_programs_and_frozen_comparisons_are_told(serving, store: Store) -> None:
    told(store, Comparer(ENCODER, "0123456789abcdef"))
    client = serving(store)
    body = client.get("/api/v1/stories/the-bridge").json()
    assert (body["compared_with"], body["compared_by"]) == (ENCODER, "0123456789abcdef")
    exported = client.get("/stories/the-bridge/export.json").json()
    assert (exported["compared_with"], exported["compared_by"]) == (ENCODER, "0123456789abcdef")
    made = store.snapshots.freeze("the-bridge", by="ann")
    told(store, Comparer("words alone", "another"))
    page = words(client.get(f"/snapshots/{made.id}").text)
    assert f"compared by {ENCODER}" in page
    assert "Rules, words and weights 0123456789abcdef" in page
