"""What is cited of Parallax, a story, a row, a claim or a frozen comparison, as plain text, BibTeX and CSL-JSON.

The same thing cited with the same day of access gives the same bytes: no clock is asked here. A frozen comparison was as it is
on the day it was frozen, which is its day of access. `site` is the public address ("" where there is none: no address is given then).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from app.core.links import safe_link
from app.exports.citing import cite_frozen
from app.exports.phrases import said_by
from app.store.views import AlignmentView, ClaimView, SnapshotView, StoryRef

__all__ = ["CITATIONS", "CITATION_TYPES", "Cited", "claim_cited", "frozen_cited", "row_cited", "story_cited"]


@dataclass(frozen=True, slots=True)
class Cited:
    """`line`: the citation in words, without address and day of access. `kind` is CSL's word for such a thing."""

    key: str  # plain letters, to cite it by
    kind: str
    title: str
    line: str
    container: str = ""
    author: str = ""
    publisher: str = ""
    issued: date | None = None
    accessed: date | None = None
    url: str = ""
    note: str = ""


def story_cited(story: StoryRef, version: str, site: str, accessed: date | None) -> Cited:
    return Cited(
        key=f"parallax-story-{_plain(story.slug)}",
        kind="webpage",
        title=_line(story.title),
        line=f"“{_line(story.title)}”: reports compared claim by claim with Parallax {version}",
        publisher=f"Parallax {version}",
        accessed=accessed,
        url=f"{site}/stories/{quote(story.slug, safe='')}" if site else "",
        note="Reports compared claim by claim",
    )


def row_cited(view: AlignmentView, version: str, site: str, accessed: date | None) -> Cited:
    """With what the row says now: its verdict and, in a line, what differs."""
    row = view.row
    verdict = row.status.value + (f": {_line(row.summary)}" if row.summary else "")
    return Cited(
        key=f"parallax-row-{row.id}",
        kind="webpage",
        title=_line(row.label),
        line=f"“{_line(row.label)}” ({verdict}), in “{_line(view.story.title)}”: "
        f"reports compared claim by claim with Parallax {version}",
        container=_line(view.story.title),
        publisher=f"Parallax {version}",
        accessed=accessed,
        url=f"{site}/alignments/{row.id}" if site else "",
        note=verdict,
    )


def claim_cited(claim: ClaimView, version: str, site: str, accessed: date | None) -> Cited:
    """The outlet's words as its article has them, and where they stand; the outlet is the author."""
    article = claim.article
    said = f", said by {_line(said_by(claim))}" if claim.attributions else ""
    original = safe_link(article.url) if not article.own_words else None
    own = " (written by us for an example, not an outlet's words)" if article.own_words else ""
    day = article.published.isoformat() if article.published else "undated"
    words = f"“{_line(claim.text)}”{said}{own}"
    return Cited(
        key=f"parallax-claim-{claim.id}",
        kind="article-newspaper",
        title=_line(article.headline),
        line=f"{_line(article.outlet.name)}, “{_line(article.headline)}”, {day}: {words}."
        + (f" {original}." if original else "")
        + f" Read with Parallax {version}",
        container=_line(article.outlet.name),
        author=_line(article.outlet.name),
        publisher=f"Parallax {version}",
        issued=article.published,
        accessed=accessed,
        url=f"{site}/articles/{article.id}#c{claim.id}" if site else "",
        note=words + (f". {original}" if original else ""),
    )


def frozen_cited(frozen: SnapshotView, site: str) -> Cited:
    return Cited(
        key=f"parallax-snapshot-{frozen.id}",
        kind="dataset",
        title=_line(frozen.story.title),
        line=cite_frozen(frozen, site),
        publisher=frozen.software,
        issued=frozen.at.date(),
        accessed=frozen.at.date(),
        url=f"{site}/snapshots/{frozen.id}" if site else "",
        note=f"Reports compared claim by claim, frozen comparison {frozen.id}, SHA-256 {frozen.digest}",
    )


def write_text(cited: Cited) -> str:
    """One line."""
    if cited.kind == "dataset":
        return f"{cited.line}\n"  # names address and moment itself
    accessed = f" Accessed {cited.accessed.isoformat()}." if cited.accessed else ""
    return f"{cited.line}.{f' {cited.url}' if cited.url else ''}{accessed}\n"


def write_bibtex(cited: Cited) -> str:
    """One entry for BibTeX and biber: its own signs escaped, every letter as it is (UTF-8)."""
    fields = {
        "title": f"{{{_tex(cited.title)}}}",
        "author": f"{{{_tex(cited.author)}}}" if cited.author else "",
        "howpublished": _tex(", ".join(x for x in (cited.container, cited.publisher) if x and x != cited.author)),
        "year": f"{cited.issued.year:04}" if cited.issued else "",
        "month": f"{cited.issued.month}" if cited.issued else "",
        "day": f"{cited.issued.day}" if cited.issued else "",
        "note": _tex(cited.note),
        "url": cited.url,
        "urldate": cited.accessed.isoformat() if cited.accessed else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def write_csl(cited: Cited) -> str:
    """CSL-JSON: a list of one item, as reference managers take it."""
    item = {
        "id": cited.key,
        "type": cited.kind,
        "title": cited.title,
        "author": [{"literal": cited.author}] if cited.author else None,
        "container-title": cited.container,
        "publisher": cited.publisher,
        "issued": _parts(cited.issued),
        "accessed": _parts(cited.accessed),
        "URL": cited.url,
        "note": cited.note,
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=2) + "\n"


CITATIONS: Mapping[str, Callable[[Cited], str]] = {"txt": write_text, "bib": write_bibtex, "json": write_csl}
CITATION_TYPES: Mapping[str, str] = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}

_TEX = {c: f"\\{c}" for c in "&%$#_"} | {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped or not
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)


def _line(text: str) -> str:
    return " ".join(_CONTROLS.sub("", text).split())


def _plain(slug: str) -> str:
    """A slug in letters that every program takes for a key."""
    return re.sub(r"[^A-Za-z0-9-]+", lambda m: m[0].encode("utf-8", "replace").hex(), slug)


def _parts(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
