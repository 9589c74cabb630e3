"""Which words of a sentence name an action, and of which class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.claims.actions.conditions import opens_condition
from app.core.claims.actions.operators import operators
from app.core.claims.tree import SUBJECTS, Tree
from app.core.lexicon.actions import action_lookup
from app.core.lexicon.load import remembered
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Modality

__all__ = ["Trigger", "find_triggers", "plain_verbs", "predicates"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an action: token index, class, first and last token of its words."""

    i: int
    cls: str
    first: int
    last: int


@remembered(1)
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


def find_triggers(tree: Tree) -> list[Trigger]:
    """Triggers of the lexicon's classes in order; a noun that a verb's frame used is no trigger of its own."""
    used: set[int] = set()
    verbs = [t.i for t in tree.tokens if _is_verb(tree, t.i) and t.dep != "amod" and not _hyphened(tree, t.i)]
    out = [found for i in verbs if (found := _verb(tree, i, used))]
    taken = used | {t.i for t in out}
    for token in tree.tokens:
        if token.pos != "NOUN" or token.i in taken or token.dep == "compound" or _hyphened(tree, token.i):
            continue
        if cls := _noun(tree, token.i):
            out.append(Trigger(token.i, cls, token.i, token.i))
    return sorted(out, key=lambda t: t.i)


def _is_verb(tree: Tree, i: int) -> bool:
    """Tagged as one, or with what only a verb has: "demanded that the director resign", "only then will it vote"."""
    token = tree.tokens[i]
    if token.pos in {"NOUN", "PROPN", "ADJ"}:
        return token.tag.startswith("VB") or (
            token.dep in {"ccomp", "ROOT", "advcl"} and bool(tree.kids(i, "mark", "aux"))
        )
    return token.pos == "VERB" and not opens_condition(tree, i)


def plain_verbs(tree: Tree, known: Sequence[Trigger]) -> list[Trigger]:
    """Verbs of no class, each under its lemma; those that only govern another act or say nothing are left out."""
    taken, ops = {t.i for t in known}, operators()
    empty = ops.predicates_silent | ops.negative_verbs | ops.carriers_light
    return [
        Trigger(t.i, lemma, t.i, t.i)
        for t in tree.tokens
        if _is_verb(tree, t.i)
        and t.i not in taken
        and t.dep != "amod"
        and (lemma := tree.form(t.i)) not in empty
        and ops.modal.get(("verbs", lemma)) in {None, Modality.ALLEGED}  # accusing is a deed of its own
        and not _hyphened(tree, t.i)
    ]


def predicates(tree: Tree, known: Sequence[Trigger]) -> list[Trigger]:
    """What something is said to be or not to be, each under its lemma: "safe" of "the road was not safe"."""
    taken, ops = {t.i for t in known}, operators()
    return [
        Trigger(t.i, lemma, t.i, t.i)
        for t in tree.tokens
        if t.pos in {"ADJ", "NOUN"}
        and t.i not in taken
        and _is_predicated(tree, t.i)
        and (lemma := tree.form(t.i)) not in ops.predicates_empty | ops.negative_adjectives
        and not (
            ("adjectives", lemma) in ops.modal and tree.kids(t.i, "xcomp", "prep", "ccomp")
        )  # "open to", "likely to"
        and not any(tree.form(c) in ops.predicates_narrows or tree.tokens[c].tag == "JJS" for c in tree.children[t.i])
    ]


def _is_predicated(tree: Tree, i: int) -> bool:
    """Said of something by a copula, beside what is said so, or behind a word that falls short of it ("far from safe")."""
    ops, token = operators(), tree.tokens[i]
    over, so = token.head, ops.predicates_copulas
    if (
        token.dep == "conj"
        and over < i
        and (tree.tokens[over].pos in {"ADJ", "NOUN"} or tree.tokens[over].dep == "prep")
    ):
        return _is_predicated(tree, over)
    if token.dep in {"amod", "pobj", "pcomp", "prep"}:
        prep = i if token.dep == "prep" else over
        far = tree.tokens[prep].head
        return f"{tree.low[far]}_{tree.low[prep]}" in ops.negative_short_of and tree.form(tree.tokens[far].head) in so
    return token.dep in {"acomp", "attr", "oprd", "conj"} and tree.form(over) in so and not tree.kids(i, *SUBJECTS)


def _hyphened(tree: Tree, i: int) -> bool:
    """Part of a hyphened modifier: "an intelligence-sharing pact" shares nothing."""
    token, before = tree.tokens[i], tree.tokens[i - 1] if i else None
    return before is not None and before.text == "-" and before.end == token.start and token.head > i


def _verb(tree: Tree, i: int, used: set[int]) -> Trigger | None:
    table, ops = _table(), operators()
    lemma = tree.form(i)
    particles = {
        f"{lemma}_{tree.low[c]}": c for c in tree.kids(i, "prt", "prep", "advmod", "agent") if tree.low[c].isalpha()
    }
    objects = _objects(tree, i)
    named = [o for o in tree.kids(i, "dobj", "nsubjpass") if tree.tokens[o].pos == "PROPN"]
    phrasal = any(
        f"{lemma}_{tree.low[c]}" in table["verbs"] for c in tree.kids(i, "prt")
    )  # "call off" is no call for it
    for form, at in particles.items() if phrasal else {**particles, lemma: i}.items():
        for words, cls in table["frames"].get(form, ()):
            hit = [o for o in objects if tree.form(o) in words] or (named if "NAME" in words else [])
            if hit:
                used.update(hit)
                return _span(i, at, cls)
    for form, c in particles.items():
        if form in table["verbs"] and (tree.tokens[c].dep != "advmod" or tree.low[c] in ops.predicates_adverbs):
            return _span(i, c, table["verbs"][form])
    cls = table["verbs"].get(lemma) if _suits(tree, i, lemma) else None
    return Trigger(i, cls, i, i) if cls else None


def _suits(tree: Tree, i: int, lemma: str) -> bool:
    """Whether two everyday verbs are the act that the lexicon means: ask for or to, leave a place."""
    if lemma in {"ask", "press"}:
        return "for" in tree.words(i, "prep") or any(
            "to" in tree.words(k, "aux") for k in tree.kids(i, "xcomp", "ccomp")
        )
    return lemma != "leave" or all(tree.tokens[k].pos in {"PROPN", "PRON"} for k in tree.kids(i, "dobj", "oprd"))


def _span(verb: int, other: int, cls: str) -> Trigger:
    near = other if abs(other - verb) <= 4 else verb
    return Trigger(verb, cls, min(verb, near), max(verb, near))


def _objects(tree: Tree, i: int) -> list[int]:
    """Nouns a verb has to do with: objects, passive subject, objects of its prepositions, complements; coordinated ones too."""
    token, tokens = tree.tokens[i], tree.tokens
    stack = [
        *tree.kids(i, "dobj", "nsubjpass", "attr", "oprd", "dative", "acomp", "advmod"),
        *(c for c in tree.kids(i, "ccomp") if tokens[c].pos == "ADJ"),  # "found guilty", "found them guilty"
    ]
    stack.sort()
    for c in tree.kids(i, "prep", "agent", "prt"):
        if tree.low[c] not in operators().predicates_circumstances:
            stack.extend(tree.kids(c, "pobj"))
    if token.dep == "conj" and not tree.kids(i, "dobj") and token.head < i:
        stack.extend(_objects(tree, token.head))  # "remain in the pact but could leave": the object is said once
    if token.dep == "acl" and token.tag == "VBN":
        stack.append(token.head)  # "a complaint filed by": the noun that a participle describes is its object
    out: list[int] = []
    while stack:
        k = stack.pop(0)
        if k not in out:
            out.append(k)
            stack.extend(c for c in tree.kids(k, "conj") if tokens[c].pos in {"NOUN", "PROPN"})
            # "the process of filing", "a series of restrictions", "its list of partners", "export restrictions"
            stack.extend(d for p in tree.kids(k, "prep") if tree.low[p] == "of" for d in tree.kids(p, "pobj"))
            out.extend(tree.kids(k, "compound"))
    return out


def _noun(tree: Tree, i: int) -> str | None:
    table, lemma = _table(), tree.form(i)
    if lemma in table["noun_of"]:
        near = [*tree.kids(i, "compound", "amod", "poss")]
        for p in tree.kids(i, "prep"):
            near += [
                x
                for d in tree.children[p]
                for e in (d, *tree.children[d])
                for x in (e, *(tree.children[e] if e != d else ()))
            ]
        around = {tree.form(x) for x in near}
        for words, cls in table["noun_of"][lemma]:
            if words & around:
                return str(cls)
    found = table["nouns"].get(lemma)
    return str(found) if found else None
