"""Strings and pages that are made to hold a reader: the work grows with their length, or they are refused with a clear error."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest

import app.core.article
import app.sources
from app.core.article import articles_of, captions
from app.core.article.phrases import load_phrases
from app.core.lexicon.outlets import load_outlets
from app.core.records import Hints
from app.errors import BadInput, TooLarge
from app.sources import page_from_html, page_from_record, page_from_text
from app.sources.bounds import check_markup
from app.sources.decoding import decode
from app.sources.feed import pages_of_feed
from app.sources.plain import page_from_markdown
from app.sources.rows import read_json

PIECES = (
    "a", "A", " ", "\t", "1", ".", "-", "—", '"', "“", "'", "(", ")", "[", "<", "/", "|", "&", "@", "=", ",", ";", ":",
    "©", "文", "…", "\\", "*", "_", "`", "#", "a ", "A ", "1 ", "A. ", "A-", "A, ", "1,", "1/", "1.", "((a", "a@a.", "A/",
    "AP/", "By A ", "A and ", "said ", "in this a ", "19", "2019-", "Jan ", "1 Jan ", '"a', "“a”", "(AP", "<a ", '<a="',
    "&amp;", "http://", "A in ", "AFP ", "Photo ", "(@a", "- ", "a, ", "**", "[a](", "![a", "{{", "{%", "${", "<%",
    "function(", "hosted by a ", "privacy policy ", "(c) ", "in this photo", "this article was ", "updated ",
    "consent to ", "<!--", "]]>",
)  # fmt: skip
GROWN = 4
"""So many times as long the second string is; linear work takes as many times as long, quadratic its square."""
MOST = 2.5 * GROWN
NOTHING = 0.025
"""Seconds of processor time under which no growth can be told."""
WORST = (
    "a", "A ", " ", "1,", ".", '"', "“a” ", "(", "<", "<a ", "&amp;", "A/", "a@a.", "By A, ", "said ", "19", "1 Jan ",
    "{{", "[a](", "**", "<!--", "文", "- a ", "in this a ",
)  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def grows_too_fast(work: Callable[[int], object], size: int) -> bool:
    """Tried anew before it is believed: on a busy machine one measurement says little."""
    for _ in range(4):
        longer = seconds(lambda: work(GROWN * size))
        if longer < NOTHING or longer <= MOST * max(seconds(lambda: work(size)), NOTHING / MOST):
            return False
    return True


# --- every pattern


def _patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    modules = [
        importlib.import_module(found.name)
        for package in (app.sources, app.core.article)
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    values = [(f"{m.__name__}.{name}", value) for m in modules for name, value in vars(m).items()]
    values += [("phrases", load_phrases()), ("captions", captions._patterns())]
    seen: set[object] = set()
    for name, value in values:
        for pattern in _inside(value):
            if pattern not in seen:
                seen.add(pattern)
                yield name, pattern


def _inside(value: object, depth: int = 0) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict | tuple | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _inside(inner, depth + 1)
    elif depth < 4 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _inside(getattr(value, field.name), depth + 1)


ALL_PATTERNS = list(_patterns())


def test_the_patterns_are_found() -> None:
    assert len(ALL_PATTERNS) > 80


@pytest.mark.parametrize(("name", "pattern"), ALL_PATTERNS, ids=lambda x: x if isinstance(x, str) else "")
def test_no_pattern_takes_time_with_the_square_of_the_text(name: str, pattern: re.Pattern) -> None:
    def searched(piece: str) -> Callable[[int], object]:
        def work(size: int) -> int:
            text = piece * (size // len(piece))
            return sum(1 for _ in pattern.finditer(text if isinstance(pattern.pattern, str) else text.encode()))

        return work

    assert [piece for piece in PIECES if grows_too_fast(searched(piece), 600)] == []


# --- every way in


def _article(text: str) -> object:
    return articles_of(page_from_text(text), load_outlets(), date(2026, 1, 1))


def _html(inner: str) -> str:
    return f"<html><head><title>Dam</title></head><body><article><p>He left the house today, she said.</p>{inner}</article></body></html>"


WAYS: dict[str, Callable[[str], object]] = {
    "one line": lambda text: _article(f"The dam was closed on Monday.\n\n{text}"),
    "lines": lambda text: _article("The dam was closed.\n\n" + "\n\n".join(text[i : i + 900] for i in range(0, len(text), 900))),
    "markdown": lambda text: page_from_markdown(f"# Dam\n\nThe dam was closed.\n\n{text}"),
    "html text": lambda text: page_from_html(_html(f"<p>{text}</p>")),
    "html attribute": lambda text: page_from_html(_html(f"<p class='{text}'>It was late.</p>")),
    "html raw": lambda text: page_from_html(text + _html("")),
    "json-ld": lambda text: page_from_html(f'<script type="application/ld+json">{text}</script>{_html("")}'),
    "byline": lambda text: page_from_html(f'<meta name="author" content="{text}">{_html("")}'),
    "feed": lambda text: list(pages_of_feed(f"<rss><channel><item><description>{text}</description></item></channel></rss>".encode(), Hints(), origin="x")),
    "bytes": lambda text: decode(text.encode(), "x"),
    "json": lambda text: read_json(json.dumps({"text": text}), "x"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_takes_time_with_the_square_of_the_text(way: str) -> None:
    def read(piece: str) -> Callable[[int], object]:
        def work(size: int) -> None:
            with suppress(BadInput):
                WAYS[way](piece * (size // len(piece)))

        return work

    assert [piece for piece in WORST if grows_too_fast(read(piece), 4_000)] == []


# --- too much of one thing

MANY = 40_000


@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param(" ".join(f"a{i}=1" for i in range(MANY)), id="plain"),
        pytest.param("/".join(f"a{i}" for i in range(MANY)), id="between slashes"),
        pytest.param("".join(f'a{i}="x"' for i in range(MANY)), id="without blanks"),
        pytest.param(" ".join(f'a{i}=">"' for i in range(MANY)), id="that hold the tag's end"),
        pytest.param(" ".join(f"a{i}='<'" for i in range(MANY)), id="that hold a tag's start"),
        pytest.param("\n".join(f"a{i}" for i in range(MANY)), id="a line each"),
    ],
)
def test_a_tag_of_forty_thousand_attributes_is_refused_unparsed(attributes: str) -> None:
    page = _html(f"<p {attributes}>It was late.</p>")
    began = time.process_time()
    with pytest.raises(TooLarge, match="attributes in one tag"):
        page_from_html(page)
    item = f"<rss><channel><item {attributes}><title>x</title></item></channel></rss>"
    with pytest.raises(TooLarge, match="attributes in one tag"):
        list(pages_of_feed(item.encode(), Hints(), origin="x"))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(_html("<p class='a' id=b data-x='1 2 3' hidden>It was late.</p>" * 500), id="attributes"),
        pytest.param(_html(f"<path d='{'M0 0 L1 1 ' * 5000}'>"), id="a drawing"),
        pytest.param(_html(f"<img src='data:image/png;base64,{'abcd' * 50_000}'>"), id="a picture in the page"),
        pytest.param(_html(f"<script>{'if (a <b && c) x = 1; ' * 5000}</script>"), id="a script"),
    ],
)
def test_a_heavy_page_is_none_of_them(page: str) -> None:
    check_markup(page, "x")


@pytest.mark.parametrize(
    ("page", "says"),
    [
        pytest.param(lambda: page_from_text("\n\n".join(["He left."] * 100_000)), "100,000 paragraphs", id="paragraphs"),
        pytest.param(lambda: page_from_text("He left. " * 300_000), "characters", id="characters"),
        pytest.param(lambda: page_from_record({"text": "He left.\n" * 20_000}, origin="x"), "paragraphs", id="of a record"),
        pytest.param(lambda: page_from_html(_html("<p>He left.</p>" * 100_000)), "tags", id="of a page"),
        pytest.param(lambda: page_from_html(_html("<b>a</b>" * 20_000)), "elements side by side", id="elements side by side"),
        pytest.param(lambda: list(pages_of_feed(b"<rss><channel>" + b"<item><title>x</title></item>" * 6_000 + b"</channel></rss>", Hints(), origin="x")), "entries", id="entries"),
    ],
)  # fmt: skip
def test_too_much_is_refused_with_its_number(page: Callable[[], object], says: str) -> None:
    with pytest.raises(TooLarge, match=says):
        page()


def test_tags_in_tags_are_no_danger() -> None:
    with suppress(BadInput):
        page_from_html(_html("<div>" * 9_000 + "It was late." + "</div>" * 9_000))
    nested = f"<rss><channel><item><description>{'&lt;div>' * 9_000}late</description></item></channel></rss>"
    list(pages_of_feed(nested.encode(), Hints(), origin="x"))
    with pytest.raises(BadInput):
        read_json("[" * 100_000, "x")
