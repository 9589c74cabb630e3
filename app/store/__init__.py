"""Stage 6: what was read is kept, and read back as views.

    open_store(path) -> Store; upgrade(path), check(path), backup(path, target) look after the file itself.

Written: `keep.py` (articles; `keep_claims.py`, `actors.py`, `stories.py`, `index.py`), `keep_rows.py` (alignments;
`write_rows.py`), `review.py` (flags, decisions). What readers are shown of it follows in `derive.py` (`scene.py` loads,
`decided.py` applies decisions, `faces.py` and `summary.py` say what differs, `pictures.py` counts). Read: `read/` builds the
views of `views.py`; `search.py` is how words are found. `tables/` says what is kept; every change of a table is a revision in
the folder `migrations/`.
"""

from app.store.schema import backup, check, upgrade
from app.store.store import DecisionKind, FlagState, Kept, KeptArticle, RowSort, Store, open_store, utc_now

__all__ = [
    "DecisionKind",
    "FlagState",
    "Kept",
    "KeptArticle",
    "RowSort",
    "Store",
    "backup",
    "check",
    "open_store",
    "upgrade",
    "utc_now",
]
