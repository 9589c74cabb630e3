"""Signing in and looking after people in a real browser: without JavaScript, on a phone, and axe finds nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.roles import Role, Scope
from app.store import open_store

TOKEN = re.compile(r"plx_[a-z0-9]{10}_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class House:
    site: Any
    token: str
    readers: str

    def sign_in(self, page: Page, token: str | None = None, back: str = "") -> None:
        page.goto(self.site.url(f"/sign-in?back={back}"))
        page.get_by_label("Your token").fill(token or self.token)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture
def house(example_database, tmp_path, serve) -> Iterator[House]:
    path = tmp_path / "people.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        source = example_database.with_name(example_database.name + suffix)
        if source.exists():
            shutil.copy(source, path.with_name(path.name + suffix))
    with open_store(path) as store:
        ann, token = store.people.add_person("Ann Lee", Role.ADMIN, by="reader")
        store.people.make_token(ann.id, "laptop", Scope.ADD, by="Ann Lee")
        _, readers = store.people.add_person("Benedikt von und zu Hohenstein-Wallenberg", Role.READER, by="Ann Lee")
        gone, _ = store.people.add_person("Cy", Role.REVIEWER, by="Ann Lee")
        store.people.end_person(gone.id, by="Ann Lee")
        for site in serve(store):
            yield House(site, token, readers)


def test_axe_finds_nothing_on_any_of_its_pages(house, page, fit_for_all) -> None:
    page.goto(house.site.url("/sign-in"))
    fit_for_all(page)
    page.get_by_label("Your token").fill("not a token")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not valid")
    fit_for_all(page)
    house.sign_in(page, house.readers)
    fit_for_all(page)
    house.sign_in(page)
    for path in ("/", "/account", "/people", "/prunings", "/sign-in"):
        page.goto(house.site.url(path))
        page.evaluate("document.querySelectorAll('.person details').forEach(d => { d.open = true; })")
        fit_for_all(page)
    page.goto(house.site.url("/account"))
    page.get_by_label("What it is for").fill("feed script")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_role("heading", name="Your new token")).to_be_visible()
    fit_for_all(page)


def of_sessions(page) -> list:
    """The cookies that sign somebody in; the front page keeps another one, of two times."""
    return [c for c in page.context.cookies() if c["name"] != "parallax-visit"]


def test_the_whole_way_without_javascript(house, plain_page) -> None:
    page = plain_page
    page.goto(house.site.url("/conflicts"))
    expect(page.get_by_text("Sign in to flag")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your token").fill(house.token)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(house.site.url("/conflicts"))
    expect(page.get_by_role("banner").get_by_role("link", name="Ann Lee")).to_be_visible()
    (cookie,) = of_sessions(page)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Lax", False)
    page.get_by_role("link", name="People").click()
    page.get_by_label("Name, as it stands").fill("Dora")
    page.get_by_role("button", name="Add, and show a token once").click()
    fresh = TOKEN.search(page.locator(".fresh").inner_text())
    assert fresh
    page.get_by_role("banner").get_by_role("link", name="Ann Lee").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    assert of_sessions(page) == []
    house.sign_in(page, fresh[0])
    expect(page.get_by_role("banner").get_by_role("link", name="Dora")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="People")).to_have_count(0)


def test_whoever_may_only_read_sees_no_forms_and_is_told_why(house, page) -> None:
    house.sign_in(page, house.readers, back="/conflicts")
    expect(page.get_by_text("Flagging and deciding take the role reviewer")).to_be_visible()
    assert page.locator("main form[method=post]").count() == 0
    expect(page.get_by_role("link", name="Add article")).to_have_count(0)


def test_what_is_flagged_carries_the_name(house, page) -> None:
    house.sign_in(page)
    story = house.site.store.library.stories().items[0].story.slug
    row = next(r.id for r in house.site.store.rows.every(story) if r.status == "agree")
    page.goto(house.site.url(f"/alignments/{row}"))
    page.get_by_role("button", name="Flag as a conflict").click()
    expect(page.get_by_text("Ann Lee").nth(1)).to_be_visible()
    assert [f.by for f in house.site.store.rows.alignment(row).row.flags] == ["Ann Lee"]


def test_an_admin_deletes_what_is_old_without_javascript_after_saying_so(house, plain_page, fits) -> None:
    page = plain_page
    house.sign_in(page)
    old = "2001-01-01T00:00:00.000000+00:00"
    with house.site.store.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO sessions (hash, reviewer_id, made, seen, ended_at) SELECT 'old', min(id), ?, ?, ? FROM reviewers",
            (old, old, old),
        )
    page.goto(house.site.url("/people"))
    page.get_by_role("link", name="What may go").click()
    expect(page.get_by_role("row", name="Sessions of browsers")).to_be_visible()
    fits(page)
    page.get_by_label("for good").check()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_contain_text("Deleted.")
    expect(page.get_by_text("Nothing that is older than 365 days may go.")).to_be_visible()
