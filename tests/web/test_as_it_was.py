"""The page as it was: shown where nothing of it runs, loads or leads away; as bytes, in the bundle and for web archives."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from app.pipeline import COPY_MOST_BYTES, Copies
from app.sources.fetching import CannedFetcher, Fetched
from app.store.views import PageCopy
from app.web.as_it_was import shown_copy

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
URL = "https://a.example/x"
OWN = {"origin": "http://127.0.0.1:8000"}
HOSTILE = """<!doctype html><html><head><title>The bridge</title><base href="https://evil.example/">
<meta http-equiv="refresh" content="0; url=https://evil.example/"><link rel="preconnect" href="https://evil.example">
<link rel="stylesheet" href="/style.css"><script src="https://evil.example/x.js"></script><style>p { color: green }</style></head>
<body onload="alert(1)" background="https://evil.example/b.png"><p style="color: red">The bridge is clos\u00e9d.</p>
<img src="https://evil.example/p.png" srcset="https://evil.example/q.png 2x" alt="The bridge" onerror="alert(2)">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="dot"><iframe src="https://evil.example/"></iframe>
<form action="https://evil.example/"><input name="q" autofocus><button formaction="https://evil.example/">go</button></form>
<a href="https://b.example/y" ping="https://evil.example/">more</a><svg><script>alert(3)</script></svg>
<noscript><img src="https://evil.example/pixel.png"></noscript><object data="https://evil.example/o"></object><!-- evil.example --></body></html>"""


def copy_of(body: bytes, media_type: str = "text/html", charset: str | None = "utf-8") -> PageCopy:
    copies = Copies(lambda: AT)
    headers = (("Content-Type", f"{media_type}; charset={charset}"), ("Content-Encoding", "gzip"), ("ETag", '"a"'))
    copies.note(URL, Fetched(URL, body, media_type, charset, 200, headers))
    found = copies.at(URL)
    assert found is not None
    return found


@pytest.fixture
def house(new_store, serving, made_report):
    store = new_store()
    kept = store.articles.keep_article(
        made_report(0, ["Monday: the bridge is closed."]), page=copy_of(HOSTILE.encode())
    )
    return store, serving(store), kept.article_id


def test_what_is_shown_neither_runs_nor_loads_nor_leads_away():
    text, media_type = shown_copy(copy_of(HOSTILE.encode()))
    assert media_type == "text/html; charset=utf-8"
    assert "evil.example" not in text
    for gone in ("<script", "<link", "<base", "<meta", "<iframe", "<object", "onload", "onerror", "alert("):
        assert gone not in text
    for left in ("The bridge is closéd.", "color: green", "color: red", "data:image/gif", 'alt="The bridge"'):
        assert left in text
    assert 'href="https://b.example/y"' in text


OTHERS = {
    "plain text": (b"The bridge <b>is</b> closed.", "text/plain", "The bridge <b>is</b> closed."),
    "latin letters": ("The café".encode("latin-1"), "text/plain", "The café"),
    "XML": (b"<rss>x</rss>", "application/xml", "<rss>x</rss>"),
}


@pytest.mark.parametrize(("body", "media_type", "said"), OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_html_is_plain_text(body, media_type, said):
    text, sent_as = shown_copy(copy_of(body, media_type, "iso-8859-1" if b"caf" in body else "utf-8"))
    assert (text, sent_as) == (said, "text/plain; charset=utf-8")


def test_a_damaged_copy_says_so():
    text, sent_as = shown_copy(replace(copy_of(b"<p>x</p>"), packed=b"no"))
    assert "damaged" in text
    assert sent_as.startswith("text/plain")


def test_the_page_has_a_frame_and_the_frame_a_policy_of_its_own(house, sound):
    _, client, article = house
    page = client.get(f"/articles/{article}/page")
    sound(page.text)
    assert f'src="/articles/{article}/page/frame?revision=1"' in page.text
    assert " sandbox " in page.text
    assert sha256(HOSTILE.encode()).hexdigest() in page.text
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
    frame = client.get(f"/articles/{article}/page/frame")
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow-" not in policy
    assert "script" not in policy
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert frame.headers["x-dns-prefetch-control"] == "off"
    assert frame.headers["x-content-type-options"] == "nosniff"
    again = client.get(f"/articles/{article}/page/frame", headers={"if-none-match": frame.headers["etag"]})
    assert again.status_code == 304
    for name in ("content-security-policy", "x-frame-options"):
        assert again.headers[name] == frame.headers[name], "a browser puts them in the place of those it has"
    for other in (f"/articles/{article}", "/", f"/articles/{article}/page/source.gz"):
        answer = client.get(other)
        assert "frame-src" not in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
    assert f"/articles/{article}/page?revision=1" in client.get(f"/articles/{article}").text


def test_where_no_page_is_kept_nothing_is_offered(filled, serving):
    store = filled()
    client = serving(store)
    article = store.library.articles().items[0].id
    assert f"/articles/{article}/page" not in client.get(f"/articles/{article}").text
    for path in ("page", "page/frame", "page/source.gz", "page.warc.gz"):
        answer = client.get(f"/articles/{article}/{path}")
        assert answer.status_code == 404
        assert "sandbox" not in answer.headers["content-security-policy"], "an error is a page of ours"
    assert client.get("/stories/the-bridge/export.warc.gz").status_code == 404
    assert client.get("/articles/999999/page").status_code == 404


def test_the_source_is_what_was_fetched_to_the_byte(house):
    _, client, article = house
    answer = client.get(f"/articles/{article}/page/source.gz")
    assert answer.headers["content-type"] == "application/gzip"
    assert "attachment" in answer.headers["content-disposition"]
    assert gzip.decompress(answer.content) == HOSTILE.encode()


@pytest.mark.parametrize("path", ["/articles/{article}/page.warc.gz", "/stories/the-bridge/export.warc.gz"])
def test_web_archives_can_read_it(house, path):
    _, client, article = house
    answer = client.get(path.format(article=article))
    assert answer.headers["content-type"] == "application/warc"
    info, *rest = [
        (r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read())
        for r in ArchiveIterator(io.BytesIO(answer.content), check_digests="raise")
    ]
    assert info[0] == "warcinfo"
    ((kind, about, http, body),) = rest
    assert (kind, about.get_header("WARC-Target-URI")) == ("response", URL)
    assert about.get_header("WARC-Date") == "2026-01-01T12:00:00Z"
    assert body == HOSTILE.encode()
    assert http.get_statuscode() == "200"
    assert http.get_header("ETag") == '"a"'
    assert http.get_header("Content-Encoding") is None, "the bytes stand unpacked"
    assert http.get_header("Content-Length") == str(len(body))
    assert answer.content == client.get(path.format(article=article)).content


def test_it_is_in_the_bundle_with_its_digest(house):
    _, client, article = house
    with zipfile.ZipFile(io.BytesIO(client.get("/stories/the-bridge/export.zip").content)) as archive:
        packed = archive.read(f"the-bridge/pages/article-{article}-version-1.gz")
        told = archive.read("the-bridge/README.md").decode()
    assert gzip.decompress(packed) == HOSTILE.encode()
    assert sha256(packed).hexdigest() in told
    assert sha256(HOSTILE.encode()).hexdigest() in told


# --- what is kept of a fetch

PAGE = "<html><head><title>The bridge</title></head><body><article>" + "".join(
    f"<p>The harbour of Averil was closed on day {i} after a storm, the mayor said on Monday.</p>" for i in range(9)
)


@pytest.fixture
def fetching(monkeypatch, new_store, serving):
    """A store and a client whose server fetches from a table."""
    answer = Fetched("https://averil.example/a", PAGE.encode(), "text/html", None, 200, (("Server", "x"),))
    table = CannedFetcher({"https://averil.example/short": answer})
    monkeypatch.setattr("app.web.submitted.HttpFetcher", lambda _settings: table)
    store = new_store()
    return store, serving(store)


def test_an_address_given_to_the_api_is_kept_as_it_was(fetching):
    store, client = fetching
    made = client.post("/api/v1/articles", json={"url": "https://averil.example/short"}).json()
    copy = store.library.page_copy(made["articles"][0])
    assert copy.body == PAGE.encode()
    assert (copy.page.url, copy.page.headers) == ("https://averil.example/a", (("Server", "x"),))


def test_a_page_that_was_looked_at_first_is_kept_as_it_was(fetching):
    store, client = fetching
    preview = client.post("/articles/preview", data={"url": "https://averil.example/short"}, headers=OWN)
    assert 'name="fetched-0" value="https://averil.example/short"' in preview.text
    form = {"draft": "0", "keep-0": "1", "text-0": "The harbour was closed, the mayor said on Monday.", "headline-0": "The bridge"}  # fmt: skip
    sent = {**form, "url-0": "https://averil.example/a", "fetched-0": "https://averil.example/short"}
    assert client.post("/articles", data=sent, headers=OWN).status_code == 303
    (article,) = store.library.articles().items
    assert store.library.page_copy(article.id).body == PAGE.encode()


def test_a_text_that_was_pasted_has_no_page(fetching):
    store, client = fetching
    sent = {"text": "The bridge\n\nThe bridge was closed on Monday, the mayor said.", "url": "https://b.example/x"}
    made = client.post("/api/v1/articles", json=sent).json()
    assert store.library.article(made["articles"][0]).page is None
    form = {"draft": "0", "keep-0": "1", "text-0": "The ferry was closed, the mayor said.", "headline-0": "The ferry", "url-0": "https://c.example/", "fetched-0": "https://c.example/"}  # fmt: skip
    assert client.post("/articles", data=form, headers=OWN).status_code == 303
    assert all(store.library.article(a.id).page is None for a in store.library.articles().items)


def test_what_is_too_large_is_read_and_not_kept():
    copies = Copies(lambda: AT)
    copies.note(URL, Fetched(URL, b"x" * (COPY_MOST_BYTES + 1)))
    assert copies.at(URL) is None
    copies.note(URL, Fetched(URL, b"x" * COPY_MOST_BYTES))
    assert copies.at(URL) is not None


def test_only_so_many_are_held():
    copies = Copies(lambda: AT, most=3)
    for n in range(5):
        copies.note(str(n), Fetched(URL, b"x"))
    assert [copies.at(str(n)) is not None for n in range(5)] == [False, False, True, True, True]


def test_the_api_tells_what_is_kept(house):
    _, client, article = house
    told = client.get(f"/api/v1/articles/{article}").json()["page"]
    assert told["sha256"] == sha256(HOSTILE.encode()).hexdigest()
    assert "packed" not in json.dumps(told)
