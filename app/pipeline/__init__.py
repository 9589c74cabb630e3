"""The numbered stages; the one place where input and output meet the core.

1. sources    a path, address, paste or feed   -> Page                    `read_targets`, `read_json_lines`, `paste`
2. article    Page                             -> Articles                `read_pages`
3. claims     Article                          -> Reading                 `read_pages`, `read_new`, `read_articles`
4. alignment  Readings                         -> Alignments (rows)       `compare`; `group`, `answer_pairs`
5. relation   Alignments                       -> the same, judged        `compare`; `answer_pairs`
6. store      kept                                                        `keep`, `realign`, `load_bundled`
7. web        shown                                                       app/web

What the settings choose for them (a language model, weights, a relation model) is in `chosen`. `hands` says who does the core's
work: this process, programs beside it that can be ended (`programs`, `helper`), or a Dask cluster (`dask_cluster`, `elsewhere`).

Each name below is loaded when it is asked for: programs that read and compare, and have no database, load none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.pipeline.aligning import ATTEMPTS, compare_anew, heal, realign
    from app.pipeline.bounds import BATCH, TAKEN_APART_A_SECOND, seconds_for
    from app.pipeline.bundle import (
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
    from app.pipeline.comparing import Compared, compare, group
    from app.pipeline.copies import COPY_MOST_BYTES, Copies
    from app.pipeline.dask_cluster import LOCAL, MOST_AT_ONCE, Cluster, cluster
    from app.pipeline.hands import HERE, Hands
    from app.pipeline.keeping import ImportSummary, NamesInForce, keep
    from app.pipeline.pairs import answer_pairs, check_pair, statement_pairs
    from app.pipeline.programs import Workers, workers
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

_HOMES = {
    "pipeline.aligning": "ATTEMPTS compare_anew heal realign",
    "pipeline.bounds": "BATCH TAKEN_APART_A_SECOND seconds_for",
    "pipeline.bundle": "MAIN Bundled Look bundled bundled_articles bundled_pages bundled_stories load_bundled",
    "pipeline.chosen": "comparer encoder own_model reader weights",
    "pipeline.comparing": "Compared compare group",
    "pipeline.copies": "COPY_MOST_BYTES Copies",
    "pipeline.dask_cluster": "LOCAL MOST_AT_ONCE Cluster cluster",
    "pipeline.hands": "HERE Hands",
    "pipeline.keeping": "ImportSummary NamesInForce keep",
    "pipeline.pairs": "answer_pairs check_pair statement_pairs",
    "pipeline.reading": "paste read_anew read_articles read_json_lines read_new read_pages read_targets reader_name",
    "pipeline.programs": "Workers workers",
    "sources": "how_many",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = next((home for home, names in _HOMES.items() if name in names.split()), None)
        if home is None:
            raise AttributeError(name)
        return getattr(import_module(f"app.{home}"), name)
