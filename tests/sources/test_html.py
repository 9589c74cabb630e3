"""HTML pages and feeds: what markup says goes before guesses; a year in the text is no date."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.article import articles_of
from app.core.lexicon.outlets import load_outlets
from app.core.records import Hints, PageKind, PublishedFrom
from app.errors import BadInput, FetchFailed, NotAnArticle
from app.sources import page_from_html, read_targets
from app.sources.feed import looks_like_feed, pages_of_feed
from app.sources.fetching import CannedFetcher, Fetched
from app.sources.html import looks_like_html

PARAGRAPHS = [
    "The harbour of Averil was closed on Monday after a storm tore two ships from their moorings.",
    "Nobody was hurt, but 214 passengers spent the night in a school, the harbour master said.",
    "“We will open again when the wind drops,” she told reporters on the pier.",
    "The last storm of this strength came in 1987 and sank eleven boats in one night.",
]
LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","headline":"No"},
{"@type":["NewsArticle"],"headline":"Harbour closes &amp; waits","datePublished":"2020-02-03T04:05:06+09:00",
"author":[{"@type":"Person","name":"Rosa Delmonte"},{"name":"Tom Field"}],"publisher":{"name":"Averil Post"},"inLanguage":"en-GB"}]}</script>"""


def html(head: str = "", body: str = "", inner: str | None = None) -> str:
    text = inner if inner is not None else "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><nav><a href=/>Home</a></nav><article>{body}{text}</article><footer>© 2021 Averil Post</footer></body></html>"


def test_json_ld_goes_first() -> None:
    head = (
        LD
        + '<meta property="og:title" content="Other"><meta property="og:site_name" content="The Post"><link rel="canonical" href="/story/1">'
    )
    page = page_from_html(html(head), "https://averil.example/story/1?ref=x")
    assert page.kind is PageKind.EXTRACTED
    assert page.text.split("\n\n") == PARAGRAPHS
    meta = page.meta
    assert (meta.headline, meta.bylines, meta.published, meta.published_from) == (
        "Harbour closes & waits", ("Rosa Delmonte", "Tom Field"), date(2020, 2, 3), PublishedFrom.META,
    )  # fmt: skip
    assert (meta.site_name, meta.url, meta.language) == ("The Post", "https://averil.example/story/1", "en-GB")


@pytest.mark.parametrize(
    ("head", "body", "published", "source"),
    [
        ('<meta property="article:published_time" content="2019-11-22T01:00:00Z">', "", date(2019, 11, 22), "meta"),
        ('<meta name="date" content="20191122">', "", date(2019, 11, 22), "meta"),
        ('<meta itemprop="datePublished" content="Nov 22, 2019">', "", date(2019, 11, 22), "meta"),
        ("", '<time datetime="2019-11-22">yesterday</time>', date(2019, 11, 22), "meta"),
        ("", "", None, None),
        ('<meta name="date" content="soon">', "", None, None),
        ('<script type="application/ld+json">{broken</script>', "", None, None),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":["2019-11-22"]}</script>',
            "",
            date(2019, 11, 22),
            "meta",
        ),
    ],
)
def test_dates_come_from_markup_only(head: str, body: str, published: date | None, source: str | None) -> None:
    page = page_from_html(html(head, body), "https://averil.example/story")
    assert (page.meta.published, page.meta.published_from.value if page.meta.published_from else None) == (
        published,
        source,
    )


def test_or_from_the_address() -> None:
    page = page_from_html(html(), "https://averil.example/2019/11/22/story")
    assert (page.meta.published, page.meta.published_from) == (date(2019, 11, 22), PublishedFrom.URL)


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        (
            '<meta property="og:title" content="Harbour closes | Averil Post"><meta property="og:site_name" content="Averil Post">',
            "Harbour closes",
        ),
        ("<title>Harbour closes</title>", "Harbour closes"),
        ('<meta name="twitter:title" content="Harbour   closes">', "Harbour closes"),
    ],
)
def test_headlines(head: str, headline: str) -> None:
    assert page_from_html(html(head)).meta.headline == headline


def test_a_canonical_link_that_is_no_web_address_is_not_kept() -> None:
    assert page_from_html(html('<link rel="canonical" href="javascript:alert(1)">')).meta.url is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "   ",
        "<html></html>",
        "<!-- x -->",
        "<html><body><nav><a href=/>Home</a><a href=/w>World</a></nav></body></html>",
        "<",
    ],
)
def test_without_article(source: str) -> None:
    with pytest.raises(BadInput) as caught:
        page_from_html(source, "https://averil.example/")
    assert caught.value.where == "https://averil.example/"


def test_a_list_of_links_is_no_article() -> None:
    links = "".join(f"<li><a href=/{i}>Storm story number {i}</a></li>" for i in range(30))
    with pytest.raises(NotAnArticle):
        articles_of(
            page_from_html(f"<html><body><main><ul>{links}</ul></main></body></html>"), load_outlets(), date(2026, 1, 1)
        )


def test_from_html_to_article() -> None:
    page = page_from_html(html(LD, "<h1>Harbour closes</h1>"), "https://www.bbc.co.uk/news/1")
    (article,) = articles_of(page, load_outlets(), date(2026, 1, 1))
    assert (article.outlet, article.url, article.published) == ("BBC", "https://www.bbc.co.uk/news/1", date(2020, 2, 3))
    assert article.text.split("\n\n") == PARAGRAPHS


def test_hints_travel_with_the_page() -> None:
    hints = Hints(outlet="KBS", url="https://averil.example/2018/01/02/x")
    page = page_from_html(html(), hints=hints, origin="saved.html")
    assert (page.hints, page.origin) == (hints, "saved.html")


def test_looks_like_html() -> None:
    assert looks_like_html("\ufeff <!doctype HTML>")
    assert looks_like_html("<div><p>a</p><p>b</p></div>")
    assert not looks_like_html("The <p> tag opens a paragraph.")


# --- feeds

LONG = " ".join(PARAGRAPHS * 4)
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Averil Post</title>
<item><title>Harbour &amp;amp; storm</title><link>https://averil.example/1</link><pubDate>Mon, 03 Feb 2020 04:05:06 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{LONG}</p><script>x()</script><p>The <b>end</b> came on Friday.</p>]]></content:encoded></item>
<item><title>Summary only</title><link>https://averil.example/2</link><description>The mayor resigned on Friday.</description></item>
<item><title>Nothing</title></item></channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>T</title><link href="javascript:x"/><updated>2021-05-06T00:00:00Z</updated>
<author><name>Rosa Delmonte</name></author><summary>The mayor resigned.</summary></entry></feed>"""


def test_a_feed_without_fetching() -> None:
    full, summary, nothing = pages_of_feed(RSS, Hints(story="s"), origin="feed.xml")
    assert full.text.split("\n\n") == [LONG, "The end came on Friday."]
    assert (full.meta.headline, full.meta.published, full.excerpt) == ("Harbour & storm", date(2020, 2, 3), False)
    assert (full.meta.url, full.meta.site_name, full.hints.story) == ("https://averil.example/1", "Averil Post", "s")
    assert (summary.text, summary.excerpt) == ("The mayor resigned on Friday.", True)
    assert isinstance(nothing, BadInput)
    assert nothing.where == "feed.xml#3"


def test_atom() -> None:
    (page,) = pages_of_feed(ATOM, Hints(), origin="x")
    assert (page.text, page.meta.published, page.meta.bylines, page.meta.url) == (
        "The mayor resigned.",
        date(2021, 5, 6),
        ("Rosa Delmonte",),
        None,
    )


def test_what_a_feed_is() -> None:
    assert looks_like_feed(RSS)
    assert looks_like_feed(ATOM)
    assert not looks_like_feed(html().encode())
    with pytest.raises(BadInput, match="no entries"):
        list(pages_of_feed(b"<rss><channel></channel></rss>", Hints(), origin="x"))


def test_a_feeds_summaries_are_fetched_at_their_links(limits) -> None:
    fetcher = CannedFetcher(
        {
            "https://averil.example/feed": Fetched("https://averil.example/feed", RSS, "application/rss+xml"),
            "https://averil.example/2": Fetched("https://averil.example/2", html().encode()),
        }
    )
    found = list(read_targets(["https://averil.example/feed"], Hints(story="s"), None, limits, fetcher=fetcher))
    assert fetcher.asked == ["https://averil.example/feed", "https://averil.example/2"]
    assert found[1].text.split("\n\n") == PARAGRAPHS
    assert found[1].hints.story == "s"


def test_a_summary_stands_where_its_page_fails(limits) -> None:
    fetcher = CannedFetcher(
        {
            "https://averil.example/feed": Fetched("https://averil.example/feed", RSS, "text/xml"),
            "https://averil.example/2": FetchFailed("No."),
        }
    )
    found = list(read_targets(["https://averil.example/feed"], Hints(), None, limits, fetcher=fetcher))
    assert (found[1].text, found[1].excerpt) == ("The mayor resigned on Friday.", True)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        pytest.param("Wed, 09 Jul 2025 08:00:00 +0900", date(2025, 7, 9), id="a morning in Seoul, still the day before in London"),
        pytest.param("Tue, 08 Jul 2025 22:30:00 -0400", date(2025, 7, 8), id="an evening in New York"),
        pytest.param("Tue, 8 July 2025", date(2025, 7, 8), id="no time"),
        pytest.param("2025-07-09T00:10:00+09:00", date(2025, 7, 9), id="ISO in RSS"),
        pytest.param("last Tuesday", None, id="no date"),
    ],
)  # fmt: skip
def test_the_day_of_an_entry_is_that_of_its_own_clock(said, day):
    item = f"<item><title>A</title><description>Words of it.</description><pubDate>{said}</pubDate></item>"
    (page,) = pages_of_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), Hints(), origin="x")
    assert page.meta.published == day
