"""The read models: what pages, API and exports show, as frozen values. `store/read/*` builds them, nobody else.

No view holds a database object; building one page's view takes a fixed number of statements whatever its rows.
Words shown to people (verdicts, "published before") are keys here; `web/words.py` holds the English.
"""

from __future__ import annotations

from app.store.views.actors import ActorCard, ActorClaim, ActorView, AliasView, PositionView
from app.store.views.articles import ArticleView, RevisionView, Underline
from app.store.views.audit import AuditHead, AuditLine, Told
from app.store.views.basics import ActorRef, ArticleRef, Facet, OutletView, Silence, Slice, StoryRef
from app.store.views.claims import AttributionView, ClaimView, DateView, PartView, ReasonMark, ReasonView, RelationView
from app.store.views.corrections import CorrectedView, CorrectionView, HeldView
from app.store.views.finding import Hit, Query, SearchView
from app.store.views.frozen import ClassMark, ClassRowView, ClassView, FrozenText, SnapshotCard, SnapshotView
from app.store.views.hooks import EVENTS, Delivery, DeliveryState, Event, Posting, Webhook
from app.store.views.lists import (
    ActorList,
    ArticleCard,
    ArticleList,
    OutletCard,
    OutletList,
    OutletPageView,
    StandView,
    StoryList,
)
from app.store.views.pages import FetchedPage, PageCopy
from app.store.views.people import Admitted, PersonView, TokenView
from app.store.views.queue import ChangeView, ConflictView, LabelledPair, QueueCounts, ReviewedKind, ReviewedView
from app.store.views.remarks import CommentView, DecisionView, FlagView, OpinionView, WorkView
from app.store.views.rows import (
    AlignmentView,
    CellView,
    ChainView,
    EdgeView,
    NodeKind,
    NodeView,
    OriginView,
    RowSummary,
    RowView,
    SideView,
    UtteranceView,
    WordingView,
)
from app.store.views.saved import CameView, SavedSearch, SavedSearchView
from app.store.views.sources import SeenPage, SourceView
from app.store.views.stories import FrontView, MatrixCell, StoryCard, StoryView, TimePoint
from app.store.views.versions import RevisedView, StatementView, VersionsView

__all__ = [
    "EVENTS",
    "ActorCard",
    "ActorClaim",
    "ActorList",
    "ActorRef",
    "ActorView",
    "Admitted",
    "AliasView",
    "AlignmentView",
    "ArticleCard",
    "ArticleList",
    "ArticleRef",
    "ArticleView",
    "AttributionView",
    "AuditHead",
    "AuditLine",
    "CameView",
    "CellView",
    "ChainView",
    "ChangeView",
    "ClaimView",
    "ClassMark",
    "ClassRowView",
    "ClassView",
    "CommentView",
    "ConflictView",
    "CorrectedView",
    "CorrectionView",
    "DateView",
    "DecisionView",
    "Delivery",
    "DeliveryState",
    "EdgeView",
    "Event",
    "Facet",
    "FetchedPage",
    "FlagView",
    "FrontView",
    "FrozenText",
    "HeldView",
    "Hit",
    "LabelledPair",
    "MatrixCell",
    "NodeKind",
    "NodeView",
    "OpinionView",
    "OriginView",
    "OutletCard",
    "OutletList",
    "OutletPageView",
    "OutletView",
    "PageCopy",
    "PartView",
    "PersonView",
    "PositionView",
    "Posting",
    "Query",
    "QueueCounts",
    "ReasonMark",
    "ReasonView",
    "RelationView",
    "ReviewedKind",
    "ReviewedView",
    "RevisedView",
    "RevisionView",
    "RowSummary",
    "RowView",
    "SavedSearch",
    "SavedSearchView",
    "SearchView",
    "SeenPage",
    "SideView",
    "Silence",
    "Slice",
    "SnapshotCard",
    "SnapshotView",
    "SourceView",
    "StandView",
    "StatementView",
    "StoryCard",
    "StoryList",
    "StoryRef",
    "StoryView",
    "TimePoint",
    "TokenView",
    "Told",
    "Underline",
    "UtteranceView",
    "VersionsView",
    "Webhook",
    "WordingView",
    "WorkView",
]
