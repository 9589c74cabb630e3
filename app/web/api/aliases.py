from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks
from pydantic import Field

from app.store.views import AliasView
from app.web import naming
from app.web.api.parameters import Id, Key
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable
from app.web.schemas import Paged, SentBody

__all__ = ["router"]

router = APIRouter(tags=["actors"])


class NewAlias(SentBody):
    """A name that means this actor wherever articles use it."""

    name: str = Field(min_length=1, max_length=120, examples=["the Blue House"])
    meant: bool = Field(default=False, description="Although articles use the name for another actor.")


@router.get("/actors/{key}/aliases", summary="Names that people added to an actor")
def list_aliases(store: StoreOf, key: Key) -> Paged[AliasView]:
    """Those in force. What articles themselves call the actor is under `/actors/{key}`."""
    store.library.actor(key, limit=1)
    found = store.names.aliases(key)
    return Paged(items=found, total=len(found))


@router.post("/actors/{key}/aliases", status_code=201, summary="Add a name to an actor", dependencies=[Writable])
def add_alias(
    store: StoreOf, hands: HandsOf, tasks: BackgroundTasks, by: Reviewer, key: Key, body: NewAlias
) -> naming.NamingDone:
    """Articles that hold the name are read anew and their stories aligned: `read` of them now, `waiting` after the answer.

    409 when the name means another actor; send `"meant": true` to have it mean this one.
    """
    return naming.add_name(store, hands, tasks, key, body.name, by=by, meant=body.meant)


@router.delete("/aliases/{alias_id}", summary="Take an added name back", dependencies=[Writable])
def remove_alias(
    store: StoreOf, hands: HandsOf, tasks: BackgroundTasks, by: Reviewer, alias_id: Id
) -> naming.NamingDone:
    """Its articles are read as before. The name stays on record with who added and who removed it."""
    return naming.remove_name(store, hands, tasks, alias_id, by=by)
