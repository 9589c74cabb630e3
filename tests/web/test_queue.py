"""Reviewing: the queue goes on to the next row and says what was done; merge, split and parting ask first, lose nothing."""

from __future__ import annotations

import re

import pytest

from app.web.pages.correct import CANDIDATES

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


def rows(client) -> list[dict]:
    return client.get("/api/v1/stories/the-bridge/alignments").json()["items"]


def claims(row: dict) -> list[int]:
    return [c["id"] for cell in row["cells"] for c in cell["claims"]]


def decide(client, row: int, **form) -> object:
    return client.post(f"/alignments/{row}/decisions", data=form, headers=SAME)


def test_what_is_typed_into_a_form_is_cleaned(review):
    row = rows(review)[0]["id"]
    done = review.post(f"/alignments/{row}/flags", data={"note": "The\x00 days\x07 differ."}, headers=SAME)
    assert done.status_code == 303
    assert review.get(f"/api/v1/alignments/{row}").json()["row"]["flags"][-1]["note"] == "The days differ."
    decide(review, row, kind="relabel", value="Opening\x00 day")
    assert review.get(f"/api/v1/alignments/{row}").json()["row"]["label"] == "Opening day"


# --- the queue -------------------------------------------------------------------------------------------------------


def queue(client, path: str = "/conflicts") -> tuple[str, list[tuple[str, str]]]:
    """The page, and of each undecided item its flag and where a decision on it comes back to."""
    html = client.get(path).text
    found = re.findall(
        r'action="(/flags/\d+)">\s*<input type="hidden" name="back" value="([^"]+)">\s*<button class="vh"', html
    )
    return html, [(flag, back.replace("&amp;", "&")) for flag, back in found]


def test_a_decision_comes_back_to_the_next_item_and_says_what_was_done(review, sound):
    html, items = queue(review)
    sound(html)
    order = re.findall(r'id="row-(\d+)" tabindex="-1" data-item', html)
    (flag, back), *_ = items
    assert back == f"/conflicts?done={order[0]}#row-{order[1]}"
    answer = review.post(flag, data={"do": "confirm", "note": "p. 2", "back": back}, headers=SAME)
    assert answer.headers["location"] == back
    done = review.get(back.split("#")[0]).text
    sound(done)
    assert re.search(r'role="status" data-said>Confirmed: “', done)
    assert "data-undo-last" in done
    undo = re.search(
        r'action="(/flags/\d+)"><input type="hidden" name="back" value="([^"]+)"><button[^>]*data-undo-last', done
    )
    assert undo[2] == f"/conflicts#row-{order[0]}"
    review.post(undo[1], data={"do": "reopen", "back": undo[2]}, headers=SAME)
    assert "data-undo-last" not in review.get(back.split("#")[0]).text


def test_the_last_item_leads_to_the_head_of_the_queue_and_filters_stay(review):
    html, items = queue(review, "/conflicts?state=open&story=the-bridge")
    assert items[-1][1].startswith("/conflicts?state=open&story=the-bridge&done=")
    assert items[-1][1].endswith("#queue")
    assert 'id="queue"' in html


def test_a_note_is_kept_and_decides_nothing(review):
    _, [(flag, back), *_] = queue(review)
    assert (
        review.post(flag, data={"do": "note", "note": "ask the editor", "back": back}, headers=SAME).status_code == 303
    )
    page = review.get(back.split("#")[0]).text
    assert "Kept with the row" in page
    assert len(queue(review)[1]) == 2
    row = re.search(r"done=(\d+)", back)[1]
    assert "ask the editor" in review.get(f"/alignments/{row}").text


def test_enter_in_the_note_keeps_the_note(review):
    """The first button of a form is the one that Enter presses."""
    html = review.get("/conflicts").text
    form = re.search(r'(?s)<form class="decide" method="post" action="/flags/.*?</form>', html)[0]
    assert re.findall(r'<button[^>]*value="(\w+)"', form)[0] == "note"


def test_the_verdict_is_changed_from_the_queue_and_taken_back(review, sound):
    row = next(r for r in rows(review) if r["status"] == "conflict")["id"]
    back = f"/conflicts?done={row}"
    decide(review, row, kind="relabel", value="diverge", back=back)
    html = review.get(back).text
    sound(html)
    assert "Decided: “" in html
    undo = re.search(
        r'action="(/decisions/\d+)"><input type="hidden" name="back" value="[^"]+"><button[^>]*data-undo-last', html
    )
    review.post(undo[1], data={"do": "undo"}, headers=SAME)
    assert next(r for r in rows(review) if r["id"] == row)["status"] == "conflict"


@pytest.mark.parametrize("done", ["x", "-1", "999999", "9" * 30, "٣"])
def test_an_address_that_names_no_row_still_shows_the_queue(bridge, done):
    assert bridge.get("/conflicts", params={"done": done}).status_code == 200


# --- merging, splitting, parting -------------------------------------------------------------------------------------


def test_splitting_asks_first_and_says_what_will_happen(review, sound):
    row = rows(review)[0]
    first, *_ = claims(row)
    blank = review.get(f"/alignments/{row['id']}/split").text
    sound(blank)
    assert "What will happen" not in blank
    asked = review.get(f"/alignments/{row['id']}/split", params={"claims": first}).text
    sound(asked)
    assert "1 claim leaves" in asked
    assert "2 claims stay" in asked
    assert len(claims(rows(review)[0])) == 3
    answer = decide(review, row["id"], kind="split", claims=[first], note="another day")
    assert answer.status_code == 303
    page = review.get(f"/alignments/{row['id']}").text
    assert "split the row" in page
    assert "another day" in page
    assert len(claims(next(r for r in rows(review) if r["id"] == row["id"]))) == 2
    review.post(re.search(r'action="(/decisions/\d+)"', page)[1], data={"do": "undo"}, headers=SAME)
    assert len(claims(next(r for r in rows(review) if r["id"] == row["id"]))) == 3


def test_all_cannot_be_split_away_and_nothing_ticked_is_lost(review, sound):
    row = rows(review)[0]
    asked = review.get(f"/alignments/{row['id']}/split", params={"claims": claims(row)})
    sound(asked.text)
    assert "Something must stay" in asked.text
    assert asked.text.count(" checked") == 3
    answer = decide(review, row["id"], kind="split", claims=claims(row), note="my long note")
    assert answer.status_code == 422
    sound(answer.text)
    assert "something must stay in the row" in answer.text
    assert answer.text.count(" checked") == 3


def test_merging_shows_a_list_to_choose_from_and_what_will_happen(review, sound):
    here, other, *_ = rows(review)
    page = review.get(f"/alignments/{here['id']}/merge").text
    sound(page)
    assert f'name="into" value="{other["id"]}"' in page
    assert f'name="into" value="{here["id"]}"' not in page
    found = review.get(f"/alignments/{here['id']}/merge", params={"q": other["label"].upper()}).text
    assert f'value="{other["id"]}"' in found
    none = review.get(f"/alignments/{here['id']}/merge", params={"q": "zebra"}).text
    assert "No other row holds these words" in none
    asked = review.get(f"/alignments/{here['id']}/merge", params={"into": other["id"]}).text
    sound(asked)
    assert "3 claims move into this row" in asked
    assert decide(review, here["id"], kind="merge", value=str(other["id"]), note="one fact").status_code == 303
    merged = review.get(f"/alignments/{here['id']}").text
    assert f"Row {here['id']} was merged into this one" in merged
    assert len(claims(next(r for r in rows(review) if r["id"] == other["id"]))) == 6


def test_no_merging_across_stories_into_itself_or_into_nothing(review, store_of_two, serving, sound):
    client = serving(store_of_two)
    mine = client.get("/api/v1/stories/the-bridge/alignments").json()["items"][0]["id"]
    theirs = client.get("/api/v1/stories/the-tunnel/alignments").json()["items"][0]["id"]
    page = client.get(f"/alignments/{mine}/merge", params={"into": theirs}).text
    sound(page)
    assert "no other row of this story" in page
    for target, says in (
        (theirs, "different stories"),
        (mine, "into itself"),
        (999_999, "no alignment"),
        ("", "is needed"),
    ):
        answer = decide(client, mine, kind="merge", value=str(target), note="my note")
        assert answer.status_code in {404, 422}
        sound(answer.text)
        assert says in answer.text
        assert "Which row do these claims belong to?" in answer.text


@pytest.fixture
def store_of_two(filled):
    """A second story beside the bridge."""
    from dataclasses import replace

    store = filled()
    for article_id, reading in store.articles.readings_of("the-bridge")[:1]:
        del article_id
        article = replace(
            reading.article, url="https://9.example.org/tunnel", headline="The tunnel", story="the-tunnel"
        )
        store.articles.keep_article(
            replace(reading, article=article), story_slug="the-tunnel", story_title="The tunnel"
        )
    ids = [i for i, _ in store.articles.readings_of("the-tunnel")]
    store.articles.keep_alignments("the-tunnel", (), ids)
    return store


def test_parting_a_row_asks_first(review, sound):
    row = rows(review)[0]
    page = review.get(f"/alignments/{row['id']}/part").text
    sound(page)
    assert "Each of these 3 claims gets a row of its own" in page
    assert decide(review, row["id"], kind="reject").status_code == 303
    assert "do not belong together" in review.get(f"/alignments/{row['id']}").text
    assert decide(review, row["id"], kind="reject").status_code == 303, "said again it is one decision still"
    assert len(review.get(f"/api/v1/alignments/{row['id']}").json()["row"]["decisions"]) == 1
    again = decide(review, row["id"], kind="split", claims=[claims(row)[0]])
    assert again.status_code == 409
    sound(again.text)


@pytest.mark.parametrize("kind", ["merge", "split", "part"])
def test_a_row_that_is_not_there(bridge, kind):
    assert bridge.get(f"/alignments/999999/{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["merge", "split", "part"])
def test_where_writing_is_not_allowed_no_form_posts(filled, serving, kind, sound):
    client = serving(filled(), writable=False)
    row = rows(client)[0]["id"]
    html = client.get(f"/alignments/{row}/{kind}").text
    sound(html)
    assert "read-only" in html
    assert 'method="post"' not in html


def test_of_very_many_rows_the_most_alike_are_offered(filled, serving):
    client = serving(filled(80, articles=2))
    row = rows(client)[0]["id"]
    html = client.get(f"/alignments/{row}/merge").text
    assert html.count('name="into"') == CANDIDATES
    assert "search for the others" in html


def test_each_item_says_how_often_such_a_finding_is_right_until_it_is_decided(review):
    html, items = queue(review)
    assert html.count("Reckoned right in 8 of 10 such cases.") == len(items) > 0
    review.post(items[0][0], data={"do": "confirm", "note": "", "back": "/conflicts"}, headers=SAME)
    assert review.get("/conflicts").text.count("Reckoned right in 8 of 10") == len(items) - 1


def test_chips_count_and_filters_hold_together(review, sound):
    html = review.get("/conflicts?outlet=island-herald&dimension=date&likely=0.5&order=likely").text
    sound(html)
    chips = [
        int(n) for n in re.findall(r'class="num">(\d+)', re.search(r'(?s)<nav class="statuses".*?</nav>', html)[0])
    ]
    total = review.get("/api/v1/conflicts?outlet=island-herald&dimension=date&likely=0.5&order=likely").json()["total"]
    assert chips[0] == sum(chips[1:]) == total > 0
    assert (
        'href="/conflicts?outlet=island-herald&amp;dimension=date&amp;likely=0.5&amp;order=likely&amp;state=open"'
        in html
    )
    kept = review.get("/conflicts?state=open&likely=0.9").text
    assert '<input type="hidden" name="state" value="open">' in kept
    assert '<option value="0.9" selected>' in kept
    assert "Nothing of that kind" in review.get("/conflicts?dimension=place").text


@pytest.mark.parametrize("asked", ["order=name", "dimension=size", "likely=2"])
def test_what_the_queue_is_not_asked_for_is_said(review, asked):
    assert "Not all of this address was understood" in review.get(f"/conflicts?{asked}").text
    assert review.get(f"/api/v1/conflicts?{asked}").status_code == 422


# --- a run of alike rows ---------------------------------------------------------------------------------------------


def test_all_like_this_are_decided_and_undone_in_one_go(filled, serving, sound):
    review = serving(filled(20))
    every = rows(review)
    kinds = {}
    for row in every:
        if row["outlets"] > 1:
            kinds.setdefault((row["status"], *row["dimensions"]), []).append(row["id"])
    first, *others = next(ids for ids in kinds.values() if len(ids) > 2)
    page = review.get(f"/alignments/{first}/alike").text
    sound(page)
    assert {int(i) for i in re.findall(r'name="rows" value="(\d+)" checked', page)} == set(others)
    form = {"value": "agree", "rows": others[:-1], "back": f"/conflicts?done={first}#queue"}
    answer = review.post(f"/alignments/{first}/alike", data=form, headers=SAME)
    assert answer.headers["location"] == form["back"]
    now = {r["id"]: r["status"] for r in rows(review)}
    assert {now[i] for i in (first, *others[:-1])} == {"agree"}
    assert now[others[-1]] == next(r["status"] for r in every if r["id"] == others[-1]), "unticked, it stays"
    done = review.get(f"/conflicts?done={first}").text
    sound(done)
    assert f"and {len(others) - 1} row" in done
    undo = re.search(r'action="(/decisions/\d+)">.*?value="undo-all" data-undo-last', done)
    review.post(undo[1], data={"do": "undo-all"}, headers=SAME)
    assert {r["id"]: r["status"] for r in rows(review)} == {r["id"]: r["status"] for r in every}


def test_a_run_is_decided_and_undone_through_the_api(review):
    for row in rows(review):
        there = f"/api/v1/alignments/{row['id']}/alike"
        found = review.get(there).json()
        if found["total"]:
            break
    made = review.post(there, json={"verdict": "updated", "note": "a day later"}, headers=SAME).json()
    assert made["total"] == found["total"] + 1
    assert review.get(there).json()["total"] == 0
    one = made["items"][0]["id"]
    review.request("DELETE", f"/api/v1/decisions/{one}?together=true", headers=SAME)
    assert review.get(there).json() == found
