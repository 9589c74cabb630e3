"""Made-up stories of any size, the same for the same seed: for costs and for speed."""

from __future__ import annotations

import random
from datetime import date, timedelta

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
    Outcome,
    PairScore,
    Polarity,
    Reading,
    Reason,
    Relation,
    RelationKind,
    ScorePart,
    Speaker,
    Status,
    Word,
)
from app.store import Store

VERBS = "announced rejected apologised organised cancelled extended denied confirmed reported halted".split()
NOUNS = "pact court labour budget vote defence centre treaty strike bridge school harvest election storm".split()
NAMES = [
    f"{a} {b}" for a in "Ada Bo Chen Dara Eun Femi Goro Hana".split() for b in "Ito Kim Lund Marsh Novak Okoye".split()
]
STATES = "Atlantis Borduria Costaguana Ruritania Syldavia".split()


def sentence(rng: random.Random, n: int, article: int, day: date) -> tuple[Claim, Actor, Actor]:
    name, state = rng.choice(NAMES), rng.choice(STATES)
    told = day - timedelta(days=rng.randrange(40))
    words = f"{told.day} {told:%B} {told.year}"
    text = f"{name} said on {words} that {state} {rng.choice(VERBS)} the {rng.choice(NOUNS)} {rng.choice(NOUNS)} {n}."
    who = Actor(name.lower().replace(" ", "-"), name, ActorKind.PERSON, "minister", (name.split()[1],))
    land = Actor(state.lower(), state, ActorKind.STATE)
    start = n * 200
    at = text.index(state)
    return (
        Claim(
            f"c{n}",
            start,
            start + len(text),
            text,
            "body",
            (start, start + len(text)),
            (
                Attribution(
                    Speaker(who.key, name, who.kind, start, start + len(name), who.role, name),
                    Cue("said", start + len(name) + 1, start + len(name) + 5),
                    ((start + text.index("that"), start + len(text)),),
                ),
            ),
            (
                ActorMention(who.key, name, who.kind, name, start, start + len(name)),
                ActorMention(land.key, state, land.kind, state, start + at, start + at + len(state)),
            ),
            (
                DateMention(
                    words, told.isoformat(), "day", start + text.index(words), start + text.index(words) + len(words)
                ),
            ),
            (),
            (Action("announce", Polarity.POSITIVE, Modality.FACT, start, start + 3, land.key, None),),
            words=tuple(Word(w.lower(), "noun", start, start + 1) for w in text.split()[:8]),
        ),
        who,
        land,
    )


def story(seed: int, articles: int, claims: int) -> list[Reading]:
    rng = random.Random(seed)
    readings = []
    for a in range(articles):
        day = date(2019, 8, 1) + timedelta(days=a % 90)
        made = [sentence(rng, n, a, day) for n in range(claims)]
        text = "".join(c.text.ljust(200) for c, _, _ in made)
        actors = tuple(dict.fromkeys(x for _, who, land in made for x in (who, land)))
        article = Article(
            text,
            outlet=f"Outlet {a % 12}",
            headline=f"Story {seed} report {a}",
            published=day,
            url=f"https://o{a % 12}.example/{seed}/{a}",
        )
        readings.append(Reading(article, tuple(c for c, _, _ in made), actors, "rules"))
    return readings


def rows(readings: list[Reading], seed: int, width: int = 4) -> list[Alignment]:
    """Rows of neighbouring articles, each claim in one at most; every kind of relation."""
    rng = random.Random(seed)
    out = []
    kinds = [RelationKind.AGREE] * 4 + [k for k in RelationKind if k is not RelationKind.AGREE]
    for block in range(0, len(readings), width):
        here = range(block, min(block + width, len(readings)))
        if len(here) < 2:
            continue
        for n in range(0, len(readings[block].claims), 2):
            refs = tuple(ClaimRef(a, f"c{n}") for a in here)
            kind = rng.choice(kinds)
            outcome = {"conflict": Outcome.EXCLUDES, "diverge": Outcome.DIFFERS, "updated": Outcome.LATER}
            relations = []
            for i, a in enumerate(refs):
                for b in refs[i + 1 :]:
                    da, db = (readings[r.article].claims[n].dates[0] for r in (a, b))
                    reason = Reason(
                        Dimension.DATE,
                        outcome.get(kind, Outcome.SAME),
                        da.text,
                        db.text,
                        "One day is not the other.",
                        (da.start, da.end),
                        (db.start, db.end),
                    )
                    parts = (ScorePart("idf", 0.4, 1.0, "rare words"), ScorePart("actors", 1, 0.5, "same actors"))
                    relations.append(
                        Relation(a, b, PairScore(0.8, True, parts, ("pact",)), kind, Between.OUTLETS, (reason,))
                    )
            out.append(
                Alignment(f"r{len(out)}", f"Row {n} of block {block}", Status(kind.value), refs, tuple(relations))
            )
    return out


def keep(store: Store, slug: str, readings: list[Reading], alignments: list[Alignment]) -> list[int]:
    ids = [store.articles.keep_article(r, story_slug=slug, story_title=slug.title()).article_id for r in readings]
    store.articles.keep_alignments(slug, alignments, ids)
    return ids
