"""Stage 6: what was read is kept, and read back as views.

    open_store(path) -> Store; open_shelf(path) -> Shelf, which only reads; open_catalogue(path) -> Catalogue, which lists and searches; upgrade(path), check_ready(path), backup(path, target), restore(path, backup), copy_store(path, target) look after the file itself.

`store.py` puts the rooms of `methods/` together. Written: `keep.py` (articles; `keep_claims.py`, `reread.py`, `actors.py`,
`stories.py`, `index.py`), `keep_rows.py` (alignments; `write_rows.py`), `flagging.py` and `deciding.py` (flags, decisions), `correcting.py` (corrections), `names.py` (added
names), `freeze.py` (frozen comparisons; `frozen_json.py`, `frozen_rows.py`) and `classes.py` upon them, `saved.py` (saved searches),
`hooks.py` (webhooks; `outbox.py`: what they are told); `people.py` is who may write (`tokens.py`: how a token is known again),
`sources.py` what is watched and who reads it now, `pages.py` fetched pages as they were; `pruning.py` and `vacuuming.py` keep the file small. What readers are shown of it follows in
`derive.py` (`load.py` fills `row_facts.py`, `decided.py` applies strictness and decisions, `judging.py` judges what people put together,
`row_display.py`, `ranking.py` and `summary.py` say what differs and what matters, `pictures.py` counts); `reader_view.py` does the same for
a reader's own strictness and outlets, without writing. Read: `read/` builds the values of `views/` (`story_record.py`, `titles.py` and
`known.py` ask it through a `Store`); `search.py` is how words are found, `read/found.py` how claims are. `tables/` says what is kept; every change of a table is a revision in the folder `migrations/`; `guards.py` says what
the schema itself refuses: that what people said is changed or deleted. `queue.py` says whose turn it is to write, `troubles.py` what
the file or its disk refuse, `checks/` whether all that is kept is sound.

Each name below is loaded when it is asked for: a command that searches needs no tables.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.catalogue import Catalogue, open_catalogue
    from app.store.copying import copy_store
    from app.store.read.filters import EVERY_ROW, Filters
    from app.store.read.queue import QUEUE_ORDERS, Queued
    from app.store.ready import check_ready
    from app.store.restoring import restore
    from app.store.schema import backup, is_blank, upgrade
    from app.store.store import (
        CheckAnswer,
        DecisionKind,
        FlagState,
        KeptArticle,
        KeptOutcome,
        RowSort,
        Shelf,
        Store,
        ToCompare,
        WorkState,
        open_shelf,
        open_store,
        utc_now,
    )
    from app.store.terms import MACHINE
    from app.store.vacuuming import vacuum

__all__ = [
    "EVERY_ROW",
    "MACHINE",
    "QUEUE_ORDERS",
    "Catalogue",
    "CheckAnswer",
    "DecisionKind",
    "Filters",
    "FlagState",
    "KeptArticle",
    "KeptOutcome",
    "Queued",
    "RowSort",
    "Shelf",
    "Store",
    "ToCompare",
    "WorkState",
    "backup",
    "check_ready",
    "copy_store",
    "is_blank",
    "open_catalogue",
    "open_shelf",
    "open_store",
    "restore",
    "upgrade",
    "utc_now",
    "vacuum",
]

_HOMES = {
    "catalogue": "Catalogue open_catalogue",
    "copying": "copy_store",
    "read.filters": "EVERY_ROW Filters",
    "read.queue": "QUEUE_ORDERS Queued",
    "restoring": "restore",
    "ready": "check_ready",
    "schema": "backup is_blank upgrade",
    "store": "CheckAnswer DecisionKind FlagState KeptArticle KeptOutcome RowSort Shelf Store ToCompare WorkState open_shelf open_store utc_now",
    "terms": "MACHINE",
    "vacuuming": "vacuum",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = next((home for home, names in _HOMES.items() if name in names.split()), None)
        if home is None:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{home}"), name)
