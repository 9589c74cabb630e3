"""Pages as they are in every window: nothing wrong in the console, no page wider than its window, and what is where."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def to_first_story(page, site) -> None:
    """By its address and not by a click: a click does not wait for style sheets, and what is measured here is what they say."""
    page.goto(site.url("/"))
    page.goto(site.url(page.locator(".story-card a").first.get_attribute("href")))


def test_every_page_fits_a_small_window(site, page, fits) -> None:
    """At 360 px, and at 320, which is 1280 at 400 %. The sweep over all pages (test_accessibility.py) looks at them in a wide one."""
    page.goto(site.url("/"))
    story = page.locator(".story-card a").first.get_attribute("href")
    page.goto(site.url(story))
    row = page.locator(".row-label a").first.get_attribute("href")
    article = page.locator(".claim blockquote a").first.get_attribute("href")
    paths = [
        "/",
        story,
        row,
        article,
        f"{story}/print",
        f"{story}?from=x&to=2019-11-26",
        "/search?q=pact",
        "/search?actor=Motegi",
    ]
    paths += ["/actors/south-korea", "/conflicts", "/articles/new", "/method", "/patterns", "/no-such-page"]
    frozen = site.store.snapshots.freeze(story.removeprefix("/stories/"), by="Ida")
    paths += [f"{row}/merge", f"{row}/split", f"{row}/part", f"{story}/snapshots", f"/snapshots/{frozen.id}"]
    paths += [f"{story}/classroom", f"{story}/classroom?hands=1", f"{story}/classroom?reveal=1"]
    for path in paths:
        page.set_viewport_size({"width": 320, "height": 740})
        page.goto(site.url(path))
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 740})
            fits(page)
        expect(page.get_by_role("main")).to_be_visible()


def test_the_story_page_is_light(reading_site, page) -> None:
    """Everything that is sent for the story page, styles and scripts included: requests, and bytes on the wire."""
    page.goto(reading_site.url("/"))
    story = page.locator(".story-card a").first.get_attribute("href")
    context = page.context.browser.new_context()
    fresh = context.new_page()
    session = context.new_cdp_session(fresh)
    session.send("Network.enable")
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    fresh.goto(reading_site.url(story), wait_until="networkidle")
    context.close()
    assert 4 <= len(sent) <= 12
    assert sum(sent) < 90_000


def test_on_a_phone_a_row_is_a_card_with_differences_first(reading_site, phone) -> None:
    to_first_story(phone, reading_site)
    row = phone.locator(".sides .row").filter(has=phone.locator(".cell.is-marked")).first
    tops = row.locator(".cell").evaluate_all(
        "cells => cells.map(c => [c.getBoundingClientRect().top, c.classList.contains('is-marked'), c.classList.contains('is-silent')])"
    )
    kinds = [(not marked, silent) for _, marked, silent in sorted(tops)]
    assert kinds == sorted(kinds)
    expect(row.locator(".cell-outlet").first).to_be_visible()


def test_the_head_and_first_column_stay_in_sight(reading_site, page, until) -> None:
    to_first_story(page, reading_site)
    page.mouse.wheel(0, 3000)
    until(page, "scrollY > 1000")
    assert page.locator(".sides thead th").first.evaluate("e => e.getBoundingClientRect().top") < 5


def test_many_columns_scroll_by_themselves(site, page, fits) -> None:
    page.goto(site.url("/patterns"))
    fits(page)
    room = page.locator(".sides-room.is-many")
    expect(room).to_have_attribute("tabindex", "0")
    room.evaluate("room => { room.style.width = '700px'; room.scrollLeft = 300; }")
    head = room.locator(".row-head").first
    assert abs(head.bounding_box()["x"] - room.bounding_box()["x"]) < 2
    fits(page)


def test_tables_say_their_headers(reading_site, page) -> None:
    to_first_story(page, reading_site)
    table = page.get_by_role("table", name="Side by side")
    expect(table.get_by_role("columnheader").first).to_have_text("What is told")
    expect(table.get_by_role("rowheader").first).to_be_visible()
    assert table.get_by_role("columnheader").count() == 6


@pytest.mark.parametrize("height_of_x", [0.44, 0.5, 0.55], ids=["small letters", "as most", "large letters"])
def test_the_first_row_begins_on_the_first_screen(reading_site, watched, height_of_x) -> None:
    """Pictures and filters leave room: a newcomer sees what is told and the outlets side by side without scrolling.

    Whatever fonts are installed: letters are scaled to be as large as those of a small and of a large font (DejaVu).
    """
    page = watched.open(viewport={"width": 1440, "height": 1000}, bypass_csp=True)
    to_first_story(page, reading_site)
    page.add_style_tag(content=f"* {{ font-size-adjust: {height_of_x} !important; }}")
    row = page.locator(".sides .row").first
    told = [row.locator(".row-label").first, *row.locator(".claim blockquote").all()]
    assert len(told) > 2
    for words in told:
        assert words.bounding_box()["y"] + 24 <= 1000  # its first line
    assert "conflict" in row.locator(".row-head").inner_text()


def test_pictures_have_words_and_a_table(reading_site, page) -> None:
    to_first_story(page, reading_site)
    page.get_by_text("In pictures").click()
    expect(page.get_by_role("img", name=re.compile("Matrix of outlets: .* share"))).to_be_visible()
    page.get_by_text("The numbers, and how to read this", exact=True).click()
    expect(page.get_by_role("rowheader", name=re.compile("AFP and")).first).to_be_visible()
    page.get_by_text("The dates, and how to read this", exact=True).click()
    expect(page.get_by_role("rowheader", name="26 Nov 2019")).to_be_visible()


def test_targets_are_large_enough(reading_site, phone) -> None:
    """Buttons, fields and links that stand alone are 24 px high at least; links in running text are exempt (WCAG 2.5.8)."""
    phone.goto(reading_site.url("/"))
    story = phone.locator(".story-card a").first.get_attribute("href")
    for path in ("/", story, "/search?q=pact", "/conflicts"):
        phone.goto(reading_site.url(path))
        small = phone.evaluate("""() => [...document.querySelectorAll('button, select, input:not([type=hidden]), summary, nav a, .tools a, .facets a')]
            .filter(e => e.offsetParent && !e.classList.contains('skip'))
            .filter(e => { const r = e.getBoundingClientRect(); const box = e.closest('label')?.getBoundingClientRect() || r; return Math.max(r.height, box.height) < 24; })
            .map(e => e.outerHTML.slice(0, 120))""")
        assert small == [], path


def test_the_printed_sheet_shows_no_controls(reading_site, page) -> None:
    page.goto(reading_site.url("/"))
    story = page.locator(".story-card a").first.get_attribute("href")
    page.goto(reading_site.url(f"{story}/print"))
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", level=2, name="Sources")).to_be_visible()
