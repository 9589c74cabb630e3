"""Reviewing in a browser: the queue by keyboard alone, rows split and merged, a comparison frozen and cited."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


def current(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-item]')?.id || ''")


def ready(page: Page) -> None:
    """Keys listen once the button that lists them is there."""
    expect(page.locator("[data-keys-open]").first).to_be_visible()


def test_the_queue_by_keyboard_alone(site, page, accessible) -> None:
    slug = site.store.library.stories().items[0].story.slug
    agreed = next(r.id for r in site.store.rows.every(slug) if r.status == "agree")
    site.store.review.flag(agreed, by="Ida", note="look again")
    page.goto(site.url("/conflicts"))
    ready(page)
    items = page.locator("[data-item]").evaluate_all("all => all.map(e => e.id)")
    assert len(items) >= 2
    page.keyboard.press("j")
    assert current(page) == items[0]
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert current(page) == items[0]

    page.keyboard.press("n")
    page.keyboard.type("compared with page 2")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.locator(f"#{items[0]}").focus()
    page.keyboard.press("c")
    page.wait_for_url(re.compile(rf"done=\d+#{items[1]}$"))
    ready(page)
    expect(page.locator("[data-said]")).to_have_text(re.compile("^Confirmed: “"))
    expect(page.locator(f"#{items[1]}")).to_be_focused()
    accessible(page)

    page.keyboard.press("u")  # nothing to undo in this item: the last decision is taken back
    page.wait_for_url(re.compile(rf"/conflicts#{items[0]}$"))
    ready(page)
    expect(page.locator(f"#{items[0]}")).to_be_focused()
    expect(page.locator(f"#{items[0]}")).to_contain_text("open")

    page.keyboard.press("d")
    page.wait_for_url(re.compile(rf"done=\d+#{items[1]}$"))
    expect(page.locator("[data-said]")).to_have_text(re.compile("^Dismissed: “"))
    flags = [f for c in site.store.rows.conflicts().items for f in [c.flag] if f and f.state == "dismissed"]
    assert len(flags) == 1


def test_question_mark_lists_the_keys(site, page) -> None:
    page.goto(site.url("/conflicts"))
    ready(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_enter_in_a_note_decides_nothing(site, page) -> None:
    page.goto(site.url("/conflicts"))
    item = page.locator("[data-item]").first
    item.get_by_label("Note (optional)").first.fill("ask the editor")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text(re.compile("^Kept with the row"))
    assert all(c.flag.state == "open" for c in site.store.rows.conflicts().items if c.flag)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_row_is_split_then_the_split_undone(site, watched, fits, script) -> None:
    page = watched.open(java_script_enabled=script, viewport={"width": 390, "height": 800})
    row = next(r for r in site.store.rows.every(_story(site)) if sum(len(c.claims) for c in r.cells) > 2)
    page.goto(site.url(f"/alignments/{row.id}"))
    page.get_by_text("Correct this row").click()
    page.get_by_role("link", name="Split: some do not belong here").click()
    page.wait_for_url("**/split")
    boxes = page.get_by_role("checkbox")
    number = boxes.count()
    for i in range(number):
        boxes.nth(i).check()
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_role("alert")).to_contain_text("Something must stay")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    for i in range(1, number):
        page.get_by_role("checkbox").nth(i).uncheck()
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    expect(page.get_by_text("1 claim leaves, into a row of its own")).to_be_visible()
    fits(page)
    page.get_by_label("Note (optional)").fill("another matter")
    page.get_by_role("button", name="Split the row").click()
    entry = page.locator("#history ~ ol .flagged").last
    expect(entry).to_contain_text("reader split the row")
    expect(entry).to_contain_text("another matter")
    entry.get_by_role("button", name="Undo").click()
    expect(page.locator("#history ~ ol .flagged").last).to_contain_text("undone")


def test_a_row_is_merged_into_one_found_by_its_words(site, page, accessible) -> None:
    first, second = [r for r in site.store.rows.every(_story(site)) if r.status.value == "agree"][:2]
    page.goto(site.url(f"/alignments/{first.id}/merge"))
    page.get_by_label("Words in the other row").fill(second.label)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name=second.label).first.check()
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.locator("main")).to_contain_text("into this row, and they are compared anew there")
    accessible(page)
    page.get_by_role("button", name="Merge them").click()
    page.goto(site.url(f"/alignments/{first.id}"))
    expect(page.locator("main")).to_contain_text(f"Row {first.id} was merged into this one")


def test_a_comparison_is_frozen_cited_and_says_what_changed(site, page, fits, accessible) -> None:
    page.goto(site.url(f"/stories/{_story(site)}"))
    page.get_by_text("Cite, export, teach").click()
    accessible(page)
    page.get_by_label("Note (optional)").first.fill("for the essay")
    page.get_by_role("button", name="Freeze this comparison").click()
    page.wait_for_url(re.compile("/snapshots/[0-9a-f]{12}$"))
    expect(page.locator("#cite-line")).to_contain_text(page.url)
    expect(page.get_by_text("Nothing has changed since")).to_be_visible()
    fits(page)
    accessible(page)
    frozen = page.url
    row = next(r for r in site.store.rows.every(_story(site)) if r.status.value == "conflict")
    site.store.review.decide(row.id, "relabel", by="Ida", value="diverge")
    page.goto(frozen)
    expect(page.get_by_text("1 row has another verdict")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Export as Everything").click()
    assert saved.value.suggested_filename.endswith(".zip")


def _story(site) -> str:
    return site.store.library.stories().items[0].story.slug
