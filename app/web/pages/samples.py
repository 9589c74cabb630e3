"""Read models made by hand, in our own words: what /patterns shows and templates are tested with, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from app.core.records import ActorKind, Between, Dimension, Outcome, PublishedFrom, RelationKind, Status
from app.store.views import (
    ActorClaim,
    ActorRef,
    ActorView,
    AlignmentView,
    ArticleRef,
    ArticleView,
    AttributionView,
    CellView,
    ClaimView,
    ConflictView,
    DateView,
    DecisionView,
    Facet,
    FlagView,
    MatrixCell,
    OutletView,
    PartView,
    ReasonMark,
    ReasonView,
    RelationView,
    RevisionView,
    RowSummary,
    RowView,
    Silence,
    Slice,
    StoryRef,
    StoryView,
    TimePoint,
    Underline,
)

__all__ = ["ACTOR", "ALIGNMENT", "ARTICLE", "CONFLICTS", "FLAG", "ROWS", "STORY"]

REF = StoryRef("gsomia", "GSOMIA: South Korea and Japan")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NIKKEI, KBS, NPR = OutletView("nikkei", "Nikkei", "JP"), OutletView("kbs", "KBS", "KR"), OutletView("npr", "NPR", "US")
COLUMNS = (
    ArticleRef(
        1,
        NIKKEI,
        "Seoul reverses course",
        date(2019, 11, 22),
        PublishedFrom.MANIFEST,
        "https://example.org/1",
        "gsomia",
    ),
    ArticleRef(2, NPR, "A late reversal", date(2019, 11, 22), PublishedFrom.META, None, "gsomia", excerpt=True),
    ArticleRef(3, KBS, "Quarrel goes on", date(2019, 11, 28), PublishedFrom.TEXT, None, "gsomia", own_words=True),
)
SEOUL = ActorRef("south-korea", "South Korea", ActorKind.STATE)
MOTEGI = ActorRef("toshimitsu-motegi", "Toshimitsu Motegi", ActorKind.PERSON)
AIDE = ActorRef("unnamed-aide", "an aide", ActorKind.UNNAMED)


def _claim(number: int, column: int, text: str, *marked: tuple[str, Dimension, Outcome], **more: object) -> ClaimView:
    marks = tuple(ReasonMark(text.index(w), text.index(w) + len(w), d, o) for w, d, o in marked)
    plain = ClaimView(number, COLUMNS[column], text, 0, len(text), "body", "", "", (), (SEOUL,), (), marks)
    return replace(plain, **more)  # type: ignore[arg-type]


TOLD_23 = _claim(
    11,
    0,
    "Seoul announced on Aug. 23 that it would end the pact.",
    ("Aug. 23", Dimension.DATE, Outcome.EXCLUDES),
    dates=(DateView("Aug. 23", "2019-08-23", "day"),),
    alignment_id=1,
    status=Status.CONFLICT,
    before="The pact was signed in 2016.",
    after="Washington was not pleased.",
)
TOLD_22 = _claim(
    12,
    2,
    "On August 22nd Seoul announced that it would end the pact.",
    ("August 22nd", Dimension.DATE, Outcome.EXCLUDES),
    dates=(DateView("August 22nd", "2019-08-22", "day"),),
    alignment_id=1,
    status=Status.CONFLICT,
)
APOLOGY = _claim(
    13,
    2,
    "Tokyo apologised for the announcement, Seoul's presidential office said.",
    ("apologised", Dimension.POLARITY, Outcome.EXCLUDES),
    attributions=(AttributionView(SEOUL, "the presidential office", None, "said", quoted=False),),
    alignment_id=2,
    status=Status.CONFLICT,
)
DENIAL = _claim(
    14,
    2,
    "Motegi said on November 26th that Tokyo had never apologised.",
    ("never", Dimension.POLARITY, Outcome.EXCLUDES),
    attributions=(AttributionView(MOTEGI, "Motegi", "foreign minister", "said", quoted=True),),
    dates=(DateView("November 26th", "2019-11-26", "day"),),
    alignment_id=2,
    status=Status.CONFLICT,
)
DROP = _claim(
    15,
    1,
    "South Korea will drop its complaint at the World Trade Organization, an aide said.",
    ("drop", Dimension.WORDING, Outcome.DIFFERS),
    attributions=(AttributionView(AIDE, "an aide", None, "said", quoted=False),),
)
SUSPEND = _claim(
    16,
    0,
    "South Korea will suspend its complaint as long as talks go well.",
    ("suspend", Dimension.WORDING, Outcome.DIFFERS),
)
_TWO_FACTS = "Seoul kept the pact, a decision that came six hours before the end, and it thanked Washington."
_ITS_CLAUSE = "a decision that came six hours before the end"
HOURS = (
    _claim(17, 0, "The decision came hours before midnight.", ("hours", Dimension.NUMBER, Outcome.DETAIL)),
    _claim(
        18,
        1,
        _TWO_FACTS,
        ("six hours", Dimension.NUMBER, Outcome.DETAIL),
        clause=(_TWO_FACTS.index(_ITS_CLAUSE), _TWO_FACTS.index(_ITS_CLAUSE) + len(_ITS_CLAUSE)),
    ),
)
LEAVE = _claim(19, 2, "In August Seoul decided to leave the pact.", ("leave", Dimension.POLARITY, Outcome.LATER))
STAY = _claim(20, 0, "In November Seoul decided to stay in it.", ("stay", Dimension.POLARITY, Outcome.LATER))
DIM = _claim(22, 2, "The meeting lasted into the night, KBS said.", status=Status.UNSURE)
LONG = _claim(23, 0, "The talks broke off late in the evening.", status=Status.UNSURE)
ALONE = _claim(21, 2, "A summit is planned for next month.", status=Status.SINGLE)

FLAG = FlagView(1, 1, "open", "The paper may count in its own time zone.", "reader", AT)
CONFIRMED = FlagView(2, 2, "confirmed", "", "machine", AT, "reader", AT)
DECISION = DecisionView(1, 3, "relabel", "diverge", "Dropping is final, suspending is not.", "reader", AT)
DATES = ReasonView(
    Dimension.DATE, Outcome.EXCLUDES, "Aug. 23", "August 22nd", "One report gives 23 August, the other 22 August."
)
SAID = ReasonView(
    Dimension.POLARITY,
    Outcome.EXCLUDES,
    "apologised",
    "never",
    "One says Tokyo apologised, the other that it never did.",
)


def _row(number: int, label: str, status: Status, *claims: ClaimView, **more: object) -> RowView:
    cells = tuple(
        CellView(c.id, tuple(x for x in claims if x.article is c), silence)
        for c, silence in zip(
            COLUMNS, (Silence.PUBLISHED_BEFORE, Silence.EXCERPT_ONLY, Silence.NOT_MENTIONED), strict=True
        )
    )
    plain = RowView(
        id=number,
        label=label,
        status=status,
        between=Between.OUTLETS,
        dimensions=(),
        summary="",
        outlets=len({c.article.outlet.key for c in claims}),
        cells=tuple(replace(c, silence=None) if c.claims else c for c in cells),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


ROWS = (
    _row(
        1,
        "When Seoul announced the end of the pact",
        Status.CONFLICT,
        TOLD_23,
        TOLD_22,
        dimensions=(Dimension.DATE,),
        summary="23 Aug 2019 (Nikkei) / 22 Aug 2019 (KBS)",
        flags=(FLAG,),
        reasons=(DATES,),
        probability=0.82,
    ),
    _row(
        2,
        "Whether Tokyo apologised",
        Status.CONFLICT,
        APOLOGY,
        DENIAL,
        dimensions=(Dimension.POLARITY,),
        between=Between.ACTORS,
        summary="Seoul's office: apologised / Toshimitsu Motegi: never",
        flags=(CONFIRMED,),
        reasons=(SAID,),
    ),
    _row(
        3,
        "What becomes of the complaint at the WTO",
        Status.DIVERGE,
        DROP,
        SUSPEND,
        dimensions=(Dimension.WORDING,),
        summary="drop (NPR) / suspend as long as talks go well (Nikkei)",
        decisions=(DECISION,),
    ),
    _row(4, "Whether Seoul stays in the pact", Status.UPDATED, LEAVE, STAY, dimensions=(Dimension.POLARITY,)),
    _row(7, "How long the talks went on", Status.UNSURE, LONG, DIM, probability=0.46),
    _row(5, "How long before the deadline the decision came", Status.AGREE, *HOURS, dimensions=(Dimension.NUMBER,)),
    _row(6, "A summit next month", Status.SINGLE, ALONE, between=None),
)
COUNTS = {s: sum(1 for r in ROWS if r.status == s) for s in Status}
STORY = StoryView(
    story=REF,
    columns=COLUMNS,
    outlets=(NIKKEI, NPR, KBS),
    first=date(2019, 11, 22),
    last=date(2019, 11, 28),
    counts=COUNTS,
    rows=Slice(ROWS, len(ROWS), next="cursor"),
    actors=(Facet("toshimitsu-motegi", "Toshimitsu Motegi", 1), Facet("south-korea", "South Korea", 5)),
    matrix=(MatrixCell(NIKKEI, NPR, 4, 3, 0), MatrixCell(NIKKEI, KBS, 3, 1, 1), MatrixCell(NPR, KBS, 0, 0, 0)),
    timeline=(
        TimePoint("2016-11", "month", 3, False, "The pact is signed", 5),
        TimePoint("2019-08-22", "day", 2, True, "Seoul announces the end", 1),
        TimePoint("2019-08-23", "day", 1, True, "Seoul announces the end", 1),
        TimePoint("2019-11-26", "day", 1, False, "Motegi denies an apology", 2),
    ),
    reader="en_core_web_sm 3.8.0",
)
PARTS = (
    PartView("prior", 1.0, -3.2, "Most pairs of statements say different things"),
    PartView("actors", 0.9, 2.1, "Both name South Korea in the same role"),
    PartView("action", 1.0, 2.6, "Both tell of ending a pact"),
    PartView("dates", 0.0, -0.4, "Their dates differ by a day"),
)
PAIR = RelationView(
    TOLD_23,
    TOLD_22,
    RelationKind.CONFLICT,
    Between.OUTLETS,
    0.75,
    (DATES,),
    PARTS,
    ("announce", "end", "pact"),
    0.82,
)
ALIGNMENT = AlignmentView(ROWS[0], REF, COLUMNS, (PAIR,), (FLAG, DECISION), None, 2, relation_counts={PAIR.kind: 1})


def _summary(row: RowView, flag: FlagView | None = None) -> RowSummary:
    return RowSummary(
        row.id,
        row.label,
        row.status,
        row.between,
        row.dimensions,
        row.summary,
        row.outlets,
        REF,
        flag,
        row.probability,
    )


_BODY = f"{TOLD_22.text} {LEAVE.text}\n\n{DENIAL.text}\n{DIM.text} {ALONE.text}"


def _under(claim: ClaimView, row: RowView, *others: ClaimView) -> Underline:
    start = _BODY.index(claim.text)
    return Underline(replace(claim, start=start, end=start + len(claim.text)), _summary(row), others)


ARTICLE = ArticleView(
    article=COLUMNS[2],
    bylines=("Staff",),
    language="en",
    text=_BODY,
    underlines=(
        _under(TOLD_22, ROWS[0], TOLD_23),
        _under(LEAVE, ROWS[3], STAY),
        _under(DENIAL, ROWS[1], APOLOGY),
        _under(DIM, ROWS[4], LONG),
        _under(ALONE, ROWS[6]),
    ),
    revisions=(RevisionView(1, AT, "a1", current=False), RevisionView(2, AT, "b2", current=True)),
    revision=2,
    alone=(ALONE,),
    missing=(_summary(ROWS[2]),),
    reader="en_core_web_sm 3.8.0",
    story_title=REF.title,
)
ACTOR = ActorView(
    actor=MOTEGI,
    role="foreign minister",
    aliases=("Motegi",),
    ambiguous=("Minister",),
    said=Slice(
        (ActorClaim(DENIAL, by=True, stance="denies", event="2019-11-26"), ActorClaim(TOLD_22, False, None, None)), 2
    ),
    by_count=1,
    about_count=1,
    outlets=(Facet("kbs", "KBS", 2),),
)
CONFLICTS = Slice(
    (
        ConflictView(_summary(ROWS[0]), (TOLD_23, TOLD_22), (DATES,), FLAG, ()),
        ConflictView(_summary(ROWS[1]), (APOLOGY, DENIAL), (SAID,), CONFIRMED, ()),
    ),
    2,
)
