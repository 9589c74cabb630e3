"""What is handed over, in a real browser: a frozen comparison opened from a disk, a row in somebody else's page."""

from __future__ import annotations

import pytest

from app.web.pages.alone import write_alone

WINDOWS = [
    pytest.param({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}, id="1440 light"),
    pytest.param({"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}, id="360 dark"),
]


@pytest.fixture
def kept(example_store, tmp_path):
    """The bundled example frozen, as a file on a disk."""
    story = example_store.stories().items[0].story.slug
    file = tmp_path / "frozen.html"
    frozen = example_store.freeze(story, by="Ida", note="for the essay")
    file.write_text("".join(write_alone(frozen, "https://parallax.example")), "utf-8")
    return file


@pytest.mark.parametrize("window", WINDOWS)
def test_a_frozen_comparison_opens_from_a_disk_and_asks_for_nothing(browser, kept, accessible, fits, window):
    context = browser.new_context(**window, bypass_csp=False)
    asked, wrong = [], []
    context.on("request", lambda r: asked.append(r.url))
    page = context.new_page()
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(kept.as_uri())
    page.wait_for_timeout(300)
    assert [u for u in asked if not u.startswith("data:")] == [kept.as_uri()]
    assert wrong == []
    assert page.locator(".sheet-row").count() > 20
    assert page.locator(".sheet-row").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    fits(page)
    context.close()
    # axe has to run in the page, which the page's own policy forbids: it is measured without it
    context = browser.new_context(**window, bypass_csp=True)
    page = context.new_page()
    page.goto(kept.as_uri())
    accessible(page)
    context.close()
