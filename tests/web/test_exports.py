"""A story written out: complete, readable by what people open it with, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.records import ActorKind, Between, Dimension, Outcome, PublishedFrom, Status
from app.exports import (
    COLUMNS,
    FORMATS,
    PART,
    Told,
    safe_cell,
    write_bundle,
    write_csv,
    write_json,
    write_jsonld,
    write_markdown,
)
from app.store.views import (
    ActorRef,
    ArticleRef,
    AttributionView,
    CellView,
    ClaimView,
    DateView,
    DecisionView,
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


def test_every_table_and_document_says_what_may_differ_and_how_probably():
    unsure = replace(ROWS[0], status=Status.UNSURE, probability=0.456)
    (line, *_) = read_csv("".join(write_csv(VIEW, [unsure])))
    assert (line["status"], line["probability"]) == ("unsure", "0.456")
    (told,) = json.loads("".join(write_json(VIEW, [unsure])))["rows"]
    assert (told["status"], told["probability"]) == ("unsure", 0.456)
    assert "**unsure** between outlets, by date (probability 0.46)" in "".join(write_markdown(VIEW, [unsure]))
    assert "probability" not in "".join(write_markdown(VIEW, ROWS)), "of what a person decided none is told"


def test_who_confirms_that_the_tool_is_unsure_reviews_nothing():
    said = (DecisionView(1, 1, "confirm", None, "", "Ida", datetime(2024, 5, 16, tzinfo=UTC)),)
    assert not [
        n for n in linked(replace(ROWS[0], status=Status.UNSURE, decisions=said)) if n["@type"] == "ClaimReview"
    ]


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


def linked(*rows: RowView, site: str = "https://parallax.example") -> list[dict]:
    found = json.loads("".join(write_jsonld(VIEW, rows, site)))
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def test_json_ld_is_a_claim_a_row_with_its_appearances():
    dataset, first, second = linked(*ROWS)
    assert (dataset["@type"], dataset["name"]) == ("Dataset", "The bridge")
    assert [a["headline"] for a in dataset["isBasedOn"]] == ["Bridge opens, says 문재인", "Bridge stays shut"]
    assert (first["@type"], first["name"]) == ("Claim", "When the bridge opens")
    assert first["@id"] == "https://parallax.example/alignments/1"
    gazette, herald = first["appearance"]
    assert gazette["url"] == "https://gazette.example.org/bridge"
    assert gazette["datePublished"] == "2024-05-14"
    assert gazette["hasPart"] == [
        {
            "@type": "Quotation",
            "text": "It opened on Monday.",
            "creator": {"@type": "Person", "name": "Ana Ruiz", "jobTitle": "mayor"},
        }
    ]
    assert "url" not in herald
    assert "datePublished" not in herald
    assert len(second["appearance"]) == 1


def test_json_ld_without_a_site_has_urns():
    assert linked(*ROWS, site="")[1]["@id"] == "urn:parallax:alignments:1"


AT = datetime(2024, 5, 16, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("flags", "decisions", "verdicts"),
    [
        pytest.param(ROWS[0].flags, (), [], id="an open flag is no verdict"),
        pytest.param(
            (replace(ROWS[0].flags[0], state="confirmed", decided_by="Ida", decided_at=AT),),
            (),
            [("Ida", "conflict")],
            id="a confirmed flag",
        ),
        pytest.param(
            (replace(ROWS[0].flags[0], state="confirmed", decided_by="Parallax", decided_at=AT),),
            (),
            [],
            id="the machine is no reviewer",
        ),
        pytest.param((), (DecisionView(1, 1, "confirm", None, "", "Ida", AT),), [("Ida", "conflict")], id="confirm"),
        pytest.param((), (DecisionView(1, 1, "confirm", None, "", "reader", AT),), [], id="nobody gave a name"),
        pytest.param((), (DecisionView(1, 1, "relabel", "agree", "", "Ida", AT),), [("Ida", "agree")], id="verdict"),
        pytest.param((), (DecisionView(1, 1, "relabel", "A title", "", "Ida", AT),), [], id="wording is no verdict"),
        pytest.param((), (DecisionView(1, 1, "confirm", None, "", "Ida", AT, AT),), [], id="undone"),
        pytest.param((), (DecisionView(1, 1, "relabel", "unsure", "", "Ida", AT),), [], id="in doubt there is none"),
        pytest.param((), (DecisionView(1, 1, "reject", None, "", "Ida", AT),), [], id="rejected"),
    ],
)
def test_a_claim_review_only_where_a_person_gave_a_verdict(flags, decisions, verdicts):
    reviews = [n for n in linked(replace(ROWS[0], flags=flags, decisions=decisions)) if n["@type"] == "ClaimReview"]
    assert [(r["author"]["name"], r["reviewRating"]["alternateName"]) for r in reviews] == verdicts
    for review in reviews:
        assert review["itemReviewed"] == {"@id": "https://parallax.example/alignments/1"}
        assert review["claimReviewed"] == "When the bridge opens"
        assert datetime.fromisoformat(review["datePublished"]) == AT


TOLD = Told("https://parallax.example", "9.9", AT, "Cite me.", ((1, "ab" * 32),))


def bundle(rows=ROWS, told: Told = TOLD) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(write_bundle(VIEW, lambda: iter(rows), told))))


def test_the_bundle_holds_every_format_and_says_how_to_check_it():
    archive = bundle()
    assert archive.testzip() is None
    assert archive.namelist() == [f"bridge/bridge.{k}" for k in ("csv", "table.csv", "json", "md", "jsonld")] + [
        "bridge/README.md"
    ]
    said = archive.read("bridge/README.md").decode()
    for kind, form in FORMATS.items():
        content = archive.read(f"bridge/bridge.{kind}")
        assert content.decode() == "".join(form.write(VIEW, ROWS, TOLD.site))
        assert f"bridge.{kind}: {form.what}\n  {sha256(content).hexdigest()}" in said
    assert "Parallax 9.9" in said
    assert "Cite me." in said
    assert "Harbour Gazette, 2024-05-14: Bridge opens, says 문재인" in said
    assert "ab" * 32 in said
    assert "Herald, undated: Bridge stays shut\n  not known" in said


def test_the_same_bundle_twice_is_the_same_to_the_byte():
    assert b"".join(write_bundle(VIEW, lambda: iter(ROWS), TOLD)) == b"".join(
        write_bundle(VIEW, lambda: iter(ROWS), TOLD)
    )


def test_the_bundle_is_handed_on_while_rows_still_come():
    parts = list(write_bundle(VIEW, lambda: (row(i, f"It opened {i * 7919} times.", "No.") for i in range(4000)), TOLD))
    assert len(parts) > 20
    assert max(map(len, parts)) < 1_000_000


def test_a_title_of_two_lines_makes_no_heading_in_the_readme():
    view = replace(VIEW, story=StoryRef("bridge", "The bridge\n# Another"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(write_bundle(view, lambda: iter(()), TOLD))))
    assert archive.read("bridge/README.md").decode().startswith("# The bridge \\# Another\n")


def test_nothing_hostile_comes_alive_in_the_readme():
    column = replace(GAZETTE, headline="[x](javascript:1) <b>", url="javascript:alert(1)")
    view = replace(VIEW, story=StoryRef("../../etc/x", "<script>"), columns=(column,))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(write_bundle(view, lambda: iter(()), TOLD))))
    assert all(name.startswith(".._.._etc_x/") for name in archive.namelist())
    said = archive.read(archive.namelist()[-1]).decode()
    assert "\\<script\\>" in said
    assert "\\[x\\](javascript:1)" in said
    assert "<javascript" not in said
