"""The numbered stages; the one place where input and output meet the core.

1. sources    a path, address, paste or feed   -> Page                    `read_targets`, `read_json_lines`, `paste`
2. article    Page                             -> Articles                `read_pages`
3. claims     Article                          -> Reading                 `read_pages`, `read_new`, `read_articles`
4. alignment  Readings                         -> Alignments (rows)       `compare`; `group`, `answer_pairs`
5. relation   Alignments                       -> the same, judged        `compare`; `answer_pairs`
6. store      kept                                                        `keep`, `realign`, `load_bundled`
7. web        shown                                                       app/web

What the settings choose for them (a language model, weights, a relation model) is in `chosen`. `hands` says who does the core's
work: this process, or programs beside it that can be ended (`workers`, `helper`), or a Dask
cluster (`cluster`, `elsewhere`).
"""

from app.pipeline.aligning import ATTEMPTS, compare_anew, heal, realign
from app.pipeline.bounds import BATCH, TAKEN_APART_A_SECOND, seconds_for
from app.pipeline.bundled import (
    MAIN,
    Bundled,
    Look,
    bundled,
    bundled_articles,
    bundled_pages,
    bundled_stories,
    load_bundled,
)
from app.pipeline.chosen import comparer, encoder, own_model, reader, weights
from app.pipeline.cluster import LOCAL, MOST_AT_ONCE, Cluster, cluster
from app.pipeline.comparing import Compared, compare, group
from app.pipeline.copies import COPY_MOST_BYTES, Copies
from app.pipeline.hands import HERE, Hands
from app.pipeline.keeping import ImportSummary, NamesInForce, keep
from app.pipeline.pairs import answer_pairs, check_pair, statement_pairs
from app.pipeline.reading import (
    paste,
    read_anew,
    read_articles,
    read_json_lines,
    read_new,
    read_pages,
    read_targets,
    reader_name,
)
from app.pipeline.workers import Workers, workers
from app.sources import how_many

__all__ = [
    "ATTEMPTS",
    "BATCH",
    "COPY_MOST_BYTES",
    "HERE",
    "LOCAL",
    "MAIN",
    "MOST_AT_ONCE",
    "TAKEN_APART_A_SECOND",
    "Bundled",
    "Cluster",
    "Compared",
    "Copies",
    "Hands",
    "ImportSummary",
    "Look",
    "NamesInForce",
    "Workers",
    "answer_pairs",
    "bundled",
    "bundled_articles",
    "bundled_pages",
    "bundled_stories",
    "check_pair",
    "cluster",
    "compare",
    "compare_anew",
    "comparer",
    "encoder",
    "group",
    "heal",
    "how_many",
    "keep",
    "load_bundled",
    "own_model",
    "paste",
    "read_anew",
    "read_articles",
    "read_json_lines",
    "read_new",
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
