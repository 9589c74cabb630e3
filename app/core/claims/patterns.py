"""Reporting frames that word order and marks alone give away: beside a quotation, between commas, before a colon.

They stand beside the parse's candidates (a parser is often lost around quotations) and are all there is when no
language model is installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.claims.cues import Cues, CueWord, Stance
from app.core.claims.frames_types import Frame
from app.core.claims.quotes import Quote
from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.records import Span
from app.core.thresholds import FRAME_REACH, PHRASE_REACH

__all__ = ["TIMES", "base_verb", "colon_frames", "head_of", "left_phrase", "pattern_frames", "right_phrase"]

_PRONOUNS = frozenset("he she they it i we you one".split())
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow morning afternoon evening night week month year".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those his her their its our my some one another both two three several many most".split()
)
_AUXILIARIES = frozenset(
    "has have had is was were are be been being will would also later then once now further did does do just only 's 've 'd".split()
)
_IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "tells": "tell", "wrote": "write", "written": "write", "thought": "think", "felt": "feel", "found": "find",
    "knew": "know", "known": "know", "meant": "mean", "went": "go", "put": "put", "read": "read", "spoke": "speak", "spoken": "speak", "swore": "swear",
    "heard": "hear", "understood": "understand", "saw": "see", "held": "hold", "forecast": "forecast", "shown": "show", "sang": "sing", "chose": "choose",
}  # fmt: skip
_SUBJECTS = frozenset("he she they it we i you there".split())
_STOPS = frozenset({",", ";", ":", "—", "-", ".", "?", "!", '"', "(", ")", "--"})
_ENDS = frozenset({".", "?", "!", ";"})
_PHRASE_STOPS = frozenset(", of who which ( at for in from with to and".split())
_NOT_CONTENT = frozenset("who which whose and but while as a an the adding citing saying according".split())


def base_verb(token: Token, cues: Cues) -> str | None:
    """The lemma under which the lexicon knows a word form as a reporting verb, whoever tagged it."""
    low = token.text.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low] if _IRREGULAR[low] in cues.verbs else None
    if token.tag and not token.tag.startswith("VB"):
        return None
    if token.lemma in cues.verbs and token.tag:
        return token.lemma
    for ending, back in (
        ("ies", "y"),
        ("ied", "y"),
        ("ying", "y"),
        ("es", ""),
        ("es", "e"),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if low.endswith(ending):
            stem = low[: -len(ending)] + back
            if stem in cues.verbs:
                return stem
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in cues.verbs:
                return stem[:-1]
    return None


def pattern_frames(read: ReadSentence, quotes: Sequence[Quote], cues: Cues) -> Iterator[Frame]:
    """Candidates by pattern, in order of their cue."""
    tokens = read.parsed.tokens
    for token in tokens:
        lemma = base_verb(token, cues)
        if lemma is None:
            continue
        word = cues.verbs[lemma]
        if not _is_finite(token):
            continue
        if word.family in ("say", "claim", "think", "ask", "show", "deny", "call"):
            yield from _beside(read, token, word, quotes)
    yield from _label(read)


def _is_finite(token: Token) -> bool:
    """A participle ("adding that") has no subject of its own: the parse or the clause before gives it."""
    return (
        token.tag in ("VBD", "VBZ", "VBP", "VBN", "NNS", "NN", "NNP")
        if token.tag
        else not token.text.lower().endswith("ing")
    )


# --- around a verb --------------------------------------------------------------------------------------------------


def _beside(read: ReadSentence, verb: Token, word: CueWord, quotes: Sequence[Quote]) -> Iterator[Frame]:
    tokens = read.parsed.tokens
    v = verb.i
    left = left_phrase(tokens, v)
    after_quote = _quote_ending_before(read, (left[0] if left else v), quotes)
    if after_quote is None and left is None:
        stretched = _quote_ending_within(read, v, quotes)
        if stretched is not None:
            left = (stretched, _last_word(tokens, v - 1))
            after_quote = stretched
    inverted = right_phrase(tokens, v) if left is None else None
    source = left or inverted
    frame_start = left[0] if left else v
    frame_end = max(v, inverted[1] if inverted else v)
    tail = _tail(tokens, frame_end)
    if source is not None and frame_start > 0:
        before = tokens[frame_start - 1].text
        closed = after_quote is not None
        comma = before in (",", "—", "-", "--", "?", "!") or closed
        ends = tail is None or tokens[tail].text in (",", ".", ":", ";", "?", "!", "—", '"', "--")
        if comma and (ends or closed) and frame_start >= 2:
            content = [(0, frame_start - 1)]
            extra = []
            rest = _rest(tokens, tail, bare=not closed and not _has_verb(tokens, 0, frame_start - 1))
            if rest is not None:
                content.append(rest)
                extra.append("medial")
            kind = "p-after-quote" if closed else "p-comma"
            if inverted:
                extra.append("inverted")
            if tail is None:
                extra.append("final")
            yield _frame(read, kind, verb, word, source, content, extra)
    if left is not None and left[0] > 0 and tokens[left[0] - 1].text.lower() == "as" and tail is not None:
        yield from _as(read, verb, word, left, tail)
    if left is not None:
        opening = next(
            (t.i for t in tokens[v + 1 : v + 1 + FRAME_REACH] if t.text in (",", ":") or t.text == '"'), None
        )
        if opening is not None:
            first = opening if tokens[opening].text == '"' else opening + 1
            if first < len(tokens) and (tokens[first].text == '"' or _in_quote(read, first, quotes)):
                gap = "near" if opening - v <= 3 else "far"
                yield _frame(read, "p-before-quote", verb, word, left, [(first, len(tokens) - 1)], ["gap=" + gap])
            elif tokens[opening].text == ":" and first < len(tokens):
                yield _frame(read, "p-colon", verb, word, left, [(first, len(tokens) - 1)], [])
    if left is not None and read.parsed.has_dependencies and word.family in ("say", "claim"):
        for k in range(v + 2, min(v + FRAME_REACH, len(tokens) - 2)):
            low, after = tokens[k].text.lower(), tokens[k + 1]
            if low in ('"', ":", ";") or (low == "," and after.text.lower().endswith("ing")):
                break
            if low == "that" or (low in _SUBJECTS and after.tag in ("VBD", "VBZ", "VBP", "MD")):
                yield _frame(
                    read, "p-that", verb, word, left, [(k, len(tokens) - 1)], ["that"] if low == "that" else []
                )
                break
    if not read.parsed.has_dependencies and left is not None:
        yield from _plain(read, verb, word, left)


def _as(read: ReadSentence, verb: Token, word: CueWord, left: tuple[int, int], tail: int) -> Iterator[Frame]:
    """`As the aide said before, ...` and `..., as the aide said, ...`."""
    tokens = read.parsed.tokens
    at = left[0] - 1
    content = []
    if at > 1 and tokens[at - 1].text == ",":
        content.append((0, at - 2))
    if tokens[tail].text == "," and tail + 2 < len(tokens) and (not content or tokens[tail + 1].text[0].islower()):
        content.append((tail + 1, len(tokens) - 1))
    if content and (at <= 2 or content[0][0] == 0):
        yield _frame(read, "p-as", verb, word, left, content, [])


def _plain(read: ReadSentence, verb: Token, word: CueWord, left: tuple[int, int]) -> Iterator[Frame]:
    """`X said (that) ...` without a parse: what follows the verb, a time word apart, to the sentence's end."""
    tokens = read.parsed.tokens
    first = verb.i + 1
    if first >= len(tokens) - 1 or tokens[first].text in _STOPS:
        return
    low = tokens[first].text.lower()
    if word.family in ("say", "claim", "think", "show", "deny") and "clause" in word.takes:
        that = next((k for k in range(first, min(first + 5, len(tokens))) if tokens[k].text.lower() == "that"), None)
        yield _frame(
            read,
            "clause",
            verb,
            word,
            left,
            [(that if that is not None else first, len(tokens) - 1)],
            ["that"] if that is not None else [],
        )
    elif word.family in ("ask", "want", "decline") and low == "to":
        yield _frame(read, "infinitive", verb, word, left, [(first, len(tokens) - 1)], [])


def _frame(
    read: ReadSentence,
    kind: str,
    verb: Token,
    word: CueWord,
    source: tuple[int, int],
    content: Sequence[tuple[int, int]],
    extra: Sequence[str],
) -> Frame:
    tokens = read.parsed.tokens
    spans = []
    for a, b in content:
        a, b = _bare(tokens, a, b)  # noqa: PLW2901
        if b >= a:
            spans.append((read.start + tokens[a].start, read.start + tokens[b].end))
    head = head_of(tokens, *source)
    return Frame(
        kind=kind,
        family=word.family,
        stance=_stance(tokens, verb.i, word),
        lemma=word.lemma,
        cue=(read.start + verb.start, read.start + verb.end),
        verb=verb.i,
        source=(read.start + tokens[source[0]].start, read.start + tokens[source[1]].end),
        source_head=head,
        content=tuple(spans),
        parent=None,
        features=("pattern", *extra),
    )


def _stance(tokens: Sequence[Token], v: int, word: CueWord) -> Stance:
    near = {t.text.lower() for t in tokens[max(0, v - 3) : v]}
    if word.stance == "asserts" and near & {"not", "n't", "never"}:
        return "declines"
    return word.stance


def _bare(tokens: Sequence[Token], a: int, b: int) -> tuple[int, int]:
    while b >= a and (tokens[b].text in (",", ";", ":", "—", "-", ".", "--") or not tokens[b].text.strip()):
        b -= 1
    while a <= b and (tokens[a].text in (",", ";", ":", "—", "-", "--") or not tokens[a].text.strip()):
        a += 1
    return a, b


def _last_word(tokens: Sequence[Token], i: int) -> int:
    while i > 0 and (tokens[i].text in _STOPS or tokens[i].text.lower() in _AUXILIARIES or tokens[i].pos == "ADV"):
        i -= 1
    return i


def head_of(tokens: Sequence[Token], a: int, b: int) -> int:
    """The noun that heads a phrase: what the parse hangs outside it, else the last noun before a comma, "of", "who"."""
    if tokens[a].dep:
        outside = [t.i for t in tokens[a : b + 1] if not a <= t.head <= b or t.head == t.i]
        nouns = [i for i in outside if tokens[i].pos in ("NOUN", "PROPN", "PRON")]
        if nouns:
            return nouns[0]
    best = a
    for i in range(a, b + 1):
        low = tokens[i].text.lower()
        if i > a and (low in _PHRASE_STOPS or tokens[i].pos == "VERB"):
            break
        if tokens[i].text[0].isalnum() and tokens[i].pos not in ("ADV", "DET", "ADP"):
            best = i
    return best


# --- phrases --------------------------------------------------------------------------------------------------------


def left_phrase(tokens: Sequence[Token], v: int) -> tuple[int, int] | None:
    """The noun phrase that stands right before the verb: a pronoun, a name, "the senior aide", "Kim, an aide,"."""
    i = v - 1
    while i >= 0 and (
        tokens[i].text.lower() in _AUXILIARIES
        or tokens[i].pos in ("ADV", "AUX")
        or tokens[i].text.lower() in ("n't", "not")
    ):
        i -= 1
    i = _before_time(tokens, i)
    if i < 0 or tokens[i].text.lower() in ("who", "which", "that"):
        return None
    if tokens[i].text.lower() in _PRONOUNS:
        return i, i
    end = i
    if tokens[i].text == "," and i > 2:
        for j in range(i - 1, max(-1, i - PHRASE_REACH), -1):
            if tokens[j].text == ",":
                before = _simple(tokens, j - 1)
                if before is not None and tokens[j - 1].pos in ("PROPN", "NOUN"):
                    return before[0], i - 1
                return None
            if tokens[j].text == '"':
                return None
        return None
    return _simple(tokens, end)


def _before_time(tokens: Sequence[Token], i: int) -> int:
    """Step over "on Friday", "late Thursday", "this week" between a subject and its verb."""
    if i > 1 and tokens[i].text.lower() in TIMES:
        i -= 1
        while i > 0 and tokens[i].text.lower() in ("on", "late", "early", "this", "last", "earlier", "in", "the"):
            i -= 1
    return i


def _simple(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    i = end
    if tokens[i].text == ")":
        while i > 0 and tokens[i].text != "(":
            i -= 1
        i -= 1
    if (
        i < 0
        or not (tokens[i].pos in ("PROPN", "NOUN", "PRON", "NUM") or tokens[i].text[0].isupper())
        or tokens[i].text in _STOPS
    ):
        return None
    while i > 0:
        t = tokens[i - 1]
        low = t.text.lower()
        if (
            low in ("'s", "'", "of", "-", "for", "at")
            and i - 1 > 0
            and t.text != "-"
            and tokens[i - 2].pos in ("PROPN", "NOUN")
            and t.text not in _STOPS
        ):
            i -= 1
        elif low in _DETERMINERS or t.pos == "DET":
            i -= 1
            if tokens[i - 1].text.lower() not in ("of", "all", "one"):
                break
        elif (
            t.pos in ("PROPN", "NOUN", "ADJ", "NUM")
            or (t.text[0].isupper() and t.pos not in ("VERB", "AUX", "CCONJ", "SCONJ", "ADP", "ADV"))
            or t.text in ("-", ".")
        ):
            if t.text in (".", "-") and i - 1 == 0:
                break
            i -= 1
        else:
            break
    return (i, end) if i <= end else None


def right_phrase(tokens: Sequence[Token], v: int) -> tuple[int, int] | None:
    """The noun phrase after an inverted verb: `said Chad Bown, an expert on trade`."""
    i = v + 1
    if i >= len(tokens) or tokens[i].text in _STOPS:
        return None
    low = tokens[i].text.lower()
    if low in _PRONOUNS and low not in ("it", "you"):
        return i, i
    if not (
        tokens[i].pos in ("PROPN", "NOUN", "DET", "ADJ") or tokens[i].text[0].isupper() or low in _DETERMINERS
    ) or low in ("that", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
        return None
    if tokens[0].dep:
        head = i
        while (
            tokens[head].head > i
            and tokens[head].head != head
            and tokens[tokens[head].head].pos in ("NOUN", "PROPN")
            and tokens[head].head - i < PHRASE_REACH
        ):
            head = tokens[head].head
        right = _right_edge(tokens, head, v)
        if right - i < 3 * PHRASE_REACH:
            return i, right
    j = i
    while j + 1 < len(tokens) and tokens[j + 1].text not in _STOPS and tokens[j + 1].pos != "VERB":
        j += 1
    return i, j


def _right_edge(tokens: Sequence[Token], head: int, v: int) -> int:
    inside = {head}
    right = head
    for t in tokens[head + 1 :]:
        if t.head in inside and t.text not in (".", '"') and t.i > v:
            inside.add(t.i)
            if t.pos != "PUNCT":
                right = t.i
        elif t.head > t.i:
            top = t.head
            hops = 0
            while tokens[top].head > top and hops < 12:
                top = tokens[top].head
                hops += 1
            if tokens[top].head in inside or top in inside:
                inside.add(t.i)
    return right


def _quote_ending_before(read: ReadSentence, i: int, quotes: Sequence[Quote]) -> int | None:
    """Index `i` when a quotation that stops with a mark ends right before token `i`."""
    tokens = read.parsed.tokens
    if i <= 0:
        return None
    at = read.start + tokens[i].start
    for q in quotes:
        gap = at - q.end
        if 0 <= gap <= 3 and not q.open:
            inner = read.text[max(0, q.end - read.start - 3) : q.end - read.start]
            between = read.text[max(0, q.end - read.start) : tokens[i].start]
            if any(c in inner for c in ",.?!—…-") or "," in between or "—" in between:
                return i
    return None


def _quote_ending_within(read: ReadSentence, v: int, quotes: Sequence[Quote]) -> int | None:
    """The token after the last quotation that ends shortly before the verb: between them stands a long source phrase."""
    tokens = read.parsed.tokens
    at = read.start + tokens[v].start
    ending = [q for q in quotes if q.end <= at and not q.open]
    if not ending or any(q.start < at < q.end for q in quotes):
        return None
    q = ending[-1]
    inside = [t for t in tokens if q.end <= read.start + t.start < at]
    if not inside or len(inside) > 3 * PHRASE_REACH:
        return None
    first = inside[0].i + (1 if inside[0].text in (",", '"') else 0)
    if first >= v or _quote_ending_before(read, first, quotes) is None:
        return None
    if not (tokens[first].pos in ("PROPN", "NOUN", "DET", "PRON", "ADJ") or tokens[first].text[0].isupper()):
        return None
    return first


def _tail(tokens: Sequence[Token], end: int) -> int | None:
    """The mark that ends the frame's own words after its last ("told reporters on Friday,"), None at the sentence's end."""
    for k in range(end + 1, min(len(tokens), end + 1 + FRAME_REACH)):
        if tokens[k].text in (",", ".", ":", ";", "?", "!", "—", '"', "--"):
            return None if tokens[k].text == "." and k >= len(tokens) - 2 else k
    return None if end + 1 + FRAME_REACH >= len(tokens) else end + 1


def _has_verb(tokens: Sequence[Token], a: int, b: int) -> bool:
    return any(
        t.tag in ("VBD", "VBZ", "VBP", "MD") or (not t.tag and t.pos in ("VERB", "AUX")) for t in tokens[a : b + 1]
    )


def _rest(tokens: Sequence[Token], tail: int | None, *, bare: bool) -> tuple[int, int] | None:
    """What goes on after a frame in the middle."""
    if tail is None or tokens[tail].text not in (",", ":", "—", "--", '"'):
        return None
    k = tail if tokens[tail].text == '"' else tail + 1
    if k >= len(tokens) - 1:
        return None
    if tokens[k].text == '"':
        return k, len(tokens) - 1
    if tokens[tail].text != ",":
        return None
    if bare and tokens[k].text[0].isalnum():
        return k, len(tokens) - 1
    if (
        tokens[k].text[0].islower()
        and tokens[k].text.lower() not in _NOT_CONTENT
        and tokens[k].tag != "VBG"
        and not tokens[k].text.endswith("ing")
    ):
        return k, len(tokens) - 1
    return None


def _in_quote(read: ReadSentence, i: int, quotes: Sequence[Quote]) -> bool:
    at = read.start + read.parsed.tokens[i].start
    return any(q.start <= at < q.end and at - q.start <= 2 for q in quotes)


def colon_frames(read: ReadSentence, following: Span, cues: Cues) -> Iterator[Frame]:
    """`The governor added:` — what is said stands in the next sentence."""
    tokens = read.parsed.tokens
    for token in reversed(tokens):
        lemma = base_verb(token, cues)
        if lemma is None or cues.verbs[lemma].family not in ("say", "claim", "ask", "show"):
            continue
        source = left_phrase(tokens, token.i) or right_phrase(tokens, token.i)
        if source is None and token.i == 0:
            continue
        frame = _frame(read, "colon-end", token, cues.verbs[lemma], source or (0, token.i - 1), [], [])
        yield replace(frame, content=(following,))
        return


# --- labels ---------------------------------------------------------------------------------------------------------


def _label(read: ReadSentence) -> Iterator[Frame]:
    """`Name: words`, as in transcripts and headlines; `words ― Name` under a quotation."""
    tokens = read.parsed.tokens
    first = 0
    while first < len(tokens) and tokens[first].text == '"':
        first += 1
    colon = next((t.i for t in tokens[first : first + 8] if t.text == ":"), None)
    if colon is not None and colon > first and colon + 1 < len(tokens):
        name = tokens[first:colon]
        if all(
            t.text[0].isupper() or t.text in (".", "-", "'s") or t.text.lower() in ("of", "the", "and") for t in name
        ):
            yield _mark(read, "label", colon, (first, colon - 1), (colon + 1, len(tokens) - 1))
    dash = next((t.i for t in reversed(tokens) if t.text == "—"), None)
    if (
        dash is not None
        and 1 < dash < len(tokens) - 1
        and len(tokens) - dash <= 8
        and tokens[dash - 1].text == '"'
        and all(t.text[0].isupper() or t.text in (".", ",") for t in tokens[dash + 1 :])
    ):
        yield _mark(read, "signature", dash, (dash + 1, _bare(tokens, dash + 1, len(tokens) - 1)[1]), (0, dash - 1))


def _mark(read: ReadSentence, kind: str, mark: int, source: tuple[int, int], content: tuple[int, int]) -> Frame:
    tokens = read.parsed.tokens
    a, b = _bare(tokens, *content)
    b = max(a, b)
    return Frame(
        kind,
        "mark",
        "asserts",
        ":" if kind == "label" else "—",
        _place(read, mark, mark),
        mark,
        _place(read, *source),
        head_of(tokens, *source),
        (_place(read, a, b),),
        None,
        ("pattern",),
    )


def _place(read: ReadSentence, i: int, j: int) -> Span:
    tokens = read.parsed.tokens
    return read.start + tokens[i].start, read.start + tokens[j].end
