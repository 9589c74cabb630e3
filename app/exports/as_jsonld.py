"""A story as JSON-LD in the words of schema.org: a `Claim` a row, with each `appearance` of it in an article.

A `ClaimReview` stands beside a claim only where a person gave a verdict under a name: confirmed the row, changed its
verdict, or confirmed a flag. The machine's own verdict and its probability are no review and are left out: they are in the
CSV and the JSON; nor is a row reviewed where somebody confirmed that the tool is unsure. A rating says how the reports relate, never which of them is true.

`site` is the address of the Parallax that wrote it ("https://parallax.example"); without one, ids are URNs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.core.links import safe_link
from app.core.records import ActorKind, Status
from app.exports.chosen import EVERY, Chosen, chosen_line
from app.exports.parts import in_parts
from app.exports.phrases import NOT_COMPARED
from app.store import MACHINE
from app.store.views import ArticleRef, ClaimView, OutletView, RowView, StoryView

__all__ = ["Review", "reviews_of", "write_jsonld"]

Node = dict[str, Any]
Review = tuple[str, str, datetime, str, str]  # id ("flag-1"), reviewer, when, verdict, note

_KINDS = {ActorKind.PERSON: "Person", ActorKind.STATE: "Country", ActorKind.ORGANISATION: "Organization"}
_MEANS: Mapping[str, str] = {
    "conflict": "the reports cannot both be true",
    "diverge": "the reports differ materially",
    "updated": "the reports differ because time passed",
    "agree": "the reports agree",
    "single-source": "one outlet alone reports it",
}
_NAMELESS = (MACHINE, "reader")
"""The machine, and `PARALLAX_REVIEWER` as it is when nobody has set it: no person's name."""


def write_jsonld(view: StoryView, rows: Iterable[RowView], site: str = "", chosen: Chosen = EVERY) -> Iterator[str]:
    """`{"@context": "https://schema.org", "@graph": [Dataset, Claim and ClaimReview ...]}`, a node a line."""
    return in_parts(_pieces(view, rows, site.rstrip("/"), chosen_line(chosen)))


def reviews_of(row: RowView) -> tuple[Review, ...]:
    """The verdicts that people gave of a row and that still stand, oldest first."""
    found: list[Review] = [
        (f"flag-{f.id}", f.decided_by, f.decided_at, Status.CONFLICT.value, f.note)
        for f in row.flags
        if f.state == "confirmed" and f.decided_by and f.decided_at and f.decided_by not in _NAMELESS
    ]
    for d in (d for d in row.decisions if d.standing == "in force"):
        verdict = {"confirm": row.status.value, "relabel": d.value or ""}.get(d.kind, "")
        if verdict in _MEANS and d.by not in _NAMELESS and not d.undone_at:
            found.append((f"decision-{d.id}", d.by, d.at, verdict, d.note))
    return tuple(sorted(found, key=lambda r: (r[2], r[0])))


def _pieces(view: StoryView, rows: Iterable[RowView], site: str, chosen: str) -> Iterator[str]:
    yield '{"@context": "https://schema.org", "@graph": [\n' + _line(_dataset(view, site, chosen))
    for row in rows:
        for node in (_claim(row, site), *_reviews(row, site)):
            yield ",\n" + _line(node)
    yield "\n]}\n"


def _line(node: Node) -> str:
    return json.dumps({k: v for k, v in node.items() if v not in (None, "", [])}, ensure_ascii=False)


def _address(site: str, kind: str, key: object) -> str:
    return f"{site}/{kind}/{key}" if site else f"urn:parallax:{kind}:{key}"


def _dataset(view: StoryView, site: str, chosen: str) -> Node:
    return {
        "@type": "Dataset",
        "@id": _address(site, "stories", view.story.slug),
        "name": view.story.title,
        "description": "How these reports tell one event, claim by claim. It does not say which of them is right."
        + (f" Only rows chosen by {chosen}." if chosen else "")
        + (f" {NOT_COMPARED}" if view.waiting else ""),
        "url": f"{site}/stories/{view.story.slug}" if site else None,
        "isBasedOn": [_article(a, site) for a in view.columns],
    }


def _article(article: ArticleRef, site: str) -> Node:
    known = {
        "@type": "NewsArticle",
        "@id": _address(site, "articles", article.id),
        "headline": article.headline,
        "datePublished": article.published.isoformat() if article.published else None,
        "url": safe_link(article.url),
        "publisher": _outlet(article.outlet),
    }
    return {k: v for k, v in known.items() if v}


def _outlet(outlet: OutletView) -> Node:
    return {"@type": "NewsMediaOrganization", "name": outlet.name}


def _claim(row: RowView, site: str) -> Node:
    said: dict[int, list[ClaimView]] = {}
    for claim in (c for cell in row.cells for c in cell.claims):
        said.setdefault(claim.article.id, []).append(claim)
    return {
        "@type": "Claim",
        "@id": _address(site, "alignments", row.id),
        "name": row.label,
        "url": f"{site}/alignments/{row.id}" if site else None,
        "appearance": [
            {**_article(claims[0].article, site), "hasPart": [_words(c) for c in claims]} for claims in said.values()
        ],
    }


def _words(claim: ClaimView) -> Node:
    """The article's words as a quotation, of its innermost speaker where it names one, else of the outlet."""
    last = claim.attributions[-1] if claim.attributions else None
    speaker: Node = _outlet(claim.article.outlet)
    if last is not None:
        kind = _KINDS.get(last.speaker.kind, "Person") if last.speaker else "Person"
        speaker = {"@type": kind, "name": last.speaker.name if last.speaker else last.text}
        if last.role and kind == "Person":
            speaker["jobTitle"] = last.role
    return {"@type": "Quotation", "text": claim.text, "creator": speaker}


def _reviews(row: RowView, site: str) -> Iterator[Node]:
    claim = _address(site, "alignments", row.id)
    for key, by, at, verdict, note in reviews_of(row):
        yield {
            "@type": "ClaimReview",
            "@id": f"{claim}#{key}" if site else f"{claim}:{key}",
            "claimReviewed": row.label,
            "itemReviewed": {"@id": claim},
            "author": {"@type": "Person", "name": by},
            "datePublished": at.isoformat(),
            "reviewBody": note,
            "url": f"{site}/alignments/{row.id}" if site else None,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": verdict,
                "ratingExplanation": f"How the reports relate, not which is true: {_MEANS[verdict]}.",
            },
        }
