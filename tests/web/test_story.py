"""The story page: its columns, groups and filters as values, and counts that add up however rows are chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.records import Status
from app.measured import Reliability, ReliabilityBin
from app.store.views import CellView, OutletView, Silence
from app.web.pages import samples
from app.web.pages.side_by_side import beside
from app.web.pages.story_filters import filters_of
from app.web.pages.strictness import in_ten, strictness_of

STORY = samples.STORY


def first(pattern: str, html: str) -> str:
    found = re.search(pattern, html, re.DOTALL)
    assert found, pattern
    return found[1]


# --- side by side ----------------------------------------------------------------------------------------------------


def test_a_column_an_outlet_in_order_of_publication() -> None:
    table = beside(STORY)
    assert [c.outlet.name for c in table.columns] == ["Nikkei", "NPR", "KBS"]
    assert not table.many
    assert not table.facing
    assert all(len(line.places) == 3 for group in table.groups for line in group.lines)


def test_several_articles_of_an_outlet_share_its_column() -> None:
    twice = (*STORY.columns, replace(STORY.columns[0], id=9))
    row = STORY.rows.items[0]
    more = replace(row.cells[2], article_id=9)
    rows = replace(STORY.rows, items=(replace(row, cells=(*row.cells, more)),))
    table = beside(replace(STORY, columns=twice, rows=rows))
    assert [(c.outlet.name, c.several) for c in table.columns] == [("Nikkei", True), ("NPR", False), ("KBS", False)]
    place = table.groups[0].lines[0].places[0]
    assert place.claims == row.cells[0].claims + more.claims


def test_rows_are_grouped_by_verdict_and_each_stands_once() -> None:
    table = beside(STORY)
    assert [g.status for g in table.groups] == list(Status)
    assert [line.row for g in table.groups for line in g.lines] == list(STORY.rows.items)
    assert [g.total for g in table.groups] == [STORY.counts[s] for s in Status]
    (one,) = beside(STORY, grouped=False).groups
    assert one.status is None
    assert len(one.lines) == len(STORY.rows.items)


@given(st.lists(st.sampled_from(Silence), min_size=1, max_size=4))
def test_an_outlet_is_silent_for_the_reason_that_says_most(why: list[Silence]) -> None:
    columns = tuple(replace(STORY.columns[0], id=i) for i in range(len(why)))
    cells = tuple(CellView(i, (), silence) for i, silence in enumerate(why))
    rows = replace(STORY.rows, items=(replace(STORY.rows.items[0], cells=cells),))
    place = beside(replace(STORY, columns=columns, rows=rows)).groups[0].lines[0].places[0]
    assert place.silence in why
    if Silence.NOT_COMPARED in why:
        assert place.silence is Silence.NOT_COMPARED, "an article that was not looked into may tell it"
    elif Silence.NOT_MENTIONED in why:
        assert place.silence is Silence.NOT_MENTIONED


def test_two_outlets_face_each_other_and_one_without_article_says_so() -> None:
    absent = OutletView("daily", "The Daily", None)
    table = beside(replace(STORY, chosen=(STORY.outlets[0], absent)))
    assert table.facing
    assert [c.outlet.name for c in table.columns] == ["Nikkei", "The Daily"]
    assert {line.places[1].silence for g in table.groups for line in g.lines} == {Silence.NO_ARTICLE}


def test_what_may_differ_stands_between_what_changed_and_what_agrees_and_is_folded() -> None:
    groups = beside(STORY).groups
    order = [g.status for g in groups]
    assert order == [s for s in Status if s in order]
    assert order.index(Status.UNSURE) == order.index(Status.UPDATED) + 1 == order.index(Status.AGREE) - 1
    assert [g.status for g in groups if g.folds] == [Status.UNSURE]
    assert not beside(STORY, grouped=False).groups[0].folds, "in another order its rows stand among the others"


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param({"outlets": ["kbs", "npr"]}, {"outlets": ("kbs", "npr")}, id="outlets repeated"),
        pytest.param({"outlets": ["kbs,npr,kbs, "]}, {"outlets": ("kbs", "npr")}, id="outlets parted by commas"),
        pytest.param({"strictness": "0.8"}, {"strictness": 0.8}, id="a strictness"),
        pytest.param({"strictness": "nan"}, {"strictness": None}, id="no number"),
        pytest.param({"strictness": "-1"}, {"strictness": None}, id="no probability"),
        pytest.param({"status": "quarrel", "sort": "up"}, {"status": "", "sort": "matter"}, id="no choices"),
    ],
)
def test_what_is_read_from_the_address(typed: dict, wanted: dict) -> None:
    filters = filters_of(**typed)
    assert {name: getattr(filters, name) for name in wanted} == wanted
    assert filters.any == any(wanted.get(k) for k in ("outlets", "strictness", "only"))


def test_how_often_rows_are_right_is_as_measured_else_as_the_score_says() -> None:
    bins = (ReliabilityBin(0.0, 0.5, 0.3, 0.62, 40), ReliabilityBin(0.5, 1.0, 0.8, 0.9, 0))
    rows = Reliability("Do the statements of a row belong together?", "ours", bins, 0.1, 40, True, "x", "2026-01-01")
    assert in_ten(0.35, [rows]) == 6
    assert in_ten(0.8, [rows]) == 8  # nothing was measured there
    assert in_ten(0.35, []) == 4


def test_levels_of_strictness_hold_the_usual_and_the_chosen_one() -> None:
    view = replace(STORY, strictness=0.7, strictness_usual=0.35, strictness_least=0.2)
    levels = strictness_of(view).levels
    assert {"0.2", "", "0.7"} <= {level.value for level in levels}
    assert [level.value for level in levels if level.chosen] == ["0.7"]
    assert [level.value for level in levels if level.usual] == [""]


def test_no_two_levels_of_strictness_read_alike() -> None:
    said = [level.in_ten for level in strictness_of(STORY).levels]
    assert said == sorted(set(said))


def test_a_stricter_look_says_how_many_rows_it_puts_together_fewer() -> None:
    fewer = replace(STORY, counts={**STORY.counts, Status.AGREE: 0, Status.SINGLE: 9})
    assert strictness_of(fewer, STORY).more == -STORY.counts[Status.AGREE]
    assert strictness_of(STORY).more == 0


# --- the page --------------------------------------------------------------------------------------------------------

CHOICES = ("only=1", "actor=ana-ruiz", "outlet=river-times", "from=2024-05-13", "outlets=river-times,island-herald", "strictness=0.95", "sort=event")  # fmt: skip


@pytest.mark.parametrize(
    "chosen", [*combinations(CHOICES, 1), *zip(CHOICES, (*CHOICES[2:], *CHOICES[:2]), strict=True)], ids="&".join
)
def test_counts_add_up_under_every_filter(bridge, chosen: tuple[str, ...]) -> None:
    address = f"/stories/the-bridge?{'&'.join(chosen)}"
    page = bridge.get(address).text
    numbers = [int(n) for n in re.findall(r'class="num">(\d+)</span></a>', first(r'<nav class="statuses".*?>(.*?)</nav>', page))]  # fmt: skip
    assert len(numbers) == 1 + len(Status)
    assert numbers[0] == sum(numbers[1:]) == int(first(r"<b data-said>(\d+) rows?</b>", page))
    for status, number in list(zip(Status, numbers[1:], strict=True))[: len(Status) - 1 if len(chosen) == 1 else 1]:
        only = bridge.get(f"{address}&status={status.value}").text
        assert int(first(r"<b data-said>(\d+) rows?</b>", only)) == number == len(re.findall(r" data-item ", only))


def test_what_may_differ_is_folded_unless_it_was_chosen(bridge) -> None:
    page = bridge.get("/stories/the-bridge").text
    heads = re.findall(r"<h3>.*?</svg>([^<]+) <span", page, re.DOTALL)
    at = heads.index("Not sure: read it yourself")
    assert heads[at - 1 : at + 2] == ["Changed with time", "Not sure: read it yourself", "In agreement"]
    fold = first(r'(?s)(<details class="group-fold".*?</summary>)', page)
    assert '<details class="group-fold"><summary>' in fold
    assert '<span class="num">1 row</span>' in fold
    assert '<details class="group-fold" open>' in bridge.get("/stories/the-bridge?status=unsure").text
    assert "group-fold" not in bridge.get("/stories/the-bridge?sort=event").text


def test_a_row_says_how_often_such_a_finding_is_right_where_it_says_why(bridge) -> None:
    page = bridge.get("/stories/the-bridge").text
    conflict = first(r'(?s)<tr class="row is-conflict"(.*?)</th>', page)
    assert "Reckoned right in 8 of 10 such cases." in first(r'(?s)class="why-short">(.*?)</details>', conflict)
    assert "Reckoned right in more than 9 of 10 such cases" in first(r'(?s)<tr class="row is-diverge"(.*?)</th>', page)
    assert "Reckoned not the same in 5 of 10 such cases" in first(r'(?s)<tr class="row is-unsure"(.*?)</th>', page)


def test_rows_stand_under_headings_of_their_group_with_scoped_headers(bridge) -> None:
    page = bridge.get("/stories/the-bridge").text
    assert re.findall(r'<th scope="rowgroup"[^>]*><h3>.*?</svg>([^<]*) <span', page) == [
        "In conflict",
        "Told differently",
        "Changed with time",
        "In agreement",
    ]
    assert len(re.findall(r'<th scope="col"', page)) >= 4
    assert len(re.findall(r'<th scope="row" role="rowheader" class="row-head"', page)) == 6
    assert '<th scope="rowgroup"' not in bridge.get("/stories/the-bridge?sort=event").text


def test_an_empty_cell_and_a_marked_word_have_their_text_equivalents(bridge, filled, serving) -> None:
    assert "What an empty cell says" in bridge.get("/stories/the-bridge").text
    page = serving(filled(), patterns=True).get("/patterns").text
    assert re.search(r'<mark class="is-conflict"><span class="vh">\[date conflicts: </span>', page)
    assert re.search(r'<td role="cell" class="cell is-silent" data-outlet="NPR">only an excerpt was read</td>', page)


def test_an_outlet_nobody_knows_is_named(bridge) -> None:
    answer = bridge.get("/stories/the-bridge?outlets=nobody", headers={"accept": "text/html"})
    assert answer.status_code == 422
    assert "no outlet" in answer.text


# --- the printed sheet -----------------------------------------------------------------------------------------------


def test_the_sheet_holds_every_row_source_and_hash(bridge) -> None:
    page = bridge.get("/stories/the-bridge/print").text
    assert len(re.findall(r'<section class="sheet-row', page)) == 6
    assert len(set(re.findall(r"<code>([0-9a-f]{64})</code>", page))) == 3
    assert page.count('<p class="notes">') == 6
    assert "https://1.example.org/bridge" in page
    assert "cannot both be true" in page


def test_the_sheet_takes_the_filters_of_the_story(bridge) -> None:
    story = bridge.get("/stories/the-bridge?status=conflict&outlets=harbour-gazette,river-times").text
    address = next(a for a in re.findall(r'href="(/stories/the-bridge/print[^"]*)"', story) if "?" in a)
    sheet = bridge.get(address.replace("&amp;", "&")).text
    assert len(re.findall(r'<section class="sheet-row', sheet)) == len(re.findall(r" data-item ", story)) > 0


def test_a_long_sheet_is_sent_in_parts_and_is_complete(filled, serving) -> None:
    answer = serving(filled(100, articles=6)).get("/stories/the-bridge/print")
    assert "content-length" not in answer.headers  # nobody knows it before the last row is drawn
    assert "etag" not in answer.headers
    assert answer.text.count('<section class="sheet-row') == 100
    assert answer.text.rstrip().endswith("</html>")


def test_a_sheet_of_no_story_is_not_found(bridge) -> None:
    assert bridge.get("/stories/no-such/print").status_code == 404


# --- search ----------------------------------------------------------------------------------------------------------


def test_what_narrows_a_search_down_is_named_and_taken_away(bridge) -> None:
    page = bridge.get("/search?q=bridge&outlet=river-times&relation=agree").text
    chosen = first(r'<ul class="chosen"[^>]*>(.*?)</ul>', page)
    away = re.findall(r'href="([^"]*)">([^<]*)<', chosen)
    assert [label for _, label in away] == ["agree", "River Times"]
    assert "relation" not in away[0][0]
    assert "outlet=river-times" in away[0][0]
    nothing = bridge.get("/search?q=zebra&outlet=river-times").text
    assert "Take away what narrows it down" in nothing
    assert 'class="chosen"' in nothing
    assert 'class="chosen"' not in bridge.get("/search?q=bridge").text
