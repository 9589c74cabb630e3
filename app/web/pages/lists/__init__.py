"""The lists one finds things by, a module a list, and the page of an outlet."""

from __future__ import annotations

from fastapi import APIRouter

from app.web.pages.lists import actors, articles, outlet, outlets, stories
from app.web.pages.lists.actors import ActorsPage
from app.web.pages.lists.articles import ArticlesPage
from app.web.pages.lists.outlet import OutletPage
from app.web.pages.lists.outlets import OutletsPage
from app.web.pages.lists.stories import StoriesPage

__all__ = ["ActorsPage", "ArticlesPage", "OutletPage", "OutletsPage", "StoriesPage", "router"]

router = APIRouter()
for page in (stories, articles, actors, outlets, outlet):
    router.include_router(page.router)
