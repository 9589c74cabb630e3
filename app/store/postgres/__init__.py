"""The store on a PostgreSQL server, where several programs on several machines share it; a file of SQLite is the rule.

One SQL for both: statements are written as SQLite reads them. What PostgreSQL reads otherwise is said here, once each:
`dialect.py` (a column is of the type that SQLite would keep), `statements.py` (one line a difference of wording), `functions.py`
(functions that PostgreSQL lacks), `triggers.py` (the guards), `words.py` (the index of words, and names as they are compared),
`engine.py` (who reads, who writes, who waits), `upgrading.py` (revisions, readiness), `troubles.py` (what the server says),
`election.py` (which of several programs does the work in the background).
"""
