"""Pages as they were fetched, as WARC (ISO 28500): what web archives keep and play back.

A response record a page: the address that answered, when, the status line, the headers as they were kept (no cookies), the bytes.
These stand unpacked, so the headers that said how they were sent are left out, and the length is theirs. The same pages give the
same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.errors import NotFound
from app.exports.piping import Pipe
from app.store import Store
from app.store.views import PageCopy

__all__ = ["WARC_TYPE", "pages_of_story", "write_warc"]

WARC_TYPE = "application/warc"
_OF_THE_WAY = {"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive", "trailer"}


def pages_of_story(store: Store, slug: str) -> Iterator[PageCopy]:
    """Of all versions of its articles. Raises `NotFound` at once when none of them was fetched."""
    if next(iter(store.library.page_copies(slug)), None) is None:
        raise NotFound("none of this story's articles was fetched.", where=slug)
    return store.library.page_copies(slug)


def write_warc(copies: Iterable[PageCopy], software: str) -> Iterator[bytes]:
    """The archive in parts, each record packed by itself. A page whose bytes are damaged raises, so that no half file looks whole."""
    from warcio.warcwriter import WARCWriter

    pipe = Pipe()
    writer = WARCWriter(pipe, gzip=True)
    first = True
    for copy in copies:
        if first:
            told = {"software": software, "format": "WARC File Format 1.0"}
            writer.write_record(_dated(writer.create_warcinfo_record("pages.warc.gz", told), copy, "warcinfo"))
            first = False
        writer.write_record(_response(writer, copy))
        yield from pipe.take()


def _response(writer: Any, copy: PageCopy) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    page, body = copy.page, copy.body
    if body is None:
        message = f"the page of article {copy.article_id} is damaged"
        raise ValueError(message)
    headers = [(n, v) for n, v in page.headers if n.casefold() not in _OF_THE_WAY]
    headers.append(("Content-Length", str(len(body))))
    http = StatusAndHeaders(f"{page.status} {_reason(page.status)}", headers, protocol="HTTP/1.1")
    digest = {"WARC-Payload-Digest": f"sha256:{page.sha256}"}
    record = writer.create_warc_record(
        page.url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=digest
    )
    return _dated(record, copy, "response")


def _dated(record: Any, copy: PageCopy, kind: str) -> Any:
    """When it was fetched, and an id that follows from what it is: nothing of when it is written."""
    at = copy.page.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    name = f"{kind} {copy.page.url} {at} {copy.page.sha256} {copy.article_id} {copy.revision}"
    record.rec_headers.replace_header("WARC-Date", at)
    record.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>")
    return record


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Answer"
