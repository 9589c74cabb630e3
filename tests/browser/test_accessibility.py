"""axe (WCAG 2.2 AA and its best practices) finds nothing on any page, in any state, wide and narrow, light and dark; and no page is wider
than its window."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from app.core.records import Status
from app.pipeline import Copies
from app.sources.fetching import Fetched
from app.store import Store, open_store
from app.store.pages import keep_copy
from app.store.views import EVENTS, Query

PAGES = {
    "front": "/",
    "stories": "/stories",
    "stories, nothing found": "/stories?q=zebra",
    "articles": "/articles",
    "articles, a date that is none": "/articles?from=x",
    "actors": "/actors",
    "outlets": "/outlets",
    "outlet": "/outlets/kbs",
    "story": "/stories/{story}",
    "story, only differences": "/stories/{story}?only=1",
    "story, two outlets": "/stories/{story}?outlets={outlets}",
    "story, strict": "/stories/{story}?strictness=0.9",
    "story, loose": "/stories/{story}?strictness=0.3",
    "story, one verdict": "/stories/{story}?status=conflict",
    "story, what may differ": "/stories/{story}?status=unsure",
    "story, by who reports it": "/stories/{story}?layout=reports",
    "story, nothing left": "/stories/{story}?actor=nobody-at-all",
    "story, a date that is none": "/stories/{story}?from=x&to=2019-11-26",
    "print": "/stories/{story}/print",
    "stories for teaching": "/examples",
    "handout": "/examples/gsomia",
    "handout, not loaded": "/examples/ferry-fire",
    "questions for the class": "/examples/gsomia?sheet=class",
    "row in conflict": "/alignments/{conflict}",
    "row that agrees": "/alignments/{agree}",
    "row that diverges": "/alignments/{diverge}",
    "row that may differ": "/alignments/{unsure}",
    "row brought up to date": "/alignments/{updated}",
    "row of one source": "/alignments/{single}",
    "row to embed": "/alignments/{conflict}/embed",
    "article": "/articles/{article}",
    "article, at a note": "/articles/{article}#n1",
    "two articles in full": "/articles/{article}/with/{other}",
    "versions, only one": "/articles/{article}/versions",
    "page as it was": "/articles/{article}/page",
    "watched sources": "/sources",
    "actor": "/actors/south-korea",
    "actor, a date that is none": "/actors/south-korea?from=soon",
    "actor, nothing said": "/actors/south-korea?from=2031-01-01",
    "actor, a person": "/actors/toshimitsu-motegi",
    "names of an actor": "/actors/south-korea/names",
    "correct an article": "/articles/{article}/correct",
    "correct a story": "/stories/{story}/correct",
    "correct a claim": "/claims/1/correct",
    "corrections": "/corrections",
    "search": "/search?q=pact",
    "search, by actor": "/search?actor=Motegi",
    "search, nothing found": "/search?q=zebra",
    "search, misspelt": "/search?q=anounced+pakt",
    "search, not asked": "/search",
    "search, a date that is none": "/search?from=26/11",
    "saved searches": "/searches",
    "saved searches, one taken away": "/searches?removed={gone_search}",
    "saved search": "/searches/{search}",
    "webhooks": "/webhooks",
    "webhook": "/webhooks/{hook}",
    "webhook, ended": "/webhooks/{ended_hook}",
    "conflicts": "/conflicts",
    "conflicts, narrowed": "/conflicts?dimension=date&likely=0.5&order=likely",
    "conflicts, one decided": "/conflicts?done={conflict}",
    "decide all like this": "/alignments/{conflict}/alike",
    "merge a row": "/alignments/{conflict}/merge",
    "split a row": "/alignments/{conflict}/split",
    "part a row": "/alignments/{conflict}/part",
    "frozen comparisons": "/stories/{story}/snapshots",
    "frozen comparison": "/snapshots/{snapshot}",
    "classroom": "/stories/{story}/classroom",
    "classroom, hands": "/stories/{story}/classroom?hands=1&rows=6",
    "classroom, revealed": "/stories/{story}/classroom?reveal=1",
    "class": "/classes/{open}",
    "class, a group's sheet": "/classes/{open}?group=Blue",
    "class, revealed": "/classes/{revealed}",
    "class, its desk closed": "/classes/{open}/desk",
    "add": "/articles/new",
    "add, from a bookmark": "/articles/new?url=https://a.example&title=T&text=Words",
    "who changed what": "/audit",
    "who changed what, one person": "/audit?by=teacher&kind=class",
    "method": "/method",
    "patterns": "/patterns",
    "sign in, while there is nobody": "/sign-in",
    "account, the local user": "/account",
    "people, not for the local user": "/people",
    "no such page": "/no-such-page",
}
"""Every page over the bundled example, by the state it is in."""


@dataclass(frozen=True)
class Kept:
    """What a reader has kept of the example: a frozen comparison, a class that works, one that is over."""

    site: Any
    holes: dict[str, object]

    def address(self, name: str) -> str:
        return self.site.url(PAGES[name].format(**self.holes))


def look_as_watched(store: Store, article: int) -> None:
    """A source that is well, one that fails, one with a stale rule; an article with its page as it was."""
    for path, how in {
        "feed.xml": {"kind": "feed", "read_at": store.now()},
        "news": {"kind": "list", "failures": 4, "trouble": "The site answered 500 Internal Server Error."},
        "a": {"kind": "page", "read_at": store.now(), "note": "The rule for Averil Post finds no body in its pages."},
    }.items():
        made = store.sources.add_source(
            f"https://averil-post.example/{path}", by="ann", outlet=path if path == "a" else None
        )
        assert store.sources.take_lease("a test", 60)
        store.sources.note_source("a test", made.id, next_at=store.now() + timedelta(days=1), **how)
    copies = Copies(store.now)
    body = b"<html lang='en'><head><title>Report</title></head><body><h1>Report</h1><p>The pact ends.</p></body></html>"
    copies.note("a", Fetched("https://averil-post.example/a", body, headers=(("ETag", '"x"'),)))
    with store.write() as session:
        keep_copy(
            session, article, copies.at("a")
        )  # no article of the example has two versions: they are numbered alike


def hooked(store: Store, name: str) -> int:
    """A webhook with a delivery in every state."""
    made, _ = store.webhooks.add_webhook(name, f"https://{name}.example/hook?of={'a' * 120}", EVENTS, by="reader")
    for _ in range(3):
        store.webhooks.test_webhook(made.id, by="reader")
    for sent, answer in ((True, "204 No Content"), (False, "503 Service Unavailable")):
        posting = store.webhooks.next_posting()
        assert posting
        store.webhooks.note_posting(posting, sent=sent, answer=answer)
    return made.id


@pytest.fixture(scope="module")
def kept(example_database, tmp_path_factory, serve, doubt) -> Iterator[Kept]:
    """The example in a database of this file's own, with every form shown."""
    path = tmp_path_factory.mktemp("axe") / "example.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        source = example_database.with_name(example_database.name + suffix)
        if source.exists():
            shutil.copy(source, path.with_name(path.name + suffix))
    with open_store(path) as store:
        story = store.library.stories().items[0].story.slug
        doubt(store)
        agreed = [r.id for r in store.rows.every(story) if r.status is Status.AGREE]
        store.review.decide(agreed[-1], "relabel", by="reader", value="diverge")  # every verdict is seen somewhere
        rows = tuple(store.rows.every(story))
        holes: dict[str, object] = {s.value.split("-")[0]: next(r.id for r in rows if r.status == s) for s in Status}
        found = store.rows.conflicts().items[0]  # two opinions, work that is overdue, a comment
        store.review.decide_flag(found.flag.id, "confirmed", by="ann")
        store.review.decide_flag(found.flag.id, "dismissed", by="bob", note="Both may stand.")
        store.review.set_work(found.row.id, by="ann", assigned="bob", due=date(2020, 1, 2), state="in work")
        store.review.comment(found.row.id, by="ann", text="See\nhttps://a.example/answer")
        over = store.snapshots.start_class(story, by="teacher", title="9c")[0].code
        store.snapshots.mark_rows(over, "Blue", {holes["agree"]: "agree", holes["diverge"]: "agree"})
        store.snapshots.reveal_class(over, by="teacher")
        look_as_watched(store, store.library.articles().items[0].id)
        holes |= {
            "story": story,
            "article": store.library.articles().items[0].id,
            "other": store.library.articles().items[1].id,
            "outlets": ",".join(o.key for o in store.rows.story(story, limit=1).outlets[:2]),
            "snapshot": store.snapshots.freeze(story, by="reader", note="For the seminar").id,
            "open": store.snapshots.start_class(story, by="teacher", title="9b")[0].code,
            "revealed": over,
            "hook": hooked(store, "desk"),
            "ended_hook": hooked(store, "gone"),
            "search": store.searches.save_search("The pact", Query("pact"), by="reader").id,
            "gone_search": store.searches.save_search("Gone", Query("Tokyo"), by="reader").id,
        }
        store.webhooks.end_webhook(int(str(holes["ended_hook"])), by="reader")
        store.searches.remove_search(int(str(holes["gone_search"])), by="reader")
        for site in serve(store, patterns=True):
            yield Kept(site, holes)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_it_fits(kept, page, accessible, fits, name) -> None:
    page.goto(kept.address(name))
    expect(page.get_by_role("main")).to_be_visible()
    fits(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    accessible(page, narrow="dark")
    page.evaluate("document.querySelectorAll('details:not(main details)').forEach(d => { d.open = false; })")
    fits(page)


@pytest.fixture(scope="module")
def nothing_kept(tmp_path_factory, blank, serve) -> Iterator[Any]:
    path = shutil.copy(blank, tmp_path_factory.mktemp("nothing") / "nothing.sqlite3")
    with open_store(path) as store:
        yield from serve(store)


@pytest.mark.parametrize("path", ["/", "/stories", "/outlets", "/search", "/conflicts", "/articles/new"])
def test_axe_finds_nothing_where_nothing_is_kept(nothing_kept, page, accessible, path) -> None:
    page.goto(nothing_kept.url(path))
    accessible(page)


@pytest.mark.parametrize("name", ["story", "row in conflict", "article", "conflicts", "search"])
def test_forced_colours_keep_every_verdict_in_words(kept, watched, name) -> None:
    page = watched.open(forced_colors="active", reduced_motion="reduce")
    page.goto(kept.address(name))
    if name != "search":
        expect(page.locator(".verdict").first).to_have_text(re.compile("conflict|diverge|updated|agree|single"))
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e);
        return parseFloat(s.transitionDuration) > 0.01 || (s.animationName !== 'none' && parseFloat(s.animationDuration) > 0.01);
    }).map(e => e.className)""")
    assert moving == []
