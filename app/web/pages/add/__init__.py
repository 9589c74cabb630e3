"""Adding articles. Nothing is kept before the reader says so.

page.py       GET  /articles/new        paste, file or address; many at once; a bookmarklet
preview.py    POST /articles/preview    what was understood, to be corrected
keeping.py    POST /articles            the corrected articles are kept
imports.py    POST /imports             many articles as a job; GET /imports/{id} shows how far it is
forms.py drafts.py choices.py           what they share
"""

from fastapi import APIRouter

from app.web.pages.add import imports, keeping, page, preview
from app.web.pages.add.imports import ImportPage
from app.web.pages.add.page import AddPage
from app.web.pages.add.preview import PreviewPage

__all__ = ["AddPage", "ImportPage", "PreviewPage", "router"]

router = APIRouter()
for part in (page, preview, keeping, imports):
    router.include_router(part.router)
