"""Parallax: how news outlets report one event, claim by claim.

The way of the data, a folder a stage:

    sources/         1  a file, paste, address or feed  -> Page
    core/article/    2  Page                            -> Articles
    core/claims/     3  Article                         -> Claims: speakers, actors, dates, numbers, actions
    core/alignment/  4  Claims                          -> Alignments: the rows of the side-by-side view
    core/relation/   5  Alignments                      -> Relations with Reasons: agree, diverge, conflict, updated, unsure
    store/           6  kept in SQLite or PostgreSQL, read back as views
    web/             7  pages and API

    pipeline/        the stages in order; the one place where input and output meet the core
    cli/             the `parallax` command
    assistants/      what assistants may read, over the Model Context Protocol
    core/records/    what passes from stage to stage; core/thresholds/ every tunable number
    core/lexicon/    words as data: action classes, cues, names, treaties; for people who do not program
    example/         the bundled stories, written by us, each with a handout for teachers
    exports/ wire.py measured.py   a story as files, a file a format; the contract's JSON; the measured error rates
    learning.py own_weights.py     weights of one's own from what reviewers decided
    alerting.py                    what webhooks are told, signed and sent
    own_model.py rereading.py      a relation model of the reader's own; kept articles read anew
    correcting.py                  what people correct is kept, and what follows from it done
    watching/        feeds and pages read on a schedule
    mending.py turns.py            what is unsound put right; one at a time, in the order they came
    places.py                      where a store is: a file, or an address
    roles.py                       who may do what: one table for pages, API and commands

Imports run one way, and a contract that fails says so: web, cli, assistants -> pipeline -> sources | store -> core. The core is pure: no
database, no web, no network, no clock; the same input gives the same output, whatever the order of the articles.

Glossary: an Outlet publishes Articles; the Articles about one event are a Story; a Claim is one statement of an Article; an
Attribution says who states it, to whose words; an Actor is a person, organisation, state or treaty; an Alignment is a row,
Claims about the same proposition; a Relation judges two aligned Claims and carries Reasons; a Flag marks a row, a Decision
changes it, both made by people and never overwritten by the machine. A Source is an address that is read on a schedule. A Reviewer is a person who may write: has a role, and Tokens
that lend all of it or less (their scope). What differs from another's Flag or Decision is a second Opinion, kept beside it; Work
is who looks into a row, until when, how far, and what they wrote (Comments). The Ground of a story of many articles are those that
the others are seen against; Kept work is what comparing worked out and need not work out again. The Audit log holds one line a write of a person.
"""
