"""Everything a command names -> pages, lazily and in a stable order."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from app.core.records import Hints, Page
from app.errors import BadInput, FetchFailed
from app.sources.contract import Limits, Unread
from app.sources.decoding import decode, read_bounded, read_file, read_lines
from app.sources.feed import looks_like_feed, pages_of_feed
from app.sources.fetching import Fetcher, HttpFetcher, answered_page, is_feed
from app.sources.html import looks_like_html, page_from_html
from app.sources.manifest import ManifestLine, read_manifest
from app.sources.plain import page_from_markdown, page_from_text
from app.sources.rows import merged, pages_from_json, pages_from_lines

__all__ = ["read_targets"]

_TEXT, _MARKDOWN, _HTML = {".txt", ".text"}, {".md", ".markdown"}, {".html", ".htm", ".xhtml"}
_JSON, _LINES, _FEED = {".json"}, {".jsonl", ".ndjson"}, {".xml", ".rss", ".atom"}
SUFFIXES = frozenset(_TEXT | _MARKDOWN | _HTML | _JSON | _LINES | _FEED)
_MANIFESTS = ("manifest.csv", "manifest.json")
_NO_ARTICLES = re.compile(r"^(?:readme|license|licence|changelog|contributing|notice|copying)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def read_targets(
    targets: Sequence[str],
    options: Hints,
    manifest: Path | None,
    limits: Limits,
    *,
    skipped: Callable[[Path, str], None] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Page | Unread]:
    """Pages of files, folders, "-" (standard input), addresses and feeds, one at a time; what cannot be read is yielded.

    - A folder is walked in the order of names, with its sub-folders; hidden files, read-mes and files of other kinds are
      skipped, and `skipped` hears of each with the reason. A file of another kind named by itself is an error.
    - A manifest says what its rows' files are. With a folder among the targets, or without targets, all its rows are read,
      and nothing else of a folder that holds one of their files. A `manifest.csv` or `manifest.json` inside a folder counts
      as the folder's manifest when none is given.
    - A manifest's row goes before `options`; a record's own fields go before both.
    - A file is read once, however often it is named.
    """
    with ExitStack() as open_until_read:
        fetcher = fetcher or open_until_read.enter_context(HttpFetcher(limits))
        yield from _Reader(options, limits, skipped or _unheard, fetcher).all(targets, manifest)


class _Reader:
    """One run over targets: what it was told, and which files it has read."""

    def __init__(self, options: Hints, limits: Limits, skipped: Callable[[Path, str], None], fetcher: Fetcher) -> None:
        self._options, self._limits, self._skipped, self._fetcher = options, limits, skipped, fetcher
        self._read: set[str] = set()
        self._rows: dict[str, ManifestLine] = {}

    def all(self, targets: Sequence[str], manifest: Path | None) -> Iterator[Page | Unread]:
        folders = [t for t in targets if not _ADDRESS.match(t) and t != "-" and Path(t).is_dir()]
        if manifest is not None:
            yield from self._manifest(manifest, all_rows=not targets or bool(folders))
        for target in targets:
            if target == "-":
                yield from self._standard_input()
            elif _ADDRESS.match(target):
                yield from self._address(target, self._options)
            elif target in folders:
                yield from self._folder(Path(target), with_manifest=manifest is None)
            else:
                yield from self._named(Path(target))

    # --- manifests

    def _manifest(self, manifest: Path, *, all_rows: bool) -> Iterator[Page | Unread]:
        """Learn the rows, and read them when all are asked for. Errors of rows are told in either case."""
        rows: list[ManifestLine] = []
        try:
            for row in read_manifest(manifest, self._limits):
                if isinstance(row, ManifestLine):
                    rows.append(row)
                    if row.path is not None:
                        self._rows[_key(row.path)] = row
                else:
                    yield row
        except BadInput as error:
            yield error
        self._read.add(_key(manifest))
        for row in rows if all_rows else ():
            if row.path is not None:
                yield from self._named(row.path, row)
            elif row.hints.url:
                yield from self._address(row.hints.url, merged(row.hints, self._options))

    # --- files and folders

    def _folder(self, folder: Path, *, with_manifest: bool) -> Iterator[Page | Unread]:
        listed_in = [path for name in _MANIFESTS if (path := folder / name).is_file() and not path.is_symlink()]
        own = listed_in[0] if listed_in and with_manifest else None
        if own is not None:
            yield from self._manifest(own, all_rows=True)
        listed = any(Path(key).is_relative_to(_key(folder)) for key in self._rows)
        for path in _files(folder):
            if _key(path) in self._read:
                continue
            if path.is_symlink():
                self._skipped(path, "a link")
            elif listed:
                self._skipped(path, "not in the manifest")
            elif _NO_ARTICLES.match(path.name):
                self._skipped(path, "a read-me")
            elif path.suffix.casefold() not in SUFFIXES:
                self._skipped(path, f"{path.suffix or 'a file without suffix'} is not read")
            else:
                yield from self._named(path)

    def _named(self, path: Path, row: ManifestLine | None = None) -> Iterator[Page | Unread]:
        key = _key(path)
        if key in self._read:
            return
        self._read.add(key)
        row = row or self._rows.get(key)
        hints = merged(row.hints, self._options) if row else self._options
        try:
            yield from self._file(path, hints)
        except (BadInput, FetchFailed) as error:
            if row and not path.exists():
                yield BadInput(
                    f"The manifest names a file that is not there: {path}.", where=row.where, mend="Correct the row."
                )
            else:
                yield error

    def _file(self, path: Path, hints: Hints) -> Iterator[Page | Unread]:
        kind, where = path.suffix.casefold(), str(path)
        if path.is_dir():
            raise BadInput("This is a folder.", where=where, mend="Name the files in it.")
        if kind not in SUFFIXES:
            if not path.exists():
                raise BadInput("There is no such file.", where=where, mend="Check the path.")
            raise BadInput(
                f"Files of this kind ({kind or 'no suffix'}) are not read.",
                where=where,
                mend=f"Known are {', '.join(sorted(SUFFIXES))}.",
            )
        if kind in _LINES:
            yield from pages_from_lines(read_lines(path, self._limits), hints, origin=where)
            return
        text = read_file(path, self._limits)
        if kind in _TEXT:
            yield (
                page_from_html(text, hints.url, hints, origin=where)
                if looks_like_html(text)
                else page_from_text(text, hints, origin=where)
            )
        elif kind in _MARKDOWN:
            yield page_from_markdown(text, hints, origin=where)
        elif kind in _HTML:
            yield page_from_html(text, hints.url, hints, origin=where)
        elif kind in _JSON:
            yield from pages_from_json(text, hints, origin=where)
        elif looks_like_feed(text.encode()):
            yield from pages_of_feed(text.encode(), hints, origin=where)
        else:
            yield page_from_html(text, hints.url, hints, origin=where)

    # --- standard input and addresses

    def _standard_input(self) -> Iterator[Page | Unread]:
        where = "standard input"
        try:
            text = decode(read_bounded(sys.stdin.buffer, self._limits, where), where)
            if looks_like_html(text):
                yield page_from_html(text, self._options.url, self._options, origin=where)
            else:
                yield page_from_text(text, self._options, origin=where)
        except BadInput as error:
            yield error

    def _address(self, url: str, hints: Hints) -> Iterator[Page | Unread]:
        try:
            answer = self._fetcher.get(url)
            if is_feed(answer):
                yield from pages_of_feed(answer.body, _of_entry(hints), origin=url, read_link=self._read_link)
            else:
                yield answered_page(answer, hints, asked=url)
        except (BadInput, FetchFailed) as error:
            yield error

    def _read_link(self, url: str, hints: Hints) -> Page:
        return answered_page(self._fetcher.get(url), hints, asked=url)


def _unheard(path: Path, why: str) -> None:
    del path, why


def _of_entry(hints: Hints) -> Hints:
    """What was said of a feed that holds for each entry: not its address."""
    return merged(
        Hints(),
        Hints(outlet=hints.outlet, story=hints.story, published=hints.published, published_from=hints.published_from),
    )


def _files(folder: Path) -> Iterator[Path]:
    """The files under a folder by name, depth first, links among them; hidden ones are left out, no folder's link is followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file() or entry.is_symlink():
            yield Path(entry.path)


def _key(path: Path) -> str:
    """One name for a file, however it is written."""
    return os.path.realpath(path)
