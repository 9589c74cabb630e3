"""Which candidate frames attribute: named features of a candidate, weights fitted on labelled news, one threshold.

`weights.json` beside this file holds the weights with their provenance; `tests/quality/fit_attribution.py` fits them.
A feature is a word of what the candidate is ("kind=clause", "family=say", "subject=pronoun"), so that a judgement can
be read; `explain` gives its parts.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from app.core.claims.frames import Frame
from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.lexicon.load import word_set
from app.core.records import Stance
from app.core.text import Quote, touching
from app.core.thresholds import NESTED_LOGIT, UNDOING_LOGIT

__all__ = ["attributes", "explain", "features", "probability_logit"]


_REPORTED = frozenset(
    "clause before according wh p-comma p-after-quote p-before-quote quoted-after p-that p-as".split()
)
_REPORTING = frozenset("say claim according deny show".split())


@lru_cache(maxsize=1)
def _weights() -> tuple[Mapping[str, float], float]:
    raw = json.loads(files("app.core.claims").joinpath("weights.json").read_text(encoding="utf-8"))
    return raw["weights"], float(raw["threshold"])


def attributes(sentence: ReadSentence, frame: Frame, siblings: Sequence[Frame], quotes: Sequence[Quote]) -> float:
    """How far a candidate stands above the threshold, in log-odds: positive for an attribution.

    The labelled data leave out most attributions inside attributions; a reader wants them ("the agency reports that an
    aide said ..."), so a nested one whose source is named is judged as if it stood alone, against a higher bar.
    """
    weights, threshold = _weights()
    named = features(sentence, frame, siblings, quotes)
    logit = probability_logit(named, weights) - threshold
    if frame.kind == "noun-that" and frame.stance in {Stance.RETRACTS, Stance.DENIES}:
        return max(logit, UNDOING_LOGIT)  # what is told to be wrong is not the outlet's own word
    if logit > 0 or frame.source_head is None or frame.kind not in _REPORTED or frame.family not in _REPORTING:
        return logit
    alone = [f for f in named if not f.startswith(("nested", "cue-in-quotes"))]
    if len(alone) == len(named) or sentence.parsed.tokens[frame.source_head].pos == "PRON":
        return logit
    return probability_logit(alone, weights) - NESTED_LOGIT


def probability_logit(named: Sequence[str], weights: Mapping[str, float]) -> float:
    return weights.get("", 0.0) + sum(weights.get(f, 0.0) for f in named)


def explain(named: Sequence[str]) -> list[tuple[str, float]]:
    """The features that moved a judgement, weightiest first."""
    weights, _ = _weights()
    return sorted(((f, weights[f]) for f in named if f in weights), key=lambda fw: (-abs(fw[1]), fw[0]))


def features(
    sentence: ReadSentence, frame: Frame, siblings: Sequence[Frame], quotes: Sequence[Quote]
) -> tuple[str, ...]:
    """What is known of a candidate, as words."""
    tokens = sentence.parsed.tokens
    verb = tokens[frame.verb]
    out = [
        f"kind={frame.kind}",
        f"family={frame.family}",
        f"{frame.kind}+{frame.family}",
        f"lemma={frame.lemma}",
        f"lemma+kind={frame.lemma}+{frame.kind}",
        f"tag={verb.tag}",
        f"tag+family={verb.tag}+{frame.family}",
        *frame.features,
    ]
    out.extend(f"{f}+{frame.family}" for f in frame.features)
    out.extend(_who(tokens, frame))
    out.extend(_frame_shape(tokens, frame))
    out.extend(_content_shape(sentence, frame, quotes))
    out.extend(_surroundings(sentence, frame, siblings, quotes))
    return tuple(dict.fromkeys(out))


def _who(tokens: Sequence[Token], frame: Frame) -> list[str]:
    if frame.source_head is None:
        return ["subject=none", f"subject=none+{frame.family}"]
    head = tokens[frame.source_head]
    low = head.text.lower()
    if low in ("i", "we", "you"):
        kind = low
    elif head.pos == "PRON":
        kind = (
            low
            if low in ("it", "who", "that", "which", "they", "this", "one")
            else "person-pronoun"
            if low in ("he", "she")
            else "pronoun"
        )
    elif head.entity == "PERSON":
        kind = "person"
    elif head.entity in ("ORG", "NORP", "GPE"):
        kind = head.entity
    elif head.pos == "PROPN":
        kind = "name"
    elif low in word_set("speakers", "documents") or head.lemma in word_set("speakers", "documents"):
        kind = "document"
    elif low in word_set("speakers", "organisations"):
        kind = "organisation"
    elif (
        low in word_set("speakers", "groups")
        or low in word_set("speakers", "persons")
        or head.lemma in word_set("roles", "nouns")
    ):
        kind = "person-noun"
    else:
        kind = "thing"
    return [f"subject={kind}", f"subject={kind}+{frame.family}", f"subject={kind}+{frame.kind}"]


def _frame_shape(tokens: Sequence[Token], frame: Frame) -> list[str]:
    out = []
    for t in tokens:
        if t.head == frame.verb and t.i != frame.verb:
            low = t.lemma
            if t.dep in ("aux", "auxpass"):
                out.append(f"aux={low}")
            elif t.dep == "neg":
                out.append("negated")
            elif t.dep == "mark":
                out.append(f"mark={low}")
            elif t.dep == "advmod" and low in ("when", "how", "why", "where"):
                out.append("asked-adverb")
    verb = tokens[frame.verb]
    if verb.dep in ("advcl", "xcomp", "conj", "acl", "relcl", "ccomp", "pcomp", "csubj"):
        out.append(
            f"under={verb.dep}+{tokens[verb.head].lemma if tokens[verb.head].lemma in ('say', 'be', 'have', 'go', 'try', 'use') else tokens[verb.head].pos}"
        )
    return out


def _content_shape(sentence: ReadSentence, frame: Frame, quotes: Sequence[Quote]) -> list[str]:
    length = sum(e - s for s, e in frame.content)
    starts = [sentence.start + t.start for t in sentence.parsed.tokens]
    words = sum(bisect_left(starts, e) - bisect_left(starts, s) for s, e in frame.content)
    inside = sum(min(e, q.end) - max(s, q.start) for s, e in frame.content for q in touching(quotes, s, e))
    share = "all" if inside > 0.9 * length else "most" if inside > 0.5 * length else "part" if inside else "none"
    bucket = "1" if words <= 1 else "2-3" if words <= 3 else "4-7" if words <= 7 else "8-15" if words <= 15 else "16+"
    return [
        f"words={bucket}",
        f"words={bucket}+{frame.kind}",
        f"quoted={share}",
        f"quoted={share}+{frame.family}",
        f"quoted={share}+{frame.kind}",
    ]


def _surroundings(
    sentence: ReadSentence, frame: Frame, siblings: Sequence[Frame], quotes: Sequence[Quote]
) -> list[str]:
    out = []
    if any(q.start < frame.cue[0] < q.end for q in quotes):
        out += ["cue-in-quotes", f"cue-in-quotes+{frame.family}"]
    around = [
        s
        for s in siblings
        if s.verb != frame.verb and any(a <= frame.cue[0] and frame.cue[1] <= b for a, b in s.content)
    ]
    strong = [
        s
        for s in around
        if s.family in ("say", "claim", "show", "according") and s.kind in ("clause", "before", "according", "wh")
    ]
    if strong:
        out += ["nested", f"nested+{frame.family}", f"nested+{frame.kind}"]
    elif any(s.family != "other" for s in around):
        out.append("nested-weakly")
    if any(s.verb == frame.verb and s.kind != frame.kind for s in siblings):
        rivals = sorted({s.kind for s in siblings if s.verb == frame.verb and s.kind != frame.kind})
        out.extend(f"rival={r}" for r in rivals)
    if sentence.text.rstrip().endswith("?"):
        out.append("question")
    if sentence.start == 0:
        out.append("first-line")
    return out
