"""The phrases that pages surround articles with: `phrases.toml`, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.core import thresholds as t
from app.core.article.roles import LineRole
from app.core.article.shapes import count_words
from app.core.text import fold

__all__ = ["Phrases", "load_phrases"]

_EDGE = re.compile(r"^[\s•·▪◦‣●*+>»|:.,;!-]+|[\s:.,;!>»|…*-]+$")
_QUOTED = re.compile(r'"[^"]*(?:"|$)')

_SITE = re.compile(r"\bthis (?:web ?)?site\b|\bterms of (?:service|use)\b|\bnewsletters?\b")
_IMPERATIVE = re.compile(
    r"^[\s•*-]*(?:please|get|sign|subscribe|join|follow|click|download|try|stay|read|listen|support|donate|register|log|enter|find|see|send|become|tap|accept|by) "
)


@dataclass(frozen=True, slots=True)
class PhraseRule:
    role: LineRole
    exact: frozenset[str]
    anchored: re.Pattern[str] | None  # those that begin with ^
    anywhere: re.Pattern[str] | None
    max_words: int

    def fits(self, text: str) -> bool:
        return bool(self.anchored and self.anchored.match(text)) or bool(self.anywhere and self.anywhere.search(text))

    def count(self, text: str) -> int:
        """How often the line says it."""
        return sum(sum(1 for _ in form.finditer(text)) for form in (self.anchored, self.anywhere) if form)


@dataclass(frozen=True, slots=True)
class Phrases:
    rules: tuple[PhraseRule, ...]
    address: frozenset[str]
    goods: frozenset[str]
    credits: tuple[str, ...]

    def role_of(self, line: str) -> LineRole | None:
        """What the line says it is, or None when it says nothing of the kind. The first rule that fits decides."""
        folded = fold(line).strip()
        bare = _EDGE.sub("", folded)
        words = count_words(line)
        spoken = folded.endswith((".", "!", "?")) and not folded.endswith("...")  # "No." is an answer, "No" a button
        for rule in self.rules:
            if folded in rule.exact or (bare in rule.exact and not spoken):
                return rule.role
            if rule.max_words and words > rule.max_words:
                continue
            said = (folded, bare) if words <= t.PAGE_SLOGAN_MAX_WORDS else (folded,)
            if rule.role is LineRole.PROMO and words > t.PAGE_SLOGAN_MAX_WORDS:
                if not self._is_addressed(folded):
                    continue
                said = (_QUOTED.sub(" ", folded),)
            if any(rule.fits(text) for text in said) and self._is_meant(rule, said[0], words):
                return rule.role
        return LineRole.OFFER if self._addresses_reader(folded) else None

    def _is_meant(self, rule: PhraseRule, folded: str, words: int) -> bool:
        """A few words of the page do not make a whole report theirs that stands on one line with them."""
        if words <= t.PAGE_PHRASE_EVERY or rule.role not in {LineRole.PROMO, LineRole.RESIDUE}:
            return True
        return rule.count(folded) * t.PAGE_PHRASE_EVERY >= words

    def _is_addressed(self, folded: str) -> bool:
        """Says "you" or "our" or "this site" outside quotation marks, or begins by telling the reader to do something."""
        own = _QUOTED.sub(" ", folded)
        words = set(re.findall(r"[a-z'-]+", own))
        return bool(self.address & words or _SITE.search(own) or _IMPERATIVE.match(own))

    def _addresses_reader(self, folded: str) -> bool:
        """Speaks, outside quotation marks, to "you" or of "us" and names two of a publisher's goods (or one, in few words)."""
        words = re.findall(r"[a-z'-]+", _QUOTED.sub(" ", folded))
        goods = len(self.goods & set(words))
        if len(words) > t.PAGE_PHRASE_EVERY * max(goods, 1):
            return False
        return self._is_addressed(folded) and (goods >= 2 or (goods == 1 and len(words) <= t.PAGE_SLOGAN_MAX_WORDS))


@lru_cache(maxsize=1)
def load_phrases() -> Phrases:
    """The phrases of `phrases.toml`."""
    data = tomllib.loads(files("app.core.article").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return Phrases(
        rules=tuple(_rule(entry) for name, entry in data.items() if name not in {"second_person", "credits"}),
        address=frozenset(data["second_person"]["address"]),
        goods=frozenset(data["second_person"]["goods"]),
        credits=tuple(data["credits"]["names"]),
    )


def _rule(entry: dict[str, object]) -> PhraseRule:
    exact, patterns = entry.get("exact", []), entry.get("patterns", [])
    assert isinstance(exact, list)
    assert isinstance(patterns, list)
    return PhraseRule(
        role=LineRole(str(entry["role"])),
        exact=frozenset(exact),
        anchored=_either([p for p in patterns if p.startswith("^")]),
        anywhere=_either([p for p in patterns if not p.startswith("^")]),
        max_words=int(str(entry.get("max_words", 0))),
    )


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None
