"""The pages one reads: article, row, actor. What is said there, where it leads, what is missing and why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from starlette.requests import Request

from app import pipeline
from app.core.records import RelationKind, Status
from app.store.views import Silence
from app.web.charts import draw_positions
from app.web.pages import samples, samples_pictures
from app.web.pages.actor import ActorFilters, actor_page
from app.web.pages.alignment import alignment_page
from app.web.pages.article import article_page
from app.web.pages.fields import date_field
from app.web.pages.templates import render


@pytest.fixture(scope="module")
def article(bridge) -> str:
    return bridge.get("/articles/1").text


@pytest.fixture(scope="module")
def row(bridge) -> str:
    path = re.search(r'href="(/alignments/\d+)"', bridge.get("/stories/the-bridge?status=conflict").text)[1]
    return bridge.get(path).text


@pytest.fixture
def asked(bridge) -> Request:
    """As much of a request as a page's frame asks for."""
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": []}
    return Request({**scope, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "app": bridge.app})


# --- article ----------------------------------------------------------------------------------------------------------


def test_every_noted_claim_is_a_link_to_its_note_and_the_note_names_its_verdict(article) -> None:
    links = re.findall(
        r'<a class="underlined is-(\S+)" href="#(n\d+)" data-claim="\d+" aria-describedby="(v\d+)"', article
    )
    assert len(links) == 6
    for status, note, verdict in links:
        assert article.count(f'id="{note}"') == 1
        said = re.search(rf'(?s)id="{verdict}">(.*?)</summary>', article)[1]
        assert status in re.sub(r"<[^>]+>", " ", said)


def test_a_note_leads_to_the_sentence_at_the_outlet_to_the_others_and_to_why(article) -> None:
    body = re.search(r'(?s)<div class="note-body".*?</div>', article)[0]
    assert 'href="https://0.example.org/bridge#:~:text=' in unescape(body)
    assert "this sentence at Harbour Gazette" in body
    assert re.search(r'href="/articles/2#c\d+">Island Herald', body)
    assert re.search(r'href="/alignments/\d+">why', body)


def test_words_that_are_not_the_outlet_s_link_plainly_and_say_so(asked) -> None:
    view = samples.ARTICLE
    assert view.article.own_words
    page = article_page(asked, view)
    assert set(page.sources.values()) == {None}
    assert all(note.source is None for note in page.noted.values())


def test_a_headline_that_stands_in_the_text_is_shown_once_with_its_claim_underlined(asked) -> None:
    view = samples.ARTICLE
    headline = view.article.headline
    first = view.underlines[0]
    claim = replace(first.claim, id=98, text=headline, start=0, end=len(headline), where="body")
    moved = [
        replace(u, claim=replace(u.claim, start=u.claim.start + len(headline) + 2, end=u.claim.end + len(headline) + 2))
        for u in view.underlines
    ]
    there = replace(
        view,
        text=f"{headline.upper()}\n\n{view.text}",
        article=replace(view.article, own_words=False),
        underlines=(replace(first, claim=claim), *moved),
    )
    page = article_page(asked, there)
    assert [s.text for s in page.headline.strands] == [headline.upper()]
    assert len(page.paragraphs) == len(article_page(asked, view).paragraphs)
    assert [n.id for n in page.headline_notes] == [98]
    assert page.headline_notes[0].source is None
    html = unescape(render("pages/article.html", page).body.decode())
    shown = html[html.index("<main") :] if "<main" in html else html
    assert shown.count(headline.upper()) == 1
    assert re.search(r'(?s)<h1 id="headline".*?id="c98".*?<a class="underlined is-\S+" href="#n98".*?</h1>', shown)


def test_claims_of_one_row_in_one_paragraph_share_a_note(asked) -> None:
    view = samples.ARTICLE
    page = article_page(asked, view)
    notes = [(n.row.status, [c.id for c in n.claims]) for _, found in page.paragraphs for n in found]
    assert notes == [(Status.CONFLICT, [12]), (Status.UPDATED, [19]), (Status.CONFLICT, [14]), (Status.UNSURE, [22])]
    assert 21 not in page.noted  # nobody else reports it


def test_what_is_left_out_says_why(asked) -> None:
    row = samples.ARTICLE.missing[0]
    later = replace(row, id=99)
    view = replace(
        samples.ARTICLE, missing=(later, row), silences={99: Silence.PUBLISHED_BEFORE, row.id: Silence.NOT_MENTIONED}
    )
    page = article_page(asked, view)
    assert [(s, n, [r.id for r in rows]) for s, n, rows in page.left_out] == [
        (Silence.NOT_MENTIONED, 1, [row.id]),
        (Silence.PUBLISHED_BEFORE, 1, [99]),
    ]


@pytest.mark.parametrize(("agency", "shown"), [("Yonhap", "Yonhap"), ("KBS", None), ("kbs", None), (None, None)])
def test_an_agency_is_named_unless_it_is_the_outlet(asked, agency, shown) -> None:
    assert article_page(asked, replace(samples.ARTICLE, agency=agency)).agency == shown


# --- row --------------------------------------------------------------------------------------------------------------


def test_a_row_says_where_it_comes_from_and_how_sure_it_is(row) -> None:
    assert "Where they have it from" in row
    assert "has it from Ana Ruiz" in row
    assert re.search(r"That all of these speak of one thing is [a-z ]+: \d+ %", row) or "side by side by a rule" in row


def test_a_row_leads_to_each_sentence_at_its_outlet(row) -> None:
    assert len(set(re.findall(r'href="(https://\d\.example\.org/bridge#:~:text=[^"]+)"', unescape(row)))) == 3


def test_pairs_that_made_the_verdict_stand_before_the_others(row) -> None:
    kinds = re.findall(r'<article class="pair is-(\S+)"', row)
    assert kinds == sorted(kinds, key=list(RelationKind).index)


@pytest.mark.parametrize(
    ("row_change", "says"),
    [
        pytest.param({"probability": 0.82}, "Reckoned right in 8 of 10 such cases.", id="a finding"),
        pytest.param(
            {"status": Status.UNSURE, "probability": 0.46}, "Reckoned not the same in 5 of 10 such cases", id="in doubt"
        ),
        pytest.param({"probability": 1.0}, "", id="a person decided"),
        pytest.param({"status": Status.AGREE, "probability": 0.9}, "", id="nothing differs"),
    ],
)
def test_how_often_a_verdict_is_right_is_said_where_no_person_decided(asked, row_change, says) -> None:
    view = replace(samples.ALIGNMENT, row=replace(samples.ALIGNMENT.row, **row_change), relations=())
    html = bytes(render("pages/alignment.html", alignment_page(asked, view)).body).decode()
    assert says in html
    assert bool(says) == ("Reckoned" in html)


def test_a_person_may_say_what_the_tool_says_but_not_that_he_is_unsure(review) -> None:
    (unsure,) = review.get("/api/v1/stories/the-bridge/alignments?status=unsure").json()["items"]
    page = review.get(f"/alignments/{unsure['id']}").text
    offered = re.search(r'(?s)<select id="verdict-value".*?</select>', page)[0]
    assert re.findall(r'value="([\w-]+)"', offered) == ["conflict", "diverge", "updated", "agree"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"retired": True}, "this row is no longer made", id="retired"),
        pytest.param({"rejected": True}, "do not belong together", id="rejected"),
        pytest.param({"asked_id": 77}, "Row 77 was merged into this one", id="merged"),
    ],
)
def test_what_became_of_a_row_is_said(asked, change, says) -> None:
    page = alignment_page(asked, replace(samples.ALIGNMENT, **change))
    html = bytes(render("pages/alignment.html", page).body).decode()
    assert says in html
    assert ("Flag as a conflict" in html) is False  # flagged already, or nothing to flag


def test_a_decided_row_says_so_instead_of_a_probability(asked) -> None:
    row = replace(samples.ALIGNMENT.row, decided=True)
    page = alignment_page(asked, replace(samples.ALIGNMENT, row=row))
    html = bytes(render("pages/alignment.html", page).body).decode()
    assert "A person has flagged or decided this row" in html
    assert "speak of one thing is" not in html


# --- actor ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("", 18, id="all"),
        pytest.param("outlet=harbour-gazette", 6, id="outlet"),
        pytest.param("story=the-bridge", 18, id="story"),
        pytest.param("story=elsewhere", 0, id="no such story"),
        pytest.param("from=2024-05-13&to=2024-05-13", 18, id="day"),
        pytest.param("from=2024-05-14", 0, id="later"),
        pytest.param("side=about", 0, id="about"),
    ],
)
def test_an_actor_s_page_is_narrowed(bridge, query, found) -> None:
    html = bridge.get(f"/actors/ana-ruiz?{query}").text
    assert html.count('<div class="when">') == found
    assert ("Show everything" in html) == (found == 0)
    for name, value in re.findall(r"(\w+)=([^&]+)", query):
        assert value in html, name


def test_a_date_that_is_none_is_said_beside_its_field(bridge) -> None:
    answer = bridge.get("/actors/ana-ruiz?from=soon&outlet=harbour-gazette")
    assert answer.status_code == 422
    assert "not a date" in answer.text
    assert 'value="soon"' in answer.text


def test_positions_are_drawn_and_told(bridge) -> None:
    html = bridge.get("/actors/ana-ruiz").text
    assert 'role="img" aria-label="Ana Ruiz on' in html
    assert "All positions as a table" in html
    assert "Positions over time" not in bridge.get("/actors/ana-ruiz?side=about").text


def test_a_name_that_others_bear_is_marked(asked) -> None:
    filters = ActorFilters("all", "", "", date_field("from", ""), date_field("to", ""))
    view = replace(samples.ACTOR, aliases=("Motegi", "Minister"), ambiguous=("Minister",))
    assert actor_page(asked, view, filters).aliases == (("Motegi", False), ("Minister", True))


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_a_row_of_many_pairs_shows_some_and_leads_to_the_others(filled, serving) -> None:
    client = serving(filled(4, articles=26))  # each report is held against the first: 25 pairs a row
    row = client.get("/api/v1/stories/the-bridge/alignments?status=conflict").json()["items"][0]["id"]
    seen, address = [], f"/alignments/{row}"
    while address:
        page = client.get(address).text
        seen.append(page.count('class="pair is-'))
        more = re.search(r'<a rel="next" href="([^"]+)">More pairs', page)
        address = unescape(more[1]) if more else None
    assert seen == [20, 5]


def test_the_api_pages_the_pairs_of_a_row_and_counts_all(filled, serving) -> None:
    client = serving(filled(4, articles=26))
    row = client.get("/api/v1/stories/the-bridge/alignments?status=conflict").json()["items"][0]["id"]
    answer = client.get(f"/api/v1/alignments/{row}?limit=10")
    assert len(answer.json()["relations"]) == 10
    assert answer.json()["relation_counts"] == {"conflict": 25}
    following = answer.links["next"]["url"]
    assert len(client.get(following).json()["relations"]) == 10


# --- long pages -------------------------------------------------------------------------------------------------------


def shown_on(client, address: str, entry: str, noun: str) -> list[int]:
    """How many entries each page of a list has, from the first to the last."""
    found = []
    while address:
        page = client.get(address).text
        found.append(len(re.findall(entry, page)))
        more = re.search(rf'<a rel="next" href="([^"]+)">More {noun}', page)
        address = unescape(more[1]) if more else None
    return found


def test_what_a_long_article_alone_reports_is_paged(new_store, made_report, serving) -> None:
    store = new_store()
    store.articles.keep_article(
        made_report(0, [f"Point {i} of the bridge stands, said Ruiz." for i in range(95)]), story_slug="x"
    )
    story = store.library.stories().items[0].story.slug
    pipeline.realign(store, story)
    client = serving(store)
    assert shown_on(client, "/articles/1", "why only here<span", "claims") == [40, 40, 15]
    assert shown_on(client, "/articles/1?alone_from=100000", "why only here<span", "claims") == [15]


def test_the_table_of_positions_is_paged_and_the_picture_bounded(filled, serving) -> None:
    client = serving(filled(50, articles=3))
    rows = r'<th scope="row">'
    assert shown_on(client, "/actors/ana-ruiz", rows, "positions") == [60, 60, 30]


@pytest.mark.parametrize("bad", ["x", "-1", "9999999999"])
def test_where_a_list_begins_is_a_number(bridge, bad) -> None:
    assert bridge.get(f"/actors/ana-ruiz?positions_from={bad}").status_code == 422


def test_a_matter_told_very_often_draws_the_latest_and_says_so() -> None:
    told = [replace(samples_pictures.POSITIONS[0], day=date(2024, 1, 1) + timedelta(days=i)) for i in range(100)]
    (matter,) = draw_positions(told).matters
    assert (len(matter.marks), matter.earlier) == (40, 60)
    assert matter.marks[-1].position.day == told[-1].day
