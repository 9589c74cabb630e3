"""HTML pages and feeds: what markup says goes before guesses; a year in the text is no date."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.article import articles_of
from app.core.lexicon.outlets import load_outlets
from app.core.records import Hints, PageKind, PublishedFrom
from app.core.thresholds import FEED_MAX_FETCHED
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


DATA = '{"@type":"NewsArticle","datePublished":"2019-11-22","author":{"@id":"#p"},"publisher":{"@id":"#o"}}'
PEOPLE = '{"@id":"#p","@type":"Person","name":"Rosa Delmonte"},{"@id":"#o","name":"Averil Post"}'


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(DATA, id="plain"),
        pytest.param(f"<!-- {DATA} -->", id="in a comment"),
        pytest.param(f"//<![CDATA[\n{DATA}\n//]]>", id="in CDATA"),
        pytest.param(f"/*<![CDATA[*/ {DATA} /*]]>*/", id="in CDATA of another kind"),
        pytest.param(f"{DATA[:-1]},}};", id="a comma and a semicolon too many"),
        pytest.param(f"[{DATA},]", id="a comma too many in a list"),
        pytest.param(f"/* made by a tool */ {DATA}", id="a comment of its own"),
        pytest.param(DATA.replace('"', "&quot;"), id="entities for quotation marks"),
        pytest.param(DATA.replace("NewsArticle", "NewsArticle\t"[:-1]).replace('"datePublished"', '"headline":"a\nb","datePublished"'), id="a line break in a text"),
        pytest.param(f'{{"@graph":[{DATA},{PEOPLE}]}}', id="references"),
    ],
)  # fmt: skip
def test_json_ld_is_read_as_it_is_written(source: str) -> None:
    meta = page_from_html(html(f'<script type="application/ld+json">{source}</script>')).meta
    assert meta.published == date(2019, 11, 22)
    if "#p" in source and "@graph" in source:
        assert (meta.bylines, meta.site_name) == (("Rosa Delmonte",), "Averil Post")


def test_a_comma_in_a_text_of_json_ld_stays() -> None:
    source = '{"@type":"NewsArticle","headline":"Storm, }","datePublished":"2019-11-22",}'
    assert page_from_html(html(f'<script type="application/ld+json">{source}</script>')).meta.headline == "Storm, }"


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<time itemprop="dateModified" datetime="2024-03-09">05/03/2024 | Updated 09/03/2024</time>', None),
        ('<p>Updated: <time datetime="2024-03-09">9 March</time></p>', None),
        ('<p class="updated"><time datetime="2024-03-09">9 March</time></p>', None),
        ('<time class="modified" datetime="2024-03-09">x</time><time datetime="2024-03-05">x</time>', date(2024, 3, 5)),
        ("<time>Published 5 March 2024, updated 9 March 2024</time>", date(2024, 3, 5)),
        ("<time>Updated 9 March 2024</time>", None),
        ('<span itemprop="datePublished" content="2024-03-05">Tuesday</span>', date(2024, 3, 5)),
        ('<span class="entry-date">March 5, 2024</span>', date(2024, 3, 5)),
        ('<div class="articleDate">Posted 5 March 2024</div>', date(2024, 3, 5)),
        ('<span class="event-date">The fair opens March 5, 2024</span>', None),
        ('<time data-timestamp="1709600000">yesterday</time>', date(2024, 3, 5)),
        ('<ul><li><a href="/x">Another storm has come to the coast again</a><time datetime="2024-03-05">x</time></li></ul>', None),
        ('<aside><time datetime="2024-03-05">x</time></aside>', None),
    ],
)  # fmt: skip
def test_days_that_tags_mark(body: str, published: date | None) -> None:
    assert page_from_html(html("", body), "https://averil.example/story").meta.published == published


@pytest.mark.parametrize(
    ("content", "published"),
    [
        ("Mon, 25 Mar 24 05:57:31 +0100", date(2024, 3, 25)),
        ("25-Mar-24", date(2024, 3, 25)),
        ("1709600000", date(2024, 3, 5)),
        ("1709600000000", date(2024, 3, 5)),
        ("03/04/2024", None),
    ],
)
def test_days_of_meta_tags(content: str, published: date | None) -> None:
    head = f'<meta property="article:published_time" content="{content}">'
    assert page_from_html(html(head)).meta.published == published


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        ('<meta name="author" content="Nora Feld"><meta name="author" content="Thomas Kapp">', "", ("Nora Feld", "Thomas Kapp")),
        ('<meta name="author" content="Nora Feld, Thomas Kapp Jr., and Ana Ruiz">', "", ("Nora Feld", "Thomas Kapp Jr.", "Ana Ruiz")),
        ('<meta property="article:author" content="https://a.example/x"><meta name="byl" content="By Nora Feld">', "", ("Nora Feld",)),
        ("", '<p class="byline">By ABBY GOODWIN, THOMAS KAPP and ROBERT PEARSALL</p>', ("ABBY GOODWIN", "THOMAS KAPP", "ROBERT PEARSALL")),
        ("", '<div class="article-author"><span>By</span> <a href="/n">Nora Feld</a></div>', ("Nora Feld",)),
        ("", '<a rel="author" href="/n">Nora Feld</a><a rel="author" href="/t">Thomas Kapp</a>', ("Nora Feld", "Thomas Kapp")),
        ("", '<aside><a rel="author" href="/n">Nora Feld</a></aside>', ()),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":["Nora Feld","Thomas Kapp"]}</script>', "", ("Nora Feld", "Thomas Kapp")),
    ],
)  # fmt: skip
def test_writers(head: str, body: str, names: tuple[str, ...]) -> None:
    assert page_from_html(html(head, body)).meta.bylines == names


POST = "The pier is gone!!! Run for your lives."


@pytest.mark.parametrize(
    "post",
    [
        f'<blockquote class="twitter-tweet"><p>{POST}</p>&mdash; Some Body (@some_body) <a href="#">March 4</a></blockquote>',
        f'<blockquote><p>{POST}</p><p>— Some Body (@some_body) <a href="#">March 4</a></p></blockquote>',
        f'<blockquote class="instagram-media"><p>{POST}</p><p>A post shared by Some Body (@some.body)</p></blockquote>',
        f'<div class="fb-post"><blockquote><p>{POST}</p>Posted by Some Body</blockquote></div>',
        f'<blockquote class="bluesky-embed"><p>{POST}</p>&mdash; Some Body</blockquote>',
        f'<blockquote class="tiktok-embed"><section><a>@some</a><p>{POST}</p></section></blockquote>',
    ],
)
def test_embedded_posts_are_not_the_outlets_words(post: str) -> None:
    inner = f"<p>{PARAGRAPHS[0]}</p>{post}" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])
    assert page_from_html(html(inner=inner)).text.split("\n\n") == PARAGRAPHS


def test_a_quotation_set_apart_is() -> None:
    inner = f"<p>{PARAGRAPHS[0]}</p><blockquote><p>{PARAGRAPHS[1]}</p></blockquote><p>{PARAGRAPHS[2]}</p>"
    assert PARAGRAPHS[1] in page_from_html(html(inner=inner)).text


CARDS = [
    ("Crack found in dam", "Visitors are kept away."),
    ("Minister fined", "Parking costs $5,000."),
    ("Ferry pier shut after barge strike", "The ferry pier was shut on Friday after a barge struck its end, the port office said. Nobody was hurt."),
    ("New school opens in Tarn", "Pupils and parents gathered in Tarn to see the new school, which took four years to build."),
]  # fmt: skip


@pytest.mark.parametrize(
    "card",
    [
        "<div class=card><h3><a href=/{n}>{title}</a></h3><p>{text}</p><span>1 Mar 2024</span></div>",
        "<article><h2><a href=/{n}>{title}</a></h2><time>1 Mar 2024</time><p>{text}</p></article>",
        "<a href=/{n}><h3>{title}</h3><p>{text}</p></a>",
        "<li><a href=/{n}>{title}</a><p>{text}</p></li>",
        "<tr><td><a href=/{n}>{title}</a></td><td>{text}</td></tr>",
        "<dl><dt><a href=/{n}>{title}</a></dt><dd>{text}</dd></dl>",
        "<div><a href=/{n}><b>{title}</b></a><br>{text}</div>",
    ],
)
def test_a_page_of_links_and_summaries_is_no_article(card: str) -> None:
    cards = "".join(card.format(n=n, title=title, text=text) for n, (title, text) in enumerate(CARDS * 2))
    page = f"<html><head><title>Averil Post: news</title></head><body><main>{cards}</main><footer>© 2021</footer></body></html>"
    with pytest.raises(NotAnArticle):
        articles_of(page_from_html(page), load_outlets(), date(2026, 1, 1))


@pytest.mark.parametrize(
    "between",
    [
        "<p><a href=/{n}>Also: {title}</a></p>",
        "<h2>{title}</h2>",
        "<div><h3><a href=/{n}>{title}</a></h3><p>{text}</p></div>",
        "<ul><li><a href=/{n}>{title}</a></li></ul>",
    ],
)
def test_an_article_with_links_between_its_paragraphs_is_one(between: str) -> None:
    parts = [
        f"<p>{p}</p>{between.format(n=n, title=t, text=x)}"
        for n, (p, (t, x)) in enumerate(zip(PARAGRAPHS, CARDS, strict=True))
    ]
    text = page_from_html(html(inner="<h1>Harbour closes</h1>" + "".join(parts))).text
    assert [p for p in PARAGRAPHS if p not in text] == []


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


def entry(inner: str, link: str = "https://averil.example/", origin: str = "https://feeds.example/x.xml"):
    channel = f"<title>Averil Post</title><link>{link}</link><item><title>T</title><description>{SAID}</description>{inner}</item>"
    source = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}</channel></rss>'
    (page,) = pages_of_feed(source.encode(), Hints(), origin=origin)
    return page


SAID = "The mayor resigned."


@pytest.mark.parametrize(
    ("link", "home", "url"),
    [
        ("/2024/dam.html", "https://averil.example/", "https://averil.example/2024/dam.html"),
        ("dam.html", "https://averil.example/news/", "https://averil.example/news/dam.html"),
        ("//averil.example/dam", "https://averil.example/", "https://averil.example/dam"),
        ("/dam", "/home", "https://feeds.example/dam"),
        ("https://other.example/x", "https://averil.example/", "https://other.example/x"),
        ("javascript:alert(1)", "https://averil.example/", None),
        ("https://good@evil.example/", "https://averil.example/", None),
    ],
)
def test_links_of_entries(link: str, home: str, url: str | None) -> None:
    assert entry(f"<link>{link}</link>", home).meta.url == url


def test_an_entry_without_link_has_none() -> None:
    assert entry("").meta.url is None


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("<dc:creator>Nora Feld</dc:creator><dc:creator>Thomas Kapp</dc:creator>", ("Nora Feld", "Thomas Kapp")),
        ("<dc:creator>By Nora Feld and Thomas Kapp Jr.</dc:creator>", ("Nora Feld", "Thomas Kapp Jr.")),
        ("<author>nora@averil.example (Nora Feld)</author>", ("Nora Feld",)),
        ("<author>nora@averil.example</author>", ()),
    ],
)
def test_authors_of_entries(said: str, names: tuple[str, ...]) -> None:
    assert entry(said).meta.bylines == names


def test_an_atom_entry_is_of_the_day_it_was_published_by_all_its_authors() -> None:
    source = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>T</title><updated>2024-03-08T10:00:00Z</updated>'
        "<published>2024-03-05T23:00:00-08:00</published><author><name>Nora Feld</name></author><author><name>Thomas Kapp</name>"
        f"</author><summary>{SAID}</summary></entry></feed>"
    )
    (page,) = pages_of_feed(source.encode(), Hints(), origin="x")
    assert (page.meta.published, page.meta.bylines) == (date(2024, 3, 5), ("Nora Feld", "Thomas Kapp"))


def test_the_footer_of_a_feeds_entry_is_no_part_of_the_report() -> None:
    footer = "The post Harbour closes appeared first on Averil Post."
    text = "".join(f"<p>{p}</p>" for p in (*PARAGRAPHS, footer))
    source = f"<rss><channel><item><title>T</title><description><![CDATA[{text}]]></description></item></channel></rss>"
    (page,) = pages_of_feed(source.encode(), Hints(), origin="x")
    (article,) = articles_of(page, load_outlets(), date(2026, 1, 1))
    assert article.text.split("\n\n") == PARAGRAPHS


def test_of_a_feed_of_many_summaries_some_are_fetched_and_the_rest_told_of(limits) -> None:
    items = "".join(f"<item><title>{n}</title><link>https://averil.example/{n}</link></item>" for n in range(1500))
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    pages = {
        f"https://averil.example/{n}": Fetched(f"https://averil.example/{n}", html().encode()) for n in range(1500)
    }
    fetcher = CannedFetcher(
        {"https://averil.example/feed": Fetched("https://averil.example/feed", feed, "text/xml"), **pages}
    )
    found = list(read_targets(["https://averil.example/feed"], Hints(), None, limits, fetcher=fetcher))
    assert len(fetcher.asked) == 1 + FEED_MAX_FETCHED == len(found)
    assert f"{1500 - FEED_MAX_FETCHED} were left out" in found[-1].what


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
        pytest.param("2024/3/25 15:07:41", date(2024, 3, 25), id="slashes"),
        pytest.param("Tuesday, March 5, 2024 - 10:00", date(2024, 3, 5), id="the month in full"),
        pytest.param("Mon, 25 Mar 24 05:57:31 +0100", date(2024, 3, 25), id="two digits of the year"),
        pytest.param("03/04/2024", None, id="March or April"),
    ],
)  # fmt: skip
def test_the_day_of_an_entry_is_that_of_its_own_clock(said, day):
    item = f"<item><title>A</title><description>Words of it.</description><pubDate>{said}</pubDate></item>"
    (page,) = pages_of_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), Hints(), origin="x")
    assert page.meta.published == day
