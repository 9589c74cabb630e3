"""Pages over a store: each answers, is sound HTML, keeps what was typed, and takes what forms send."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from app.web.pages import samples


def first(pattern: str, html: str) -> str:
    found = re.search(pattern, html)
    assert found, pattern
    return found[1]


PATHS = {
    "front": "/",
    "stories for teaching": "/examples",
    "handout, not loaded": "/examples/ferry-fire",
    "stories": "/stories",
    "stories found": "/stories?q=bridge&order=name&relation=conflict&size=many",
    "articles": "/articles?outlet=island-herald&from=2024-05-01&order=oldest",
    "actors": "/actors?q=ruiz&kind=person",
    "outlets": "/outlets?q=herald",
    "outlet": "/outlets/island-herald",
    "story": "/stories/the-bridge",
    "filtered": "/stories/the-bridge?status=conflict&actor=ana-ruiz&from=2024-05-01&to=2024-05-31&sort=event&only=1",
    "by who reports it": "/stories/the-bridge?layout=reports&pin=river-times&hide=island-herald",
    "columns moved": "/stories/the-bridge?layout=columns&columns=river-times,island-herald",
    "two articles in full": "/articles/1/with/2",
    "versions, only one": "/articles/1/versions",
    "nothing fits": "/stories/the-bridge?from=1999-01-01&to=1999-01-02",
    "print": "/stories/the-bridge/print",
    "search": "/search?q=bridge",
    "search, misspelt": "/search?q=brigde",
    "search actor": "/search?actor=Ruiz",
    "search dates": "/search?from=2024-05-13&to=2024-05-13",
    "search nothing": "/search",
    "search nobody": "/search?actor=Nobody+At+All",
    "saved searches": "/searches",
    "webhooks": "/webhooks",
    "actor": "/actors/ana-ruiz",
    "actor by": "/actors/ana-ruiz?side=by",
    "conflicts": "/conflicts",
    "conflicts open": "/conflicts?state=open",
    "conflicts, one decided": "/conflicts?done=1",
    "add": "/articles/new",
    "add from a bookmark": "/articles/new?url=https://a.example&title=T&text=Words",
    "classroom": "/stories/the-bridge/classroom",
    "classroom, hands": "/stories/the-bridge/classroom?hands=1&rows=6",
    "revealed": "/stories/the-bridge/classroom?reveal=1",
    "frozen": "/stories/the-bridge/snapshots",
    "alike": "/alignments/1/alike",
    "merge": "/alignments/1/merge",
    "merge, chosen": "/alignments/1/merge?into=2",
    "split": "/alignments/1/split",
    "part": "/alignments/1/part",
    "method": "/method",
    "sources": "/sources",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_every_page_answers_and_is_sound(bridge, path, sound) -> None:
    answer = bridge.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    sound(answer.text)


def test_row_and_article_pages(bridge, sound) -> None:
    story = bridge.get("/stories/the-bridge").text
    for pattern in (r'href="(/alignments/\d+)"', r'href="(/articles/\d+)"'):
        answer = bridge.get(first(pattern, story))
        assert answer.status_code == 200
        sound(answer.text)


def test_an_article_is_reached_at_its_sentence(bridge) -> None:
    path, anchor = first(r'href="(/articles/\d+#c\d+)"', bridge.get("/stories/the-bridge").text).split("#")
    assert f'id="{anchor}"' in bridge.get(path).text


def test_counts_of_the_status_filter_add_up(bridge) -> None:
    story = bridge.get("/stories/the-bridge").text
    nav = first(r'(?s)<nav class="statuses".*?>(.*?)</nav>', story)
    numbers = [int(n) for n in re.findall(r'class="num">(\d+)', nav)]
    assert numbers[0] == sum(numbers[1:]) > 0


def test_a_filter_keeps_the_other_filters(bridge) -> None:
    story = bridge.get("/stories/the-bridge?actor=ana-ruiz&sort=event").text
    links = re.findall(r'<a class="is-\S+" href="([^"]+)"', story)
    for link in links:
        query = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
        assert query["actor"] == ["ana-ruiz"]
        assert query["sort"] == ["event"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/stories/the-bridge?from=yesterday&actor=ana-ruiz", "not a date"),
        ("/stories/the-bridge?from=2024-06-01&to=2024-05-01", "after the second"),
        ("/search?q=bridge&to=2024-13-01", "not a date"),
    ],
)
def test_a_bad_date_is_said_beside_its_field_and_nothing_is_lost(bridge, path, says, sound) -> None:
    answer = bridge.get(path)
    assert answer.status_code == 422
    sound(answer.text)
    assert says in answer.text
    for value in parse_qs(urlsplit(path).query).values():
        assert value[0] in answer.text


def test_a_choice_that_is_none_shows_the_page_all_the_same(bridge) -> None:
    assert bridge.get("/stories/the-bridge?status=quarrel&sort=up&date_of=never").status_code == 200


@pytest.mark.parametrize(
    "path", ["/stories/no-such", "/alignments/999999", "/articles/999999", "/actors/no-such", "/no"]
)
def test_what_is_not_there_helps_to_find_it(bridge, path, sound) -> None:
    answer = bridge.get(path)
    assert answer.status_code == 404
    sound(answer.text)
    assert 'action="/search"' in answer.text


def test_an_empty_database_says_how_to_begin(new_store, serving, sound) -> None:
    answer = serving(new_store()).get("/")
    assert answer.status_code == 200
    sound(answer.text)
    assert "parallax example" in answer.text
    assert "/articles/new" in answer.text


def test_no_database_is_a_page_that_says_so(serving, sound) -> None:
    answer = serving().get("/", headers={"accept": "text/html"})
    assert answer.status_code == 503
    sound(answer.text)


def test_where_writing_is_not_allowed_no_form_posts_and_a_line_says_why(filled, serving) -> None:
    client = serving(filled(), writable=False)
    story = client.get("/stories/the-bridge").text
    row = first(r'href="(/alignments/\d+)"', story)
    for html in (story, client.get(row).text, client.get("/conflicts").text, client.get("/articles/new").text):
        assert 'method="post"' not in html
        assert "read-only" in html


def test_what_is_hostile_stays_text(filled, serving) -> None:
    client = serving(filled(hostile=True))
    story = client.get("/stories/the-bridge").text
    paths = ["/", "/stories/the-bridge/print", "/search?q=monday", "/conflicts", "/actors/ana-ruiz"]
    paths += set(re.findall(r'href="(/(?:alignments|articles)/\d+)"', story))
    for html in (story, *(client.get(p).text for p in paths)):
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "javascript:" not in html


# --- forms -----------------------------------------------------------------------------------------------------------

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


def test_flag_note_undo(review, sound) -> None:
    story = review.get("/stories/the-bridge").text
    action = first(r'action="(/alignments/\d+/flags)"', story)
    row = action.split("/")[2]
    back = f"/stories/the-bridge?status=conflict#row-{row}"
    answer = review.post(action, data={"back": back}, headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    review.post(action, data={"note": "see <b>page 2</b>", "back": back}, headers=SAME)
    why = review.get(f"/alignments/{row}").text
    sound(why)
    assert "Flagged as a conflict" in why
    assert "see &lt;b&gt;page 2&lt;/b&gt;" in why
    flag = first(r'action="(/flags/\d+)"', why)
    answer = review.post(flag, data={"do": "withdraw"}, headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/alignments/{row}")
    after = review.get(f"/alignments/{row}").text
    assert "Flagged as a conflict" not in after
    assert "flagged it as a conflict" in after  # the history remembers


def test_a_row_of_one_outlet_is_flagged_as_doubtful(review, sound) -> None:
    every = "/api/v1/stories/the-bridge/alignments"
    together = review.get(every).json()["items"][-1]["id"]
    review.post(f"/alignments/{together}/decisions", data={"kind": "reject"}, headers=SAME)
    row = review.get(f"{every}?status=single-source").json()["items"][0]["id"]
    for path in ("/stories/the-bridge?status=single-source", f"/alignments/{row}"):
        assert f'action="/alignments/{row}/flags"' in review.get(path).text, path
    assert "Flag as doubtful" in review.get(f"/alignments/{row}").text
    review.post(f"/alignments/{row}/flags", data={"note": "who says?"}, headers=SAME)
    why, queue = review.get(f"/alignments/{row}").text, review.get("/conflicts").text
    sound(why)
    sound(queue)
    assert "Flagged as doubtful" in why
    assert f'id="row-{row}"' in queue
    assert "Confirm the doubt" in queue
    review.post(first(r'action="(/flags/\d+)"', why), data={"do": "confirm"}, headers=SAME)
    assert review.get(f"/api/v1/alignments/{row}").json()["row"]["status"] == "single-source"
    assert "flagged it as doubtful" in review.get("/stories/the-bridge/print").text


def test_confirm_dismiss_reopen(review, sound) -> None:
    row = first(r'action="/alignments/(\d+)/flags"', review.get("/stories/the-bridge").text)
    review.post(f"/alignments/{row}/flags", data={}, headers=SAME)
    flag = first(r'action="(/flags/\d+)"', review.get(f"/alignments/{row}").text)
    for do, state in (("confirm", "confirmed"), ("reopen", "open"), ("dismiss", "dismissed")):
        assert review.post(flag, data={"do": do, "note": "n"}, headers=SAME).status_code == 303
        queue = review.get("/conflicts").text
        sound(queue)
        assert f"<b>{state}</b>" in queue


def test_decide_and_undo(review, sound) -> None:
    row = first(r'href="/alignments/(\d+)"', review.get("/stories/the-bridge").text)
    path = f"/alignments/{row}/decisions"
    review.post(path, data={"kind": "relabel", "value": "Another wording"}, headers=SAME)
    page = review.get(f"/alignments/{row}").text
    sound(page)
    assert "Another wording</h1>" in page
    review.post(first(r'action="(/decisions/\d+)"', page), data={"do": "undo"}, headers=SAME)
    assert "Another wording</h1>" not in review.get(f"/alignments/{row}").text


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/alignments/999999/flags", {}, 404),
        ("/flags/999999", {"do": "confirm"}, 404),
        ("/decisions/999999", {"do": "undo"}, 404),
        ("/flags/1", {"do": "sing"}, 422),
        ("/flags/1", {}, 422),
        ("/alignments/1/decisions", {"kind": "sing"}, 422),
        ("/alignments/1/flags", {"note": "x" * 3000}, 422),
    ],
)
def test_what_a_form_cannot_mean_is_a_page_that_says_so(review, path, form, status, sound) -> None:
    answer = review.post(path, data=form, headers={**SAME, "accept": "text/html"})
    assert answer.status_code == status
    sound(answer.text)


def test_a_form_from_another_site_is_refused(review) -> None:
    answer = review.post("/alignments/1/flags", data={}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


# --- adding ----------------------------------------------------------------------------------------------------------

REPORT = """The harbour town of Ostby reopened its bridge on Monday.

Mayor Ana Ruiz said on Tuesday that the repair had cost 4 million euros. "We waited two years," she added.
"""


def test_a_pasted_article_is_shown_corrected_and_kept(review, sound) -> None:
    given = {"text": REPORT, "outlet": "Harbour Gazette", "published": "2024-05-15", "story": "the-bridge"}
    shown = review.post("/articles/preview", data=given, headers=SAME)
    assert shown.status_code == 200
    sound(shown.text)
    assert "4 million euros" in shown.text
    assert "as given when added" in shown.text
    values = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', shown.text))
    body = first(r'(?s)<textarea id="text-0"[^>]*>\n(.*?)</textarea>', shown.text).replace("&#34;", '"')
    form = {**values, "headline-0": "Bridge open again", "text-0": body.replace("\n", "\r\n"), "keep-0": "1"}
    form |= {"published-0": "2024-05-14", "story": "the-bridge"}
    kept = review.post("/articles", data={k: v for k, v in form.items() if k != "again"}, headers=SAME)
    assert kept.status_code == 303
    page = review.get(kept.headers["location"])
    sound(page.text)
    assert "Bridge open again" in page.text
    assert "14 May 2024" in page.text
    assert "\r" not in page.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        pytest.param({}, "nothing to read yet", id="nothing"),
        pytest.param({"text": "   "}, "nothing to read yet", id="blank"),
        pytest.param({"text": REPORT, "published": "15.5.2024"}, "not a date", id="bad date"),
        pytest.param({"url": "ftp://example.org/x"}, "ftp", id="scheme"),
        pytest.param({"url": "http://127.0.0.1:1/"}, "127.0.0.1", id="private address"),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_the_form(review, form, says, sound) -> None:
    answer = review.post("/articles/preview", data=form, headers=SAME)
    assert answer.status_code == 422
    sound(answer.text)
    assert says in answer.text
    for value in form.values():
        assert value.strip().split("\n")[0] in answer.text


def test_a_file_is_read_like_a_pasted_text(review) -> None:
    files = {"file": ("../../etc/report.txt", REPORT.encode(), "text/plain")}
    shown = review.post("/articles/preview", data={"outlet": "River Times"}, files=files, headers=SAME)
    assert shown.status_code == 200
    assert "4 million euros" in shown.text


def test_a_binary_file_is_named_with_the_reason(review, sound) -> None:
    files = {"file": ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00" * 50, "image/png")}
    answer = review.post("/articles/preview", files=files, headers=SAME)
    assert answer.status_code == 422
    sound(answer.text)
    assert "picture.png" in answer.text
    assert "/tmp" not in answer.text


def test_a_future_date_is_refused_beside_its_field(review, sound) -> None:
    form = {"draft": "0", "text-0": REPORT, "published-0": "2999-01-01", "keep-0": "1", "headline-0": "H"}
    answer = review.post("/articles", data=form, headers=SAME)
    assert answer.status_code == 422
    sound(answer.text)
    assert "lies in the future" in answer.text


def test_patterns_are_for_development_only(serving, filled) -> None:
    store = filled()
    assert serving(store).get("/patterns").status_code == 404
    answer = serving(store, patterns=True).get("/patterns")
    assert answer.status_code == 200
    for row in samples.ROWS:
        assert row.label in answer.text
