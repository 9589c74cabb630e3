"""A story written out whole, a file a format, and what else leaves Parallax as a file.

    as_csv.py as_table.py as_json.py as_markdown.py as_jsonld.py   a story and its rows, in parts
    formats.py    the formats as data: key, media type, what it is for, how it is written
    as_docx.py    a source sheet for Word
    as_warc.py    fetched pages as they were, for web archives
    bundle.py     all of them in one zip, with a README that names versions and hashes
    chosen.py     by what rows were chosen, as addresses and files say it
    lines.py      rows with a place for each outlet
    citations.py  what is cited, as plain text, BibTeX and CSL-JSON
    citing.py     how a comparison is cited
    audit.py      who changed what
    classes.py    what a class marked
    atom.py       a feed of what is new
    labelled.py   what reviewers said of pairs, to learn from
    parts.py phrases.py piping.py    what the formats share

Each writer takes the story's view (its own page of rows is not looked at) and an iterable of its rows, and gives the text in
parts, so that a story of any size passes through in little memory. Nothing is capped; a file of chosen rows says so.
"""

from app.exports.as_csv import COLUMNS, safe_cell, write_csv
from app.exports.as_json import write_json
from app.exports.as_jsonld import reviews_of, write_jsonld
from app.exports.as_markdown import write_markdown
from app.exports.as_table import write_table
from app.exports.audit import AUDIT_COLUMNS, audit_record, write_audit_csv, write_audit_jsonl
from app.exports.bundle import Told, export_rows, write_bundle, write_frozen, write_living
from app.exports.chosen import chosen_line, chosen_of, is_part
from app.exports.citing import cite, cite_frozen
from app.exports.classes import CLASS_COLUMNS, write_class_csv, write_class_json
from app.exports.formats import FORMATS, MEDIA_TYPES, Format
from app.exports.labelled import LABELLED_TYPE, write_labelled
from app.exports.parts import PART

__all__ = [
    "AUDIT_COLUMNS",
    "CLASS_COLUMNS",
    "COLUMNS",
    "FORMATS",
    "LABELLED_TYPE",
    "MEDIA_TYPES",
    "PART",
    "Format",
    "Told",
    "audit_record",
    "chosen_line",
    "chosen_of",
    "cite",
    "cite_frozen",
    "export_rows",
    "is_part",
    "reviews_of",
    "safe_cell",
    "write_audit_csv",
    "write_audit_jsonl",
    "write_bundle",
    "write_class_csv",
    "write_class_json",
    "write_csv",
    "write_frozen",
    "write_json",
    "write_jsonld",
    "write_labelled",
    "write_living",
    "write_markdown",
    "write_table",
]
