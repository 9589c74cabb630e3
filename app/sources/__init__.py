"""Stage 1, source -> page: files, folders, manifests, pasted text, addresses and feeds.

read_targets(targets, options, manifest, limits)   everything a command names, lazily; a bad one is yielded, not raised
page_from_text, page_from_html, page_from_record   what a form, an upload or a line of JSON holds
fetch(url, limits)                                 one address, fetched within bounds
load_outlets()                                     the outlets declared in `outlets/*.toml`
"""

from app.sources.contract import Limits, Unread
from app.sources.fetching import fetch
from app.sources.html import page_from_html
from app.sources.outlets import load_outlets
from app.sources.plain import page_from_text
from app.sources.rows import page_from_record
from app.sources.targets import read_targets

__all__ = [
    "Limits",
    "Unread",
    "fetch",
    "load_outlets",
    "page_from_html",
    "page_from_record",
    "page_from_text",
    "read_targets",
]
