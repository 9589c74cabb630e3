"""Adding in a browser: from a bookmark, by dropping files, many at once with progress, with and without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

REPORT = """{headline}

The harbour town of Ostby reopened its bridge on Monday after two years of repairs.

Mayor Ana Ruiz said on Tuesday that the work had cost {cost} million euros.
"""


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    paths = []
    for number, headline in enumerate(("Ostby bridge opens again", "Bridge of Ostby cost more than planned")):
        path = tmp_path / f"report-{number}.txt"
        path.write_text(REPORT.format(headline=headline, cost=4 + number), "utf-8")
        paths.append(path)
    bad = tmp_path / "picture.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00" * 40)
    return [*paths, bad]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_many_files_at_once_with_progress(empty_site, watched, reports, fits, accessible, script) -> None:
    page = watched.open(java_script_enabled=script, viewport={"width": 360, "height": 740})
    page.goto(empty_site.url("/articles/new"))
    page.locator("#m-files").set_input_files(reports)
    page.get_by_label("Outlet, if it is the same for all").fill("Harbour Gazette")
    page.get_by_role("button", name="Read and keep them").click()
    page.wait_for_url(re.compile("/imports/"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Articles added")
    expect(page.locator("main")).to_contain_text("2 articles are new")
    expect(page.locator(".failures")).to_contain_text("picture.png")
    fits(page)
    if script:
        expect(heading).to_be_focused()
        accessible(page)
    page.get_by_role("link", name="Ostby bridge opens again").first.click()
    expect(heading).to_have_text("Ostby bridge opens again")


def test_the_bookmark_opens_the_form_filled_in(empty_site, page) -> None:
    page.goto(empty_site.url("/articles/new"))
    mark = page.get_by_role("link", name="Add to Parallax")
    expect(mark).to_be_visible()
    code = mark.get_attribute("href")
    assert code == page.locator("#f-bookmark").input_value()
    mark.click()
    expect(page.get_by_text("It works from the bookmarks bar")).to_be_visible()
    page.goto(empty_site.url("/method"))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    with page.context.expect_page() as opened:
        page.evaluate(code.removeprefix("javascript:"))
    form = opened.value
    expect(form.get_by_label("or give its address")).to_have_value(empty_site.url("/method"))
    expect(form.locator("#f-headline")).to_have_value(re.compile("How matching works"))
    expect(form.locator("#f-text")).to_have_value("How matching works")
    assert empty_site.store.library.articles().total == 0


def test_a_file_is_dropped_on_the_form(empty_site, page) -> None:
    page.goto(empty_site.url("/articles/new"))
    expect(page.get_by_text("or drop it anywhere on this form")).to_be_visible()
    drop = """([form, names]) => {
        const data = new DataTransfer();
        for (const name of names) data.items.add(new File(["The bridge opened on Monday, the mayor said."], name));
        document.querySelector(form).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, ["form[data-drop='']", ["a.txt", "b.txt"]])
    expect(page.get_by_text("Several files: drop them on")).to_be_visible()
    page.evaluate(drop, ["form[data-drop='']", ["a.txt"]])
    expect(page.get_by_text("Chosen: a.txt")).to_be_visible()
    assert page.locator("#f-file").evaluate("e => e.files[0].name") == "a.txt"
    page.evaluate(drop, ["form[data-drop='many']", ["a.txt", "b.txt"]])
    assert page.locator("#m-files").evaluate("e => e.files.length") == 2


def test_what_cannot_be_begun_says_why(empty_site, page, accessible) -> None:
    page.goto(empty_site.url("/articles/new"))
    page.get_by_label(re.compile("Addresses of articles or feeds")).fill("/etc/passwd")
    page.get_by_role("button", name="Read and keep them").click()
    expect(page.get_by_role("alert")).to_contain_text("no address of a page")
    expect(page.get_by_label(re.compile("Addresses of articles or feeds"))).to_have_value("/etc/passwd")
    accessible(page)
