"""`/oembed?url=...&format=json` (oembed.com): how a row of ours is shown in another page. It tells of no other address."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.errors import NotFound
from app.web.dependencies import StoreOf
from app.web.embedding import HEIGHT, WIDTH, embed_code, row_asked
from app.web.site import site_of

__all__ = ["router"]

router = APIRouter()
Bound = Annotated[int, Query(ge=1, le=100_000, description="Pixels that there are at most.")]


class Embedded(BaseModel):
    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    provider_name: str = "Parallax"
    provider_url: str
    title: str
    width: int
    height: int
    html: str


@router.get("/oembed", tags=["alignments"], summary="A row to embed, as oEmbed tells it")
def oembed(
    request: Request,
    store: StoreOf,
    url: Annotated[str, Query(max_length=2000, description="Address of a row of this Parallax.")],
    form: Annotated[str, Query(alias="format", max_length=20, description="json; others are not spoken.")] = "json",
    maxwidth: Bound = WIDTH,
    maxheight: Bound = HEIGHT,
) -> Embedded:
    """404 for an address that is not ours, is no row, or where no site may embed (PARALLAX_EMBED_SITES)."""
    if form != "json":
        raise HTTPException(501, "oEmbed is spoken as JSON here.")
    row_id = row_asked(request, url)
    if row_id is None:
        raise NotFound("this is no address of a row here.", where="url")
    row = store.rows.alignment(row_id).row
    width, height = min(WIDTH, maxwidth), min(HEIGHT, maxheight)
    code = embed_code(request, row, width, height)
    if not code:
        raise NotFound("no site may embed rows of this Parallax.", mend="PARALLAX_EMBED_SITES names those that may.")
    return Embedded(provider_url=site_of(request), title=row.label, width=width, height=height, html=code)
