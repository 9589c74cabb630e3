"""Texts cut for showing: nothing is lost, the loudest mark wins, paragraphs carry the notes of their claims."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.records import Dimension, Outcome
from app.store.views import ReasonMark
from app.web.pages import samples
from app.web.pages.marking import body_paragraphs, marked

spans = st.tuples(st.integers(-3, 40), st.integers(-3, 40))
marks = st.builds(
    lambda s, d, o: ReasonMark(s[0], s[1], d, o),
    spans,
    st.sampled_from(list(Dimension)),
    st.sampled_from(list(Outcome)),
)


@given(st.text(max_size=30), st.lists(marks, max_size=6), st.lists(spans, max_size=4))
def test_the_pieces_joined_are_the_text(text, found, hits) -> None:
    assert "".join(p.text for p in marked(text, found, hits)) == text


@pytest.mark.parametrize(
    ("text", "found", "hits", "pieces"),
    [
        pytest.param("", [], [], [], id="empty"),
        pytest.param("abc", [], [], [("abc", None, False)], id="plain"),
        pytest.param("a bc d", [("bc", "differs")], [], [("a ", None, False), ("bc", "differs", False), (" d", None, False)], id="one"),
        pytest.param("abcd", [("abc", "detail"), ("bc", "excludes")], [], [("a", "detail", False), ("bc", "excludes", False), ("d", None, False)], id="loudest"),
        pytest.param("문재인 said", [], [(0, 3)], [("문재인", None, True), (" said", None, False)], id="hit in Hangul"),
    ],
)  # fmt: skip
def test_marked(text, found, hits, pieces) -> None:
    given_marks = [ReasonMark(text.index(w), text.index(w) + len(w), Dimension.DATE, Outcome(o)) for w, o in found]
    cut = [(p.text, p.mark.outcome.value if p.mark else None, p.hit) for p in marked(text, given_marks, hits)]
    assert cut == pieces


@given(st.text(max_size=30), st.lists(marks, max_size=4), spans)
def test_with_a_clause_the_pieces_joined_are_the_text_and_those_not_around_the_clause(text, found, clause) -> None:
    pieces = marked(text, found, clause=clause)
    assert "".join(p.text for p in pieces) == text
    low, high = max(0, clause[0]), min(len(text), clause[1])
    assert "".join(p.text for p in pieces if not p.around) == text[low : max(low, high)]


def test_a_mark_outside_of_the_clause_is_still_a_mark() -> None:
    mark = ReasonMark(0, 1, Dimension.DATE, Outcome.EXCLUDES)
    pieces = marked("a bc d", [mark], clause=(2, 4))
    assert [(p.text, p.mark is mark, p.around) for p in pieces] == [
        ("a", True, True),
        (" ", False, True),
        ("bc", False, False),
        (" d", False, True),
    ]


def test_every_paragraph_keeps_its_words_and_the_notes_of_claims_that_begin_in_it() -> None:
    view = samples.ARTICLE
    drawn = body_paragraphs(view.text, view.underlines)
    assert ["".join(s.text for s in p.strands) for p in drawn] == [t for t in view.text.split("\n") if t]
    assert [len(p.notes) for p in drawn] == [2, 1, 2]
    assert [a.claim.id for p in drawn for s in p.strands for a in s.anchors] == [12, 19, 14, 22, 21]


def test_a_claim_inside_another_is_underlined_as_itself() -> None:
    outer = samples.ARTICLE.underlines[0]
    inner = replace(outer, claim=replace(outer.claim, id=99, start=3, end=9))
    (paragraph,) = body_paragraphs(
        "ab cdefgh ij kl", [replace(outer, claim=replace(outer.claim, start=0, end=12)), inner]
    )
    assert [(s.text, s.claim.claim.id if s.claim else None) for s in paragraph.strands] == [
        ("ab ", 12),
        ("cdefgh", 99),
        (" ij", 12),
        (" kl", None),
    ]


@given(st.text(alphabet="ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_a_body_is_shown_whole_whatever_its_claims(text, found) -> None:
    base = samples.ARTICLE.underlines[0]
    underlines = [replace(base, claim=replace(base.claim, start=s, end=e)) for s, e in found]
    shown = "".join(s.text for p in body_paragraphs(text, underlines) for s in p.strands)
    assert shown.split() == "".join(line.strip() for line in text.split("\n")).split()
