"""Pictures: inside their frame, labels apart, nothing dated is left out of the table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.views import MatrixCell, OutletView, PartView, TimePoint
from app.web.charts import draw_matrix, draw_timeline, draw_waterfall
from app.web.charts.matrix import MOST
from app.web.charts.scale import first_day, free_lane, spread, text_width
from app.web.charts.timeline import WIDEST
from app.web.pages import environment, samples

OUTLETS = tuple(OutletView(k, k.upper()) for k in ("a", "b", "c"))
HOSTILE = '<script>alert("x")</script>'


def macro(name: str, *given: object) -> str:
    """The picture as the page writes it."""
    module = environment.get_template(f"blocks/charts/{name}.html").make_module()
    return str(getattr(module, name)(*given))


def rows(html: str, caption: str = "") -> list[list[str]]:
    """The cells of the table (with this caption) behind a picture, tags aside."""
    table = next(t for t in re.findall(r"(?s)<table.*?</table>", html) if caption in t)
    body = re.search(r"(?s)<tbody>(.*)</tbody>", table)[1]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", body)
    ]


def named(html: str, role: str) -> str:
    """The accessible name of the drawing."""
    return re.search(rf'<svg[^>]*role="{role}" aria-label="([^"]*)"', html)[1]


# --- what they share --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019", date(2019, 1, 1)),
        ("2019-11", date(2019, 11, 1)),
        ("2019-Q3", date(2019, 7, 1)),
        ("2019-W46", date(2019, 11, 11)),
        ("2019-11-22", date(2019, 11, 22)),
        ("2019-11-22T18", date(2019, 11, 22)),
        ("2019-13", None),
        ("2019-Q", None),
        ("0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_first_day_of_a_value(value, day) -> None:
    assert first_day(value) == (day.toordinal() if day else None)


@given(st.sets(st.integers(1, 800_000), max_size=40))
def test_days_are_spread_in_order_from_edge_to_edge(days) -> None:
    x = spread(days, 10, 90)
    ordered = [x[d] for d in sorted(days)]
    assert ordered == sorted(ordered)
    if len(days) > 1:
        assert (ordered[0], ordered[-1]) == (10, pytest.approx(90))
    elif days:
        assert ordered == [50]


def test_a_lane_is_taken_once() -> None:
    taken: list[list[tuple[float, float]]] = [[], []]
    assert [free_lane(taken, 0, 10), free_lane(taken, 5, 15), free_lane(taken, 5, 6), free_lane(taken, 10, 20)] == [
        0,
        1,
        -1,
        0,
    ]


def test_wide_letters_count_twice() -> None:
    assert text_width("문재인") == 2 * text_width("abc")


# --- outlets against outlets ------------------------------------------------------------------------------------------


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


def test_the_words_and_the_table_of_a_matrix_tell_its_numbers() -> None:
    cells = (
        MatrixCell(*OUTLETS[:2], 4, 3, 0),
        MatrixCell(*OUTLETS[1:], 8, 2, 1),
        MatrixCell(OUTLETS[0], OUTLETS[2], 0, 0, 0),
    )
    html = macro("matrix", draw_matrix(OUTLETS, cells))
    assert named(html, "img") == (
        "Matrix of outlets: B and C share most, 8 rows, 2 agreeing. In conflict: B and C (1). The table holds every pair."
    )
    assert rows(html) == [
        ["B and C", "8", "2 (25 %)", "1"],
        ["A and B", "4", "3 (75 %)", "0"],
        ["A and C", "0", "0", "0"],
    ]
    assert html.count("i-conflict") == 1


def test_outlets_that_share_nothing_say_so() -> None:
    html = macro("matrix", draw_matrix(OUTLETS[:2], [MatrixCell(*OUTLETS[:2], 0, 0, 0)]))
    assert "no two share a row. No conflicts." in named(html, "img")


def test_of_forty_outlets_those_that_share_most_are_drawn_and_the_table_holds_all() -> None:
    many = tuple(OutletView(f"o{i}", f"The Outlet of Number {i}") for i in range(40))
    cells = [
        MatrixCell(a, b, (int(a.key[1:]) + int(b.key[1:])) % 7 + int(b.key[1:]), 1, 0) for a, b in combinations(many, 2)
    ]
    drawn = draw_matrix(many, cells)
    assert drawn is not None
    assert (drawn.drawn, drawn.outlets, len(drawn.squares)) == (MOST, 40, MOST * (MOST - 1) // 2)
    html = macro("matrix", drawn)
    assert len(rows(html)) == 40 * 39 // 2
    assert "12 of 40 outlets" in html


def test_twelve_outlets_fit_a_window_with_their_names_aslant() -> None:
    many = tuple(OutletView(f"o{i}", f"The Outlet of Number {i}") for i in range(12))
    drawn = draw_matrix(many, [MatrixCell(a, b, 2, 1, 1) for a, b in combinations(many, 2)])
    assert drawn is not None
    assert drawn.slanted
    assert drawn.width < 640
    assert macro("matrix", drawn).count("rotate(") == 11
    few = draw_matrix(many[:6], [MatrixCell(a, b, 2, 1, 1) for a, b in combinations(many[:6], 2)])
    assert few is not None
    assert not few.slanted


def test_names_stay_text() -> None:
    pair = (OutletView("a", HOSTILE), OutletView("b", HOSTILE))
    assert "<script" not in macro("matrix", draw_matrix(pair, [MatrixCell(*pair, 3, 1, 1)]))
    column = replace(samples.COLUMNS[0], outlet=pair[0])
    assert "<script" not in macro("timeline", draw_timeline([TimePoint("2019", "year", 1, True, HOSTILE, 1)], [column]))


# --- the time line ----------------------------------------------------------------------------------------------------

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
        apart = abs(a.label_x - b.label_x) >= (text_width(a.text) + text_width(b.text)) / 2
        assert a.lane != b.lane or apart


def test_the_words_and_the_tables_of_a_time_line_tell_its_dates() -> None:
    html = macro("timeline", draw_timeline(samples.STORY.timeline, samples.COLUMNS))
    assert named(html, "group") == (
        "Time line: 4 dates, from Nov 2016 to 26 Nov 2019. At odds: 22 Aug 2019, 23 Aug 2019. The table holds them all."
    )
    assert rows(html, "Dates told") == [
        ["Nov 2016", "The pact is signed", "3"],
        ["22 Aug 2019", "Seoul announces the end dates in conflict", "2"],
        ["23 Aug 2019", "Seoul announces the end dates in conflict", "1"],
        ["26 Nov 2019", "Motegi denies an apology", "1"],
    ]
    assert rows(html, "published") == [["22 Nov 2019", "Nikkei, NPR"], ["28 Nov 2019", "KBS"]]


@given(st.lists(values, min_size=1, max_size=40, unique_by=lambda v: v[0]))
def test_every_date_stands_under_its_year_and_names_it_where_that_does_not(found) -> None:
    drawn = draw_timeline([TimePoint(v, g, 1, False, "label", 1) for v, g in found], samples.COLUMNS)
    assert drawn is not None
    assert (drawn.years[0].x1, drawn.years[-1].x2) == (0.0, drawn.width)
    assert all(a.x2 == b.x1 and a.number < b.number for a, b in zip(drawn.years, drawn.years[1:], strict=False))
    for tick in drawn.ticks:
        (year,) = [y for y in drawn.years if y.number == date.fromordinal(first_day(tick.point.value) or 0).year]
        assert year.x1 <= tick.x <= year.x2
        assert year.named or str(year.number) in tick.text or tick.point.grain == "week"


def test_three_years_of_dates_all_have_their_labels() -> None:
    days = [date(2017, 1, 10) + timedelta(days=27 * n) for n in range(40)]
    drawn = draw_timeline([TimePoint(d.isoformat(), "day", 1, False, "label", 1) for d in days], ())
    assert drawn is not None
    assert [y.number for y in drawn.years] == [2017, 2018, 2019]
    assert all(t.lane >= 0 for t in drawn.ticks)
    assert drawn.ticks[0].text == "10 Jan"
    assert drawn.width <= WIDEST


def test_dates_at_odds_are_joined() -> None:
    drawn = draw_timeline(samples.STORY.timeline, ())
    assert drawn is not None
    (quarrel,) = drawn.quarrels
    assert [p.value for p in quarrel.points] == ["2019-08-22", "2019-08-23"]
    assert quarrel.x1 < quarrel.x2
    assert macro("timeline", drawn).count("chart-quarrel") == 1


def test_a_conflict_whose_other_date_leads_elsewhere_is_split_but_joined_with_nothing() -> None:
    drawn = draw_timeline([TimePoint("2019-08-22", "day", 1, True, "one", 1), TimePoint("2019-08-23", "day", 1, True, "two", 2)], ())  # fmt: skip
    assert drawn is not None
    assert drawn.quarrels == ()


def test_one_date_stands_in_the_middle() -> None:
    drawn = draw_timeline([TimePoint("2019-11-22", "day", 1, False, "one", 1)], samples.COLUMNS[:2])
    assert drawn is not None
    assert {t.x for t in drawn.ticks} == {i.x for i in drawn.issues} == {drawn.width / 2}


def test_forty_outlets_on_one_day_are_counted_under_the_line_and_named_in_the_table() -> None:
    columns = [replace(samples.COLUMNS[0], id=i, outlet=OutletView(f"o{i}", f"Outlet {i}")) for i in range(40)]
    drawn = draw_timeline([TimePoint("2019-08-22", "day", 1, False, "one", 1)], columns)
    assert drawn is not None
    assert [i.text for i in drawn.issues] == ["Outlet 0, Outlet 1, Outlet 2 + 37"]
    assert "Outlet 39" in rows(macro("timeline", drawn), "published")[0][1]


def test_many_days_of_publication_keep_their_marks_when_there_is_no_room_for_names() -> None:
    columns = [replace(samples.COLUMNS[0], id=i, published=date(2019, 11, 1 + i)) for i in range(28)]
    drawn = draw_timeline([TimePoint("2019", "year", 1, False, "one", 1)], columns)
    assert drawn is not None
    assert len(drawn.issues) == len(rows(macro("timeline", drawn), "published")) == 28
    assert drawn.height < 200


def test_a_value_that_is_no_date_stands_in_the_table_alone() -> None:
    points = [TimePoint("2019", "year", 1, False, "one", 1), TimePoint("9999-99", "month", 1, False, "two", 2)]
    drawn = draw_timeline(points, ())
    assert drawn is not None
    assert [t.point.value for t in drawn.ticks] == ["2019"]
    assert len(rows(macro("timeline", drawn), "Dates told")) == 2


# --- a score ----------------------------------------------------------------------------------------------------------


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


def test_a_rule_says_so_and_a_person_is_named_beside_the_sum() -> None:
    parts = [PartView("start", 1.0, -1.0, "prior"), PartView("one_announcement", 1.0, 3.0, "one announcement")]
    html = macro("waterfall", draw_waterfall(parts, 0.88))
    assert rows(html)[1][0] == "one announcement (by a rule, not by a measured weight)"
    assert rows(html)[-1] == ["Both tell of the same thing: likely", "88 %"]
    decided = draw_waterfall([*parts, PartView("decision", 1.0, 0.0, "A person put them together.")], 1.0)
    assert (decided.adds, round(decided.score, 2), len(decided.steps)) == (True, 0.88, 2)
    assert "A person put them together." in macro("waterfall", decided)


def test_parts_that_make_no_sum_are_named_as_rules() -> None:
    html = macro("waterfall", draw_waterfall([PartView("speakers", 1.0, 0.0, "Two speakers of one article.")], 0.9))
    assert "<table" not in html
    assert "Two speakers of one article." in html
    assert "by a rule" in html
