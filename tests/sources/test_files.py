"""Files that cannot be used, each with a clear error; encodings; Markdown; JSON; manifests; folders."""

from __future__ import annotations

import io
import json
import random
import zlib
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.records import Hints, Page, PageKind, PublishedFrom
from app.errors import BadInput, NotAnArticle, TooLarge
from app.settings import Settings
from app.sources import page_from_record, page_from_text, read_targets
from app.sources.decoding import decode, read_file
from app.sources.plain import page_from_markdown

REPORT = "Harbour closes\n\nThe harbour of Averil was closed on Monday after a storm. Nobody was hurt."


def run(targets, limits, manifest=None, options=Hints(), **more):
    return list(read_targets([str(t) for t in targets], options, manifest, limits, **more))


def errors(found):
    return [f for f in found if isinstance(f, BadInput)]


def pages(found):
    return [f for f in found if isinstance(f, Page)]


# --- what cannot be used


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        ("paper.txt", b"%PDF-1.7 ...", "PDF"),
        ("archive.txt", b"PK\x03\x04abc", "archive"),
        ("zeros.txt", b"abc\x00\x01\x02" * 100, "binary"),
        ("utf16.txt", b"\xff\xfe\x00\xd8\x00\xd8a", "encoding"),
        ("menu.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>", "No article"),
        ("nothing.html", b"<!-- -->", "No article"),
        ("bad.json", b"{", "no JSON"),
        ("list.json", b"3", "no article"),
        ("record.json", b'{"headline": "x"}', "no text"),
        ("data.bin", b"abc", "not read"),
    ],
)
def test_a_bad_file_is_named_and_does_not_stop_the_others(
    tmp_path: Path, limits, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(REPORT)
    found = run([tmp_path / name, tmp_path / "good.txt"], limits)
    (error,) = errors(found)
    assert says.casefold() in error.what.casefold()
    assert name in (error.where or "")
    assert [p.text for p in pages(found)] == [REPORT]


def test_a_missing_file_is_named(tmp_path: Path, limits) -> None:
    (error,) = run([tmp_path / "gone.txt"], limits)
    assert "no such file" in error.what
    assert str(tmp_path / "gone.txt") == error.where


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)  # sparse: reading it would be slow and give zeros, "a binary file"
    (error,) = run([path], Settings())
    assert isinstance(error, TooLarge)
    assert "50.0 MB" in error.what
    assert error.mend


def test_a_stream_is_refused_after_one_byte_too_many(limits, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0, "asked for everything"
            self.given += size
            return b"a" * size

    endless = Endless()
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": endless})())
    (error,) = run(["-"], limits)
    assert isinstance(error, TooLarge)
    assert endless.given == limits.max_body_bytes + 1


def test_standard_input(limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": io.BytesIO(REPORT.encode())})())
    (page,) = run(["-"], limits, options=Hints(outlet="KBS"))
    assert (page.text, page.hints.outlet, page.origin) == (REPORT, "KBS", "standard input")


def test_a_folder_without_permission_or_a_folder_as_file(tmp_path: Path, limits) -> None:
    (tmp_path / "x.txt").mkdir()
    assert run([tmp_path], limits) == []


# --- encodings


KOREAN = "시장은 목요일 기자회견에서 다리 공사가 늦어진 데 대해 시민들에게 사과했다. " * 5
JAPANESE = "市長は木曜日の記者会見で、橋の工事が遅れたことを市民に謝罪しました。" * 5
CHINESE = "星期四，市长在记者会上就大桥工程延误向市民道歉，称有12名工人受伤。" * 5
TRADITIONAL = "星期四，市長在記者會上就大橋工程延誤向市民道歉，稱有12名工人受傷。" * 5
RUSSIAN = "Мэр города в четверг извинилась перед жителями за задержку строительства моста. " * 5
ENGLISH = "The café’s owner said “never” – twice. Zürich’s mayor, too, was naïve about it. " * 5
MIXED = "Kim Jong-un (김정은, 金正恩) met the mayor of Kyoto (京都) — “никогда”, one of them said. " * 5
ENCODED = {
    **{f"English {e}": (ENGLISH, e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")},
    **{f"Korean {e}": (KOREAN, e) for e in ("euc-kr", "cp949", "utf-16", "utf-16-le", "utf-16-be")},
    **{f"Japanese {e}": (JAPANESE, e) for e in ("shift_jis", "euc_jp", "utf-16", "utf-16-le", "utf-16-be")},
    **{f"Chinese {e}": (CHINESE, e) for e in ("gb18030", "utf-16", "utf-16-le")},
    **{f"traditional {e}": (TRADITIONAL, e) for e in ("big5", "utf-16", "utf-16-be")},
    **{f"Russian {e}": (RUSSIAN, e) for e in ("cp1251", "koi8-r", "utf-16", "utf-16-le")},
    **{f"mixed {e}": (MIXED, e) for e in ("utf-8", "utf-16", "utf-16-le")},
}  # fmt: skip


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str, tmp_path: Path, limits) -> None:
    text, encoding = ENCODED[name]
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode(encoding))
    assert read_file(path, limits) == text


def any_bytes(seed: int, many: int, least: int = 0) -> bytes:
    """The same for the same seed, as compressed data is: each byte as often as any other."""
    rng = random.Random(seed)
    return bytes(rng.randrange(least, 256) for _ in range(many))


NO_SURROGATE = b"".join(bytes((low, high)) for low, high in zip(any_bytes(1, 900), any_bytes(2, 900), strict=True) if not 0xD8 <= high < 0xE0)  # fmt: skip
BINARY = {
    "a photograph": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + any_bytes(3, 3000),
    "the rest of one": any_bytes(4, 3000),
    "a small one": any_bytes(5, 80),
    "without bytes that are controls": any_bytes(6, 3000, 0x20),
    "pixels": any_bytes(7, 3000, 0x80),
    "with a mark of UTF-16 by chance": b"\xff\xfe" + any_bytes(8, 60),
    "which fits UTF-16": b"\xff\xfe" + NO_SURROGATE,
    "which fits UTF-16 without a mark": NO_SURROGATE,
    "a film": b"\x00\x00\x00\x20ftypisom" + any_bytes(9, 2000),
    "a font": b"wOF2\x00\x01" + any_bytes(10, 2000),
    "compressed": zlib.compress(any_bytes(11, 500)),
}


@pytest.mark.parametrize("name", BINARY)
def test_what_is_no_text_is_refused_and_it_says_how_to_mend_it(name: str, tmp_path: Path, limits) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(BINARY[name])
    with pytest.raises(BadInput) as raised:
        read_file(path, limits)
    assert "no" in raised.value.what
    assert "text" in raised.value.what
    assert raised.value.where == str(path)
    assert "Save the article as text" in (raised.value.mend or "")


def test_a_page_says_its_charset() -> None:
    html = '<html><head><meta charset="windows-1252"></head><body>“café”</body></html>'
    assert decode(html.encode("cp1252"), "x") == html
    assert decode("é".encode("latin-1") * 40, "x", "iso-8859-1") == "é" * 40
    assert decode("“né”".encode(), "x", "no-such-charset") == "“né”"


def test_a_western_encoding_that_is_declared_goes_behind_utf_8() -> None:
    text = "“We are,” she said – for €5." * 3
    for declared in ("iso-8859-1", "latin-1", "windows-1252", "us-ascii"):
        assert decode(text.encode(), "x", declared) == text
    assert decode(text.encode("cp1252"), "x", "iso-8859-1") == text  # browsers read it so too
    assert decode("<meta charset=euc-kr>시장은 사과했다".encode("euc-kr"), "x", "iso-8859-1").endswith(
        "시장은 사과했다"
    )


@pytest.mark.parametrize(("name", "encoding"), [("문재인", "euc-kr"), ("安倍晋三", "euc-jp"), ("习近平", "gb18030")])
def test_one_eastern_name_in_an_english_text_is_never_read_as_western(name: str, encoding: str) -> None:
    text = f"The president, Moon or another ({name}), said on Friday that the talks would go on. " * 5
    with pytest.raises(BadInput, match="encoding cannot be told"):
        decode(text.encode(encoding), "x")


@pytest.mark.parametrize("text", ["La création créée à Noël coûtait “80 €”…", "Ærøskøbing: “Nåå”, sagde han – “ååh!”"])
def test_western_letters_may_stand_in_a_row(text: str) -> None:
    around = "The mayor said that the bridge would open in spring. " * 4 + text
    assert decode(around.encode("cp1252"), "x") == around


def test_one_bad_byte_spoils_one_character() -> None:
    assert decode("“We are,” she said – for €5.".encode() * 9 + b"\xff.", "x").startswith("“We are,” she")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_text_or_bad_input(data: bytes) -> None:
    try:
        text = decode(data, "x")
    except BadInput as refused:
        text = refused.where or ""
    assert text


# --- plain text and Markdown


def test_pasted_text() -> None:
    page = page_from_text(REPORT, Hints(outlet="AFP"))
    assert (page.text, page.kind, page.hints.outlet) == (REPORT, PageKind.FLAT, "AFP")
    with pytest.raises(BadInput):
        page_from_text(" \n")


def test_markdown_gives_words_and_front_matter() -> None:
    page = page_from_markdown(
        "---\ntitle: 'Harbour closes'\ndate: 2020-02-03\nauthor: Rosa Delmonte\noutlet: BBC\nurl: https://a.example/x\n---\n"
        "![ship](ship.png)\n\nThe **harbour** of [Averil](https://a.example) was _closed_ on 3 * 4 boats.\n\n> “Never,” she said.\n\n---\n\n## What now\n"
    )
    assert (
        page.text.split() == "The harbour of Averil was closed on 3 * 4 boats. “Never,” she said. ## What now".split()
    )
    assert (page.meta.headline, page.meta.published, page.meta.bylines) == (
        "Harbour closes",
        date(2020, 2, 3),
        ("Rosa Delmonte",),
    )
    assert (page.meta.site_name, page.meta.url, page.meta.published_from) == (
        "BBC",
        "https://a.example/x",
        PublishedFrom.META,
    )


def test_markdowns_first_heading_is_the_headline() -> None:
    page = page_from_markdown("# Harbour closes\n\nThe harbour was closed on Monday.")
    assert (page.meta.headline, page.text.strip()) == ("Harbour closes", "The harbour was closed on Monday.")


# --- records and lines of JSON


def test_a_record() -> None:
    record = {
        "id": 7,
        "text": REPORT,
        "title": "T",
        "date": "2019-11-22T08:00:00+09:00",
        "outlet": "KBS",
        "url": "https://a.example",
        "story": "s",
    }
    page = page_from_record(record, Hints(outlet="AFP", story="other"), origin="x")
    assert page.hints == Hints("7", "KBS", date(2019, 11, 22), PublishedFrom.MANIFEST, "https://a.example", "T", "s")
    assert page.kind is PageKind.FLAT


def test_a_record_as_is() -> None:
    page = page_from_record({"text": " body \n"}, origin="x", as_is=True)
    assert (page.text, page.kind) == (" body \n", PageKind.BODY)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({}, "no text"),
        ({"text": 3}, "'text' is no text"),
        ({"text": "a", "published": "soon"}, "no date"),
        ({"text": "a", "url": ["x"]}, "'url' is no text"),
    ],
)
def test_a_bad_record(record, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        page_from_record(record, origin="x")


def test_lines_of_json_name_file_and_line(tmp_path: Path, limits) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(
        "\n".join(
            [
                json.dumps({"text": REPORT, "id": 1}),
                "",
                "{bad",
                "[]",
                json.dumps({"id": 2}),
                json.dumps({"text": "Last one stands."}),
            ]
        )
    )
    found = run([path], limits)
    assert [e.where for e in errors(found)] == [f"{path}:3", f"{path}:4", f"{path}:5"]
    assert [p.text for p in pages(found)] == [REPORT, "Last one stands."]
    assert [p.origin for p in pages(found)] == [f"{path}:1", f"{path}:6"]


def test_a_file_of_lines_may_be_larger_than_the_limit(tmp_path: Path, limits) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": REPORT}) for _ in range(3000)))
    assert path.stat().st_size > limits.max_body_bytes
    assert len(run([path], limits)) == 3000


def test_a_json_list(tmp_path: Path, limits) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"articles": [{"text": REPORT}, 3]}))
    found = run([path], limits)
    assert len(pages(found)) == 1
    assert [e.where for e in errors(found)] == [f"{path}#2"]


# --- manifests


def write(folder: Path, name: str, text: str = REPORT) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_a_manifest_speaks_of_the_files_beside_it(tmp_path: Path, limits) -> None:
    write(tmp_path, "sub/a.txt")
    write(tmp_path, "b.txt", REPORT + " Twice.")
    write(tmp_path, "README.md", "About these files.")
    manifest = write(
        tmp_path, "manifest.csv", "file,outlet,published,story\nb.txt,AFP,2019-08-22,s\nsub/a.txt,KBS,,s\n"
    )
    heard = []
    found = run(
        [tmp_path],
        limits,
        manifest,
        Hints(outlet="NPR", published=date(2020, 1, 1)),
        skipped=lambda p, why: heard.append((p.name, why)),
    )
    assert [(p.hints.outlet, p.hints.published, p.hints.published_from, p.hints.story) for p in found] == [
        ("AFP", date(2019, 8, 22), PublishedFrom.MANIFEST, "s"),
        ("KBS", date(2020, 1, 1), PublishedFrom.OPTION, "s"),
    ]
    assert heard == [("README.md", "not in the manifest")]
    assert run([tmp_path], limits) == run([], limits, manifest) == run([tmp_path], limits, manifest)


def test_a_manifest_and_one_file_reads_that_file(tmp_path: Path, limits) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt")
    manifest = write(
        tmp_path, "m.json", json.dumps([{"file": "a.txt", "outlet": "AFP"}, {"file": "b.txt", "outlet": "KBS"}])
    )
    (page,) = run([tmp_path / "b.txt"], limits, manifest)
    assert page.hints.outlet == "KBS"


@pytest.mark.parametrize(
    ("row", "number", "says"),
    [
        ("a.txt,AFP,soon", 3, "no date"),
        (",AFP,2019-01-01", 3, "neither file nor url"),
        ("a.txt,AFP,2019-01-01,one,two", 3, "more cells"),
        ("gone.txt,AFP,2019-01-01", 3, "not there"),
    ],
)
def test_a_malformed_row_is_numbered_and_the_others_go_on(
    tmp_path: Path, limits, row: str, number: int, says: str
) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt")
    manifest = write(tmp_path, "m.csv", f"file,outlet,published\nb.txt,KBS,2019-01-01\n{row}\na.txt,NPR,2019-01-02\n")
    found = run([], limits, manifest)
    (error,) = errors(found)
    assert says in error.what
    assert f"row {number}" in (error.where or "")
    assert [p.hints.outlet for p in pages(found)] == ["KBS", "NPR"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("m.csv", "name,outlet\na,b\n", "neither file nor url"),
        ("m.json", "{", "no JSON"),
        ("m.json", "3", "no list"),
        ("m.csv", "", "empty"),
    ],
)
def test_a_manifest_that_is_none(tmp_path: Path, limits, name: str, text: str, says: str) -> None:
    (error,) = run([], limits, write(tmp_path, name, text))
    assert says in error.what


def test_a_manifest_with_semicolons_and_a_mark(tmp_path: Path, limits) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "m.csv").write_bytes("\ufefffile;outlet\na.txt;AFP\n".encode())
    (page,) = run([], limits, tmp_path / "m.csv")
    assert page.hints.outlet == "AFP"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("File,Outlet,Published\ra.txt,AFP,2024-03-05\r", id="CR alone"),
        pytest.param(
            "sep=;\r\nfile;outlet;published\r\na.txt;AFP;2024-03-05\r\n", id="a line that names the separator"
        ),
        pytest.param("sep=,\nfile,outlet,published\na.txt,AFP,2024-03-05\n", id="a comma named"),
        pytest.param('"sep=\t"\nfile\toutlet\tpublished\na.txt\tAFP\t2024-03-05\n', id="a tab named, in quotes"),
        pytest.param("sep=|\nfile|outlet|published\na.txt|AFP|2024-03-05\n", id="a bar named"),
        pytest.param(
            "file,outlet,published\n\n,,\na.txt,AFP,5 March 2024\n,,\n", id="empty rows, another form of the day"
        ),
        pytest.param('file,outlet,published\r"a.txt","AFP",2024-03-05', id="CR, quotes, no end"),
        pytest.param("\ufefffile,outlet,published\r\na.txt,AFP,2024-03-05T08:00:00Z\r\n", id="a mark, a time"),
    ],
)
def test_manifests_as_spreadsheets_write_them(text: str, tmp_path: Path, limits) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "m.csv").write_bytes(text.encode())
    (page,) = run([], limits, tmp_path / "m.csv")
    assert (page.hints.outlet, page.hints.published) == ("AFP", date(2024, 3, 5))


def test_rows_are_numbered_as_the_spreadsheet_numbers_them_below_such_a_line(tmp_path: Path, limits) -> None:
    (tmp_path / "m.csv").write_text("sep=;\nfile;outlet\n;AFP\n")
    (error,) = run([], limits, tmp_path / "m.csv")
    assert (error.where or "").endswith("row 3")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "sub/../../secret.txt",
        "/etc/hostname",
        "..\\secret.txt",
        "C:\\secret.txt",
        "link.txt",
        "linked/a.txt",
    ],
)
def test_a_manifest_names_files_of_its_own_folder_only(name: str, tmp_path: Path, limits) -> None:
    write(tmp_path, "secret.txt")
    write(tmp_path, "elsewhere/a.txt")
    folder = tmp_path / "own"
    write(folder, "b.txt")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "m.json").write_text(json.dumps([{"file": name}, {"file": "b.txt"}]))
    error, page = run([], limits, folder / "m.json")
    assert "outside" in error.what or "link" in error.what
    assert page.origin == str(folder / "b.txt")


def test_links_in_a_folder_are_not_followed(tmp_path: Path, limits) -> None:
    secret = write(tmp_path, "secret.txt")
    folder = tmp_path / "own"
    write(folder, "b.txt")
    (folder / "a.txt").symlink_to(secret)
    (folder / "manifest.csv").symlink_to(write(tmp_path, "m.csv", "file\nsecret.txt\n"))
    heard = []
    found = run([folder], limits, skipped=lambda p, why: heard.append((p.name, why)))
    assert [Path(p.origin).name for p in found] == ["b.txt"]
    assert heard == [("a.txt", "a link"), ("manifest.csv", "a link")]
    (page,) = run([folder / "a.txt"], limits)  # one that is named itself is meant
    assert page.text == REPORT


# --- folders


def test_a_folder_is_read_in_order_and_others_are_told_of(tmp_path: Path, limits) -> None:
    for name in ("b.txt", "a.md", "c/d.html.txt", "z.png", ".hidden.txt", "README.txt", "c/.git/x.txt"):
        write(tmp_path, name)
    heard = []
    found = run([tmp_path], limits, skipped=lambda p, why: heard.append((p.name, why)))
    assert [Path(p.origin).name for p in found] == ["a.md", "b.txt", "d.html.txt"]
    assert heard == [("README.txt", "a read-me"), ("z.png", ".png is not read")]


def test_a_file_named_twice_is_read_once(tmp_path: Path, limits) -> None:
    path = write(tmp_path, "a.txt")
    assert len(run([path, tmp_path, tmp_path / "." / "a.txt"], limits)) == 1


def test_targets_are_lazy(tmp_path: Path, limits, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(50):
        write(tmp_path, f"{i:02}.txt")
    opened = []
    monkeypatch.setattr("app.sources.targets.read_file", lambda path, limits: opened.append(path) or REPORT)
    assert len(list(islice(read_targets([str(tmp_path)], Hints(), None, limits), 3))) == 3
    assert len(opened) == 3


def test_html_in_a_text_file_is_read_as_html(tmp_path: Path, limits) -> None:
    body = "".join(
        f"<p>The harbour of Averil was closed on day {i} after a storm, and nobody was hurt there.</p>"
        for i in range(9)
    )
    (page,) = run(
        [
            write(
                tmp_path,
                "saved.txt",
                f"<!DOCTYPE html><html><body><article><h1>Harbour</h1>{body}</article></body></html>",
            )
        ],
        limits,
    )
    assert page.kind is PageKind.EXTRACTED


def test_not_an_article_is_bad_input() -> None:
    assert issubclass(NotAnArticle, BadInput)
