"""A search saved and looked at, a webhook added and ended: by keyboard, without script, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


def test_a_search_is_saved_and_changed_by_keyboard(site, page, accessible, fits) -> None:
    page.goto(site.url("/search?q=pact"))
    name = page.get_by_label("Save this search as")
    name.focus()
    page.keyboard.type("The pact")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="The pact", exact=True)
    expect(link).to_be_visible()
    fits(page)
    with site.store.write() as session:
        session.connection().exec_driver_sql("UPDATE saved_searches SET looked_at = '2000-01-01T00:00:00.000000+00:00'")
    page.reload()
    expect(page.locator(".fresh")).to_contain_text("new")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The pact")
    accessible(page)
    page.get_by_role("button", name="I have seen these").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("nothing new")).to_be_visible()


@pytest.mark.parametrize("window", ["plain_page", "phone"])
def test_a_search_is_taken_away_and_had_back(site, window, request, fits) -> None:
    page = request.getfixturevalue(window)
    page.goto(site.url("/search?q=pact"))
    page.get_by_label("Save this search as").fill("The pact")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="The pact", exact=True).click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("was taken away")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="The pact", exact=True)).to_be_visible()


@pytest.mark.parametrize("window", ["page", "plain_page", "phone"])
def test_a_webhook_is_added_tested_and_ended(site, window, request, fits) -> None:
    page = request.getfixturevalue(window)
    page.goto(site.url("/"))
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_label("Name").fill("desk")
    page.get_by_label("Address that takes it (POST)").fill("https://chat.example/hook")
    page.get_by_label("new articles").uncheck()
    page.get_by_role("button", name="Add, and show its secret once").click()
    expect(page.locator("#fresh-token")).to_contain_text("whs_")
    fits(page)
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("[id^=delivery-]")).to_have_count(1)
    expect(page.locator("#fresh-token")).to_have_count(0)
    page.get_by_label("for good").check()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("nothing is sent any more")).to_be_visible()
    assert site.store.webhooks.webhooks()[0].events == ("conflict", "flag", "decision")
