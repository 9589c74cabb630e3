"""Each page's template sees exactly the fields of its context dataclass, and draws from sample views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from jinja2 import meta, nodes

from app.web.pages import environment
from app.web.pages.actor import ActorPage
from app.web.pages.add import AddPage, ImportPage, PreviewPage
from app.web.pages.aliases import NamesPage
from app.web.pages.alignment import AlignmentPage
from app.web.pages.alike import AlikePage
from app.web.pages.alone import AlonePage
from app.web.pages.article import ArticlePage
from app.web.pages.as_it_was import AsItWasPage
from app.web.pages.audit import AuditPage
from app.web.pages.classroom import ClassPage, ClassroomPage, DeskPage, RevealedPage
from app.web.pages.conflicts import ConflictsPage
from app.web.pages.correct import CorrectPage
from app.web.pages.correcting import ArticleCorrectPage, ClaimCorrectPage, CorrectionsPage, StoryCorrectPage
from app.web.pages.embed import EmbedPage
from app.web.pages.errors import ErrorContext
from app.web.pages.examples import ExamplesPage, HandoutPage
from app.web.pages.facing import FacingPage
from app.web.pages.front import FrontPage
from app.web.pages.lists import ActorsPage, ArticlesPage, OutletPage, OutletsPage, StoriesPage
from app.web.pages.method import MethodPage
from app.web.pages.patterns import PatternsPage
from app.web.pages.people import AccountPage, PeoplePage, SignInPage
from app.web.pages.printed import PrintPage
from app.web.pages.prunings import PruningsPage
from app.web.pages.saved import SavedPage, SearchesPage
from app.web.pages.search import SearchPage
from app.web.pages.snapshot import SnapshotPage, SnapshotsPage
from app.web.pages.sources import SourcesPage
from app.web.pages.story import StoryPage
from app.web.pages.versions import VersionsPage
from app.web.pages.webhooks import WebhookPage, WebhooksPage
from app.web.pages.whose import WhosePage

CONTEXTS = {
    "account": AccountPage,
    "actor": ActorPage,
    "actors": ActorsPage,
    "add": AddPage,
    "aliases": NamesPage,
    "alignment": AlignmentPage,
    "alike": AlikePage,
    "alone": AlonePage,
    "article": ArticlePage,
    "article_correct": ArticleCorrectPage,
    "as_it_was": AsItWasPage,
    "articles": ArticlesPage,
    "audit": AuditPage,
    "claim_correct": ClaimCorrectPage,
    "class": ClassPage,
    "classroom": ClassroomPage,
    "conflicts": ConflictsPage,
    "correct": CorrectPage,
    "corrections": CorrectionsPage,
    "desk": DeskPage,
    "embed": EmbedPage,
    "error": ErrorContext,
    "examples": ExamplesPage,
    "facing": FacingPage,
    "front": FrontPage,
    "handout": HandoutPage,
    "import": ImportPage,
    "method": MethodPage,
    "outlet": OutletPage,
    "outlets": OutletsPage,
    "patterns": PatternsPage,
    "people": PeoplePage,
    "preview": PreviewPage,
    "print": PrintPage,
    "prunings": PruningsPage,
    "revealed": RevealedPage,
    "saved": SavedPage,
    "search": SearchPage,
    "searches": SearchesPage,
    "sign_in": SignInPage,
    "snapshot": SnapshotPage,
    "snapshots": SnapshotsPage,
    "sources": SourcesPage,
    "stories": StoriesPage,
    "story": StoryPage,
    "story_correct": StoryCorrectPage,
    "versions": VersionsPage,
    "webhook": WebhookPage,
    "webhooks": WebhooksPage,
    "whose": WhosePage,
}


def names_used(template: str) -> set[str]:
    """What the template and those it extends or imports leave undeclared, but for the environment's globals."""
    source, _, _ = environment.loader.get_source(environment, template)
    tree = environment.parse(source)
    used = meta.find_undeclared_variables(tree) - set(names_made(tree))
    for other in meta.find_referenced_templates(tree):
        used |= names_used(other)
    return used - set(environment.globals)


def names_made(tree: nodes.Template) -> Iterator[str]:
    """What the template's head imports, sets and defines: its blocks see it, which Jinja's own search does not know."""
    for node in tree.body:
        if isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Assign):
            yield node.target.name
        elif isinstance(node, nodes.Macro):
            yield node.name


@pytest.mark.parametrize("page", CONTEXTS)
def test_the_template_uses_its_context_and_nothing_else(page: str) -> None:
    assert names_used(f"pages/{page}.html") == {f.name for f in fields(CONTEXTS[page])}


def test_every_page_template_declares_a_context() -> None:
    drawn = {
        name.removeprefix("pages/").removesuffix(".html")
        for name in environment.list_templates()
        if name.startswith("pages/")
    }
    assert drawn == set(CONTEXTS)
