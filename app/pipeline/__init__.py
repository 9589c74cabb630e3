"""The numbered stages; the one place where input and output meet the core.

1. sources    a path, address, paste or feed   -> Page                    `read_targets`, `read_json_lines`, `paste`
2. article    Page                             -> Articles                `read_pages`
3. claims     Article                          -> Reading                 `read_pages`, `read_articles`
4. alignment  Readings                         -> Alignments (rows)       `compare`; `group`, `answer_pairs`
5. relation   Alignments                       -> the same, judged        `compare`; `answer_pairs`
6. store      kept                                                        `keep`, `realign`, `load_example`
7. web        shown                                                       app/web

What the settings choose for them (a language model, weights, a relation model) is in `chosen`. `hands` says who does the core's
work: this process, or programs beside it that can be ended (`workers`, `helper`).
"""

from app.pipeline.aligning import ATTEMPTS, compare_anew, heal, realign
from app.pipeline.bounds import BATCH, TAKEN_APART_A_SECOND, seconds_for
from app.pipeline.chosen import comparer, encoder, own_model, reader, weights
from app.pipeline.comparing import Compared, compare, group
from app.pipeline.copies import COPY_MOST_BYTES, Copies
from app.pipeline.hands import HERE, Hands
from app.pipeline.keeping import EXAMPLE, ImportSummary, NamesInForce, example_pages, keep, load_example
from app.pipeline.pairs import answer_pairs, check_pair, statement_pairs
from app.pipeline.reading import (
    paste,
    read_anew,
    read_articles,
    read_json_lines,
    read_pages,
    read_targets,
    reader_name,
)
from app.pipeline.workers import Workers, workers

__all__ = [
    "ATTEMPTS",
    "BATCH",
    "COPY_MOST_BYTES",
    "EXAMPLE",
    "HERE",
    "TAKEN_APART_A_SECOND",
    "Compared",
    "Copies",
    "Hands",
    "ImportSummary",
    "NamesInForce",
    "Workers",
    "answer_pairs",
    "check_pair",
    "compare",
    "compare_anew",
    "comparer",
    "encoder",
    "example_pages",
    "group",
    "heal",
    "keep",
    "load_example",
    "own_model",
    "paste",
    "read_anew",
    "read_articles",
    "read_json_lines",
    "read_pages",
    "read_targets",
    "reader",
    "reader_name",
    "realign",
    "seconds_for",
    "statement_pairs",
    "weights",
    "workers",
]
