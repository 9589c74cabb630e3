"""What people come for, done in a browser: from the front page to a flag and back, search, adding an article."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

REPORT = """Ostby bridge opens again

The harbour town of Ostby reopened its bridge on Monday after two years of repairs.

Mayor Ana Ruiz said on Tuesday that the work had cost 4 million euros. "We waited long enough," she added.

The regional government had said in March that the bridge would stay closed until autumn.
"""


def to_story(page: Page, base: str) -> None:
    page.goto(base)
    page.get_by_role("link", name=re.compile("GSOMIA")).first.click()
    expect(page.get_by_role("heading", level=2, name="Side by side")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_front_page_to_story_to_why_to_flag_to_undo(site, watched, script) -> None:
    page = watched.open(java_script_enabled=script)
    to_story(page, site.url("/"))
    row = page.locator(".sides .row").filter(has=page.get_by_role("button", name="flag")).first
    label = row.locator(".row-label").inner_text()
    name = row.get_attribute("id")
    row.locator("summary", has_text="why").click() if row.locator("summary").count() else None
    row.get_by_role("button", name="flag").click()

    row = page.locator(f"#{name}")
    expect(page).to_have_url(re.compile(f"#{name}$"))
    expect(row).to_contain_text("Flagged as a conflict by reader")
    row.get_by_label("Note").fill("Which of the two?")
    row.get_by_role("button", name="Save note").click()
    row = page.locator(f"#{name}")
    expect(row).to_contain_text("“Which of the two?”")

    row.locator(".row-label a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(label)
    expect(page.get_by_role("heading", name="Why they stand together, and what was compared")).to_be_visible()
    expect(page.get_by_text("flagged it as a conflict").first).to_be_visible()
    page.get_by_role("button", name="Undo flag").click()
    expect(page.get_by_role("button", name="Flag as a conflict")).to_be_visible()
    to_story(page, site.url("/"))
    expect(page.locator(f"#{name}")).not_to_contain_text("Flagged as a conflict")


def test_a_score_is_shown_part_by_part(reading_site, page) -> None:
    page.goto(reading_site.url("/"))
    story = page.locator(".story-card a").first.get_attribute("href")
    page.goto(reading_site.url(f"{story}?status=agree"))
    page.locator(".row-label a").first.click()
    expect(page.get_by_text("Both tell of the same thing").first).to_be_visible()
    steps = page.locator(".waterfall").first.locator("tbody tr")
    assert steps.count() > 3
    expect(steps.last).to_contain_text("%")
    expect(page.locator(".guards").first).to_contain_text("Yes or no")


def test_a_claim_opens_the_article_at_its_sentence(reading_site, page) -> None:
    to_story(page, reading_site.url("/"))
    link = page.locator(".claim blockquote a").first
    words = link.inner_text()
    link.click()
    expect(page).to_have_url(re.compile("#"))
    anchor = page.url.split("#")[1]
    here = page.locator(f"#{anchor} + .underlined")
    expect(here).to_be_in_viewport()
    assert here.inner_text()[:20].strip().rstrip(".") in words


def test_search_by_actor_and_by_date(reading_site, page) -> None:
    page.goto(reading_site.url("/"))
    page.get_by_label("Person, state or organisation").fill("Motegi")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Toshimitsu Motegi").first).to_be_visible()
    hits = page.locator(".said-list > li")
    expect(hits.filter(has_text="never apologized").first).to_be_visible()

    page.goto(reading_site.url("/search"))
    page.get_by_label("From").fill("2019-11-26")
    page.get_by_label("To").fill("2019-11-26")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("from=2019-11-26"))
    expect(hits.filter(has_text="November 26th").first).to_be_visible()
    expect(hits.filter(has_text="KBS").first).to_be_visible()
    page.get_by_label("Dates mean").select_option("published")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing was found")).to_be_visible()


def test_words_found_are_marked_and_facets_narrow(reading_site, page) -> None:
    page.goto(reading_site.url("/search?q=apologised"))
    expect(page.locator(".said-list mark").first).to_have_text(re.compile("apologi[sz]ed", re.IGNORECASE))
    total = page.locator(".said-list > li").count()
    page.get_by_role("navigation").or_(page.locator(".facets")).get_by_role(
        "link", name=re.compile("KBS")
    ).first.click()
    expect(page).to_have_url(re.compile("outlet=kbs"))
    page.wait_for_load_state()
    assert 0 < page.locator(".said-list > li").count() <= total


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_pasted_article_is_previewed_corrected_and_kept(site, watched, fits, script) -> None:
    page = watched.open(java_script_enabled=script)
    page.goto(site.url("/"))
    page.get_by_role("link", name="Add article").click()
    page.get_by_label("Paste its text").fill(REPORT)
    page.get_by_label("Outlet", exact=True).fill("Harbour Gazette")
    page.get_by_label("Published").fill("2024-05-15")
    page.get_by_role("button", name="Read it and show me").click()

    expect(page.get_by_role("heading", level=1, name="Check before it is kept")).to_be_visible()
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
        assert page.get_by_label("Headline").bounding_box()["width"] > 150
    expect(page.get_by_label("Outlet", exact=True)).to_have_value("Harbour Gazette")
    expect(page.get_by_label("Published")).to_have_value("2024-05-15")
    expect(page.get_by_text(re.compile(r"\d+ claims found"))).to_be_visible()
    expect(page.locator(".draft")).to_contain_text("Ana Ruiz")
    expect(page.locator("main")).to_contain_text("nothing has been kept yet")
    page.goto(site.url("/search?q=Ostby"))
    expect(page.get_by_text("Nothing was found")).to_be_visible()
    page.go_back()
    page.get_by_label("Headline").fill("The bridge is open")
    page.get_by_role("button", name="Keep it", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The bridge is open")
    expect(page.locator("main")).to_contain_text("Harbour Gazette")
    expect(page.locator("main")).to_contain_text("4 million euros")
    page.goto(site.url("/search?q=Ostby"))
    expect(page.locator(".said-list mark").first).to_have_text("Ostby")


def test_an_empty_database_leads_to_the_first_article(empty_site, page) -> None:
    page.goto(empty_site.url("/"))
    expect(page.get_by_text("Nothing has been read yet")).to_be_visible()
    page.get_by_role("link", name="Add the first article").click()
    page.get_by_role("button", name="Read it and show me").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing to read yet")


def test_the_filters_are_the_address(reading_site, page) -> None:
    to_story(page, reading_site.url("/"))
    page.get_by_label("Order", exact=True).select_option("reading")
    page.get_by_label("only differences").check()
    if "only=1" not in page.url:  # chosen with the pointer it is sent by itself
        page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"\?(?=.*only=1)(?=.*sort=reading)"))
    expect(page.locator(".sides .row.is-agree")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("only differences")).to_be_checked()
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_label("only differences")).not_to_be_checked()


def keys_ready(page) -> None:
    """The keys listen once their hint is shown: the script is loaded after the page."""
    expect(page.locator("[data-keys-help]").first).to_be_visible()


def test_a_reviewer_goes_through_the_queue_by_keyboard(site, page) -> None:
    to_story(page, site.url("/"))
    page.get_by_role("button", name="flag").first.click()
    page.goto(site.url("/conflicts?state=open"))
    before = page.locator("[data-item]").count()
    assert before >= 1
    keys_ready(page)
    page.keyboard.press("j")
    current = page.locator("[data-item]:focus")
    expect(current).to_have_count(1)
    page.keyboard.press("n")
    page.keyboard.type("checked by hand")
    page.keyboard.press("Escape")
    page.locator("[data-item]").first.focus()
    page.keyboard.press("d")
    expect(page.locator("[data-item]")).to_have_count(before - 1)
    page.goto(site.url("/conflicts?state=dismissed"))
    expect(page.locator("[data-item]").first).to_contain_text("dismissed by reader")
    keys_ready(page)
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.locator("[data-item]")).to_have_count(0)


def test_keys_can_be_switched_off(site, page) -> None:
    to_story(page, site.url("/"))
    page.get_by_role("button", name="Keys").first.click()
    switch = page.get_by_role("dialog").get_by_label("Single keys are on")
    switch.uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator("[data-item]:focus")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Keys").first.click()
    expect(switch).not_to_be_checked()


def test_by_keyboard_alone_to_a_flag(site, page) -> None:
    """Tab and Enter only: skip link, then the story, then the first flag button."""
    page.goto(site.url("/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    def tab_to(fits: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            shown = page.evaluate("(e => e ? e.innerText || e.value || '' : '')(document.activeElement)")
            if re.search(fits, shown):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", "focus is not to be seen"
                return
        raise AssertionError(f"{fits} was not reached")

    tab_to("^GSOMIA")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Side by side")).to_be_visible()
    page.wait_for_load_state()
    tab_to("^flag")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Flagged as a conflict by reader").first).to_be_visible()
