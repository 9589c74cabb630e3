"""`/metrics`: there when it is asked for, of bounded names, and not for whoever comes from outside."""

from __future__ import annotations

import threading
import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.web.metrics import route_of


def figures(client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
    return {
        (s.name, tuple(sorted(s.labels.items()))): s.value
        for family in text_string_to_metric_families(answer.text)
        for s in family.samples
    }


@pytest.fixture
def measured(filled, serving):
    return serving(filled(), metrics=True)


def counted(found, method: str, route: str, status: str) -> float:
    labels = (("method", method), ("route", route), ("status", status))
    return found.get(("parallax_requests_total", labels), 0.0)


def test_they_are_off_unless_they_are_asked_for(bridge):
    assert bridge.get("/metrics").status_code == 404
    assert "/metrics" not in bridge.get("/openapi.json").json()["paths"]


def test_they_are_described_where_they_are_on(measured):
    [given] = [measured.get("/openapi.json").json()["paths"]["/metrics"]["get"]["responses"]["200"]["content"]]
    assert list(given) == ["text/plain"]


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_whoever_comes_through_a_proxy_does_not_get_them(measured, header):
    assert measured.get("/metrics", headers={header: "192.0.2.1"}).status_code == 404


def test_what_is_kept(measured, filled):
    found = figures(measured)
    kept = {what: found[f"parallax_{what}", ()] for what in ("articles", "stories", "rows", "waiting_stories")}
    assert kept == {"articles": 3, "stories": 1, "rows": 6, "waiting_stories": 0}
    assert found["parallax_database_up", ()] == found["parallax_database_writable", ()] == 1
    store = measured.app.state.holder.get()
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE stories SET stale = 1")
    assert figures(measured)["parallax_waiting_stories", ()] == 1


def test_without_a_database_they_say_so(serving, tmp_path):
    found = figures(serving(database=tmp_path / "none.sqlite3", metrics=True))
    assert found["parallax_database_up", ()] == 0
    assert ("parallax_articles", ()) not in found


def test_jobs(measured):
    go = threading.Event()
    jobs = measured.app.state.jobs

    def unfinished() -> float:
        found = figures(measured)
        return sum(found["parallax_jobs", (("state", s),)] for s in ("waiting", "running"))

    for _ in range(3):
        jobs.start("waits", lambda job: go.wait(20))
    assert unfinished() == 3
    go.set()
    ends = time.monotonic() + 20
    while unfinished():
        assert time.monotonic() < ends
    jobs.close()


@pytest.mark.parametrize(
    ("method", "path", "named", "route", "status"),
    [
        ("GET", "/api/v1/stories/the-bridge", "GET", "/api/v1/stories/{slug}", "2xx"),
        ("GET", "/stories/the-bridge", "GET", "/stories/{slug}", "2xx"),
        ("GET", "/stories/no-such", "GET", "/stories/{slug}", "4xx"),
        ("HEAD", "/articles/1", "HEAD", "/articles/{article_id}", "2xx"),
        ("GET", "/", "GET", "/", "2xx"),
        ("GET", "/made/up/by/somebody", "GET", "none", "4xx"),
        ("GET", "/static/no-such.css", "GET", "/static/", "4xx"),
        ("PROPFIND", "/healthz", "other", "none", "4xx"),
        ("DELETE", "/api/v1/outlets", "DELETE", "/api/v1/outlets", "4xx"),
    ],
    ids=str,
)
def test_a_request_is_counted_under_the_name_of_its_route(measured, method, path, named, route, status):
    measured.request(method, path)
    found = figures(measured)
    alike = [k for k in found if k[0] == "parallax_requests_total" and dict(k[1])["method"] == named]
    assert counted(found, named, route, status) == 1, alike
    assert found["parallax_request_seconds_count", (("route", route),)] >= 1
    assert found["parallax_requests_in_flight", ()] == 1, "the one that asks"


def test_who_is_turned_away_at_the_door_is_counted(measured):
    measured.get("/", headers={"host": "evil.example"})
    assert counted(figures(measured), "GET", "none", "4xx") == 1


def test_an_error_of_ours_is_counted(serving):
    class Broken:
        def stories(self, **_):
            raise RuntimeError

        @property
        def library(self):
            return self

    client = serving(Broken(), metrics=True)
    client.get("/api/v1/stories")
    text = client.app.state.measures.requests.labels("GET", "/api/v1/stories", "5xx")
    assert text._value.get() == 1


def test_what_clients_make_up_makes_no_more_names(measured):
    def names() -> int:
        return len(figures(measured))

    def make_up(number: int) -> None:
        measured.get(f"/stories/made-up-{number}?q={number}", headers={"x-request-id": f"request-{number}"})
        measured.get(f"/nowhere/{number}/{number}")
        measured.request(f"M{number}", f"/nowhere/{number}")

    make_up(0)
    names()  # asking is counted too, after it is answered
    before = names()
    for number in range(1, 50):
        make_up(number)
    assert names() == before


def test_two_applications_count_for_themselves(filled, serving):
    one, other = serving(filled(), metrics=True), serving(filled(), metrics=True)
    one.get("/healthz")
    assert counted(figures(one), "GET", "/healthz", "2xx") == 1
    assert counted(figures(other), "GET", "/healthz", "2xx") == 0


def test_every_route_has_a_name_of_its_own_making():
    class Route:
        path = "/{id}/x"

    assert route_of({"path": "/deep/er/5/x", "route": Route()}) == "/deep/er/{id}/x"
    assert route_of({"path": "/a"}) == "none"
