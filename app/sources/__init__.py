"""Stage 1, source -> page: files, folders, manifests, pasted text, addresses and feeds.

read_targets(targets, options, manifest, limits)   everything a command names, lazily; a bad one is yielded, not raised
page_from_text, page_from_html, page_from_record, pages_from_lines   what a form, an upload or lines of JSON hold
read_lines(path, limits)                           the lines of a file; one that cannot be read is yielded, not raised
read_json(text, where)                             a JSON text as a value, every text in it cleaned
hints_from, text_of, day_from                      what a record says of its article, field by field
fetch(url, limits)                                 one address, fetched within bounds
polite.py watched.py outlets/                      what is read on a schedule; where outlets' pages hold what
"""

from app.sources.contract import Limits, Unread
from app.sources.decoding import read_lines
from app.sources.fetching import fetch
from app.sources.html import looks_like_html, page_from_html
from app.sources.plain import page_from_text
from app.sources.rows import day_from, field_text, hints_from, page_from_record, pages_from_lines, read_json
from app.sources.targets import read_targets

__all__ = [
    "Limits",
    "Unread",
    "day_from",
    "fetch",
    "field_text",
    "hints_from",
    "looks_like_html",
    "page_from_html",
    "page_from_record",
    "page_from_text",
    "pages_from_lines",
    "read_json",
    "read_lines",
    "read_targets",
]
