"""Reading: an article with its margin, a row with its origins, an actor over time; by pointer, by keyboard, without script."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.core.records import Status
from app.web.fragments import sentence_link

PLAIN = {"content_type": "text/html; charset=utf-8"}


@pytest.fixture(scope="session")
def article(reading_site) -> str:
    """The article of the example that quarrels most: the last one published."""
    return reading_site.url(f"/articles/{reading_site.store.library.articles().items[0].id}")


@pytest.fixture(scope="session")
def rows(reading_site) -> dict[str, str]:
    """The address of one row of each status."""
    found: dict[str, str] = {}
    for row in reading_site.store.rows.every(reading_site.store.library.stories().items[0].story.slug):
        if row.outlets > 1 or row.status is Status.SINGLE:
            found.setdefault(row.status.value, reading_site.url(f"/alignments/{row.id}"))
    return found


def margin(page: Page) -> None:
    """Wait until the notes stand beside their sentences."""
    page.wait_for_selector(".body-text.is-aligned")


def tab_to(page: Page, found: str, most: int = 60) -> None:
    """Press Tab until something that matches has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("found => document.activeElement.matches(found)", found):
            return
    pytest.fail(f"Tab never reached {found}")


# --- article ----------------------------------------------------------------------------------------------------------


def test_notes_stand_beside_their_sentences_and_not_over_each_other(page, article) -> None:
    page.goto(article)
    margin(page)
    places = page.evaluate("""() => [...document.querySelectorAll('.body-text .note')].map(note => {
        const claim = document.querySelector(`[data-claim="${note.dataset.note}"]`).getClientRects()[0];
        const box = note.getBoundingClientRect();
        return {claim: claim.top, right: claim.right, left: box.left, top: box.top, bottom: box.bottom};
    })""")
    assert len(places) > 4
    end = -1e9
    for place in places:
        assert place["left"] > place["right"]
        assert place["top"] >= max(place["claim"] - 2, end)
        assert abs(place["top"] - max(place["claim"], end + 10)) < 3, "at its sentence, or right under the note before"
        end = place["bottom"]


def test_a_claim_that_is_pointed_at_shows_its_row(page, article) -> None:
    page.goto(article)
    margin(page)
    claim = page.locator("a.underlined.is-conflict").first
    note = page.locator(f'[data-note="{claim.get_attribute("data-claim")}"]')
    expect(note.locator(".note-body")).to_be_hidden()
    claim.hover()
    expect(note.locator(".note-body")).to_be_visible()
    expect(note).to_have_class(re.compile("is-lit"))
    expect(claim).to_have_class(re.compile("is-lit"))
    page.locator("h1").hover()
    expect(note.locator(".note-body")).to_be_hidden()
    note.hover()
    expect(claim).to_have_class(re.compile("is-lit"))


def test_a_note_that_is_opened_stays_open_and_the_others_make_room(page, article, until) -> None:
    page.goto(article)
    margin(page)
    note = page.locator(".body-text .note").first
    note.locator("summary").click()
    page.locator("h1").hover()
    expect(note.locator(".note-body")).to_be_visible()
    after = page.locator(".body-text .note").nth(1)
    until(
        page,
        "([a, b]) => a.getBoundingClientRect().bottom <= b.getBoundingClientRect().top",
        [note.element_handle(), after.element_handle()],
    )


def test_by_keyboard_from_a_claim_to_its_row(page, article) -> None:
    page.goto(article)
    margin(page)
    tab_to(page, "a.underlined")
    claim = page.evaluate("document.activeElement.dataset.claim")
    note = page.locator(f'[data-note="{claim}"]')
    expect(note.locator(".note-body")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"#n{claim}$"))
    tab_to(page, f'[data-note="{claim}"] a[href^="/alignments/"]')
    expect(note.locator(".note-body")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Why they stand together")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
def test_without_script_a_claim_leads_to_its_note(watched, article, width) -> None:
    page = watched.open(java_script_enabled=False, viewport={"width": width, "height": 800})
    page.goto(article)
    claim = page.locator("a.underlined.is-conflict").first
    number = claim.get_attribute("data-claim")
    claim.click()
    body = page.locator(f"#n{number}")
    expect(body).to_be_visible()  # a folded note unfolds for its address
    expect(body).to_be_in_viewport()
    body.get_by_role("link", name=re.compile("^why")).click()
    expect(page).to_have_url(re.compile(r"/alignments/\d+"))


def test_on_a_phone_notes_are_folded_under_their_paragraph(phone, article, fits) -> None:
    phone.goto(article)
    fits(phone)
    tops = phone.evaluate("""() => [...document.querySelectorAll('.para')].filter(p => p.querySelector('.note')).map(p =>
        [p.querySelector('p').getBoundingClientRect().bottom, p.querySelector('.note').getBoundingClientRect().top,
         [...p.querySelectorAll('.note')].some(n => n.open)])""")
    assert tops
    for bottom, top, unfolded in tops:
        assert top >= bottom
        assert not unfolded
    phone.locator(".body-text .note summary").first.tap()
    expect(phone.locator(".body-text .note-body").first).to_be_visible()
    fits(phone)


def test_verdicts_are_told_by_kind_of_line_and_by_word(page, article) -> None:
    page.goto(article)
    lines = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.legend .underlined')].map(e =>
        [e.textContent, ['Style', 'Thickness'].map(p => getComputedStyle(e)['textDecoration' + p]).join(' ')]))""")
    assert len(set(lines.values())) == len(lines) == 6
    assert lines["unsure"] == "dotted 3px", "dots that cannot be taken for the hairline of what nobody else tells"
    claim = page.locator("a.underlined").first
    assert page.locator(f"#{claim.get_attribute('aria-describedby')} .verdict").inner_text() in lines


def test_the_lists_say_what_is_alone_and_what_is_missing_and_why(page, article) -> None:
    page.goto(article)
    alone = page.get_by_role("region", name="What this article alone reports")
    alone.get_by_role("link", name=re.compile("^why only here")).first.click()
    expect(page.get_by_role("heading", name=re.compile("Why the others have none|Elsewhere"))).to_be_visible()
    expect(page.locator(".silence").first).to_have_text(
        re.compile("no match found|published before|excerpt|no article")
    )
    page.go_back()
    missing = page.get_by_role("region", name="What others report and this one leaves out")
    expect(missing.get_by_role("heading", level=3).first).to_have_text(re.compile("No match found|Published before"))


def test_a_printed_article_keeps_its_notes_under_the_paragraphs(page, article) -> None:
    page.goto(article)
    margin(page)
    page.emulate_media(media="print")
    assert page.locator(".body-text .note").first.evaluate("e => getComputedStyle(e).position") == "static"


# --- the sentence at the outlet ---------------------------------------------------------------------------------------


@pytest.fixture
def outlet_page(watched) -> Page:
    """An outlet's own page, as a browser would get it: the text twice, far apart, under a headline."""
    page = watched.open()
    filler = "".join(f"<p>Line {i} of something else entirely.</p>" for i in range(80))
    html = f"<h1>The bridge is open</h1>{filler}<p>It rained. The bridge is <em>open</em>, the mayor said.</p>{filler}"
    page.route("**/outlet", lambda route: route.fulfill(body=html, **PLAIN))
    return page


def test_a_text_fragment_opens_the_page_at_the_sentence(outlet_page, reading_site, until) -> None:
    text = "The bridge is open\nIt rained. The bridge is open, the mayor said."
    start = text.index("The bridge is open, the")
    link = sentence_link(reading_site.url("/outlet"), text, (start, len(text)))
    assert link
    outlet_page.goto(link)
    until(outlet_page, "scrollY > 300")
    expect(outlet_page.get_by_text("It rained.")).to_be_in_viewport()


# --- row --------------------------------------------------------------------------------------------------------------


def test_a_row_tells_words_origins_reasons_and_history(page, rows) -> None:
    page.goto(rows["updated"])
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == [
        "In their words",
        "Where they have it from",
        "Why they stand together, and what was compared",
        "History",
    ]
    expect(page.get_by_role("img", name=re.compile("has it from"))).to_be_visible()
    page.get_by_text("As a table, and how to read this", exact=True).click()
    expect(page.get_by_role("columnheader", name="from whom")).to_be_visible()
    expect(page.get_by_text(re.compile(r"tell of one thing is [a-z ]+: (over )?\d+ %"))).to_be_visible()


def test_by_keyboard_through_the_why_of_a_row(page, rows) -> None:
    page.goto(rows["updated"])
    tab_to(page, ".figure summary", 120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Who reports")).to_be_visible()
    tab_to(page, ".pair summary", 120)
    expect(page.locator(".waterfall").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".waterfall").first).to_be_hidden()


def test_a_row_of_one_source_says_why_the_others_have_none(page, rows) -> None:
    page.goto(rows["single-source"])
    silences = page.locator(".silence")
    assert silences.count() == 5
    expect(page.get_by_role("heading", name=re.compile("Why they stand together"))).to_have_count(0)


# --- actor ------------------------------------------------------------------------------------------------------------


def test_an_actor_s_positions_have_a_picture_words_and_a_table(reading_site, page) -> None:
    page.goto(reading_site.url("/actors/south-korea"))
    expect(page.get_by_role("heading", level=2, name="Positions over time")).to_be_visible()
    picture = page.get_by_role("img", name=re.compile("South Korea on .*(affirms|denies)")).first
    expect(picture).to_be_visible()
    page.get_by_text("All positions as a table").click()
    expect(page.get_by_role("columnheader", name="Position", exact=True)).to_be_visible()


def test_an_actor_is_narrowed_by_keyboard_and_the_address_says_how(reading_site, page) -> None:
    page.goto(reading_site.url("/actors/south-korea"))
    tab_to(page, "#f-outlet", 120)
    page.keyboard.type("KBS")
    tab_to(page, "main form.filters button", 20)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("outlet=kbs"))
    page.wait_for_load_state()
    outlets = set(page.locator(".said-list b.small").all_inner_texts())
    assert outlets == {"KBS"}
    page.get_by_role("link", name="Clear").click()
    expect(page).to_have_url(re.compile("/actors/south-korea$"))


def test_an_actor_of_whom_nothing_fits_says_so(reading_site, page) -> None:
    page.goto(reading_site.url("/actors/south-korea?from=2031-01-01"))
    expect(page.get_by_text("No report has anything by or about South Korea under this filter.")).to_be_visible()
    page.get_by_role("link", name="Show everything").click()
    expect(page).to_have_url(re.compile("/actors/south-korea$"))
    page.wait_for_load_state()
    assert page.locator(".said-list li").count() > 5


@pytest.mark.parametrize("picture", ["/actors/south-korea", "updated"])
def test_pictures_are_drawn_in_the_reader_s_own_colours(reading_site, watched, rows, picture) -> None:
    page = watched.open(forced_colors="active")
    page.goto(rows.get(picture) or reading_site.url(picture))
    chart = page.locator("main svg.chart[role=img]").first
    expect(chart).to_be_visible()
    inks = chart.evaluate("""svg => [...svg.querySelectorAll('text')].map(t => getComputedStyle(t).fill)""")
    assert len(set(inks)) == 1


# --- two articles in full -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def both(reading_site) -> str:
    """The address of the two articles of the example that share most."""
    cell = max(
        reading_site.store.rows.story(reading_site.store.library.stories().items[0].story.slug).matrix,
        key=lambda c: c.shared,
    )
    articles = {
        a.outlet.key: a.id
        for a in reading_site.store.rows.story(reading_site.store.library.stories().items[0].story.slug).columns
    }
    return reading_site.url(f"/articles/{articles[cell.a.key]}/with/{articles[cell.b.key]}")


@pytest.mark.parametrize("how", ["pointer", "keyboard"])
def test_a_passage_brings_its_counterpart_beside_it(both, page, how) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(both)
    last = page.locator("[data-pane]").first.locator("a[data-passage]").last
    if how == "pointer":
        last.click()
    else:
        last.focus()
        page.keyboard.press("Enter")
    expect(page.locator(".is-counterpart").first).to_be_in_viewport()
    expect(page.locator("[data-linked-said]")).to_have_text(re.compile(r"^In .+: .+"))
    expect(last).to_have_class(re.compile("is-chosen"))
    expect(last).to_be_in_viewport()


def test_without_script_a_passage_scrolls_the_other_text_alone(both, plain_page) -> None:
    plain_page.emulate_media(reduced_motion="reduce")
    plain_page.set_viewport_size({"width": 1280, "height": 600})
    plain_page.goto(both)
    last = plain_page.locator("[data-pane]").first.locator("a[data-passage]").last
    last.click()
    expect(plain_page).to_have_url(re.compile("#c"))
    target = plain_page.url.partition("#")[2]
    assert target.startswith("c")
    expect(plain_page.locator(f"#{target} + *")).to_be_in_viewport()
    expect(last).to_be_in_viewport()


@pytest.mark.parametrize("how", ["pointer", "keyboard"])
def test_on_a_phone_a_sheet_shows_the_counterpart_and_leads_there(both, phone, fits, how) -> None:
    phone.goto(both)
    left, right = (pane.bounding_box() for pane in phone.locator("[data-pane]").all())
    assert right["y"] >= left["y"] + left["height"]
    sheet, passage = (
        phone.locator("[data-counterpart]"),
        phone.locator("[data-pane]").first.locator("a[data-passage]").first,
    )
    expect(sheet).to_be_hidden()
    if how == "pointer":
        passage.click()
    else:
        passage.press("Enter")
        expect(sheet.get_by_role("link", name="Go there")).to_be_focused()
    expect(sheet).to_be_in_viewport()
    fits(phone)
    expect(passage).to_be_in_viewport()
    counterpart = phone.locator(".is-counterpart").first
    assert sheet.locator("blockquote").inner_text().startswith(counterpart.inner_text()[:20])
    expect(counterpart).not_to_be_in_viewport()
    phone.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(passage).to_be_focused()
    passage.press("Enter")
    phone.keyboard.press("Enter")
    expect(counterpart).to_be_in_viewport()
    expect(sheet).to_be_hidden()


def test_on_a_phone_without_script_a_passage_leads_there(both, plain_page) -> None:
    plain_page.set_viewport_size({"width": 360, "height": 740})
    plain_page.goto(both)
    expect(plain_page.locator("[data-counterpart]")).to_be_hidden()
    plain_page.locator("[data-pane]").first.locator("a[data-passage]").first.click()
    expect(plain_page).to_have_url(re.compile("#c"))
    expect(plain_page.locator(f"#{plain_page.url.partition('#')[2]} + *")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_in_two_articles(both, watched, accessible, width) -> None:
    page = watched.open(viewport={"width": width, "height": 800})
    page.goto(both)
    page.locator("[data-pane]").first.locator("a[data-passage]").first.click()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    accessible(page, also="dark")


# --- versions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(site) -> str:
    """The versions of an article of the example that was added again with more words."""
    kept = site.store.library.articles().items[0].id
    reading = site.store.articles.reading_of(kept)
    text = f"{reading.article.text}\n\nThe ministry did not answer questions."
    site.store.articles.keep_article(
        replace(reading, article=replace(reading.article, text=text, headline="Another headline"))
    )
    return site.url(f"/articles/{kept}/versions")


def test_axe_finds_nothing_in_what_changed(changed, page, accessible, fits) -> None:
    page.goto(changed)
    expect(page.locator("ins").filter(has_text="did not answer")).to_be_visible()
    fits(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    accessible(page, also="dark", narrow="dark")
    fits(page)


def test_versions_are_chosen_without_script(changed, plain_page) -> None:
    plain_page.goto(changed)
    plain_page.get_by_label("To").select_option("1")
    plain_page.get_by_label("From").select_option("2")
    plain_page.get_by_role("button", name="Compare").click()
    expect(plain_page.locator("del").filter(has_text="did not answer")).to_be_visible()
