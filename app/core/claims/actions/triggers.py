"""Which words of a sentence name an action, and of which class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.core.claims.actions.operators import operators
from app.core.language import Parsed, Token
from app.core.lexicon.actions import action_lookup
from app.core.lexicon.load import load
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Modality
from app.core.text import stem

__all__ = ["Trigger", "find_triggers", "form_of", "plain_verbs", "predicates"]

_OBJECTS = frozenset({"dobj", "pobj", "nsubjpass", "attr", "oprd", "conj", "dative", "compound"})


# Prepositions that open a circumstance, not what the verb is about.
_LOOSE = frozenset(
    "after before amid despite during since because until without while following ahead due than as like under over".split()
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an action: token index, class, first and last token of its words."""

    i: int
    cls: str
    first: int
    last: int


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    """The lookup with every form in its canonical spelling."""
    look = action_lookup()

    def plain(word: str) -> str:
        return "_".join(canonical_spelling(part) for part in word.split("_"))

    def grouped(rows: dict[str, Any]) -> dict[str, Any]:
        return {plain(k): tuple((frozenset(map(plain, others)), cls) for others, cls in v) for k, v in rows.items()}

    return {
        "verbs": {plain(k): v for k, v in look.verbs.items()},
        "nouns": {plain(k): v for k, v in look.nouns.items()},
        "frames": grouped(look.frames),
        "noun_of": grouped(look.noun_of),
    }


@lru_cache(maxsize=1)
def _stems() -> dict[str, dict[str, str]]:
    """For the reader without a model: stem -> form."""
    return {kind: {stem(f): f for f in sorted(_table()[kind], reverse=True)} for kind in ("verbs", "nouns", "frames")}


def form_of(token: Token, *, parsed: bool = True) -> str:
    """The lower-case canonical lemma of a token."""
    lemma = token.lemma or token.text.lower()
    if not parsed:
        root = stem(canonical_spelling(token.text.lower()))
        for kind in ("verbs", "nouns", "frames"):
            if root in _stems()[kind]:
                return _stems()[kind][root]
        return canonical_spelling(token.text.lower())
    return canonical_spelling(lemma)


def find_triggers(parsed: Parsed, children: Sequence[Sequence[int]]) -> list[Trigger]:
    """Triggers in order; a noun that a verb's frame used is no trigger of its own."""
    if not parsed.has_dependencies:
        return _by_words(parsed)
    used: set[int] = set()
    out: list[Trigger] = []
    for token in parsed.tokens:
        if token.pos == "VERB" or (token.pos in {"NOUN", "ADJ", "PROPN"} and token.tag.startswith("VB")):
            if token.dep == "amod" or _hyphened(parsed, token):
                continue
            found = _verb(parsed, children, token, used)
            if found:
                out.append(found)
    taken = {t.i for t in out}
    for token in parsed.tokens:
        if (
            token.pos != "NOUN"
            or token.i in used
            or token.i in taken
            or token.dep == "compound"
            or _hyphened(parsed, token)
        ):
            continue
        cls = _noun(parsed, children, token)
        if cls:
            out.append(Trigger(token.i, cls, token.i, token.i))
    return sorted(out, key=lambda t: t.i)


_EMPTY = frozenset("be have do say tell get go come make take let seem become use include".split())
"""Verbs that alone do not tell what is done."""


def plain_verbs(parsed: Parsed, known: Sequence[Trigger]) -> list[Trigger]:
    """Verbs of no class, each under its lemma; those that only govern another act or say nothing are left out."""
    if not parsed.has_dependencies:
        return []
    taken, ops = {t.i for t in known}, operators()
    return [
        Trigger(t.i, form_of(t), t.i, t.i)
        for t in parsed.tokens
        if t.pos == "VERB"
        and t.i not in taken
        and t.dep != "amod"
        and (lemma := form_of(t)) not in _EMPTY
        and lemma not in ops.negative_verbs
        and lemma not in ops.light
        and ops.modal.get(("verbs", lemma)) in {None, Modality.ALLEGED}  # accusing is a deed of its own
        and not _hyphened(parsed, t)
    ]


def predicates(parsed: Parsed, children: Sequence[Sequence[int]], known: Sequence[Trigger]) -> list[Trigger]:
    """What something is said to be or not to be, each under its lemma: "safe" of "the road was not safe"."""
    if not parsed.has_dependencies:
        return []
    taken, ops = {t.i for t in known}, operators()
    return [
        Trigger(t.i, lemma, t.i, t.i)
        for t in parsed.tokens
        if t.dep in {"acomp", "attr"}
        and t.pos in {"ADJ", "NOUN"}
        and t.i not in taken
        and form_of(parsed.tokens[t.head]) in ops.copulas
        and (lemma := form_of(t)) not in ops.empty
        and ("adjectives", lemma) not in ops.modal
        and lemma not in ops.negative_adjectives
        and not any(parsed.tokens[c].lemma in ops.narrows or parsed.tokens[c].tag == "JJS" for c in children[t.i])
    ]


def _hyphened(parsed: Parsed, token: Token) -> bool:
    """Part of a hyphened modifier: "an intelligence-sharing pact" shares nothing."""
    before = parsed.tokens[token.i - 1] if token.i else None
    return before is not None and before.text == "-" and before.end == token.start and token.head > token.i


def _verb(parsed: Parsed, children: Sequence[Sequence[int]], token: Token, used: set[int]) -> Trigger | None:
    table = _table()
    lemma = form_of(token)
    tokens = parsed.tokens
    particles = [
        c for c in children[token.i] if tokens[c].dep in {"prt", "prep", "advmod", "agent"} and tokens[c].text.isalpha()
    ]
    objects = _objects(parsed, children, token)
    for c in particles:
        phrasal = f"{lemma}_{tokens[c].text.lower()}"
        for words, cls in table["frames"].get(phrasal, ()):
            hit = [o for o in objects if form_of(tokens[o]) in words]
            if hit:
                used.update(hit)
                return _span(token.i, c, cls)
    for words, cls in table["frames"].get(lemma, ()):
        hit = [o for o in objects if form_of(tokens[o]) in words]
        if hit:
            used.update(hit)
            return _span(token.i, token.i, cls)
    for c in particles:
        cls = table["verbs"].get(f"{lemma}_{tokens[c].text.lower()}")
        if cls and not (
            tokens[c].dep == "advmod"
            and tokens[c].text.lower() not in {"down", "out", "off", "up", "away", "back", "over", "together"}
        ):
            return _span(token.i, c, cls)
    if not _suits(parsed, children, token, lemma):
        return None
    cls = table["verbs"].get(lemma)
    return Trigger(token.i, cls, token.i, token.i) if cls else None


def _suits(parsed: Parsed, children: Sequence[Sequence[int]], token: Token, lemma: str) -> bool:
    """Whether two everyday verbs are the act that the lexicon means: ask for or to, leave a place."""
    tokens = parsed.tokens
    kids = [tokens[c] for c in children[token.i]]
    if lemma in {"ask", "press"}:
        wanted = any(k.dep == "prep" and k.text.lower() == "for" for k in kids)
        return wanted or any(
            k.dep in {"xcomp", "ccomp"}
            and any(tokens[d].text.lower() == "to" and tokens[d].dep == "aux" for d in children[k.i])
            for k in kids
        )
    if lemma == "leave":
        return not any(k.dep in {"dobj", "oprd"} and k.pos not in {"PROPN", "PRON"} for k in kids)
    return True


def _span(verb: int, other: int, cls: str) -> Trigger:
    near = other if abs(other - verb) <= 4 else verb
    return Trigger(verb, cls, min(verb, near), max(verb, near))


def _objects(parsed: Parsed, children: Sequence[Sequence[int]], token: Token) -> list[int]:
    """Nouns a verb has to do with: objects, passive subject, objects of its prepositions, complements; coordinated ones too."""
    tokens = parsed.tokens
    out: list[int] = []
    stack = [
        c
        for c in children[token.i]
        if tokens[c].dep in {"dobj", "nsubjpass", "attr", "oprd", "dative", "acomp", "advmod"}
        or (tokens[c].dep == "ccomp" and tokens[c].pos == "ADJ")  # "found guilty", "found them guilty"
    ]
    for c in children[token.i]:
        if tokens[c].dep in {"prep", "agent", "prt"} and tokens[c].text.lower() not in _LOOSE:
            stack.extend(d for d in children[c] if tokens[d].dep == "pobj")
    if token.dep == "conj" and not any(tokens[c].dep == "dobj" for c in children[token.i]) and token.head < token.i:
        # "remain in the pact but could leave": the object is said once
        stack.extend(_objects(parsed, children, tokens[token.head]))
    # "a complaint filed by": the noun that a participle describes is its object
    if token.dep == "acl" and token.tag == "VBN":
        stack.append(token.head)
    while stack:
        i = stack.pop(0)
        if i in out:
            continue
        out.append(i)
        stack.extend(c for c in children[i] if tokens[c].dep == "conj" and tokens[c].pos in {"NOUN", "PROPN"})
        # "the process of filing", "a series of restrictions", "its list of partners", "export restrictions"
        for c in children[i]:
            if tokens[c].dep == "prep" and tokens[c].text.lower() == "of":
                stack.extend(d for d in children[c] if tokens[d].dep == "pobj")
            elif tokens[c].dep == "compound":
                out.append(c)
    return out


def _noun(parsed: Parsed, children: Sequence[Sequence[int]], token: Token) -> str | None:
    table = _table()
    lemma = form_of(token)
    tokens = parsed.tokens
    around: set[str] = set()
    if lemma in table["noun_of"]:
        for c in children[token.i]:
            if tokens[c].dep in {"compound", "amod", "poss"}:
                around.add(form_of(tokens[c]))
            elif tokens[c].dep == "prep":
                for d in children[c]:
                    around.add(form_of(tokens[d]))
                    for e in children[d]:
                        around.add(form_of(tokens[e]))
                        around.update(form_of(tokens[f]) for f in children[e])
        for words, cls in table["noun_of"][lemma]:
            if words & around:
                return str(cls)
    found = table["nouns"].get(lemma)
    return str(found) if found else None


def _by_words(parsed: Parsed) -> list[Trigger]:
    """Without dependencies: verbs and nouns by form; a frame's object must follow within six words."""
    table = _table()
    out: list[Trigger] = []
    forms = [form_of(t, parsed=False) if t.text[0].isalpha() else "" for t in parsed.tokens]
    capital = frozenset(load("shapes")["never"].split())
    for token in parsed.tokens:
        form = forms[token.i]
        if not form or token.pos in {"DET", "ADP", "PRON", "AUX", "CCONJ", "PART"}:
            continue
        if token.pos == "PROPN" and token.text not in capital:
            continue
        after = forms[token.i + 1 : token.i + 7]
        following = token.i + 1
        particle = forms[following] if following < len(forms) else ""
        frames = [*table["frames"].get(f"{form}_{particle}", ()), *table["frames"].get(form, ())]
        cls = next((c for words, c in frames if words & set(after)), None)
        cls = cls or table["verbs"].get(f"{form}_{particle}") or table["verbs"].get(form) or table["nouns"].get(form)
        if cls:
            out.append(Trigger(token.i, cls, token.i, token.i))
    return out
