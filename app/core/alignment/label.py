"""The label of a row: the shortest clear wording of its proposition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.records import Claim
from app.core.text import fold
from app.core.thresholds import LABEL_FIT, LABEL_LETTERS, LABEL_LETTERS_GOOD, LABEL_WORDS

__all__ = ["clause_of", "clear", "cut_to", "distinct_labels", "row_label", "row_labels"]

_EDGES = " ,;:.!?—–-"
_QUOTES = '"“”„«»'
_LEANING = frozenset(
    "it its he she they them their his her hers this that these those to which who whom whose we i you our us my your as"
    " but and or so then there here such both another".split()
)
"""First words that lean on what stood before them."""
_LEANING_NAMES = re.compile(
    r"^the (?:\w+ )?(?:decision|move|announcement|step|ruling|incident|latter|former|pair|two|aide|analyst)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-Z][A-Z/ .]+ ?(?:--|—|–|\([^)]*\)[ –—-]*) *")
_JOINING = re.compile(
    r"^(?:but|and|yet|so|still|however|meanwhile|also|now|later|at first|accordingly),? +", re.IGNORECASE
)
_OPENING = re.compile(
    r"^(?:in|on|at|to|for|with|by|from|during|after|before|under|upon|since|of|as|when|while|amid|despite|given|last|this"
    r"|earlier|following|according)\b[^,]*, +",
    re.IGNORECASE,
)
"""An adverbial in front of the main clause, up to its comma."""
_BREAKS = re.compile(
    r", (?!\d)|; | -- | — | – | (?=(?:because|amid|while|although|though|whereas|unless|in the belief|sparking|calling|citing|saying"
    r"|adding|despite|so that|in order|in response|in a bid|ahead)\b)"
)
"""Where a sentence goes on with what is not its main clause."""
_ASIDE = re.compile(r", (?:which|who|whose|where)\b[^,]*,")
_SUBORDINATE = re.compile(
    r"^(?:[\w’'-]+ ){0,4}(?:before|after|when|while|if|because|although|though|since|until|as|what|how|why)\b",
    re.IGNORECASE,
)
"""A start that makes everything up to the next comma depend on what follows."""
_FINITE = frozenset(
    "is are was were be been has have had does do did will would can could may might must shall should won't isn't aren't"
    " wasn't weren't hasn't haven't hadn't don't doesn't didn't wouldn't couldn't can't cannot".split()
)
_PREPOSITIONS = frozenset(
    "in on at to of for with by from and or the a an that which who whom than as into over under after before said ordered told longer not no more less very".split()
)
"""Words that no whole statement ends with."""
_ADJUNCT = re.compile(
    r" (?=(?:for|in|on|at|by|from|over|during|after|before|under|with|amid|about|through|who|which|whose|where)\b)"
)
"""Where a phrase begins that a statement can do without."""
_APPOSITION = re.compile(r"^(?:an?|the|its) [^,]{3,60}, (?=[A-Z])")
"""What a source is called besides its name, left in front of what it reports: "a news agency, Moon may ..."."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def row_label(claims: Sequence[Claim], fits: Sequence[float] = ()) -> str:
    """The best of `row_labels`."""
    return row_labels(claims, fits)[0]


def row_labels(claims: Sequence[Claim], fits: Sequence[float] = ()) -> list[str]:
    """The wordings that these claims offer, best first, never none; the order of the claims plays no part.

    A good one is a whole statement that stands on its own: it has a subject and a finite verb, leans on no pronoun, opens
    no quotation that it does not close, and is short. Adverbials in front of the main clause and what follows it are left
    out where the statement is too long. `fits` says how well each claim fits the row: what a claim tells that hardly
    belongs there is no label for it. Only where no claim offers a good one is a wording cut at a word.
    """
    found: dict[str, tuple[bool, bool, bool, bool, int, str]] = {}
    best = max(fits, default=0.0)
    for claim, fit in zip(claims, fits or [0.0] * len(claims), strict=True):
        for text in _wordings(claim):
            short = cut_to(text, claim=claim)
            poor = _poor(text, claim) or _poor(short.removesuffix(" …"), claim)
            size = _leans_on_another(text, claim), len(text) > LABEL_LETTERS_GOOD, len(text)
            cost = (poor, fit < LABEL_FIT * best, *size, short)
            found[short] = min(cost, found.get(short, cost))
    return sorted(found, key=lambda label: found[label])


def clause_of(claim: Claim) -> str:
    """What a claim states, as one clause without its reporting frame, shortened where that leaves a statement."""
    options = _wordings(claim)
    return min(options, key=lambda t: (_poor(t, claim), len(t), t))


def clear(claim: Claim) -> bool:
    """Whether what the claim states stands on its own."""
    return not _poor(clause_of(claim), claim)


def distinct_labels(offered: Sequence[Sequence[str]]) -> list[str]:
    """One label a row, no two the same: a row whose best is taken takes its next, or says which of them it is.

    Who goes first is told by the wordings, not by the order of the rows.
    """
    taken: set[str] = set()
    out = [""] * len(offered)
    for k in sorted(range(len(offered)), key=lambda k: tuple(offered[k])):
        label = next((o for o in offered[k] if fold(o) not in taken), None)
        if label is None:
            n = next(n for n in range(2, len(offered) + 2) if fold(f"{offered[k][0]} ({n})") not in taken)
            label = f"{offered[k][0]} ({n})"
        taken.add(fold(label))
        out[k] = label
    return out


def _wordings(claim: Claim) -> list[str]:
    """What is reported and the whole claim, each as it stands and without what is around the main clause."""
    parts = [claim.text[max(0, a - claim.start) : max(0, b - claim.start)] for a, b in claim.content]
    out: dict[str, None] = {}
    reported = " ".join(p for p in parts if p)
    if any(t.speaker and t.speaker.start < t.speaker.end for t in claim.attributions):
        reported = _APPOSITION.sub("", reported.lstrip(_EDGES))
    for text in (_clean(reported), _clean(claim.text)):
        main = _main(text, claim)
        for option in (main, text):
            if len(option.split()) >= LABEL_WORDS:
                out[_capital(option)] = None
    return list(out) or [_capital(_clean(claim.text)) or claim.text.strip()]


def _clean(text: str) -> str:
    plain = _balanced(" ".join(text.split()).strip(_EDGES).removeprefix("that "))
    return plain.strip(_EDGES)


def _balanced(text: str) -> str:
    """Without a quotation mark that has no partner, and without a pair that holds everything."""
    opening = sum(text.count(c) for c in "“«„")
    closing = sum(text.count(c) for c in "”»")
    if text.count('"') % 2 or opening != closing:
        return "".join(c for c in text if c not in _QUOTES)
    if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES and sum(c in _QUOTES for c in text) == 2:
        return text[1:-1]
    return text


def _main(text: str, claim: Claim) -> str:
    """The main clause: without dateline, joining word, opening adverbial and what follows."""
    rest = _JOINING.sub("", _DATELINE.sub("", text))
    opened = _OPENING.sub("", rest)
    if len(opened.split()) >= LABEL_WORDS:
        rest = opened
    if len(rest) > LABEL_LETTERS_GOOD:
        rest = _ASIDE.sub("", rest)
        for stop in _BREAKS.finditer(rest):
            head = rest[: stop.start()].strip(_EDGES)
            if len(head.split()) >= LABEL_WORDS and _stands(head, claim):
                rest = head
                break
    return _clean(rest)


def _stands(head: str, claim: Claim | None = None) -> bool:
    whole = _finite(head, claim) and _balanced(head) == head and not _SUBORDINATE.match(head)
    return whole and not _ends_open(head, claim)


def _ends_open(text: str, claim: Claim | None = None) -> bool:
    """Ends with a word that something must follow: a preposition, "was", a second verb ("boarded a flight bound")."""
    word = text.rsplit(" ", 1)[-1].strip(_EDGES)
    last = fold(word) if word.islower() else ""  # "in May"
    verbs = [fold(v) for v in _verbs(claim)] if claim else []
    second = last in verbs and any(fold(w) in verbs or fold(w) in _FINITE for w in _WORD.findall(text)[:-1])
    return last in _PREPOSITIONS or last in _FINITE or second


def _leans_on_another(text: str, claim: Claim) -> bool:
    """Begins with what only the text before tells which it is: "the airline would", "a female receptionist died"."""
    at = claim.text.find(text[1:])
    verb = min((w.start for w in claim.words if w.kind == "verb" and w.start >= claim.start + at), default=claim.end)
    named = any(m.start < verb for m in claim.actors if m.start >= claim.start + at - 1)
    if _DATELINE.match(text):
        return True
    return at >= 0 and not named and re.match(r"(?:the|a|an) [a-z]", text, re.IGNORECASE) is not None


def _poor(text: str, claim: Claim) -> bool:
    """A wording that does not stand on its own."""
    first = re.split("['’]", text.split(maxsplit=1)[0].lower().strip(_EDGES + _QUOTES))[0] if text.split() else ""
    return (
        first in _LEANING
        or first in _FINITE
        or bool(_LEANING_NAMES.match(text) or _SUBORDINATE.match(text))
        or len(text.split()) < LABEL_WORDS
        or (claim.where == "body" and not _finite(text, claim))
        or _ends_open(text, claim)
        or (claim.where == "body" and not _has_subject(text, claim))
    )


def _has_subject(text: str, claim: Claim) -> bool:
    """Whether a noun or a name stands before the first verb. A wording that was pieced together is given the doubt."""
    at = claim.text.find(text[1:])
    if at < 0:
        return True
    start = claim.start + at - 1
    end = start + len(text)
    cues = [t.cue.start for t in claim.attributions if t.cue]
    verbs = [*cues, *(w.start for w in claim.words if w.kind == "verb")]
    verb = min((place for place in verbs if start <= place < end), default=end)
    nouns = [w.start for w in claim.words if w.kind in {"noun", "name"}]
    nouns += [t.speaker.start for t in claim.attributions if t.speaker and t.speaker.start < t.speaker.end]
    return any(start <= place < verb for place in (*nouns, *(m.start for m in claim.actors)))


def _finite(text: str, claim: Claim | None = None) -> bool:
    """Whether its first verb says when: not "to keep", "agreeing" or a participle behind a comma."""
    verbs = {fold(w) for w in _verbs(claim)} if claim else set()
    saying = (
        {fold(w) for t in claim.attributions if t.cue for w in t.cue.text.split()} if claim and _says(claim) else set()
    )
    before, aside, said = "", False, False
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word in {"who", "which", "whose"}:
            aside = True  # "an official who served": the next verb is not the sentence's own
        elif word in saying:
            said = True  # "the inspector said the incidents": what he said has no verb yet
            continue
        elif aside and (word in _FINITE or word in verbs):
            aside = False
            continue
        if word in _FINITE:
            return True
        known = word in verbs if claim else word.endswith(("ed", "s")) and before not in {"", "the", "a"}
        if known and claim and (before == "to" or word.endswith("ing")):
            return said
        if known and not text[: match.start()].rstrip().endswith(","):
            return True
        before = word
    return False


def _says(claim: Claim) -> bool:
    """Whether what is reported has verbs of its own."""
    return any(a <= w.start < b for a, b in claim.content for w in claim.words if w.kind == "verb")


def _verbs(claim: Claim) -> list[str]:
    """The verbs of what is stated and of the reporting frame, as they stand there."""
    spans = [(w.start, w.end) for w in claim.words if w.kind == "verb"]
    spans += [(t.cue.start, t.cue.end) for t in claim.attributions if t.cue]
    return [claim.text[a - claim.start : b - claim.start] for a, b in spans]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def cut_to(text: str, letters: int = LABEL_LETTERS, claim: Claim | None = None) -> str:
    """At most so many characters: less what it can do without at its end, else cut at a word and marked as cut."""
    rest = text.strip()
    for stop in reversed([m.start() for m in _ADJUNCT.finditer(rest)]):
        if len(rest) <= letters:
            break
        head = rest[:stop].rstrip(_EDGES)
        if len(head) <= letters and len(head.split()) > LABEL_WORDS and _stands(head, claim):
            rest = head
    if len(rest) <= letters:
        return rest
    return _balanced(rest[:letters].rsplit(" ", 1)[0]).rstrip(_EDGES) + " …"
