"""In a row's cell the clause stands at full strength, and the rest of its sentence around it: whole, in order, paler."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from app.core.records import (
    AlignedPair,
    Alignment,
    Between,
    ClaimRef,
    Dimension,
    Outcome,
    PairScore,
    Reason,
    Relation,
    RelationKind,
    Span,
    Status,
)

BOTH = "The bridge closed on 3 May, and a ferry carried 900 people across."
SHUT, FERRY = "The bridge shut on 4 May.", "A ferry took 700 people over the water."
CLAUSES = {"bridge": ("The bridge closed on 3 May", "3 May"), "ferry": ("a ferry carried 900 people across", "900")}


def place(text: str, words: str, start: int = 0) -> Span:
    at = start + text[start:].index(words)
    return at, at + len(words)


@pytest.fixture(scope="module")
def told(new_store, made_report, serving):
    """A client of a store whose first article states two facts in one sentence, each in a row of its own."""
    store = new_store()
    readings = [made_report(0, [BOTH]), made_report(1, [SHUT, FERRY])]
    for r in readings:
        store.articles.keep_article(r, story_slug="the-bridge", story_title="The bridge")
    rows = []
    for i, (label, dimension, theirs) in enumerate(
        (("bridge", Dimension.DATE, "4 May"), ("ferry", Dimension.NUMBER, "700"))
    ):
        a, b, other = ClaimRef(0, "c0"), ClaimRef(1, f"c{i}"), readings[1].claims[i]
        clause, differs = CLAUSES[label]
        spans = place(BOTH, differs), place(readings[1].article.text, theirs)
        reason = Reason(dimension, Outcome.EXCLUDES, differs, theirs, "They differ.", *spans)
        score = PairScore(0.9, aligned=True)
        tie = Relation(a, b, score, RelationKind.CONFLICT, Between.OUTLETS, (reason,), 0.8)
        clauses = (place(BOTH, clause), (other.start, other.end))
        pairs = (AlignedPair(a, b, score),)
        rows.append(Alignment(label, label, Status.CONFLICT, (a, b), (tie,), pairs, 0.9, clauses=clauses))
    store.articles.keep_alignments("the-bridge", rows, [1, 2])
    return serving(store), {r.label: r.id for r in store.rows.every("the-bridge")}


def in_page(html: str) -> list[tuple[str, str]]:
    """Each place where the sentence stands, cut at its ends: all of its words, and those at full strength."""
    plain = re.sub(r'<span class="vh">.*?</span>', "", html)
    found = []
    for words in re.findall(r"<(?:blockquote|q)>(.*?)</(?:blockquote|q)>", plain, re.DOTALL):
        full = re.sub(r'<span class="around">(?:[^<]|<mark[^>]*>|</mark>)*</span>', "", words)
        whole, strong = (unescape(re.sub(r"<[^>]*>", "", x)).strip() for x in (words, full))
        if BOTH in whole:
            found.append((whole, strong))
    return found


@pytest.mark.parametrize("label", CLAUSES)
@pytest.mark.parametrize("path", ["/alignments/{}", "/conflicts#{}", "/stories/the-bridge#{}", "/stories/the-bridge/print#{}"])  # fmt: skip
def test_the_sentence_is_whole_and_its_clause_strong_in_each_row(told, path, label) -> None:
    client, rows = told
    answer = client.get(path.format(rows[label]).split("#")[0]).text
    cells = in_page(answer)
    assert all(whole == BOTH for whole, _ in cells)
    assert CLAUSES[label][0] in {strong for _, strong in cells}
    if path.startswith("/alignments"):
        assert {strong for _, strong in cells} == {CLAUSES[label][0]}
    mark = rf'<mark class="is-conflict">(?:(?!</mark>).)*{CLAUSES[label][1]}'
    assert re.search(mark, answer)


def test_marks_of_a_row_stand_in_its_own_clause_alone(told) -> None:
    client, rows = told
    page = client.get(f"/alignments/{rows['ferry']}").text
    marked = re.findall(r'<mark class="is-conflict"><span class="vh">[^<]*</span>([^<]*)', page)
    assert set(marked) == {"900", "700"}


def test_a_claim_that_stands_as_a_whole_is_shown_as_before(told) -> None:
    client, rows = told
    page = client.get(f"/alignments/{rows['bridge']}").text
    shut = next(x for x in re.findall(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL) if "bridge shut" in x)
    assert "around" not in shut


def test_in_search_no_row_is_spoken_of_and_the_sentence_is_whole(told) -> None:
    assert 'class="around"' not in told[0].get("/search?q=ferry").text


def test_the_api_gives_the_clause_by_offsets_into_the_claims_text(told) -> None:
    client, rows = told
    for label, (clause, _) in CLAUSES.items():
        cells = client.get(f"/api/v1/alignments/{rows[label]}").json()["row"]["cells"]
        first, second = (c for cell in cells for c in cell["claims"])
        assert first["text"][slice(*first["clause"])] == clause
        assert second["clause"] is None


def test_exports_give_the_clause(told) -> None:
    client, _ = told
    text = client.get("/stories/the-bridge/export.csv").text.removeprefix("\ufeff")
    lines = {(x["proposition"], x["text"]): x["clause"] for x in csv.DictReader(io.StringIO(text, newline=""))}
    assert {label: lines[label, BOTH] for label in CLAUSES} == {k: clause for k, (clause, _) in CLAUSES.items()}
    assert lines["bridge", SHUT] == SHUT
    rows = client.get("/stories/the-bridge/export.json").json()["rows"]
    kept = {r["label"]: c for r in rows for cell in r["cells"] for c in cell["claims"] if c["text"] == BOTH}
    assert {k: BOTH[slice(*kept[k]["clause"])] for k in CLAUSES} == {k: clause for k, (clause, _) in CLAUSES.items()}
