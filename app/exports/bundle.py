"""A story in every format in one zip, with a README that says what is in it, how to cite it and how to check it.

Streamed: each file passes through in parts, and the archive is handed on as it grows. The README comes last, since it
names the SHA-256 of every file before it. The same story at the same time of writing gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from app.exports.as_markdown import plain, safe_address
from app.exports.chosen import EVERY, Chosen, chosen_line, chosen_of, is_part
from app.exports.citing import cite, cite_frozen
from app.exports.formats import FORMATS
from app.exports.phrases import NOT_COMPARED
from app.exports.piping import Pipe
from app.store import EVERY_ROW, Filters, Store
from app.store.story_record import whole
from app.store.views import PageCopy, RowView, SnapshotView, StoryView
from app.version import software_version

__all__ = ["Told", "export_rows", "write_bundle", "write_frozen", "write_living"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the README tells beside the files: where it comes from, when, by which version, of which texts."""

    site: str  # the address of the Parallax that wrote it; "" on the command line
    version: str
    at: datetime
    cite: str
    texts: Sequence[tuple[int, str]]  # article id, SHA-256 of its text
    chosen: Chosen = field(default_factory=lambda: EVERY)  # by what the rows were chosen
    pages: Callable[[], Iterable[PageCopy]] = tuple  # fetched pages as they were
    frozen: str = ""  # "snapshot 3, frozen 2024-05-14 09:00 UTC" when it is no live story


def write_bundle(view: StoryView, rows: Callable[[], Iterable[RowView]], told: Told) -> Iterator[bytes]:
    """The archive in parts. `rows()` is asked for once a format and must give the same rows each time."""
    pipe = Pipe()
    slug = re.sub(r"[^\w.-]", "_", view.story.slug)  # a name of files, and of nothing outside their folder
    sums: list[tuple[str, str, str]] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # a pipe is enough
        for form in FORMATS.values():
            name, digest = f"{slug}.{form.key}", sha256()
            with archive.open(_entry(f"{slug}/{name}", told.at), "w", force_zip64=True) as file:
                for part in form.write(view, rows(), told.site, told.chosen):
                    data = part.encode("utf-8", "replace")
                    digest.update(data)
                    file.write(data)
                    yield from pipe.take()
            sums.append((name, form.what, digest.hexdigest()))
            yield from pipe.take()
        for copy in told.pages():
            name = f"pages/article-{copy.article_id}-version-{copy.revision}.gz"
            entry = _entry(f"{slug}/{name}", told.at)
            entry.compress_type = zipfile.ZIP_STORED
            archive.writestr(entry, copy.packed)
            sums.append((name, f"the page as it was on {copy.page.at:%Y-%m-%d %H:%M} UTC, packed", _packed_sum(copy)))
            yield from pipe.take()
        archive.writestr(_entry(f"{slug}/README.md", told.at), readme(view, told, sums))
    yield from pipe.take()


def write_living(store: Store, slug: str, site: str, filters: Filters = EVERY_ROW) -> Iterator[bytes]:
    """The archive of a story as it is now: all formats from one state of the database, whatever is written meanwhile."""
    with whole(store, slug, filters) as held:
        at, version = store.now(), software_version()
        address = f"{site}/stories/{slug}" if site else ""
        told = Told(
            site,
            version,
            at,
            cite(held.view.story.title, address, at, version),
            held.texts,
            chosen_of(filters),
            held.pages,
        )
        yield from write_bundle(held.view, held.rows, told)


def export_rows(store: Store, slug: str, kind: str, site: str, filters: Filters = EVERY_ROW) -> Iterator[str]:
    """The rows of a story as it is now, in one format, head and rows from one state of the database."""
    with whole(store, slug, filters) as held:
        yield from FORMATS[kind].write(held.view, held.rows(), site, chosen_of(filters))


def write_frozen(frozen: SnapshotView, site: str) -> Iterator[bytes]:
    """The archive of a frozen comparison: the same bytes whenever it is asked for under one address."""
    told = Told(
        site=site,
        version=frozen.software.removeprefix("Parallax "),
        at=frozen.at,
        cite=cite_frozen(frozen, site),
        texts=tuple((t.article_id, t.sha256) for t in frozen.texts),
        frozen=f"frozen comparison {frozen.id} (SHA-256 {frozen.digest}), {frozen.at:%Y-%m-%d %H:%M} UTC",
    )
    return write_bundle(frozen.view, lambda: iter(frozen.view.rows.items), told)


def readme(view: StoryView, told: Told, sums: Sequence[tuple[str, str, str]]) -> str:
    """What a stranger needs to know of the files, in plain text."""
    hashes = dict(told.texts)
    lines = [
        f"# {plain(view.story.title)}",
        "",
        "How these reports tell one event, claim by claim. Nothing here says which of them is right.",
        "",
        f"- Written {told.at:%Y-%m-%d %H:%M} UTC by Parallax {told.version}",
        f"- From {told.frozen or 'the living story'}"
        + (f", {told.site}/stories/{view.story.slug}" if told.site else ""),
        *([f"- Only rows chosen by {plain(chosen_line(told.chosen))}"] if is_part(told.chosen) else []),
        *([_counted(view)] if any(view.counts.values()) or not view.waiting else []),
        f"- Read by {view.reader or 'nothing yet'}",
        *([f"- Compared by {view.compared_with}"] if view.compared_with else []),
        *([f"- {NOT_COMPARED}"] if view.waiting else []),
        "",
        "## How to cite",
        "",
        plain(told.cite),
        "",
        "## Files, with their SHA-256",
        "",
        *(f"- {name}: {what}\n  {digest}" for name, what, digest in sums),
        "",
        "In the CSV a cell that begins with an apostrophe had begun as a spreadsheet's formula would.",
        "",
        "## Sources, with the SHA-256 of the text that was read",
        "",
        *(
            f"- {plain(a.outlet.name)}, {a.published or 'undated'}: {plain(a.headline)}"
            + (f" <{safe_address(a)}>" if safe_address(a) else "")
            + f"\n  {hashes.get(a.id, 'not known')}"
            for a in view.columns
        ),
    ]
    return "\n".join(lines) + "\n"


def _packed_sum(copy: PageCopy) -> str:
    return f"{sha256(copy.packed).hexdigest()}\n  unpacked {copy.page.sha256}, from <{copy.page.url}>"


def _counted(view: StoryView) -> str:
    return f"- {sum(view.counts.values())} rows: " + ", ".join(f"{n} {s}" for s, n in sorted(view.counts.items()))


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """A zip keeps local time without zone and nothing before 1980."""
    moment = max(at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
