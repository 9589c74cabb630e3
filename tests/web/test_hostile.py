"""An article is written by others: nothing in it becomes markup, script, link or header of ours."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest

V1 = "/api/v1"
PAGES = {
    "front": "/",
    "story": "/stories/the-bridge",
    "print": "/stories/the-bridge/print",
    "alignment": "/alignments/{row}",
    "article": "/articles/{article}",
    "actor": "/actors/ana-ruiz",
    "names": "/actors/ana-ruiz/names",
    "search": "/search?q=alert",
    "search for markup": "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "conflicts": "/conflicts",
    "merge": "/alignments/{row}/merge?q=%3Cscript%3E",
    "split": "/alignments/{row}/split",
    "part": "/alignments/{row}/part",
    "classroom": "/stories/the-bridge/classroom",
    "revealed": "/stories/the-bridge/classroom?reveal=1",
    "frozen": "/stories/the-bridge/snapshots",
    "not found": "/stories/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "add": "/articles/new?url=javascript:alert(1)&story=%22%3E%3Cscript%3E&title=%3Cimg%20onerror%3D1%3E&text=%3C/textarea%3E%3Cscript%3E",
}


class Page(HTMLParser):
    """What a browser would run, load or follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.handlers: list[tuple[str, str]] = []
        self.styles = 0
        self.links: list[str] = []
        self.inside = ""
        self.inline = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        for name, value in attributes:
            if name.startswith("on"):
                self.handlers.append((tag, name))
            if name == "style":
                self.styles += 1
            if name in {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}:
                self.links.append((value or "").strip())
        if tag == "script":
            self.scripts.append(dict(attributes).get("src"))
        if tag == "style":
            self.styles += 1

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "script":
            self.inline += data.strip()


@pytest.fixture(scope="module")
def hostile(filled, serving):
    return serving(filled(6, hostile=True))


@pytest.fixture(scope="module")
def ids(hostile) -> dict[str, int]:
    article = [a["id"] for a in hostile.get(f"{V1}/articles").json()["items"] if (a["url"] or "").startswith("java")]
    rows = hostile.get(f"{V1}/stories/the-bridge/alignments?status=conflict").json()["items"]
    row = next(r["id"] for r in rows if "script" in r["cells"][0]["claims"][0]["text"])
    return {"article": (article or [1])[0], "row": row}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_of_an_article_comes_alive(hostile, ids, path):
    answer = hostile.get(path.format(**ids))
    assert answer.status_code in {200, 404}
    assert answer.headers["content-type"].startswith("text/html")
    page = Page(answer.text)
    assert page.handlers == []
    assert page.styles == 0
    assert page.inline == ""
    assert all(source and source.startswith("/static/") for source in page.scripts)
    for link in page.links:
        assert re.match(r"(https?://|/(?!/)|#|\?|$|data:image/)", link), link
    text = re.sub(r"\?v=[0-9a-f]+|Request [0-9a-f]+", "", answer.text)  # digests and request ids may hold any digits
    assert "{{ 7*7 }}" in text or "49" not in text


def test_hostile_words_are_shown_as_words(hostile, ids):
    assert "&lt;script&gt;" in hostile.get(f"/articles/{ids['article']}").text


def test_a_hostile_story_in_a_spreadsheet(hostile):
    answer = hostile.get("/stories/the-bridge/export.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith('attachment; filename="the-bridge.csv"')
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len({len(line) for line in lines}) == 1
    assert len(lines) == 1 + 6 * 3
    assert all(cell.lstrip()[:1] not in set("=+-@") for line in lines for cell in line)


@pytest.mark.parametrize("kind", ["csv", "json", "md"])
def test_a_story_that_is_not_there_gives_no_file(hostile, kind):
    answer = hostile.get(f"/stories/none/export.{kind}")
    assert answer.status_code == 404
    assert "content-disposition" not in answer.headers


def test_an_export_is_complete(filled, serving):
    """More rows than the store reads at a time."""
    rows = 510
    client = serving(filled(rows, articles=1))
    assert len(client.get("/stories/the-bridge/export.json").json()["rows"]) == rows
    lines = client.get("/stories/the-bridge/export.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + rows


BACK = [
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "javascript:alert(1)",
    "/\t/evil.test",
    "\r\nset-cookie: a=b",
]


@pytest.mark.parametrize("back", BACK, ids=repr)
def test_no_form_sends_a_reader_elsewhere(hostile, ids, back):
    """Pages come back to an address that the form carries; only our own paths are believed."""
    for field in ("back", "next", "path", "return_to"):
        answer = hostile.post(
            f"/alignments/{ids['row']}/flags",
            data={"note": "x", field: back},
            headers={"origin": "http://127.0.0.1:8000"},
        )
        assert answer.status_code == (303 if field == "back" else 422), "a field that the form has not is refused"
        location = answer.headers.get("location", "/")
        assert re.match(r"/(?![/\\])", location), location
        assert "\n" not in location
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("sign", ["(", "_", "'", "“", "£", "$", "🂡"])
def test_very_many_signs_in_a_row_do_not_hold_the_reader_up(sign):
    """A tokenizer that takes them off one by one, looking at all that is left, would need minutes for ten thousand."""
    from app.core.language import load_reader

    text = f"The mayor said {sign * 300} so."
    (read,) = load_reader().parse([text])
    assert max(len(t.text) for t in read.tokens) < 40
    assert all(text[t.start : t.end] == t.text for t in read.tokens)
    assert read.tokens[-2].text == "so"
