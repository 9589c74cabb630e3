"""One source is read: what it names that is new is fetched, read and kept; what it named before is looked at again when due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app import pipeline
from app.core.records import Hints, Page
from app.errors import BadInput, FetchFailed, ParallaxError, Unexpected
from app.logs import get_log
from app.sources import Unread
from app.sources.fetching import Fetched, Known
from app.sources.polite import asked_host
from app.sources.watched import SourceEntry, Taken, page_in, taken_apart
from app.store.views import SeenPage, SourceView
from app.watching.timing import LEFT_OF_IT, MOST_TRIES, PAGES_A_ROUND, RETRY, SOON, after_failing, after_reading
from app.watching.turn import Turn

__all__ = ["visit"]

log = get_log("parallax.watching")
_GONE = {404, 410}


def visit(turn: Turn, source: SourceView, *, anyway: bool = False) -> None:
    """Read it if it is due (or `anyway`), then the reports that are."""
    _Visit(turn, source).make(anyway=anyway)


@dataclass
class _Visit:
    turn: Turn
    source: SourceView
    seen: Mapping[str, SeenPage] = field(default_factory=dict)
    note: str = ""
    left: bool = False  # something of it has to wait for the next round
    pages: dict[str, Page] = field(default_factory=dict)  # to be read and kept, by address
    answers: dict[str, Fetched] = field(default_factory=dict)  # what came of their addresses
    digests: dict[str, str] = field(default_factory=dict)

    def make(self, *, anyway: bool) -> None:
        self.seen = self.turn.store.sources.seen_pages(self.source.id)
        looked = self._look() if anyway or self.source.next_at <= self._now() else None
        entries = {e.url: e for e in looked.entries if self._is_news(e)} if looked else {}
        for seen in self.seen.values():
            if seen.next_at is not None and seen.next_at <= self._now() and seen.url not in entries:
                entries[seen.url] = SourceEntry(seen.url, seen.digest)
        for entry in entries.values():
            if self.turn.stop():
                self.left = True
                return  # what was not noted is due still
            self._get(entry)
        self._keep()
        if looked is not None:
            self._note_answer(looked)

    def _now(self) -> datetime:
        return self.turn.store.now()

    def _hints(self, url: str) -> Hints:
        """What is known of a report: one that is kept stays the same article, whatever its page says of itself today."""
        before, source = self.seen.get(url), self.source
        if before is None or before.article_id is None:
            return Hints(outlet=source.outlet, story=source.story)
        return Hints(outlet=source.outlet or before.outlet, story=source.story, url=before.article_url)

    # --- the source itself

    def _look(self) -> _Looked | None:
        """What it holds now; None when it could not be read, which is noted."""
        self.turn.go_on()
        s = self.source
        known = Known(s.answered_from, s.etag, s.modified) if s.answered_from else None
        try:
            answer = self.turn.fetcher.get(s.url, known)
            if answer.unchanged:
                self.turn.done.unchanged += 1
                return _Looked(None, None)
            taken = self._apart(taken_apart, answer, s.url)
        except (BadInput, FetchFailed) as error:
            self._note_failure(error)
            return None
        self.note = taken.note
        if taken.kind == "page":
            self.answers[s.url] = answer
        self.turn.done.read += 1
        return _Looked(answer, taken)

    def _apart(self, work: Any, answer: Fetched, url: str) -> Any:
        seconds = pipeline.seconds_for(len(answer.body), pipeline.TAKEN_APART_A_SECOND)
        try:
            return self.turn.hands.read(seconds, work, answer, self._hints(url), url)
        except ParallaxError:
            raise
        except Exception as error:
            log.info("an answer could not be taken apart", exc_info=error, where=url)
            raise Unexpected.of(error, url) from error

    def _note_failure(self, error: Unread) -> None:
        self.turn.done.failed.append((self.source.url, error.what))
        failures, wait = self.source.failures + 1, _asked_to_wait(error)
        next_at = self._now() + after_failing(timedelta(minutes=self.source.every), failures, wait)
        self._note(failures=failures, trouble=error.what, next_at=next_at)

    def _note_answer(self, looked: _Looked) -> None:
        """Only when everything in it was dealt with is it told next time what is known: nothing then hides behind a 304."""
        values: dict[str, Any] = {"failures": 0, "trouble": "", "read_at": self._now()}
        if looked.answer is not None and looked.taken is not None:
            known = looked.answer.known if not self.left else None
            values |= {"kind": looked.taken.kind, "note": self.note or (self.source.note if not self.answers else "")}
            values |= _validators(known)
        next_at = self._now() + (SOON if self.left else timedelta(minutes=self.source.every))
        self._note(**values, next_at=next_at)

    def _note(self, **values: Any) -> None:
        self.turn.store.sources.note_source(self.turn.owner, self.source.id, **values)

    # --- the reports that it names

    def _is_news(self, entry: SourceEntry) -> bool:
        """Named for the first time, or told otherwise than before."""
        before = self.seen.get(entry.url)
        return before is None or before.digest != entry.digest

    def _get(self, entry: SourceEntry) -> None:
        """Have its page for reading, or note why there is none."""
        self.digests[entry.url] = entry.digest
        if entry.whole and entry.page is not None:
            self.pages[entry.url] = replace(entry.page, origin=entry.url, hints=self._hints(entry.url))
            return
        host = asked_host(entry.url)
        if self.turn.asked[host] >= PAGES_A_ROUND:
            self.left = True
            return
        self.turn.asked[host] += 1
        self.turn.go_on()
        before = self.seen.get(entry.url)
        known = (
            Known(before.answered_from, before.etag, before.modified) if before and before.answered_from else None
        )  # fmt: skip
        try:
            answer = self.turn.fetcher.get(entry.url, known)
            if answer.unchanged:
                self._note_seen(entry.url, **self._looked_at(before))
                return
            self.pages[entry.url], note = self._apart(page_in, answer, entry.url)
            self.note = note or self.note
            self.answers[entry.url] = answer
        except FetchFailed as error:
            self._note_missing(entry.url, before, error)
        except BadInput as error:  # it never will be
            if entry.page is not None and entry.page.text:
                self.pages[entry.url] = replace(entry.page, origin=entry.url, hints=self._hints(entry.url))
            else:
                self._note_refused(entry.url, error)

    def _note_missing(self, url: str, before: SeenPage | None, error: FetchFailed) -> None:
        """A page that is there no more stays as it was kept, and is looked for as often as any; one that fails is tried again."""
        if error.answered in _GONE and before is not None and before.read_at is not None:
            self._note_gone(url, before, error.what)
            return
        failures = (before.failures if before else 0) + 1
        tries = failures < MOST_TRIES and not (error.answered in _GONE and failures > 1)
        next_at = self._now() + after_failing(RETRY, failures, _asked_to_wait(error)) if tries else None
        self.turn.done.failed.append((url, error.what))
        self._note_seen(url, failures=failures, trouble=error.what, next_at=next_at)

    def _note_gone(self, url: str, before: SeenPage, why: str) -> None:
        self.turn.done.gone.append(url)
        gone_at = before.gone_at or self._now()
        self._note_seen(url, **(self._looked_at(before) | {"gone_at": gone_at, "trouble": why}))

    def _note_refused(self, url: str, error: ParallaxError) -> None:
        self.turn.done.failed.append((url, error.what))
        self._note_seen(url, trouble=error.what, next_at=None, failures=1)

    def _looked_at(self, before: SeenPage | None) -> dict[str, Any]:
        looks = (before.looks if before else 0) + 1
        again = after_reading(looks)
        return {
            "looks": looks,
            "next_at": self._now() + again if again else None,
            "failures": 0,
            "trouble": "",
            "gone_at": None,
        }

    def _note_seen(self, url: str, **values: Any) -> None:
        self.turn.store.sources.note_seen(
            self.turn.owner, self.source.id, url, digest=self.digests.get(url, ""), **values
        )

    # --- kept

    def _keep(self) -> None:
        """All together, so that a story's rows are made once; then what became of each is noted."""
        for url, page in tuple(self.pages.items()):
            before = self.seen.get(url)
            if before is not None and LEFT_OF_IT * len(page.text) < before.chars:
                self._note_gone(url, before, "Next to nothing is left of it on its page.")
                del self.pages[url]
        if not self.pages:
            return
        self.turn.go_on()
        copies = pipeline.Copies(self._now)
        for url, answer in self.answers.items():
            copies.note(url, answer)
        summary = pipeline.keep(
            self.turn.store,
            pipeline.read_pages(self.pages.values(), self._now().date(), hands=self.turn.hands),
            advance=self.turn.go_on,
            hands=self.turn.hands,
            stop=self.turn.stop,
            copies=copies,
            by=self.source.by,
            watched=self.source.id,
        )
        self.turn.done.outcomes.update(summary.outcomes)
        self.turn.done.waiting |= summary.waiting
        whys = {error.where: error for error in summary.failed}
        for url in self.pages:
            found = next(iter(summary.of_origin.get(url, ())), summary.deleted.get(url))
            if found is None:
                self._note_refused(url, whys.get(url) or BadInput("No article was found in it."))
                continue
            read_from, before = self.answers.get(url), self.seen.get(url)
            known = read_from.known if read_from and url not in summary.deleted else None  # not kept: asked for anew
            values = self._looked_at(before) | _validators(known)
            if read_from is None or url == self.source.url:
                values["next_at"] = None  # the source itself says when it changes
            self._note_seen(url, **values, read_at=self._now(), article_id=found)


@dataclass(frozen=True, slots=True)
class _Looked:
    """None of both: it has nothing but what is known."""

    answer: Fetched | None
    taken: Taken | None

    @property
    def entries(self) -> tuple[SourceEntry, ...]:
        return self.taken.entries if self.taken else ()


def _validators(known: Known | None) -> dict[str, str | None]:
    return {
        "etag": known.etag if known else None,
        "modified": known.modified if known else None,
        "answered_from": known.url if known and (known.etag or known.modified) else None,
    }


def _asked_to_wait(error: ParallaxError) -> float | None:
    return error.asked_to_wait if isinstance(error, FetchFailed) else None
