"""Realigning: rows keep their ids, and what people said of them, through new alignments, revisions and moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from clock import Clock
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from made_up import relate, the_alignments, the_readings
from sqlalchemy import text

from app.core.records import Alignment, ClaimRef, RelationKind, Status, Utterance, Wording
from app.errors import BadInput, NotFound
from app.store import Store

IDS = [1, 2, 3]


def members(store: Store) -> dict[int, set[int]]:
    return {r.id: {c.id for cell in r.cells for c in cell.claims} for r in store.rows.every("pact")}


def dump(store: Store) -> list[tuple]:
    """Everything kept of rows, to the last column."""
    tables = "alignments alignment_members relations reasons flags flag_events decisions claims stories".split()
    with store.read() as session:
        return [
            tuple(r) for t in tables for r in session.connection().execute(text(f"SELECT * FROM {t} ORDER BY 1, 2"))
        ]


def again(store: Store, alignments: list[Alignment]) -> None:
    store.articles.keep_alignments("pact", alignments, IDS)


def joined(*parts: Alignment) -> Alignment:
    return replace(
        parts[0],
        claims=tuple(c for p in parts for c in p.claims),
        relations=tuple(r for p in parts for r in p.relations),
    )


def test_the_same_alignments_again_change_nothing_in_any_order(filled: Store, clock: Clock) -> None:
    before = dump(filled)
    clock.tick()
    again(filled, the_alignments(the_readings()))
    assert dump(filled) == before
    again(filled, the_alignments(the_readings())[::-1])
    assert dump(filled) == before


def test_every_claim_stands_in_exactly_one_row(filled: Store) -> None:
    rows = members(filled)
    claims = [c for cs in rows.values() for c in cs]
    assert sorted(claims) == sorted(set(claims)) == list(range(1, 9))


def test_a_row_that_grows_or_shrinks_keeps_its_id(filled: Store) -> None:
    one, two, three = the_alignments(the_readings())
    grown = replace(one, claims=(*one.claims, ClaimRef(2, "c3")))
    again(filled, [grown, two, three])
    assert members(filled)[1] == {1, 3, 8}
    again(filled, [one, two, three])
    assert members(filled)[1] == {1, 3}
    assert filled.rows.alignment(1).row.status is Status.CONFLICT


def test_flags_follow_the_row_they_were_put_on(filled: Store) -> None:
    one, two, three = the_alignments(the_readings())
    filled.review.flag(2, by="ann", note="look")
    again(filled, [joined(one, two), three])
    row = next(r for r in filled.rows.every("pact") if r.flags)
    assert (row.id, row.flags[0].note) == (2, "look")
    assert {c.id for cell in row.cells for c in cell.claims} == {1, 2, 3, 4}


def test_a_flagged_row_without_successor_stays_readable_and_comes_back(filled: Store, clock: Clock) -> None:
    one, two, three = the_alignments(the_readings())
    filled.review.flag(1, by="ann", note="mind the day")
    filled.review.flag(2, by="ann")
    clock.tick()
    again(filled, [joined(one, two), three])  # one of the two rows has no successor
    (gone,) = {1, 2} - {r.id for r in filled.rows.every("pact")}
    view = filled.rows.alignment(gone)
    assert view.retired
    assert [f.by for f in view.row.flags] == ["ann"]
    assert any(cell.claims for cell in view.row.cells)
    assert sum(filled.rows.story("pact").counts.values()) == len(list(filled.rows.every("pact")))
    again(filled, [one, two, three])
    assert not filled.rows.alignment(gone).retired


def test_an_unflagged_row_without_successor_goes(filled: Store) -> None:
    again(filled, the_alignments(the_readings())[1:])
    rows = members(filled)
    assert {frozenset(c) for c in rows.values()} >= {frozenset({1}), frozenset({3})}
    assert len(rows) == 6
    ids = set(rows)
    again(filled, the_alignments(the_readings()))
    assert not (set(range(1, 6)) - ids) & set(members(filled)) - ids, "an id once gone is not given to another row"


def test_rows_survive_a_revision_of_an_article(filled: Store) -> None:
    one = the_readings()[0]
    filled.review.flag(1, by="ann", note="stays")
    newer = replace(one, article=replace(one.article, text=one.article.text + "\n\nMore."))
    assert filled.articles.keep_article(newer).outcome == "revised"
    assert filled.articles.stale_stories() == ("pact",)
    again(filled, the_alignments(the_readings()))
    assert filled.articles.stale_stories() == ()
    row = filled.rows.alignment(1).row
    assert [f.note for f in row.flags] == ["stays"]
    assert all(c.alignment_id == 1 for cell in row.cells for c in cell.claims)
    assert {c.id for cell in row.cells for c in cell.claims} == {9, 3}


def test_rows_follow_their_articles_into_another_story(filled: Store) -> None:
    filled.review.flag(1, by="ann", note="follows")
    filled.review.decide(2, "relabel", by="ann", value="The signing")
    for i in IDS:
        filled.articles.assign_story(i, "other", title="Other")
    filled.articles.keep_alignments("other", the_alignments(the_readings()), IDS)
    rows = {r.id: r for r in filled.rows.every("other")}
    assert rows[1].flags[0].note == "follows"
    assert rows[2].label == "The signing"
    with pytest.raises(NotFound):
        filled.rows.story("pact")


def test_only_part_of_a_story_moving_leaves_its_rows_to_it(filled: Store) -> None:
    filled.review.flag(3, by="ann")
    filled.review.flag(1, by="ann")
    filled.articles.assign_story(2, "other", title="Other")
    filled.articles.keep_alignments("other", [], [2])
    sorry = Alignment("r", "Sorry", Status.CONFLICT, (ClaimRef(1, "c0"), ClaimRef(1, "c1")))
    filled.articles.keep_alignments("pact", [sorry], [1, 3])
    assert filled.rows.alignment(3).story.slug == filled.rows.alignment(1).story.slug == "pact"
    assert filled.rows.alignment(3).row.flags
    assert sum(filled.rows.story("other").counts.values()) == 2
    assert sum(filled.rows.story("pact").counts.values()) == 5


@pytest.mark.parametrize("ref", [ClaimRef(0, "c99"), ClaimRef(7, "c0")], ids=["claim", "article"])
def test_an_alignment_of_nothing_kept_is_bad_input_and_changes_nothing(filled: Store, ref: ClaimRef) -> None:
    before = dump(filled)
    with pytest.raises(BadInput):
        again(filled, [Alignment("r", "x", Status.AGREE, (ref, ClaimRef(1, "c0")))])
    assert dump(filled) == before


def test_killed_while_realigning_the_old_rows_stand(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(filled)
    monkeypatch.setattr("app.store.keep_rows.derive", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        again(filled, [])
    assert dump(filled) == before


def test_a_claim_in_two_rows_belongs_to_the_one_that_matters_more(filled: Store) -> None:
    readings = the_readings()
    a, b = ClaimRef(0, "c0"), ClaimRef(2, "c3")
    more = Alignment("x", "Also", Status.AGREE, (a, b), (relate(readings, a, b, RelationKind.AGREE),))
    again(filled, [*the_alignments(readings), more])
    assert filled.library.claim(1).alignment_id == 1
    assert filled.library.claim(1).status is Status.CONFLICT


partitions = st.lists(st.integers(0, 4), min_size=8, max_size=8)


def as_rows(labels: list[int]) -> list[Alignment]:
    refs = [
        ClaimRef(0, "c0"),
        ClaimRef(0, "c1"),
        ClaimRef(1, "c0"),
        ClaimRef(1, "c1"),
        *(ClaimRef(2, f"c{i}") for i in range(4)),
    ]
    rows = [tuple(r for r, label in zip(refs, labels, strict=True) if label == k) for k in range(5)]
    return [
        Alignment(f"r{i}", f"Row {i}", Status.AGREE if len(r) > 1 else Status.SINGLE, r)
        for i, r in enumerate(rows)
        if r
    ]


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # each takes a database
@given(steps=st.lists(partitions, min_size=1, max_size=3), data=st.data())
def test_however_rows_change_counts_add_up_and_what_was_said_stays(
    example: Path, steps: list[list[int]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite3"
        path.write_bytes(example.read_bytes())
        with Store(path, now=Clock()) as store:
            said: set[int] = set()
            for labels in steps:
                again(store, as_rows(labels))
                said.add(say_something(store, data))
                rows = members(store)
                assert sorted(c for cs in rows.values() for c in cs) == list(range(1, 9)), (
                    "every claim stands in one row"
                )
                assert sum(store.rows.story("pact").counts.values()) == len(rows)
                before = dump(store)
                again(store, as_rows(labels))
                assert dump(store) == before
                assert all(store.rows.alignment(row_id).history for row_id in said), "what was said still answers"


def say_something(store: Store, data: st.DataObject) -> int:
    """A flag and, where it fits, a decision on some row; the row's id."""
    rows = members(store)
    row = data.draw(st.sampled_from(sorted(rows)))
    store.review.flag(row, by="ann")
    kind = data.draw(st.sampled_from(["confirm", "reject", "relabel", "merge", "split"]))
    target = data.draw(st.sampled_from(sorted(rows)))
    fits = {"merge": target != row, "reject": len(rows[row]) > 1, "split": len(rows[row]) > 1}.get(kind, True)
    if fits:
        value = {"relabel": "Other", "merge": str(target), "split": str(min(rows[row]))}.get(kind)
        store.review.decide(row, kind, by="ann", value=value)  # type: ignore[arg-type]
    return row


# --- utterances ----------------------------------------------------------------------------------------------------


def said_once(readings: list) -> Alignment:
    """One word of Chung's in two outlets: quoted whole, and cut."""
    sorry, signed = readings[2].claims[0], readings[1].claims[1]
    wordings = (
        Wording(ClaimRef(2, "c0"), "offered an apology", sorry.start + 6, sorry.start + 24),
        Wording(ClaimRef(1, "c1"), "signed", signed.start + 13, signed.start + 19, quoted=False),
    )
    said = Utterance("chung-eui-yong", "Chung Eui-yong", wordings, ("The same speaker.",), 0.7)
    return Alignment(
        "u", "What Chung said", Status.AGREE, (ClaimRef(1, "c1"), ClaimRef(2, "c0")), score=0.9, utterances=(said,)
    )


def test_one_utterance_in_two_outlets_is_kept_and_shown(filled: Store) -> None:
    again(filled, [said_once(the_readings())])
    row = next(r for r in filled.rows.every("pact") if r.label == "What Chung said")
    (said,) = row.utterances
    assert (said.speaker.key, said.speaker.kind, said.why, said.likeness) == (
        "chung-eui-yong",
        "person",
        ("The same speaker.",),
        0.7,
    )
    texts = {c.id: c.text for cell in row.cells for c in cell.claims}
    assert [texts[w.claim_id][w.start : w.end] for w in said.wordings] == ["offered an apology", "signed"]
    assert [(w.outlet.key, w.text, w.quoted) for w in said.wordings] == [
        ("gamma-news", "offered an apology", True),
        ("beta-times", "signed", False),
    ]
    assert filled.rows.alignment(row.id).row.utterances == row.utterances
    alone = filled.rows.story("pact", outlets=["gamma-news"])
    assert not any(r.utterances for r in alone.rows.items), "one outlet's wording is no comparison"
    frozen = filled.snapshots.freeze("pact", by="ann").view.rows.items
    assert next(r for r in frozen if r.id == row.id).utterances == row.utterances


def test_wordings_outside_their_claims_are_left_out(filled: Store) -> None:
    row = said_once(the_readings())
    (said,) = row.utterances
    stray = replace(said, wordings=(said.wordings[0], replace(said.wordings[1], start=900, end=906)))
    again(filled, [replace(row, utterances=(stray,))])
    assert not any(r.utterances for r in filled.rows.every("pact"))
