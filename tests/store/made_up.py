"""A small made-up story, in our own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.core.records import (
    Action,
    Actor,
    ActorKind,
    ActorMention,
    Alignment,
    Article,
    Attribution,
    Between,
    Claim,
    ClaimRef,
    Cue,
    DateMention,
    Dimension,
    Modality,
    NumberMention,
    Outcome,
    PairScore,
    Polarity,
    PublishedFrom,
    Reading,
    Reason,
    Relation,
    RelationKind,
    ScorePart,
    Speaker,
    Stance,
    Status,
)
from app.store import Store

ACTORS = {
    "Japan": Actor("japan", "Japan", ActorKind.STATE, aliases=("Tokyo",)),
    "Tokyo": Actor("japan", "Japan", ActorKind.STATE, aliases=("Tokyo",)),
    "South Korea": Actor("south-korea", "South Korea", ActorKind.STATE, aliases=("Seoul",)),
    "Seoul": Actor("south-korea", "South Korea", ActorKind.STATE, aliases=("Seoul",)),
    "Motegi": Actor("toshimitsu-motegi", "Toshimitsu Motegi", ActorKind.PERSON, "foreign minister", ("Motegi",)),
    "Chung": Actor("chung-eui-yong", "Chung Eui-yong", ActorKind.PERSON, "adviser", ("Chung",)),
}


def spans(text: str, words: str, start: int = 0) -> tuple[int, int]:
    i = text.index(words, start)
    return i, i + len(words)


def claim(
    number: int,
    text: str,
    sentence: str,
    *,
    speaker: str | None = None,
    stance: str = "asserts",
    day: tuple[str, str] | None = None,
    action: tuple[str, Polarity] | None = None,
) -> Claim:
    """The claim that `sentence` makes inside `text`; offsets are looked up."""
    start, end = spans(text, sentence)
    mentions = tuple(
        ActorMention(a.key, a.name, a.kind, name, m.start(), m.end())
        for name, a in ACTORS.items()
        for m in re.finditer(re.escape(name), text)
        if start <= m.start() < end
    )
    attributions: tuple[Attribution, ...] = ()
    if speaker:
        a = ACTORS[speaker]
        s, e = spans(text, speaker, start)
        cue = re.compile(r"said|denied|declined").search(text, start, end)
        assert cue
        who = Speaker(a.key, a.name, a.kind, s, e, a.role, speaker)
        attributions = (
            Attribution(who, Cue(cue.group(), cue.start(), cue.end(), Stance(stance)), ((cue.end() + 1, end),)),
        )
    dates: tuple[DateMention, ...] = ()
    if day:
        s, e = spans(text, day[0], start)
        grain = {4: "year", 7: "month", 10: "day"}[len(day[1])]
        dates = (DateMention(day[0], day[1], grain, s, e),)
    numbers = tuple(
        NumberMention(m.group(), float(m.group()), None, m.start(), m.end())
        for m in re.finditer(r"\b\d\b", text)
        if start <= m.start() < end
    )
    actions = (Action(action[0], action[1], Modality.FACT, start, start + 3, None, None),) if action else ()
    return Claim(
        f"c{number}", start, end, sentence, "body", (start, end), attributions, mentions, dates, numbers, actions
    )


def reading(
    outlet: str,
    published: str | None,
    headline: str,
    sentences: Sequence[tuple[str, dict]],
    *,
    url: str | None = None,
    excerpt: bool = False,
) -> Reading:
    text = "\n\n".join(s for s, _ in sentences)
    day = date.fromisoformat(published) if published else None
    article = Article(
        text,
        outlet=outlet,
        headline=headline,
        published=day,
        published_from=PublishedFrom.MANIFEST if day else None,
        url=url,
        excerpt=excerpt,
        origin=f"{outlet}.txt",
    )
    claims = tuple(claim(i, text, s, **more) for i, (s, more) in enumerate(sentences))
    keys = {m.key for c in claims for m in c.actors}
    actors = tuple(dict.fromkeys(a for a in ACTORS.values() if a.key in keys))
    return Reading(article, claims, actors, "rules")


ENDS_22 = "South Korea announced the end of the pact on 22 August."
ENDS_23 = "Seoul made known on 23 August that it leaves the pact."
SORRY = "Tokyo offered an apology, Chung said."
NEVER = "Motegi denied that Japan had offered an apology."
SIGNED = "Both sides signed the pact in November 2016."
LABOUR = "The labour court of 서울 and 安倍 cabinet organised 3 hearings."


def the_readings() -> list[Reading]:
    negative = ("apologise", Polarity.POSITIVE)
    return [
        reading(
            "Alpha Wire",
            "2019-08-22",
            "Pact to end",
            [(ENDS_22, {"day": ("22 August", "2019-08-22")}), (SIGNED, {"day": ("November 2016", "2016-11")})],
            url="https://alpha.example/pact?utm_source=x",
        ),
        reading(
            "Beta Times",
            "2019-08-24",
            "Seoul leaves the pact",
            [
                (ENDS_23, {"day": ("23 August", "2019-08-23")}),
                ("The pact was signed in November 2016.", {"day": ("November 2016", "2016-11")}),
            ],
            url="https://beta.example/a",
        ),
        reading(
            "Gamma News",
            "2019-11-28",
            "Who said sorry?",
            [
                (SORRY, {"speaker": "Chung", "action": negative}),
                (NEVER, {"speaker": "Motegi", "stance": Stance.DENIES, "action": negative}),
                (LABOUR, {}),
                ("A hearing on 26 November 2019 came to nothing.", {"day": ("26 November 2019", "2019-11-26")}),
            ],
        ),
    ]


def relate(
    readings: Sequence[Reading],
    a: ClaimRef,
    b: ClaimRef,
    kind: RelationKind,
    *,
    between: Between = Between.OUTLETS,
    dimension: Dimension = Dimension.WORDING,
    words: tuple[str, str] = ("", ""),
    outcome: Outcome = Outcome.SAME,
    score: float = 0.8,
    probability: float = 1.0,
) -> Relation:
    where = []
    for ref, w in ((a, words[0]), (b, words[1])):
        c = next(c for c in readings[ref.article].claims if c.id == ref.claim)
        where.append(spans(readings[ref.article].article.text, w, c.start) if w else None)
    reason = Reason(dimension, outcome, words[0], words[1], f"{words[0]} is not {words[1]}.", where[0], where[1])
    return Relation(
        a,
        b,
        PairScore(score, True, (ScorePart("idf", 0.5, 1.2, "share rare words"),), ("pact",)),
        kind,
        between,
        (reason,),
        probability,
    )


def the_alignments(readings: Sequence[Reading]) -> list[Alignment]:
    a, b = ClaimRef(0, "c0"), ClaimRef(1, "c0")
    signed = ClaimRef(0, "c1"), ClaimRef(1, "c1")
    sorry = ClaimRef(2, "c0"), ClaimRef(2, "c1")
    return [
        Alignment(
            "r1",
            "When the end was announced",
            Status.CONFLICT,
            (a, b),
            (
                relate(
                    readings,
                    a,
                    b,
                    RelationKind.CONFLICT,
                    dimension=Dimension.DATE,
                    words=("22 August", "23 August"),
                    outcome=Outcome.EXCLUDES,
                ),
            ),
        ),
        Alignment(
            "r2", "When the pact was signed", Status.AGREE, signed, (relate(readings, *signed, RelationKind.AGREE),)
        ),
        Alignment(
            "r3",
            "Whether Japan apologised",
            Status.CONFLICT,
            sorry,
            (
                relate(
                    readings,
                    *sorry,
                    RelationKind.CONFLICT,
                    between=Between.ACTORS,
                    dimension=Dimension.POLARITY,
                    words=("offered an apology", "denied"),
                    outcome=Outcome.EXCLUDES,
                ),
            ),
        ),
    ]


def fill(store: Store) -> list[int]:
    """The made-up story kept and aligned; the ids of its articles."""
    readings = the_readings()
    ids = [store.articles.keep_article(r, story_slug="pact", story_title="The pact").article_id for r in readings]
    store.articles.keep_alignments("pact", the_alignments(readings), ids)
    return ids
