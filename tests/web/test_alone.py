"""A frozen comparison as one HTML file: all of it, nothing that runs or is fetched, the same bytes again."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from app.cli import app

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
run = CliRunner()


class Parts(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def alone(client) -> tuple[str, str]:
    path = client.post("/stories/the-bridge/snapshots", data={"note": "<b>kept</b>"}, headers=SAME).headers["location"]
    answer = client.get(f"{path}/export.html")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; ")
    return path, answer.text


def test_it_holds_every_row_and_says_what_it_is(review):
    path, html = alone(review)
    for row in review.get("/api/v1/stories/the-bridge/alignments").json()["items"]:
        assert row["label"] in html
    assert f"http://127.0.0.1:8000{path}" in html
    assert "&lt;b&gt;kept&lt;/b&gt;" in html
    assert "stands in version 0." in html
    assert path in review.get(path).text
    assert f"{path}/export.html" in review.get(path).text


def test_the_same_is_the_same_file_whatever_people_change(review):
    path, html = alone(review)
    row = review.get("/api/v1/stories/the-bridge/alignments").json()["items"][0]["id"]
    review.post(f"/alignments/{row}/decisions", data={"kind": "relabel", "value": "New"}, headers=SAME)
    for language in ("en-US", "ko", "de-DE,de;q=0.9"):
        assert review.get(f"{path}/export.html", headers={"accept-language": language}).text == html


@pytest.mark.parametrize("hostile", [False, True])
def test_nothing_in_it_runs_or_is_fetched(filled, serving, hostile):
    _, html = alone(serving(filled(hostile=hostile)))
    parts = Parts(html).tags
    assert not {t for t, _ in parts} & {"script", "img", "iframe", "object", "embed", "form", "video", "audio", "base"}
    links = [a["href"] for t, a in parts if t == "link"]
    assert links == []
    assert not any(name.startswith("on") or name in ("style", "src", "srcset") for _, a in parts for name in a)
    for tag, a in parts:
        if tag == "a":
            assert a["href"].startswith(("http://", "https://"))
        if tag == "use":
            assert a["href"].startswith("#")
    style = re.search(r"(?s)<style>(.*?)</style>", html)[1]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(a["content"] for t, a in parts if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert base64.b64encode(sha256(style.encode()).digest()).decode() in policy


def test_commands_write_it(example_store, tmp_path):
    story = example_store.library.stories().items[0].story.slug
    kept, again = tmp_path / "kept.html", tmp_path / "again.html"
    made = run.invoke(app, ["snapshot", story, "--html", str(kept)])
    assert run.invoke(app, ["export", "--snapshot", made.stdout.strip(), "-f", "html", "-o", str(again)]).exit_code == 0
    assert kept.read_bytes() == again.read_bytes()
    assert b"<title>" in kept.read_bytes()
    assert run.invoke(app, ["export", story, "-f", "html"]).exit_code == 2
    assert run.invoke(app, ["snapshot", story, "--list", "--html", str(kept)]).exit_code == 2
