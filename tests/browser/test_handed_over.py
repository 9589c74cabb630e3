"""What is handed over, in a real browser: a frozen comparison opened from a disk, a row in somebody else's page."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from app.web.pages.alone import write_alone

PAGE = """<!doctype html><html lang="en"><title>A paper</title><h1>A paper</h1>
<iframe id="may" title="A row" src="{base}/alignments/{row}/embed" width="640" height="420"></iframe>
<iframe id="may-not" title="The page" src="{base}/alignments/{row}" width="640" height="420"></iframe></html>"""


@pytest.fixture
def kept(example_store, tmp_path):
    """The bundled example frozen, as a file on a disk."""
    story = example_store.library.stories().items[0].story.slug
    file = tmp_path / "frozen.html"
    frozen = example_store.snapshots.freeze(story, by="Ida", note="for the essay")
    file.write_text(write_alone(frozen, "https://parallax.example"), "utf-8")
    return file


def test_a_frozen_comparison_opens_from_a_disk_and_asks_for_nothing(browser, kept, fit_for_all):
    context = browser.new_context()
    asked, wrong = [], []
    context.on("request", lambda r: asked.append(r.url))
    page = context.new_page()
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(kept.as_uri())
    page.wait_for_load_state("networkidle")
    assert [u for u in asked if not u.startswith("data:")] == [kept.as_uri()]
    assert wrong == []
    assert page.locator(".sheet-row").count() > 20
    assert page.locator(".sheet-row").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    context.close()
    # axe has to run in the page, which the page's own policy forbids: it is measured without it
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(kept.as_uri())
    fit_for_all(page)
    context.close()


@pytest.fixture
def embedding(example_store, serve):
    yield from serve(example_store, embed_sites="*")


def test_a_row_to_embed_reads_well_alone(embedding, page, fit_for_all):
    story = embedding.store.library.stories().items[0].story.slug
    for status in ("conflict", "agree", "single-source"):
        row = next(r.id for r in embedding.store.rows.every(story) if r.status == status)
        page.goto(embedding.url(f"/alignments/{row}/embed"))
        fit_for_all(page)
    page.goto(embedding.url(f"/alignments/{row}"))
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    fit_for_all(page)


@pytest.fixture
def paper(tmp_path):
    """Another site, which is to say another port: `paper(html)` puts up its page and gives the address."""
    serving = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        Thread(target=server.serve_forever, daemon=True).start()

        def put(html: str) -> str:
            (tmp_path / "index.html").write_text(html, "utf-8")
            return f"http://127.0.0.1:{server.server_port}/"

        yield put
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def test_another_site_shows_the_row_and_no_other_page(embedding, browser, paper):
    row = next(r.id for r in embedding.store.rows.every(embedding.store.library.stories().items[0].story.slug))
    context = browser.new_context()
    page = context.new_page()
    page.goto(paper(PAGE.format(base=embedding.base, row=row)))
    page.frame_locator("#may").get_by_role("heading", level=1).wait_for()
    assert page.frame_locator("#may-not").locator("main").count() == 0
    context.close()
