"""How rows are laid out: which layout for how many outlets, columns pinned, hidden, moved; who is brought forward in a row."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.core.records import Dimension, Outcome
from app.exports.lines import Column, Place, RowLine
from app.store.views import OutletView, ReasonMark, Silence
from app.web.pages import samples
from app.web.pages.arranged import COOKIE, FITS, Arrangement, menus_of
from app.web.pages.reports import FRONT, reports_of
from app.web.pages.side_by_side import beside
from app.web.pages.summed import summary_of

CLAIM = samples.DENIAL
ROW = samples.ROWS[0]


def columns(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(OutletView(key, key.upper(), None), (samples.COLUMNS[0],)) for key in keys)


def keys(found: tuple[Column, ...]) -> str:
    return "".join(c.outlet.key for c in found)


@pytest.mark.parametrize(
    ("chosen", "number", "layout"),
    [
        pytest.param(None, FITS, "columns", id="as many as fit"),
        pytest.param(None, FITS + 1, "reports", id="one more"),
        pytest.param("columns", 12, "columns", id="many, the grid chosen"),
        pytest.param("reports", 3, "reports", id="few, reports chosen"),
        pytest.param("reports", 2, "columns", id="two face each other"),
    ],
)
def test_the_layout_is_the_readers_or_the_usual_one(chosen, number, layout) -> None:
    assert Arrangement(chosen).layout_for(number) == layout


@pytest.mark.parametrize(
    ("arrangement", "shown"),
    [
        pytest.param(Arrangement(), "abcd", id="as published"),
        pytest.param(Arrangement(pinned=("c",)), "cabd", id="pinned first"),
        pytest.param(Arrangement(pinned=("d", "b")), "dbac", id="several in their order"),
        pytest.param(Arrangement(hidden=("a", "c")), "bd", id="hidden"),
        pytest.param(Arrangement(order=("b", "a", "d", "c")), "badc", id="moved"),
        pytest.param(Arrangement(order=("d",)), "dabc", id="who is not named follows"),
        pytest.param(Arrangement(pinned=("b",), hidden=("a",), order=("d", "c")), "bdc", id="all of it"),
        pytest.param(Arrangement(pinned=("x",), hidden=("y",), order=("z",)), "abcd", id="outlets that are not here"),
        pytest.param(Arrangement(hidden=tuple("abcd")), "abcd", id="nothing is left: all"),
    ],
)
def test_columns_stand_as_they_were_arranged(arrangement, shown) -> None:
    assert keys(arrangement.arranged(columns(*"abcd"))) == shown


def test_what_a_menu_offers_leads_to_what_it_says() -> None:
    asked = Arrangement(pinned=("c",), hidden=("e",))
    shown = asked.arranged(columns(*"abcde"))
    menus = menus_of(shown, asked, lambda change: "&".join(f"{k}={v}" for k, v in change.items()))
    assert menus["a"].pin == "pin=c,a"
    assert menus["c"].pin == "pin="
    assert menus["a"].hide == "hide=e,a&pin=c"
    assert menus["c"].hide == "hide=e,c&pin="
    assert (menus["a"].earlier, menus["a"].later) == ("", "columns=b,a,d"), "the pinned one is no neighbour"
    assert (menus["d"].earlier, menus["d"].later) == ("columns=a,d,b", "")


def told(key: str, *words: str, outcome: Outcome = Outcome.EXCLUDES) -> Place:
    """An outlet that tells it in these words, which differ."""
    text = " and ".join(words) or "It is told."
    marks = tuple(ReasonMark(text.index(w), text.index(w) + len(w), Dimension.DATE, outcome) for w in words)
    return Place(columns(key)[0], (replace(CLAIM, text=text, marks=marks),), None)


def silent(key: str, why: Silence) -> Place:
    return Place(columns(key)[0], (), why)


@pytest.mark.parametrize(
    ("places", "front", "rest"),
    [
        pytest.param([told("a"), told("b", "May 2")], "ba", "", id="what differs first"),
        pytest.param([told("a", "May 1"), told("b", "may 1"), told("c", "May 2")], "cab", "", id="one of each, the rarest first"),
        pytest.param([told("a", "x", outcome=Outcome.DETAIL), told("b", "y", outcome=Outcome.LATER)], "ba", "", id="a detail is no difference"),
        pytest.param([told(k) for k in "abcdefgh"], "abcdef", "gh", id="many that tell the same are folded"),
        pytest.param([told(k) for k in "abcdefg"], "abcdefg", "", id="never a fold for one"),
        pytest.param([*(told(k) for k in "abcdefgh"), told("z", "May 2")], "zabcde", "fgh", id="what differs is never folded"),
        pytest.param([told(k, f"May {n}") for n, k in enumerate("abcdefgh")], "abcdefgh", "", id="all differ"),
        pytest.param([silent("a", Silence.NOT_MENTIONED), told("b"), told("c")], "bc", "", id="the silent stand in no cell"),
    ],
)  # fmt: skip
def test_who_is_brought_forward(places, front, rest) -> None:
    found = reports_of(RowLine(ROW, tuple(places)))
    assert keys(tuple(p.column for p in found.front)) == front
    assert keys(tuple(p.column for p in found.rest)) == rest
    assert FRONT == 6


def test_the_pinned_come_first_whatever_they_tell_and_silences_say_why() -> None:
    places = [
        told("a"),
        silent("b", Silence.PUBLISHED_BEFORE),
        told("c", "May 2"),
        silent("d", Silence.PUBLISHED_BEFORE),
    ]
    found = reports_of(RowLine(ROW, tuple(places)), held=1)
    assert keys(tuple(p.column for p in found.front)) == "ac"
    assert found.silent == {Silence.PUBLISHED_BEFORE: ["B", "D"]}


def test_a_hidden_outlet_is_neither_in_cells_nor_in_silences() -> None:
    table = beside(samples.STORY, arrangement=Arrangement("reports", hidden=("nikkei",)))
    assert [c.outlet.name for c in table.hidden] == ["Nikkei"]
    assert table.layout == "columns", "two are left, and face each other"


def test_the_sentence_on_top_names_what_conflicts() -> None:
    found = summary_of(samples.STORY)
    assert found.compared
    assert found.conflicts
    assert all(r.status == "conflict" for r in found.conflicts)
    assert not summary_of(replace(samples.STORY, chosen=samples.STORY.outlets[:1])).compared


def test_the_sentence_stands_on_the_page_and_leads_to_the_row(bridge) -> None:
    page = bridge.get("/stories/the-bridge").text
    said = re.search(r'(?s)<p class="summed">(.*?)</p>', page)[1]
    row = re.search(r'href="#(row-\d+)"', said)[1]
    assert f'id="{row}"' in page
    assert re.sub(r"<[^>]*>", "", said).startswith("3 outlets agree on 1 statement and conflict on 2: Proposition")


def test_the_layout_is_kept_in_a_cookie_and_nothing_else(bridge) -> None:
    answer = bridge.get("/stories/the-bridge?layout=reports&pin=river-times")
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=reports;")
    assert "HttpOnly" in answer.headers["set-cookie"]
    kept = bridge.get("/stories/the-bridge", headers={"cookie": f"{COOKIE}=reports"})
    assert "sides is-reports" in kept.text
    assert "set-cookie" not in kept.headers
    assert "sides is-reports" not in bridge.get("/stories/the-bridge", headers={"cookie": f"{COOKIE}=heap"}).text
    assert "set-cookie" not in bridge.get("/stories/the-bridge?layout=heap").headers


def test_a_form_that_narrows_keeps_how_columns_stand(bridge) -> None:
    page = bridge.get("/stories/the-bridge?layout=reports&pin=river-times&hide=island-herald").text
    form = re.search(r'(?s)<form class="filters is-tight".*?</form>', page)[0]
    assert dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)) == {
        "layout": "reports",
        "pin": "river-times",
        "hide": "island-herald",
    }
    sheet = re.search(r'href="(/stories/the-bridge/print[^"]*)"', page)[1]
    assert sheet == "/stories/the-bridge/print"
