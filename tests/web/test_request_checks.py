"""What an address or a form asks for: nothing odd in it passes without a word, and nothing of it is a failure of ours."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from app.web import pages

V1 = "/api/v1"
STORY = "/stories/the-bridge"
SAME = {"origin": "http://127.0.0.1:8000"}


def odd(html: str) -> str:
    """What the page says of its address."""
    found = re.search(r"Not all of this address was understood.*?</ul>", html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>|\s+", " ", found[0])) if found else ""


ODD = {
    "status": (f"{STORY}?status=banana", "single-source"),
    "strictness, a word": (f"{STORY}?strictness=banana", "from 0 to 1"),
    "strictness, not a number": (f"{STORY}?strictness=nan", "from 0 to 1"),
    "strictness, below": (f"{STORY}?strictness=-1", "from 0 to 1"),
    "strictness, above": (f"{STORY}?strictness=1e9", "from 0 to 1"),
    "strictness, endless": (f"{STORY}?strictness={'9' * 500}", "…"),
    "order": (f"{STORY}?sort=size", "matter, event, reading"),
    "kind of date": (f"{STORY}?date_of=birth", "event, published"),
    "only": (f"{STORY}?only=banana", "is not 1"),
    "outlet": (f"{STORY}?outlet=nobody", "no such outlet"),
    "actor": (f"{STORY}?actor=nobody", "no such person or body"),
    "a parameter that there is not": (f"{STORY}?statsu=conflict", "it takes actor, columns, cursor"),
    "layout": (f"{STORY}?layout=heap", "reports, columns"),
    "twice": (f"{STORY}?status=conflict&status=agree", "more than once"),
    "control character": (f"{STORY}?outlet=a%01b", "no keyboard"),
    "markup": (f"{STORY}?status=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>"),
    "printed, day": (f"{STORY}/print?from=2019-13-45", "is no day"),
    "printed, status": (f"{STORY}/print?status=banana", "single-source"),
    "search, relation": ("/search?relation=banana", "single-source"),
    "search, story": ("/search?story=nothing", "no such story"),
    "search, outlet": ("/search?q=bridge&outlet=nobody", "no such outlet"),
    "actor, side": ("/actors/ana-ruiz?side=left", "all, by, about"),
    "actor, story": ("/actors/ana-ruiz?story=nothing", "no such story"),
    "queue, state": ("/conflicts?state=banana", "open, confirmed, dismissed"),
    "queue, story": ("/conflicts?story=nothing", "no such story"),
    "queue, done": ("/conflicts?done=banana", "no number of ours"),
    "split": ("/alignments/1/split?claims=banana", "no number of ours"),
    "classroom": (f"{STORY}/classroom?rows=many", "no number of ours"),
    "front": ("/?page=2", "it takes cursor, order"),
    "front, order": ("/?order=oldest", "newest, changed, conflicts"),
    "stories, order": ("/stories?order=oldest", "newest, changed, conflicts"),
    "stories, size": ("/stories?size=big", "one, many"),
    "articles, order": ("/articles?order=banana", "newest, oldest, name"),
    "actors, kind": ("/actors?kind=unnamed", "person, organisation, state, treaty"),
    "outlets, country": ("/outlets?country=XX", "no such country"),
    "method": ("/method?x=1", "it takes none"),
}


@pytest.mark.parametrize(("path", "said"), ODD.values(), ids=ODD.keys())
def test_a_page_says_what_it_did_not_understand(bridge, sound, path, said):
    answer = bridge.get(path)
    assert answer.status_code == 200
    sound(answer.text)
    assert said in odd(answer.text)


@pytest.mark.parametrize(
    "path",
    [
        f"{STORY}?status=conflict&sort=event&date_of=published&only=1&strictness=0.5&actor=Ruiz&outlet=river-times",
        f"{STORY}?outlets=river-times&outlets=island-herald",
        f"{STORY}?status=&strictness=&from=&outlet=",
        f"{STORY}?utm_source=letter&fbclid=1",
        f"{STORY}/classroom?hands=1&anything=3",
        "/search?actor=nobody",
        "/articles/new?story=A+new+one&url=https://a.example/",
        "/alignments/1/split?claims=1,2",
    ],
)
def test_what_is_understood_is_passed_over(bridge, path):
    answer = bridge.get(path)
    assert answer.status_code == 200
    assert odd(answer.text) == ""


@pytest.mark.parametrize(
    ("path", "status"),
    {
        "a page": (f"{STORY}?outlet=a%00b", 422),
        "a search": ("/search?q=a%00b", 422),
        "a search, in a choice": ("/search?q=a&outlet=%00", 422),
        "a list": ("/articles?q=%00", 422),
        "a name that there is not": ("/?x%00=1", 422),
        "of a program": (f"{V1}/claims?story=a%00b", 422),
        "a file": (f"{STORY}/export.csv?outlet=%00", 422),
        "in a path": ("/stories/a%00b", 404),
        "in a path, of a program": (f"{V1}/actors/a%00b", 404),
    }.values(),
)  # fmt: skip
def test_nul_comes_through_no_door(bridge, path, status):
    """The same on both databases, of which one keeps no such character: no query is asked with it."""
    assert bridge.get(path).status_code == status


WRONG = {
    "strictness": (f"{V1}{STORY}?strictness=banana", "query.strictness"),
    "strictness, nan": (f"{V1}{STORY}?strictness=nan", "query.strictness"),
    "limit": (f"{V1}/claims?limit=1e9", "query.limit"),
    "limit, none": (f"{V1}/claims?limit=0", "query.limit"),
    "day": (f"{V1}/claims?from=2019-13-45", "query.from"),
    "no such parameter": (f"{V1}/claims?relations=conflict", "query.relations"),
    "no such page": (f"{V1}/claims?page=2", "query.page"),
    "twice": (f"{V1}/claims?q=a&q=b", "query.q"),
    "null byte": (f"{V1}/claims?q=a%00b", "query.q"),
    "revision": (f"{V1}/articles/1?revision=one", "query.revision"),
    "state": (f"{V1}/conflicts?state=banana", "query.state"),
    "export": (f"{STORY}/export.csv?cursor=x", "query.cursor"),
    "feed": (f"{STORY}/feed.atom?limit=5", "query.limit"),
}


@pytest.mark.parametrize(("path", "field"), WRONG.values(), ids=WRONG.keys())
def test_a_program_is_told_what_is_wrong(bridge, path, field):
    answer = bridge.get(path, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]
    assert answer.json()["errors"][0]["say"]


def test_the_names_of_a_program_are_told(bridge):
    said = bridge.get(f"{V1}/conflicts?page=2").json()["errors"][0]["say"]
    taken = "assigned, cursor, dimension, likely, limit, order, outlet, state, story, work"
    assert said == f"there is no such parameter here; it takes {taken}"


FORMS = {
    "flag": ("/alignments/1/flags", {"notes": "the days differ"}, "form.notes"),
    "decision": ("/alignments/1/decisions", {"kind": "confirm", "comment": "yes"}, "form.comment"),
    "flag changed": ("/flags/1", {"do": "dismiss", "state": "dismissed"}, "form.state"),
    "frozen": ("/stories/the-bridge/snapshots", {"title": "x"}, "form.title"),
    "name": ("/actors/ana-ruiz/names", {"name": "the Mayor", "alias": "x"}, "form.alias"),
    "twice": ("/alignments/1/flags", {"note": ["one", "two"]}, "form.note"),
}


@pytest.mark.parametrize(("path", "data", "field"), FORMS.values(), ids=FORMS.keys())
def test_a_field_that_the_form_has_not_is_refused_by_name_and_nothing_is_kept(review, path, data, field):
    before = review.get(f"{V1}/alignments/1").json()
    answer = review.post(path, data=data, headers={**SAME, "accept": "application/json"})
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]
    assert review.get(f"{V1}/alignments/1").json() == before
    page = review.post(path, data=data, headers={**SAME, "accept": "text/html"})
    assert page.status_code == 422
    assert field in page.text


class Forms(HTMLParser):
    """The forms of a page that write: where they go and what they send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []
        self.open = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.open = (given.get("method") or "").lower() == "post"
            if self.open:
                self.found.append((given["action"] or "", set()))
        name = given.get("name")
        if name and tag in {"input", "textarea", "select", "button"} and self.open:
            self.found[-1][1].add(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = False


def routes(found):
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes)
        elif "POST" in getattr(route, "methods", ()):
            yield route


def test_every_form_of_every_page_sends_what_its_route_takes(review):
    """A field that a template adds without its route would be refused: it is found here, not by a reader."""
    review.post("/alignments/1/flags", data={"note": "look"}, headers=SAME)
    review.post("/alignments/2/decisions", data={"kind": "confirm"}, headers=SAME)
    review.post("/actors/ana-ruiz/names", data={"name": "the Harbour Mayor"}, headers=SAME)
    known = list(routes(pages.router.routes))
    checked = set()
    addresses = [
        "/",
        STORY,
        "/alignments/1",
        "/alignments/2",
        "/alignments/1/merge?into=2",
        "/alignments/1/split?claims=1",
    ]
    addresses += ["/alignments/1/part", "/articles/1", "/actors/ana-ruiz", "/actors/ana-ruiz/names", "/conflicts"]
    addresses += [f"{STORY}/snapshots", f"{STORY}/classroom", "/articles/new", "/search?q=bridge"]
    for page in addresses:
        for action, fields in Forms(review.get(page).text).found:
            route = next(r for r in known if r.path_regex.fullmatch(action.partition("?")[0]))
            takes = {p.alias for p in route.dependant.body_params}
            if takes:
                assert fields <= takes, (page, action)
                checked.add(route.path)
    assert len(checked) >= 5, checked


def test_a_form_may_repeat_what_may_be_repeated(review):
    row = review.get(f"{V1}/alignments/1").json()
    claims = [c["id"] for cell in row["row"]["cells"] for c in cell["claims"]]
    data = {"kind": "split", "claims": claims[:2]}
    assert review.post("/alignments/1/decisions", data=data, headers=SAME).status_code == 303


@pytest.mark.parametrize("name", ["status", "strictness", "outlet", "actor", "from", "only", "sort", "cursor", "x"])
@pytest.mark.parametrize("value", ["\0", "\ud7ff", "٣", "9" * 3000, "-0", "1e400", "a\r\nb: c", "\u202e", "[]", "%"])
def test_no_value_breaks_the_story_page(bridge, name, value):
    assert bridge.get(f"{STORY}?{name}={quote(value)}").status_code in {200, 422}
