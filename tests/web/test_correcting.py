"""Articles and stories corrected from pages and API: what was typed is never lost, what was done can be undone, addresses lead on."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app import pipeline
from app.core.records import Hints

V1 = "/api/v1"
OWN = {"sec-fetch-site": "same-origin"}
TEXTS = (
    ("NPR", "2024-03-05", "France said on Monday that it would close the canal. Ships waited outside the locks."),
    ("KBS", "2024-03-06", "France said it would close the canal on Monday. Germany protested against the canal."),
    ("AFP", "2024-03-06", "France announced on Monday that the canal closes. Sailors slept on their ships."),
)


@pytest.fixture
def canal(store, serving):
    pages = [
        pipeline.paste(text, Hints(outlet=o, headline=f"{o}: canal to close", story="canal", published=day))
        for o, day, text in ((o, date.fromisoformat(d), t) for o, d, t in TEXTS)
    ]
    pipeline.keep(store, pipeline.read_pages(pages))
    return serving(store)


def send(canal, where: str, **fields):
    return canal.post(where, data=fields, headers=OWN)


FIELDS = {
    "headline": "A canal is closed",
    "outlet": "Reuters",
    "published": "2024-03-12",
    "bylines": "Ann Lee; Bo Chan",
    "url": "https://news.example/canal",
}


def test_a_form_corrects_and_the_page_says_by_whom(canal, store, sound) -> None:
    sound(canal.get("/articles/1/correct").text)
    answer = send(canal, "/articles/1/correct", **FIELDS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/1")
    page = canal.get("/articles/1").text
    sound(page)
    for told in ("A canal is closed", "Reuters", "corrected by reader", "Ann Lee, Bo Chan", "news.example"):
        assert told in page
    assert store.articles.stale_stories() == (), "it is read anew and compared again"
    day = next(d.value for c in store.articles.reading_of(1).claims for d in c.dates)
    assert day == "2024-03-11", "days are reckoned from the corrected date"
    assert send(canal, "/articles/1/correct", **FIELDS).status_code == 303
    assert canal.get(f"{V1}/corrections?article=1").json()["total"] == 5, "again changes nothing"
    for undo in re.findall(r'action="(/corrections/\d+)"', page):
        assert send(canal, undo, do="undo", back="/articles/1").headers["location"] == "/articles/1"
    again = canal.get("/articles/1").text
    assert "NPR: canal to close" in again
    assert "corrected by reader" not in again
    assert next(d.value for c in store.articles.reading_of(1).claims for d in c.dates) == "2024-03-04"


@pytest.mark.parametrize(
    ("field", "typed", "say"),
    [
        ("headline", " ", "headline"),
        ("outlet", "?!", "outlet"),
        ("published", "26/11", "not a date"),
        ("published", "2999-01-01", "future"),
        ("url", "javascript:x", "https://"),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason(canal, sound, field, typed, say) -> None:
    answer = send(canal, "/articles/1/correct", **(FIELDS | {field: typed}))
    assert answer.status_code == 422
    sound(answer.text)
    assert f'id="{field}-error"' in answer.text
    assert say in answer.text
    assert "Ann Lee; Bo Chan" in answer.text, "what was typed stays"
    assert canal.get(f"{V1}/corrections").json()["total"] == 0
    assert canal.request("PATCH", f"{V1}/articles/1", json={field: typed}).status_code == 422


def test_an_article_is_deleted_and_restored(canal, sound) -> None:
    answer = send(canal, "/articles/1/delete")
    assert answer.headers["location"].startswith("/corrections#correction-")
    gone = canal.get("/articles/1")
    assert gone.status_code == 404
    assert "deleted" in gone.text
    for place in ("/stories/canal", "/articles", "/search?q=canal", "/outlets", "/stories/canal/export.json", "/"):
        assert "NPR" not in canal.get(place).text, place
    page = canal.get("/corrections").text
    sound(page)
    assert "Restore" in page
    undo = re.search(r'action="(/corrections/\d+)"', page)
    assert undo
    send(canal, undo[1], do="undo")
    assert "NPR: canal to close" in canal.get("/stories/canal").text
    assert canal.get("/articles/1").status_code == 200


def test_it_is_not_kept_again(canal) -> None:
    canal.request("DELETE", f"{V1}/articles/1")
    again = {"text": TEXTS[0][2], "outlet": "NPR", "headline": "NPR: canal to close", "published": TEXTS[0][1]}
    answer = canal.post(f"{V1}/articles", json=again)
    assert answer.status_code == 409
    assert "deleted" in answer.json()["detail"]


def test_an_article_moves_to_a_new_story_and_the_empty_title_is_refused(canal, sound) -> None:
    bad = send(canal, "/articles/2/move", story="", title=" ")
    assert bad.status_code == 422
    sound(bad.text)
    assert send(canal, "/articles/2/move", title="A protest").status_code == 303
    assert canal.get(f"{V1}/stories/a-protest").status_code == 200
    assert send(canal, "/articles/2/move", story="canal").status_code == 303
    there = canal.get("/stories/a-protest?status=agree")
    assert (there.status_code, there.headers["location"]) == (301, "/stories/canal?status=agree")


def test_a_story_is_renamed_split_and_merged(canal, sound) -> None:
    page = canal.get("/stories/canal/correct").text
    sound(page)
    assert send(canal, "/stories/canal/title", title="Ships and locks").headers["location"] == "/stories/canal"
    assert "Ships and locks" in canal.get("/stories/canal").text
    assert send(canal, "/stories/canal/title", title="").status_code == 422
    assert send(canal, "/stories/canal/split", articles=["1", "2", "3"], title="x").status_code == 422
    split = send(canal, "/stories/canal/split", articles=["2", "3"], title="Sailors")
    assert split.headers["location"] == "/stories/sailors"
    assert "waiting" not in canal.get(f"{V1}/stories/sailors/alignments").text.replace('"waiting":false', "")
    assert send(canal, "/stories/sailors/merge", story="").status_code == 422
    assert send(canal, "/stories/sailors/merge", story="nowhere").status_code == 404
    assert send(canal, "/stories/sailors/merge", story="canal").headers["location"] == "/stories/canal"
    assert canal.get("/stories/sailors").headers["location"] == "/stories/canal"
    assert canal.get("/stories/sailors/export.csv").headers["location"] == "/stories/canal/export.csv"
    assert canal.get(f"{V1}/stories/sailors").headers["location"] == f"{V1}/stories/canal"
    send(canal, "/stories/canal/delete")
    assert canal.get("/stories/canal").status_code == 404
    assert canal.get(f"{V1}/stories").json()["total"] == 0
    sound(canal.get("/corrections").text)


def test_a_title_is_proposed_from_what_reports_share(canal) -> None:
    title = canal.get(f"{V1}/stories/canal/title").json()["title"]
    assert "France" in title
    assert "canal" in title
    assert not any(outlet in title for outlet, _, _ in TEXTS)


def test_the_api_does_the_same(canal) -> None:
    body = canal.request("PATCH", f"{V1}/articles/1", json={"published": "2024-03-12", "new_story": "Own"}).json()
    assert [c["field"] for c in body["corrections"]] == ["published", "story"]
    assert (body["read"], body["waiting"]) == (1, [])
    assert canal.get(f"{V1}/articles/1").json()["article"]["published_from"] == "corrected"
    assert canal.request("PATCH", f"{V1}/articles/1", json={}).status_code == 422
    assert canal.post(f"{V1}/articles/1/readings", json={}).json() == {"changed": False}
    assert canal.request("PATCH", f"{V1}/stories/canal", json={"title": "T"}).status_code == 200
    split = canal.post(f"{V1}/stories/canal/split", json={"articles": [3], "title": "Sailors"})
    assert split.status_code == 200
    assert canal.post(f"{V1}/stories/sailors/merge", json={"into": "canal"}).status_code == 200
    undo = canal.request("DELETE", f"{V1}/corrections/{split.json()['corrections'][0]['id']}")
    assert undo.status_code == 409, "the merge is undone first"
    assert canal.request("DELETE", f"{V1}/stories/canal").json()["corrections"][0]["articles"] == 2


def test_what_cannot_be_moved_is_not_corrected_either(canal) -> None:
    answer = canal.request("PATCH", f"{V1}/articles/1", json={"headline": "A canal is closed", "story": "nowhere"})
    assert answer.status_code == 404
    assert canal.get(f"{V1}/corrections?article=1").json()["total"] == 0


def test_whoever_may_not_correct_sees_no_form(canal, serving, store) -> None:
    shut = serving(store, writable=False)
    for place in ("/articles/1/correct", "/stories/canal/correct", "/corrections"):
        assert 'method="post"' not in shut.get(place).text
    assert shut.post("/articles/1/delete", headers=OWN).status_code == 403


def preview(canal, number: int = 0, **given):
    outlet, day, text = TEXTS[number]
    asked = {"text": text, "outlet": outlet, "headline": f"{outlet}: canal to close", "published": day} | given
    return send(canal, "/articles/preview", **asked)


HELD = {
    "nothing differs": ({}, "Already held</b>:", "changes nothing"),
    "another date": (
        {"published": "2024-03-08"},
        "differs in: date (2024-03-05 there, 2024-03-08 here)",
        "changes nothing",
    ),
    "another address": ({"url": "https://news.example/canal"}, "differs in: address (none there", "changes nothing"),
    "another outlet": ({"outlet": "Harbour Gazette"}, "differs in: outlet (NPR there", "changes nothing"),
    "other words": ({"text": TEXTS[0][2] + " It rained."}, "Already held</b>:", "makes a new version"),
}


@pytest.mark.parametrize(("given", "says", "then"), HELD.values(), ids=HELD.keys())
def test_the_preview_says_that_it_is_held_and_what_differs(canal, sound, given, says, then) -> None:
    page = preview(canal, **given)
    assert page.status_code == 200
    sound(page.text)
    plain = re.sub(r"\s+", " ", page.text)
    assert says in plain
    assert then in plain
    assert plain.index("Keep it</button>") < plain.index('<ol class="row-list">'), "before the list of claims"
    offer = re.search(r'href="(/articles/1/correct\?[^"]+)"', plain)
    assert bool(offer) == ("differs in" in says)
    if offer:
        form = canal.get(offer[1].replace("&amp;", "&")).text
        assert next(iter(given.values())) in form
        assert canal.get(f"{V1}/corrections").json()["total"] == 0


def test_what_is_not_held_is_not_said_to_be(canal) -> None:
    assert (
        "Already held"
        not in preview(canal, text="Quite another report on the weather of the south.", headline="Rain").text
    )


def test_a_deleted_one_is_said_to_be(canal) -> None:
    send(canal, "/articles/1/delete")
    assert "It was deleted here" in preview(canal).text


def kept(canal, page: str, **changes):
    fields = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', page))
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert text
    return send(canal, "/articles", **(fields | {"text-0": text[1], "again": ""} | changes))


FRESH = {"outlet": "BBC", "headline": "Canal: Germany objects", "published": "2024-03-07"}
WORDS = "Germany protested against the plan to close the canal. Nobody asked the fishermen of the coast."


def test_after_keeping_a_message_says_where_it_stands_and_what_is_new(canal, sound) -> None:
    answer = kept(canal, preview(canal, text=WORDS, **FRESH).text, story="canal")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("?kept=new")
    page = canal.get(answer.headers["location"]).text
    sound(page)
    plain = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    assert "Kept." in plain
    assert "with 3 other articles" in plain
    assert "told by no other" in plain
    again = kept(canal, preview(canal, text=WORDS, **FRESH).text, story="canal")
    assert "nothing changed" in canal.get(again.headers["location"]).text


def test_a_new_story_is_named_when_an_article_is_kept(canal) -> None:
    answer = kept(canal, preview(canal, text=WORDS, **FRESH).text, **{"new-story": "The fishermen"})
    page = canal.get(answer.headers["location"]).text
    assert "a story of its own" in page
    assert canal.get(f"{V1}/stories/the-fishermen").json()["story"]["title"] == "The fishermen"


def test_the_api_tells_it_too(canal) -> None:
    outlet, _, text = TEXTS[0]
    given = {"text": text, "outlet": outlet, "headline": f"{outlet}: canal to close", "published": "2024-03-08"}
    held = canal.post(f"{V1}/articles/preview", json=given).json()["articles"][0]["held"]
    assert (held["article_id"], held["words"]) == (1, False)
    assert held["differs"] == [["published", "2024-03-05", "2024-03-08"]]


def claims(canal, article: int = 1) -> list[dict]:
    return [u["claim"] for u in canal.get(f"{V1}/articles/{article}").json()["underlines"]]


def test_a_claim_is_corrected_from_its_page_and_undone(canal, sound) -> None:
    first = next(c for c in claims(canal) if c["where"] == "body")
    form = f"/claims/{first['id']}/correct"
    assert form in canal.get(f"/alignments/{first['alignment_id']}").text
    sound(canal.get(form).text)
    fields = {"speaker": "Ann Lee", "kind": "person", "date": "2024-03-01", "words": first["text"]}
    assert send(canal, form, **fields).headers["location"] == "/articles/1#corrections"
    again = next(c for c in claims(canal) if c["id"] == first["id"])
    assert again["attributions"][-1]["speaker"]["name"] == "Ann Lee"
    assert [d["value"] for d in again["dates"]] == ["2024-03-01"]
    page = canal.get("/articles/1").text
    sound(page)
    assert "changed the speaker of" in page
    assert canal.post(f"{V1}/articles/1/readings", json={}).json() == {"changed": False}
    assert next(c for c in claims(canal) if c["id"] == first["id"]) == again, "it survives reading again"
    for undo in re.findall(r'action="(/corrections/\d+)"', page):
        send(canal, undo, do="undo")
    assert next(c for c in claims(canal) if c["id"] == first["id"])["attributions"] == first["attributions"]


def test_a_time_of_day_of_no_day_is_corrected_and_taken_away(store, serving, sound) -> None:
    """It stands in the form and in what the correction says was there; left as it is it stays."""
    hints = Hints(outlet="AFP", headline="A ferry burns", story="ferry", published=date(2024, 3, 5))
    pipeline.keep(store, pipeline.read_pages([pipeline.paste("A fire broke out on the ferry Marin at 18:07.", hints)]))
    ferry = serving(store)
    told = next(c for c in claims(ferry) if c["dates"])
    form = f"/claims/{told['id']}/correct"
    page = ferry.get(form).text
    sound(page)
    assert 'name="date" type="text" value="T18:07"' in page
    assert 'datetime="18:07"' in ferry.get("/stories/ferry").text, "HTML's word for a time of day"
    fields = {"speaker": "", "date": "T18:07", "words": told["text"]}
    for typed, was in (("T18:07", None), ("2024-03-05", "T18:07"), ("", "2024-03-05")):
        before = ferry.get(f"{V1}/corrections").json()["total"]
        assert send(ferry, form, **fields | {"date": typed}).status_code == 303
        kept = ferry.get(f"{V1}/corrections").json()
        assert kept["total"] - before == (was is not None)
        assert was is None or kept["items"][0]["was"] == was
    for one in ferry.get(f"{V1}/corrections").json()["items"]:
        assert ferry.request("DELETE", f"{V1}/corrections/{one['id']}", json={}).is_success
    assert send(ferry, form, **fields | {"date": ""}).status_code == 303
    assert next(c for c in claims(ferry) if c["id"] == told["id"])["dates"] == [], "wrongly read, it goes"


@pytest.mark.parametrize(
    ("field", "typed"), [("date", "Monday"), ("words", "The sun shone."), ("speaker", "?!")], ids=str
)
def test_what_does_not_fit_a_claim_comes_back(canal, sound, field, typed) -> None:
    first = next(c for c in claims(canal) if c["where"] == "body")
    fields = {"speaker": "", "date": "", "words": first["text"]} | {field: typed}
    answer = send(canal, f"/claims/{first['id']}/correct", **fields)
    assert answer.status_code == 422
    sound(answer.text)
    assert f'id="{field}-error"' in answer.text
    assert canal.request("PATCH", f"{V1}/claims/{first['id']}", json={field: typed}).status_code == 422
    assert canal.get(f"{V1}/corrections").json()["total"] == 0


def test_a_claim_is_set_aside_and_brought_back(canal, sound) -> None:
    first = next(c for c in claims(canal) if c["where"] == "body")
    send(canal, f"/claims/{first['id']}/aside")
    assert first["id"] not in {c["id"] for c in claims(canal)}
    page = canal.get("/articles/1").text
    sound(page)
    assert "aside" in page
    assert canal.get(f"{V1}/claims?q=close").json()["total"] == len(
        [c for a in (1, 2, 3) for c in claims(canal, a) if "close" in c["text"]]
    )
    undo = re.search(r'action="(/corrections/\d+)"', page)
    assert undo
    send(canal, undo[1], do="undo")
    assert first["id"] in {c["id"] for c in claims(canal)}
    body = canal.request("PATCH", f"{V1}/claims/{first['id']}", json={"aside": True}).json()
    assert body["corrections"][0]["field"] == "aside"
