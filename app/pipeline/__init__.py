"""The numbered stages; the one place where input and output meet the core.

1. sources    a path, address, paste or feed   -> Page                    `read_targets`, `read_json_lines`, `paste`
2. article    Page                             -> Articles                `read_pages`
3. claims     Article                          -> Reading                 `read_pages`, `read_articles`
4. alignment  Readings                         -> Alignments (rows)       `compare`; `group`, `answer_pairs`
5. relation   Alignments                       -> the same, judged        `compare`; `answer_pairs`
6. store      kept                                                        `keep`, `realign`, `load_example`
7. web        shown                                                       app/web

What the settings choose for them (a language model, weights, a relation model) is in `chosen`.
"""

from app.pipeline.chosen import outlets, own_model, reader, weights
from app.pipeline.comparing import compare, group
from app.pipeline.keeping import ATTEMPTS, EXAMPLE, NamesInForce, Summary, heal, keep, load_example, realign
from app.pipeline.pairs import answer_pairs, check_pair, statement_pairs
from app.pipeline.reading import BATCH, paste, read_articles, read_json_lines, read_pages, read_targets

__all__ = [
    "ATTEMPTS",
    "BATCH",
    "EXAMPLE",
    "NamesInForce",
    "Summary",
    "answer_pairs",
    "check_pair",
    "compare",
    "group",
    "heal",
    "keep",
    "load_example",
    "outlets",
    "own_model",
    "paste",
    "read_articles",
    "read_json_lines",
    "read_pages",
    "read_targets",
    "reader",
    "realign",
    "statement_pairs",
    "weights",
]
