"""Laws of stage 2: whole lines, word for word; what a person said goes first; one hash for one report."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.article import articles_of, content_hash
from app.core.lexicon.outlets import Outlets, load_outlets
from app.core.records import Article, Hints, Meta, Page, PageKind, PublishedFrom
from app.errors import BadInput, NotAnArticle
from app.sources import page_from_html

REPORT = """Harbour closes after storm

The harbour of Averil was closed on Monday after a storm tore two ships from their moorings.

Nobody was hurt, the harbour master said.

“We will open again when the wind drops,” she told reporters."""
BODY = "\n\n".join(REPORT.split("\n\n")[1:])

PIECES = st.sampled_from(
    [
        "The harbour was closed on Monday after a storm.",
        "“We will not leave,” said the mayor’s aide.",
        "Menu",
        "Related Links",
        "By Rosa Delmonte",
        "2019-11-28",
        "– What now? –",
        "Tokyo (AFP) Aug 23, 2019 -",
        "Harbour closes after storm",
        "Copyright 2019 Example.",
        "{{left}} free articles",
        "  • A pay rise of 9 percent",
        "Subscribe to our newsletter",
        "문재인 대통령은 목요일 사과했다.",
        "",
        "",
    ]
)
TODAY = date(2026, 1, 1)


def read(page: Page, outlets: Outlets | None = None) -> tuple[Article, ...]:
    return articles_of(page, outlets or load_outlets(), TODAY)


@given(st.lists(PIECES | st.text(max_size=80), max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_line_of_a_body_is_a_line_of_the_page(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    try:
        articles = read(Page("x", text))
    except NotAnArticle:
        return
    source = {line.strip() for line in text.splitlines()}
    for article in articles:
        assert article.text.strip()
        assert all(line.strip() in source for line in article.text.splitlines() if line.strip())


@given(st.text(min_size=1).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_a_body_already_is_kept_to_the_letter(text: str) -> None:
    (article,) = read(Page("x", text, PageKind.BODY))
    assert article.text == text


def test_flat_text_gives_headline_and_body() -> None:
    (article,) = read(Page("x", REPORT))
    assert (article.headline, article.text, article.language) == ("Harbour closes after storm", BODY, "en")
    assert (article.published, article.published_from, article.outlet) == (None, None, None)


def test_a_pasted_sentence_is_an_article() -> None:
    (article,) = read(Page("x", "The minister never apologised."))
    assert article.text == "The minister never apologised."


def test_an_unfinished_pasted_sentence_too() -> None:
    (article,) = read(Page("x", "Tokyo apologised to Seoul on Friday"))
    assert article.text == "Tokyo apologised to Seoul on Friday"


@pytest.mark.parametrize("text", ["", "  \n ", "Menu\nHome\nSearch", "© 2024 Example Media"])
def test_no_article(text: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        read(Page("page.txt", text))
    assert caught.value.where == "page.txt"


HINTED = Hints(
    id="7", outlet="Korea Times", published=date(2019, 8, 22), published_from=PublishedFrom.MANIFEST,
    url="https://paper.example/2018/01/02/x", headline="Given", story="storms",
)  # fmt: skip


def test_what_a_person_said_goes_first() -> None:
    meta = Meta(headline="Other", published=date(2001, 1, 1), site_name="BBC", url="https://bbc.com/x")
    (a,) = read(Page("x", REPORT, hints=HINTED, meta=meta))
    assert (a.id, a.outlet, a.published, a.published_from) == (
        "7",
        "The Korea Times",
        date(2019, 8, 22),
        PublishedFrom.MANIFEST,
    )
    assert (a.url, a.headline, a.story) == ("https://paper.example/2018/01/02/x", "Given", "storms")


@pytest.mark.parametrize(
    ("page", "published", "source"),
    [
        (
            Page("x", REPORT, meta=Meta(published=date(2019, 1, 2), url="https://a.example/2018/03/04/x")),
            date(2019, 1, 2),
            "meta",
        ),
        (Page("x", REPORT, meta=Meta(url="https://a.example/2018/03/04/x")), date(2018, 3, 4), "url"),
        (Page("x", "2017-05-06\n\n" + REPORT, meta=Meta(url="https://a.example/x")), date(2017, 5, 6), "text"),
        (Page("x", REPORT, meta=Meta(published=date(2999, 1, 2))), None, None),
        (
            Page("x", REPORT, meta=Meta(published=date(1850, 1, 2), url="https://a.example/2018/03/04/")),
            date(2018, 3, 4),
            "url",
        ),
        (Page("x", REPORT + "\n\nThe last storm came on 3 May 2011."), None, None),
    ],
    ids=["meta", "url", "text", "future", "too old, then url", "a date in a sentence"],
)
def test_where_dates_come_from(page: Page, published: date | None, source: str | None) -> None:
    (a,) = read(page)
    assert (a.published, a.published_from.value if a.published_from else None) == (published, source)


def test_a_future_hint_is_refused() -> None:
    with pytest.raises(BadInput, match="2999"):
        read(Page("x", REPORT, hints=Hints(published=date(2999, 1, 1))))


@pytest.mark.parametrize(
    ("page", "outlet"),
    [
        (Page("x", REPORT, hints=Hints(outlet="nhk.or.jp")), "NHK"),
        (Page("x", REPORT, hints=Hints(outlet="The Averil Post")), "The Averil Post"),
        (Page("x", REPORT, hints=Hints(url="https://asia.nikkei.com/x")), "Nikkei"),
        (Page("x", REPORT, meta=Meta(site_name="NPR.org", url="https://www.npr.org/x")), "NPR"),
        (Page("x", REPORT, meta=Meta(url="https://news.averil-post.example/x")), "news.averil-post.example"),
        (Page("x", REPORT, meta=Meta(site_name="Averil Post")), "Averil Post"),
        (Page("x", REPORT.replace("The harbour of", "AVERIL (Reuters) - The harbour of"), meta=Meta(site_name="Space Daily", url="https://spacedaily.com/x")), "Reuters"),
        (Page("x", REPORT + "\n\nCopyright 2019 NPR. To see more, visit", meta=Meta(url="https://kpbs.org/x")), "NPR"),
        (Page("x", REPORT + "\n\nRosa Delmonte rosa@koreatimes.co.kr"), "The Korea Times"),
    ],
    ids=["domain as option", "unknown option", "hinted url", "domain", "unknown domain", "unknown site", "dateline on an aggregator", "copyright line", "mail"],
)  # fmt: skip
def test_whose_report_it_is(page: Page, outlet: str) -> None:
    assert read(page)[0].outlet == outlet


def test_an_extracted_body_keeps_subheads_and_loses_buttons() -> None:
    text = "\n\n".join(
        [
            "Harbour closes after storm",
            *BODY.split("\n\n")[:2],
            "What now",
            BODY.split("\n\n")[2],
            "Share on Facebook",
            "© 2019 Example",
        ]
    )
    (a,) = read(Page("x", text, PageKind.EXTRACTED, meta=Meta(headline="Harbour closes after storm")))
    assert a.text.split("\n\n") == [*BODY.split("\n\n")[:2], "What now", BODY.split("\n\n")[2]]


def test_a_feeds_summary_is_an_excerpt() -> None:
    assert read(Page("x", BODY, PageKind.EXTRACTED, excerpt=True))[0].excerpt


@pytest.mark.parametrize("end", [" …", "...", " … read more", "… [+1200 chars]"])
def test_a_body_that_breaks_off_is_an_excerpt(end: str) -> None:
    assert read(Page("x", REPORT.removesuffix(".”") + end))[0].excerpt


def test_languages() -> None:
    korean = "시장은 목요일 기자회견에서 다리 공사가 두 번이나 늦어진 데 대해 시민들에게 사과했다. 시의회는 비용이 두 배로 늘었다고 지적하고 책임을 물었다."
    assert read(Page("x", korean))[0].language == "ko"
    assert read(Page("x", "Rien de neuf.", meta=Meta(language="fr-FR")))[0].language == "fr"


def test_content_hash_is_of_the_words() -> None:
    (a,) = read(Page("x", REPORT))
    same = replace(a, text=a.text.replace("“", '"').replace("”", '"').replace("\n\n", "\n"), outlet="Other", id="9")
    assert content_hash(a) == content_hash(same)
    assert content_hash(a) != content_hash(replace(a, text=a.text.replace("Nobody", "Somebody")))
    assert content_hash(a) != content_hash(replace(a, headline="Harbour opens"))


@pytest.mark.parametrize("piece", ["A ", ".", "(A ", "a | ", "{{", "1/", "in this ", "By Anna Bell, "])
def test_a_monstrous_line_costs_no_more_than_a_long_one(piece: str) -> None:
    began = time.process_time()
    articles = read(Page("x", REPORT + "\n\n" + piece * 60_000))
    assert time.process_time() - began < 5
    assert articles[0].text.startswith("The harbour")


def test_an_extracted_body_keeps_its_paragraphs_whatever_stands_between() -> None:
    first, second, third = BODY.split("\n\n")[:3]
    quoted = "Il «assume» et «revendique» sa méthode, «le choix du temps long», «la négociation», «le dialogue» avec tous, hier."
    text = f"Sign in\n\nSign up for our newsletter\n\n{first}\n\nRead more: storms\n\n{quoted}\n\n{second}\n\nMost read\n\n{third}"
    (a,) = read(Page("x", text, PageKind.EXTRACTED, meta=Meta(headline="Harbour closes after storm")))
    assert [p for p in (first, quoted, second) if p not in a.text] == []


PIER = [
    "The ferry pier of Sandholm was shut on Friday after a barge struck its northern end, the port office said.",
    "“We heard a bang and then the whole deck moved,” said Jonna Reiss, who runs the ticket booth. “Nobody fell in.”",
    "About 900 people cross to the island every day. Harbour master Ivo Lind said a smaller boat would run from Monday.",
    "The barge, which carried gravel, was towed to a yard in Tarn, where divers will look at its hull, the office said.",
]
SHORT = [
    "He died on March 1, 2024.", "Talks resume on April 2, 2024.", "It sank on 3 May 2011.", "Nobody was hurt.", "It failed.", "Ten died.",
    "He told AP.", "“No.”", "The pier (pictured above) was built in 1987.", "The barge, pictured above, belongs to a gravel firm.",
    "Mr Lind (pictured) said the pier was safe.", "A picture released by police showed a man in a red coat.",
    "Getty Images sued the firm on Monday.", "Updated figures are due on March 3, 2024.", "By March 3, 2024, the pier must be open.",
    "The report was published on March 3, 2024.", "The news was first reported by AFP.",
]  # fmt: skip
LISTS = [
    ["The pier is 140 metres long", "The barge carried 300 tonnes of gravel", "Divers start on Monday"],
    ["The pier was built in 1987", "It cost $3 million", "Opened in June 2001"],
    ["March 3, 2024: the barge strikes the pier"],
]


def _as_page(parts: list[str | list[str]], form: str) -> Page:
    if form == "html":
        inner = "".join(
            f"<p>{p}</p>" if isinstance(p, str) else f"<ul>{''.join(f'<li>{i}</li>' for i in p)}</ul>" for p in parts
        )
        return page_from_html(f"<html><body><article><h1>Barge hits ferry pier</h1>{inner}</article></body></html>")
    lines = [p if isinstance(p, str) else "\n".join(f"- {item}" for item in p) for p in parts]
    return Page("x", ("\n\n" if form == "flat" else "\n").join(["Barge hits ferry pier", *lines]))


@pytest.mark.parametrize("form", ["flat", "dense", "html"])
@pytest.mark.parametrize("said", SHORT)
def test_no_sentence_of_a_body_is_lost_wherever_it_stands(said: str, form: str) -> None:
    places = [[said, *PIER], [PIER[0], said, *PIER[1:]], [*PIER, said], ["By Nora Feld", "March 5, 2024", said, *PIER]]
    for parts in places:
        (article,) = read(_as_page(parts, form))
        assert [p for p in (said, *PIER) if p not in article.text] == [], parts
        if "By Nora Feld" in parts and form != "html":
            assert (article.published, article.bylines) == (date(2024, 3, 5), ("Nora Feld",))


@pytest.mark.parametrize("form", ["flat", "dense", "html"])
@pytest.mark.parametrize("items", LISTS, ids=["facts", "dates", "timeline"])
def test_no_item_of_a_list_is_lost_without_its_full_stop(items: list[str], form: str) -> None:
    for parts in ([*PIER[:2], items, *PIER[2:]], [*PIER, items], [items, *PIER]):
        (article,) = read(_as_page(parts, form))
        assert [p for p in (*items, *PIER) if p not in article.text] == [], parts


def test_links_to_other_stories_below_a_body_are_no_list_of_it() -> None:
    for below in (
        "- Minister Fined Over Parking\n- Bakery Wins Prize",
        "Who pays for the repair?",
        "Sign in",
        "Rain Expected in Tarn",
    ):
        (article,) = read(Page("x", "\n\n".join(["Barge hits ferry pier", *PIER, below])))
        assert article.text == "\n\n".join(PIER)


def test_an_embedded_post_is_its_authors() -> None:
    signed = [
        "— Some Body (@some_body) March 4, 2024",
        "— Some Body (@some.body.example)",
        "A post shared by Some Body (@some)",
    ]
    for line in signed:
        (article,) = read(
            Page("x", "\n\n".join(["Barge hits ferry pier", *PIER[:2], "The pier is gone!!! Run!", line, *PIER[2:]]))
        )
        assert article.text == "\n\n".join(PIER)


def test_a_page_laid_out_in_tables_is_read() -> None:
    cells = "".join(f"<tr><td>Menu</td><td>{p}</td></tr>" for p in BODY.split("\n\n"))
    page = page_from_html(f"<html><body><table>{cells}</table></body></html>")
    assert [p for p in BODY.split("\n\n") if p not in page.text] == []


HEADLINE = REPORT.split("\n\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param(REPORT, REPORT, id="as given: no offset moves"),
        pytest.param(REPORT.replace(HEADLINE, HEADLINE.upper()), REPORT.replace(HEADLINE, HEADLINE.upper()), id="capitals"),
        pytest.param(REPORT.replace(" after", "\nafter", 1), REPORT.replace(" after", "\nafter", 1), id="over two lines"),
        pytest.param(REPORT.replace(HEADLINE, f"{HEADLINE}."), REPORT.replace(HEADLINE, f"{HEADLINE}."), id="a full stop"),
        pytest.param(REPORT.replace(HEADLINE, f"{HEADLINE}\n\nBy Rosa Delmonte"), REPORT, id="a byline below goes"),
        pytest.param(f"Menu\n\nHome | News | Sport | Opinion\n\n{BODY}", BODY, id="another line goes"),
        pytest.param(f"Storm shuts Averil\n\n{BODY}", BODY, id="another version goes"),
        pytest.param(BODY, BODY, id="none in the text"),
    ],
)  # fmt: skip
def test_a_given_headline_that_opens_the_text_stays_in_it(text, kept, outlets) -> None:
    page = Page(origin="t", text=text, hints=Hints(headline=HEADLINE))
    (article,) = articles_of(page, outlets, date(2024, 3, 5))
    assert article.headline == HEADLINE
    assert article.text == kept


def test_a_headline_that_nobody_gave_is_found_and_taken_off(outlets) -> None:
    (article,) = articles_of(Page(origin="t", text=REPORT), outlets, date(2024, 3, 5))
    assert (article.headline, article.text) == (HEADLINE, BODY)
