"""A claim stands in each of its rows by its own clause: kept with the row, shown as that row has it, whole where people put it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from made_up import reading, relate
from sqlalchemy import text

from app.core.records import Alignment, ClaimRef, Dimension, Outcome, Reading, RelationKind, Status
from app.store import Store, open_store, upgrade
from app.store.frozen_json import decoded_record
from app.store.views import ClaimView
from app.store.write_rows import ClaimFact, clause_in

BOTH = "The harbour bridge closed on 3 May, and a ferry carried 900 people across."
SHUT = "The bridge shut on 4 May."
FERRY = "A ferry took 700 people over the water."
CLOSED, CARRIED = "The harbour bridge closed on 3 May", "a ferry carried 900 people across"
IDS = [1, 2]
A, SHUT_B, FERRY_B = ClaimRef(0, "c0"), ClaimRef(1, "c0"), ClaimRef(1, "c1")


def readings(before: str = "") -> list[Reading]:
    first = [(before, {})] if before else []
    two = [
        reading("Alpha Wire", "2024-05-04", "Bridge", [*first, (BOTH, {})], url="https://alpha.example/1"),
        reading("Beta Times", "2024-05-05", "Ferry", [(SHUT, {}), (FERRY, {})], url="https://beta.example/1"),
    ]
    return [replace(two[0], claims=tuple(replace(c, id=f"c{i}") for i, c in enumerate(two[0].claims[::-1]))), two[1]]


def rows(read: list[Reading], *clauses: str) -> list[Alignment]:
    """The bridge and the ferry, the first report's one sentence in both by these words of its."""
    whole = read[0].claims[0]

    def row(name: str, other: ClaimRef, words: str, dimension: Dimension, differ: tuple[str, str]) -> Alignment:
        start = whole.start + BOTH.index(words)
        b = next(c for c in read[1].claims if c.id == other.claim)
        tie = relate(read, A, other, RelationKind.CONFLICT, dimension=dimension, words=differ, outcome=Outcome.EXCLUDES)
        spans = ((start, start + len(words)), (b.start, b.end))
        return Alignment(name, name, Status.CONFLICT, (A, other), (tie,), clauses=spans)

    return [
        row("bridge", SHUT_B, clauses[0], Dimension.DATE, ("3 May", "4 May")),
        row("ferry", FERRY_B, clauses[1], Dimension.NUMBER, ("900", "700")),
    ]


@pytest.fixture
def kept(store: Store) -> Store:
    read = readings()
    for r in read:
        store.articles.keep_article(r, story_slug="bridge", story_title="The bridge")
    store.articles.keep_alignments("bridge", rows(read, CLOSED, CARRIED), IDS)
    return store


def words(claim: ClaimView) -> tuple[str | None, list[str]]:
    """By which words it stands there, and which are marked."""
    clause = claim.text[slice(*claim.clause)] if claim.clause else None
    return clause, [claim.text[m.start : m.end] for m in claim.marks]


def shown(store: Store, **look: object) -> dict[str, list[tuple[str | None, list[str]]]]:
    """By row, what its claims show in the order of articles."""
    view = store.rows.story("bridge", limit=100, **look)
    return {r.label: [words(c) for cell in r.cells for c in cell.claims] for r in view.rows.items}


TWO = {"bridge": [(CLOSED, ["3 May"]), (None, ["4 May"])], "ferry": [(CARRIED, ["900"]), (None, ["700"])]}


def test_each_row_shows_its_own_clause_and_its_own_marks(kept: Store) -> None:
    assert shown(kept) == TWO
    assert shown(kept, strictness=0.2) == TWO, "at another strictness as well"
    assert shown(kept, outlets=["alpha-wire", "beta-times"]) == TWO


@pytest.mark.parametrize("place", ["row", "pair", "queue", "changes"])
def test_wherever_a_row_shows_its_claims_they_have_its_clause(kept: Store, place: str) -> None:
    row = next(r.id for r in kept.rows.every("bridge") if r.label == "ferry")
    view = kept.rows.alignment(row)
    found = {
        "row": [c for cell in view.row.cells for c in cell.claims],
        "pair": [view.relations[0].a, view.relations[0].b],
        "queue": next(c.claims for c in kept.rows.conflicts().items if c.row.id == row),
        "changes": next(c.claims for c in kept.rows.changes() if c.row.id == row),
    }[place]
    assert [words(c) for c in found] == TWO["ferry"]


def test_beside_an_article_stands_the_clause_of_the_row_that_it_is_noted_for(kept: Store) -> None:
    notes = {u.claim.text: u for u in kept.library.article(2).underlines}
    assert [words(c) for c in notes[FERRY].others] == TWO["ferry"][:1]
    assert [words(c) for c in notes[SHUT].others] == TWO["bridge"][:1]


def test_outside_of_rows_a_claim_is_whole(kept: Store) -> None:
    assert kept.library.claim(1).clause is None


def dump(store: Store) -> list[tuple]:
    tables = "alignments alignment_members relations reasons stories".split()
    with store.read() as session:
        return [
            tuple(r) for t in tables for r in session.connection().execute(text(f"SELECT * FROM {t} ORDER BY 1, 2"))
        ]


def test_the_same_clauses_again_change_nothing_another_rewrites_its_row_alone(kept: Store) -> None:
    before = dump(kept)
    kept.articles.keep_alignments("bridge", rows(readings(), CLOSED, CARRIED), IDS)
    assert dump(kept) == before
    ids = {r.label: r.id for r in kept.rows.every("bridge")}
    kept.review.flag(ids["ferry"], by="ann", note="how many?")
    kept.articles.keep_alignments("bridge", rows(readings(), CLOSED, "ferry carried 900 people"), IDS)
    assert shown(kept)["ferry"][0] == ("ferry carried 900 people", ["900"])
    assert shown(kept)["bridge"] == TWO["bridge"]
    assert {r.label: r.id for r in kept.rows.every("bridge")} == ids
    assert [f.note for f in kept.rows.alignment(ids["ferry"]).row.flags] == ["how many?"]


def test_a_row_of_whole_claims_is_the_row_it_was_before_clauses_were_kept(kept: Store) -> None:
    def digests() -> list[str]:
        with kept.read() as session:
            return [r[0] for r in session.connection().execute(text("SELECT digest FROM alignments ORDER BY id"))]

    kept.articles.keep_alignments("bridge", rows(readings(), BOTH, BOTH), IDS)
    whole = digests()
    kept.articles.keep_alignments("bridge", [replace(r, clauses=()) for r in rows(readings(), BOTH, BOTH)], IDS)
    assert digests() == whole
    assert shown(kept)["bridge"][0] == (None, ["3 May"])


def test_read_anew_the_clause_stays_where_its_words_are(kept: Store) -> None:
    kept.articles.reread(1, readings()[0], reader_version="later")
    assert shown(kept) == TWO, "before the story is compared again"
    later = readings("What was known so far was told at noon.")
    kept.articles.keep_article(later[0], story_slug="bridge")
    kept.articles.keep_alignments("bridge", rows(later, CLOSED, CARRIED), IDS)
    assert {k: v for k, v in shown(kept).items() if k in TWO} == TWO, "in a revision that says more before it"


def test_what_people_put_together_stands_whole_and_undone_by_its_clause_again(kept: Store) -> None:
    ids = {r.label: r.id for r in kept.rows.every("bridge")}
    merged = kept.review.decide(ids["ferry"], "merge", by="ann", value=str(ids["bridge"]))
    claims = {c.text: c for cell in kept.rows.alignment(ids["bridge"]).row.cells for c in cell.claims}
    assert claims[FERRY].clause is None
    kept.review.undo_decision(merged.id, by="ann")
    assert shown(kept) == TWO
    split = kept.review.decide(ids["ferry"], "split", by="ann", claims=[1])
    made = [c for r in kept.rows.every("bridge") if r.id not in ids.values() for cell in r.cells for c in cell.claims]
    assert [words(c) for c in made] == [(None, [])], "split off, it stands for all it says"
    kept.review.undo_decision(split.id, by="ann")
    assert shown(kept) == TWO


@pytest.mark.sqlite_file
def test_rows_of_an_older_version_stand_whole_until_they_are_compared_again(
    kept: Store, older: Callable[[sqlite3.Connection], None]
) -> None:
    path = kept.path
    kept.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        older(connection)
    assert upgrade(path) is not None
    with open_store(path) as store:
        assert [words for words, _ in shown(store)["bridge"]] == [None, None]
        assert [marks for _, marks in shown(store)["bridge"]] == [marks for _, marks in TWO["bridge"]]
        store.articles.keep_alignments("bridge", rows(readings(), CLOSED, CARRIED), IDS)
        assert shown(store) == TWO


def test_what_is_frozen_keeps_its_clauses_and_older_records_have_none(kept: Store) -> None:
    made = kept.snapshots.freeze("bridge", by="ann")
    assert made.view == kept.rows.story("bridge", limit=500)
    record = json.loads(made.record)
    for row in record["rows"]:
        for cell in row["cells"].values():
            for claim in cell if isinstance(cell, list) else ():
                del claim["clause"]
    older = decoded_record(json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
    assert {c.clause for r in older.view.rows.items for cell in r.cells for c in cell.claims} == {None}


FACT = ClaimFact(1, (1, "x"), 1, 0, 100, "“We go,” he said; they stay.")


@pytest.mark.parametrize(
    ("span", "clause"),
    [
        pytest.param((118, 127), (18, 27), id="a part"),
        pytest.param((101, 106), (1, 6), id="inside a quotation"),
        pytest.param((100, 128), None, id="the whole"),
        pytest.param((101, 127), None, id="all but signs"),
        pytest.param((90, 110), None, id="begins before the claim"),
        pytest.param((110, 190), None, id="goes on behind it"),
        pytest.param((110, 110), None, id="nothing"),
    ],
)
def test_a_clause_counts_from_the_start_of_its_claim(span: tuple[int, int], clause: tuple[int, int] | None) -> None:
    assert clause_in(span, FACT) == clause
