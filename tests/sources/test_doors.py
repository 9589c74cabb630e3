"""Half characters, NUL bytes and words broken by a wrong encoding: cleaned on every way in, and nothing else is stopped by them."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app as command
from app.core.article import articles_of
from app.core.lexicon.outlets import load_outlets
from app.core.records import Hints, Page, PageKind
from app.core.text import clean
from app.errors import BadInput
from app.sources import page_from_html, page_from_record, page_from_text, read_targets
from app.sources.entrance import mended
from app.sources.feed import pages_of_feed
from app.sources.manifest import read_manifest
from app.web.schemas import NewArticle, NewFlag

HALF, WHOLE = "\ud800", "\U0001f30a"
SAID = "The harbour was closed on Monday, she said."
BAD = f"The har\x00bour was\x07 closed on Monday, she{HALF} said."
GOOD = "The harbour was closed on Monday, she\ufffd said."
HINTS = Hints(outlet=f"Post{HALF}", headline="Har\x00bour", story="a\x01b", url="https://a.example/x", id=f"{HALF}7")


def lines(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(r) if not isinstance(r, str) else r for r in records))
    return path


def read(target: object, limits) -> list[Page | BadInput]:
    return list(read_targets([str(target)], Hints(), None, limits))


def texts(found) -> list[str]:
    return [page.text for page in found if isinstance(page, Page)]


def test_clean() -> None:
    assert clean(BAD) == GOOD
    assert clean(f"{WHOLE} \ud83c\udf0a") == f"{WHOLE} {WHOLE}"  # two halves that belong together
    assert clean("a\tb\nc\r\nd\x0be\x1cf\u2028g") == "a\tb\nc\r\nd\x0be\x1cf\u2028g"


@pytest.mark.parametrize("kind", list(PageKind))
def test_pasted_text_and_forms(kind: PageKind) -> None:
    page = page_from_text(BAD, HINTS, kind=kind)
    assert page.text == GOOD
    assert page.hints == Hints(
        outlet="Post\ufffd", headline="Harbour", story="ab", url="https://a.example/x", id="\ufffd7"
    )
    (article,) = articles_of(page, load_outlets(), date(2026, 1, 1))
    json.dumps([article.text, article.headline, article.outlet, article.id], ensure_ascii=False).encode()


def test_html() -> None:
    body = (
        f"<html><head><title>Dam{HALF}</title></head><body><article><p>{BAD}</p><p>{SAID}</p></article></body></html>"
    )
    page = page_from_html(body, hints=HINTS)
    assert page.text.split("\n\n") == [GOOD, SAID]
    assert (page.meta.headline, page.hints.outlet) == ("Dam\ufffd", "Post\ufffd")


@pytest.mark.parametrize("reference", ["&#xD800;", "&#0;", "&#x0;", "&#1;", "&#x110000;", "&#99999999;", "&#55296"])
def test_characters_that_are_none_said_by_their_number(reference: str) -> None:
    said = SAID.replace("harbour", f"har{reference}bour")
    page = page_from_html(
        f"<html><head><title>Dam {reference}</title><meta name=author content='A {reference} B'></head>"
        f"<body><article><p>{said}</p><p>{SAID}</p></article></body></html>"
    )
    (entry,) = pages_of_feed(
        f"<rss><channel><item><description>{said}</description></item></channel></rss>".encode(), HINTS, origin="x"
    )
    for found in (page, entry):
        json.dumps([found.text, found.meta.headline, found.meta.bylines], ensure_ascii=False).encode()
        assert "\x00" not in found.text
        assert "bour was closed on Monday" in found.text


def test_a_feed() -> None:
    feed = (
        f"<rss><channel><item><title>Dam &#xD800; x</title><description>{SAID}\x00</description></item></channel></rss>"
    )
    (page,) = pages_of_feed(feed.encode("utf-8", "surrogatepass"), HINTS, origin="x")
    assert page.text == SAID
    assert HALF not in (page.meta.headline or "")


def test_a_record_of_json_and_a_body_of_the_api() -> None:
    page = page_from_record({"text": BAD, "outlet": f"Post{HALF}", "id": "\x001"}, origin="x")
    assert (page.text, page.hints.outlet, page.hints.id) == (GOOD, "Post\ufffd", "1")
    sent = NewArticle.model_validate({"text": BAD, "outlet": f"Post{HALF}"})
    assert (sent.text, sent.outlet) == (GOOD, "Post\ufffd")
    assert NewFlag.model_validate({"note": f"a\x00b{HALF}"}).note == "ab\ufffd"


def test_lines_of_json(tmp_path: Path, limits) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": BAD}, '{"text": "bad', '{"text": "\x00\\ud800', {"text": SAID})
    path.write_bytes(path.read_bytes() + b'\n{"text": "\xff\xfe\x80"}\n{"text": "He left the house."}\n')
    found = read(path, limits)
    assert texts(found)[:2] == [GOOD, SAID]
    assert texts(found)[-1] == "He left the house."
    assert [e.where for e in found if isinstance(e, BadInput)][:2] == [f"{path}:2", f"{path}:3"]


def test_a_line_too_long_is_left_out_alone(tmp_path: Path, limits) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": "x" * 2 * limits.max_body_bytes}, {"text": SAID})
    first, second = read(path, limits)
    assert (first.where, second.text) == (f"{path}:1", SAID)


def test_a_list_of_json(tmp_path: Path, limits) -> None:
    path = lines(tmp_path / "a.json", [{"text": BAD, "title": f"D{HALF}"}, {"text": "\x00"}, {"text": SAID}])
    found = read(path, limits)
    assert texts(found) == [GOOD, SAID]
    assert found[0].hints.headline == "D\ufffd"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_with_a_nul_byte(name: str, tmp_path: Path, limits) -> None:
    body = f"{SAID}\n\nIt was late\x00 then.\n" * 5
    (tmp_path / name).write_text(
        f"<html><body><article><p>{SAID}</p><p>It was late\x00 then.</p></article></body></html>"
        if name == "a.html"
        else body
    )
    (page,) = read(tmp_path / name, limits)
    assert "It was late then." in page.text


def test_a_manifest(tmp_path: Path, limits) -> None:
    (tmp_path / "a.txt").write_text(SAID)
    lines(
        tmp_path / "m.json",
        [{"file": "a.txt", "outlet": f"Post{HALF}", "published": "soon"}, {"file": "a\x00.txt", "outlet": "B"}],
    )
    bad, row = read_manifest(tmp_path / "m.json", limits)
    assert isinstance(bad, BadInput)
    assert (row.path, row.hints.outlet) == (tmp_path / "a.txt", "B")
    (tmp_path / "m.csv").write_bytes(b"file,outlet\na.txt,Po\x00st\n")
    (row,) = read_manifest(tmp_path / "m.csv", limits)
    assert row.hints.outlet == "Post"


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        pytest.param(["group"], [{"id": 1, "headline": "A", "text": BAD}, {"id": f"2{HALF}", "headline": "B", "text": SAID}], id="group"),
        pytest.param(["pairs"], [{"id": 1, "a": BAD, "b": SAID}, {"id": 2, "a": SAID, "b": SAID}], id="pairs"),
        pytest.param(["extract", "--jsonl", "--as-is"], [{"id": 1, "text": BAD}, {"id": f"2{HALF}", "text": SAID}], id="extract"),
    ],
)  # fmt: skip
def test_lines_on_standard_input(arguments: list[str], given: list[dict]) -> None:
    sent = (
        "\n".join(map(json.dumps, given)).encode()
        + b'\n\xff\n{"id": 3, "text": "It was \xff late.", "a": "x", "b": "y"}\n'
    )
    done = CliRunner().invoke(command, arguments, input=sent)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [str(a["id"]).strip("\ufffd") for a in answers] == ["1", "2", "3"]
    assert done.exit_code == 1  # one line was none


def test_standard_input(limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": io.BytesIO(f"{SAID}\n\n{SAID}\x00".encode() * 3)})())
    (page,) = read("-", limits)
    assert "\x00" not in page.text


# --- words that were broken before


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("â€œWe are lowering it,â€\x9d said the townâ€™s mayor.", "“We are lowering it,” said the town’s mayor."),
        ("â€œNobody is in danger.â€", "“Nobody is in danger.”"),
        ("â€œNo,â€ she said.", "“No,” she said."),
        ("The cafÃ© in ZÃ¼rich was shut â€“ again.", "The café in Zürich was shut – again."),
        ("It costs Â£5, or â‚¬6.", "It costs £5, or €6."),
        ("He said \x93no\x94 and left.", "He said “no” and left."),
        ("JosÃ© IbÃ¡Ã±ez said so.", "José Ibáñez said so."),
    ],
)
def test_words_broken_by_a_wrong_encoding_are_mended(broken: str, whole: str) -> None:
    assert mended(broken) == whole
    assert mended(f"{SAID}\n{broken}\n“{SAID}”") == f"{SAID}\n{whole}\n“{SAID}”"


@pytest.mark.parametrize(
    "text",
    [
        "“We’re fine,” she said – in Zürich’s café, for €5.",
        "São Tomé and Príncipe; Ærø; Ångström; Łódź; Đà Nẵng.",
        "문재인 대통령은 목요일 사과했다. 安倍晋三首相は東京で会見した。",
        "Ωmega, naïve façade, 25 °C, ½, £5, ©, “quote” and ‘quote’ …",
        "Плотина закрыта, сказала она.",
        "plain words",
    ],
)
def test_whole_words_are_left_alone(text: str) -> None:
    assert mended(text) == text


def test_a_body_kept_to_the_letter_is_not_mended() -> None:
    assert page_from_text("The cafÃ© shut.", kind=PageKind.BODY).text == "The cafÃ© shut."
    assert page_from_text("The cafÃ© shut.").text == "The café shut."
