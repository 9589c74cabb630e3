"""Correcting by keyboard alone: an article and a claim, from the page that links to it to the correction and its undo."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def tab_to(page: Page, wanted: Locator) -> None:
    """As somebody without a mouse comes to it; fails where it cannot be reached."""
    for _ in range(200):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused(timeout=1)


def over(page: Page, wanted: Locator, text: str) -> None:
    tab_to(page, wanted)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def test_an_article_is_corrected_and_the_correction_undone_by_keyboard(site, page, accessible) -> None:
    article = site.store.library.articles().items[0]
    page.goto(site.url(f"/articles/{article.id}"))
    tab_to(page, page.locator(f'a[href="/articles/{article.id}/correct"]').first)
    page.keyboard.press("Enter")
    over(page, page.get_by_label("Headline"), "A headline of ours")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="A headline of ours")).to_be_visible()
    page.goto(site.url(f"/articles/{article.id}/correct"))
    accessible(page)
    tab_to(page, page.get_by_role("button", name="Undo").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("undone").first).to_be_visible()
    assert site.store.library.article(article.id).article.headline == article.headline


def test_a_claim_is_corrected_by_keyboard(site, page, accessible) -> None:
    slug = site.store.library.stories().items[0].story.slug
    row = next(r for r in site.store.rows.every(slug) if r.status == "agree")
    claim = next(c for cell in row.cells for c in cell.claims)
    page.goto(site.url(f"/alignments/{row.id}"))
    tab_to(page, page.locator(f'a[href="/claims/{claim.id}/correct"]').first)
    page.keyboard.press("Enter")
    over(page, page.get_by_label("When it happened"), "yesterday")
    page.keyboard.press("Enter")
    expect(page.get_by_label("When it happened")).to_have_value("yesterday")
    expect(page.get_by_label("When it happened")).to_have_attribute("aria-invalid", "true")
    accessible(page)
    over(page, page.get_by_label("When it happened"), "2019-11-21")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/articles/{claim.article.id}#corrections")
    assert site.store.library.claim(claim.id).dates[0].value == "2019-11-21"
