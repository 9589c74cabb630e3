"""An HTML page's body text: by trafilatura, where its habits are known to fail by the page's own structure.

1. embedded posts, teaser cards and lists of other stories are taken out of the tree, when their markup leaves no doubt
2. trafilatura finds the body; in a page laid out in tables, the cells that hold running text
3. a body that came back as one heap is set in the page's paragraphs again
4. where the page shows next to nothing, the text that its JSON-LD gives stands in
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

import lxml.html

from app.core.article.marking import signs_post
from app.core.article.phrases import load_phrases
from app.core.article.roles import LineRole
from app.core.article.shapes import count_words, is_prose
from app.core.thresholds import HTML_CARD_MAX_WORDS, HTML_DATA_BODY_FACTOR, HTML_SHORT_WORDS

__all__ = ["body_of_html"]


def body_of_html(html: str, tree: lxml.html.HtmlElement, url: str | None, told: str | None = None) -> str | None:
    """The body's paragraphs between blank lines; None when there is nothing. `told` is the body that the page's data give."""
    found = _extracted(_without_others(tree) or html, url)
    if "\n" not in found:
        found = _paragraphs(tree) or found
    if told and count_words(told) > HTML_DATA_BODY_FACTOR * count_words(found):
        found = told
    return "\n\n".join(line.strip() for line in found.splitlines() if line.strip()) or None


# --- what trafilatura finds -----------------------------------------------------------------------------------------


def _extracted(html: str, url: str | None) -> str:
    found = _by_trafilatura(html, url, tables=False)
    if len(found.split()) < HTML_SHORT_WORDS and "<table" in html.casefold():
        whole = _cells(_by_trafilatura(html, url, tables=True))  # a page laid out in tables has its text in them
        found = whole if len(whole.split()) > 2 * len(found.split()) else found
    return found.strip()


def _by_trafilatura(html: str, url: str | None, *, tables: bool) -> str:
    import trafilatura

    found = trafilatura.extract(
        html, url=url, output_format="txt", include_comments=False, include_tables=tables, include_formatting=False,
        include_links=False, include_images=False, deduplicate=False, favor_precision=False,
    )  # fmt: skip
    return found or ""


def _cells(found: str) -> str:
    """Cells that hold running text, a line each; cells of figures and labels are no part of a body."""
    lines = (cell.strip() for line in found.splitlines() for cell in (line.split("|") if "|" in line else (line,)))
    return "\n".join(line for line in lines if is_prose(line))


# --- what others wrote, and cards of other stories ------------------------------------------------------------------

_POSTS = frozenset(
    "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video bluesky-embed mastodon-embed reddit-embed-bq "
    "reddit-card text-post-media telegram-post truth-social-embed vk-post linkedin-post".split()
)
"""Classes that the widgets of networks give to the post they embed."""
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def _without_others(tree: lxml.html.HtmlElement) -> str | None:
    """The page without posts and cards, as HTML again; None when it has none, so that it is read as it came."""
    if not any(True for _ in (*_posts(tree), *_cards(tree))):
        return None
    bare = copy.deepcopy(tree)
    for other in [*_posts(bare), *_cards(bare)]:
        if other.getparent() is not None:
            other.drop_tree()
    found: str = lxml.html.tostring(bare, encoding="unicode")
    return found


def _posts(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Posts that were embedded: their words are their author's, not the outlet's."""
    for element in tree.iter("blockquote", "div", "figure"):
        named = _POSTS & set((element.get("class") or "")[:300].casefold().split())
        outer = element.tag == "blockquote" and next(element.iterancestors("blockquote"), None) is None
        if named or (outer and any(signs_post(line) for line in _lines(element))):
            yield element


def _lines(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The text of each run of an element, one by one."""
    yield from (" ".join(text.split()) for text in element.itertext() if text.strip())


def _cards(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Links around a title and its picture or summary; lists of titles that are links; titles below "Read also"."""
    for link in tree.iter("a"):
        if link.get("href") and any(e.tag in _HEADS for e in link.iterdescendants()) and _is_short(link):
            yield link
    for items in tree.iter("ul", "ol"):
        entries = [item for item in items if item.tag == "li" and _is_short(item) and _opens_with_link(item)]
        if len(entries) > 1:
            yield from entries
    for head in tree.iter(*_HEADS):
        if load_phrases().role_of(" ".join(head.text_content().split())[:200]) is LineRole.RELATED:
            yield from _titles_below(head)


def _titles_below(head: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The titles and lists of links that follow "You may also like" and the like, up to the next running text."""
    below = head.getnext()
    while below is not None and below.tag in {"p", "div", "a", "ul", "ol"}:
        text = " ".join(below.text_content().split())
        linked = sum(len(a.text_content().split()) for a in below.iter("a"))
        if is_prose(text[:2000]) and 2 * linked < len(text.split()):
            return
        if text and count_words(text[:2000]) <= HTML_CARD_MAX_WORDS:
            yield below
        below = below.getnext()


def _is_short(element: lxml.html.HtmlElement) -> bool:
    return count_words(" ".join(element.text_content().split())[:2000]) <= HTML_CARD_MAX_WORDS


def _opens_with_link(item: lxml.html.HtmlElement) -> bool:
    """The item holds a title all of which is a link."""
    for head in item.iterdescendants(*_HEADS):
        words = "".join(head.text_content().split())
        around = next((a for a in head.iterancestors("a") if a.get("href")), None)
        linked = "".join("".join(a.text_content().split()) for a in head.iterdescendants("a") if a.get("href"))
        return bool(words) and (around is not None or linked == words)
    return False


# --- the page's own paragraphs --------------------------------------------------------------------------------------


def _paragraphs(tree: lxml.html.HtmlElement) -> str | None:
    """The paragraphs of running text in the page's article; None where they are fewer than two."""
    room = next((e for tag in ("article", "main") for e in tree.iter(tag)), tree)
    lines = [
        " ".join(p.text_content().split())
        for p in room.iter("p")
        if not any(a.tag in {"aside", "nav", "footer", "figure", "form"} for a in p.iterancestors())
    ]
    prose = [line for line in lines if is_prose(line)]
    return "\n".join(prose) if len(prose) > 1 else None
