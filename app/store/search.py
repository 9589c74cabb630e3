"""How words are found: one analyser for what is kept and for what is asked.

SQLite's own tokenizers will not do: `unicode61` finds nothing inside a run of Han or Hangul, `trigram` misses words under
three characters, `porter` does not join apologise and apologize. So text is cut here and the index holds our tokens:

- words of alphabets: folded (case, accents, typography), one spelling (labour -> labor, apologise -> apologize), then the
  stem; a possessive 's is dropped, "U.S." is "us", "C++" is a word, hyphens divide;
- Han, kana and Hangul: pairs of neighbouring characters, and the last one alone, so that any part of a run is a phrase.

`Analysed` keeps the offsets, so the same analyser marks what was found. Changing what it gives means raising `VERSION`:
`schema.upgrade` then fills the index anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Span
from app.core.text import fold, stem

__all__ = [
    "VERSION",
    "Analysed",
    "ParsedQuery",
    "TermWanted",
    "analyse",
    "has_words",
    "is_operator",
    "marked_spans",
    "match_expression",
    "parse_query",
]

VERSION = 2

_CJK = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN = re.compile(
    rf"(?P<run>[{_CJK}]+)"
    r"|(?P<signed>[^\W\d_](?:\+\+|#)(?!\w))"
    r"|(?P<initials>(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    rf"|(?P<word>(?:(?![{_CJK}])[^\W_])(?:(?![{_CJK}])[^\W_]|[\u0300-\u036f]|['’‘](?=[^\W\d_]))*)"
)
_SIGNS = {"++": "plusplus", "#": "sharp"}


@dataclass(frozen=True, slots=True)
class Analysed:
    """One token of a text: as it stands in one spelling (`form`), its stem, and where it stands. `run`: cut from CJK."""

    form: str
    stem: str
    start: int
    end: int
    run: bool = False


@dataclass(frozen=True, slots=True)
class TermWanted:
    """One thing asked for: tokens in a row. `prefix`: the last one may go on (a half-typed word)."""

    tokens: tuple[Analysed, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question: of each group of `all` one thing must stand in a claim; nothing of `none` in its article."""

    all: tuple[tuple[TermWanted, ...], ...] = ()
    none: tuple[TermWanted, ...] = ()

    @property
    def wanted(self) -> tuple[TermWanted, ...]:
        return tuple(w for group in self.all for w in group)


@lru_cache(maxsize=65536)
def _word(word: str) -> tuple[str, str]:
    form = re.sub(r"'s$", "", fold(word)).replace("'", "")
    form = "".join(c for c in form if c.isalnum()) or word
    form = canonical_spelling(form).replace("-", "")
    return form, stem(form)


def analyse(text: str) -> tuple[Analysed, ...]:
    """The tokens of a text in order, with offsets into it.

    >>> [t.stem for t in analyse("Labour apologised. 문재인")]
    ['labor', 'apolog', '문재', '재인', '인']
    """
    out: list[Analysed] = []
    for m in _TOKEN.finditer(text):
        start = m.start()
        if m.lastgroup == "run":
            run = m.group()
            out += (
                Analysed(run[i : i + 2], run[i : i + 2], start + i, start + i + 2, run=True)
                for i in range(len(run) - 1)
            )
            out.append(Analysed(run[-1], run[-1], m.end() - 1, m.end(), run=True))
        elif m.lastgroup == "number":
            plain = m.group().replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", m.group()) else m.group()
            out += (Analysed(p, p, start, m.end()) for p in re.split(r"[.,]", plain))
        elif m.lastgroup == "signed":
            form = fold(m.group()[0]) + _SIGNS[m.group()[1:]]
            out.append(Analysed(form, form, start, m.end()))
        elif m.lastgroup == "initials":
            joined = fold(m.group().replace(".", ""))
            out.append(Analysed(joined, joined, start, m.end()))
        else:
            form, stem = _word(m.group())
            out.append(Analysed(form, stem, start, m.end()))
    return tuple(out)


@lru_cache(maxsize=32768)
def _forms(title: str) -> tuple[tuple[str, str], ...]:
    return tuple((t.form, t.stem) for t in analyse(title))


def has_words(title: str, q: str) -> bool:
    """Whether each word of `q` stands in a title or name, in any form, or begins a word of it.

    >>> has_words("Labour court apologises", "apolog labor"), has_words("문재인", "재인"), has_words("The pact", "act")
    (True, True, False)
    """
    asked = _forms(q)
    held = _forms(title)
    return bool(asked) and all(any(form.startswith(word) or stem == its for form, its in held) for word, stem in asked)


_ASKED = re.compile(
    r"""(?P<not>(?<!\S)-(?=["“”„«»\w])(?!\d))?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))"""
)
_OPERATORS = frozenset({"AND", "OR", "NOT", "and"})


def is_operator(word: str) -> bool:
    return word in _OPERATORS


def parse_query(q: str) -> ParsedQuery:
    """Words and "phrases in quotes", all of which must be found; the last bare word may be the beginning of one.

    `OR` between two asks for either, `-` or `NOT` before one leaves out articles that say it, `AND` says what holds anyway.
    Whatever is typed means something: an operator without its words is none, and alone is a word.

    >>> asked = parse_query('dam OR barrage "was closed" -flood'); [[w.tokens[0].stem for w in g] for g in asked.all]
    [['dam', 'barrag'], ['was']]
    """
    groups: list[list[TermWanted]] = []
    left_out: list[TermWanted] = []
    found = list(_ASKED.finditer(q))
    bare = all(m["word"] in _OPERATORS for m in found)
    either = leave_out = False
    for m in found:
        if m["word"] in _OPERATORS and not m["not"] and not bare:
            either, leave_out = m["word"] == "OR", m["word"] == "NOT"
            continue
        word = m["word"] or ""
        half_typed = word[-1:] == "*" or (m is found[-1] and word[-1:].isalnum() and not q[-1:].isspace())
        wanted = _wanted(word or m["phrase"], half_typed=half_typed)
        if wanted is None:
            continue
        if m["not"] or leave_out:
            left_out.append(replace(wanted, prefix=False))
        elif either and groups:
            groups[-1].append(wanted)
        else:
            groups.append([wanted])
        either = leave_out = False
    return ParsedQuery(tuple(map(tuple, groups)), tuple(left_out))


def _wanted(words: str, *, half_typed: bool) -> TermWanted | None:
    tokens = analyse(words)
    if sum(t.run for t in tokens) > 1:  # the lone last character serves one-character questions only
        tokens = tuple(t for i, t in enumerate(tokens) if not (t.run and len(t.stem) == 1 and _in_run(tokens, i)))
    if not tokens:
        return None
    return TermWanted(tokens, prefix=half_typed or (tokens[-1].run and len(tokens[-1].stem) == 1))


def _in_run(tokens: Sequence[Analysed], i: int) -> bool:
    return i > 0 and tokens[i - 1].run and tokens[i - 1].end == tokens[i].end


def match_expression(groups: Iterable[Sequence[TermWanted]]) -> str:
    """The FTS5 question for one thing of each group, every token quoted; "" when nothing can be asked."""
    return " AND ".join(f"({' OR '.join(map(_expression, group))})" for group in groups)


def _expression(wanted: TermWanted) -> str:
    exact = _quoted(t.stem for t in wanted.tokens)
    if not wanted.prefix:
        return exact
    return f"({exact} OR {{forms names}} : {_quoted(t.form for t in wanted.tokens)} *)"


def _quoted(tokens: Iterable[str]) -> str:
    return '"' + " ".join(t.replace('"', '""') for t in tokens) + '"'


def marked_spans(text: str, wanted: Sequence[TermWanted]) -> tuple[Span, ...]:
    """Where the words asked for stand in a text: spans in order, none overlapping."""
    tokens = analyse(text)
    spans: list[Span] = []
    for w in wanted:
        n = len(w.tokens)
        for i in range(len(tokens) - n + 1):
            if all(
                have.stem == want.stem or (w.prefix and j == n - 1 and have.form.startswith(want.form))
                for j, (want, have) in enumerate(zip(w.tokens, tokens[i : i + n], strict=True))
            ):
                last = tokens[i + n - 1]
                short = last.run and len(w.tokens[-1].stem) < len(last.stem)
                spans.append((tokens[i].start, last.start + 1 if short else last.end))
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
