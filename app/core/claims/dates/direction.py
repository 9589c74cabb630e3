"""Does an expression look back or ahead? Read from the words before it, else after it, in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from app.core.claims.dates.clock import ZONES
from app.core.lexicon.load import load, word_set

__all__ = ["Direction", "direction", "is_bound"]

Direction = Literal["past", "future"]

_AHEAD = re.compile(
    r"\b(?:will|won't|wo|shall|'ll|would|going to|due|scheduled|expected|slated|planned|plans|set to|set for|upcoming|coming|ahead of|deadline|"
    r"to (?!(?:the|a|an|his|her|its|their|this|that|be held|[A-Z]))[a-z]+|aims|intends|vowed to|may|might|could|should|must|can)$"
)
_BACK = re.compile(
    r"\b(?:(?<!be )(?<!been )(?<!to be )(?!need|speed|indeed|hundred|united|unchanged|seed|feed|expected|scheduled|slated|planned|supposed|need)[a-z]{2,}(?:ed)|said|told|was|were|had|did|has|have|began|broke|brought|came|fell|felt|found|gave|got|grew|held|hit|kept|knew|led|left|lost|"
    r"made|met|paid|ran|rose|sat|saw|sent|shot|sold|spoke|spent|stood|struck|swore|took|thought|went|won|wrote|became|chose|drew|drove|flew|overturned|sank|shook|threw|wore|sought|taught|dealt|built|caught|fought|bought|died|killed)$"
)
_PLANNED = word_set("closed", "direction_planned")
_BETWEEN = rf"(?: (?:on|at|from|until|in|here|there|again|noon|midnight|\d[\d:.]*(?: ?[ap]\.?m\.?)?|{ZONES}))*"
# The present tense of what is arranged: "ministers meet Thursday", "the law ends on Friday", "the funeral is on Monday".
_ARRANGED = re.compile(
    r"\b(?:meets|begins|starts|opens|ends|resumes|arrives|expires|faces|goes|continues|concludes|closes|elects|decides|leaves|travels|hosts|lasts|"
    r"takes (?:place|effect|office|over)|kicks off|gets under way|(?:is|are)(?: (?:on|at|from|until|due|for|midnight))*)"
    rf"{_BETWEEN} (?:the )?$"
)
_ARRANGED_PLURAL = re.compile(
    r"(?<!to )\b[a-z]{3,}(?:s|ren|men|ple) (?:meet|begin|start|open|end|resume|arrive|expire|continue|conclude|close|gather|vote|decide|leave|travel|return|go|reopen|take (?:place|effect|office))"
    rf"{_BETWEEN} (?:the )?$",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:is|are|am|being|says|say|'s|'re|'m)$")
_WORD = re.compile(r"[A-Za-z']+")
_SENTENCE = re.compile(r"(?<=[a-z\d\")”’][.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z])|\n")
_LEAD = r"(?:(?:at least|about|around|the|early|late|noon|midnight|next|this|on) )*$"
_UNTIL = re.compile(rf"\b(?:until|till|til|through) {_LEAD}")
_NOT_UNTIL = re.compile(
    r"\b(?:did not|didn't|was not|wasn't|were not|weren't|never|had|has not|hasn't|have not) (?:[\w']+ ){0,7}$"
)
_WHEN_IT_WAS = re.compile(
    r",? when (?:[\w'’-]+ ){1,5}?(?:was|were|had|did|came|fell|broke|left|took|went|[a-z]{3,}ed)\b"
)
_TO = re.compile(rf"\b(?:to|from) {_LEAD}")
_FOR = re.compile(rf"\bfor {_LEAD}")
_SINCE = re.compile(r"\bsince (?:at least |about |around |the |early |late |mid-)*$")


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def _lists() -> dict[str, re.Pattern[str]]:
    table = load("dates")
    return {
        "before": re.compile(rf"\b(?:{_one_of(table['ahead']['before'])}) (?:the )?$"),
        **{
            name: re.compile(rf"\b(?:{_one_of(words)})\b(?: [\w'-]+){{0,7}} $")
            for name, words in (
                ("moved", table["ahead"]["moved"]),
                ("set", table["ahead"]["set"]),
                ("lasted", table["lasted"]["words"]),
            )
        },
    }


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same sentence."""
    before, after = text[max(0, start - 240) : start], text[end : end + 200]
    cuts = [m.end() for m in _SENTENCE.finditer(before)]
    if cuts:
        before = before[cuts[-1] :]
    cut = _SENTENCE.search(after)
    return before, after[: cut.start()] if cut else after


def is_bound(text: str, start: int, end: int) -> bool:
    """Whether the date is one that something was put off, extended or set to: "until Friday", "extended to Friday"."""
    before, after = sentence_around(text, start, end)
    near = before[-90:].lower().replace("’", "'")
    if m := _UNTIL.search(near):
        return not (
            _WHEN_IT_WAS.match(after)
            or _NOT_UNTIL.search(near[: m.start()])
            or _lists()["lasted"].search(near[: m.start()])
        )
    return any(
        (m := pattern.search(near)) is not None and _lists()[verbs].search(near[: m.start()]) is not None
        for pattern, verbs in ((_TO, "moved"), (_FOR, "set"))
    )


def direction(text: str, start: int, end: int) -> Direction | None:
    """The past, the future, or None when nothing near tells."""
    before, after = sentence_around(text, start, end)
    near = before[-60:].replace("’", "'")
    if is_bound(text, start, end):
        return "future"
    if _SINCE.search(near.lower()):
        return "past"
    if _UNTIL.search(near.lower()):
        return "past"
    if _ARRANGED.search(near) or _ARRANGED_PLURAL.search(near) or _lists()["before"].search(near.lower()):
        return "future"
    words = list(_WORD.finditer(before.lower().replace("’", "'")))[-14:]
    bounded = False  # "by Friday": ahead, unless what is told is past
    for i in range(len(words) - 1, -1, -1):
        upto = before.lower().replace("’", "'")[: words[i].end()]
        word = words[i].group()
        if word in {"by", "before"}:
            bounded = bounded or i >= len(words) - 2
            continue
        if word == "due" and [w.group() for w in words[i + 1 :]] == ["to"]:
            continue  # "due to Friday's storm"
        passive = word.endswith("ed") and i > 0 and words[i - 1].group() in {"be", "been", "being"}
        if passive:
            continue
        if _AHEAD.search(upto):
            # "was due", "was expected", "had planned to": seen from the past
            earlier = [w.group() for w in words[max(0, i - 4) : i]]
            infinitive = i > 0 and words[i - 1].group() == "to"
            if infinitive and not _PLANNED.intersection(earlier) and any(_BACK.search(w) for w in earlier):
                return "past"  # "gathered to watch"
            return None if {"was", "were", "had"}.intersection(earlier) else "future"
        if _BACK.search(upto):
            return "past"
        if _NOW.search(upto):
            return None
    ahead = re.search(
        r"\b(will|won't|shall|is to|are to|is due|are due|is set|are set|is scheduled|is expected)\b", after
    )
    back = re.search(r"\b(was|were|had|did|said|told|[a-z]{3,}ed)\b", after)
    if ahead and (not back or ahead.start() < back.start()):
        return "future"
    if bounded and not (back and back.group() not in {"said", "told"}):
        return "future"
    return "past" if back else None
