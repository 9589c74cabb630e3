"""The story page as people use it: side by side in every width, choosing rows and outlets in place, keys, long stories, print."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.core.records import Status
from app.store import open_store

sys.path.append(str(Path(__file__).parents[1] / "store"))
import made_many

HEAD_BOTTOM = "document.querySelector('.sides thead').getBoundingClientRect().bottom"


@pytest.fixture(scope="session")
def story(reading_site) -> str:
    """The address of the bundled example's story, read-only."""
    return reading_site.url(f"/stories/{reading_site.store.library.stories().items[0].story.slug}")


@pytest.fixture(scope="session")
def long_story(tmp_path_factory: pytest.TempPathFactory, blank, serve) -> Iterator[str]:
    """A story of 24 articles by 12 outlets and 360 rows."""
    path = shutil.copy(blank, tmp_path_factory.mktemp("long") / "long.sqlite3")
    with open_store(path) as store:
        readings = made_many.story(1, 24, 20)
        made_many.keep(store, "long", readings, made_many.rows(readings, 1))
        for site in serve(store):
            yield site.url("/stories/long")


def shown(page: Page) -> Locator:
    return page.locator(".sides [data-item]")


def announced(page: Page) -> Locator:
    return page.locator("[data-announce]")


def keys_ready(page: Page) -> None:
    expect(page.get_by_role("button", name="Keys").first).to_be_visible()


# --- side by side ----------------------------------------------------------------------------------------------------


def test_the_apology_conflict_stands_on_the_first_screen(story, page) -> None:
    page.goto(story)
    top = shown(page).first
    expect(top).to_contain_text(re.compile(r"Motegi.* had .*never apologi", re.DOTALL))
    expect(top.locator(".verdict")).to_contain_text("conflict")
    assert top.locator("mark").first.bounding_box()["y"] < 900
    assert page.get_by_role("columnheader").all_inner_texts()[0] == "What is told"
    assert page.get_by_role("columnheader").count() == 6  # five outlets stand side by side


def test_first_render_needs_no_script(story, plain_page) -> None:
    plain_page.goto(story)
    assert shown(plain_page).count() == 40
    expect(plain_page.get_by_role("heading", level=3, name=re.compile("In conflict"))).to_be_visible()
    plain_page.get_by_role("link", name="More rows").click()
    expect(plain_page).not_to_have_url(story)
    plain_page.wait_for_load_state()
    assert 0 < shown(plain_page).count() < 40
    plain_page.get_by_label("Strictness").select_option("0.8")
    plain_page.get_by_role("button", name="Apply").click()
    expect(plain_page).to_have_url(re.compile("strictness=0.8"))
    expect(plain_page.locator("#strictness-said")).to_contain_text("fewer put together than usual")


@pytest.fixture
def doubtful(site, doubt) -> tuple[str, int]:
    """The address of a story that holds a row of which the tool is not sure, and that row."""
    row = doubt(site.store)
    return site.url(f"/stories/{site.store.library.stories().items[0].story.slug}"), row


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_may_differ_is_folded_away_with_its_count_until_it_is_opened(doubtful, site, watched, script) -> None:
    rows = [r.status for r in site.store.rows.every(site.store.library.stories().items[0].story.slug)]
    (address, row), page = doubtful, watched.open(java_script_enabled=script)
    page.goto(address)
    fold = page.locator(".group-fold summary")
    expect(fold).to_contain_text("Not sure: read it yourself")
    expect(fold).to_contain_text(f"{rows.count(Status.UNSURE)} rows")
    expect(page.locator(f"#row-{row}")).to_be_hidden()
    fold.click()
    expect(page.locator(f"#row-{row}")).to_be_visible()
    expect(page.locator(f"#row-{row} .verdict")).to_have_text("unsure")


@pytest.mark.parametrize("width", [1440, 360])
def test_a_row_that_an_address_names_is_never_folded_away(doubtful, watched, fits, width) -> None:
    (address, row), page = doubtful, watched.open(viewport={"width": width, "height": 740})
    page.goto(f"{address}#row-{row}")
    expect(page.locator(f"#row-{row}")).to_be_visible()
    fits(page)


def test_keys_go_past_what_is_folded_away(doubtful, page) -> None:
    (address, _), found = doubtful, []
    page.goto(address)
    keys_ready(page)
    for _ in range(30):
        page.keyboard.press("j")
        found.append(page.evaluate("document.activeElement.closest('[data-item]').dataset.status"))
    assert "agree" in found
    assert "unsure" not in found
    page.locator(".group-fold summary").click()
    first = page.locator("[data-item][data-status=unsure]").first
    first.evaluate("row => { row.tabIndex = -1; row.focus(); }")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('[data-item]').dataset.status") == "updated"


def test_on_paper_nothing_is_folded_away(doubtful, page) -> None:
    address, row = doubtful
    page.goto(address)
    page.emulate_media(media="print")
    expect(page.locator(f"#row-{row}")).to_be_visible()


def test_what_sticks_sticks_while_the_table_scrolls_both_ways(long_story, page, fits, until) -> None:
    page.emulate_media(reduced_motion="reduce")  # else the page itself still glides while the places are measured
    page.goto(f"{long_story}?layout=columns")
    room = page.locator(".sides-room.is-many")
    room.evaluate("room => { room.scrollIntoView(); room.scrollTo(900, 2000); }")
    until(page, "document.querySelector('.sides-room').scrollTop > 1500")
    at = room.evaluate("""room => {
      const place = e => (({x, y}) => ({x, y}))(e.getBoundingClientRect());
      const seen = e => (b => b.bottom > 0 && b.top < innerHeight)(e.getBoundingClientRect());
      return {
        room: place(room),
        head: place(room.querySelector("thead")),
        first: place(room.querySelector("thead .first")),
        rows: [...room.querySelectorAll(".row-head")].filter(seen).map(e => place(e).x),
      };
    }""")
    assert abs(at["head"]["y"] - at["room"]["y"]) < 2
    assert abs(at["first"]["x"] - at["room"]["x"]) < 2
    assert at["rows"]
    assert all(abs(x - at["room"]["x"]) < 2 for x in at["rows"])
    fits(page)


def test_columns_stand_under_their_outlets(story, page) -> None:
    page.goto(story)
    xs = page.locator(".sides thead th").evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().x))")
    for at in (0, 5, 20):
        row = page.locator(".sides .row:visible").nth(at).locator("> *")
        assert row.evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().x))") == xs


def test_two_outlets_are_read_in_two_columns(story, page, fits) -> None:
    page.goto(f"{story}?outlets=kbs,nikkei")
    row = page.locator(".row").filter(has=page.locator(".cell:not(.is-silent) + .cell:not(.is-silent)")).first
    left, right = (cell.bounding_box() for cell in row.locator(".cell").all())
    assert left["width"] > 450
    assert left["y"] == right["y"]
    assert right["x"] > left["x"] + left["width"]
    assert row.locator(".row-head").bounding_box()["width"] > left["width"] + right["width"]
    fits(page)


def test_outlets_are_ticked_to_stand_side_by_side(story, page) -> None:
    page.goto(story)
    page.locator("#outlets-summary").click()
    page.get_by_label("KBS", exact=True).check()
    page.get_by_label("NPR", exact=True).check()
    expect(page).not_to_have_url(re.compile("outlets"))  # both are ticked before anything is sent
    page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile("outlets=.*outlets="))
    expect(page.locator(".column-head")).to_have_count(2)
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".column-head")).to_have_count(5)


def test_a_row_tells_its_outlets_and_origins(story, page) -> None:
    page.goto(story)
    row = shown(page).filter(has_text="outlets").first
    expect(row.locator(".row-head")).to_contain_text(re.compile(r"\d outlets · \d independent origins?"))


# --- six outlets and more --------------------------------------------------------------------------------------------

FIRST_WORDS = "Math.min(...[...document.querySelectorAll('.sides blockquote')].map(e => e.getBoundingClientRect()).filter(b => b.height).map(b => b.top))"


@pytest.mark.parametrize("look", ["", "?layout=columns", "?layout=reports"])
@pytest.mark.parametrize("which", ["story", "long_story"])
def test_the_first_words_of_an_outlet_stand_high(request, watched, which, look) -> None:
    page = watched.open(viewport={"width": 1280, "height": 800})
    page.goto(request.getfixturevalue(which) + look)
    assert page.evaluate(FIRST_WORDS) < 450


@pytest.mark.parametrize("width", [1440, 1280, 800])
def test_reports_stand_side_by_side_and_silences_in_one_line(long_story, watched, fits, width) -> None:
    page = watched.open(viewport={"width": width, "height": 800})
    page.goto(long_story)
    row = shown(page).first
    cells = row.locator(".cell").all()
    boxes = [cell.bounding_box() for cell in cells]
    assert len(cells) == 4
    assert boxes[0]["y"] == boxes[1]["y"]
    assert all(box["width"] > 200 for box in boxes)
    expect(row.locator(".row-silent")).to_have_text(re.compile(r"no match found: Outlet \d+(, Outlet \d+){7}$"))
    assert row.locator(".row-silent").bounding_box()["y"] > max(box["y"] for box in boxes)
    fits(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_layout_is_chosen_and_remembered(long_story, watched, script) -> None:
    page = watched.open(java_script_enabled=script)
    page.goto(long_story)
    expect(page.locator(".sides.is-reports")).to_be_visible()
    page.locator("#layout-columns").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("layout=columns"))
    expect(page.locator(".column-head")).to_have_count(12)
    page.goto(long_story)
    expect(page.locator(".column-head")).to_have_count(12)
    page.goto(f"{long_story}?layout=reports")
    expect(page.locator(".sides.is-reports")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_columns_are_pinned_moved_and_hidden_by_keyboard(long_story, watched, script) -> None:
    page = watched.open(java_script_enabled=script)
    page.goto(f"{long_story}?layout=columns")
    heads = page.locator(".column-head")

    def do(outlet: str, what: str) -> None:
        menu = page.locator(f'.column-menu summary[aria-label^="{outlet}:"]')
        menu.focus()
        page.keyboard.press("Enter")
        page.locator(".column-menu[open]").get_by_role("link", name=what).focus()
        page.keyboard.press("Enter")

    do("Outlet 5", "Pin")
    expect(heads.first).to_contain_text("Outlet 5")
    expect(heads.first).to_contain_text("pinned")
    do("Outlet 2", "Move left")
    expect(heads.nth(2)).to_contain_text("Outlet 2")
    do("Outlet 0", "Hide")
    expect(heads).to_have_count(11)
    expect(page.locator(".layouts")).to_contain_text("hidden: Outlet 0")
    page.locator("#show-hidden").click()
    expect(heads).to_have_count(12)
    expect(heads.first).to_contain_text("Outlet 5")


def test_a_pinned_column_stays_in_view_and_what_is_out_of_it_is_said(long_story, page) -> None:
    page.goto(f"{long_story}?layout=columns&pin=outlet-5")
    said = page.locator("[data-across-said]")
    expect(said).to_have_text(re.compile(r"\d of 12 columns in view"))
    pinned = page.locator(".column-head").first
    at = pinned.bounding_box()["x"]
    expect(page.get_by_role("button", name="Columns before these")).to_be_disabled()
    for _ in range(3):
        page.get_by_role("button", name="Columns after these").click()
    expect(page.get_by_role("button", name="Columns before these")).to_be_enabled()
    assert abs(pinned.bounding_box()["x"] - at) < 2
    assert page.locator(".column-head").nth(1).bounding_box()["x"] < at


def test_the_head_of_the_page_takes_two_lines_on_a_phone(story, phone) -> None:
    phone.goto(story)
    assert phone.locator(".masthead").bounding_box()["height"] <= 100
    tops = phone.locator(".masthead nav a").evaluate_all(
        "all => [...new Set(all.map(e => e.getBoundingClientRect().top))]"
    )
    assert len(tops) == 1


# --- choosing in place -----------------------------------------------------------------------------------------------


def test_a_stricter_reader_sees_rows_vanish_and_a_looser_one_more(story, page) -> None:
    page.goto(story)
    page.get_by_label("Strictness").click()
    page.get_by_label("Strictness").select_option("0.8")
    if "strictness" not in page.url:
        page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("strictness=0.8"))
    said = page.locator("#strictness-said")
    expect(said).to_contain_text(
        re.compile(r"at least about \d+ in 10 are right: \d+ rows? fewer put together than usual")
    )
    page.goto(f"{story}?strictness=0.2")
    expect(said).to_contain_text(re.compile("more put together than usual|the same rows as usual"))


def test_a_verdict_is_chosen_in_place_and_said_aloud(story, page) -> None:
    page.goto(story)
    page.evaluate("window.here = true")
    page.locator("#show-conflict").click()
    expect(page).to_have_url(re.compile("status=conflict"))
    expect(announced(page)).to_have_text(re.compile(r"\d+ rows?"))
    expect(announced(page)).to_have_text(re.compile(rf"{shown(page).count()} rows?"))
    assert page.evaluate("window.here") is True  # the page stayed
    assert page.evaluate("document.activeElement.id") == "show-conflict"
    page.go_back()
    expect(page).not_to_have_url(re.compile("status"))
    expect(page.locator("#show-all")).to_have_attribute("aria-current", "true")
    expect(shown(page)).to_have_count(40)


def test_nothing_left_says_so_and_leads_back(story, page) -> None:
    page.goto(f"{story}?actor=nobody-at-all")
    expect(page.get_by_text("No row fits what you chose.")).to_be_visible()
    page.get_by_role("link", name="Show all rows").click()
    expect(shown(page)).to_have_count(40)


# --- long stories ----------------------------------------------------------------------------------------------------


def test_more_rows_are_added_below_and_found_in_the_page(long_story, page) -> None:
    page.goto(long_story)
    expect(shown(page)).to_have_count(40)
    for wanted in (80, 120):
        page.get_by_role("link", name="More rows").click()
        expect(shown(page)).to_have_count(wanted)
        expect(announced(page)).to_have_text(f"{wanted} rows shown")
    ids = shown(page).evaluate_all("rows => rows.map(r => r.id)")
    assert len(set(ids)) == 120
    groups = page.locator(".group").evaluate_all("all => all.map(g => g.dataset.group)")
    assert len(set(groups)) == len(groups)  # a group that goes on has one heading
    assert page.evaluate("document.activeElement.id") == ids[80]
    # The browser's own search finds what is skipped while it is out of sight, but nothing that is hidden.
    looks = shown(page).evaluate_all("rows => [...new Set(rows.map(r => getComputedStyle(r).contentVisibility))]")
    assert looks == ["auto"]


def test_the_browsers_own_search_finds_what_was_added_out_of_sight(long_story, watched) -> None:
    """Rows far below are not laid out until they are needed; what is looked for in the page is found in them all the same."""
    page = watched.open(reduced_motion="reduce")
    page.goto(long_story)
    before = shown(page).count()
    page.get_by_role("link", name="More rows").click()
    expect(announced(page)).to_contain_text("rows shown")
    assert shown(page).count() > before
    last = shown(page).last
    words = last.locator("blockquote").first.evaluate("e => e.textContent.replace(/\\[.*?\\]/g, '').trim().slice(-40)")
    page.evaluate("getSelection().removeAllRanges()")
    found = page.evaluate("words => { while (find(words)) { const row = getSelection().anchorNode.parentElement.closest('[data-item]'); if (row && !row.nextElementSibling) return row.id; } return null; }", words)  # fmt: skip
    assert found == last.get_attribute("id")
    page.evaluate("getSelection().anchorNode.parentElement.scrollIntoView()")
    expect(last).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pictures_wait_behind_one_word(story, watched, fits, width) -> None:
    page = watched.open(viewport={"width": width, "height": 740})
    page.goto(story)
    expect(page.get_by_text("Outlets against outlets")).to_be_hidden()
    page.get_by_text("In pictures").click()
    for title in ("Outlets against outlets", "What is said to have happened when"):
        expect(page.get_by_text(title, exact=True)).to_be_visible()
    fits(page)


def test_the_printed_story_shows_its_pictures_and_none_of_its_buttons(story, phone) -> None:
    phone.goto(story)
    phone.emulate_media(media="print")
    expect(phone.get_by_text("Outlets against outlets")).to_be_visible()
    for words in ("In pictures", "Filter, sort, choose outlets", "Cite, export, teach"):
        expect(phone.get_by_text(words, exact=True)).to_be_hidden()


def test_a_row_of_a_later_page_is_reached_by_its_address(long_story, page, browser) -> None:
    page.goto(long_story)
    page.get_by_role("link", name="More rows").click()
    expect(shown(page)).to_have_count(80)
    name = shown(page).last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{long_story}#{name}")
    expect(page.locator(f"#{name}")).to_be_in_viewport()


# --- keys ------------------------------------------------------------------------------------------------------------


def test_question_mark_lists_every_key_and_escape_closes_it(reading_site, story, page) -> None:
    for path in (story, reading_site.url("/"), reading_site.url("/method")):
        page.goto(path)
        keys_ready(page)
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        expect(dialog).to_be_visible()
        expect(dialog).to_contain_text("next conflict")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_keys_jump_from_conflict_to_conflict(site, page) -> None:
    slug = site.store.library.stories().items[0].story.slug
    agreed = [r.id for r in site.store.rows.every(slug) if r.status == "agree"]
    for row in agreed[:2]:
        site.store.review.decide(row, "relabel", by="Ida", value="conflict")
    page.goto(site.url(f"/stories/{slug}?sort=reading&only=1"))
    keys_ready(page)
    conflicts = page.locator("[data-item][data-status=conflict]").evaluate_all("all => all.map(r => r.id)")
    seen = []
    for _ in conflicts:
        page.keyboard.press("n")
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == conflicts
    page.keyboard.press("n")  # there is none after the last one
    assert page.evaluate("document.activeElement.id") == conflicts[-1]
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == conflicts[-2]


def test_by_keyboard_alone_through_filters_rows_and_reasons(story, watched) -> None:
    """Tab, Enter and letters only; what has the focus is always to be seen, never under the outlets that stick."""
    page = watched.open(reduced_motion="reduce")  # nothing glides while it is measured
    page.goto(story)
    keys_ready(page)
    page.locator("#show-all").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("status=conflict"))
    expect(page.locator("#show-conflict")).to_be_focused()
    page.keyboard.press("j")
    expect(shown(page).first).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            f"""() => {{ const e = document.activeElement, box = e.getBoundingClientRect();
            return [!!e.closest('.sides'), e.tagName, box.top >= {HEAD_BOTTOM} - 1 || !!e.closest('thead'),
                    box.bottom <= innerHeight + 1 || box.height > innerHeight, getComputedStyle(e).outlineStyle !== 'none']; }}"""
        )
        if not seen[0]:
            break
        assert seen[2:] == [True, True, True], seen
    shown(page).first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    summary = page.locator("summary:focus")
    if summary.count():
        page.keyboard.press("Enter")
        expect(page.locator(".tools details[open] .reasons").first).to_be_visible()


# --- narrow and printed ----------------------------------------------------------------------------------------------


def test_at_400_percent_a_row_is_a_card_and_nothing_scrolls_sideways(story, watched, fits) -> None:
    page = watched.open(viewport={"width": 320, "height": 640})
    page.goto(f"{story}?only=1")
    fits(page)
    wide = page.locator(".sides, .sides [data-item], .sides .cell").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1).map(e => e.id || e.className)"
    )
    assert wide == []
    silent = page.locator(".cell.is-silent").first
    assert silent.evaluate("e => getComputedStyle(e, '::before').content").startswith(
        "attr(data-outlet)"
    ) or silent.evaluate("e => getComputedStyle(e, '::before').content.includes(e.dataset.outlet)")
    expect(page.locator("#filters")).to_have_attribute("open", "")
    page.goto(story)
    expect(page.get_by_label("Actor")).to_be_hidden()  # folded away on a narrow screen
    page.get_by_text("Filter, sort, choose outlets").click()
    expect(page.get_by_label("Actor")).to_be_visible()


def test_a_printed_row_is_not_cut_and_leaves_room_for_notes(story, page) -> None:
    page.goto(f"{story}/print")
    page.emulate_media(media="print")
    rows = page.locator(".sheet-row")
    assert rows.count() > 10
    assert set(rows.evaluate_all("all => all.map(e => getComputedStyle(e).breakInside)")) == {"avoid"}
    assert page.locator(".notes").first.bounding_box()["height"] > 40
    expect(page.get_by_role("button", name="Print this sheet")).to_be_hidden()
    colours = page.locator(".verdict:not(.around), h1, mark").evaluate_all(
        "all => [...new Set(all.map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]


@pytest.mark.parametrize("query", ["", "?layout=columns&pin=outlet-3,outlet-5&hide=outlet-2"])
def test_axe_finds_nothing_with_twelve_outlets(long_story, page, accessible, query) -> None:
    page.goto(f"{long_story}{query}")
    page.evaluate("document.querySelectorAll('details:not(.chooser)').forEach(d => { d.open = true; })")
    accessible(page, also="dark", narrow="dark")


def test_axe_finds_nothing_in_the_list_of_keys(story, page, accessible) -> None:
    page.goto(story)
    page.get_by_role("button", name="Keys").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    accessible(page)
