"""Pictures: inside their frame, labels apart, nothing dated is left out of the table."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.views import MatrixCell, OutletView, PartView, TimePoint
from app.web.charts import LETTER, draw_matrix, draw_timeline, draw_waterfall
from app.web.pages import samples

OUTLETS = tuple(OutletView(k, k.upper()) for k in ("a", "b", "c"))


def test_a_matrix_needs_two_outlets() -> None:
    assert draw_matrix(OUTLETS[:1], ()) is None


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3), st.data())
def test_squares_stay_in_the_frame_and_fill_by_their_share(shared, data) -> None:
    cells = tuple(
        MatrixCell(a, b, n, data.draw(st.integers(0, n)), 0)
        for (a, b), n in zip(combinations(OUTLETS, 2), shared, strict=True)
    )
    drawn = draw_matrix(OUTLETS, cells)
    assert drawn is not None
    for s in drawn.squares:
        assert s.x >= 0
        assert s.y >= 0
        assert s.x + s.side <= drawn.width
        assert s.y + s.side <= drawn.height
        assert 0 <= s.filled <= s.side + 1e-9


values = st.one_of(
    st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(lambda d: (d.isoformat(), "day")),
    st.integers(1900, 2030).map(lambda y: (str(y), "year")),
    st.tuples(st.integers(1900, 2030), st.integers(1, 12)).map(lambda v: (f"{v[0]}-{v[1]:02}", "month")),
    st.tuples(st.integers(1900, 2030), st.integers(1, 52)).map(lambda v: (f"{v[0]}-W{v[1]:02}", "week")),
    st.tuples(st.integers(1900, 2030), st.integers(1, 4)).map(lambda v: (f"{v[0]}-Q{v[1]}", "quarter")),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(lambda d: (f"{d}T18", "hour")),
)


@given(st.lists(st.tuples(values, st.integers(1, 30), st.booleans()), max_size=40, unique_by=lambda v: v[0][0]))
def test_a_time_line_runs_forward_and_its_labels_do_not_touch(found) -> None:
    points = [TimePoint(v, g, n, c, "label", 1) for (v, g), n, c in found]
    drawn = draw_timeline(points, samples.COLUMNS)
    if not points:
        assert drawn is None
        return
    assert drawn is not None
    assert {t.point for t in drawn.ticks} == set(points) == set(drawn.points)
    xs = [t.x for t in drawn.ticks]
    assert xs == sorted(xs)
    assert all(0 <= x <= drawn.width for x in xs)
    for a, b in combinations([t for t in drawn.ticks if t.lane >= 0], 2):
        apart = abs(a.label_x - b.label_x) >= LETTER * (len(a.text) + len(b.text)) / 2
        assert a.lane != b.lane or apart


@pytest.mark.parametrize(
    ("weights", "ups"),
    [
        pytest.param((), [], id="no parts"),
        pytest.param((1.0, -2.0, 0.5), [True, False, True], id="up and down"),
        pytest.param((0.0,), [True], id="nothing moved"),
        pytest.param((900.0, -900.0), [True, False], id="huge"),
    ],
)
def test_a_waterfall_ends_where_its_parts_lead(weights, ups) -> None:
    drawn = draw_waterfall([PartView("p", 1.0, w, "say") for w in weights], 0.5)
    assert [s.up for s in drawn.steps] == ups
    for step in drawn.steps:
        assert 0 <= step.x <= step.x + step.width <= drawn.width + 2
        assert 0 <= step.after <= 1


@pytest.mark.parametrize(("score", "adds"), [(0.5, True), (0.51, True), (0.9, False)])
def test_a_waterfall_says_whether_its_parts_add_up(score, adds) -> None:
    assert draw_waterfall([PartView("p", 1.0, 0.0, "say")], score).adds is adds
