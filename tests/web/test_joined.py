"""Few requests: styles and scripts are joined as they are served, and each page gets the styles of what it draws."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from app.web import joined as joining
from app.web.joined import SHARED, joined_file, sheet_name, sheets
from app.web.pages import environment
from app.web.static import STATIC, static_url
from app.web.styles import _words, needed

PAGES = sorted(name for name in environment.list_templates() if name.startswith("pages/"))
CLASSES = {
    name: set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)))
    for name, file in sheets().items()
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_look_for_every_class_it_names(page: str) -> None:
    has = set().union(*(CLASSES[name] for name in (*SHARED, *needed(environment, page))))
    somewhere = set().union(*CLASSES.values())
    assert _words(environment, page, set()) & somewhere <= has


def test_a_page_gets_no_styles_that_it_has_no_use_for() -> None:
    assert needed(environment, "pages/error.html") == ()
    assert "classroom" not in needed(environment, "pages/story.html")
    assert {"sides", "reports", "pictures"} <= set(needed(environment, "pages/story.html"))


@pytest.mark.parametrize("path", ["/", "/stories/the-bridge", "/conflicts", "/no-such-page"])
def test_a_page_asks_for_two_sheets_and_one_script_at_most(bridge, path: str) -> None:
    page = bridge.get(path, headers={"accept": "text/html"}).text
    assert len(re.findall(r'<link rel="stylesheet"', page)) <= 2
    assert len(re.findall(r"<script ", page)) == 1


def test_joined_files_are_kept_for_ever_under_their_digest(bridge) -> None:
    page = bridge.get("/stories/the-bridge").text
    found = re.findall(r'(?:href|src)="(/static/joined/[^"]*)"', page)
    assert len(found) == 3
    for address in found:
        answer = bridge.get(address)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith(("text/css", "text/javascript"))
        plain = address.partition("?")[0]
        assert bridge.get(plain).headers["cache-control"] == "no-cache"
        assert bridge.get(plain, headers={"if-none-match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "name",
    ["all.css", "tokens+.css", "tokens+tokens.css", "..+tokens.css", "tokens", "none.js", "", "../tokens.css", "TOKENS.css"],
)  # fmt: skip
def test_nothing_else_is_joined(bridge, name: str) -> None:
    assert joined_file(f"joined/{name}") is None
    assert bridge.get(f"/static/joined/{name}").status_code == 404


def test_a_changed_file_has_a_new_address(monkeypatch, tmp_path) -> None:
    shutil.copytree(STATIC, tmp_path / "static")
    monkeypatch.setattr(joining, "STATIC", tmp_path / "static")
    before = static_url(sheet_name(SHARED)), static_url("joined/all.js")
    for name in ("css/base.css", "js/live.js"):
        file = tmp_path / "static" / name
        file.write_text(file.read_text("utf-8").replace("margin", "padding") + "\n", "utf-8")
    (tmp_path / "static" / "js" / "live.js").write_text("export function start() {}\n", "utf-8")
    after = static_url(sheet_name(SHARED)), static_url("joined/all.js")
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_styles_keep_every_rule_and_their_order() -> None:
    made = joined_file(sheet_name(("print", "sides", "tokens")))
    assert made
    text = made[0].decode()
    assert "/*" not in text
    assert text.index("--paper:") < text.index("@page") < text.index(".sides")
    assert text.count("{") == text.count("}")


def test_scripts_are_of_the_form_that_joining_knows() -> None:
    """A module exports `start` and may import `season`; behaviours imports each of the others by its name."""
    behaviours = (STATIC / "js" / "behaviours.js").read_text("utf-8")
    for file in STATIC.glob("js/*.js"):
        text = file.read_text("utf-8")
        if file.stem == "main":
            continue
        if file.stem != "behaviours":
            assert re.findall(r"^export (.*?)\(", text, re.MULTILINE) == ["function start"], file.name
            assert f'import * as {file.stem} from "./{file.name}";' in behaviours
            assert set(re.findall(r"^import .*", text, re.MULTILINE)) <= {'import { season } from "./behaviours.js";'}
        assert not re.search(r"\bimport\(", text), "nothing is asked for later"


@pytest.mark.skipif(not shutil.which("node"), reason="no node")
def test_the_joined_script_can_be_read(tmp_path) -> None:
    made = joined_file("joined/all.js")
    assert made
    (tmp_path / "all.mjs").write_bytes(made[0])
    subprocess.run(["node", "--check", tmp_path / "all.mjs"], check=True, timeout=60)
