"""Stage 6: what was read is kept, and read back as views.

    open_store(path) -> Store; upgrade(path), check(path), backup(path, target) look after the file itself.

`tables/` says what is kept, `keep*.py` and `review.py` write it, `read/` builds the views of `views.py`, `search.py` is how
words are found. Migrations (folder `migrations/`) are written for every change of a table.
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
