"""The rows that a reader chose, as files: the story page's filters, its links, and what a file says of itself."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

import pytest

from app.exports import FORMATS, safe_cell, write_table
from app.store import Filters
from app.store.views import CellView, OutletView

STORY = "/stories/the-bridge"
CHOICES = {
    "status": {"status": "conflict"},
    "outlet": {"outlet": "island-herald"},
    "actor": {"actor": "ana-ruiz", "status": "agree"},
    "days": {"from": "2024-05-13", "to": "2024-05-13", "status": "diverge"},
    "publication": {"from": "2024-05-16", "date_of": "published", "only": "1"},
    "differences, by date": {"only": "1", "sort": "event"},
    "strictness": {"strictness": "0.95"},
    "two outlets": {"outlets": "river-times,harbour-gazette"},
}


def rows_of(client, query: dict[str, str]) -> list[int]:
    """What the page shows under these filters."""
    return [int(i) for i in re.findall(r'<tr class="row[^"]*" role="row" id="row-(\d+)"', client.get(f"{STORY}?{urlencode(query)}").text)]  # fmt: skip


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("query", CHOICES.values(), ids=CHOICES)
def test_a_file_holds_the_rows_of_the_page_in_its_order(bridge, query):
    shown = rows_of(bridge, query)
    asked = urlencode(query)
    found = bridge.get(f"{STORY}/export.json?{asked}")
    assert found.status_code == 200, found.text
    assert [r["id"] for r in found.json()["rows"]] == shown
    assert found.json()["chosen"] == query
    assert "the-bridge-chosen.json" in found.headers["content-disposition"]
    assert [int(r["row"]) for r in table(bridge.get(f"{STORY}/export.table.csv?{asked}").text)] == shown
    lines = table(bridge.get(f"{STORY}/export.csv?{asked}").text)
    assert list(dict.fromkeys(int(r["row"]) for r in lines)) == shown
    assert bridge.get(f"{STORY}/export.zip?{asked}").status_code == 200


@pytest.mark.parametrize(
    "query", [*CHOICES.values(), {}, {"status": "nonsense", "strictness": "7", "from": "26/11"}], ids=str
)
def test_the_links_on_the_page_give_what_it_shows(bridge, query):
    page = bridge.get(f"{STORY}?{urlencode(query)}").text
    line = re.search(r'(?s)<p class="small save">.*?</p>', page)[0]
    links = {label: unescape(href) for href, label in re.findall(r'<a href="([^"]+)" download>(\w+)</a>', line)}
    assert list(links) == ["CSV", "Table", "JSON", "Word"]
    assert [r["id"] for r in bridge.get(links["JSON"]).json()["rows"]] == rows_of(bridge, query)
    assert all(bridge.get(link).status_code == 200 for link in links.values())


def test_every_document_of_a_choice_says_that_it_is_one(bridge):
    asked = "?status=conflict&outlets=island-herald,river-times"
    said = "status=conflict, outlets=island-herald,river-times"
    assert f"Only rows chosen by {said}." in bridge.get(f"{STORY}/export.md{asked}").text
    assert f"Only rows chosen by {said}." in bridge.get(f"{STORY}/export.jsonld{asked}").text
    for kind in FORMATS:
        assert "chosen" not in bridge.get(f"{STORY}/export.{kind}").text
    order = bridge.get(f"{STORY}/export.md?sort=event")
    assert "Only rows" not in order.text, "an order leaves nothing out"
    assert "-chosen" not in order.headers["content-disposition"]


@pytest.mark.parametrize(
    "query",
    [
        "status=true",
        "from=26/11",
        "from=2024-05-14&to=2024-05-13",
        "only=yes",
        "sort=random",
        "strictness=2",
        "date_of=now",
        "outlets=nobody",
        "outlets=island-herald,nobody",
        "filter=x",
        "status=conflict&status=agree",
        "cursor=x",
    ],
)
@pytest.mark.parametrize("kind", ["csv", "zip"])
def test_a_filter_that_cannot_be_meant_gives_no_file(bridge, kind, query):
    found = bridge.get(f"{STORY}/export.{kind}?{query}", headers={"accept": "application/json"})
    assert found.status_code == 422


def test_the_filters_are_described(bridge):
    paths = bridge.get("/openapi.json").json()["paths"]
    for path in ("/stories/{slug}/export.{kind}", "/stories/{slug}/export.zip"):
        told = {p["name"] for p in paths[path]["get"]["parameters"] if p["in"] == "query"}
        assert told == {"status", "outlet", "actor", "from", "to", "date_of", "only", "sort", "strictness", "outlets"}


@pytest.fixture(scope="module")
def view_and_rows(filled):
    store = filled()
    return store.rows.story("the-bridge", limit=1), tuple(store.rows.every("the-bridge"))


def test_the_table_is_rows_against_outlets(view_and_rows):
    view, rows = view_and_rows
    lines = table("".join(write_table(view, rows)))
    assert list(lines[0])[-3:] == ["Harbour Gazette", "Island Herald", "River Times"]
    assert "in version 0. (Ana Ruiz)" in lines[0]["Harbour Gazette"]
    silent = replace(
        rows[0], cells=(rows[0].cells[0], *(CellView(c.article_id, (), "not-mentioned") for c in rows[0].cells[1:]))
    )
    assert table("".join(write_table(view, [silent])))[0]["River Times"] == "[not-mentioned]"


@pytest.mark.parametrize("word", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", "\t=1", "＝1", "  =1"])
def test_nothing_in_the_table_is_a_formula(view_and_rows, word):
    view, rows = view_and_rows
    cell = rows[0].cells[0]
    claim = replace(cell.claims[0], text=word, clause=None, attributions=())
    row = replace(rows[0], label=word, summary=word, cells=(replace(cell, claims=(claim,)), *rows[0].cells[1:]))
    head = replace(view, columns=(replace(view.columns[0], outlet=OutletView("row", word)), *view.columns[1:]))
    whole = "".join(write_table(head, [row]))
    names, first = list(csv.reader(io.StringIO(whole.removeprefix("\ufeff"), newline="")))
    for value in (*names, *first):
        assert value == safe_cell(value)


def test_no_two_columns_have_one_name(view_and_rows):
    view, rows = view_and_rows
    twins = tuple(replace(c, outlet=replace(c.outlet, name="status")) for c in view.columns)
    names = next(csv.reader(io.StringIO("".join(write_table(replace(view, columns=twins), rows)))))
    assert len(set(names)) == len(names)


def test_an_address_names_only_what_is_not_usual():
    from app.exports import chosen_line, chosen_of

    assert chosen_of(Filters()) == {}
    assert chosen_of(Filters(sort="event", date_of="published")) == {"sort": "event"}
    assert chosen_line(chosen_of(Filters(sort="event"))) == ""
