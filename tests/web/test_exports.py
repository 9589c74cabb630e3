"""A story written out: complete, readable by what people open it with, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.records import ActorKind, Between, Dimension, Outcome, PublishedFrom, Status
from app.exports import COLUMNS, PART, safe_cell, write_csv, write_json, write_markdown
from app.store.views import (
    ActorRef,
    ArticleRef,
    AttributionView,
    CellView,
    ClaimView,
    DateView,
    FlagView,
    OutletView,
    ReasonView,
    RowView,
    Silence,
    Slice,
    StoryRef,
    StoryView,
)

GAZETTE = ArticleRef(
    1,
    OutletView("harbour-gazette", "Harbour Gazette", "KR"),
    "Bridge opens, says 문재인",
    date(2024, 5, 14),
    PublishedFrom.META,
    "https://gazette.example.org/bridge",
    "bridge",
)
HERALD = ArticleRef(2, OutletView("herald", "Herald"), "Bridge stays shut", None, None, None, "bridge", excerpt=True)
MAYOR = ActorRef("ana-ruiz", "Ana Ruiz", ActorKind.PERSON)


def claim(id_: int, article: ArticleRef, text: str) -> ClaimView:
    return ClaimView(
        id_,
        article,
        text,
        10,
        10 + len(text),
        "body",
        "Before.",
        "After.",
        (AttributionView(MAYOR, "the mayor", "mayor", "said", quoted=True),),
        (MAYOR,),
        (DateView("Monday", "2024-05-13", "day"),),
    )


def row(id_: int, *texts: str, label: str = "When the bridge opens") -> RowView:
    cells = tuple(
        CellView(article.id, (claim(10 * id_ + i, article, text),)) if text else CellView(article.id, (), silence)
        for i, (article, text, silence) in enumerate(
            zip((GAZETTE, HERALD), texts, (Silence.NOT_MENTIONED, Silence.EXCERPT_ONLY), strict=True)
        )
    )
    reason = ReasonView(Dimension.DATE, Outcome.EXCLUDES, "Monday", "Tuesday", "13 May is not 14 May.")
    flag = FlagView(1, id_, "open", "look again", "reader", datetime(2024, 5, 15, 12, 30, tzinfo=UTC))
    return RowView(
        id_,
        label,
        Status.CONFLICT,
        Between.OUTLETS,
        (Dimension.DATE,),
        "13 May (Gazette) / 14 May",
        2,
        cells,
        flags=(flag,),
        score=0.91,
        reasons=(reason,),
    )


VIEW = StoryView(
    StoryRef("bridge", "The bridge"),
    (GAZETTE, HERALD),
    (GAZETTE.outlet, HERALD.outlet),
    date(2024, 5, 14),
    date(2024, 5, 14),
    {Status.CONFLICT: 1, Status.SINGLE: 1},
    Slice((), 2),
    (),
    (),
    (),
    "rules",
)
ROWS = (row(1, "It opened on Monday.", "It opens on Tuesday."), row(2, 'He said "no", then\nleft.', ""))


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_one_line_a_claim_and_every_column():
    lines = read_csv("".join(write_csv(VIEW, ROWS)))
    assert [(line["row"], line["article"], line["text"]) for line in lines] == [
        ("1", "1", "It opened on Monday."),
        ("1", "2", "It opens on Tuesday."),
        ("2", "1", 'He said "no", then\nleft.'),
    ]
    first = lines[0]
    assert tuple(first) == COLUMNS
    assert first["status"] == "conflict"
    assert first["reasons"] == "date excludes: 13 May is not 14 May. [Monday | Tuesday]"
    assert first["flags"] == "open by reader 2024-05-15 12:30 (look again)"
    assert first["speakers"] == "Ana Ruiz"
    assert first["dates"] == "Monday = 2024-05-13"
    assert first["headline"].endswith("문재인")
    assert (first["published"], lines[1]["published"]) == ("2024-05-14", "")
    assert lines[2]["silent"] == "Herald 2: excerpt-only"


def test_csv_is_as_rfc_4180_says_with_a_mark_for_spreadsheets():
    whole = "".join(write_csv(VIEW, ROWS))
    assert whole.startswith("\ufeffstory,row,")
    assert whole.endswith("\r\n")
    assert '"He said ""no"", then\nleft."' in whole


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://evil.test")', '\'=HYPERLINK("http://evil.test")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("1-1", "1-1"),
        ("Moon Jae-in", "Moon Jae-in"),
        ("a\0b", "ab"),
        ("\0=1", "'=1"),
        (-1.5, "-1.5"),
        (True, "yes"),
        (None, ""),
    ],
    ids=repr,
)
def test_safe_cell(value, cell):
    assert safe_cell(value) == cell


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_whatever_an_article_says_comes_back_and_runs_nowhere(text):
    hostile = replace(ROWS[0], label=text, cells=(CellView(1, (claim(1, GAZETTE, text),)),))
    [line] = read_csv("".join(write_csv(VIEW, [hostile])))
    assert line["text"].removeprefix("'") == text.replace("\0", "").removeprefix("'")
    for cell in line.values():
        assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")
        assert cell[:1] not in {"\t", "\r", "\n"}


def test_json_holds_every_row_as_the_api_gives_it():
    found = json.loads("".join(write_json(VIEW, ROWS)))
    assert (found["format"], found["version"], found["story"]["slug"]) == ("parallax-story", 1, "bridge")
    assert [r["id"] for r in found["rows"]] == [1, 2]
    assert [c["id"] for c in found["columns"]] == [c["article_id"] for c in found["rows"][0]["cells"]]
    assert found["rows"][1]["cells"][1] == {"article_id": 2, "claims": [], "silence": "excerpt-only"}
    assert found["rows"][0]["reasons"][0]["say"] == "13 May is not 14 May."
    assert found["counts"] == {"conflict": 1, "single-source": 1}


def test_a_story_without_rows():
    assert json.loads("".join(write_json(VIEW, [])))["rows"] == []
    assert read_csv("".join(write_csv(VIEW, []))) == []
    assert "".join(write_markdown(VIEW, [])).startswith("# The bridge\n")


def test_markdown_shows_words_as_they_are():
    hostile = row(3, "<script>alert(1)</script> *bold* [x](javascript:1)", "- item\n# head", label="# Not a heading")
    text = "".join(write_markdown(VIEW, [hostile]))
    assert "\\<script\\>" in text
    assert "\\[x\\](javascript:1)" in text
    assert "> \\- item \\# head" in text
    assert "## \\# Not a heading" in text
    assert "**conflict** between outlets, by date: 13 May (Gazette) / 14 May" in text
    assert "(Ana Ruiz)" in text
    assert "<https://gazette.example.org/bridge>" in text


def test_nothing_is_capped_and_little_is_held():
    """Parts are handed on while rows still come."""
    seen = 0

    def many():
        nonlocal seen
        for i in range(3000):
            seen += 1
            yield row(i, "It opened on Monday.", "It opens on Tuesday.")

    parts = write_csv(VIEW, many())
    assert len(next(parts)) < 3 * PART
    assert seen < 500
    assert sum(part.count("\r\n") for part in parts) + 1 > 5000
    assert seen == 3000
