"""The methods of `Store`, a file a purpose; `app/store/store.py` puts them together.

base.py       the file's two kinds of sessions, and the clock
keeping.py    articles, stories, the machine's rows
correcting.py what people correct of articles, stories and claims
reviewing.py  flags and decisions, and what is learned from them
naming.py     names that people add to actors; which articles to read anew
freezing.py   frozen comparisons, and classes that work on them
finding.py    lists of stories, articles, actors, outlets; the front page
searching.py  claims by words, actors, days, outlets, verdicts
showing.py    the read models of the other pages
saving.py     searches that people saved
alerting.py   webhooks and what they are told
checking.py   whether all that is sound
"""
