"""How words are found: one analyser for what is kept and for what is asked.

SQLite's own tokenizers will not do: `unicode61` finds nothing inside a run of Han or Hangul, `trigram` misses words under
three characters, `porter` does not join apologise and apologize. So text is cut here and the index holds our tokens:

- words of alphabets: folded (case, accents, typography), one spelling (labour -> labor, apologise -> apologize), then the
  stem; a possessive 's is dropped, "U.S." is "us", hyphens divide;
- Han, kana and Hangul: pairs of neighbouring characters, and the last one alone, so that any part of a run is a phrase.

`Analysed` keeps the offsets, so the same analyser marks what was found. Changing what it gives means raising `VERSION`:
`schema.upgrade` then fills the index anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.records import Span
from app.core.text import fold, stem

__all__ = ["VERSION", "Analysed", "Wanted", "analyse", "mark", "match_expression", "parse_query"]

VERSION = 1

_CJK = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN = re.compile(
    rf"(?P<run>[{_CJK}]+)"
    r"|(?P<initials>(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    rf"|(?P<word>(?:(?![{_CJK}])[^\W_])(?:(?![{_CJK}])[^\W_]|[\u0300-\u036f]|['’‘](?=[^\W\d_]))*)"
)

# British and American spellings brought together. Rules apply to every word alike, on both sides, so they may be blunt:
# "rise" becomes "rize" in the index and in the question, and still only finds itself.
_RULES = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"(?<=[a-z]{2})is(e|ed|es|er|ers|ing|ation|ations|ational)$", r"iz\1"),
        (r"(?<=[a-z]{2})ys(e|ed|es|er|ers|ing)$", r"yz\1"),
        (r"(?<=[a-z]{2})our(s|ed|er|ers|ing|ings|ite|ites|able|ably|ful|al|hood|hoods|less|ly|y)?$", r"or\1"),
        (r"(?<=[a-z]{2})ogue(s|d)?$", r"og\1"),
        (r"(?<=[a-z]{3})ence(s|d)?$", r"ense\1"),
        (r"([a-z]{2,}(?:t|b|p|f|e)r)e(s|d)$", r"\1\2"),
    )
)
_DOUBLED = (
    "cancel channel counsel dial enrol equal fuel fulfil instal label level libel marvel model panel quarrel rival "
    "signal total travel tunnel"
).split()
_PAIRS = dict(
    pair.split("/")
    for pair in (
        "centre/center centring/centering theatre/theater metre/meter kilometre/kilometer litre/liter fibre/fiber "
        "sabre/saber calibre/caliber sombre/somber spectre/specter lustre/luster meagre/meager manoeuvre/maneuver "
        "programme/program programmes/programs judgement/judgment acknowledgement/acknowledgment grey/gray "
        "cheque/check cheques/checks plough/plow sceptic/skeptic sceptical/skeptical scepticism/skepticism "
        "aluminium/aluminum ageing/aging encyclopaedia/encyclopedia anaemia/anemia haemorrhage/hemorrhage "
        "archaeology/archeology mediaeval/medieval paediatric/pediatric practise/practice practised/practiced "
        "practising/practicing licence/license licences/licenses skilful/skillful wilful/willful fulfilment/fulfillment "
        "enrolment/enrollment instalment/installment enrol/enroll fulfil/fulfill instal/install storey/story "
        "storeys/stories tonne/ton tonnes/tons airplane/aeroplane whilst/while amongst/among learnt/learned "
        "burnt/burned spelt/spelled moustache/mustache pyjamas/pajamas jewellery/jewelry gaol/jail cosy/cozy "
        "mould/mold smoulder/smolder catalogue/catalog"
    ).split()
)
_PAIRS |= {
    f"{word}l{ending}": f"{word}{ending}" for word in _DOUBLED for ending in ("ed", "ing", "er", "ers", "or", "ors")
}


@dataclass(frozen=True, slots=True)
class Analysed:
    """One token of a text: as it stands in one spelling (`form`), its stem, and where it stands. `run`: cut from CJK."""

    form: str
    stem: str
    start: int
    end: int
    run: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing asked for: tokens in a row. `prefix`: the last one may go on (a half-typed word)."""

    tokens: tuple[Analysed, ...]
    prefix: bool = False


@lru_cache(maxsize=65536)
def _word(word: str) -> tuple[str, str]:
    form = fold(word)
    form = re.sub(r"'s$", "", form).replace("'", "")
    form = "".join(c for c in form if c.isalnum()) or word
    form = _PAIRS.get(form, form)
    for pattern, into in _RULES:
        form = pattern.sub(into, form)
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
        elif m.lastgroup == "initials":
            joined = fold(m.group().replace(".", ""))
            out.append(Analysed(joined, joined, start, m.end()))
        else:
            form, stem = _word(m.group())
            out.append(Analysed(form, stem, start, m.end()))
    return tuple(out)


_ASKED = re.compile(r'["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+)')


def parse_query(q: str) -> tuple[Wanted, ...]:
    """Words and "phrases in quotes", all of which must be found; the last bare word may be the beginning of one."""
    wanted: list[Wanted] = []
    found = list(_ASKED.finditer(q))
    for m in found:
        tokens = analyse(m.group("phrase") if m.group("word") is None else m.group("word"))
        runs = [t for t in tokens if t.run]
        if len(runs) > 1:  # the lone last character serves one-character questions only
            tokens = tuple(t for i, t in enumerate(tokens) if not (t.run and len(t.stem) == 1 and _in_run(tokens, i)))
        if tokens:
            last = m is found[-1] and m.group("word") is not None and not q[-1:].isspace()
            wanted.append(Wanted(tokens, prefix=last or (tokens[-1].run and len(tokens[-1].stem) == 1)))
    return tuple(wanted)


def _in_run(tokens: Sequence[Analysed], i: int) -> bool:
    return i > 0 and tokens[i - 1].run and tokens[i - 1].end == tokens[i].end


def match_expression(wanted: Iterable[Wanted]) -> str:
    """The FTS5 question, every token quoted; "" when nothing can be asked."""
    parts = []
    for w in wanted:
        exact = _quoted(t.stem for t in w.tokens)
        if w.prefix:
            forms = _quoted(t.form for t in w.tokens)
            parts.append(f"({exact} OR {{forms names}} : {forms} *)")
        else:
            parts.append(exact)
    return " AND ".join(parts)


def _quoted(tokens: Iterable[str]) -> str:
    return '"' + " ".join(t.replace('"', '""') for t in tokens) + '"'


def mark(text: str, wanted: Sequence[Wanted]) -> tuple[Span, ...]:
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
