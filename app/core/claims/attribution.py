"""Who says what across sentences: frames chosen, quotations of several sentences and paragraphs given to their frame."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.core.claims.frames import Frame, frames_of
from app.core.claims.frames_types import Following
from app.core.claims.sentences import ReadSentence
from app.core.lexicon.load import word_set
from app.core.records import Span, Stance
from app.core.text import Quote, touching
from app.core.thresholds import BARE_QUOTE_WORDS, CARRIED_SHARE

__all__ = ["UtteranceFrame", "find_utterances", "following_of"]

Weigh = Callable[[ReadSentence, Frame, Sequence[Frame], Sequence[Quote]], float]


@dataclass(slots=True)
class UtteranceFrame:
    """One attribution. `home` is the sentence of its frame; `further` are the sentences its quotation runs over.

    Without a frame (`frame is None`) only context names the speaker: that of the utterance `after`.
    """

    home: int
    frame: Frame | None
    further: dict[int, Span] = field(default_factory=dict)
    after: UtteranceFrame | None = None
    outer: UtteranceFrame | None = None
    signed: int | None = None  # the sentence that holds nothing but who said it


def find_utterances(sentences: Sequence[ReadSentence], quotes: Sequence[Quote], weigh: Weigh) -> list[UtteranceFrame]:
    """All attributions of a text, in order of their frames."""
    found: list[UtteranceFrame] = []
    transcript = _is_transcript(sentences)
    for i, sentence in enumerate(sentences):
        if sentence.sentence.subhead:
            continue
        near = touching(quotes, sentence.start, sentence.end)
        frames = frames_of(sentence, near, following=following_of(sentences, quotes, i))
        weighed = [(weigh(sentence, f, frames, near), f) for f in frames]
        if transcript and _TURN.match(sentence.text):
            # Whatever is said within, the turn is whose it says.
            weighed = [(1.0, replace(f, kind="turn")) for _, f in weighed if f.kind == "label"]
        found.extend(UtteranceFrame(i, frame) for frame in _chosen([(w, f) for w, f in weighed if w > 0]))
    found.extend(_signed(sentences, quotes, found))
    found.sort(key=lambda u: u.home)
    _give_quotations(sentences, quotes, found)
    _nest(found)
    return found


_TURN = re.compile(r"(?P<name>[A-Z][A-Z.'’ -]+[A-Z.])(?:,[^:\n]{1,60})?: ")
"""Who speaks in a transcript: a name in capitals and a colon."""


def _is_transcript(sentences: Sequence[ReadSentence]) -> bool:
    """Two turns or more; one name in capitals may be a dateline, a label."""
    turns = [m["name"] for s in sentences if (m := _TURN.match(s.text))]
    return len(turns) > 1 and not any(name.casefold() in word_set("speakers", "credits") for name in turns)


_SIGNATURE = re.compile(r"[—―–~-]{1,2}\s*(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3})(?:,.{0,80})?\s*$")


def _signed(
    sentences: Sequence[ReadSentence], quotes: Sequence[Quote], found: Sequence[UtteranceFrame]
) -> list[UtteranceFrame]:
    """A quotation with its speaker on a line of its own below: "— Ana Berg"."""
    out: list[UtteranceFrame] = []
    busy = {u.home for u in found}
    for i, sentence in enumerate(sentences):
        signature = _SIGNATURE.fullmatch(sentence.text) if i else None
        if signature is None or not signature["name"].istitle() or not _wholly_quoted(sentences[i - 1], quotes):
            continue
        name = sentence.start + signature.start("name"), sentence.start + signature.end("name")
        quoted: dict[int, Span] = {}
        k = i - 1
        while k >= 0 and k not in busy and _wholly_quoted(sentences[k], quotes):
            quoted[k] = _quoted_part(sentences[k], quotes)
            if any(q.start == sentences[k].start for q in touching(quotes, sentences[k].start, sentences[k].end)):
                break
            k -= 1
        last = quoted.pop(i - 1, None)
        if last is not None:
            cue = sentence.start, sentence.start + 1
            frame = Frame("signature", "mark", Stance.ASSERTS, "—", cue, 0, name, None, (last,), None, ("pattern",))
            out.append(UtteranceFrame(i - 1, frame, quoted, signed=i))
    return out


def following_of(sentences: Sequence[ReadSentence], quotes: Sequence[Quote], i: int) -> Following | None:
    """What a colon at the end of sentence `i` opens."""
    if i + 1 >= len(sentences):
        return None
    after = sentences[i + 1]
    quoted = _wholly_quoted(after, quotes)
    return Following(_quoted_part(after, quotes) if quoted else after.sentence.span, quoted)


def _chosen(weighed: list[tuple[float, Frame]]) -> list[Frame]:
    """One frame a reported stretch: of two that report nearly the same words, the weightier stays."""
    out: list[Frame] = []
    clauses = {f.verb: f for w, f in weighed if f.kind == "clause"}
    for _, found in sorted(weighed, key=lambda wf: (-wf[0], wf[1].cue, wf[1].content)):
        frame = found
        clause = clauses.get(found.verb) if found.kind in ("p-before-quote", "quoted-after") else None
        if clause is not None and ("that" in clause.features or _covers(clause, found)):
            frame = clause  # "that they “may talk” soon": the clause, not the words quoted in it alone
        if not any(_same_words(frame, other) for other in out):
            out.append(frame)
    return sorted(out, key=lambda f: (f.cue, f.content))


def _covers(a: Frame, b: Frame) -> bool:
    return a.content[0][0] <= b.content[0][0] and b.content[-1][1] <= a.content[-1][1]


_SPOKEN = frozenset(
    "before clause quoted-after colon-end p-that p-as p-comma p-after-quote p-before-quote p-colon wh".split()
)
"""Constructions of which one verb fills only one."""


def _same_words(a: Frame, b: Frame) -> bool:
    shared = sum(max(0, min(e, f) - max(s, t)) for s, e in a.content for t, f in b.content)
    lengths = sum(e - s for s, e in a.content), sum(e - s for s, e in b.content)
    if a.verb == b.verb and a.kind in _SPOKEN and b.kind in _SPOKEN:
        return True
    if a.verb == b.verb:
        return shared > 0
    return shared > 0.85 * max(lengths)


def _give_quotations(sentences: Sequence[ReadSentence], quotes: Sequence[Quote], found: list[UtteranceFrame]) -> None:
    """Sentences that stand wholly in quotation marks without a frame of their own go to the frame that quotes them."""
    by_sentence: dict[int, list[UtteranceFrame]] = {}
    for u in found:
        by_sentence.setdefault(u.home, []).append(u)
    taken: dict[int, UtteranceFrame] = {}
    starts, ends = [s.start for s in sentences], [s.end for s in sentences]
    for q in quotes:
        touched = list(range(bisect_right(ends, q.start), bisect_left(starts, q.end)))
        if len(touched) < 2:
            continue
        owner = _owner(q, touched, by_sentence)
        if owner is None:
            continue
        for i in touched:
            if i != owner.home:
                owner.further[i] = (max(q.start, sentences[i].start), min(q.end, sentences[i].end))
                taken[i] = owner
    for i, sentence in enumerate(sentences):
        if i in taken or not _wholly_quoted(sentence, quotes):
            continue
        if any(not _inside(u.frame.cue, quotes) for u in by_sentence.get(i, []) if u.frame):
            continue
        before = _quoting_before(sentences, quotes, i, by_sentence, taken)
        if before is not None:
            span = _quoted_part(sentence, quotes)
            before.further[i] = span
            taken[i] = before
    _give_turns(sentences, by_sentence, taken)
    _carry_on(sentences, quotes, found, by_sentence, taken)


def _give_turns(
    sentences: Sequence[ReadSentence], by_sentence: dict[int, list[UtteranceFrame]], taken: dict[int, UtteranceFrame]
) -> None:
    """In a transcript, all that a paragraph says behind "NAME:" is that speaker's."""
    turn: UtteranceFrame | None = None
    for i, sentence in enumerate(sentences):
        opens = next((u for u in by_sentence.get(i, []) if u.frame and u.frame.kind in ("turn", "label")), None)
        if opens is not None:
            turn = opens if _TURN.match(sentence.text) else None
        elif turn is not None and sentence.sentence.paragraph == sentences[turn.home].sentence.paragraph:
            turn.further[i] = sentence.sentence.span
            taken[i] = turn
        else:
            turn = None


def _carry_on(
    sentences: Sequence[ReadSentence],
    quotes: Sequence[Quote],
    found: list[UtteranceFrame],
    by_sentence: dict[int, list[UtteranceFrame]],
    taken: dict[int, UtteranceFrame],
) -> None:
    """A sentence that opens with somebody's words but names nobody goes on with the speaker quoted right before it."""
    last: UtteranceFrame | None = None
    for i, sentence in enumerate(sentences):
        here = [u for u in by_sentence.get(i, []) if u.frame and not _inside(u.frame.cue, quotes)]
        if here or i in taken:
            last = taken.get(i) or here[-1]
            continue
        near = touching(quotes, sentence.start, sentence.end)
        opening = [q for q in near if q.start == sentence.start and q.end <= sentence.end]
        if (
            last is not None
            and opening
            and opening[0].end - opening[0].start >= CARRIED_SHARE * (sentence.end - sentence.start)
        ):
            carried = UtteranceFrame(i, None, {i: _quoted_part(sentence, quotes)}, after=last)
            found.append(carried)
            taken[i] = carried
            continue
        last = None
        if _is_somebodys(sentence, quotes):
            found.append(UtteranceFrame(i, None, {i: _quoted_part(sentence, quotes)}))


def _is_somebodys(sentence: ReadSentence, quotes: Sequence[Quote]) -> bool:
    """Words in quotation marks and nothing else, long enough to be no title: somebody said them, whoever it was."""
    words = sum(t.text[0].isalnum() for t in sentence.parsed.tokens)
    return words >= BARE_QUOTE_WORDS and _wholly_quoted(sentence, quotes) and sentence.text.rstrip()[-1:] in "\"”’'»»」"


def _owner(q: Quote, touched: list[int], by_sentence: dict[int, list[UtteranceFrame]]) -> UtteranceFrame | None:
    """The frame outside the quotation, in its first or last sentence, whose content reaches into it."""
    for i in (touched[-1], touched[0]):
        for u in by_sentence.get(i, []):
            if (
                u.frame
                and not q.start <= u.frame.cue[0] < q.end
                and any(s < q.end and q.start < e for s, e in u.frame.content)
            ):
                return u
    return None


def _inside(span: Span, quotes: Sequence[Quote]) -> bool:
    return any(q.start < span[0] and span[1] < q.end for q in touching(quotes, *span))


def _quoted_part(sentence: ReadSentence, quotes: Sequence[Quote]) -> Span:
    inside = [
        (max(q.start, sentence.start), min(q.end, sentence.end)) for q in touching(quotes, sentence.start, sentence.end)
    ]
    return min(s for s, _ in inside), max(e for _, e in inside)


def _wholly_quoted(sentence: ReadSentence, quotes: Sequence[Quote]) -> bool:
    near = touching(quotes, sentence.start, sentence.end)
    letters = sum(min(q.end, sentence.end) - max(q.start, sentence.start) for q in near)
    return letters >= 0.8 * (sentence.end - sentence.start)


def _quoting_before(
    sentences: Sequence[ReadSentence],
    quotes: Sequence[Quote],
    i: int,
    by_sentence: dict[int, list[UtteranceFrame]],
    taken: dict[int, UtteranceFrame],
) -> UtteranceFrame | None:
    """The utterance that a bare quotation goes on with: same paragraph, after a colon, or a quotation left open."""
    if i == 0:
        return None
    here, last = sentences[i], sentences[i - 1]
    same = here.sentence.paragraph == last.sentence.paragraph
    carried = taken.get(i - 1)
    framed = [u for u in by_sentence.get(i - 1, []) if u.frame and u.outer is None and not _inside(u.frame.cue, quotes)]
    quoting = carried or (framed[-1] if framed else None)
    if quoting is None:
        return None
    if same:
        return quoting
    if last.text.rstrip().endswith(":"):
        return quoting
    opens = touching(quotes, here.start, here.end)
    if opens and (opens[0].continues or (carried is not None and _wholly_quoted(last, quotes))):
        return quoting
    return None


def _nest(found: list[UtteranceFrame]) -> None:
    """An utterance whose cue stands in the words of another is nested in the nearest such; never both ways."""
    reaching: dict[int, list[UtteranceFrame]] = {}
    for o in found:
        ahead = {o.home + 1} if o.frame and o.frame.kind == "colon-end" else set()
        for i in {o.home, *o.further} | ahead:
            reaching.setdefault(i, []).append(o)
    for u in found:
        if u.frame is None:
            continue
        near = reaching.get(u.home, [])
        around = [o for o in near if o is not u and o.frame and _says(o, u.frame) and not _says(u, o.frame)]
        if around:
            u.outer = min(around, key=lambda o: (sum(e - s for s, e in _spans(o)), o.home))


def _says(u: UtteranceFrame, frame: Frame) -> bool:
    """The frame's cue stands in what the utterance reports."""
    return any(s <= frame.cue[0] and frame.cue[1] <= e for s, e in _spans(u))


def _spans(u: UtteranceFrame) -> list[Span]:
    return [*(u.frame.content if u.frame else ()), *u.further.values()]
