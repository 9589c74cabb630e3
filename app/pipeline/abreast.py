"""Several things at once, and what comes of them in the order they came: so that many hands give what one gives."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["abreast"]

A = TypeVar("A")
T = TypeVar("T")


def abreast(many: int, work: Callable[[A], T], items: Iterable[A]) -> Iterator[T]:
    """`work(item)` for each item, in order, so many at a time; one more waits, and no further item is asked for till then.

    With one at a time nothing is begun before it is asked for. What the work raises is raised in its place; what was begun
    after it is left to end by itself.
    """
    if many <= 1:
        yield from map(work, items)
        return
    threads = ThreadPoolExecutor(many, thread_name_prefix="abreast")
    going: deque[Future[T]] = deque()
    try:
        for item in items:
            going.append(threads.submit(work, item))
            if len(going) > many:
                yield going.popleft().result()
        while going:
            yield going.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
