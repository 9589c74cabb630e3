"""The classroom: nothing gives a verdict away before it is revealed; marks are counted, kept and compared."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta

import pytest

from app.core.records import Status
from app.roles import Role
from app.store.titles import row_titles, rows_in_order
from app.web.pages.classroom.tally import Judged, agreement, as_told, key_of, mixed

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
SHEET = "/stories/the-bridge/classroom"
TELLTALE = [
    "is-conflict",
    "is-agree",
    "is-diverge",
    "is-updated",
    "verdict",
    "The days differ",
    "<mark",
    "/alignments/",
    "/articles/",
]


def body(html: str) -> str:
    """Without the drawings of the sprite and the masthead, which every page has."""
    return html.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def keys(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'type="radio" name="([0-9a-f]{8})"', html)))


def start(client, **form) -> str:
    return started(client, **form)[0]


def started(client, **form) -> tuple[str, str]:
    """The address of a new class, and its teacher's key."""
    answer = client.post("/stories/the-bridge/classes", data=form, headers=SAME)
    assert answer.status_code == 200, answer.text
    code = re.search(r"Code <strong>([a-z0-9]{8})<", answer.text)[1]
    return f"/classes/{code}", re.search(r'id="fresh-token">([^<]+)<', answer.text)[1]


def leading(key: str) -> dict[str, str]:
    """What the teacher's browser sends."""
    return {**SAME, "cookie": f"parallax-class={key}"}


# --- one screen ------------------------------------------------------------------------------------------------------


def test_the_sheet_says_nothing_of_what_the_tool_thinks(bridge, sound):
    answer = bridge.get(SHEET)
    assert answer.status_code == 200
    sound(answer.text)
    assert "point 0 of the bridge" in answer.text
    for word in TELLTALE:
        assert word not in body(answer.text), word


def test_another_verdict_leaves_the_sheet_the_same_to_the_byte(review):
    before = review.get(SHEET).text
    for row in [
        r for r in review.get("/api/v1/stories/the-bridge/alignments").json()["items"] if r["status"] != "single-source"
    ]:
        other = "agree" if row["status"] == "conflict" else "conflict"
        form = {"kind": "relabel", "value": other}
        assert review.post(f"/alignments/{row['id']}/decisions", data=form, headers=SAME).status_code == 303
    assert review.get(SHEET).text == before


def test_marks_are_compared_and_kept_in_the_address(bridge, sound):
    rows = {r["label"]: r for r in bridge.get("/api/v1/stories/the-bridge/alignments").json()["items"]}
    names = keys(bridge.get(SHEET).text)
    marks = dict.fromkeys(names, "conflict")
    revealed = bridge.get(SHEET, params={**marks, "reveal": "1"})
    sound(revealed.text)
    conflicts = sum(r["status"] == "conflict" for r in rows.values())
    told = sum(r["status"] != "unsure" for r in rows.values())
    assert f"<b>{conflicts} of {told}</b> marks say what the tool says" in revealed.text
    assert "The days differ" in revealed.text
    left_open = sum(r["status"] == "unsure" for r in rows.values())
    assert revealed.text.count("leaves this one to its readers") == left_open > 0
    assert "no score" in revealed.text
    back = re.search(r'href="([^"]+)">Back to the sheet', revealed.text)[1].replace("&amp;", "&")
    again = bridge.get(back).text
    assert again.count('value="conflict" checked') == len(names)


def test_no_mark_at_all_is_no_error(bridge, sound):
    answer = bridge.get(SHEET, params={"reveal": "1"})
    assert answer.status_code == 200
    sound(answer.text)
    assert "Nothing was marked" in answer.text


def test_raised_hands_are_counted(bridge, sound):
    names = keys(bridge.get(SHEET).text)
    sheet = bridge.get(SHEET, params={"hands": "1"}).text
    sound(sheet)
    assert f'name="{names[0]}-conflict"' in sheet
    hands = {
        f"{names[0]}-conflict": "14",
        f"{names[0]}-agree": "9",
        f"{names[0]}-unsure": "2",
        f"{names[1]}-agree": "x",
    }
    revealed = bridge.get(SHEET, params={**hands, "hands": "1", "reveal": "1"}).text
    sound(revealed)
    assert "9 agree, 14 conflict, 2 not sure" in revealed
    assert "of 23</b> marks" in revealed


@pytest.mark.parametrize(
    "query",
    [{"rows": "10000"}, {"rows": "-1"}, {"hands": "x" * 10}, {"deadbeef": "conflict"}, {"reveal": "1", "rows": "x"}],
    ids=str,
)
def test_an_address_typed_wrong_still_shows_a_page(bridge, query):
    assert bridge.get(SHEET, params=query).status_code == 200


def test_it_works_where_nothing_may_be_written_and_says_what_does_not(filled, serving, sound):
    client = serving(filled(), writable=False)
    html = client.get(SHEET).text
    sound(html)
    assert "classes with a code cannot be kept here" in html
    assert 'method="post"' not in html
    assert client.get(SHEET, params={**dict.fromkeys(keys(html), "agree"), "reveal": "1"}).status_code == 200
    assert client.post("/stories/the-bridge/classes", data={}, headers=SAME).status_code == 403


def test_a_story_with_nothing_to_judge(filled, serving, sound):
    html = serving(filled(2, articles=1)).get(SHEET).text
    sound(html)
    assert "nothing to judge" in html


def test_hostile_words_stay_words(filled, serving):
    client = serving(filled(6, hostile=True))
    for query in ({}, {"reveal": "1"}):
        html = client.get(SHEET, params=query).text
        assert "<script>alert" not in html
        assert "<img" not in html


# --- several groups --------------------------------------------------------------------------------------------------


def test_groups_mark_then_all_is_revealed(review, sound):
    path, key = started(review, title="8b, Tuesday")
    assert re.fullmatch(r"/classes/[a-z0-9]{8}", path)
    front = review.get(path)
    sound(front.text)
    assert "8b, Tuesday" in front.text
    sheet = review.get(path, params={"group": "Blue"}).text
    sound(sheet)
    for word in TELLTALE:
        assert word not in body(sheet), word
    names = keys(sheet)
    for group, mark in (("Blue", "conflict"), ("Red", "agree")):
        form = {"group": group, "page": "1", **dict.fromkeys(names, mark)}
        kept = review.post(f"{path}/marks", data=form, headers=SAME)
        assert kept.status_code == 303, kept.text
        shown = review.get(kept.headers["location"]).text
        assert f"{len(names)} marks kept" in shown
        assert shown.count(f'value="{mark}" checked') == len(names)
    front = review.get(path).text
    assert f"{len(names)} of {len(names)} marked" in front
    for word in TELLTALE:
        assert word not in body(front), word
    unsure = review.post(f"{path}/reveal", data={}, headers=leading(key))
    assert unsure.status_code == 422
    assert "Tick" in unsure.text
    assert review.post(f"{path}/reveal", data={"sure": "1"}, headers=leading(key)).status_code == 303
    revealed = review.get(path).text
    sound(revealed)
    assert "Blue: conflict" in revealed
    assert "Red: agree" in revealed
    assert "The days differ" in revealed
    late = review.post(f"{path}/marks", data={"group": "Blue", names[0]: "agree"}, headers=SAME)
    assert late.status_code == 409
    assert "revealed" in late.text
    assert "Hide it again" in review.get(f"{path}/desk", headers=leading(key)).text
    assert review.post(f"{path}/hide", data={}, headers=SAME).status_code == 403
    assert review.post(f"{path}/hide", data={}, headers=leading(key)).headers["location"] == f"{path}/desk"
    again = body(review.get(path, params={"group": "Blue"}).text)
    assert again.count('value="conflict" checked') == len(names)
    for word in TELLTALE:
        assert word not in again, word


def test_who_has_only_the_code_cannot_reveal(filled, serving, sound):
    store = filled()
    pupil = serving(store)
    path, key = started(serving(store))
    sure = {"data": {"sure": "1"}, "headers": SAME}
    assert pupil.post(f"{path}/reveal", **sure).status_code == 403
    desk = pupil.get(f"{path}/desk")
    sound(desk.text)
    assert "Teacher's key" in desk.text
    assert "/reveal" not in desk.text
    wrong = pupil.post(f"{path}/desk", data={"key": path.rsplit("/", 1)[1]}, headers=SAME)
    assert wrong.status_code == 403
    sound(wrong.text)
    assert "not the teacher" in wrong.text
    assert pupil.post(f"{path}/reveal", **sure).status_code == 403
    right = pupil.post(f"{path}/desk", data={"key": key.upper()}, headers=SAME)
    assert (right.status_code, right.headers["location"]) == (303, f"{path}/desk")
    assert f"Path={path};" in right.headers["set-cookie"]
    assert "HttpOnly" in right.headers["set-cookie"]
    assert f"parallax-class={key.upper()}" in right.headers["set-cookie"]
    desk = pupil.get(f"{path}/desk", headers=leading(key))
    sound(desk.text)
    assert desk.headers["cache-control"] == "no-store"
    assert "/reveal" in desk.text
    assert key not in desk.text, "it was shown once"
    assert pupil.post(f"{path}/reveal", data={"sure": "1"}, headers=leading(key)).status_code == 303


def test_the_desk_shows_how_far_the_groups_are_and_never_what_they_marked(review, sound):
    path, key = started(review)
    names = keys(review.get(path, params={"group": "x"}).text)
    for group, marked in (("Blue", names), ("Red", names[:1])):
        form = {"group": group, "page": "1", **dict.fromkeys(marked, "updated")}
        assert review.post(f"{path}/marks", data=form, headers=SAME).status_code == 303
    desk = review.get(f"{path}/desk", headers=leading(key)).text
    sound(desk)
    room = desk.split("data-progress=", 1)[1].split("</div>", 1)[0]
    assert room.startswith(f'"{path}/desk"')
    assert f"2 groups: {len(names) + 1} of {2 * len(names)} marks, 1 finished." in room
    assert f"1 of {len(names)} marked" in room
    counts = re.findall(r'soft">(\d) of 2 groups', room)
    assert counts == ["2", *["1"] * (len(names) - 1)]
    assert "updated" not in room
    front = review.get(path).text
    assert f'data-progress="{path}"' in front
    assert "Row by row" not in front


def test_the_teacher_takes_the_marks_along(review):
    path, key = started(review, title="8b")
    names = keys(review.get(path, params={"group": "x"}).text)
    for group in ("Blue", "=1+1"):
        form = {"group": group, "page": "1", names[0]: "agree"}
        assert review.post(f"{path}/marks", data=form, headers=SAME).status_code == 303
    for kind in ("csv", "json"):
        assert review.get(f"{path}/marks.{kind}").status_code == 403, "names are in it"
    for revealed in (False, True):
        table = review.get(f"{path}/marks.csv", headers=leading(key))
        assert table.headers["cache-control"] == "no-store"
        assert table.headers["content-disposition"].startswith("attachment")
        lines = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert [(line["group"], line["mark"]) for line in lines[:2]] == [("'=1+1", "agree"), ("Blue", "agree")]
        assert len(lines) == len(names) + 1, "a row that nobody marked is there too"
        assert lines[0]["outlets"]
        assert {bool(line["tool"]) for line in lines} == {revealed}
        held = json.loads(review.get(f"{path}/marks.json", headers=leading(key)).content)
        assert held["title"] == "8b"
        assert held["rows"][0]["marks"] == {"=1+1": "agree", "Blue": "agree"}
        assert {row["tool"] is not None for row in held["rows"]} == {revealed}
        assert review.post(f"{path}/reveal", data={"sure": "1"}, headers=leading(key)).status_code == 303


def test_the_teacher_sets_until_when_marks_are_kept(review, sound):
    path, key = started(review)
    on = (review.app.state.holder.get().now().date() + timedelta(days=10)).isoformat()
    assert review.post(f"{path}/end", data={"on": on}, headers=SAME).status_code == 403
    for wrong in ("", "soon", "1999-01-01", "2999-01-01"):
        answer = review.post(f"{path}/end", data={"on": wrong}, headers=leading(key))
        assert answer.status_code == 422, wrong
        sound(answer.text)
    assert review.post(f"{path}/end", data={"on": on}, headers=leading(key)).status_code == 303
    assert f'value="{on}"' in review.get(f"{path}/desk", headers=leading(key)).text
    assert f"On {on} names and marks are deleted" in review.get(path).text


def test_of_a_class_that_is_over_its_pages_say_that_it_was_held(filled, serving, sound, monkeypatch):
    store = filled()
    client = serving(store)
    path, key = started(client, title="8b")
    names = keys(client.get(path, params={"group": "Annabel"}).text)
    client.post(f"{path}/marks", data={"group": "Annabel", names[0]: "agree"}, headers=SAME)
    later = store.now() + timedelta(days=91)
    monkeypatch.setattr(store, "now", lambda: later)
    for page in (path, f"{path}?group=Blue", f"{path}/desk"):
        html = client.get(page, headers=leading(key)).text
        sound(html)
        assert "This class was held" in html
        assert "Annabel" not in html
        assert "<form" not in body(html)
    assert client.post(f"{path}/marks", data={"group": "B", names[0]: "agree"}, headers=SAME).status_code in (409, 422)
    assert "Annabel" not in client.get(f"{path}/marks.csv", headers=leading(key)).text


def test_the_teacher_chooses_the_rows(review, sound):
    path, key = started(review)
    names = keys(review.get(path, params={"group": "Blue"}).text)
    desk = review.get(f"{path}/desk", headers=leading(key)).text
    sound(desk)
    assert re.findall(r'name="row" value="([0-9a-f]{8})" checked', desk) == names
    for word in TELLTALE:
        assert word not in body(desk), word
    assert review.post(f"{path}/rows", data={"row": names[:2]}, headers=SAME).status_code == 403
    assert review.post(f"{path}/rows", data={}, headers=leading(key)).status_code == 422
    chosen = review.post(f"{path}/rows", data={"row": names[1:3]}, headers=leading(key))
    assert (chosen.status_code, chosen.headers["location"]) == (303, f"{path}/desk")
    assert keys(review.get(path, params={"group": "Blue"}).text) == names[1:3]


def test_whoever_started_a_class_signed_in_needs_no_key(filled, serving):
    store = filled()
    token = {name: store.people.add_person(name, Role.REVIEWER, by="test")[1] for name in ("Ada", "Bo")}
    code = store.snapshots.start_class("the-bridge", by="Ada")[0].code
    client = serving(store, peer="192.0.2.7")
    for name, status in (("Bo", 403), ("Ada", 303)):
        headers = {**SAME, "authorization": f"Bearer {token[name]}"}
        answer = client.post(f"/classes/{code}/reveal", data={"sure": "1"}, headers=headers)
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        pytest.param({"group": "Blue"}, "No row was marked yet", id="no marks"),
        pytest.param({"group": "", "mark": "agree"}, "a group needs a name", id="no name"),
        pytest.param({"group": "Blue", "mark": "sing"}, "there is no mark", id="no such mark"),
    ],
)
def test_marks_that_cannot_be_kept_say_why(review, sound, form, says):
    path = start(review)
    name = keys(review.get(path, params={"group": "x"}).text)[0]
    sent = {k: v for k, v in form.items() if k != "mark"} | ({name: form["mark"]} if "mark" in form else {})
    answer = review.post(f"{path}/marks", data=sent, headers=SAME)
    assert answer.status_code == 422
    sound(answer.text)
    assert says in answer.text


def test_a_wrong_code_helps_to_find_the_right_one(review, sound):
    answer = review.get("/classes/nosuchcode", headers={"accept": "text/html"})
    assert answer.status_code == 404
    sound(answer.text)
    assert "ask your teacher" in answer.text


def test_a_code_is_taken_as_it_was_read_out(review):
    code = start(review).rsplit("/", 1)[1]
    said = f" {code[:4].upper()}-{code[4:]} "
    answer = review.get("/classes", params={"code": said, "group": "Blue & Co"})
    assert answer.headers["location"] == f"/classes/{code}?group=Blue+%26+Co"


def test_no_class_without_a_story(review):
    assert review.post("/stories/none/classes", data={}, headers=SAME).status_code == 404


# --- counting --------------------------------------------------------------------------------------------------------


def judged(verdict: Status, **tally: int) -> Judged:
    return Judged(1, "x", (), tally, verdict, "", (), {})


@pytest.mark.parametrize(
    ("tally", "most"),
    [
        ({"agree": 1}, "agree"),
        ({"agree": 2, "conflict": 2}, None),
        ({"agree": 1, "unsure": 9}, "agree"),
        ({"unsure": 9}, None),
        ({}, None),
    ],
    ids=str,
)
def test_what_most_said(tally, most):
    assert judged(Status.AGREE, **tally).most == most


def test_agreement_counts_marks_not_rows():
    sums = agreement(
        [judged(Status.AGREE, agree=3, conflict=1, unsure=5), judged(Status.CONFLICT), judged(Status.CONFLICT, agree=1)]
    )
    assert (sums.rows, sums.marked_rows, sums.said, sums.alike, sums.unsure) == (3, 2, 5, 3, 5)
    assert sums.share == pytest.approx(0.6)
    assert sums.table[Status.AGREE]["conflict"] == 1
    assert Status.DIVERGE not in sums.table
    assert agreement([]).share is None


def test_marks_on_what_the_tool_leaves_open_are_held_against_nothing():
    sums = agreement([judged(Status.UNSURE, diverge=2, unsure=1), judged(Status.CONFLICT, conflict=1)])
    assert (sums.said, sums.alike, sums.unsure) == (1, 1, 1)
    assert sums.table[Status.UNSURE]["diverge"] == 2


def test_a_short_sheet_has_every_verdict(filled):
    store = filled(8)
    rows = as_told(rows_in_order(store, "the-bridge", mixed(row_titles(store, "the-bridge"), 5)))
    assert {r.status for r in rows} == set(Status) - {Status.SINGLE}
    starts = [r.cells[0].claims[0].start for r in rows]
    assert starts == sorted(starts)


def test_keys_say_nothing_and_are_stable():
    assert key_of("a", 1) == key_of("a", 1) != key_of("b", 1) != key_of("b", 2)
