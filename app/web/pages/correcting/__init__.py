"""Correcting articles and stories, by plain forms; what was done is listed with its undo.

article.py    /articles/{id}/correct    fields, another story, read again, delete
story.py      /stories/{slug}/correct   title, split, merge, delete
claim.py      /claims/{id}/correct      speaker, date, words; set aside
listed.py     /corrections              what people corrected; POST /corrections/{id} undoes
"""

from fastapi import APIRouter

from app.web.pages.correcting import article, claim, listed, story
from app.web.pages.correcting.article import ArticleCorrectPage
from app.web.pages.correcting.claim import ClaimCorrectPage
from app.web.pages.correcting.listed import CorrectionsPage
from app.web.pages.correcting.story import StoryCorrectPage

__all__ = ["ArticleCorrectPage", "ClaimCorrectPage", "CorrectionsPage", "StoryCorrectPage", "router"]

router = APIRouter()
for part in (article, story, claim, listed):
    router.include_router(part.router)
