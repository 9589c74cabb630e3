"""The HTML pages in `html/`: shapes of real sites, filled with invented stories, with what must come out of each.

In a shape `[[3]]` is the third paragraph of its own story and belongs to the body, as does all between `⟦` and `⟧`;
`[[ferry.1]]`, headlines and everything else do not. `%menu%` and the like are furniture.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "html"
_PLACE = re.compile(r"\[\[([\w.]+)\]\]")
_DATA = re.compile(r"<script[^>]*ld\+json[^>]*>.*?</script>", re.DOTALL)
_MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


@dataclass(frozen=True)
class HtmlPage:
    name: str
    data: bytes
    html: str
    body: tuple[str, ...]  # the paragraphs of the body, in order
    expected: dict[str, str]


@lru_cache(maxsize=1)
def _stories() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "stories.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _furniture() -> dict[str, str]:
    return tomllib.loads((FOLDER / "furniture.toml").read_text(encoding="utf-8"))


def load(path: Path) -> HtmlPage:
    expected: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines[0].startswith("# "):
        key, _, value = lines.pop(0)[2:].partition(":")
        expected[key.strip()] = value.strip()
    shape = re.sub(r"%(\w+)%", lambda m: _furniture()[m[1]], "\n".join(lines))
    own = expected.get("story", "")
    if "headline" not in expected and "<h1>[[headline]]" in shape.replace(' class="entry-title"', ""):
        expected["headline"] = _stories()[own]["headline"]
    times = int(expected.get("repeat", 1))
    shape = _DATA.sub(lambda m: _PLACE.sub(lambda n: _in_data(_filled(n[1], own, times)), m[0]), shape)
    filled = _PLACE.sub(lambda m: _filled(m[1], own, times), shape)
    body = [_plain(m) for m in _MARKED.findall(filled)]
    source = filled.replace("⟦", "").replace("⟧", "")
    return HtmlPage(path.stem, source.encode(expected.get("encoding", "utf-8")), source, tuple(body), expected)


def _filled(key: str, own: str, times: int) -> str:
    story, _, part = key.rpartition(".")
    told = _stories()[story or own]
    if part == "all":
        told_often = [
            f"<p>⟦{html.escape(p)} So part {n} of this account says.⟧</p>"
            for n in range(1, times + 1)
            for p in told["body"]
        ]
        return "".join(told_often)
    if not part.isdigit():
        return html.escape(told[part])
    text = html.escape(told["body"][int(part) - 1])
    return text if story else f"⟦{text}⟧"


def _in_data(words: str) -> str:
    return json.dumps(html.unescape(words), ensure_ascii=False)[1:-1]


def _plain(marked: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", marked)).replace('\\"', '"').split())


def all_html_pages() -> list[HtmlPage]:
    return [load(path) for path in sorted(FOLDER.glob("*.html"))]
