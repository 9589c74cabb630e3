"""A story as a Markdown document: the sources, then a heading a row with its verdict, reasons and each outlet's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.core.links import safe_link
from app.core.records import Status
from app.exports.chosen import EVERY, Chosen, chosen_line
from app.exports.parts import in_parts
from app.exports.phrases import NOT_COMPARED, decision_line, flag_line, said_by
from app.store.views import ArticleRef, RowView, StoryView

__all__ = ["plain", "safe_address", "write_markdown"]


def write_markdown(view: StoryView, rows: Iterable[RowView], chosen: Chosen = EVERY) -> Iterator[str]:
    """The document. What outlets and people wrote is escaped, so that nothing of it becomes markup."""
    return in_parts(_pieces(view, rows, chosen_line(chosen)))


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LIST_LIKE = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def _pieces(view: StoryView, rows: Iterable[RowView], chosen: str) -> Iterator[str]:
    yield f"# {plain(view.story.title)}\n\n"
    yield "Reported by these articles, side by side, claim by claim. No verdict is given on who is right.\n\n"
    for article in view.columns:
        yield f"- {_source(article)}\n"
    if chosen:
        yield f"\nOnly rows chosen by {plain(chosen)}.\n"
    if view.waiting:
        yield f"\n**{plain(NOT_COMPARED)}**\n"
    if any(view.counts.values()) or not view.waiting:
        yield "\n" + ", ".join(f"{view.counts.get(s, 0)} {s.value}" for s in Status) + "\n"
    for row in rows:
        yield _row(row)


def _row(row: RowView) -> str:
    verdict = f"**{row.status.value}**"
    if row.between:
        verdict += f" between {row.between.value}"
    if row.dimensions:
        verdict += f", by {', '.join(d.value for d in row.dimensions)}"
    if row.probability < 1:
        verdict += f" (probability {row.probability:.2f})"
    lines = [f"\n## {plain(row.label)}\n", verdict + (f": {plain(row.summary)}" if row.summary else "") + "\n"]
    lines += [f"- {plain(reason.say)}" for reason in row.reasons]
    lines += [""] if row.reasons else []
    for claim in (claim for cell in row.cells for claim in cell.claims):
        said = f" ({plain(said_by(claim))})" if claim.attributions else ""
        lines += [
            f"> {plain(claim.text)}",
            ">",
            f"> — {plain(claim.article.outlet.name)}{_day(claim.article)}{said}",
            "",
        ]
    lines += [f"- Flag: {plain(flag_line(flag))}" for flag in row.flags]
    lines += [f"- Decision: {plain(decision_line(d))}" for d in row.decisions]
    return "\n".join(lines).rstrip("\n") + "\n"


def _source(article: ArticleRef) -> str:
    address = safe_address(article)
    link = f" <{address}>" if address else ""
    own = " (written by us)" if article.own_words else ""
    return f"{plain(article.outlet.name)}{_day(article)}: {plain(article.headline)}{own}{link}"


def _day(article: ArticleRef) -> str:
    return f", {article.published.isoformat()}" if article.published else ", undated"


def safe_address(article: ArticleRef) -> str:
    """Where it stands, if that may be a link: an http(s) address that ends where Markdown thinks it ends."""
    return safe_link(article.url) or ""


def plain(text: str) -> str:
    """One line of text that Markdown shows as it is."""
    line = " ".join(text.split())
    return _LIST_LIKE.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\1", line))
