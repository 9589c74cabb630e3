"""Two reviewers, and the work on a row: by keyboard, without script, on a phone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect


@pytest.fixture
def item(site):
    """The first row of the queue, confirmed and relabelled by Ann."""
    found = site.store.rows.conflicts().items[0]
    site.store.review.decide_flag(found.flag.id, "confirmed", by="ann")
    site.store.review.decide(found.row.id, "relabel", by="ann", value="Was there an apology?")
    return found


def test_undoing_anothers_word_asks_by_keyboard(site, page, item, accessible, fits) -> None:
    page.goto(site.url("/conflicts"))
    undo = page.get_by_role("button", name="Undo ann’s “confirmed”")
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Undo what another person said?")
    accessible(page)
    fits(page)
    page.get_by_role("link", name="Leave it as it is").focus()
    page.keyboard.press("Enter")
    expect(undo).to_be_visible()
    undo.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo what ann said").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Confirm conflict")).to_be_visible()
    told = site.store.audit.page().items[0]
    assert (told.by, told.before["by"]) == ("reader", "ann")


def test_a_second_opinion_is_said_and_shown(site, page, item, accessible) -> None:
    page.goto(site.url("/conflicts"))
    page.get_by_text("Say your own opinion").click()
    page.locator(f"#o-note-{item.flag.id}").fill("Both may stand")
    page.get_by_role("button", name="I would dismiss it").click()
    expect(page.get_by_text("two opinions").first).to_be_visible()
    expect(page.locator(".opinions-of").first).to_contain_text(
        re.compile("reader: dismissed.*kept beside, not in force")
    )
    accessible(page)
    page.get_by_role("button", name="Take your opinion back").click()
    expect(page.get_by_text("two opinions")).to_have_count(0)


@pytest.mark.parametrize("window", ["plain_page", "phone"])
def test_a_row_is_taken_assigned_and_spoken_of(site, item, window, request, fits) -> None:
    page = request.getfixturevalue(window)
    page.goto(site.url("/conflicts"))
    page.get_by_text("Assign or comment").first.click()
    page.get_by_role("button", name="Take it yourself").first.click()
    expect(page.locator(".work-line").first).to_contain_text("Assigned to reader · in work")
    page.get_by_role("link", name="My queue").click()
    expect(page.locator(".queue-item")).to_have_count(1)
    page.get_by_text("Assign or comment").click()
    page.get_by_label("Due").fill(date(2020, 1, 2).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".work-line")).to_contain_text("overdue")
    page.get_by_text("Assign or comment").click()
    page.get_by_label("Comment").fill("First line\nhttps://a.example/answer")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("link", name="https://a.example/answer")).to_be_visible()
    fits(page)


def test_who_changed_what_is_narrowed(site, page, item, accessible, fits) -> None:
    page.goto(site.url("/audit"))
    page.get_by_label("What was changed").select_option("decision")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.locator(".audit > li")).to_have_count(1)
    accessible(page)
    fits(page)
    page.get_by_role("link", name=re.compile("decision 1, row")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was there an apology?")
