"""How an act stands: done or not, certain, planned, possible, wanted, conditional. Walks from the trigger up its governors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.claims.actions.triggers import form_of
from app.core.language import Parsed, Token
from app.core.lexicon.load import load
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Modality, Polarity

__all__ = ["Standing", "standing"]

_ORDER = [Modality.FACT, Modality.FUTURE, Modality.POSSIBLE, Modality.NECESSARY, Modality.ASKED, Modality.CONDITIONAL]
_COMPLEMENTS = frozenset(
    {
        "xcomp",
        "ccomp",
        "pcomp",
        "acl",
        "dobj",
        "pobj",
        "nsubjpass",
        "nsubj",
        "attr",
        "acomp",
        "prep",
        "oprd",
        "conj",
        "advcl",
        "dative",
    }
)


_HAPPENS = frozenset(
    "happen occur come take go proceed stand begin start follow expire hold make complete expect plan schedule sign set conduct carry stage".split()
)
_CALLS = frozenset({"call", "push", "press", "appeal", "plead", "ask", "campaign", "lobby"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Polarity and modality of one act; `governors` are the tokens it was governed by, innermost first."""

    polarity: Polarity
    modality: Modality
    governors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operators:
    modal: dict[tuple[str, str], Modality]  # (kind of word, lemma) -> modality
    auxiliaries: dict[str, Modality]
    negative_verbs: frozenset[str]
    negative_adjectives: frozenset[str]
    negative_nouns: frozenset[str]
    negative_prepositions: frozenset[str]
    negative_adverbs: frozenset[str]
    determiners: frozenset[str]
    carriers: frozenset[str]
    light: frozenset[str]
    marks: frozenset[str]
    phrases: tuple[str, ...]
    condition_words: frozenset[str]


@lru_cache(maxsize=1)
def operators() -> Operators:
    """The table of `operators.toml` in canonical spelling."""
    table = load("operators")

    def words(text: str) -> frozenset[str]:
        return frozenset(canonical_spelling(w) for w in text.split())

    modal: dict[tuple[str, str], Modality] = {}
    auxiliaries: dict[str, Modality] = {}
    for name, row in table["modality"].items():
        for kind in ("verbs", "adjectives", "nouns"):
            for word in words(row.get(kind, "")):
                modal.setdefault((kind, word), Modality(name))
        for word in words(row.get("auxiliaries", "")):
            auxiliaries[word] = Modality(name)
    negative, condition = table["negative"], table["condition"]
    return Operators(
        modal=modal,
        auxiliaries=auxiliaries,
        negative_verbs=words(negative["verbs"]),
        negative_adjectives=words(negative["adjectives"]),
        negative_nouns=words(negative["nouns"]),
        negative_prepositions=words(negative["prepositions"]),
        negative_adverbs=words(negative["adverbs"]),
        determiners=words(negative["determiners"]),
        carriers=words(table["carriers"]["nouns"]),
        light=words(table["carriers"]["light"]),
        marks=words(condition["marks"]) - {"once", "until"},
        phrases=tuple(condition["phrases"]),
        condition_words=words(condition["adverbs"]) | words(condition["adjectives"]),
    )


def standing(parsed: Parsed, children: Sequence[Sequence[int]], i: int, inside: frozenset[int]) -> Standing:
    """How the act at token `i` stands; governors outside `inside` (the reported content) are not asked."""
    if not parsed.has_dependencies:
        return _by_words(parsed, i)
    tokens = parsed.tokens
    ops = operators()
    negative = False
    modalities = [Modality.FACT]
    governors: list[int] = []
    at, seen = i, set[int]()
    while at not in seen:
        seen.add(at)
        token = tokens[at]
        if at == i or token.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            negative ^= _negated(parsed, children, at, ops)
            modalities.extend(_own_modality(parsed, children, at, ops))
        if token.head == at or token.head not in inside:
            break
        head = tokens[token.head]
        step = _step(parsed, children, at, ops)
        if step is None:
            break
        flip, modality = step
        negative ^= flip
        modalities.append(modality)
        at = head.i
        governors.append(at)
    if tokens[i].dep == "csubj" and tokens[i].tag == "VBG":
        modalities.append(Modality.POSSIBLE)  # "scrapping it would be a mistake": weighed, not done
    if _conditioned(parsed, children, i, governors, ops):
        modalities.append(Modality.CONDITIONAL)
    strongest = max(modalities, key=_ORDER.index)
    return Standing(Polarity.NEGATIVE if negative else Polarity.POSITIVE, strongest, tuple(governors))


def _negated(parsed: Parsed, children: Sequence[Sequence[int]], i: int, ops: Operators) -> bool:
    tokens = parsed.tokens
    out = False
    for c in children[i]:
        word = tokens[c].text.lower()
        if word == "longer" and c and tokens[c - 1].text.lower() == "no":
            out = not out
        elif tokens[c].dep == "neg" or (
            tokens[c].dep in {"advmod", "preconj", "cc"} and word in ops.negative_adverbs and word != "nor"
        ):
            # "not only ... but also" denies nothing; "no later than" neither
            following = [tokens[d].text.lower() for d in range(c + 1, min(c + 2, len(tokens)))]
            if not (word == "not" and following and following[0] in {"only", "just", "least", "surprisingly"}):
                out = not out
        elif tokens[c].dep in {"det", "advmod"} and word in ops.determiners and tokens[i].pos in {"NOUN", "PROPN"}:
            out = not out
        elif tokens[c].dep in {"nsubj", "nsubjpass", "dobj"} and tokens[i].pos in {"VERB", "AUX"}:
            short = c + 1 < len(tokens) and tokens[c + 1].text.lower() in {"short", "but", "less"}
            out ^= (word in {"nobody", "none", "nothing", "no-one"} and not short) or any(
                tokens[d].dep in {"det", "neg"} and tokens[d].text.lower() in ops.determiners for d in children[c]
            )
    if "nor" in (tokens[c].text.lower() for c in children[i] if tokens[c].dep in {"cc", "preconj"} and c < i):
        out = not out
    return out


def _own_modality(parsed: Parsed, children: Sequence[Sequence[int]], i: int, ops: Operators) -> list[Modality]:
    tokens = parsed.tokens
    out: list[Modality] = []
    for c in children[i]:
        token = tokens[c]
        word = token.text.lower()
        if token.dep in {"aux", "auxpass"}:
            if word in {"will", "'ll", "’ll", "shall", "would", "wo", "'d", "’d"} and not (
                word.endswith("d") and "'" in word and tokens[i].tag == "VBN"
            ):
                out.append(Modality.FUTURE)
            elif word in ops.auxiliaries or (word == "ca" and c + 1 < len(tokens)):
                out.append(ops.auxiliaries.get(word, Modality.POSSIBLE))
        elif token.dep == "advmod" and word in {"possibly", "perhaps", "maybe", "potentially"}:
            out.append(Modality.POSSIBLE)
        if token.dep in {"advmod", "amod"} and word in ops.condition_words:
            out.append(Modality.CONDITIONAL)
        if token.dep == "prep":
            out.extend(
                Modality.CONDITIONAL
                for d in children[c]
                if any(tokens[e].text.lower() in ops.condition_words for e in children[d])
                or (tokens[d].lemma == "condition" and tokens[c].text.lower() == "on")
            )
    return out


def _step(parsed: Parsed, children: Sequence[Sequence[int]], at: int, ops: Operators) -> tuple[bool, Modality] | None:
    """Going from `at` to its head: does the head turn it, what does it add; None when the head does not govern it."""
    tokens = parsed.tokens
    token, head = tokens[at], tokens[tokens[at].head]
    dep = token.dep
    lemma = form_of(head)
    phrasal = {f"{lemma}_{tokens[c].text.lower()}" for c in children[head.i] if tokens[c].dep in {"prt", "prep"}} | {
        lemma
    }
    if dep not in _COMPLEMENTS:
        return None
    if dep == "advcl":
        # "called for Tokyo to cancel": an infinitive with "for" is what is called for
        words = {tokens[c].text.lower() for c in children[at] if tokens[c].dep in {"mark", "aux"}}
        near = head.pos == "VERB" and lemma in _CALLS and "to" in words
        return (False, Modality.ASKED) if near and any(t.text.lower() == "for" for t in tokens[head.i : at]) else None
    if head.dep == "prep" or head.pos == "ADP":
        word = head.text.lower()
        over = tokens[head.head]
        if word in {"without", "despite"} and dep in {"pcomp", "pobj"}:
            return (word == "without", Modality.FACT) if dep == "pcomp" or word == "without" else None
        if word == "of" and any(tokens[c].text.lower() == "instead" for c in (head.i - 1,) if c >= 0):
            return True, Modality.FACT
        if word == "than" and head.i > 0 and tokens[head.i - 1].text.lower() == "rather":
            return True, Modality.FACT
        governs = over.pos in {"NOUN", "VERB", "ADJ"} and _governs(parsed, children, over, ops)
        if governs and word in {"of", "to", "for", "on", "from", "in", "at", "about", "with", "against", "over"}:
            return (
                word == "from"
                and over.pos == "VERB"
                and form_of(over) not in ops.negative_verbs
                and form_of(over) in {"keep", "dissuade", "deter", "discourage"}
            ), Modality.FACT
        return None
    if dep == "prep":
        # from a preposition to what it hangs on
        if head.pos in {"VERB", "NOUN", "ADJ"}:
            return _effect(head, phrasal, ops)
        return None
    if head.pos in {"NOUN", "PROPN"}:
        if dep in {"acl", "pcomp", "ccomp", "xcomp"} and (
            lemma in ops.carriers or ("nouns", lemma) in ops.modal or lemma in ops.negative_nouns
        ):
            infinitive = any(tokens[c].dep == "aux" and tokens[c].text.lower() == "to" for c in children[at])
            if dep == "acl" and not infinitive and token.tag not in {"VBG", "VB"}:
                return None
            return lemma in ops.negative_nouns, ops.modal.get(("nouns", lemma), Modality.FACT)
        if dep == "conj" and token.pos == "NOUN":
            return False, Modality.FACT
        return None
    if dep == "conj":
        own_subject = any(tokens[c].dep in {"nsubj", "nsubjpass"} for c in children[at])
        if own_subject or head.pos not in {"VERB", "AUX"} or token.pos not in {"VERB", "AUX"}:
            return None
        # The first member's own governors hold for the second; its own negation only in "not A or B".
        either = any(tokens[c].dep == "cc" and tokens[c].text.lower() in {"or", "nor"} for c in children[head.i])
        if token.tag in {"VBD", "VBZ", "VBP"} and token.tag != head.tag:
            return None  # "would protest and urged": the second has its own tense
        undo = _negated(parsed, children, head.i, ops) and not either
        return undo, Modality.FACT
    if head.pos in {"VERB", "AUX", "ADJ"}:
        if dep == "nsubj" and token.pos in {"NOUN", "VERB"}:
            # "the extension was postponed" is nsubjpass; "an extension is unlikely", "the talks failed", "no decision came"
            adjectives = [form_of(tokens[c]) for c in children[head.i] if tokens[c].dep == "acomp"]
            if any(a in ops.negative_adjectives for a in adjectives):
                return True, Modality.FUTURE
            likely = next((ops.modal["adjectives", a] for a in adjectives if ("adjectives", a) in ops.modal), None)
            # "the talks will take place"; but "the decision won't impact trade" does not deny the decision
            return (False, likely or Modality.FACT) if likely or head.pos == "AUX" or lemma in _HAPPENS else None
        if dep in {"dobj", "nsubjpass", "attr", "dative", "oprd"} and tokens[at].pos == "NOUN":
            if any(p in ops.negative_verbs for p in phrasal):
                return True, Modality.FACT
            if lemma == "call":
                return None  # "called the move a mistake"
            if lemma in ops.light or head.pos == "AUX" or lemma in _HAPPENS:
                return False, Modality.FACT
            if ("verbs", lemma) in ops.modal:
                return False, ops.modal["verbs", lemma]
            return None
        if lemma == "have" and any(tokens[c].text.lower() == "yet" for c in children[head.i]):
            return True, Modality.FACT  # "has yet to announce"
        if dep in {"ccomp", "xcomp"} and head.pos == "AUX" and lemma == "be":
            return False, Modality.FACT
        finite = not any(tokens[c].dep == "aux" and tokens[c].text.lower() == "to" for c in children[at])
        if finite and lemma in _FINITE_IS_FACT and dep in {"ccomp", "xcomp"}:
            return False, Modality.FACT
        return _effect(head, phrasal, ops)
    return None


# With a clause of its own verb form these only report or cause: "told them that it would", "have them meet", "agreed that".
_FINITE_IS_FACT = frozenset({"tell", "warn", "swear", "mean", "agree", "have", "determine", "ask", "set", "let"})


def _governs(parsed: Parsed, children: Sequence[Sequence[int]], over: Token, ops: Operators) -> bool:
    lemma = form_of(over)
    if over.pos == "NOUN":
        return lemma in ops.carriers or lemma in ops.negative_nouns or ("nouns", lemma) in ops.modal
    phrasal = {
        f"{lemma}_{parsed.tokens[c].text.lower()}" for c in children[over.i] if parsed.tokens[c].dep == "prt"
    } | {lemma}
    return (
        over.pos == "ADJ"
        or any(p in ops.negative_verbs or ("verbs", p) in ops.modal for p in phrasal)
        or lemma in ops.light
    )


def _effect(head: Token, phrasal: set[str], ops: Operators) -> tuple[bool, Modality]:
    lemma = form_of(head)
    if head.pos == "ADJ":
        return lemma in ops.negative_adjectives, ops.modal.get(("adjectives", lemma), Modality.FACT)
    if head.pos == "NOUN":
        return lemma in ops.negative_nouns, ops.modal.get(("nouns", lemma), Modality.FACT)
    if any(p in ops.negative_verbs for p in phrasal):
        return True, Modality.FACT
    return False, ops.modal.get(("verbs", lemma), Modality.FACT)


def _conditioned(
    parsed: Parsed, children: Sequence[Sequence[int]], i: int, governors: Sequence[int], ops: Operators
) -> bool:
    """A clause with "if" or "as long as" hangs on the act or on its nearest governors, or the act stands in one."""
    tokens = parsed.tokens
    for at in (i, *governors):
        for c in children[at]:
            if tokens[c].dep == "advmod":
                first = min((*_left(children, c), c))
                if any(" ".join(t.text.lower() for t in tokens[first : first + 3]).startswith(p) for p in ops.phrases):
                    return True
            elif tokens[c].dep in {"advcl", "prep"}:
                first = min((*_left(children, c), c))
                opening = " ".join(t.text.lower() for t in tokens[first : first + 5])
                marks = {tokens[d].text.lower() for d in children[c] if tokens[d].dep == "mark"}
                if marks & (ops.marks - {"unless"}) or any(opening.startswith(p) for p in ops.phrases):
                    return True
            elif tokens[c].dep == "mark" and tokens[c].text.lower() in ops.marks and tokens[at].dep == "advcl":
                return True
    return False


def _left(children: Sequence[Sequence[int]], i: int) -> list[int]:
    return [c for c in children[i] if c < i]


def _by_words(parsed: Parsed, i: int) -> Standing:
    ops = operators()
    before = [t.text.lower() for t in parsed.tokens[max(0, i - 5) : i]]
    clause: list[str] = []
    for word in reversed(before):
        if word in {",", ";", ".", ":", "and", "but", "that", "which", "who"}:
            break
        clause.append(canonical_spelling(word))
    negative = sum(
        w in ops.negative_adverbs
        or w.endswith("n't")
        or w.rstrip("ds") in {"refuse", "denie", "deny", "decline", "faile", "fail"}
        for w in clause
    )
    modality = Modality.FACT
    for word in clause:
        if word in {"will", "would", "shall", "won't"}:
            modality = max(modality, Modality.FUTURE, key=_ORDER.index)
        elif word in ops.auxiliaries:
            modality = max(modality, ops.auxiliaries[word], key=_ORDER.index)
        elif word in ops.marks:
            modality = Modality.CONDITIONAL
    return Standing(Polarity.NEGATIVE if negative % 2 else Polarity.POSITIVE, modality, ())
