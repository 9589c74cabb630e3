"""The classroom in a browser: marks by keyboard, revealed and compared; groups with a code; read-only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def _story(site) -> str:
    return site.store.library.stories().items[0].story.slug


def test_a_teacher_marks_by_keyboard_and_reveals(reading_site, page, fits, accessible) -> None:
    """Where nothing may be written it works all the same."""
    page.goto(reading_site.url(f"/stories/{_story(reading_site)}/classroom?rows=6"))
    assert page.locator("main .verdict").count() == 0
    expect(page.get_by_text("classes with a code cannot be kept here")).to_be_visible()
    accessible(page)
    first = page.get_by_role("radio").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("fieldset.blank").first.get_by_role("radio", name="conflict")).to_be_checked()
    page.get_by_role("button", name="Reveal and compare").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What the class said, and what the tool says")
    expect(
        page.get_by_text(re.compile(r"[01] of 1 marks say what the tool says")).or_(page.locator(".share"))
    ).to_be_visible()
    expect(page.get_by_role("table", name="Row by row")).to_be_visible()
    fits(page)
    accessible(page)
    page.get_by_role("link", name="Back to the sheet, marks kept").click()
    expect(page.locator("fieldset.blank").first.get_by_role("radio", name="conflict")).to_be_checked()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_groups_mark_and_the_teacher_reveals(site, watched, fits, script) -> None:
    teacher = watched.open(java_script_enabled=script)
    teacher.goto(site.url(f"/stories/{_story(site)}/classroom"))
    teacher.get_by_label("Name of the class").fill("8b")
    teacher.get_by_role("button", name="Start a class").click()
    code = teacher.locator(".class-code strong").inner_text()

    group = watched.open(java_script_enabled=script, viewport={"width": 360, "height": 740})
    group.goto(site.url(f"/stories/{_story(site)}/classroom"))
    group.get_by_label("Code of the class").fill(code.upper())
    group.get_by_label("Name of your group").fill("Blue")
    group.get_by_role("button", name="Go to the sheet").click()
    expect(group.get_by_role("heading", level=1)).to_have_text("8b: Blue")
    group.get_by_role("button", name="Keep our marks").click()
    expect(group.get_by_role("alert")).to_contain_text("No row was marked yet")
    group.get_by_role("radio", name="agree").first.check()
    group.get_by_role("button", name="Keep our marks").click()
    expect(group.get_by_text("1 mark kept")).to_be_visible()
    expect(group.get_by_role("radio", name="agree").first).to_be_checked()
    fits(group)

    teacher.goto(site.url(f"/classes/{code}/desk"))
    expect(teacher.get_by_text(re.compile(r"1 of \d+ marked"))).to_be_visible()
    teacher.get_by_role("button", name="Reveal what the tool says").click()
    expect(teacher.get_by_role("alert")).to_contain_text("Nothing was revealed")
    teacher.get_by_label("everybody has finished").check()
    teacher.get_by_role("button", name="Reveal what the tool says").click()
    expect(teacher.get_by_role("table", name="Row by row")).to_be_visible()
    expect(teacher.locator("main")).to_contain_text("This is no score")
    group.goto(site.url(f"/classes/{code}?group=Blue"))
    expect(group.get_by_role("table", name="Row by row")).to_be_visible()


def test_a_wrong_code_says_what_to_do(site, page) -> None:
    page.goto(site.url("/classes/wrongcode"))
    expect(page.locator("main")).to_contain_text("ask your teacher")
