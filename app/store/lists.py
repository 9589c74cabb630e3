"""Lists in statements: a list is bound as one JSON value and read as a table with the column `value`, so that a statement's text never changes.

What it holds is said where it is read, `ids_of(:any_name)` or `words_of(:any_name)`: PostgreSQL compares each only with its like.
The statement that is sent still says so, in a comment: it may be sent again.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["with_lists"]

_LIST = re.compile(r"\b(ids|words)_of\(")
_UNSAID = re.compile(r"\bjson_each\(\s*(?:[:?]|%\()")


@lru_cache(maxsize=4096)
def with_lists(statement: str, *, ids: str = "json_each", words: str = "json_each") -> str:
    """The statement with the functions of a database that read such lists. Raises `ValueError` where one is read without saying what it holds."""
    if _UNSAID.search(statement):
        raise ValueError(f"a list is read as ids_of(...) or words_of(...): {statement}")
    return _LIST.sub(lambda found: f"{ids if found[1] == 'ids' else words}(/* {found[1]} */ ", statement)
