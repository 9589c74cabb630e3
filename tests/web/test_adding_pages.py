"""Adding articles by forms: prefilled by a bookmark, many at once as a job, and what goes wrong on the way."""

from __future__ import annotations

import json
import re
import time

import pytest

from app.web.importing import MOST_ADDRESSES, addresses_of
from app.web.jobs import MOST_JOBS
from app.web.pages.add.preview import MOST_DRAFTS

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
REPORT = """The harbour town of Ostby reopened its bridge on Monday.

Mayor Ana Ruiz said on Tuesday that the repair had cost 4 million euros. "We waited two years," she added.
"""


@pytest.fixture
def empty(new_store, serving):
    client = serving(new_store())
    yield client
    client.app.state.jobs.close()


def finished(client, path: str) -> str:
    """The page of an import once it is over."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        html = client.get(path).text
        if "data-over" in html:
            return html
        time.sleep(0.05)
    raise AssertionError("the import did not end")


def sent(*named: tuple[str, str | bytes]) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (name, text if isinstance(text, bytes) else text.encode(), "text/plain")) for name, text in named]


# --- from a bookmark -------------------------------------------------------------------------------------------------


def test_the_form_is_filled_in_from_the_address_and_nothing_is_kept(bridge, sound):
    given = {"url": "https://gazette.example.org/a?b=1&c=2", "title": 'A "title" <b>', "text": "Some\nselected words"}
    before = bridge.get("/api/v1/articles").json()["total"]
    html = bridge.get("/articles/new", params=given).text
    sound(html)
    assert 'value="https://gazette.example.org/a?b=1&amp;c=2"' in html
    assert "A &#34;title&#34; &lt;b&gt;" in html
    assert "Some\nselected words</textarea>" in html
    assert "nothing has been fetched or kept" in html
    assert bridge.get("/api/v1/articles").json()["total"] == before


def test_the_bookmark_opens_this_very_place_and_is_no_link_of_the_page(bridge):
    html = bridge.get("/articles/new").text
    assert "http://127.0.0.1:8000/articles/new" in html
    assert not re.search(r'href="javascript:', html)
    assert re.search(r"<textarea id=\"f-bookmark\"[^>]*readonly[^>]*>javascript:", html)


def test_a_title_and_a_selection_as_long_as_a_book_are_cut(bridge, sound):
    html = bridge.get("/articles/new", params={"title": "t" * 5000, "text": "w " * 20_000}).text
    sound(html)
    assert "t" * 501 not in html
    assert len(html) < 40_000


# --- many at once ----------------------------------------------------------------------------------------------------


def test_files_are_read_kept_and_linked_and_what_fails_is_named(empty, sound):
    files = sent(
        ("reports/one.txt", f"Bridge open again\n\n{REPORT}"),
        ("reports/../../two.txt", f"Ostby bridge costs more\n\n{REPORT.replace('4 million', '5 million')}"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00" * 50),
        ("manifest.csv", "file,outlet\n/etc/passwd,X\n"),
    )
    answer = empty.post("/imports", data={"outlet": "Harbour Gazette"}, files=files, headers=SAME)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    assert re.fullmatch(r"/imports/[\w-]{8,}", path)
    html = finished(empty, path)
    sound(html)
    assert "2 articles are new" in html
    assert "http-equiv" not in html
    for name in ("picture.png", "manifest.csv"):
        assert f"<b>{name}</b>" in html
    assert "root:" not in html
    assert "/tmp" not in html
    links = re.findall(r'href="(/(?:articles/\d+|stories/[\w-]+))"', html)
    assert len(links) >= 3
    assert all(empty.get(link).status_code == 200 for link in links)
    again = finished(
        empty,
        empty.post("/imports", files=files[:1], headers=SAME, data={"outlet": "Harbour Gazette"}).headers["location"],
    )
    assert "0 articles are new, 1 was here already" in again


def test_while_it_runs_the_page_loads_itself_again_without_script(empty, sound):
    job = empty.app.state.jobs.start("waits", lambda job: job.stop.wait(20))
    answer = empty.get(f"/imports/{job.id}")
    sound(answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert '<noscript><meta http-equiv="refresh"' in answer.text
    assert "Look again" in answer.text


def test_progress_is_told_as_events_that_end_with_the_job(empty):
    answer = empty.post("/imports", files=sent(("one.txt", f"Bridge open\n\n{REPORT}")), headers=SAME)
    path = answer.headers["location"]
    told = empty.get(f"{path}/events")
    assert told.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in told.headers
    events = [json.loads(line[5:]) for line in told.text.splitlines() if line.startswith("data:")]
    assert events[-1]["state"] == "finished"
    assert set(events[-1]) == {"state", "say", "done", "total", "failures"}


@pytest.mark.parametrize("path", ["/imports/no-such", "/imports/no-such/events", "/imports/" + "x" * 80])
def test_an_import_that_is_not_known_any_more(bridge, path):
    assert bridge.get(path).status_code in {404, 422}


@pytest.mark.parametrize(
    ("form", "says"),
    [
        pytest.param({}, "nothing to read yet", id="nothing"),
        pytest.param({"addresses": "  \n "}, "nothing to read yet", id="blank"),
        pytest.param({"addresses": "/etc/passwd"}, "no address of a page", id="a path"),
        pytest.param({"addresses": "-"}, "no address of a page", id="standard input"),
        pytest.param({"addresses": "file:///etc/passwd"}, "no address of a page", id="another scheme"),
        pytest.param({"addresses": "https://a.example\nnot one"}, "“not one”", id="one of two"),
        pytest.param(
            {"addresses": "\n".join(f"https://a.example/{i}" for i in range(MOST_ADDRESSES + 1))},
            "too many at once",
            id="too many",
        ),
    ],
)
def test_what_cannot_be_begun_says_why_and_keeps_what_was_typed(empty, sound, form, says):
    answer = empty.post("/imports", data={**form, "outlet": "My outlet"}, headers=SAME)
    assert answer.status_code == 422
    sound(answer.text)
    assert says in answer.text
    assert 'value="My outlet"' in answer.text
    for line in form.get("addresses", "").split():
        assert line in answer.text


def test_an_address_that_is_not_fetched_is_a_failure_of_the_job_not_of_the_page(empty):
    form = {"addresses": "http://127.0.0.1:1/a\nhttp://10.0.0.1/b"}
    html = finished(empty, empty.post("/imports", data=form, headers=SAME).headers["location"])
    assert "Nothing was added" in html
    assert "2 things could not be read" in html


def test_too_many_jobs_at_once_lose_nothing_that_was_typed(empty, sound):
    jobs = empty.app.state.jobs
    for _ in range(MOST_JOBS):
        jobs.start("waits", lambda job: job.stop.wait(20))
    answer = empty.post("/imports", data={"addresses": "https://a.example/x"}, headers=SAME)
    assert answer.status_code == 503
    sound(answer.text)
    assert "Wait until one has finished" in answer.text
    assert "https://a.example/x</textarea>" in answer.text


def test_where_writing_is_not_allowed_no_import_begins(filled, serving):
    client = serving(filled(), writable=False)
    assert client.post("/imports", data={"addresses": "https://a.example"}, headers=SAME).status_code == 403
    assert 'action="/imports"' not in client.get("/articles/new").text


def test_a_page_of_very_many_articles_goes_the_other_way(empty, sound):
    lines = "\n".join(json.dumps({"id": i, "text": REPORT, "headline": f"H {i}"}) for i in range(MOST_DRAFTS + 1))
    answer = empty.post("/articles/preview", files={"file": ("many.jsonl", lines, "text/plain")}, headers=SAME)
    assert answer.status_code == 422
    sound(answer.text)
    assert "Add many at once" in answer.text


def test_addresses_are_taken_once_each():
    assert addresses_of(" https://a.example/x \r\n\nHTTP://b.example\nhttps://a.example/x") == (
        "https://a.example/x",
        "HTTP://b.example",
    )
