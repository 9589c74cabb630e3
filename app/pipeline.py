"""The numbered stages; the one place where input and output meet the core.

1. sources    a path, address, paste or feed   -> Page                    `read_targets`, `read_json_lines`
2. article    Page                             -> Articles                `read_pages`
3. claims     Article                          -> Reading                 `read_pages`
4. alignment  Readings                         -> Alignments (rows)       `compare`
5. relation   Alignments                       -> the same, judged        `compare`
6. store      kept                                                        `keep`, `realign`
7. web        shown                                                       app/web

Commands and pages call these functions and nothing below them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from app import sources
from app.core.alignment import StatementPair, align, group_articles, score_statements
from app.core.article import Outlets, articles_of
from app.core.claims import AddedName, AddedNames, read_claims, read_many, read_statements
from app.core.claims.version import reader_version
from app.core.language import LanguageReader, load_reader
from app.core.records import (
    Alignment,
    Article,
    Between,
    Claim,
    Hints,
    Page,
    PairScore,
    Reading,
    Reason,
    RelationKind,
)
from app.core.relation import Asked, judge, relate_all
from app.core.thresholds import ROW_SCORE_LOOSE, ROW_SCORE_SHOWN
from app.errors import BadInput
from app.own_model import OnnxModel, load_own_model
from app.own_weights import OwnWeights, load_own_weights
from app.settings import PROJECT, get_settings
from app.sources import Unread
from app.store import Store

__all__ = [
    "EXAMPLE",
    "Summary",
    "added_names",
    "answer_pairs",
    "check_pair",
    "compare",
    "fetch",
    "group",
    "keep",
    "load_example",
    "outlets",
    "own_model",
    "paste",
    "read_articles",
    "read_json_lines",
    "read_pages",
    "read_targets",
    "reader",
    "realign",
    "statement_pairs",
    "weights",
]

EXAMPLE = PROJECT / "app" / "example" / "manifest.csv"
"""The bundled example: reports written by us, with their manifest."""

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|article|div|p)[\s>]", re.IGNORECASE)

BATCH = 16
"""Articles read in one go: enough to keep the language model busy, few enough to show progress."""

STORY_WINDOW = timedelta(days=180)
"""A new article is held against kept ones published within this of it when it looks for its story."""


def reader() -> LanguageReader:
    """What reads sentences, by the settings. Raises `BadInput` when a named model is missing."""
    wanted = get_settings().language_model
    try:
        return load_reader(wanted)
    except LookupError as error:
        raise BadInput(str(error), where="PARALLAX_LANGUAGE_MODEL") from None


def own_model() -> OnnxModel | None:
    """The relation model of the user's own, by the settings. Raises `BadInput` when it does not fit."""
    folder = get_settings().relation_model
    return load_own_model(folder) if folder else None


def weights() -> OwnWeights | None:
    """Weights of the user's own, by the settings; None means those that ship. Raises `BadInput` when they do not fit."""
    path = get_settings().weights
    return load_own_weights(path) if path else None


@lru_cache(maxsize=1)
def outlets() -> Outlets:
    return sources.load_outlets()


# --- 1: source -> page -----------------------------------------------------------------------------------------------


def read_targets(
    targets: Sequence[str],
    options: Hints = Hints(),
    manifest: Path | None = None,
    *,
    skipped: Callable[[Path, str], None] | None = None,
) -> Iterator[Page | Unread]:
    """Pages of files, folders, "-", addresses and feeds; what cannot be read is yielded as the error it is."""
    return sources.read_targets(targets, options, manifest, get_settings(), skipped=skipped)


def read_json_lines(lines: Iterable[str], *, as_is: bool = False) -> Iterator[Page | Unread]:
    """Pages of JSON lines {id?, text|html, headline?, published?, outlet?, url?}; a bad line is yielded as its error."""
    return sources.pages_from_lines(lines, Hints(), origin="standard input", as_is=as_is)


def paste(text: str, hints: Hints = Hints(), *, origin: str = "pasted text") -> Page:
    """The page of what a reader pasted: HTML when it looks like it, plain text otherwise. Raises `BadInput`."""
    if _MARKUP.search(text):
        return sources.page_from_html(text, hints.url, hints, origin=origin)
    return sources.page_from_text(text, hints, origin=origin)


def fetch(url: str, hints: Hints = Hints()) -> Page:
    """The page at an address, within the settings' bounds. Raises `BadAddress`, `TooLarge`, `BadInput`, `FetchFailed`."""
    return sources.fetch(url, get_settings(), hints)


# --- 2 and 3: page -> articles -> readings ---------------------------------------------------------------------------


def read_pages(pages: Iterable[Page | Unread], today: date | None = None) -> Iterator[Reading | Unread]:
    """Every article of every page, read, in order; errors pass through in their place. Lazy, in batches."""
    now = today or datetime.now(UTC).date()
    batch: list[Article | Unread] = []
    for page in pages:
        if isinstance(page, Page):
            try:
                batch.extend(articles_of(page, outlets(), now))
            except BadInput as error:
                batch.append(error)
        else:
            batch.append(page)
        if len(batch) >= BATCH:
            yield from _read(batch)
            batch = []
    yield from _read(batch)


def read_articles(articles: Iterable[Article]) -> Iterator[Reading]:
    """Articles that are articles already (their body known), read, in order."""
    return read_many(articles, reader())


def _read(batch: Sequence[Article | Unread]) -> Iterator[Reading | Unread]:
    readings = read_articles([a for a in batch if isinstance(a, Article)])
    for item in batch:
        yield next(readings) if isinstance(item, Article) else item


# --- 4 and 5: readings -> rows ---------------------------------------------------------------------------------------


def compare(readings: Sequence[Reading], strictness: float | None = None) -> tuple[Alignment, ...]:
    """The rows of these articles, judged: conflict first.

    `strictness` is the least score of a row, `ROW_SCORE_SHOWN` where none is given; rows are made down to
    `ROW_SCORE_LOOSE`. The rows at a stricter setting are among those at a looser one.
    """
    least = ROW_SCORE_SHOWN if strictness is None else strictness
    own = weights()
    rows = align(readings, ROW_SCORE_LOOSE, own.rows if own else None)
    judged = judge(rows, readings, model=own_model())
    return tuple(row for row in judged if row.score >= least)


def group(articles: Sequence[Article]) -> tuple[int, ...]:
    """For each article the index of the first article of its story."""
    return group_articles(articles)


Answer = tuple[str | int | None, PairScore, RelationKind | None, Between, tuple[Reason, ...]]


def answer_pairs(asked: Sequence[Mapping[str, Any]], articles: Mapping[str, Article]) -> Iterator[Answer]:
    """Answers for lines {id, a, b, story?, a_article?, ...} in order. Each distinct statement is read once."""
    pairs = statement_pairs(asked, articles)
    own = weights()
    scores = score_statements(pairs, articles, own.pairs if own else None)
    related = relate_all(
        [
            Asked(_main(pair.a), _main(pair.b), pair.a.article, pair.b.article, score, pair.story)
            for pair, score in zip(pairs, scores, strict=True)
        ],
        own_model(),
    )
    for pair, score, judged in zip(pairs, scores, related, strict=True):
        yield (pair.id, score, *judged)


def statement_pairs(asked: Sequence[Mapping[str, Any]], articles: Mapping[str, Article]) -> list[StatementPair]:
    """Lines {id, a, b, story?, a_article?, ...} read, in order. Raises `BadInput` for a line that makes no sense."""
    statements = list(dict.fromkeys(_statement(row, side) for row in asked for side in ("a", "b")))
    texts, published, outlet_names = zip(*statements, strict=True) if statements else ((), (), ())
    read = dict(zip(statements, read_statements(texts, reader(), published, outlet_names), strict=True))
    return [
        StatementPair(
            id=row["id"],
            a=read[_statement(row, "a")],
            b=read[_statement(row, "b")],
            story=row.get("story"),
            a_article=_known(row, "a_article", articles),
            b_article=_known(row, "b_article", articles),
        )
        for row in asked
    ]


def check_pair(row: Mapping[str, Any], articles: Mapping[str, Article]) -> None:
    """Raises `BadInput` for a line {id, a, b, ...} that makes no sense."""
    for side in ("a", "b"):
        _statement(row, side)
        _known(row, f"{side}_article", articles)


def _statement(row: Mapping[str, Any], side: str) -> tuple[str, date | None, str | None]:
    where = f"id {row['id']}"
    text, when = row.get(side), row.get(f"{side}_published")
    if not isinstance(text, str):
        raise BadInput(f"{side} is missing", where=where, mend="Give both statements, a and b.")
    try:
        return text, date.fromisoformat(when[:10]) if when else None, row.get(f"{side}_outlet")
    except (TypeError, ValueError):
        raise BadInput(f"{when!r} is no date", where=where, mend="Write it as 2019-11-22.") from None


def _main(statement: Reading) -> Claim:
    """The claim that stands for a bare statement: the outermost and longest; all its mentions are the statement's own."""
    claims = [c for c in statement.claims if c.where == "body"]
    if not claims:
        text = statement.article.text
        return Claim(id="c1", start=0, end=len(text), text=text, sentence=(0, len(text)))
    return max(claims, key=lambda c: (c.within is None, c.end - c.start, -c.start))


def _known(row: Mapping[str, Any], name: str, articles: Mapping[str, Article]) -> str | None:
    key = row.get(name)
    if key is None or not articles:
        return None
    if str(key) not in articles:
        raise BadInput(f"{name} {key!r} is not among the articles given", where=f"id {row['id']}")
    return str(key)


# --- 6: kept ---------------------------------------------------------------------------------------------------------


def added_names(store: Store) -> tuple[AddedName, ...]:
    """The names that people added to actors, as the core takes them."""
    return tuple(AddedName(a.text, a.actor.key, a.actor.name, a.actor.kind) for a in store.aliases())


@dataclass
class Summary:
    """What an import did. `failed` holds one error a thing that could not be read or kept."""

    outcomes: Counter[str] = field(default_factory=Counter)  # new | same | revised
    claims: int = 0
    articles: list[int] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    failed: list[Unread] = field(default_factory=list)


def keep(
    store: Store,
    readings: Iterable[Reading | Unread],
    *,
    own_words: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> Summary:
    """Keep articles, one transaction each, group the new ones into stories, realign what changed.

    An article that holds a name which somebody added to an actor is read with it. What cannot be kept is named in the summary and does not stop the rest. Stories that an interrupted import left
    unaligned are aligned too.
    """
    summary = Summary()
    fresh: list[tuple[int, Article]] = []
    homes: dict[int, str] = {}
    parts: Counter[tuple[str, str | None]] = Counter()  # articles of one page that share its URL
    names = AddedNames(added_names(store))
    for found in readings:
        advance()
        if not isinstance(found, Reading):
            summary.failed.append(found)
            continue
        article = found.article
        named = names.stand_in(article.headline, article.text)
        reading = read_claims(article, reader(), names.names) if named else found
        page = (article.origin, article.url)
        part = parts[page]
        parts[page] += 1
        try:
            kept = store.keep_article(
                reading,
                own_words=own_words,
                source=article.origin,
                outlet=outlets().by_name(article.outlet) if article.outlet else None,
                part=part,
                reader_version=reader_version(reading.reader),
            )
        except BadInput as error:
            summary.failed.append(error)
            continue
        summary.outcomes[kept.outcome] += 1
        summary.claims += len(reading.claims)
        summary.articles.append(kept.article_id)
        homes[kept.article_id] = kept.story_slug
        if kept.outcome == "new" and not article.story:
            fresh.append((kept.article_id, article))
    if fresh:
        homes |= _into_stories(store, fresh)
    summary.stories.update(homes.values())
    for slug in store.stale_stories():
        summary.stories.add(slug)
        realign(store, slug)
    return summary


def _into_stories(store: Store, fresh: Sequence[tuple[int, Article]]) -> dict[int, str]:
    """Give each new article the story of the kept articles it is grouped with; the moves made, article id -> slug.

    Articles kept before never move: a story's members change only by new articles and by people.
    """
    dated = [a.published for _, a in fresh if a.published]
    kept = store.kept_articles(
        since=min(dated) - STORY_WINDOW if dated else None, until=max(dated) + STORY_WINDOW if dated else None
    )
    labels = group_articles([k.article for k in kept])
    new = {article_id for article_id, _ in fresh}
    moves: dict[int, str] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(labels):
        members[label].append(index)
    for indices in members.values():
        settled = Counter(kept[i].story_slug for i in indices if kept[i].article_id not in new)
        first = kept[indices[0]].story_slug
        home = max(settled, key=lambda slug: (settled[slug], slug)) if settled else first
        for i in indices:
            if kept[i].article_id in new and kept[i].story_slug != home:
                moves[kept[i].article_id] = store.assign_story(kept[i].article_id, home).slug
    return moves


def realign(store: Store, slug: str) -> None:
    """Make a story's rows anew from what is kept, the loosest included; flags and decisions stay."""
    kept = store.readings_of(slug)
    rows = compare([reading for _, reading in kept], ROW_SCORE_LOOSE)
    store.keep_alignments(slug, rows, [article_id for article_id, _ in kept])


def load_example(store: Store) -> Summary:
    """Read the bundled example into the store. Doing it again changes nothing."""
    pages = (
        replace(p, origin=Path(p.origin).name) if isinstance(p, Page) else p for p in read_targets([], manifest=EXAMPLE)
    )
    return keep(store, read_pages(pages), own_words=True)
