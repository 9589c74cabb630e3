"""`/audit`: who changed what and when, the latest first, of one person or one kind of thing; for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store.views import AuditHead, AuditLine, Slice
from app.web.dependencies import Admin, StoreOf
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render, with_query
from app.web.words import WORDS

__all__ = ["AuditEntry", "AuditPage", "audit_page", "router"]

router = APIRouter(dependencies=[Admin])


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line, what it is about, and where that is shown; `sides`: each field that is told, as it was and as it is."""

    line: AuditLine
    about: str
    href: str | None
    sides: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    shell: Shell
    log: Slice[AuditLine]
    entries: tuple[AuditEntry, ...]
    people: tuple[str, ...]
    kinds: tuple[str, ...]
    by: str
    kind: str
    links: Pages
    csv: str
    jsonl: str
    head: AuditHead


@router.get("/audit", response_class=HTMLResponse)
def audit(request: Request, store: StoreOf, by: str = "", kind: str = "", cursor: str | None = None) -> HTMLResponse:
    log = store.audit.page(by=by or None, kind=kind or None, cursor=cursor)
    return render("pages/audit.html", audit_page(request, log, store.audit.choices(), store.audit.head(), by, kind))


def audit_page(
    request: Request,
    log: Slice[AuditLine],
    choices: tuple[tuple[str, ...], tuple[str, ...]],
    head: AuditHead,
    by: str = "",
    kind: str = "",
) -> AuditPage:
    people, kinds = choices
    chosen = {"by": by, "kind": kind}
    return AuditPage(
        shell=shell_of(request, "Who changed what", "audit", noindex=True),
        log=log,
        entries=tuple(_entry(line) for line in log.items),
        people=people,
        kinds=kinds,
        by=by,
        kind=kind,
        links=pages_of(request, log),
        csv=with_query("/audit.csv", chosen),
        jsonl=with_query("/audit.jsonl", chosen),
        head=head,
    )


def _entry(line: AuditLine) -> AuditEntry:
    told = {**line.before, **line.after}
    row = told.pop("row", None)
    about = WORDS.audit_kind.get(line.kind, line.kind)
    if line.kind not in ("work", "database"):
        about = f"{about} {line.subject[:12]}"
    if row is not None:
        about = f"{about}, row {row}"
    fields = tuple(
        (name.replace("_", " "), _said(line.before, name), _said(line.after, name))
        for name in sorted(told)
        if name != "by" or told[name]
    )
    return AuditEntry(line, about, _href(line, row), fields)


def _said(side: Mapping[str, object], name: str) -> str | None:
    if name not in side:
        return None
    value = side[name]
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _href(line: AuditLine, row: object) -> str | None:
    if row is not None:
        return f"/alignments/{row}"
    places = {"article": "/articles/", "snapshot": "/snapshots/"}
    return f"{places[line.kind]}{line.subject}" if line.kind in places else None
