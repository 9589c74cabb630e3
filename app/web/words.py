"""The interface's words in one place: what each key of the read models is called, and what buttons and messages say.

Keys come from the records and views; a page never spells a verdict itself. A translation replaces this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from app.core.records import BY_WORDS, VERDICTS, ActorKind, Between, Dimension, Outcome, PublishedFrom, Status
from app.exports.phrases import DECIDED, flagged_as
from app.roles import Role, Scope
from app.store.views import Silence

__all__ = ["WORDS", "PageWords", "count", "figure"]


class PageWords:
    """Labels by key. One instance, `WORDS`, is what templates know as `words`."""

    product = "Parallax"
    tagline = "How news outlets report one event, claim by claim"

    status: ClassVar[Mapping[Status, str]] = {
        Status.CONFLICT: "conflict",
        Status.DIVERGE: "diverge",
        Status.UPDATED: "updated",
        Status.UNSURE: "unsure",
        Status.AGREE: "agree",
        Status.SINGLE: "single-source",
    }
    status_meaning: ClassVar[Mapping[Status, str]] = {
        Status.CONFLICT: "cannot both be true of the same thing at the same time",
        Status.DIVERGE: "the same matter, told with another detail, strength or source",
        Status.UPDATED: "differs because time passed",
        Status.UNSURE: "may tell the same in other words, differ, or tell of two things: the tool cannot tell",
        Status.AGREE: "they tell the same; one may add detail",
        Status.SINGLE: "reported by one outlet only",
    }
    silence: ClassVar[Mapping[Silence, str]] = {
        Silence.NOT_MENTIONED: "no match found",
        Silence.PUBLISHED_BEFORE: "published before this could be known",
        Silence.EXCERPT_ONLY: "only an excerpt was read",
        Silence.NO_ARTICLE: "no article of this outlet",
        Silence.NOT_COMPARED: "not compared yet",
    }
    silence_meaning: ClassVar[Mapping[Silence, str]] = {
        Silence.NOT_MENTIONED: "The outlet's article was read whole, and none of its claims was matched with these. It may tell it in words that were not recognised.",
        Silence.PUBLISHED_BEFORE: "The article appeared before the event told, so its silence says nothing.",
        Silence.EXCERPT_ONLY: "Only the beginning of the article was there to read; the rest may tell it.",
        Silence.NO_ARTICLE: "Nothing by this outlet has been added to this story.",
        Silence.NOT_COMPARED: "The article has been read, but not been held against the others yet.",
    }
    around = "paler words"
    around_meaning = (
        "The rest of a sentence that tells more than one thing. The words at full strength are what stands in this row."
    )
    group: ClassVar[Mapping[Status, str]] = {
        Status.CONFLICT: "In conflict",
        Status.DIVERGE: "Told differently",
        Status.UPDATED: "Changed with time",
        Status.UNSURE: "Not sure: read it yourself",
        Status.AGREE: "In agreement",
        Status.SINGLE: "Told by one outlet only",
    }
    summed: ClassVar[Mapping[Status, str]] = {
        Status.DIVERGE: "told differently",
        Status.UPDATED: "changed with time",
        Status.UNSURE: "not sure",
        Status.SINGLE: "told by one outlet only",
    }
    verdicts: ClassVar[Sequence[Status]] = VERDICTS
    compared: ClassVar[Sequence[Status]] = tuple(s for s in Status if s is not Status.SINGLE)
    dimension: ClassVar[Mapping[Dimension, str]] = {
        Dimension.DATE: "date",
        Dimension.NUMBER: "number",
        Dimension.POLARITY: "yes or no",
        Dimension.ROLE: "role",
        Dimension.SPEAKER: "speaker",
        Dimension.PLACE: "place",
        Dimension.WORDING: "wording",
    }
    outcome: ClassVar[Mapping[Outcome, str]] = {
        Outcome.SAME: "same",
        Outcome.DETAIL: "more detail",
        Outcome.DIFFERS: "differs",
        Outcome.EXCLUDES: "conflicts",
        Outcome.LATER: "later",
    }
    between: ClassVar[Mapping[Between, str]] = {Between.OUTLETS: "between outlets", Between.ACTORS: "between actors"}
    published_from: ClassVar[Mapping[PublishedFrom, str]] = {
        PublishedFrom.CORRECTED: "corrected by a person",
        PublishedFrom.MANIFEST: "as given on import",
        PublishedFrom.OPTION: "as given when added",
        PublishedFrom.META: "as the page itself says",
        PublishedFrom.URL: "from the address",
        PublishedFrom.TEXT: "read in the text",
    }
    actor_kind: ClassVar[Mapping[ActorKind, str]] = {
        ActorKind.PERSON: "person",
        ActorKind.ORGANISATION: "organisation",
        ActorKind.STATE: "state",
        ActorKind.TREATY: "treaty",
        ActorKind.UNNAMED: "unnamed source",
    }
    stance: ClassVar[Mapping[str, str]] = {
        "affirms": "affirms",
        "denies": "denies",
        "declines": "declines to comment",
        "unclear": "unclear",
    }
    origin: ClassVar[Mapping[str, str]] = {
        "agency": "one agency's report",
        "overlap": "the same words",
        "citing": "cites another",
        "own": "not known",
    }
    day_from: ClassVar[Mapping[str, str]] = {"claim": "said on this day", "published": "published on this day"}
    node_kind: ClassVar[Mapping[str, str]] = {
        "outlet": "outlet",
        "agency": "agency or outlet cited",
        "person": "person",
        "organisation": "organisation",
        "state": "state",
        "treaty": "treaty",
        "unnamed": "unnamed source",
    }
    flag_state: ClassVar[Mapping[str, str]] = {"open": "open", "confirmed": "confirmed", "dismissed": "dismissed"}
    decision: ClassVar[Mapping[str, str]] = DECIDED
    standing: ClassVar[Mapping[str, str]] = {
        "in force": "in force",
        "beside": "kept beside, not in force",
        "proposed": "proposed: takes force when a second person agrees",
    }
    two_opinions = "two opinions"
    work_state: ClassVar[Mapping[str, str]] = {"open": "open", "in work": "in work", "done": "done"}
    audit_kind: ClassVar[Mapping[str, str]] = {
        "article": "article",
        "class": "class on comparison",
        "correction": "correction",
        "comment": "comment",
        "database": "the database",
        "decision": "decision",
        "flag": "flag",
        "name": "name",
        "person": "person",
        "snapshot": "frozen comparison",
        "source": "source",
        "token": "token",
        "work": "work",
    }
    as_it_was = "What the outlet's server sent when this article was read. Nothing in it runs and nothing is loaded from elsewhere, so pictures and most of its looks are missing; the source has all of it."
    sources = "Watched sources"
    sources_about = "Feeds and pages that are read on a schedule: new reports join their stories, a changed one becomes a new version. What a site's robots.txt forbids is not read."
    sources_elsewhere = "This server does not read them (PARALLAX_WATCH is off): the command “parallax watch run” does."
    no_sources = "Nothing is watched yet: articles come in when somebody adds them."
    source_kind: ClassVar[Mapping[str, str]] = {
        "feed": "a feed",
        "page": "one article",
        "list": "a page of links",
    }
    stage: ClassVar[Mapping[str, str]] = {
        "reading": "Reading the page",
        "claims": "Claims, speakers, dates",
        "alignment": "Which claims stand together",
        "relation": "The verdicts",
        "stories": "Which reports make one story",
    }
    sort: ClassVar[Mapping[str, str]] = {
        "matter": "what matters first",
        "event": "by the date told",
        "reading": "as the earliest article runs",
    }
    layout: ClassVar[Mapping[str, str]] = {"reports": "by who reports it", "columns": "a column an outlet"}
    order: ClassVar[Mapping[str, str]] = {
        "newest": "newest first",
        "oldest": "oldest first",
        "changed": "changed lately",
        "conflicts": "most conflicts",
        "articles": "most articles",
        "claims": "most claims",
        "name": "by name",
    }
    queue_order: ClassVar[Mapping[str, str]] = {
        "undecided": "undecided first",
        "likely": "likeliest first",
        "unlikely": "least likely first",
    }
    event: ClassVar[Mapping[str, str]] = {
        "conflict": "new conflicts",
        "article": "new articles",
        "flag": "flags",
        "decision": "decisions",
    }
    least_likely: ClassVar[Mapping[str, str]] = {"": "any", "0.9": "9 in 10", "0.8": "8 in 10", "0.5": "5 in 10"}
    size: ClassVar[Mapping[str, str]] = {"": "any number", "many": "two and more", "one": "only one"}
    actor_kinds: ClassVar[Mapping[ActorKind, str]] = {
        ActorKind.PERSON: "persons",
        ActorKind.ORGANISATION: "organisations",
        ActorKind.STATE: "states",
        ActorKind.TREATY: "treaties",
    }
    stands: ClassVar[Mapping[Status, str]] = {
        Status.CONFLICT: "cannot be true together with what another tells",
        Status.DIVERGE: "told differently by another",
        Status.UPDATED: "differs because time passed",
        Status.UNSURE: "may tell what another tells, or not",
        Status.AGREE: "another tells the same",
        Status.SINGLE: "it stands alone: nobody else was found to tell it",
    }
    date_of: ClassVar[Mapping[str, str]] = {"event": "the event", "published": "publication"}

    keys: ClassVar[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
        ("Everywhere", (("?", "this list"), ("Esc", "close it"))),
        (
            "Among rows",
            (
                ("j", "next row"),
                ("k", "previous row"),
                ("n", "next conflict"),
                ("p", "previous conflict"),
                ("f", "flag the row"),
            ),
        ),
        (
            "In the queue of conflicts",
            (
                ("j", "next"),
                ("k", "previous"),
                ("c", "confirm"),
                ("d", "dismiss"),
                ("n", "write a note"),
                ("u", "undo"),
            ),
        ),
    )

    class_mark: ClassVar[Mapping[str, str]] = {
        "agree": "agree",
        "diverge": "diverge",
        "conflict": "conflict",
        "updated": "updated",
        "unsure": "not sure",
    }
    class_mark_meaning: ClassVar[Mapping[str, str]] = {
        "agree": "They tell the same; one may add a detail.",
        "diverge": "They tell it with a material difference: another detail, strength or source. Both could be true.",
        "conflict": "They cannot both be true of the same thing at the same time.",
        "updated": "They differ because time passed between them.",
        "unsure": "The words alone do not tell.",
    }
    citations: ClassVar[tuple[tuple[str, str], ...]] = (("txt", "plain text"), ("bib", "BibTeX"), ("json", "CSL-JSON"))
    exports: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("zip", "Everything", "all formats in one archive, with hashes and versions"),
        ("csv", "CSV", "a table for a spreadsheet, one line a claim"),
        ("table.csv", "Table", "rows against outlets, each cell an outlet's words"),
        ("json", "JSON", "for programs, rows as the API gives them"),
        ("docx", "Word", "a source sheet: sources, rows, reasons, what people changed"),
        ("md", "Markdown", "a document to read and edit"),
        ("jsonld", "JSON-LD", "schema.org Claim and ClaimReview"),
    )
    job_step: ClassVar[Mapping[str, str]] = {
        "": "Beginning",
        "fetch": "Fetching",
        "read": "Reading",
        "keep": "Keeping",
        "compare": "Comparing it with what is kept",
    }
    job_state: ClassVar[Mapping[str, str]] = {
        "waiting": "Waiting for its turn",
        "running": "Under way",
        "finished": "Finished",
        "stopped": "Stopped, because the server ends; what was read is kept, and the rest is taken up when it starts again",
    }

    article_field: ClassVar[Mapping[str, str]] = {
        "headline": "headline",
        "outlet": "outlet",
        "bylines": "byline",
        "published": "date",
        "url": "address",
    }
    correct_needs = "Correcting takes the role editor, and a token of scope review."

    not_compared = "not compared yet"
    not_compared_long = "This is done by itself within a minute where a server runs; the command reread does it now."
    no_rows_yet = (
        "Not compared yet: the articles are read, and which of their claims state the same is still to be found."
    )
    rows_of_before = "Not compared yet: articles were added or changed since these rows were made, and will be held against the others."

    undated = "undated"
    not_known = "not known"
    outlet_voice = "in the outlet's own voice"
    quoted = "quoted"
    carried_from = "carries a report of"
    retold = "in the reporter's words"
    unknown_outlet = "Unknown outlet"
    untitled = "Untitled article"
    own_words = "Written by us, from public facts or invented; not an outlet's text."
    own_words_short = "written by us"
    read_only = "This copy is read-only: flags, decisions and new articles are accepted only where writing is allowed."
    no_reviewer = "This copy is read-only: nobody has been made a reviewer here yet."
    sign_in_to_write = "You are reading. Sign in to flag, decide and add articles."
    role_too_small = (
        "You are reading as {who} ({role}). Flagging and deciding take the role reviewer, and a token of scope review."
    )
    local_user = "There are no accounts here yet: whoever uses this machine writes as"
    role_meaning: ClassVar[Mapping[Role, str]] = {
        Role.READER: "reads, and marks in classes",
        Role.REVIEWER: "flags, decides, adds articles",
        Role.EDITOR: "reviews, and corrects",
        Role.ADMIN: "reviews, corrects, looks after people",
    }
    scope_meaning: ClassVar[Mapping[Scope, str]] = {
        Scope.READ: "only reads",
        Scope.ADD: "reads and adds articles",
        Scope.REVIEW: "all that the role allows",
    }
    more_found = "the latest first; narrowed down, the best match comes first"
    more_in_facets = "Counted among those that come first: each finds so many or more."
    bad_date = "This is not a date. Write it as year-month-day, for example 2019-11-26."
    future_date = "This date lies in the future; an article cannot have been published then."
    early_date = "Before 1900; write the date of publication, or leave it empty."
    dates_swapped = "The first date is after the second one."
    bad_choice = "This is not one of the choices."
    by_rule = "by a rule, not by a measured weight"
    by_person = "by a person, whatever the sum"

    added_names = "Names added by people"
    added_by = "added by"
    remove_name = "Remove"
    no_added_names = "Nobody has added a name yet."
    new_name = "Another name of this actor"
    new_name_help = "As articles print it. Every article that holds it is read anew, and its story is compared again; you can take it back."
    add_name = "Add name"
    add_name_meant = "It is meant: always"

    findings: ClassVar[Mapping[Status, str]] = {
        Status.CONFLICT: "right",
        Status.DIVERGE: "right",
        Status.UPDATED: "right",
        Status.UNSURE: "not the same",
    }
    chances: ClassVar[Sequence[tuple[float, str]]] = (
        (0.99, "almost certain"),
        (0.9, "very likely"),
        (0.66, "likely"),
        (0.33, "about as likely as not"),
        (0.1, "unlikely"),
        (0.0, "very unlikely"),
    )

    def flagged_as(self, status: Status) -> str:
        return flagged_as(status)

    def confirm_flag(self, status: Status) -> str:
        return "Confirm the doubt" if status is Status.SINGLE else "Confirm conflict"

    def read_with(self, reader: str | None) -> str:
        """How claims were read, for people: what reads is a version of the tool, named on the page Method.

        >>> WORDS.read_with("en_core_web_sm 3.8.0"), WORDS.read_with("rules 0.1.0")
        ('read by machine', 'read by machine, without a language model')
        """
        return "read by machine, without a language model" if (reader or "").startswith("rules") else "read by machine"

    def made_with(self, reader: str, compared_with: str) -> str:
        """How a story's claims were read and its rows made; an encoder, which is the rule, is named on the page Method only.

        >>> WORDS.made_with("en_core_web_sm 3.8.0", "words alone"), WORDS.made_with("en_core_web_sm 3.8.0", "all-MiniLM-L6-v2 int8")
        ('read by machine, compared by words alone', 'read by machine')
        """
        return self.read_with(reader) + (f", compared by {BY_WORDS}" if compared_with == BY_WORDS else "")

    def percent(self, probability: float) -> str:
        """A probability in per cent, never quite sure.

        >>> WORDS.percent(0.9987), WORDS.percent(0.42), WORDS.percent(0.001)
        ('over 99 %', '42 %', 'under 1 %')
        """
        if probability >= 0.995:
            return "over 99 %"
        return "under 1 %" if probability < 0.005 else f"{100 * probability:.0f} %"

    def likely(self, status: Status, probability: float) -> str:
        """What a row's probability means, in a sentence; nothing where a person decided, or where nothing differs.

        >>> WORDS.likely(Status.CONFLICT, 0.81), WORDS.likely(Status.UPDATED, 0.97)
        ('Reckoned right in 8 of 10 such cases.', 'Reckoned right in more than 9 of 10 such cases.')
        >>> WORDS.likely(Status.UNSURE, 0.46)
        'Reckoned not the same in 5 of 10 such cases.'
        >>> WORDS.likely(Status.DIVERGE, 1.0), WORDS.likely(Status.AGREE, 0.8)
        ('', '')
        """
        if probability >= 1 or status not in self.findings:
            return ""
        tenths = round(10 * probability)
        share = "more than 9" if tenths > 9 else f"{tenths}" if tenths else "fewer than 1"
        return f"Reckoned {self.findings[status]} in {share} of 10 such cases."

    def chance(self, probability: float) -> str:
        """A probability in words.

        >>> WORDS.chance(0.94), WORDS.chance(0.5), WORDS.chance(0)
        ('very likely', 'about as likely as not', 'very unlikely')
        """
        return next((say for least, say in self.chances if probability >= least), self.chances[-1][1])


WORDS = PageWords()


def count(number: int, one: str, many: str | None = None, *, exact: bool = True) -> str:
    """A number with its noun; not `exact`: there are more.

    >>> count(1, "outlet"), count(1200, "claim", exact=False), count(2, "story", "stories")
    ('1 outlet', 'more than 1,200 claims', '2 stories')
    """
    return f"{'' if exact else 'more than '}{number:,} {one if number == 1 and exact else many or one + 's'}"


def figure(value: float | None) -> str:
    """A measured value: shares with three places, counts whole.

    >>> figure(0.67), figure(1.0), figure(0), figure(None)
    ('.670', '1.000', '0', '')
    """
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.3f}".removeprefix("0")
