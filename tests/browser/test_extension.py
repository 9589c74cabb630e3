"""The extension in a real Chromium: what a script has put into a page is sent, read and kept in the name of the token's owner.

The browser's own dialogue for permissions cannot be pressed, and no button of its bar: a copy of the extension has the permissions
that they would give, and its popup is opened as a page that takes the other tab for the one in front.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from app.roles import Role, Scope
from app.settings import PROJECT
from app.store import open_store, upgrade

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update --disable-sync"
)
PAPER = "https://paper.example/bridge?from=front"
LINES = (
    "The council of Averil voted on Monday to close the old bridge, Mayor Ana Ruiz said.",
    "The bridge carries about 4000 cars a day, and repairs are to take two years, she said.",
    "Fishermen said on Tuesday that nobody had asked them before the vote was taken.",
)
DRAWN = f"""<!doctype html><html lang="en"><head><title>Old bridge to close</title></head><body><article id="a"></article><script>
a.innerHTML = "<h1>Old bridge to close</h1>" + {json.dumps(LINES)}.map((line) => `<p>${{line}}</p>`).join("");
</script></body></html>"""
IN_FRONT = """const real = chrome.tabs.query.bind(chrome.tabs);
chrome.tabs.query = () => real({ url: "https://paper.example/*" });"""


@pytest.fixture(scope="module")
def house(tmp_path_factory, serve) -> Iterator[Any]:
    """A server with one reviewer, and that reviewer's token for programs."""
    path = tmp_path_factory.mktemp("sent") / "empty.sqlite3"
    upgrade(path)
    with open_store(path) as store:
        ann = store.people.add_person("Ann", Role.REVIEWER, by="test")[0]
        tokens = {s: store.people.make_token(ann.id, s.value, s, by="Ann")[1] for s in (Scope.ADD, Scope.READ)}
        for site in serve(store):
            yield site, tokens


@pytest.fixture(scope="module")
def extension(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("extension") / "extension"
    shutil.copytree(PROJECT / "static" / "extension", folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["host_permissions"] = ["http://127.0.0.1/*", "https://paper.example/*"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser_with_it(extension: Path, tmp_path_factory, playwright: Playwright) -> Iterator[BrowserContext]:
    more = [f"--disable-extensions-except={extension}", f"--load-extension={extension}"]
    context = _launched(playwright, [*FLAGS.split(), *more], tmp_path_factory.mktemp("profile"))
    context.route("https://paper.example/**", lambda r: r.fulfill(body=DRAWN, content_type="text/html"))
    yield context
    context.close()


def _launched(playwright: Playwright, flags: list[str], profile: Path) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, headless=False, args=flags, ignore_default_args=["--disable-extensions"]
    )


@pytest.fixture
def popup(browser_with_it: BrowserContext, extension: Path) -> Iterator[Page]:
    """Its window beside a page of a paper, with nothing kept of a test before."""
    shown = browser_with_it.new_page()
    shown.goto(f"{PAPER}#comments")
    page = browser_with_it.new_page()
    page.add_init_script(IN_FRONT)
    page.goto(f"chrome-extension://{_id_of(extension)}/popup.html")
    page.evaluate("chrome.storage.local.clear()")
    page.reload()
    yield page
    page.close()
    shown.close()


def _id_of(folder: Path) -> str:
    """What Chromium calls an extension that is loaded from a folder."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest[:32])


def kept(popup: Page, server: str, token: str) -> None:
    popup.get_by_label("Address of your Parallax").fill(server)
    popup.get_by_label("A token of the scope").fill(token)
    popup.get_by_role("button", name="Keep").click()


def test_what_the_browser_shows_is_kept(house, popup: Page) -> None:
    site, tokens = house
    kept(popup, f"{site.base}/", tokens[Scope.ADD])
    expect(popup.get_by_role("status")).to_have_text("Kept in this browser.")
    popup.get_by_label("Story").fill("the bridge")
    popup.get_by_role("button", name="Send this page").click()
    expect(popup.get_by_role("status")).to_contain_text("Kept.")
    (article,) = site.store.library.articles().items
    view = site.store.library.article(article.id)
    assert all(line in view.text for line in LINES)
    assert (article.url, article.story_slug) == (PAPER, "the-bridge")
    assert site.store.audit.page(kind="article").items[0].by == "Ann"
    assert popup.get_by_role("link", name="Open it").get_attribute("href") == site.url(f"/articles/{article.id}")
    popup.get_by_role("button", name="Send this page").click()
    expect(popup.get_by_role("status")).to_contain_text("It was there already.")
    assert site.store.library.articles().total == 1


@pytest.mark.parametrize(
    ("token", "said"),
    [("plx_wrong_token", "token"), (Scope.READ, "scope add")],
    ids=["no token", "one that only reads"],
)
def test_what_is_not_taken_is_told(house, popup: Page, token: str, said: str) -> None:
    site, tokens = house
    before = site.store.library.articles().total
    kept(popup, site.base, tokens.get(token, token))
    popup.get_by_role("button", name="Send this page").click()
    expect(popup.get_by_role("status")).to_contain_text(said)
    assert site.store.library.articles().total == before


def test_a_token_goes_nowhere_unprotected_and_nothing_is_sent_unasked(house, popup: Page) -> None:
    popup.get_by_role("button", name="Send this page").click()
    expect(popup.get_by_role("status")).to_have_text("Say first where it is sent.")
    kept(popup, "http://parallax.example", "plx_x_y")
    expect(popup.get_by_role("status")).to_contain_text("https://")
    assert popup.evaluate("chrome.storage.local.get()") == {}
