"""A client that talks to the application in process, and asks plainly: no browser, no network, no port."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from app.core.records import (
    Actor,
    ActorKind,
    ActorMention,
    Alignment,
    Article,
    Attribution,
    Between,
    Claim,
    ClaimRef,
    Cue,
    DateMention,
    Dimension,
    Outcome,
    PairScore,
    PublishedFrom,
    Reading,
    Reason,
    Relation,
    RelationKind,
    ScorePart,
    Speaker,
    Status,
    Word,
)
from app.pipeline import HERE, Hands
from app.settings import Settings
from app.store import Store, backup, open_store
from app.web.app import create_app

BASE = "http://127.0.0.1:8000"


class Client:
    """Requests as a program on this machine sends them; `json=` bodies are what makes a write acceptable."""

    def __init__(self, app: FastAPI, portal: BlockingPortal, peer: str = "127.0.0.1", base: str = BASE) -> None:
        self.app, self.portal = app, portal
        transport = httpx.ASGITransport(app=app, client=(peer, 50000))
        forgets = CookieJar(DefaultCookiePolicy(allowed_domains=[]))  # what one test was given is not sent by the next
        self.inner = httpx.AsyncClient(transport=transport, base_url=base, cookies=forgets)

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        return self.portal.call(partial(self.inner.request, method, url, **options))

    def get(self, url: str, **options: Any) -> httpx.Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> httpx.Response:
        return self.request("POST", url, **options)

    def raw(self, headers: list[tuple[bytes, bytes]], method: str = "GET", path: str = "/healthz") -> list[dict]:
        """What the application sends for headers that no client library would send."""
        sent: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 50000),
        }
        self.portal.call(partial(self.app, scope, receive, send))
        return sent


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def settings_of(tmp_path_factory) -> Callable[..., Settings]:
    """Settings that look at neither the environment nor a .env file."""
    folder = tmp_path_factory.mktemp("web")

    def make(**given: Any) -> Settings:
        return Settings(_env_file=None, **{"database": folder / "none.sqlite3", **given})

    return make


@pytest.fixture(scope="session")
def serving(portal, settings_of) -> Callable[..., Client]:
    """`serving(store=None, peer=..., bound=..., **settings)`: a client of an application made for it, which reads by itself."""

    def make(
        store: Any = None,
        *,
        peer: str = "127.0.0.1",
        bound: str | None = None,
        base: str = BASE,
        hands: Hands = HERE,
        **given: Any,
    ):
        app = create_app(settings_of(**given), store, bound=bound, hands=hands)
        return Client(app, portal, peer, base)

    return make


@pytest.fixture(scope="session")
def doors(serving) -> Client:
    """An application without a database, for whoever is not let in anyway."""
    return serving()


@pytest.fixture(scope="session")
def sound() -> Callable[[str], None]:
    """`sound(html)`: the page is balanced, its ids unique, its references lead somewhere, it runs and loads nothing else's."""
    spec = spec_from_file_location("parallax_soundness", Path(__file__).with_name("soundness.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.sound


@contextmanager
def started(client: Client) -> Iterator[Client]:
    """The client while its application's lifespan runs."""
    with client.portal.wrap_async_context_manager(client.app.router.lifespan_context(client.app)):
        yield client


@pytest.fixture(scope="session")
def static_file() -> Path:
    from app.web.static import STATIC

    return next(iter(sorted(p for p in STATIC.rglob("*") if p.is_file())), STATIC / "missing")


# --- a story of our own, made without reading anything: what is tested here is the web, not the core ------------------

OUTLETS = (("Harbour Gazette", "KR", 14), ("Island Herald", "JP", 15), ("River Times", None, 16))
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> {{ 7*7 }} \u202e'
MAYOR = Actor("ana-ruiz", "Ana Ruiz", ActorKind.PERSON, role="mayor", aliases=("Ruiz",))
KINDS = (RelationKind.CONFLICT, RelationKind.AGREE, RelationKind.DIVERGE, RelationKind.UPDATED, RelationKind.UNSURE)
LIKELY = {RelationKind.CONFLICT: 0.8134, RelationKind.DIVERGE: 0.97, RelationKind.UNSURE: 0.456}
"""The probability of the kinds; of the others 1, which is told of nobody."""


def reading_of(
    number: int,
    sentences: list[str],
    *,
    url: str | None = None,
    headline: str = "The bridge",
    outlet: str | None = None,
) -> Reading:
    """An article of these sentences, each a claim by the mayor about 13 May."""
    name, _, day = OUTLETS[number % len(OUTLETS)]
    text = "\n\n".join(sentences)
    claims, start = [], 0
    for i, sentence in enumerate(sentences):
        span = (start, start + len(sentence))
        speaker = Speaker(MAYOR.key, MAYOR.name, MAYOR.kind, role="mayor", text="the mayor")
        words = tuple(
            Word(m[0].lower(), "noun", start + m.start(), start + m.end()) for m in re.finditer(r"\w+", sentence)
        )
        claims.append(
            Claim(
                id=f"c{i}",
                start=span[0],
                end=span[1],
                text=sentence,
                sentence=span,
                attributions=(Attribution(speaker, Cue("said", start, start), (span,)),),
                actors=(ActorMention(MAYOR.key, MAYOR.name, MAYOR.kind, sentence[:4], start, start + 4),),
                dates=(DateMention(sentence[:6], "2024-05-13", "day", start, start + 6),),
                words=words,
            )
        )
        start = span[1] + 2
    article = Article(
        text=text,
        outlet=outlet or name,
        headline=headline,
        published=date(2024, 5, day),
        published_from=PublishedFrom.META,
        url=url or f"https://{number}.example.org/bridge",
        story="the-bridge",
        origin="a test",
    )
    return Reading(article, tuple(claims), (MAYOR,))


def rows_of(readings: list[Reading]) -> tuple[Alignment, ...]:
    """One row a sentence, the same place in every article. A single article has no rows."""
    rows: list[Alignment] = []
    if len(readings) < 2:
        return ()
    for i in range(min(len(r.claims) for r in readings)):
        kind = KINDS[i % len(KINDS)]
        refs = tuple(ClaimRef(n, f"c{i}") for n in range(len(readings)))
        score = PairScore(0.9, aligned=True, parts=(ScorePart("words", 0.5, 1.0, "share words"),), shared=("bridge",))
        reason = Reason(Dimension.DATE, Outcome.EXCLUDES, "Monday", "Tuesday", "The days differ.")
        likely = LIKELY.get(kind, 1.0)
        relations = tuple(
            Relation(refs[0], other, score, kind, Between.OUTLETS, (reason,), likely) for other in refs[1:]
        )
        rows.append(Alignment(f"r{i}", f"Proposition {i}", Status(kind.value), refs, relations, probability=likely))
    return tuple(rows)


def fill(store: Store, sentences: int, articles: int = 3, *, hostile: bool = False) -> str:
    """Keep a story of so many sentences an article and align it; gives the story's slug."""
    said = [f"Monday: point {i} of the bridge, said Ruiz, stands" for i in range(sentences)]
    if hostile:
        said[0] = f"Monday {HOSTILE}"
    readings = [
        reading_of(
            n,
            [f"{s} in version {n}." for s in said],
            headline=HOSTILE if hostile else f"Bridge, report {n}",
            url="javascript:alert(document.domain)" if hostile and n == 0 else None,
        )
        for n in range(articles)
    ]
    kept = [store.articles.keep_article(r, story_slug="the-bridge", story_title="The bridge") for r in readings]
    order = [article_id for article_id, _ in store.articles.readings_of("the-bridge")]
    in_order = [readings[[k.article_id for k in kept].index(article_id)] for article_id in order]
    store.articles.keep_alignments("the-bridge", rows_of(in_order), order)
    return "the-bridge"


@pytest.fixture(scope="session")
def made_report() -> Callable[..., Reading]:
    """`made_report(number, sentences, ...)`: an article of these sentences, read."""
    return reading_of


@pytest.fixture(scope="session")
def new_store(tmp_path_factory, blank) -> Iterator[Callable[..., Store]]:
    """`new_store()`: an empty store of its own, or a copy of a database, closed at the end."""
    opened: list[Store] = []

    def make(of: Path = blank) -> Store:
        path = tmp_path_factory.mktemp("store") / "parallax.sqlite3"
        path.unlink(missing_ok=True)
        backup(of, path)
        opened.append(open_store(path))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def filled(new_store) -> Callable[..., Store]:
    """`filled(sentences, ...)`: a store of its own with a story in it; each kind of story is kept once and copied."""
    kept: dict[tuple[Any, ...], Path] = {}

    def make(sentences: int = 6, **how: Any) -> Store:
        key = (sentences, *sorted(how.items()))
        if key not in kept:
            store = new_store()
            fill(store, sentences, **how)
            kept[key] = store.path
        return new_store(kept[key])

    return make


@pytest.fixture(scope="session")
def bridge(filled, serving) -> Client:
    """A client of an application whose store holds one story; for tests that only read."""
    return serving(filled())


@pytest.fixture
def review(filled, serving) -> Client:
    """The same, for tests that write."""
    return serving(filled())
