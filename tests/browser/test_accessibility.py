"""axe (WCAG 2.2 AA and its best practices) finds nothing on any page, in any state, wide and narrow, light and dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.core.records import Status

PAGES = {
    "front": "/",
    "story": "/stories/{story}",
    "story, only differences": "/stories/{story}?only=1",
    "story, one verdict": "/stories/{story}?status=conflict",
    "story, nothing left": "/stories/{story}?actor=nobody-at-all",
    "story, a date that is none": "/stories/{story}?from=x&to=2019-11-26",
    "print": "/stories/{story}/print",
    "row in conflict": "/alignments/{conflict}",
    "row that agrees": "/alignments/{agree}",
    "row of one source": "/alignments/{single}",
    "article": "/articles/{article}",
    "actor": "/actors/south-korea",
    "names of an actor": "/actors/south-korea/names",
    "search": "/search?q=pact",
    "search, by actor": "/search?actor=Motegi",
    "search, nothing found": "/search?q=zebra",
    "search, not asked": "/search",
    "search, a date that is none": "/search?from=26/11",
    "conflicts": "/conflicts",
    "merge a row": "/alignments/{conflict}/merge",
    "split a row": "/alignments/{conflict}/split",
    "part a row": "/alignments/{conflict}/part",
    "frozen comparisons": "/stories/{story}/snapshots",
    "classroom": "/stories/{story}/classroom",
    "classroom, hands": "/stories/{story}/classroom?hands=1&rows=6",
    "classroom, revealed": "/stories/{story}/classroom?reveal=1",
    "add": "/articles/new",
    "add, from a bookmark": "/articles/new?url=https://a.example&title=T&text=Words",
    "method": "/method",
    "patterns": "/patterns",
    "no such page": "/no-such-page",
}
"""Every page over the bundled example, by the state it is in."""


def address(site, name: str) -> str:
    store = site.store
    story = store.stories().items[0].story.slug
    rows = tuple(store.rows(story))
    holes = {s.value.split("-")[0]: next(r.id for r in rows if r.status == s) for s in Status}
    return site.url(PAGES[name].format(story=story, article=store.articles().items[0].id, **holes))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "window",
    [
        pytest.param({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}, id="1440 light"),
        pytest.param({"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}, id="360 dark"),
    ],
)
def test_axe_finds_nothing(axe_site, watched, accessible, name, window) -> None:
    page = watched.open(**window)
    page.goto(address(axe_site, name))
    expect(page.get_by_role("main")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    accessible(page)


@pytest.mark.parametrize("path", ["/", "/search", "/conflicts", "/articles/new"])
def test_axe_finds_nothing_where_nothing_is_kept(empty_site, page, accessible, path) -> None:
    page.goto(empty_site.url(path))
    accessible(page)


@pytest.mark.parametrize("name", ["story", "row in conflict", "article", "conflicts", "search"])
def test_forced_colours_keep_every_verdict_in_words(axe_site, watched, name) -> None:
    page = watched.open(forced_colors="active", reduced_motion="reduce")
    page.goto(address(axe_site, name))
    if name != "search":
        expect(page.locator(".verdict").first).to_have_text(re.compile("conflict|diverge|updated|agree|single"))
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e);
        return parseFloat(s.transitionDuration) > 0.01 || (s.animationName !== 'none' && parseFloat(s.animationDuration) > 0.01);
    }).map(e => e.className)""")
    assert moving == []
