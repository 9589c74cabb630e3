"""Commands from end to end, on reports in our own words: what the contract promises to people who script against it."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from running import Ran, parallax

from app.core.encoder import encoder_name

FERRY_A = """HARBOUR CITY (Reuters) March 4, 2024 -

Twelve people died when a ferry sank off Harbour City on Sunday, the coast guard said.

"We found no sign of a collision," coast guard chief Maria Lindqvist told reporters. She added that divers would return on Tuesday.
"""
FERRY_B = """A ferry sank off Harbour City on Sunday and fifteen people died, police said on Monday.

Transport Minister Jonas Weber denied that the ferry had been overloaded.
"""


def lines(ran: Ran) -> list[dict[str, Any]]:
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(FERRY_A, encoding="utf-8")
    (folder / "b.txt").write_text(FERRY_B, encoding="utf-8")
    (folder / "manifest.csv").write_text(
        "file,outlet,published,story,headline\n"
        "a.txt,Reuters,2024-03-04,ferry,Ferry sinks off Harbour City\n"
        "b.txt,Daily Harbour,2024-03-04,ferry,Ferry disaster kills fifteen\n",
        encoding="utf-8",
    )
    return folder


def test_extract_follows_the_contract(reports: Path) -> None:
    (article,) = lines(
        parallax("extract", str(reports / "b.txt"), "--outlet", "Daily Harbour", "--published", "2024-03-04")
    )
    assert article["outlet"] == "Daily Harbour"
    assert (article["published"], article["published_from"]) == ("2024-03-04", "option")
    assert article["claims"]
    for claim in article["claims"]:
        source = article["text"] if claim["in"] == "body" else article["headline"]
        assert source[claim["start"] : claim["end"]] == claim["text"]
        for mention in (*claim["actors"], *claim["dates"], *claim["numbers"]):
            assert source[mention["start"] : mention["end"]] == mention["text"]
    weber = [
        c for c in article["claims"] for a in c["attributions"] if a["speaker"] and "Weber" in a["speaker"]["name"]
    ]
    assert weber
    assert "2024-03-03" in {d["value"] for c in article["claims"] for d in c["dates"]}


def test_extract_as_is_keeps_the_text_to_the_letter() -> None:
    text = "  “문재인” met 安倍 on Friday.\n\nMenu\n• Share  "
    (article,) = lines(parallax("extract", "--jsonl", "--as-is", stdin=json.dumps({"id": "k", "text": text}) + "\n"))
    assert article["id"] == "k"
    assert article["text"] == text


def test_extract_says_what_a_number_counts_and_what_a_date_dates() -> None:
    line = {
        "text": "The flood killed 12 miners at 6 p.m. GMT on Monday. The fine rose to $5 a share.",
        "published": "2024-03-05",
    }
    (article,) = lines(parallax("extract", "--jsonl", "--as-is", stdin=json.dumps(line) + "\n"))
    numbers = [n for c in article["claims"] for n in c["numbers"]]
    told = [(n["value"], n["counts"], n["fate"], n["measure"], n["of"], n["per"], n["role"]) for n in numbers]
    assert told == [(12, "miner", "dead", None, None, None, "amount"), (5, None, None, "fine", None, "share", "amount")]
    ((moment,),) = [c["dates"] for c in article["claims"] if c["dates"]]
    assert (moment["value"], moment["zone"], moment["yearless"]) == ("2024-03-04T18", "utc", False)
    assert moment["event"] in {"kill", None}  # None where no language model is installed


def test_extract_names_a_bad_line_and_goes_on() -> None:
    ran = parallax("extract", "--jsonl", stdin='{"id": 1, "text": \n' + json.dumps({"id": "2", "text": FERRY_B}) + "\n")
    assert ran.returncode == 1
    assert "standard input:1" in ran.stderr
    assert [json.loads(x)["id"] for x in ran.stdout.splitlines()] == ["2"]


@pytest.mark.parametrize("setting", ["auto", "off"])
def test_what_compared_is_said(reports: Path, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_ENCODER", setting)
    name = encoder_name(setting)
    (found,) = lines(parallax("compare", "--json", str(reports / "a.txt"), str(reports / "b.txt")))
    assert found["compared_with"] == name
    assert f"compared here by {name}" in parallax("evaluate").stdout


def test_compare_gives_rows_with_reasons(reports: Path) -> None:
    ran = parallax(
        "compare", "--json", str(reports / "a.txt"), str(reports / "b.txt"), "--manifest", str(reports / "manifest.csv")
    )
    (found,) = lines(ran)
    tolls = [
        relation
        for row in found["rows"]
        for relation in row["relations"]
        if any(reason["dimension"] == "number" for reason in relation["reasons"])
    ]
    assert tolls, found["rows"]
    assert tolls[0]["kind"] in {"conflict", "diverge"}
    assert all(reason["say"] for reason in tolls[0]["reasons"])
    judged = [*found["rows"], *(relation for row in found["rows"] for relation in row["relations"])]
    for member in (c for row in found["rows"] for c in row["claims"]):
        claim = next(c for c in found["articles"][member["article"]]["claims"] if c["id"] == member["claim"])
        start, end = member["clause"]
        assert claim["start"] <= start < end <= claim["end"]
    assert all(0 <= x["probability"] == round(x["probability"], 3) <= 1 for x in judged)


def test_pairs_answers_in_order_and_symmetrically() -> None:
    a, b = (
        "Twelve people died when a ferry sank off Harbour City.",
        "Fifteen people died when a ferry sank off Harbour City.",
    )
    asked = [
        {"id": 1, "a": a, "b": b},
        {"id": 2, "a": b, "b": a},
        {"id": 3, "a": a, "b": "The mayor opened a new library."},
    ]
    answers = lines(parallax("pairs", stdin="".join(json.dumps(x) + "\n" for x in asked)))
    assert [x["id"] for x in answers] == [1, 2, 3]
    assert answers[0]["score"] == pytest.approx(answers[1]["score"], abs=1e-6)
    assert answers[0]["score"] > answers[2]["score"]
    assert all(0 <= x["score"] <= 1 for x in answers)
    assert answers[0]["aligned"]
    assert answers[0]["relation"] in {"conflict", "diverge"}
    assert not answers[2]["aligned"]
    assert answers[2]["relation"] is None


def test_group_puts_articles_of_one_event_together() -> None:
    articles = [
        {"id": "a", "headline": "Ferry sinks off Harbour City", "text": FERRY_A, "published": "2024-03-04"},
        {"id": "x", "headline": "Central bank raises rates", "text": "The central bank raised its key rate to 4 percent on "
         "Thursday. Governor Anna Holm said inflation was still too high.", "published": "2024-03-07"},
        {"id": "b", "headline": "Ferry disaster kills fifteen", "text": FERRY_B, "published": "2024-03-04"},
    ]  # fmt: skip
    found = {
        x["id"]: x["story"] for x in lines(parallax("group", stdin="".join(json.dumps(x) + "\n" for x in articles)))
    }
    assert found["a"] == found["b"] != found["x"]


def test_import_is_idempotent_and_names_what_failed(reports: Path, tmp_path: Path) -> None:
    database = tmp_path / "p.sqlite3"
    manifest = ("--manifest", str(reports / "manifest.csv"))
    first = parallax("import", str(reports), *manifest, "--json", database=database)
    assert json.loads(first.stdout) | {"claims": 0, "skipped": 0} == {
        "new": 2, "revised": 0, "same": 0, "deleted": 0, "failed": 0, "skipped": 0, "claims": 0, "stories": ["ferry"], "waiting": [],
    }  # fmt: skip
    again = parallax("import", str(reports), *manifest, "--json", database=database)
    assert {k: json.loads(again.stdout)[k] for k in ("new", "revised", "same")} == {"new": 0, "revised": 0, "same": 2}

    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "c.txt").write_text(
        "A second ferry was checked on Tuesday, the coast guard said. It was found to be safe.\n"
    )
    mixed = parallax("import", str(tmp_path / "empty.txt"), str(tmp_path / "c.txt"), "--json", database=database)
    assert mixed.returncode == 1
    assert "empty.txt" in mixed.stderr
    assert json.loads(mixed.stdout)["new"] == 1


def test_search_conflicts_export_backup(reports: Path, tmp_path: Path) -> None:
    database = tmp_path / "p.sqlite3"
    parallax("import", str(reports), "--manifest", str(reports / "manifest.csv"), database=database)

    found = lines(parallax("search", "overloaded", "--json", database=database))
    assert {x["outlet"] for x in found} == {"Daily Harbour"}
    assert lines(parallax("search", "--actor", "Weber", "--json", database=database))
    assert lines(parallax("search", "--from", "2024-03-03", "--to", "2024-03-03", "--json", database=database))
    assert not lines(parallax("search", "--from", "2023-01-01", "--to", "2023-12-31", "--json", database=database))
    assert all(0 <= x["probability"] <= 1 for x in lines(parallax("conflicts", "--json", database=database)))
    assert lines(parallax("search", "--relation", "unsure", "--json", database=database)) == []

    table = list(csv.reader(io.StringIO(parallax("export", "ferry", database=database).stdout.lstrip("\ufeff"))))
    assert len(table) > 2
    assert len({len(row) for row in table}) == 1
    assert json.loads(parallax("export", "ferry", "-f", "json", database=database).stdout)
    assert "Ferry" in parallax("export", "ferry", "-f", "md", database=database).stdout

    copy = tmp_path / "copy.sqlite3"
    assert parallax("backup", str(copy), database=database).returncode == 0
    assert sqlite3.connect(copy).execute("pragma integrity_check").fetchone() == ("ok",)
    assert parallax("backup", str(copy), database=database).returncode == 1


def test_no_database_is_a_clear_error(tmp_path: Path) -> None:
    ran = parallax("search", "anything", database=tmp_path / "none.sqlite3")
    assert ran.returncode == 1
    assert "db upgrade" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_unknown_story_is_a_clear_error(database: Path, example_store: object) -> None:
    ran = parallax("export", "no-such-story", database=database)
    assert ran.returncode == 1
    assert "no-such-story" in ran.stderr
    assert "Traceback" not in ran.stderr


BAD_FIELDS = {
    "pairs": [{"a": "The dam held."}, {"a": 3, "b": ""}, {"a": "x", "b": "y", "a_outlet": ["z"]}, {"a": "x", "b": "y", "b_published": {}}],
    "group": [{}, {"text": ["x"]}, {"text": "x", "headline": 3}, {"text": "x", "outlet": {}}, {"text": "x", "published": [1]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("command", "good"),
    [
        pytest.param("pairs", {"id": "good", "a": "The dam held.", "b": "The dam burst."}, id="pairs"),
        pytest.param("group", {"id": "good", "text": "The dam above the town burst on Friday."}, id="group"),
    ],
)
def test_a_bad_line_loses_no_good_one(command, good) -> None:
    bad = [{"id": f"bad {n}", **fields} for n, fields in enumerate(BAD_FIELDS[command])]
    done = parallax(command, stdin="\n".join([*map(json.dumps, [*bad, good]), "no JSON at all", '{"id": 1e999}', "[]"]))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["good"]
    told = done.stderr.splitlines()
    assert len(told) == len(bad) + 3
    assert all(f"id {row['id']}: " in line for row, line in zip(bad, told, strict=False))
    assert f"standard input:{len(bad) + 2}: This is no JSON" in told[-3]


def test_a_bad_line_among_the_articles_loses_no_good_one(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": 1, "text": "The dam held."}\n{"id": 2, "text": 3}\n{"id": 3,\n')
    asked = [{"id": n, "a": "The dam held.", "b": "The dam burst.", "a_article": n} for n in (1, 2)]
    done = parallax("pairs", "--articles", str(path), stdin="\n".join(map(json.dumps, asked)))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]
    assert f"{path}:3: " in done.stderr
    assert "a_article 2 is not among the articles given" in done.stderr


def test_where_a_statement_begins_is_told_of_the_statement_as_it_was_sent() -> None:
    pair = {"id": 1, "a": "  \nThe dam burst on 3 May 2019.", "b": "The dam burst on 4 May 2019."}
    (answer,) = lines(parallax("pairs", stdin=json.dumps(pair)))
    (span,) = [reason["a_span"] for reason in answer["reasons"] if reason["dimension"] == "date"]
    assert pair["a"][slice(*span)] == "3 May 2019"
