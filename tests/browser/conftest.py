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
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, expect, sync_playwright
from sqlalchemy import text

from app.pipeline import HERE
from app.settings import Settings
from app.store import Store, open_store
from app.web.app import create_app

CHROMIUM, SHELL = Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell")
"""The shell draws, runs and lays out with the same engine and leaves out all around a page, which costs a third of the time."""
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
    --disable-site-isolation-trials --process-per-site --renderer-process-limit=1""".split()
"""The last three: one process draws what a window shows. Each change of site else begins one, and another for the next change."""

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
    opened = playwright.chromium.launch(executable_path=SHELL if SHELL.exists() else CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


_FORGET = "window.name = ''; if (origin !== 'null') [sessionStorage, localStorage].forEach(kept => kept.clear())"


@dataclass
class Window:
    """A page in a context of its own, which stays open from one test to the next: a new one costs as much as many pages."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def new(cls, browser: Browser, **options: Any) -> Window:
        context = browser.new_context(locale="en-GB", **options)
        context.set_default_timeout(1000 * PATIENCE)
        made = cls(context.new_page())
        page, wrong = made.page, made.wrong
        page.on("console", made._console)
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url} {r.failure}") if ABORTED not in (r.failure or "") else None)  # fmt: skip
        page.on("request", lambda r: None if r.url.startswith(("http://127.0.0.1:", "data:")) else wrong.append(f"elsewhere: {r.url}"))  # fmt: skip
        return made

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(e in message.text for e in EXPECTED):
            self.wrong.append(f"console: {message.text}")

    def left(self) -> bool:
        """Forget what a site left in it, and ask nothing of a server that may be gone. Says whether it may be used again."""
        page = self.page
        try:
            for other in page.context.pages:
                if other is not page:
                    other.close()
            if page.url.startswith("http"):
                page.evaluate(_FORGET)
            page.unroute_all()
            page.goto("about:blank")
        except Error:  # it was going elsewhere
            return False
        page.mouse.move(-1, -1)  # or it would point at something of the next page
        page.context.clear_cookies()
        return not self.wrong


@pytest.fixture(scope="session")
def _free(browser: Browser) -> Iterator[dict[str, list[Window]]]:
    """The windows that nobody uses at the moment, by what cannot be changed in them."""
    windows: dict[str, list[Window]] = {}
    yield windows
    for window in (w for some in windows.values() for w in some):
        window.page.context.close()


class Watched:
    """Windows opened for one test; whatever goes wrong in one fails it."""

    def __init__(self, browser: Browser, free: dict[str, list[Window]]) -> None:
        self._browser, self._free = browser, free
        self._used: list[tuple[list[Window], Window]] = []

    def open(self, viewport: dict[str, int] | None = None, color_scheme: str = "light", reduced_motion: str = "no-preference", forced_colors: str = "none", **fixed: Any) -> Page:  # fmt: skip
        """A window 1440 px wide unless the test says otherwise."""
        free = self._free.setdefault(repr(sorted(fixed.items())), [])
        window = free.pop() if free else Window.new(self._browser, **fixed)
        self._used.append((free, window))
        page = window.page
        page.set_viewport_size(viewport or {"width": 1440, "height": 900})
        page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion=reduced_motion, forced_colors=forced_colors)  # fmt: skip
        return page

    def close(self) -> list[str]:
        """Each window is there for the next test, or closed. Gives what went wrong in them."""
        for free, window in self._used:
            if window.left():
                free.append(window)
            else:
                window.page.context.close()
        return [what for _, window in self._used for what in window.wrong]


@pytest.fixture
def watched(browser: Browser, _free: dict[str, list[Window]]) -> Iterator[Watched]:
    opened = Watched(browser, _free)
    yield opened
    assert opened.close() == []


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
        page.wait_for_load_state()  # a click does not wait for style sheets
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
"""It looks behind every word, which takes long: so it looks at words that stand otherwise than those it has seen (`alike.js`)."""
AXE_KINDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# One run for all: each draws the whole page up for itself. What we do not ask for (selectors, other sites' sheets, frames) is not made.
_AXE = f"""async asked => {{
  const back = ({Path(__file__).with_name("alike.js").read_text(encoding="utf-8")})();
  axe.configure({{rules: [{{id: "{CONTRAST}", selector: "[data-drawn]"}}]}});
  const how = {{resultTypes: ["violations"], selectors: false, preload: false, iframes: false, runOnly: asked}};
  const found = (await axe.run(document, how)).violations;
  back();
  return found.map(v => ({{id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 4).map(n => [n.html, n.failureSummary])}}));
}}"""

Accessible = Callable[..., None]

_ALL_DRAWN = """async () => {
  for (const e of document.querySelectorAll("main *")) if (getComputedStyle(e).contentVisibility === "auto") e.style.contentVisibility = "visible";
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
}"""
"""Rows far from the window stand at a guessed height until they are scrolled to; measured there, what they hold would overlap.
Scripts are heard of a new width with the next frame."""


@pytest.fixture(scope="session")
def accessible() -> Accessible:
    """`accessible(page)`: axe finds nothing in the page as it is now, for WCAG 2.2 AA and its best practices.

    `accessible(page, also="dark")` then looks at its colours in the other scheme, in which nothing else differs.
    `accessible(page, narrow="dark")` then looks at all of it again on a phone in that scheme: axe is quicker where it has run.
    With both, each width is looked at in both schemes.
    """

    def check(page: Page, also: str | None = None, narrow: str | None = None) -> None:
        page.wait_for_load_state()  # a click does not wait for style sheets
        page.evaluate(_ALL_DRAWN)
        page.evaluate(AXE_SCRIPT)
        _nothing(page, AXE_KINDS)
        if also:
            page.emulate_media(color_scheme=also)
            _nothing(page, [CONTRAST])
        if narrow:
            page.set_viewport_size({"width": 360, "height": 740})
            page.emulate_media(color_scheme=narrow, reduced_motion="reduce")
            page.evaluate(_ALL_DRAWN)
            _nothing(page, AXE_KINDS)
        if narrow and also:
            page.emulate_media(color_scheme="light")
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


@pytest.fixture
def fit_for_all(accessible: Accessible, fits: Fits) -> Callable[[Page], None]:
    """`fit_for_all(page)`: it fits and axe finds nothing, wide and light, narrow and dark; the window is then as it was."""

    def check(page: Page) -> None:
        size = page.viewport_size
        fits(page)
        accessible(page, narrow="dark")
        fits(page)
        assert size
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    return check
