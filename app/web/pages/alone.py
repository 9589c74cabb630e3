"""A frozen comparison as one HTML file that opens from a disk: styles inside, no script, nothing that is fetched.

Its own policy says so to the browser as well. It is made of the frozen record alone, so it is the same file whenever it is
asked for under one address.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from app.exports.citing import cite_frozen
from app.exports.lines import Column, RowLine, columns_of, row_line
from app.store.views import SnapshotView
from app.web.dates import DEFAULT, speak
from app.web.pages.templates import environment, values_of
from app.web.static import STATIC

__all__ = ["HTML_TYPE", "AlonePage", "write_alone"]

HTML_TYPE = "text/html; charset=utf-8"
_STYLES = (
    "tokens.css",
    "base.css",
    "layout.css",
    "blocks/common.css",
    "blocks/claim.css",
    "blocks/printed.css",
    "print.css",
)
_IN_PRINT = ("print.css",)


@dataclass(frozen=True, slots=True)
class AlonePage:
    frozen: SnapshotView
    columns: tuple[Column, ...]
    lines: Iterator[RowLine]  # each once
    hashes: dict[int, str]
    cite: str
    address: str  # where it stands, "" where no address is known
    style: str
    policy: str


def write_alone(frozen: SnapshotView, site: str) -> str:
    """The file: its dates are the house's, whoever asks, so that it is one file."""
    return copy_context().run(_drawn, frozen, site)


def _drawn(frozen: SnapshotView, site: str) -> str:
    speak(DEFAULT)
    columns = columns_of(frozen.view)
    style = _style()
    page = AlonePage(
        frozen=frozen,
        columns=columns,
        lines=(row_line(row, columns) for row in frozen.view.rows.items),
        hashes={t.article_id: t.sha256 for t in frozen.texts},
        cite=cite_frozen(frozen, site),
        address=f"{site}/snapshots/{frozen.id}" if site else "",
        style=style,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
    )
    return environment.get_template("pages/alone.html").render(values_of(page))


@lru_cache(maxsize=1)
def _style() -> str:
    """What the sheet needs, in the order of the pages; the rules for paper only there."""
    parts = ((name, (STATIC / "css" / name).read_text("utf-8")) for name in _STYLES)
    return "\n".join(f"@media print {{\n{css}\n}}" if name in _IN_PRINT else css for name, css in parts)


def _hash(style: str) -> str:
    return f"sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}"
