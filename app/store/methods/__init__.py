"""The methods of a store, a file a purpose: `Store.articles` is `articles.py`, and so on; `app/store/store.py` puts them together.

base.py         the file's two kinds of sessions, and the clock
articles.py     articles, stories, the machine's rows are kept, and read back to the letter
corrections.py  what people correct of articles, stories and claims
review.py       flags and decisions, and what is learned from them
names.py        names that people add to actors; which articles to read anew
snapshots.py    frozen comparisons, and classes that work on them
rows.py         the side-by-side view, its rows, and the queue
library.py      lists to find things by, the search, and the pages of an article, an actor, an outlet
searches.py     searches that people saved
sources.py      what is watched
webhooks.py     webhooks and what they are told
people.py       who is let in
audit.py        who changed what
checks.py       whether all that is sound
"""
