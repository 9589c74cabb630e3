"""A real browser against a real server on a free port, with the bundled example in a database of its own.

Every page a test opens is watched: an error in the console, a refused resource, a request to another host or a
violation of the content security policy fails the test at its end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright
from sqlalchemy import text

from app.pipeline import HERE
from app.settings import Settings
from app.store import Store, open_store
from app.web.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()

PATIENCE = 60.0
"""Seconds after which something is taken to be broken, however busy two cores are."""
expect.set_options(timeout=1000 * PATIENCE)

# The console says so of every page that answers 404 or 422, as some tests want it to.
EXPECTED = ("the server responded with a status of 4",)

ABORTED = "ERR_ABORTED"
"""A reader who goes on before a page is all there: nothing is wrong with that."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM.exists():
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"no browser at {CHROMIUM}"))


@dataclass
class Site:
    """A server that runs; `url("/path")` is where it answers."""

    base: str
    store: Store

    def url(self, path: str) -> str:
        return self.base + path


def _serve(store: Store, **settings: Any) -> Iterator[Site]:
    given = Settings(_env_file=None, database=store.path, **settings)
    app = create_app(given, store, bound="127.0.0.1", hands=HERE)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the server did not start"
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", store)
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="session")
def serve() -> Callable[..., Iterator[Site]]:
    """`yield from serve(store)`: a server for a store of one's own."""
    return _serve


@pytest.fixture(scope="session")
def doubt() -> Callable[[Store], int]:
    """`doubt(store)`: from now on one row that the example's outlets agree on may differ; its id."""

    def make(store: Store) -> int:
        row = next(
            r.id
            for r in store.rows.every(store.library.stories().items[0].story.slug)
            if r.status == "agree" and r.reasons
        )
        with store.write() as session:
            for statement in (
                "UPDATE alignments SET status = 'unsure', machine_probability = 0.46 WHERE id = :row",
                "UPDATE relations SET kind = 'unsure', probability = 0.46 WHERE alignment_id = :row",
            ):
                session.connection().execute(text(statement), {"row": row})
        store.checks.repair("shown")
        return row

    return make


@pytest.fixture
def site(example_store: Store) -> Iterator[Site]:
    """The bundled example, to be written to."""
    yield from _serve(example_store, patterns=True)


@pytest.fixture
def empty_site(store: Store) -> Iterator[Site]:
    yield from _serve(store)


@pytest.fixture(scope="session")
def reading_site(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The bundled example where writing is not allowed; one server for all tests that only read."""
    with open_store(example_database) as opened:
        yield from _serve(opened, writable=False)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield opened
    opened.close()


@dataclass
class Watched:
    """Contexts opened for one test, or for tests that only look, and what went wrong in them."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def open(self, **options: Any) -> Page:
        context = self.browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options})
        context.set_default_timeout(1000 * PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("requestfailed", lambda r: self.wrong.append(f"failed: {r.url} {r.failure}") if ABORTED not in (r.failure or "") else None)  # fmt: skip
        page.on("request", lambda r: None if r.url.startswith(("http://127.0.0.1:", "data:")) else self.wrong.append(f"elsewhere: {r.url}"))  # fmt: skip
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(e in message.text for e in EXPECTED):
            self.wrong.append(f"console: {message.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    found = Watched(browser)
    yield found
    found.close()
    assert found.wrong == []


@pytest.fixture(scope="session")
def _standing(browser: Browser) -> Iterator[tuple[Watched, dict[str, Page]]]:
    found = Watched(browser)
    yield found, {}
    found.close()


@pytest.fixture
def look(_standing: tuple[Watched, dict[str, Page]]) -> Iterator[Callable[..., Page]]:
    """`look(viewport=..., color_scheme=...)`: a window for tests that only look at pages. It stays open from one to the next,
    for a new one costs as much as many pages; what a site left in it is forgotten."""
    found, windows = _standing
    used: list[Page] = []

    def at(**options: Any) -> Page:
        page = windows.get(repr(options)) or windows.setdefault(repr(options), found.open(**options))
        page.emulate_media(color_scheme=options.get("color_scheme", "light"))
        page.context.clear_cookies()
        used.append(page)
        return page

    yield at
    for page in used:
        page.goto("about:blank")  # nothing of it asks a server that is gone
    wrong, found.wrong = found.wrong, []
    assert wrong == []


@pytest.fixture
def page(watched: Watched) -> Page:
    """A wide window with JavaScript."""
    return watched.open()


@pytest.fixture
def plain_page(watched: Watched) -> Page:
    """JavaScript switched off."""
    return watched.open(java_script_enabled=False)


@pytest.fixture
def phone(watched: Watched) -> Page:
    return watched.open(viewport={"width": 360, "height": 740}, has_touch=True)


Fits = Callable[[Page], None]


@pytest.fixture
def fits() -> Fits:
    """`fits(page)`: the page is no wider than its window."""

    def check(page: Page) -> None:
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{page.url} is {over} px too wide"

    return check


Until = Callable[..., None]


@pytest.fixture(scope="session")
def until() -> Until:
    """`until(page, "scrollY > 300")`: the page answers yes in time.

    Playwright's own `wait_for_function` asks again from within the page, where our content security policy forbids it.
    """

    def wait(page: Page, question: str, given: Any = None) -> None:
        end = time.monotonic() + PATIENCE
        while not page.evaluate(question, given):
            assert time.monotonic() < end, f"{page.url} never answered yes to {question}"
            page.wait_for_timeout(50)

    return wait


CONTRAST = "color-contrast"
"""It looks behind every word, which takes long: so it looks at words that stand otherwise than those it has seen."""
AXE_KINDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What can colour a word is what style sheets go by: elements, classes, attributes, from the root down to it.
_DRAWN_ALIKE = """() => {
  const ways = new Map([[document.documentElement, ""]]), seen = new Map(), some = [];
  const own = e => e.nodeName + [...e.attributes].map(a =>
    ["class", "type", "style", "aria-current", "aria-invalid"].includes(a.name) ? `[${a.name}=${a.value}]` : `[${a.name}]`).sort().join("")
    + (e.disabled ? ":disabled" : "") + (e.checked ? ":checked" : "");
  for (const e of document.querySelectorAll("body, body *")) {
    const way = ways.get(e.parentElement) + ">" + own(e), times = seen.get(way) || 0;
    ways.set(e, way);
    if (times > 1 || !(e.matches("input, select, textarea") || [...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim()))) continue;
    seen.set(way, times + 1);
    some.push(e);
  }
  return some;
}"""
# One run for all: each draws the whole page up for itself. What we do not ask for (selectors, other sites' sheets, frames) is not made.
_AXE = f"""async asked => {{
  document.querySelectorAll("[data-drawn]").forEach(e => e.removeAttribute("data-drawn"));
  for (const e of ({_DRAWN_ALIKE})()) e.setAttribute("data-drawn", "");
  axe.configure({{rules: [{{id: "{CONTRAST}", selector: "[data-drawn]"}}]}});
  const how = {{resultTypes: ["violations"], selectors: false, preload: false, iframes: false, runOnly: asked}};
  const found = (await axe.run(document, how)).violations;
  document.querySelectorAll("[data-drawn]").forEach(e => e.removeAttribute("data-drawn"));
  return found.map(v => ({{id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 4).map(n => [n.html, n.failureSummary])}}));
}}"""

Accessible = Callable[..., None]

_ALL_DRAWN = """() => document.querySelectorAll("main *").forEach(e => {
  if (getComputedStyle(e).contentVisibility === "auto") e.style.contentVisibility = "visible";
})"""
"""Rows far from the window stand at a guessed height until they are scrolled to; measured there, what they hold would overlap."""


@pytest.fixture(scope="session")
def accessible() -> Accessible:
    """`accessible(page)`: axe finds nothing in the page as it is now, for WCAG 2.2 AA and its best practices.

    `accessible(page, also="dark")` then looks at its colours in the other scheme, in which nothing else differs.
    """

    def check(page: Page, also: str | None = None) -> None:
        page.evaluate(_ALL_DRAWN)
        page.evaluate(AXE_SCRIPT)
        _nothing(page, AXE_KINDS)
        if also:
            page.emulate_media(color_scheme=also)
            _nothing(page, [CONTRAST])

    return check


def _nothing(page: Page, asked: list[str]) -> None:
    found = page.evaluate(_AXE, asked)
    said = [
        f"{v['id']} ({v['impact']}): {v['help']}\n    {html[:160]}\n    {why or ''}"
        for v in found
        for html, why in v["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(said)
