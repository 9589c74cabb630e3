"""Whatever is asked, no answer is a 500: parameters, paths and bodies at random, and words that SQL and FTS would read."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

V1 = "/api/v1"
PATHS = (
    "/",
    "/search",
    "/conflicts",
    "/stories",
    "/articles",
    "/actors",
    "/outlets",
    "/outlets/island-herald",
    "/stories/the-bridge",
    "/stories/the-bridge/print",
    "/stories/the-bridge/export.csv",
    "/alignments/1",
    "/articles/1",
    "/articles/1/with/2",
    "/articles/new",
    "/actors/ana-ruiz",
    f"{V1}/stories",
    f"{V1}/stories/the-bridge",
    f"{V1}/stories/the-bridge/alignments",
    f"{V1}/articles",
    f"{V1}/articles/1",
    f"{V1}/alignments/1",
    f"{V1}/claims",
    f"{V1}/actors",
    f"{V1}/actors/ana-ruiz",
    f"{V1}/outlets",
    f"{V1}/outlets/island-herald",
    f"{V1}/conflicts",
    f"{V1}/changes",
    f"{V1}/reviewed",
    f"{V1}/actors/ana-ruiz/positions",
    f"{V1}/claims/1/chain",
    f"{V1}/stories/the-bridge/snapshots",
    f"{V1}/snapshots/none",
)
NAMES = (
    *("q", "actor", "from", "to", "date_of", "outlet", "relation", "story", "cursor", "limit", "status", "state"),
    *("side", "revision", "sort", "only_differences", "note", "v", "strictness", "outlets", "order"),
    *("size", "kind", "country"),
)
TRICKS = (
    *("'", '"', "''", '"""', "*", "a*", "^a", "a NEAR b", "NEAR(a b, 5)", "AND", "a AND", "NOT", "a OR", "(", "((a)"),
    *("text:a", "-a", "+a", "{a b}:c", "a;--", "' OR '1'='1", "%", "_", "\\", "\0", "a\0b", "\x1f", "\ufeff", "\u202e"),
    *("문재인", "安倍晋三", "‘“”’", "🂡", "e\u0301", "\U0010ffff", "9" * 400, "-1", "0", "1e9", "NaN", "true", "null"),
    *("2019-11-26", "2019-13-45", "0001-01-01", "9999-12-31", "10000-01-01", "conflict", "single-source", "event"),
    *("../../etc/passwd", "%2e%2e%2f", "<script>alert(1)</script>", "{{7*7}}", "a\r\nb: c", " ", ""),
)
values = st.sampled_from(TRICKS) | st.text(st.characters(codec="utf-8"), max_size=30) | st.integers().map(str)
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(NAMES), values, max_size=5))
def test_no_query_breaks_an_answer(bridge, path, query):
    answer = bridge.get(f"{path}?{urlencode(query)}")
    assert answer.status_code in {200, 400, 404, 422}, (path, query, answer.text)


@pytest.mark.parametrize("trick", TRICKS, ids=repr)
@pytest.mark.parametrize(
    "path", ["/search?q={}", f"{V1}/claims?q={{}}", f"{V1}/actors?q={{}}", f"{V1}/claims?actor={{}}"]
)
def test_words_that_mean_something_to_a_database(bridge, path, trick):
    answer = bridge.get(path.format(quote(trick, safe="")))
    assert answer.status_code in {200, 422}, answer.text


@quick
@example("articles", "9" * 20)
@example("alignments", "9" * 400)
@given(st.sampled_from(("stories", "actors", "articles", "alignments")), values)
def test_no_address_breaks_an_answer(bridge, kind, name):
    for prefix in ("", V1):
        answer = bridge.get(f"{prefix}/{kind}/{quote(name, safe='')}")
        assert answer.status_code in {200, 303, 307, 308, 404, 422}, answer.text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("alignments/{}/flags", {"note": ""}),
        ("alignments/{}/decisions", {"kind": "confirm"}),
        ("flags/{}", {"do": "confirm"}),
        ("decisions/{}", {"back": "/"}),
    ],
)
@pytest.mark.parametrize("number", ["9" * 20, "-1", "0", "one"])
def test_no_form_reaches_an_id_that_cannot_be(fuzzed, path, data, number):
    answer = fuzzed.post("/" + path.format(number), data=data, headers={"origin": "http://127.0.0.1:8000"})
    assert answer.status_code == 404


bodies = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | values,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("note", "x")) | values, inner, max_size=3)
    ),
    max_leaves=6,
)


@quick
@example("alignments/1/decisions", {"kind": "merge", "value": "٣"})
@example("alignments/1/decisions", {"kind": "split", "value": "1,,x", "claims": [0, -1, 2**70]})
@given(
    st.sampled_from(("alignments/1/flags", "alignments/1/decisions", "articles/preview")),
    bodies
    | st.fixed_dictionaries(
        {"kind": st.sampled_from(("merge", "split", "relabel")), "value": values},
        optional={"claims": st.lists(st.integers(), max_size=3)},
    ),
)
def test_no_body_breaks_an_answer(fuzzed, path, body):
    answer = fuzzed.post(f"{V1}/{path}", content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code in {200, 201, 400, 404, 409, 422}, (body, answer.text)


@pytest.fixture(scope="module")
def fuzzed(filled, serving):
    return serving(filled())
