"""`/articles/new`: the three ways in. The address may carry what a bookmarklet saw: url, title, selected text."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.errors import ParallaxError
from app.store import Store
from app.web.dependencies import StoreOf
from app.web.importing import MOST_ADDRESSES
from app.web.pages.add.choices import Choices, choices_of
from app.web.pages.add.forms import TypedArticle
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.site import asked_under

__all__ = ["SELECTION", "AddPage", "Many", "add_form", "router"]

router = APIRouter()
SELECTION = 6000
"""Characters of selected text that the bookmarklet sends along: an address may not be much longer."""


@dataclass(frozen=True, slots=True)
class Many:
    """The form for many articles as it was typed. Chosen files cannot be given back; a browser forgets them."""

    addresses: str = ""
    outlet: str = ""
    story: str = ""
    files: int = 0  # how many had been chosen


@dataclass(frozen=True, slots=True)
class AddPage:
    shell: Shell
    typed: TypedArticle
    many: Many
    error: ParallaxError | None
    many_error: ParallaxError | None
    choices: Choices
    bookmarklet: str
    most: int


@router.get("/articles/new", response_class=HTMLResponse)
def new_article(
    request: Request, store: StoreOf, story: str = "", url: str = "", title: str = "", text: str = ""
) -> HTMLResponse:
    """Filled in with what the address says; nothing is fetched, read or kept before the form is sent."""
    typed = TypedArticle(story=story[:200], url=url[:2000], headline=title[:500], text=text[: 2 * SELECTION])
    return add_form(request, store, typed)


def add_form(
    request: Request,
    store: Store,
    typed: TypedArticle = TypedArticle(),  # noqa: B008  frozen
    error: ParallaxError | None = None,
    *,
    many: Many = Many(),
    many_error: ParallaxError | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The page with what was typed in it, and beside it what is wrong with it."""
    page = AddPage(
        shell=shell_of(request, "Add an article"),
        typed=typed,
        many=many,
        error=error,
        many_error=many_error,
        choices=choices_of(store),
        bookmarklet=bookmarklet(asked_under(request)),
        most=MOST_ADDRESSES,
    )
    return render("pages/add.html", page, status_code=status)


def bookmarklet(site: str) -> str:
    """What a bookmark's address holds to open this page with what is being read: address, title and selected words.

    It reads the page it is pressed on, sends nothing anywhere and opens this form in a new window.
    """
    return (
        "javascript:(()=>{"
        f'const u=new URL("{site}/articles/new");'
        'u.searchParams.set("url",location.href);'
        'u.searchParams.set("title",document.title);'
        f'u.searchParams.set("text",String(getSelection()).slice(0,{SELECTION}));'
        'open(u,"_blank","noopener")})()'
    )
