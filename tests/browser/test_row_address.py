"""A form of a row comes back to the row's own address: the keyboard goes on from there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

HERE = "document.activeElement?.closest('[data-item]')?.id ?? ''"


def test_after_a_flag_by_key_the_keyboard_is_still_at_the_row(site, page: Page) -> None:
    page.goto(site.url(f"/stories/{site.store.library.stories().items[0].story.slug}"))
    expect(page.get_by_role("button", name="Keys").first).to_be_visible()
    for key in "jjj":
        page.keyboard.press(key)
    row = page.evaluate(HERE)
    seen = "items => items.filter((item) => item.checkVisibility()).map((item) => item.id)"  # not those folded away
    rows = page.locator("[data-item]").evaluate_all(seen)
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile(f"#{row}$"))
    page.wait_for_load_state()  # the keys listen again
    expect(page.locator(f"#{row}")).to_be_focused()
    page.keyboard.press("j")
    assert page.evaluate(HERE) == rows[rows.index(row) + 1]
